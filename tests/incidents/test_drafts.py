"""A report half typed outlives the program: whole, private, and gone once it is saved."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.incidents.drafts import Draft, DraftFile
from tests.incidents.test_report_fields import HOSTILE, WHOLE
from tests.station_log import MORNING, a_report

DRAFT = Draft(a_report(**WHOLE), "23 วิ่ง", "ตลาด", "10:20-", MORNING)


@pytest.fixture
def file(tmp_path: Path) -> DraftFile:
    return DraftFile(tmp_path / "settings" / "draft-station.json")


def test_what_was_typed_comes_back(file: DraftFile) -> None:
    assert file.load() is None
    assert file.keep(DRAFT)
    assert file.load() == DRAFT
    later = replace(DRAFT, place_text="ตลาดอินโดจีน", since=None)
    file.keep(later)
    assert file.load() == later


@pytest.mark.parametrize("text", [*HOSTILE, "ครึ่งตัว \ud83d", "ก" * 100_000])
def test_even_what_the_log_would_refuse_is_kept(file: DraftFile, text: str) -> None:
    draft = Draft(a_report(narrative=text, victims=text, caller=text), text, text, text, MORNING)
    file.keep(draft)
    assert file.load() == draft


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_only_its_owner_may_read_it_and_nothing_else_is_left(
    file: DraftFile, tmp_path: Path
) -> None:
    for _ in range(3):
        file.keep(DRAFT)
    (kept,) = (tmp_path / "settings").iterdir()
    assert oct(kept.stat().st_mode)[-3:] == "600"
    file.discard()
    assert list((tmp_path / "settings").iterdir()) == []
    file.discard()  # harmless


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"report": {}}', b'{"report": 3, "type_text": ""}', b"\xff\xfe"]
)
def test_a_file_that_is_none_is_no_draft(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "draft.json"
    path.write_bytes(content)
    assert DraftFile(path).load() is None


def test_a_disk_that_will_not_have_it_costs_the_draft_only(tmp_path: Path) -> None:
    (tmp_path / "settings").write_text("a file where the folder should be")
    file = DraftFile(tmp_path / "settings" / "draft.json")
    assert not file.keep(DRAFT)
    file.discard()
    assert file.load() is None


@pytest.mark.skipif(sys.platform == "win32", reason="a signal that Windows does not have")
def test_a_program_that_is_killed_leaves_the_last_whole_draft(tmp_path: Path) -> None:
    path = tmp_path / "draft.json"
    writer = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).resolve().parents[2])!r})\n"
        "from pathlib import Path\n"
        "from dataclasses import replace\n"
        "from app.incidents.drafts import DraftFile\n"
        "from tests.incidents.test_drafts import DRAFT\n"
        f"file = DraftFile(Path({str(path)!r}))\n"
        "for n in range(100000):\n"
        "    file.keep(replace(DRAFT, place_text=f'{n:09d}' * 2000))\n"
        "    print(n, flush=True)\n"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", writer], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert program.stdout is not None
    said = -1
    for line in program.stdout:
        said = int(line)
        if said >= 20:
            break
    program.kill()
    program.wait()
    program.stdout.close()
    draft = DraftFile(path).load()
    assert draft is not None
    assert draft.place_text == draft.place_text[:9] * 2000
    assert int(draft.place_text[:9]) >= said
