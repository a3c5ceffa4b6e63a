"""Still pictures: a file named by its hash, an entry saying what it is, nothing lost on a fault."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.errors import KnownError
from app.incidents.snapshots import Still, attach_still, keep_still, record_copy
from app.incidents.story import Mark, tell
from app.log import Log
from app.station import Disk
from app.thai.translation import Language, say
from tests.station_log import MORNING, OFFICER, take

PNG = b"\x89PNG not really, but bytes are bytes"


def a_still(**changes: object) -> Still:
    values: dict[str, object] = {
        "camera_id": "C01", "taken_at": MORNING, "png": PNG, "width_px": 480, "height_px": 270,
        "source_width_px": 1920, "source_height_px": 1080, "age_s": 0.04,
    }  # fmt: skip
    return Still(**{**values, **changes})  # type: ignore[arg-type]


def test_the_kept_file_is_checked_by_its_own_name(tmp_path: Path) -> None:
    path = keep_still(tmp_path, a_still(), Disk())
    assert path.read_bytes() == PNG
    assert path.name == f"{hashlib.sha256(PNG).hexdigest()}.png"
    assert keep_still(tmp_path, a_still(), Disk()) == path
    assert list(tmp_path.iterdir()) == [path], "the same picture is one file, and nothing is beside"


def test_an_attached_still_stands_in_the_story_with_camera_time_and_size(
    log: Log, clock: ScriptedClock
) -> None:
    incident_id = take(log, clock).id
    (entry,) = attach_still(
        log, incident_id, a_still(clock_ahead_s=-1.23456), actor=OFFICER
    ).result()
    said = entry.data()
    assert said["sha256"] == hashlib.sha256(PNG).hexdigest()
    assert said["file_name"] == f"{said['sha256']}.png"
    assert (said["taken_at"], said["size_bytes"]) == ("2026-11-22T03:46:00.000Z", len(PNG))
    assert (said["source_width_px"], said["source_height_px"]) == (1920, 1080)
    assert (said["age_s"], said["clock_ahead_s"]) == (0.04, -1.235)
    line = tell(log.entries_of(incident_id))[0]
    assert line.mark is Mark.STILL
    english = say(line.text, Language.ENGLISH)
    assert "C01" in english and "10:46:00" in english and "480×270" in english


def test_a_copied_still_is_recorded_with_its_hash_though_no_file_is_kept(log: Log) -> None:
    (entry,) = record_copy(log, a_still(), actor=OFFICER).result()
    assert entry.subject == "C01"
    assert entry.data()["sha256"] == hashlib.sha256(PNG).hexdigest()
    assert "file_name" not in entry.data()


def test_a_folder_for_evidence_that_is_gone_is_named_and_not_made_in_silence(
    tmp_path: Path,
) -> None:
    with pytest.raises(KnownError, match="is gone") as gone:
        keep_still(tmp_path / "evidence", a_still(), Disk())
    assert gone.value.do is not None
    assert not (tmp_path / "evidence").exists()


def test_a_full_disk_is_said_and_leaves_no_half_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnownError, match="is full"):
        keep_still(tmp_path, a_still(), Disk())
    assert list(tmp_path.iterdir()) == []
