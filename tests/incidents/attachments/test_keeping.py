"""A file is copied in under its hash, all or nothing, and the log says whose it is."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.errors import KnownError
from app.incidents.attachments import keeping
from app.incidents.attachments.attachment import (
    KeptFile,
    TakenOut,
    attach,
    attachments_of,
    record_taken_out,
    shown_name,
)
from app.incidents.attachments.keeping import (
    UNFINISHED_PREFIX,
    AttachingCancelledError,
    keep_file,
    remove_unfinished,
)
from app.incidents.attachments.kinds import FileKind
from app.incidents.story import tell
from app.log import Log
from app.station import Disk
from app.thai.translation import Language, say
from tests.incidents.attachments.material import a_file, a_png
from tests.station_log import OFFICER, take


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    folder = tmp_path / "evidence"
    folder.mkdir()
    return folder


def keep(source: Path, evidence: Path, stop: threading.Event | None = None) -> KeptFile:
    return keep_file(source, evidence, Disk(), stop=stop or threading.Event())


def test_a_file_is_kept_under_its_hash_and_the_kind_it_is(tmp_path: Path, evidence: Path) -> None:
    source = a_file(tmp_path, "IMG 0001.JPG", a_png())
    kept = keep(source, evidence)
    digest = hashlib.sha256(a_png()).hexdigest()
    assert kept == KeptFile(
        f"{digest}.png", "IMG 0001.JPG", FileKind.PICTURE, "image/png", digest, len(a_png())
    )
    assert (evidence / kept.file_name).read_bytes() == a_png()
    assert source.exists() and len(list(evidence.iterdir())) == 1
    assert keep(source, evidence) == kept  # twice is once


def test_a_copy_that_is_cancelled_leaves_nothing(tmp_path: Path, evidence: Path) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(AttachingCancelledError):
        keep(a_file(tmp_path, "a.png", a_png()), evidence, stop)
    assert list(evidence.iterdir()) == []


def test_a_full_disk_is_told_before_anything_is_written(
    tmp_path: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "LEAST_FREE_BYTES", 10**18)
    with pytest.raises(KnownError, match="There is no room"):
        keep(a_file(tmp_path, "a.png", a_png()), evidence)
    assert list(evidence.iterdir()) == []


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(keeping.MOST_BYTES, FileKind.PICTURE, len(a_png()))
    monkeypatch.setattr(keeping, "_PIECE_BYTES", 16)
    source = a_file(tmp_path, "a.png", a_png())

    def grow(done: int, total: int) -> None:
        with source.open("ab") as file:
            file.write(b"more")

    with pytest.raises(KnownError, match="changed while it was read"):
        keep_file(source, evidence, Disk(), stop=threading.Event(), told=grow)
    assert list(evidence.iterdir()) == []


def test_what_a_crash_left_half_copied_is_taken_away(evidence: Path) -> None:
    half = evidence / f"{UNFINISHED_PREFIX}0011"
    half.write_bytes(b"half")
    kept = evidence / "aa.png"
    kept.write_bytes(b"whole")
    remove_unfinished(evidence)
    assert list(evidence.iterdir()) == [kept]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("คำให้การ.pdf", "คำให้การ.pdf"),
        ("photo\u202egnp.exe", "photo·gnp.exe"),
        ("a\nb\tc\x00.png", "a·b·c·.png"),
        ("", "·"),
    ],
)
def test_a_name_is_shown_as_one_line_that_hides_nothing(name: str, shown: str) -> None:
    assert shown_name(name) == shown
    assert len(shown_name("ก" * 500)) <= 120


def test_an_attachment_stands_in_the_incident_and_its_story(
    log: Log, clock: ScriptedClock, tmp_path: Path, evidence: Path
) -> None:
    incident = take(log, clock)
    kept = keep(a_file(tmp_path, "ภาพจากพยาน.png", a_png()), evidence)
    attach(log, incident.id, kept, "พยานส่งให้ทาง LINE", actor=OFFICER).result()
    with log.reading() as db:
        (found,) = attachments_of(db, incident.id)
    assert (found.file, found.note, found.actor) == (kept, "พยานส่งให้ทาง LINE", OFFICER.id)
    told = say(tell(log.entries_of(incident.id))[0].text, Language.ENGLISH)
    assert "ภาพจากพยาน.png" in told
    with pytest.raises(KnownError, match="attached to this incident already"):
        attach(log, incident.id, kept, "", actor=OFFICER).result()
    record_taken_out(log, found, TakenOut.COPIED, actor=OFFICER).result()
    told = say(tell(log.entries_of(incident.id))[0].text, Language.ENGLISH)
    assert "copy" in told


def test_an_incident_that_is_not_there_gets_no_file(
    log: Log, tmp_path: Path, evidence: Path
) -> None:
    kept = keep(a_file(tmp_path, "a.png", a_png()), evidence)
    with pytest.raises(KnownError, match="no such incident"):
        attach(log, "inc-none", kept, "", actor=OFFICER).result()
    with pytest.raises(KnownError, match="too long"):
        attach(log, "inc-none", kept, "ก" * 301, actor=OFFICER)
