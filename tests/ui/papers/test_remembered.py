"""What a desk chose last for each sheet, over restarts, and what is not to be trusted of it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from app.station import Disk
from app.ui.papers.order import THAI_DIGITS
from app.ui.papers.remembered import Habit, Remembered

HABIT = Habit("HP_M404", two_sided=False, digits=THAI_DIGITS, options={"scale": 5000})


def test_what_was_chosen_is_there_after_a_restart_for_its_own_sheet_only(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "papers.json"
    first = Remembered(path, Disk())
    first.keep("incident", HABIT)
    first.save_quietly()
    again = Remembered(path, Disk())
    assert again.of("incident") == HABIT
    assert again.of("handover") == Habit()
    assert again.of("incident").choice().copies == 1, "copies are never a habit"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_nothing_is_written_while_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "papers.json"
    one = Remembered(path, Disk())
    one.save_quietly()
    assert not path.exists()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"incident": 5}', '{"incident": {"printer": "x"}}',
     '{"incident": {"printer": "x", "two_sided": 1, "digits": "", "options": []}}'],
)  # fmt: skip
def test_a_damaged_file_is_as_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "papers.json"
    path.write_text(text, encoding="utf-8")
    assert Remembered(path, Disk()).of("incident") == Habit()


@pytest.mark.expected_log("could not be kept")
def test_a_file_that_cannot_be_written_harms_nobody(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("a file where a folder should be")
    one = Remembered(tmp_path / "desk" / "papers.json", Disk())
    one.keep("incident", HABIT)
    one.save_quietly()
    assert one.of("incident") == HABIT
