"""A start on a damaged log: a person decides first, then the console opens on what there is."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import console as starting
from app.clock import ScriptedClock
from app.log.verify import verify
from app.station import Disk, open_station
from app.station.backups.damage import look_over
from app.station.backups.making import BackupPlace
from app.ui.damaged_log import DamagedLog
from app.ui.theme import Theme
from app.views import all_views
from tests.station.backups.station import ruin


@contextmanager
def deciding(button: str) -> Iterator[list[str]]:
    """Press a button of the window as soon as it can be pressed; what it said."""
    said: list[str] = []

    def look() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, DamagedLog) and window.put_back.isEnabled() and not said:
                said.append(window.text)
                getattr(window, button).click()

    timer = QTimer()
    timer.setInterval(50)
    timer.timeout.connect(look)
    timer.start()
    yield said
    timer.stop()


@pytest.fixture
def backed_up(station: Path, clock: ScriptedClock) -> Path:
    """The small station, with a backup."""
    BackupPlace(open_station(station), Disk(), clock, "test 1").make(threading.Event())
    return station


@pytest.mark.parametrize("button", ["put_back", "leave"])
def test_the_start_waits_for_a_person(
    backed_up: Path, theme: Theme, clock: ScriptedClock, qtbot: QtBot, button: str
) -> None:
    ruin(backed_up / "station.db")
    folder = open_station(backed_up)
    damage = look_over(folder, Disk(), clock)
    assert damage is not None
    with deciding(button) as said:
        mended = starting.mend(folder, damage, theme, clock)
    assert "บันทึกของสถานีเสียหาย" in said[0]
    if button == "leave":
        assert mended is None
    else:
        assert mended == open_station(backed_up)
        assert verify(backed_up / "station.db", all_views()).ok


def test_damage_deeper_than_the_first_look_is_put_before_a_person_too(
    backed_up: Path, qapp: QApplication, clock: ScriptedClock, qtbot: QtBot
) -> None:
    """The newest entries are whole; the list of kept views is not, and no log opens without it."""
    database = backed_up / "station.db"
    with closing(sqlite3.connect(database)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = db.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'kept_views'"
        ).fetchone()
    content = bytearray(database.read_bytes())
    content[(page - 1) * 4096 : (page - 1) * 4096 + 64] = b"\xff" * 64
    database.write_bytes(content)
    folder = open_station(backed_up)
    assert look_over(folder, Disk(), clock) is None
    with deciding("put_back") as said:
        console = starting._started(qapp, folder, None)
    assert console is not None
    assert "ไม่มีรายการใดสูญหาย" in said[0]
    console.stop()
    console.window.deleteLater()
    assert verify(database, all_views()).ok
