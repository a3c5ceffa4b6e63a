"""At 1366×768 and 3840×2160, in both languages, in every place: no text is cut off."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QMainWindow, QPushButton, QWidget
from pytestqt.exceptions import TimeoutError as NotInTime
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock, SystemClock
from app.demo.demo_station import create_demo_station
from app.duty.officer import Officer
from app.errors import KnownError, msg
from app.geo.coordinates import LatLon
from app.incidents.asked import Asked
from app.log import Role
from app.thai.translation import Language, set_language
from app.ui.main_window import MainWindow
from app.ui.rail import places
from app.ui.review.evidence_card import CardFigures
from app.ui.sign_in.desk_guard import Hold
from app.ui.theme import Theme, load_fonts, load_theme
from app.views import all_views
from tests.journeys.conftest import live_tiles
from tests.journeys.text_fit import texts_cut_off
from tests.ui.conftest import running_console
from tests.ui.still_pictures import StillPictures

pytestmark = [
    pytest.mark.journey,
    pytest.mark.qt_log_ignore("This plugin does not support"),  # the off-screen display's windows
]
Act = Callable[[], object]
MARKED = "C01 · ทำเครื่องหมาย 10:46:31"
COMPLAINT = "ดิสก์เต็ม\nไม่ได้บันทึก\nทำที่ว่างแล้วบันทึกใหม่"
HOLDER = Officer("officer-9", "พ.ต.ท.หญิง กัลยารัตน์ ศรีสุวรรณโชติ", "สวป.", Role.SUPERVISOR)
CODE = "7KQ2M-ABCDE-FGHJK-LMNPQ-RSTUV"
TAKEN = KnownError(msg("There is a camera layout named “{name}” already.", name="ตลาด–ริมโขง"))
SIZES = (QSize(1366, 768), QSize(1920, 1080), QSize(3840, 2160))


@pytest.fixture
def console(tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Console]:
    """The console on a sample station, every camera live: its pictures stand still, because only
    the words on them are looked at here."""
    set_language(Language.THAI)
    load_fonts()
    qapp.setStyle("Fusion")
    clock, pictures = ScriptedClock(SystemClock().now()), StillPictures()
    create_demo_station(tmp_path / "station", all_views(), clock, days=2)
    with running_console(tmp_path / "station", load_theme(), clock, pictures, qtbot) as console:
        for camera in console.desk.cameras():
            pictures.make_live(camera.id, clock.monotonic())
        qtbot.waitUntil(lambda: live_tiles(console) == 8)
        yield console
    set_language(Language.THAI)


def test_the_measure_finds_a_label_and_a_button_that_are_too_narrow(qtbot: QtBot) -> None:
    window, holder = QMainWindow(), QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(holder)
    good, label, button = QLabel("สั้น"), QLabel("ข้อความยาวมากที่ไม่พอดี"), QPushButton("ปุ่มที่แคบเกินไป")
    label.setFixedWidth(40)
    button.setFixedWidth(30)
    for widget in (good, label, button):
        row.addWidget(widget)
    window.setCentralWidget(holder)
    window.show()
    found = texts_cut_off(window, load_theme())
    assert [words.split()[0] for words in found] == ["QLabel", "QPushButton"]


def situations(window: MainWindow) -> Iterator[tuple[str, tuple[Act, ...]]]:
    """Every place, and what can stand open in the Live place; each begins where the last ended."""
    live, intake, palette = window.live, window.live.intake, window.palette_card
    for place in places():
        yield place.id, (functools.partial(window.show_place, place.id),)
    choose_first = functools.partial(live.step_selection, 1)
    yield "selected", (functools.partial(window.show_place, "live"), choose_first)
    yield "unit", (live.sending.ask_for_unit,)
    yield "units one by one", (live.sending.ask_for_step,)
    yield "note", (live.steps.ask_for_note,)
    yield "result", (live.steps.ask_for_result,)
    yield "complaint", (functools.partial(live.detail.complain, COMPLAINT),)
    yield "unit board", (live.detail.show_story, live.units.show_board)
    yield "a unit reports", (functools.partial(live.units.board.ask, "check_in"),)
    yield "radio codes", (live.units.show_codes,)
    yield "intake", (live.units.show_incidents, window.open_intake)
    yield "intake, seen place", (functools.partial(intake.take_place, "C01", _market(window)),)
    yield "intake, complaint", (functools.partial(intake.complain, COMPLAINT),)
    yield "palette", (intake.clear, live.close_intake, window.open_palette)
    yield "shortcuts", (palette.close_quietly, window.open_shortcuts)
    yield "marked", (window.sheet.hide, functools.partial(live.acts.field.ask, "", MARKED))
    yield "masks", (live.acts.field.leave, functools.partial(_draw_masks, window))
    yield "masks, complaint", (functools.partial(_complain_of_masks, window),)
    ask_name = functools.partial(live.layouts.do, "save_as")
    yield "layout name", (functools.partial(_leave_masks, window), ask_name)
    yield "layout complaint", (functools.partial(live.layouts.complain, TAKEN),)
    yield "cameras away", (live.layouts.leave, live.wall_seat.go_out)
    yield (
        "footage of an incident",
        (live.wall_seat.come_home, choose_first, window.footage.incident),
    )
    yield "keys of footage", (window.open_shortcuts,)
    yield "footage with A and B", (window.sheet.hide, functools.partial(_set_span, window))
    yield "nobody sees it", (functools.partial(window.footage.place, LatLon(16.60, 104.70)),)
    yield "areas to a file", (functools.partial(_areas_to_a_file, window),)
    yield "areas from a file", (functools.partial(_areas_from_a_file, window),)
    yield "a named place", (functools.partial(_edit_a_place, window),)
    yield "a place is removed", (functools.partial(_ask_to_remove_a_place, window),)
    yield "names on the map", (functools.partial(_ask_the_map, window),)
    yield "officers", (window.setup.show_officers,)
    room = window.sign_in
    strip = functools.partial(room.strip.show_hold, Hold(HOLDER, window.live._desk.now()))
    yield "locked, next officer", (strip, room.ask_officer)
    yield "recovery code typed", (room.ask_recovery_code,)
    yield "first start", (functools.partial(room.founding.open, may_leave=True),)
    yield "recovery code", (room.founding.put_away, functools.partial(room.show_code, CODE))
    yield "own password", (room.code.ask, room.ask_own_password)
    free = functools.partial(room.strip.show_hold, Hold(HOLDER))
    yield "unlocked", (room.own_password.put_away, free)
    yield "a search with filters", (functools.partial(_search, window),)
    yield "a time that is none", (functools.partial(_search_no_time, window),)
    yield "a new unit", (functools.partial(_form_a_unit, window),)
    yield "a new radio code", (window.edit_radio_codes,)
    yield "handover", (functools.partial(window.show_place, "handover"),)
    yield "past handovers", (window.duty.place.toggle_past,)
    yield "shifts", (functools.partial(_show_shifts, window),)
    yield "several sheets", (window.papers_room.print_several,)
    yield "printed papers", (window.papers.toggle_history,)
    yield "files", (functools.partial(window.show_place, "live"), choose_first, window.files.open)
    yield "open a file", (functools.partial(window.files.card.tell, COMPLAINT, "red"),)
    yield (
        "end",
        (
            window.files.card.leave,
            functools.partial(window.show_place, "live"),
            functools.partial(live.choose, ""),
        ),
    )


def _search(window: MainWindow) -> None:
    window.show_place("log")
    window.log.asking.ask(
        Asked("กระเป๋า ตลาด", "เมื่อคืน", states=("closed",), zones=("", "zone-1"), groups=("2",))
    )
    window.log.asking.ask_name()


def _search_no_time(window: MainWindow) -> None:
    window.log.form.leave()
    window.log.asking.ask(Asked("31/2/2569", "วันไหนก็ได้"))


def _show_shifts(window: MainWindow) -> None:
    window.duty.place.toggle_past()
    window.show_place("setup")
    window.setup.show_shifts()


def _market(window: MainWindow) -> LatLon:
    camera = window.live.grid.tiles[0].camera
    assert camera is not None
    return LatLon(camera.lat_deg, camera.lon_deg)


def _set_span(window: MainWindow) -> None:
    review = window.review
    at = review.transport.at
    review.transport.set_span(at - timedelta(days=3, hours=2), at)
    review.card.show_figures(
        CardFigures("21:38:28.4 – 21:43:01.6", "≈ 548 MB · H.264 H.265", "C02 52 วิ", True)
    )


def _areas_to_a_file(window: MainWindow) -> None:
    window.show_place("map")
    window.map.exchange.begin_export()


def _areas_from_a_file(window: MainWindow) -> None:
    place = window.map
    place.exchange.leave()
    place.show_side(place.areas_in)
    place.areas_in.show_file("ขอบเขตตำบลและชุมชนของจังหวัดมุกดาหาร ฉบับปรับปรุง.geojson")
    place.areas_in.tell(COMPLAINT, "red")


def _edit_a_place(window: MainWindow) -> None:
    window.map.exchange.leave()
    window.show_place("setup")
    window.setup.sections.setCurrentRow(3)
    window.setup.places.table.selectRow(0)


def _ask_to_remove_a_place(window: MainWindow) -> None:
    window.setup.places.form.remove.click()


def _ask_the_map(window: MainWindow) -> None:
    window.setup.places.ask_the_map()


def _form_a_unit(window: MainWindow) -> None:
    window.setup.show_units()
    window.setup.units.begin_new()


def _draw_masks(window: MainWindow) -> None:
    camera = window.live.grid.tiles[0].camera
    assert camera is not None
    window.live.acts.masks.edit(camera)


def _complain_of_masks(window: MainWindow) -> None:
    window.live.acts.complain(KnownError(msg("The outline of a mask crosses itself.")))


def _leave_masks(window: MainWindow) -> None:
    editor = window.live.acts.masks.editor
    assert editor is not None
    editor.close_quietly()


def settled(window: MainWindow, theme: Theme, qtbot: QtBot) -> list[str]:
    """What is cut off once the layouts have settled."""
    cut: list[str] = []

    def all_fits() -> bool:
        cut[:] = texts_cut_off(window, theme)
        return not cut

    with suppress(NotInTime):
        qtbot.waitUntil(all_fits, timeout=3_000)
    return cut


def complaints(window: MainWindow, sizes: Sequence[QSize], theme: Theme, qtbot: QtBot) -> list[str]:
    """Every situation at all sizes; it begins at the size at which the one before it ended."""
    found, sizes = [], list(sizes)
    window.showNormal()
    window.resize(sizes[0])
    qtbot.waitUntil(lambda: window.size().height() >= sizes[0].height())
    for name, acts in situations(window):
        for act in acts:
            act()
        for size in sizes:
            window.resize(size)
            window.live.tick()
            cut = settled(window, theme, qtbot)
            at = f"{size.width()}×{size.height()} {name}"
            if window.size() != size:
                found.append(f"{at}: the window is {window.width()}×{window.height()}")
            found += [f"{at}: {words}" for words in cut]
        sizes.reverse()
    return found


def test_no_text_is_cut_off_in_any_place_in_both_languages_on_small_and_large_screens(
    console: Console, qtbot: QtBot
) -> None:
    theme = load_theme()
    found = []
    for language in (Language.THAI, Language.ENGLISH):
        console.set_language(language.value)
        found += [
            f"{language.value} {words}" for words in complaints(console.window, SIZES, theme, qtbot)
        ]
    assert not found, "\n".join(found)


def test_no_text_is_cut_off_where_it_is_half_as_large_again(console: Console, qtbot: QtBot) -> None:
    console.set_language(Language.THAI.value)
    console.set_text_size(150)
    assert console.window.text_percent == 150
    found = complaints(console.window, SIZES[:2], load_theme(1.5), qtbot)
    assert not found, "\n".join(found)
