"""Heads of the log on a medium elsewhere: written at every seal, waited for, compared."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import KnownError
from app.evidence.head_file import read_heads
from app.evidence.log_office import LogOffice
from app.evidence.station_check import check_station
from app.log import Log
from app.views import all_views
from tests.evidence.test_seals import Sealed, english, mended, sealed
from tests.log.tampering import guards_off
from tests.station.places import small_disk
from tests.station_log import MORNING

__all__ = ["sealed"]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where the stick is mounted, when it is."""
    return tmp_path / "stick"


@pytest.fixture
def office(sealed: Sealed, stick: Path) -> LogOffice:
    profile = replace(sealed.folder.profile, head_file=str(stick / "heads.txt"))
    evidence = replace(sealed.office, folder=replace(sealed.folder, profile=profile))
    return LogOffice(evidence, all_views)


def test_each_seal_is_a_line_with_time_number_hash_and_key(
    sealed: Sealed, office: LogOffice, stick: Path
) -> None:
    stick.mkdir()
    for day in range(3):
        sealed.clock.move_to(MORNING + timedelta(days=day))
        sealed.note()
        sealed.office.seal()
        assert office.write_heads()
        office.write_heads()  # asked again it writes nothing again
    lines = read_heads(stick / "heads.txt")
    assert len(lines) == 3
    key = sealed.office.key().fingerprint
    with sealed.log.reading() as db:
        stored = {row[0]: row[1] for row in db.execute("SELECT n, hash FROM entries")}
    for line in lines:
        assert line.key == key
        assert stored[line.head.n] == line.head.hash
    text = (stick / "heads.txt").read_text("utf-8")
    assert text.splitlines()[0] == f"{lines[0].text()}"


def test_a_missing_stick_is_said_and_made_up_for(
    sealed: Sealed, office: LogOffice, stick: Path
) -> None:
    stick.mkdir()
    sealed.office.seal()
    office.write_heads()
    shutil.move(stick, stick.with_name("pocket"))
    for day in (1, 2):
        sealed.clock.move_to(MORNING + timedelta(days=day))
        sealed.office.seal()
        with pytest.raises(KnownError, match="is not there"):
            office.write_heads()
    assert not stick.exists()
    shutil.move(stick.with_name("pocket"), stick)
    office.write_heads()
    assert len(read_heads(stick / "heads.txt")) == 3


def test_a_line_cut_short_is_no_head_and_the_next_begins_anew(
    sealed: Sealed, office: LogOffice, stick: Path
) -> None:
    stick.mkdir()
    sealed.office.seal()
    office.write_heads()
    with (stick / "heads.txt").open("ab") as file:
        file.write(b"2026-11-23T03:46:00.000Z mukdahan-a1b")
    sealed.clock.move_to(MORNING + timedelta(days=1))
    sealed.office.seal()
    office.write_heads()
    assert len(read_heads(stick / "heads.txt")) == 2


def test_a_full_stick_keeps_what_it_had(sealed: Sealed, office: LogOffice, stick: Path) -> None:
    with small_disk(stick, 8):
        sealed.office.seal()
        office.write_heads()
        before = (stick / "heads.txt").read_bytes()
        (stick / "other").write_bytes(b"x" * 4096)  # the rest of it
        (stick / "heads.txt").write_bytes(before + b"#" * (4096 - len(before) - 1) + b"\n")
        sealed.clock.move_to(MORNING + timedelta(days=1))
        sealed.office.seal()
        with pytest.raises(KnownError, match="full"):
            office.write_heads()
        assert (stick / "heads.txt").stat().st_size == 4096


def test_a_log_written_anew_with_the_stations_own_key_is_betrayed_by_the_stick(
    sealed: Sealed, office: LogOffice, stick: Path
) -> None:
    stick.mkdir()
    sealed.office.seal()
    office.write_heads()
    heads, database = stick / "heads.txt", sealed.folder.database
    assert check_station(database, (), heads=heads).ok
    sealed.log.close()
    mended(database, "จดไว้", "จดใหม่")
    with guards_off(database) as db:  # and the old seal is taken out: it no longer holds
        db.execute("DELETE FROM entries WHERE kind = 'day_sealed'")
    log = Log(database, origin="console-1", views=all_views(), clock=sealed.clock)
    log.open()
    replace(sealed.office, log=log).seal()
    log.close()
    key = sealed.office.key().fingerprint
    assert check_station(database, (), key).ok  # neither chain nor seal shows it
    report = check_station(database, (), key, heads=heads)
    assert not report.ok
    assert "not the entry that was written down elsewhere" in english(report)


def test_an_end_that_was_cut_off_is_named(sealed: Sealed, office: LogOffice, stick: Path) -> None:
    stick.mkdir()
    sealed.note("สอง")
    sealed.office.seal()
    office.write_heads()
    sealed.log.close()
    with guards_off(sealed.folder.database) as db:
        db.execute("DELETE FROM entries WHERE seq > 1")
    report = check_station(sealed.folder.database, (), heads=stick / "heads.txt")
    assert "is no longer in the log" in english(report)


def test_a_seal_by_another_key_than_the_newest_line_says_is_told(
    sealed: Sealed, office: LogOffice, stick: Path
) -> None:
    stick.mkdir()
    sealed.office.seal()
    office.write_heads()
    sealed.secrets_file.unlink()
    sealed.clock.move_to(MORNING + timedelta(days=1))
    sealed.office.seal()
    report = check_station(sealed.folder.database, (), heads=stick / "heads.txt")
    assert "by another key" in english(report)
    office.write_heads()
    assert check_station(sealed.folder.database, (), heads=stick / "heads.txt").ok


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff" * 500])
def test_a_file_that_holds_no_heads_is_refused(
    sealed: Sealed, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "heads.txt").write_bytes(content)
    with pytest.raises(KnownError, match="no file of heads"):
        check_station(sealed.folder.database, (), heads=tmp_path / "heads.txt")


@pytest.mark.parametrize("name", ["station.toml", "station.db", "logs/heads.txt"])
def test_nothing_is_written_inside_the_station(sealed: Sealed, tmp_path: Path, name: str) -> None:
    sealed.office.seal()
    (tmp_path / "link").symlink_to(sealed.folder.root)
    before = sealed.folder.profile_file.read_bytes()
    size = sealed.folder.database.stat().st_size
    for wanted in (name, str(tmp_path / "link" / name)):
        with pytest.raises(KnownError, match="inside the station's own folder"):
            _office(sealed, wanted).write_heads()
    assert sealed.folder.profile_file.read_bytes() == before
    assert sealed.folder.database.stat().st_size == size
    assert not (sealed.folder.logs / "heads.txt").exists()


def _office(sealed: Sealed, head_file: str) -> LogOffice:
    profile = replace(sealed.folder.profile, head_file=head_file)
    return LogOffice(
        replace(sealed.office, folder=replace(sealed.folder, profile=profile)), all_views
    )


@pytest.mark.parametrize(
    "content", [b"hello\n", b"\xff" * 500, b"2026-11-23T03:46:00 started\n" * 2]
)
def test_a_file_of_somebody_elses_is_left_as_it_is(
    sealed: Sealed, office: LogOffice, stick: Path, content: bytes
) -> None:
    stick.mkdir()
    (stick / "heads.txt").write_bytes(content)
    sealed.office.seal()
    with pytest.raises(KnownError, match="no file of heads"):
        office.write_heads()
    assert (stick / "heads.txt").read_bytes() == content


@pytest.mark.parametrize("content", [b"", b"2026-11-23T03:46:00.000Z mukdahan-a1b"])
def test_a_file_that_is_empty_or_whose_first_line_was_cut_short_is_taken(
    sealed: Sealed, office: LogOffice, stick: Path, content: bytes
) -> None:
    stick.mkdir()
    (stick / "heads.txt").write_bytes(content)
    sealed.office.seal()
    office.write_heads()
    assert len(read_heads(stick / "heads.txt")) == 1
