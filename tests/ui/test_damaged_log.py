"""The window before the console: what is wrong, what a restore would give, and a person decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.log.verify import verify
from app.station import open_station
from app.station.backups.damage import look_over
from app.ui.damaged_log import DamagedLog
from app.ui.theme import Theme
from app.views import all_views
from tests.log.tampering import raw
from tests.station.backups.station import BackedUp, ruin

LONG_MS = 30_000


@pytest.fixture
def backed_up(tmp_path: Path) -> BackedUp:
    made = BackedUp(tmp_path / "station")
    made.write(20)
    made.back_up()
    made.write(5)
    return made


def shown(backed_up: BackedUp, theme: Theme, qtbot: QtBot) -> DamagedLog:
    """The window, its rehearsal done."""
    folder = open_station(backed_up.folder.root)
    damage = look_over(folder, backed_up.disk, backed_up.clock)
    assert damage is not None
    window = DamagedLog(folder, damage, theme, all_views(), backed_up.clock)
    window.show()
    qtbot.waitUntil(window.put_back.isEnabled, timeout=LONG_MS)
    return window


def test_a_restore_is_offered_and_done_when_it_is_wanted(
    backed_up: BackedUp, theme: Theme, qtbot: QtBot
) -> None:
    ruin(backed_up.folder.database)
    before = backed_up.folder.database.read_bytes()
    window = shown(backed_up, theme, qtbot)
    assert "20" in window.outcome.text()
    assert backed_up.folder.database.read_bytes() == before  # not without a person's word
    assert not window.as_it_is.isVisible()
    with qtbot.waitSignal(window.decided, timeout=LONG_MS):
        QTest.mouseClick(window.put_back, Qt.MouseButton.LeftButton)
    window.let_go()
    assert window.station == open_station(backed_up.folder.root)
    assert verify(backed_up.folder.database, all_views()).ok


def test_of_itself_it_takes_the_one_with_more_not_the_one_with_the_later_date(
    backed_up: BackedUp, theme: Theme, qtbot: QtBot
) -> None:
    _, made = backed_up.back_up_ahead()
    ruin(backed_up.folder.database)
    window = shown(backed_up, theme, qtbot)
    assert made.backup.name in window.outcome.text()
    window.close()
    window.let_go()


def test_a_chosen_backup_of_another_station_is_refused(
    backed_up: BackedUp,
    theme: Theme,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = BackedUp(tmp_path / "other", station_id="khonkaen", origin="khonkaen-ffffff")
    other.write(60)
    folder = other.back_up().backup.folder
    ruin(backed_up.folder.database)
    window = shown(backed_up, theme, qtbot)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *said: str(folder))
    QTest.mouseClick(window.other, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.trouble.isVisible, timeout=LONG_MS)
    assert "khonkaen" in window.trouble.text()
    assert "mukdahan" in window.trouble.text()
    assert not window.put_back.isEnabled()
    window.close()
    window.let_go()


def test_closing_it_changes_nothing_and_opens_nothing(
    backed_up: BackedUp, theme: Theme, qtbot: QtBot
) -> None:
    ruin(backed_up.folder.database)
    before = backed_up.folder.database.read_bytes()
    window = shown(backed_up, theme, qtbot)
    with qtbot.waitSignal(window.decided):
        window.close()
    window.let_go()
    assert window.station is None
    assert backed_up.folder.database.read_bytes() == before
    assert list(backed_up.folder.root.glob(".restoring-*")) == []
    assert not backed_up.folder.put_aside.exists()


def test_what_can_still_be_opened_may_be_and_both_languages_say_it(
    backed_up: BackedUp, theme: Theme, qtbot: QtBot
) -> None:
    with raw(backed_up.folder.database) as db:
        db.execute("DROP TRIGGER entries_are_never_deleted")
    window = shown(backed_up, theme, qtbot)
    assert "ไม่มีรายการใดสูญหาย" in window.text
    window._on_language("en", True)
    assert "Nothing is lost." in window.text
    assert "entries_are_never_deleted" in window.text
    with qtbot.waitSignal(window.decided):
        QTest.mouseClick(window.as_it_is, Qt.MouseButton.LeftButton)
    window.let_go()
    assert window.station is not None
