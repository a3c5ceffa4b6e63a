"""A backup is made while work goes on, is checked, and is all there or not there at all."""

from __future__ import annotations

import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import KnownError
from app.incidents.incident import NoteAdded
from app.log.copying import Step
from app.log.verify import verify
from app.station import open_station
from app.station.backups import making
from app.station.backups.backup import backups_in, read_backup, sha256_of
from app.station.backups.making import BackupStoppedError
from app.views import all_views
from tests.log.tampering import guards_off
from tests.station.backups.station import NEVER, BackedUp, ruin
from tests.station.places import small_disk
from tests.station_log import ADMINISTRATOR, OFFICER


@pytest.fixture
def station(tmp_path: Path) -> BackedUp:
    made = BackedUp(tmp_path / "station")
    made.write(20)
    return made


def test_a_backup_is_a_station_that_opens_with_all_that_was_in_the_log(station: BackedUp) -> None:
    station.folder.public_key_file.write_text("กุญแจ", "utf-8")
    (station.folder.root / "secrets.json").write_text("{}")
    with station.log() as log:  # a console has it open
        made = station.back_up().backup
        log.append(NoteAdded("inc-1", "หลังสำรอง"), actor=OFFICER).result()
    assert made.entries == 20
    names = sorted(path.name for path in made.folder.iterdir())
    assert names == ["backup.json", "public_key.txt", "station.db", "station.toml"]
    assert open_station(made.folder, read_only=True).profile == station.folder.profile
    report = verify(made.database, all_views())
    assert (report.ok, report.entries) == (True, 20), report.findings
    assert read_backup(made.folder) == made
    assert sha256_of(made.database) == made.sha256


@pytest.mark.parametrize("shares_disk", [True, False])
def test_whoever_has_the_log_open_copies_it_on_its_own_disk_only(
    station: BackedUp, monkeypatch: pytest.MonkeyPatch, shares_disk: bool
) -> None:
    """A share that hangs would keep the thread that writes, and everybody who saves, waiting."""
    monkeypatch.setattr(making.BackupPlace, "shares_disk", shares_disk)
    asked: list[Path] = []
    with station.log() as log:

        def copy(target: Path, step: Step) -> None:
            asked.append(target)
            log.copy(target, step)

        made = station.place().make(NEVER, copier=copy).backup
    assert len(asked) == shares_disk
    assert verify(made.database, all_views()).ok


def test_older_ones_go_as_they_should_and_only_then(station: BackedUp) -> None:
    first = station.back_up().backup
    second = station.back_up()
    assert second.removed == (first.name,)  # of one day the last stays
    station.clock.advance(86_400)
    third = station.back_up()
    assert third.removed == ()
    assert [one.name for one in station.place().backups()] == [
        third.backup.name, second.backup.name,
    ]  # fmt: skip


def test_one_made_after_the_clock_was_set_back_stays(station: BackedUp) -> None:
    """By its date it is an older one of the same day."""
    ahead, made = station.back_up_ahead()
    assert made.removed == ()
    assert station.place().backups() == [ahead.backup, made.backup]
    station.write(5)
    again = station.place().make(NEVER)
    assert again.removed == (made.backup.name,)
    assert station.place().backups() == [ahead.backup, again.backup]


def test_the_best_one_stays_where_room_is_made_for_one_that_may_fail(
    station: BackedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead, made = station.back_up_ahead()
    monkeypatch.setattr(making, "_LEAST_SPARE_BYTES", 10**18)
    with pytest.raises(KnownError, match="no room for a backup"):
        station.place().make(NEVER)
    assert station.place().backups() == [ahead.backup, made.backup]


def test_a_damaged_log_is_not_backed_up_and_no_older_one_goes(station: BackedUp) -> None:
    good = station.back_up().backup
    with guards_off(station.folder.database) as db:
        db.execute("UPDATE entries SET kind = 'unit_formed' WHERE seq = 15")
    with pytest.raises(KnownError, match="not good"):
        station.back_up()
    ruin(station.folder.database)
    with pytest.raises(KnownError):
        station.back_up()
    assert station.place().backups() == [good]
    assert list(station.folder.backups.glob(f"{making.UNFINISHED}*")) == []


def test_after_an_erasure_no_backup_holds_the_text_any_more(station: BackedUp) -> None:
    secret = "ความลับที่ต้องลบ"
    with station.log() as log:
        (entry,) = log.append(NoteAdded("inc-1", secret), actor=OFFICER).result()
        before = station.back_up().backup
        assert secret.encode() in before.database.read_bytes()
        log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    station.clock.advance(86_400)
    after = station.back_up()
    assert after.removed == (before.name,)
    files = [path for path in station.folder.backups.rglob("*") if path.is_file()]
    assert [path for path in files if secret.encode() in path.read_bytes()] == []


def test_no_backup_of_a_branch_that_was_left_holds_an_erased_text(station: BackedUp) -> None:
    """Longer than the log is now, which was put back with loss and went on differently."""
    secret = "บันทึก 3"
    short = station.back_up().backup
    station.clock.advance(86_400)
    station.write(200)
    left = station.back_up().backup
    ruin(station.folder.database)
    station.restore.carry_out(station.restore.rehearse(short))
    station.clock.advance(86_400)
    with station.log() as log:
        with log.reading() as db:
            (entry_id,) = db.execute(
                "SELECT origin || ':' || n FROM entries WHERE body LIKE ?", (f'%"{secret}"%',)
            ).fetchone()
        log.erase(entry_id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    after = station.back_up()
    assert sorted(after.removed) == sorted([short.name, left.name])
    assert station.place().backups() == [after.backup]


def test_the_latest_date_saves_no_erased_text(station: BackedUp) -> None:
    """The clock ran ahead when it was made, and was set back before the erasure."""
    station.clock.advance(3 * 3600)
    ahead = station.back_up().backup
    station.clock.move_to(station.clock.now() - timedelta(hours=4))
    with station.log() as log:
        entry = f"{station.folder.profile.origin}:5"
        log.erase(entry, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    after = station.place().make(NEVER)
    assert after.removed == (ahead.name,)
    assert station.place().backups() == [after.backup]


def test_a_folder_that_is_not_there_is_not_made(station: BackedUp, tmp_path: Path) -> None:
    """Its disk may not be connected: a folder of that name would fill the system's own."""
    away = tmp_path / "stick" / "backups"
    with pytest.raises(KnownError, match="is not there"):
        station.place(str(away)).make(NEVER)
    assert not away.exists()
    away.mkdir(parents=True)
    assert station.place(str(away)).make(NEVER).backup.folder.parent == away


def test_what_is_stopped_leaves_nothing(station: BackedUp) -> None:
    stop = threading.Event()
    stop.set()
    with pytest.raises(BackupStoppedError):
        station.place().make(stop)
    assert list(station.folder.backups.iterdir()) == []


def test_what_a_killed_console_left_is_taken_away(station: BackedUp) -> None:
    left = station.folder.backups / f"{making.UNFINISHED}mukdahan-20261101T000000Z"
    left.mkdir(parents=True)
    (left / "station.db").write_bytes(b"half")
    station.back_up()
    assert not left.exists()


def test_a_full_disk_is_said_before_anything_is_written(station: BackedUp, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2_000) as disk:
        with pytest.raises(KnownError, match="no room for a backup"):
            station.place(str(disk)).make(NEVER)
        assert list(disk.iterdir()) == []


@pytest.mark.parametrize("size_kb", [8, 64, 200])
def test_a_disk_that_fills_in_the_middle_leaves_nothing_half_done(
    station: BackedUp, tmp_path: Path, size_kb: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_LEAST_SPARE_BYTES", -(10**9))  # as if there had been room
    with small_disk(tmp_path / "disk", size_kb) as disk:
        with pytest.raises(KnownError):
            station.place(str(disk)).make(NEVER)
        assert list(disk.iterdir()) == []
    assert station.count() == 20


@pytest.mark.parametrize("note", ["", "{}", "[]", "\udcff", '{"format": 2}', "x" * 2_000_000])
def test_a_note_that_is_none_is_passed_over(station: BackedUp, note: str) -> None:
    made = station.back_up().backup
    (made.folder / "backup.json").write_text(note, "utf-8", errors="surrogateescape")
    assert backups_in(made.folder.parent, "mukdahan") == []
    with pytest.raises(KnownError):
        read_backup(made.folder)


def test_a_backup_of_another_station_under_a_name_of_this_ones_is_passed_over(
    station: BackedUp, tmp_path: Path
) -> None:
    other = BackedUp(tmp_path / "other", station_id="khonkaen", origin="khonkaen-ffffff")
    other.write(60)
    stranger = other.back_up().backup
    good = station.back_up().backup
    shutil.copytree(stranger.folder, good.folder.with_name("mukdahan-20261201T000000Z"))
    assert station.place().backups() == [good]


def test_the_stations_own_disk_is_told(station: BackedUp, tmp_path: Path) -> None:
    assert station.place().shares_disk
    assert station.place().is_default
    with small_disk(tmp_path / "disk", 2_000) as disk:
        assert not station.place(str(disk)).shares_disk
