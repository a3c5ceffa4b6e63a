"""Who holds the console: sign-in, lock, change of officer, refused right, on the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock
from app.duty.officers import officer_of
from app.duty.sign_in_entries import LockedBecause, PasswordSetBy
from app.incidents.incident import IncidentState
from app.log import Permission, Role
from app.ui.sign_in.idle_watch import IdleWatch
from app.ui.theme import Theme
from tests.ui.conftest import running_console
from tests.ui.driving import CONTROL, press, type_text
from tests.ui.still_pictures import StillPictures
from tests.ui.test_steps import choose

PASSWORD = "river-7431-mekong"
SHIFT = Qt.KeyboardModifier.ShiftModifier


def give_password(console: Console, officer_id: str) -> None:
    with console.log.reading() as db:
        officer = officer_of(db, officer_id)
    assert officer is not None
    console.entrance.sign_in.set_password(officer, PASSWORD, by=PasswordSetBy.FOUNDING)


def kinds(console: Console, subject: str) -> list[str]:
    return [entry.kind for entry in console.log.entries_of(subject)]


def lock(console: Console) -> None:
    press(Qt.Key.Key_L, CONTROL)
    assert console.window.sign_in.strip.isVisible()
    assert console.window.status.caps == ("Enter", "Ctrl Shift O", "Ctrl Shift E", "F11")


def take(console: Console, officer_id: str, qtbot: QtBot) -> None:
    """Another officer takes the console, by keyboard."""
    press(Qt.Key.Key_O, CONTROL | SHIFT)
    card = console.window.sign_in.sign_in
    assert card.isVisible() and card.password.line.hasFocus()
    card.officer.setCurrentIndex(card.officer.findData(officer_id))
    type_text(PASSWORD)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: console.desk.officer.id == officer_id and not card.isVisible())


def test_lock_unlock_change_of_officer_and_a_refused_right(
    console: Console, clock: ScriptedClock, pictures: StillPictures, qtbot: QtBot
) -> None:
    for officer_id in ("officer-1", "officer-3", "officer-5"):
        give_password(console, officer_id)
    window, live = console.window, console.window.live
    incident = choose(console, IncidentState.ON_SCENE)
    press(Qt.Key.Key_F2)
    live.intake.caller.setText("นางสมใจ")
    live.close_intake()
    count = live.grid.tile_count

    lock(console)  # pictures and map stay, the hands are bound
    qtbot.waitUntil(lambda: kinds(console, "officer-1")[-1] == "console_locked")
    assert live.grid.isVisible() and live.map.isVisible() and live.table.isVisible()
    assert window.sign_in._covers[0].isVisible(), "the caller's name is not for everybody"
    for key in (Qt.Key.Key_F2, Qt.Key.Key_X, Qt.Key.Key_Escape):
        QTest.keyClick(live.table, key)
    press(Qt.Key.Key_K, CONTROL)
    QTest.mouseClick(window.header.intake, Qt.MouseButton.LeftButton)
    assert not live.intake.isVisible() and not live.detail.is_asking
    assert console.selection.incident_id == incident.id
    assert window.sign_in.strip.line.hasFocus()
    assert console.desk.refuses("incident_reported"), "the log itself would refuse"

    window.sign_in.strip.line.clear()
    type_text("wrong-" + PASSWORD)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kinds(console, "officer-1")[-1] == "sign_in_refused")
    qtbot.waitUntil(lambda: "รหัสผ่านไม่ถูกต้อง" in window.sign_in.strip.hint.text())
    type_text(PASSWORD)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.sign_in.strip.isVisible())
    assert kinds(console, "officer-1")[-1] == "console_unlocked"
    assert not window.sign_in._covers[0].isVisible()

    take(console, "officer-3", qtbot)  # selection, layout and draft stay
    assert console.window is window
    assert kinds(console, "officer-1")[-1] == "officer_signed_out"
    assert kinds(console, "officer-3")[-1] == "officer_signed_in"
    assert window.header.officer.name.text() == console.desk.officer.name
    assert console.selection.incident_id == incident.id
    assert live.grid.tile_count == count
    press(Qt.Key.Key_F2)
    assert live.intake.caller.text() == "นางสมใจ"
    live.close_intake()

    window.show_place("setup")  # a duty officer enrols nobody, and reads whom to ask
    window.setup.show_officers()
    pane = window.setup.officers
    assert pane.only.isVisible()
    qtbot.waitUntil(lambda: pane.table.rows.rowCount() == 5)
    pane.form.name.line.setText("ส.ต.ต.ใหม่ มาแล้ว")
    pane.form.save.click()
    qtbot.waitUntil(lambda: "แจ้งผู้ดูแลระบบ" in pane.form.words.text())
    assert pane.table.rows.rowCount() == 5

    window.activateWindow()
    window.show_place("live")
    qtbot.waitUntil(window.isActiveWindow)
    take(console, "officer-5", qtbot)  # a viewer takes no report
    press(Qt.Key.Key_F2)
    assert not live.intake.isVisible()
    assert "ไม่อนุญาต" in window.notice.text
    window.show_place("review")
    assert window.review.pictures.is_empty, "and watches no footage"


def test_a_lowered_role_holds_at_once_and_who_leaves_leaves_the_console(
    console: Console, qtbot: QtBot
) -> None:
    give_password(console, "officer-1")
    give_password(console, "officer-3")
    office, administrator = console.entrance.office, console.desk.officer
    take(console, "officer-3", qtbot)
    actor = administrator.actor
    from app.duty.officer_changes import let_go, permit

    permit(console.log, "officer-3", Permission.EXPORT, False, actor=actor).result()
    qtbot.waitUntil(lambda: not console.desk.may("clip_exported"))
    assert console.desk.may("footage_viewed")
    let_go(console.log, "officer-3", "ย้าย", actor=actor).result()
    qtbot.waitUntil(lambda: console.entrance.guard.hold.holder is None)
    assert console.desk.officer.role is Role.VIEWER
    assert console.window.sign_in.sign_in.isVisible()
    assert office.desk is console.desk


def test_a_console_that_nobody_could_unlock_is_not_locked(console: Console) -> None:
    press(Qt.Key.Key_L, CONTROL)
    assert not console.window.sign_in.strip.isVisible()
    assert "ไม่มีรหัสผ่าน" in console.window.notice.text
    console.entrance.guard.lock_idle()
    assert not console.entrance.guard.hold.is_bound


@pytest.fixture
def asking(
    station: Path, theme: Theme, clock: ScriptedClock, pictures: StillPictures, qtbot: QtBot
) -> Iterator[Console]:
    """A console as a real station has it: nobody takes it without a password."""
    settings = station / "station.toml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('sign_in = "nobody"', 'sign_in = "password"')
    settings.write_text(text.replace("lock_after_min = 0", "lock_after_min = 15"), "utf-8")
    with running_console(station, theme, clock, pictures, qtbot) as console:
        yield console


def test_the_first_start_makes_an_administrator_and_shows_the_code_once(
    asking: Console, clock: ScriptedClock, qtbot: QtBot, tmp_path: Path
) -> None:
    console, room = asking, asking.window.sign_in
    assert console.desk.officer.role is Role.VIEWER
    qtbot.waitUntil(lambda: room.founding.isVisible())
    card = room.founding
    QTest.keyClick(console.window.live.table, Qt.Key.Key_F2)
    assert not console.window.live.intake.isVisible()
    card.name.line.setText("พ.ต.อ.สมบัติ ใจดี")
    card.password.first.line.setText("สมบัติ ใจดี")
    card.ask()
    assert "ชื่อ" in card.password.first.words.text()
    for box in (card.password.first, card.password.again):
        box.line.setText(PASSWORD)
    card.ask()
    qtbot.waitUntil(lambda: room.code.isVisible())
    code = room.code.code.text()
    assert len(code) == 29 and console.desk.officer.role is Role.ADMINISTRATOR
    room.code.write_file(tmp_path / "code.pdf")
    assert (tmp_path / "code.pdf").read_bytes().startswith(b"%PDF")
    room.code.ask()
    assert not room.code.isVisible() and room.code.code.text() == ""

    console.entrance.idle.touch()  # nobody is there for a quarter of an hour
    clock.advance(15 * 60)
    console.entrance.idle.look()
    assert room.strip.isVisible()
    qtbot.waitUntil(lambda: kinds(console, console.desk.officer.id)[-1] == "console_locked")
    (locked,) = [
        entry
        for entry in console.log.entries_of(console.desk.officer.id)
        if entry.kind == "console_locked"
    ]
    assert locked.data() == {"because": LockedBecause.IDLE}

    console.set_language("en")  # another window is locked as well
    room = console.window.sign_in
    assert room.strip.isVisible()
    room.ask_officer()
    room.ask_recovery_code()
    room.recovery.code.line.setText(code)
    for box in (room.recovery.password.first, room.recovery.password.again):
        box.line.setText("mekong-river-99")
    room.recovery.ask()
    qtbot.waitUntil(lambda: room.code.isVisible())
    assert room.code.code.text() not in ("", code)
    assert not console.entrance.guard.hold.is_bound
    room.code.ask()


def test_input_at_any_window_is_a_sign_of_life(qtbot: QtBot, clock: ScriptedClock) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    watch = IdleWatch(clock, after_min=1)
    told: list[bool] = []
    watch.idle.connect(lambda: told.append(True))
    watch.start()
    clock.advance(59)
    watch.look()
    assert told == []
    window = widget.windowHandle()
    at = QPointF(5, 5)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, at, at, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(window, moved)
    clock.advance(59)
    watch.look()
    assert told == []
    clock.advance(1)
    watch.look()
    assert told == [True]
    watch.stop()
    never = IdleWatch(clock, after_min=0)
    never.idle.connect(lambda: told.append(False))
    never.start()
    clock.advance(100_000)
    never.look()
    assert told == [True]
    never.stop()


def test_a_sample_station_s_officers_have_the_password_it_tells(
    console: Console, qtbot: QtBot
) -> None:
    """Also where a sample station that is gone has left other ones on this computer; what an
    officer has set in this one stays."""
    give_password(console, "officer-3")
    entrance = console.entrance
    entrance.sign_in._passwords.put("officer-1", "of-an-earlier-sample")
    entrance.give_everybody("sample-2569")
    qtbot.waitUntil(lambda: kinds(console, "officer-5")[-1] == "officer_password_set")
    for officer_id, password in (("officer-1", "sample-2569"), ("officer-3", PASSWORD)):
        assert entrance.sign_in.check(officer_id, password).id == officer_id
