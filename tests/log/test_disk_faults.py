"""A full or failing disk: a sentence, an unchanged log, and a log that works once it is over."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import KnownError
from app.log import Connection, Log
from app.log.verify import verify
from tests.conftest import ExpectedLog
from tests.log.material import OFFICER, Told, all_views, log_in, noted, reported, views
from tests.log.tampering import raw


def test_a_full_disk_saves_nothing_says_so_and_is_over_when_there_is_room(
    log: Log, tmp_path: Path, expected_log: ExpectedLog
) -> None:
    expected_log("could not be written")
    log.append(reported("1"), actor=OFFICER).result()
    head, kept = log.head(), all_views(log)

    def on_a_full_disk(db: Connection) -> list[Told]:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages}")
        return [noted("1", "ก" * 50_000)]

    with pytest.raises(KnownError) as full:
        log.write(on_a_full_disk, actor=OFFICER).result()
    assert "The disk is full." in full.value.what.english()
    assert full.value.safe is not None
    assert "what you typed is still here" in full.value.safe.english()
    with pytest.raises(KnownError, match="full"):
        log.append(noted("1", "ก" * 50_000), actor=OFFICER).result()
    assert log.head() == head
    assert all_views(log) == kept

    def room_again(db: Connection) -> list[Told]:
        db.execute("PRAGMA max_page_count = 1073741823")
        return [noted("1", "ก" * 50_000)]

    (entry,) = log.write(room_again, actor=OFFICER).result()
    assert entry.n == head.n + 1
    assert verify(tmp_path / "station.db", views()).ok


_OVER_THE_LIMIT = """
import json, resource, sys
from pathlib import Path
from app.errors import KnownError
from tests.log.material import OFFICER, log_in, noted, reported

folder = Path(sys.argv[1])
log = log_in(folder)
log.append(reported("1"), actor=OFFICER).result()
before = log.head()
largest = max(file.stat().st_size for file in folder.iterdir())
resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
said = []
for _ in range(3):
    try:
        log.append(noted("1", "x" * 200_000), actor=OFFICER).result()
    except KnownError as error:
        said.append(str(error))
same = log.head() == before
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
log.append(noted("1", "x" * 200_000), actor=OFFICER).result()
print(json.dumps({"said": said, "same": same, "n": log.head().n}))
log.close()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="only POSIX can limit a file's size")
def test_writes_that_the_system_refuses_are_a_sentence_and_the_log_goes_on(
    tmp_path: Path,
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OVER_THE_LIMIT, str(tmp_path)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        check=True,
        timeout=60,
    )
    told = json.loads(done.stdout)
    assert len(told["said"]) == 3
    assert all("disk" in sentence for sentence in told["said"])
    assert told["same"]
    assert told["n"] == 2
    assert verify(tmp_path / "station.db", views()).ok


@pytest.mark.parametrize("content", [b"hello, this is a letter", b"\xff" * 5000])
def test_a_file_that_is_no_log_is_refused_and_left_as_it_was(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "station.db"
    path.write_bytes(content)
    with pytest.raises(KnownError):
        log_in(tmp_path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    with raw(tmp_path / "station.db") as db:
        db.execute("CREATE TABLE songs (name)")
    with pytest.raises(KnownError, match="not a station's log"):
        log_in(tmp_path)
    with raw(tmp_path / "station.db") as db:
        assert db.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be opened"):
        log_in(tmp_path / "nowhere")


def test_another_program_holding_the_log_is_a_sentence(
    log: Log, tmp_path: Path, expected_log: ExpectedLog
) -> None:
    expected_log("could not be written")
    log.append(reported("1"), actor=OFFICER).result()
    log._db.execute("PRAGMA busy_timeout = 50")  # type: ignore[union-attr]  # not five seconds
    with raw(tmp_path / "station.db") as db:
        db.execute("BEGIN IMMEDIATE")
        with pytest.raises(KnownError, match="Another program"):
            log.append(noted("1"), actor=OFFICER).result()
        db.execute("ROLLBACK")
    log.append(noted("1"), actor=OFFICER).result()
