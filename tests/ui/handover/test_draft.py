"""What is typed and acknowledged survives a crash; what another officer read does not count."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from app.station import Disk
from app.ui.handover.draft import KEPT_LIMIT, Draft, DraftFile

AT = "2026-11-22T08:53:00.000Z"
DRAFT = Draft('ขบวนแห่ "19:00"\nสะพาน 🚓 ສະຫວັນນະເຂດ', "officer-2", {"incident:inc-1#aa": AT})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk" / "handover-station.json"


def test_a_draft_is_read_back(path: Path) -> None:
    DraftFile(path, Disk()).save(DRAFT)
    assert DraftFile(path, Disk()).load() == DRAFT


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folder to the user")
def test_only_its_owner_may_read_it(path: Path) -> None:
    DraftFile(path, Disk()).save(DRAFT)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_half_a_character_does_not_keep_the_rest_from_being_kept(path: Path) -> None:
    typed = Draft("ปิดถนน \ud83d")
    DraftFile(path, Disk()).save(typed)
    assert DraftFile(path, Disk()).load() == typed


def test_an_empty_draft_leaves_no_file(path: Path) -> None:
    kept = DraftFile(path, Disk())
    kept.save(DRAFT)
    kept.save(Draft(incoming="officer-2"))
    assert not path.exists()
    kept.save(Draft())  # and again


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"notes": 1, "incoming": "", "acknowledged": {}}',
     '{"notes": "a", "incoming": "", "acknowledged": {"x": "yesterday"}}',
     '{"notes": "' + "a" * (KEPT_LIMIT + 1) + '", "incoming": "", "acknowledged": {}}'],
)  # fmt: skip
def test_a_damaged_draft_is_no_draft(path: Path, text: str) -> None:
    path.parent.mkdir()
    path.write_text(text)
    assert DraftFile(path, Disk()).load() == Draft()


def test_what_another_officer_acknowledged_does_not_count() -> None:
    draft = Draft("โน้ต", "officer-2").with_word(("a#1", "b#2"), AT)
    assert draft.accepted_by("officer-2") == draft
    other = draft.accepted_by("officer-3")
    assert (other.notes, other.incoming, other.acknowledged) == ("โน้ต", "officer-3", {})
    assert draft.without_word("a#1").acknowledged == {"b#2": AT}
