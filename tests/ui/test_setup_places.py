"""Setup › Places as an officer works in it: find, add, change, remove, files, names off the map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.clock import ScriptedClock
from app.geo.basemap import Basemap, NamedPoint
from app.geo.coordinates import LatLon
from app.geo.place_saving import PlaceEdit
from app.geo.places import Place
from app.geo.projection import Projection
from app.thai.translation import tr
from app.ui.setup.places_pane import PlacesPane
from app.ui.theme import Theme
from tests.ui.driving import press, type_text
from tests.ui.setup_room import SetupRoom, setup_room
from tests.ui.still_pictures import StillPictures

SHOP = "ร้านกาแฟริมโขง"


@pytest.fixture
def room(
    station: Path, theme: Theme, clock: ScriptedClock, pictures: StillPictures, qtbot: QtBot
) -> Iterator[SetupRoom]:
    with setup_room(station, theme, clock, pictures, qtbot) as room:
        yield room


@pytest.fixture
def pane(room: SetupRoom) -> PlacesPane:
    room.place.sections.setCurrentRow(3)
    assert room.place.places.isVisible()
    return room.place.places


def push(button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def names(room: SetupRoom) -> dict[str, Place]:
    return {place.name_th: place for place in room.place_office.places()}


def choose(pane: PlacesPane, name: str) -> None:
    rows = pane.table.rows
    row = next(row for row in range(rows.rowCount()) if rows.at(row).name_th == name)
    pane.table.selectRow(row)


def rows_of(pane: PlacesPane) -> list[str]:
    return [pane.file.rows.item(row).text() for row in range(pane.file.rows.count())]


def read(pane: PlacesPane, path: Path, qtbot: QtBot) -> list[str]:
    pane.read_file(path)
    reading = tr("Reading the file…")
    qtbot.waitUntil(lambda: pane.file.summary.text() != reading, timeout=5_000)
    return rows_of(pane)


def says_green(pane: PlacesPane, qtbot: QtBot) -> None:
    shown = pane._side.currentWidget()
    qtbot.waitUntil(lambda: shown.words.property("state") == "green", timeout=5_000)  # type: ignore[attr-defined]


def test_a_place_is_added_by_the_keyboard_and_found_by_any_of_its_names(
    room: SetupRoom, pane: PlacesPane, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Insert)
    type_text(SHOP)
    pane.form.others.setPlainText("กาแฟลุงดำ\n\nคาเฟ่ริมน้ำ")
    pane.form.place.line.setText("48Q VD 70423 29031")
    pane.form.place.line.setFocus()
    press(Qt.Key.Key_Return)
    says_green(pane, qtbot)
    made = names(room)[SHOP]
    assert made.aliases == ("กาแฟลุงดำ", "คาเฟ่ริมน้ำ")
    assert made.at.lat_deg == pytest.approx(16.5431, abs=1e-4)
    pane.search.setText("ลุงดำ")
    assert [pane.table.rows.at(0).name_th, pane.table.rows.rowCount()] == [SHOP, 1]


def test_a_place_without_a_place_is_not_saved_and_what_was_typed_stays(
    room: SetupRoom, pane: PlacesPane
) -> None:
    head = room.log.head()
    push(pane.add)
    pane.form.name_th.line.setText(SHOP)
    pane.form.place.line.setText("ใกล้ตลาด")
    push(pane.form.save)
    assert pane.form.words.property("state") == "red"
    assert pane.form.name_th.text == SHOP
    assert room.log.head() == head


def test_changing_a_name_leaves_the_coordinates_to_the_last_digit(
    room: SetupRoom, pane: PlacesPane, qtbot: QtBot
) -> None:
    before = names(room)["ตลาดอินโดจีน"]
    choose(pane, before.name_th)
    pane.form.name_en.line.setText("The market")
    push(pane.form.save)
    says_green(pane, qtbot)
    assert names(room)["ตลาดอินโดจีน"] == replace(before, name_en="The market")


def test_what_is_typed_of_a_place_is_kept_over_a_change_of_language(pane: PlacesPane) -> None:
    choose(pane, "ตลาดอินโดจีน")
    pane.form.others.setPlainText("ตลาดนัด")
    pane.form.place.line.setText("16.55,")
    typed = pane.form.typed()
    pane.begin_new()
    pane.form.restore(typed)
    assert pane.form.before is not None
    assert pane.form.before.name_th == pane.form.name_th.text == "ตลาดอินโดจีน"
    assert (pane.form.others.toPlainText(), pane.form.place.text) == ("ตลาดนัด", "16.55,")


def test_a_place_is_removed_only_when_asked_twice(
    room: SetupRoom, pane: PlacesPane, qtbot: QtBot
) -> None:
    choose(pane, "ตลาดอินโดจีน")
    push(pane.form.remove)
    assert "ตลาดอินโดจีน" in names(room)
    pane.form.name_en.line.setText("x")
    pane.form.name_en.edited.emit()  # something else is done: the question is over
    push(pane.form.remove)
    push(pane.form.remove)
    says_green(pane, qtbot)
    assert "ตลาดอินโดจีน" not in names(room)


def test_the_later_of_two_officers_is_told_and_overwrites_nothing(
    room: SetupRoom, pane: PlacesPane, qtbot: QtBot
) -> None:
    before = names(room)["ตลาดอินโดจีน"]
    choose(pane, before.name_th)
    pane.form.name_en.line.setText("Mine")
    theirs = replace(before, name_en="Theirs")
    room.place_office.save(
        [PlaceEdit(theirs, before)], done=lambda _entries: None, failed=pytest.fail
    )
    qtbot.waitUntil(lambda: names(room)["ตลาดอินโดจีน"] == theirs, timeout=5_000)
    push(pane.form.save)
    qtbot.waitUntil(lambda: pane.form.words.property("state") == "red", timeout=5_000)
    assert names(room)["ตลาดอินโดจีน"] == theirs
    assert pane.form.name_en.text == "Mine"
    choose(pane, before.name_th)
    assert pane.form.name_en.text == "Theirs"


@pytest.mark.parametrize("suffix", [".csv", ".geojson"])
def test_what_was_exported_comes_in_again_and_changes_nothing(
    room: SetupRoom, pane: PlacesPane, tmp_path: Path, qtbot: QtBot, suffix: str
) -> None:
    before, path = names(room), tmp_path / f"สถานที่{suffix}"
    with qtbot.waitSignal(pane.told, timeout=5_000):
        pane.write_file(path)
    rows = read(pane, path, qtbot)
    assert len(rows) == len(before)
    assert all(row.startswith(tr("As it is")) for row in rows)
    assert not pane.file.take.isEnabled()
    removed = [PlaceEdit(None, place) for place in before.values()]
    room.place_office.save(removed, done=lambda _entries: None, failed=pytest.fail)
    qtbot.waitUntil(lambda: pane.file.take.isEnabled(), timeout=5_000)  # told anew: all are new
    push(pane.file.take)
    says_green(pane, qtbot)
    after = names(room)
    assert {name: replace(one, id="") for name, one in after.items()} == {
        name: replace(one, id="") for name, one in before.items()
    }


def test_a_file_tells_what_it_would_do_and_only_what_is_ticked_is_saved(
    room: SetupRoom, pane: PlacesPane, tmp_path: Path, qtbot: QtBot
) -> None:
    before = names(room)
    path = tmp_path / "a.csv"
    path.write_text(
        "ชื่อสถานที่,ชนิด,ชื่อเรียกอื่น,ละติจูด,ลองจิจูด\n"
        f"{SHOP},,,16.55,104.72\n'=ร้านสูตร,,,16.56,104.72\nก,ภูเขา,,16.5,104.7\n"
        f"ตลาดอินโดจีน,,ตลาดใหม่,{before['ตลาดอินโดจีน'].at.lat_deg},104.7276\n",
        encoding="cp874",
    )
    rows = read(pane, path, qtbot)
    assert "ภูเขา" in rows[0]
    assert [row.partition(" ·")[0] for row in rows[1:]] == [tr("Changed"), tr("New"), tr("New")]
    pane.file.rows.item(2).setCheckState(Qt.CheckState.Unchecked)
    push(pane.file.take)
    says_green(pane, qtbot)
    after = names(room)
    assert set(after) - set(before) == {"=ร้านสูตร"}
    assert "ตลาดใหม่" in after["ตลาดอินโดจีน"].aliases


def test_a_file_that_is_no_list_is_refused_in_words(
    room: SetupRoom, pane: PlacesPane, tmp_path: Path, qtbot: QtBot
) -> None:
    head = room.log.head()
    (tmp_path / "a.csv").write_bytes(b"\x89PNG\x81")
    (tmp_path / "b.geojson").write_text('{"features": 1}')
    for name in ("a.csv", "b.geojson", "nowhere.csv"):
        assert read(pane, tmp_path / name, qtbot) == []
        assert pane.file.words.property("state") == "red"
    assert room.log.head() == head


def a_map() -> Basemap:
    names = ("ศาลใหม่", "โรงสีเก่า", "หอนาฬิกา")
    east_m, north_m = Projection().point_to_metres(LatLon(16.56, 104.70))
    points = tuple(
        NamedPoint(name, "landmark", east_m + 400 * number, north_m)
        for number, name in enumerate(names)
    )
    return Basemap(32648, {}, points=points)


def test_names_on_the_map_are_taken_or_refused_and_neither_is_proposed_again(
    room: SetupRoom, pane: PlacesPane, qtbot: QtBot
) -> None:
    room.place_office.set_basemap(a_map())
    proposals = pane.proposals
    push(pane.propose)
    qtbot.waitUntil(lambda: proposals.rows.count() == 3, timeout=5_000)
    assert not proposals.take.isEnabled()  # nothing is ticked before somebody looked
    proposals.rows.item(0).setCheckState(Qt.CheckState.Checked)
    push(proposals.take)
    qtbot.waitUntil(lambda: proposals.rows.count() == 2, timeout=5_000)
    assert "ศาลใหม่" in names(room)
    proposals.rows.item(0).setCheckState(Qt.CheckState.Checked)
    push(proposals.refuse)
    qtbot.waitUntil(lambda: proposals.rows.count() == 1, timeout=5_000)
    assert "โรงสีเก่า" not in names(room)
    push(pane.proposals.close_pane)
    push(pane.propose)
    qtbot.waitUntil(lambda: proposals.rows.count() == 1, timeout=5_000)
    push(proposals.all)
    push(proposals.take)
    qtbot.waitUntil(lambda: "หอนาฬิกา" in names(room), timeout=5_000)
    [entry] = room.log.entries_of("places")
    assert (entry.kind, entry.actor) == ("place_proposals_refused", room.desk.officer.id)


def test_without_a_map_it_says_so(pane: PlacesPane, qtbot: QtBot) -> None:
    push(pane.propose)
    qtbot.waitUntil(lambda: pane.proposals.words.property("state") == "red", timeout=5_000)
    assert not pane.proposals.take.isEnabled()
