"""Adding and changing a camera: tried while it is typed, and nothing wrong reaches the log."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import Console
from app.cameras.camera import StreamKind
from app.clock import ScriptedClock
from app.demo.simulated_cameras import CameraSpec, SimulatedFleet, StampContent
from app.thai.translation import Language, set_language, tr
from app.ui.setup.camera_form import CameraForm
from app.ui.setup.cameras_pane import CamerasPane
from app.ui.theme import Theme
from tests.ui.driving import CONTROL, focused, press, type_text
from tests.ui.setup_room import SetupRoom, setup_room
from tests.ui.still_pictures import StillPictures
from tests.video.cameras import SOUND_ONLY, Guarded, ScriptedCamera, describes, free_port

Reply = Callable[[str], bytes | None]
GOOD = {
    "name": "กล้องหน้าร้าน",
    "main_url": "rtsp://127.0.0.1:1/main",
    "place": "16.5431, 104.7228",
}


@pytest.fixture
def room(
    station: Path, theme: Theme, clock: ScriptedClock, pictures: StillPictures, qtbot: QtBot
) -> Iterator[SetupRoom]:
    """Setup on a small station."""
    with setup_room(station, theme, clock, pictures, qtbot) as room:
        yield room


@pytest.fixture
def pane(room: SetupRoom) -> CamerasPane:
    """Setup › Cameras, as it opens."""
    return room.place.cameras


@pytest.fixture
def form(pane: CamerasPane) -> CameraForm:
    """A new camera, filled rightly but for its address, where nothing listens."""
    pane.begin_new()
    for name, text in GOOD.items():
        pane.form.fields[name].fill(text)
    return pane.form


@pytest.fixture
def serve() -> Iterator[Callable[[Reply], ScriptedCamera]]:
    """Small RTSP servers that answer as told."""
    made: list[ScriptedCamera] = []

    def serve(reply: Reply) -> ScriptedCamera:
        made.append(ScriptedCamera(reply))
        return made[-1]

    yield serve
    for camera in made:
        camera.close()


def english(words: str) -> str:
    """A sentence as it is said now."""
    return tr(words)


def retype(form: CameraForm, name: str, text: str) -> None:
    """Put other words into a field, key by key."""
    line = form.fields[name].line
    line.setFocus()
    line.selectAll()
    type_text(text)


def save(form: CameraForm) -> None:
    QTest.mouseClick(form.save, Qt.MouseButton.LeftButton)


def failure(form: CameraForm, qtbot: QtBot) -> str:
    """Why there is no picture, once that is known."""
    qtbot.waitUntil(lambda: bool(form.trial.words.text()), timeout=15_000)
    return form.trial.words.text()


# What is wrong in the form

WRONG = [
    ("main_url", "ftp://127.0.0.1/main"),
    ("main_url", "file:///etc/passwd"),
    ("main_url", "rtsp://"),
    ("main_url", ""),
    ("sub_url", "หน้าร้าน"),
    ("name", " "),
    ("place", "48.8584, 2.2945"),
    ("place", "หน้าร้าน"),
    ("place", ""),
    ("bearing_deg", "ทิศเหนือ"),
    ("bearing_deg", "400"),
    ("field_of_view_deg", "0"),
    ("range_m", "-5"),
    ("range_m", "nan"),
    ("night_range_m", "มืด"),
    ("night_range_m", "5000"),
    ("retention_days", "-1"),
    ("retention_days", "nan"),
    ("checked_on", "พรุ่งนี้"),
]


def test_what_is_wrong_is_said_under_its_field_and_nothing_is_lost(
    room: SetupRoom, form: CameraForm, qtbot: QtBot
) -> None:
    head = room.log.head()
    for name, typed in WRONG:
        box = form.fields[name]
        box.fill(typed)
        save(form)
        assert box.words.isVisible(), (name, typed)
        assert box.words.property("state") == "red", (name, typed)
        assert len(box.words.text()) > 8, (name, typed)
        assert box.line.text() == typed
        assert form.save.isEnabled()
        box.fill(GOOD.get(name, ""))
    assert room.log.head() == head


def test_everything_that_is_wrong_is_said_at_once(form: CameraForm) -> None:
    for name, typed in (("main_url", "x://y"), ("place", "ที่นี่"), ("range_m", "ไกล")):
        form.fields[name].fill(typed)
    save(form)
    assert [name for name, box in form.fields.boxes.items() if box.words.text()] == [
        "main_url", "place", "range_m",
    ]  # fmt: skip


def test_how_far_it_sees_at_night_and_that_it_stands_indoors_is_kept(
    room: SetupRoom, pane: CamerasPane, form: CameraForm, qtbot: QtBot
) -> None:
    form.fields["night_range_m"].fill("๔๐")
    form.fields.indoor.click()
    save_all_the_same(form, qtbot)
    qtbot.waitUntil(lambda: "กล้องหน้าร้าน" in room.names.values(), timeout=5_000)
    made = next(one for one in room.desk.cameras() if one.name == "กล้องหน้าร้าน")
    assert (made.night_range_m, made.indoor) == (40.0, True)
    form.edit(made)
    assert form.fields["night_range_m"].text == "40"
    assert form.fields.indoor.isChecked()
    kept = dict(form.fields.typed())
    form.begin_new()
    assert form.fields["night_range_m"].text == ""
    assert not form.fields.indoor.isChecked()
    form.fields.restore(kept)  # as after a change of language
    assert form.fields.indoor.isChecked()


# Trying while typing


def test_a_trial_begins_by_itself_when_typing_stops_and_says_why_there_is_no_picture(
    room: SetupRoom, form: CameraForm, qtbot: QtBot
) -> None:
    head = room.log.head()
    retype(form, "main_url", f"rtsp://127.0.0.1:{free_port()}/main")
    assert not form.trial.words.text()
    assert english("The camera refuses the connection.") in failure(form, qtbot)
    assert form.fields["main_url"].line.hasFocus()
    assert room.log.head() == head


def test_a_key_while_it_is_tried_calls_the_trial_off(
    form: CameraForm, qtbot: QtBot, serve: Callable[[Reply], ScriptedCamera]
) -> None:
    silent = serve(lambda request: b"")
    retype(form, "main_url", f"rtsp://127.0.0.1:{silent.port}/main")
    qtbot.waitUntil(lambda: bool(silent.requests), timeout=5_000)
    type_text("2")
    assert form.trial.reached.words.text() == english("Not tried yet")
    retype(form, "main_url", f"rtsp://127.0.0.1:{free_port()}/other")
    assert english("The camera refuses the connection.") in failure(form, qtbot)


def test_an_address_that_is_none_yet_is_not_complained_of_until_the_field_is_left(
    form: CameraForm, qtbot: QtBot
) -> None:
    retype(form, "main_url", "rtsp:/")
    form._typing.setInterval(0)
    qtbot.waitUntil(lambda: not form._typing.isActive())
    assert not form.fields["main_url"].words.text()
    press(Qt.Key.Key_Tab)
    assert form.fields["main_url"].words.property("state") == "red"


def test_a_stream_without_video_says_so(
    form: CameraForm, qtbot: QtBot, serve: Callable[[Reply], ScriptedCamera]
) -> None:
    url = f"rtsp://127.0.0.1:{serve(describes(SOUND_ONLY)).port}/stream"
    retype(form, "main_url", url)
    assert english("The stream holds no video.") in failure(form, qtbot)
    assert form.fields["main_url"].line.text() == url


def test_a_camera_that_works_shows_its_picture_what_it_sends_and_how_its_clock_is(
    room: SetupRoom, form: CameraForm, qtbot: QtBot
) -> None:
    before = room.names
    fleet = SimulatedFleet([CameraSpec("C01", "C01", StampContent(), clock_offset_s=-5.0)])
    fleet.start()
    try:
        assert fleet.wait_until_ready(20)
        retype(form, "main_url", fleet.url("C01", StreamKind.SUB))
        qtbot.waitUntil(lambda: form.has_picture, timeout=20_000)
    finally:
        fleet.stop()
    trial = form.trial
    assert not trial.picture.is_empty
    assert re.fullmatch(r"H264 · \d+×\d+", trial.video.words.text())
    assert trial.clock.words.property("state") == "amber"
    assert "−" in trial.clock.words.text()
    save(form)  # a picture was seen: nothing to warn of
    qtbot.waitUntil(lambda: len(room.names) == len(before) + 1, timeout=5_000)
    assert form.words.property("state") != "amber"


# Passwords


def asked_with_password(camera: ScriptedCamera) -> int:
    return sum("Authorization:" in request for request in camera.requests)


def test_a_wrong_password_is_tried_once_and_only_when_its_field_is_left(
    form: CameraForm, qtbot: QtBot, serve: Callable[[Reply], ScriptedCamera]
) -> None:
    camera = serve(Guarded("admin", "right", 'Basic realm="r"'))
    retype(form, "main_url", f"rtsp://127.0.0.1:{camera.port}/stream")
    assert english("The camera asks for a user name and password.") in failure(form, qtbot)
    pause_ms = form._typing.interval()
    form._typing.setInterval(60_000)  # typed without a pause, however slow this machine is
    retype(form, "username", "admin")
    retype(form, "password", "wrong")
    assert not form._typing.isActive()
    form._typing.setInterval(pause_ms)
    assert asked_with_password(camera) == 0
    press(Qt.Key.Key_Return)
    wrong = english("The camera does not accept the user name and password.")
    assert wrong in failure(form, qtbot)
    assert asked_with_password(camera) == 1
    retype(form, "main_url", f"rtsp://127.0.0.1:{camera.port}/other")
    assert wrong in failure(form, qtbot)
    assert asked_with_password(camera) == 1  # not again with this password
    retype(form, "password", "wrong2")
    press(Qt.Key.Key_Tab)
    assert wrong in failure(form, qtbot)
    assert asked_with_password(camera) == 2
    QTest.mouseClick(form.again, Qt.MouseButton.LeftButton)  # somebody asks for it
    assert wrong in failure(form, qtbot)
    assert asked_with_password(camera) == 3


def test_a_name_whose_password_is_still_to_come_is_not_tried(
    form: CameraForm, qtbot: QtBot, serve: Callable[[Reply], ScriptedCamera]
) -> None:
    camera = serve(Guarded("admin", "right", 'Basic realm="r"'))
    retype(form, "main_url", f"rtsp://127.0.0.1:{camera.port}/stream")
    assert english("The camera asks for a user name and password.") in failure(form, qtbot)
    retype(form, "username", "admin")
    press(Qt.Key.Key_Tab)
    qtbot.wait(500)
    assert asked_with_password(camera) == 0


def test_a_password_inside_the_address_goes_to_its_field_when_the_field_is_left(
    room: SetupRoom, form: CameraForm, qtbot: QtBot
) -> None:
    port = free_port()
    retype(form, "main_url", f"rtsp://admin:geheim99@127.0.0.1:{port}/main")
    form._typing.setInterval(0)
    qtbot.waitUntil(lambda: not form._typing.isActive())
    assert form.trial.reached.words.text() == english("Not tried yet")
    press(Qt.Key.Key_Tab)
    assert form.fields["main_url"].text == f"rtsp://127.0.0.1:{port}/main"
    assert form.fields["username"].text == "admin"
    assert form.fields["password"].line.text() == "geheim99"
    assert form.fields["password"].line.displayText() != "geheim99"
    assert "geheim99" not in failure(form, qtbot)
    assert room.holding("geheim99") == []


# Saving


def save_all_the_same(form: CameraForm, qtbot: QtBot) -> str:
    """Press Save; read the warning; press again. What the warning said."""
    save(form)
    assert form.words.property("state") == "amber"
    warning = form.words.text()
    form.save.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: form.words.property("state") != "amber", timeout=5_000)
    return warning


def test_a_camera_that_is_off_today_is_added_after_a_plain_warning(
    room: SetupRoom, pane: CamerasPane, form: CameraForm, qtbot: QtBot
) -> None:
    before = room.names
    save(form)
    assert room.names == before
    warning = save_all_the_same(form, qtbot)
    assert english("No picture of this camera has been seen yet; it may be off today.") in warning
    (added,) = room.names.keys() - before.keys()
    assert room.names[added] == GOOD["name"]
    assert form.words.property("state") == "green"
    assert form.fields["name"].text == ""
    assert pane.table.rows.row_of(added) >= 0


def test_a_changed_word_after_the_warning_is_warned_of_again(
    room: SetupRoom, form: CameraForm
) -> None:
    before = room.names
    save(form)
    form.fields["name"].fill("ชื่ออื่น")
    save(form)
    assert form.words.property("state") == "amber"
    assert room.names == before


def test_a_camera_that_is_there_already_is_named_before_it_is_added(
    room: SetupRoom, form: CameraForm, qtbot: QtBot
) -> None:
    known = room.desk.cameras()[0]
    form.fields["main_url"].fill(known.main_url)
    warning = save_all_the_same(form, qtbot)
    assert f"{known.id} {known.name}" in warning
    assert len([one for one in room.desk.cameras() if one.main_url == known.main_url]) == 2


def test_its_password_is_kept_in_the_store_of_secrets_and_nowhere_else(
    room: SetupRoom, form: CameraForm, qtbot: QtBot
) -> None:
    form.fields["username"].fill("admin")
    form.fields["password"].line.setText("geheim99")
    with qtbot.waitSignal(room.office.passwords_changed):
        save_all_the_same(form, qtbot)
    newest = room.desk.cameras()[-1]
    assert newest.username == "admin"
    assert room.office.password(newest.id) == "geheim99"
    assert room.holding("geheim99") == []
    assert form.fields["password"].line.text() == ""


# Changing and removing


def test_a_camera_is_changed_from_the_table_and_keeps_what_was_not_touched(
    room: SetupRoom, pane: CamerasPane, qtbot: QtBot
) -> None:
    known = room.desk.cameras()[1]
    pane.table.setFocus()
    pane.table.selectRow(pane.table.rows.row_of(known.id))
    assert pane.form.fields["name"].text == known.name
    pane.table.activated.emit(pane.table.currentIndex())
    assert focused() is pane.form.fields["name"].line
    retype(pane.form, "name", "ชื่อใหม่")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: room.names[known.id] == "ชื่อใหม่", timeout=5_000)
    changed = room.desk.cameras()[1]
    assert (changed.lat_deg, changed.lon_deg) == (known.lat_deg, known.lon_deg)
    assert (changed.main_url, changed.sample) == (known.main_url, known.sample)
    assert room.log.entries_of(known.id)[-1].kind == "camera_changed"


def test_a_camera_is_removed_for_a_reason_only(
    room: SetupRoom, pane: CamerasPane, qtbot: QtBot
) -> None:
    known = room.desk.cameras()[0]
    pane.edit(known.id)
    QTest.mouseClick(pane.form.remove, Qt.MouseButton.LeftButton)
    assert focused() is pane.removal.reason.line
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: pane.removal.reason.words.property("state") == "red")
    assert known.id in room.names
    type_text("ย้ายไปที่อื่น")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: known.id not in room.names, timeout=5_000)
    qtbot.waitUntil(lambda: pane.form.isVisible())
    assert room.log.entries_of(known.id)[-1].data()["reason"] == "ย้ายไปที่อื่น"


def test_what_is_typed_stays_through_a_change_of_language_but_the_password(
    console: Console,
) -> None:
    console.window.show_place("setup")
    pane = console.window.setup.cameras
    known = console.desk.cameras()[0]
    pane.edit(known.id)
    pane.form.fields["owner"].line.setText("เจ้าของใหม่")
    pane.form.fields["password"].line.setText("geheim99")
    console.set_language(Language.ENGLISH.value)
    form = console.window.setup.cameras.form
    assert form.camera_id == known.id
    assert form.fields["owner"].text == "เจ้าของใหม่"
    assert form.fields["password"].line.text() == ""
    set_language(Language.THAI)


def test_tab_goes_through_the_form_in_the_order_in_which_it_is_read(
    pane: CamerasPane,
) -> None:
    pane.begin_new()
    names = {id(box.line): name for name, box in pane.form.fields.boxes.items()}
    seen = []
    for _ in names:
        seen.append(names.get(id(focused()), "?"))
        press(Qt.Key.Key_Tab)
    assert seen == list(pane.form.fields.boxes)
    assert re.match("main_url", seen[0])
