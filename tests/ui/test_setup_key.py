"""The signing key in Setup: what stands on the paper that others keep."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock
from app.duty.officers import Officer
from app.errors import KnownError, msg
from app.incidents.deadlines import Targets
from app.log import Role
from app.station.signing_key import KeyShown
from app.ui.desk import Desk
from app.ui.setup.console_pane import ConsolePane
from app.ui.theme import Theme
from tests.station.places import profile
from tests.station_log import a_station_log


def refused() -> KeyShown:
    raise KnownError(msg("The file of passwords, {path}, cannot be read.", path="x"))


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        (lambda: KeyShown("3f2a 9c01"), "3f2a 9c01"),
        (lambda: KeyShown(""), "ครั้งแรก"),
        (lambda: KeyShown("3f2a 9c01", is_lost=True), "3f2a 9c01 สูญหาย"),
        (refused, "อ่านไฟล์รหัสผ่าน"),
    ],
)
def test_setup_tells_the_fingerprint_or_why_there_is_none(
    qtbot: QtBot,
    theme: Theme,
    tmp_path: Path,
    clock: ScriptedClock,
    ask: Callable[[], KeyShown],
    expected: str,
) -> None:
    officer = Officer("officer-1", "ร.ต.อ.สมชาย (ตัวอย่าง)", "", Role.ADMINISTRATOR)
    with a_station_log(tmp_path, clock) as log:
        desk = Desk(log, clock, officer, Targets())
        pane = ConsolePane(theme, desk, profile(), ask)
        qtbot.addWidget(pane)
        pane.fill()
        assert expected in pane.key.text()
        desk.leave()


def test_a_console_seals_the_day_and_takes_away_what_was_cut_short(
    console: Console, tmp_path: Path, qtbot: QtBot
) -> None:
    """As it does a minute after it was opened, and at every new day."""
    console._keeping._look()
    qtbot.waitUntil(lambda: bool(console.log.entries_of("log")), timeout=5_000)
    assert [entry.kind for entry in console.log.entries_of("log")] == ["day_sealed"]
    assert len(console.evidence.key_shown().fingerprint) == 39
    left = tmp_path / "stick" / ".x-1.exporting"
    left.mkdir(parents=True)
    journal = f'{{"package": "x-1", "about": "a", "target": "{left.parent}", "form": "folder"}}'
    (console.folder.evidence / "x-1.export.json").write_text(journal)
    console._keeping.start(lambda error: None)
    qtbot.waitUntil(lambda: not left.exists(), timeout=5_000)
