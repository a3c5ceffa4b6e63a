"""A log is put back: rehearsed, told, exchanged; nothing that there still is gets lost."""

from __future__ import annotations

import itertools
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError
from app.log import Head
from app.log.verify import verify
from app.station import ConsoleLock, open_station
from app.station.backups import exchange as exchanging
from app.station.backups.backup import Backup, best_first
from app.station.backups.damage import look_over
from app.station.backups.exchange import finish_exchange
from app.station.backups.restoring import Rehearsal
from app.thai.translation import say
from app.views import all_views
from tests.log.tampering import guards_off, raw
from tests.station.backups.station import BackedUp, ruin
from tests.station_log import ADMINISTRATOR, MORNING


@pytest.fixture
def station(tmp_path: Path) -> BackedUp:
    """Twenty entries, a backup, ten more."""
    made = BackedUp(tmp_path / "station")
    made.write(20)
    made.back_up()
    made.write(10)
    return made


def english(rehearsal: Rehearsal) -> str:
    return "\n".join(one.english() for one in rehearsal.sentences())


def files(station: BackedUp) -> dict[Path, bytes]:
    """What the folder holds, but for what SQLite makes for whoever reads."""
    found = [path for path in station.folder.root.rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in found if not path.name.endswith(("-wal", "-shm"))}


def put_back(station: BackedUp) -> Rehearsal:
    rehearsal, _ = station.restore.rehearse_best(station.place().backups())
    station.restore.carry_out(rehearsal)
    return rehearsal


def whole(station: BackedUp) -> int:
    """The log is whole, opens, goes on; how many entries it has."""
    assert look_over(open_station(station.folder.root), station.disk, station.clock) is None
    count = station.count()
    station.write(1)
    report = verify(station.folder.database, all_views())
    assert report.ok, report.findings
    return count


def test_a_rehearsal_changes_nothing_and_leaves_nothing(station: BackedUp) -> None:
    ruin(station.folder.database)
    before = files(station)
    rehearsal, _ = station.restore.rehearse_best(station.place().backups())
    station.restore.clean()
    assert files(station) == before
    assert "How many are lost nobody can say" in english(rehearsal)
    assert "Report numbers that were given after that are given again" in english(rehearsal)


def test_a_ruined_file_is_kept_aside_and_what_was_after_the_backup_is_lost(
    station: BackedUp,
) -> None:
    origin = station.folder.profile.origin
    ruin(station.folder.database)
    ruined = station.folder.database.read_bytes()
    damage = look_over(station.folder, station.disk, station.clock)
    assert damage is not None
    assert not damage.can_open
    assert put_back(station).salvaged.kept == 20
    (aside,) = station.folder.put_aside.iterdir()
    assert (aside / "station.db").read_bytes() == ruined
    renamed = open_station(station.folder.root).profile.origin
    assert renamed != origin  # the old chain ends; its lost entries could still come
    with station.log() as log:
        (said,) = [one for one in log.entries_of("backups") if one.kind == "log_restored"]
    assert (said.origin, said.n) == (renamed, 1)
    assert said.data()["origin_before"] == origin
    assert said.data()["lost"] is None
    assert whole(station) == 21


def test_a_view_or_guard_that_is_damaged_costs_nothing(station: BackedUp) -> None:
    with raw(station.folder.database) as db:
        db.execute("DROP TRIGGER entries_are_never_deleted")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'incidents'").fetchone()
    content = bytearray(station.folder.database.read_bytes())
    content[(root[0] - 1) * 4096 : root[0] * 4096] = b"\xff" * 4096
    station.folder.database.write_bytes(content)
    rehearsal = put_back(station)
    assert "Nothing is lost." in english(rehearsal)
    assert "given again" not in english(rehearsal)
    assert (rehearsal.salvaged.kept, rehearsal.salvaged.taken_over) == (20, 10)
    assert open_station(station.folder.root).profile.origin == station.folder.profile.origin
    assert whole(station) == 31


def test_a_tampered_entry_is_put_back_as_it_was_and_its_followers_are_lost(
    station: BackedUp,
) -> None:
    with guards_off(station.folder.database) as db:
        db.execute("UPDATE entries SET actor = 'officer-08' WHERE seq = 26")
    rehearsal = put_back(station)
    assert (rehearsal.salvaged.taken_over, rehearsal.salvaged.lost) == (5, 5)
    assert "5 entries are lost" in english(rehearsal)
    assert whole(station) == 26


def test_what_was_written_after_an_older_backup_was_put_back_is_told_as_lost(
    station: BackedUp,
) -> None:
    """The log goes on differently since; then a larger backup of before is put back."""
    (small,) = station.place().backups()
    station.clock.advance(86_400)
    station.write(200)
    large = station.back_up().backup
    ruin(station.folder.database)
    station.restore.carry_out(station.restore.rehearse(small))
    station.write(100)
    with raw(station.folder.database) as db:
        db.execute("DROP TRIGGER entries_are_never_deleted")
    before = open_station(station.folder.root).profile.origin
    rehearsal = station.restore.rehearse(large)
    assert (rehearsal.salvaged.kept, rehearsal.salvaged.lost) == (230, 101)
    assert "101 entries are lost" in english(rehearsal)
    station.restore.carry_out(rehearsal)
    assert open_station(station.folder.root).profile.origin != before
    assert whole(station) == 231


@pytest.mark.parametrize("has_backup", [True, False])
def test_damage_between_an_erased_entry_and_its_erasure_costs_no_more_than_both(
    station: BackedUp, has_backup: bool
) -> None:
    station.write(10)
    with station.log() as log:
        entry = f"{station.folder.profile.origin}:30"
        log.erase(entry, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    with guards_off(station.folder.database) as db:
        db.execute("UPDATE entries SET actor = 'officer-08' WHERE seq = 35")
    backups = station.place().backups() if has_backup else []
    rehearsal, _ = station.restore.rehearse_best(backups)
    assert (rehearsal.salvaged.entries, rehearsal.salvaged.lost) == (29, 12)
    station.restore.carry_out(rehearsal)
    assert whole(station) == 30


def test_a_tampered_entry_of_before_the_backup_is_healed(station: BackedUp) -> None:
    with guards_off(station.folder.database) as db:
        db.execute("UPDATE entries SET actor = 'officer-08' WHERE seq = 7")
    rehearsal = put_back(station)
    assert "Nothing is lost." in english(rehearsal)
    assert whole(station) == 31


def test_a_damaged_backup_is_passed_over_for_an_older_one(station: BackedUp) -> None:
    station.clock.advance(86_400)
    newest = station.back_up().backup
    content = bytearray(newest.database.read_bytes())
    content[-500] ^= 1
    newest.database.write_bytes(content)
    ruin(station.folder.database)
    rehearsal, passed_over = station.restore.rehearse_best(station.place().backups())
    assert len(passed_over) == 1
    assert newest.name in passed_over[0].english()
    assert rehearsal.salvaged.kept == 20


def test_what_says_more_stands_before_what_has_a_later_date(station: BackedUp) -> None:
    ahead, made = station.back_up_ahead()
    assert (ahead.backup.entries, made.backup.entries) == (30, 50)
    assert [one.entries for one in station.place().backups()] == [30, 50]
    assert [one.entries for one in best_first(station.place().backups())] == [50, 30]


def branch(hour: int, **heads: int) -> Backup:
    at = MORNING + timedelta(hours=hour)
    told = tuple(Head(origin, n, "") for origin, n in heads.items())
    return Backup(Path(str(hour)), "mukdahan", at, 0, "", 0, told, 1, "")


def test_of_two_branches_the_newer_stands_first() -> None:
    left, now = branch(1, console=220, recorder=7), branch(2, console=20, restored=3, recorder=9)
    assert best_first([left, now]) == [now, left]
    with_more = branch(0, console=20, restored=3, recorder=9, another=1)
    assert best_first([left, now, with_more]) == [with_more, now, left]
    assert best_first([]) == []


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(1, 3)), max_size=9))
def test_nothing_stands_before_what_says_all_of_it_and_more(told: list[dict[str, int]]) -> None:
    there = [branch(hour, **heads) for hour, heads in enumerate(told)]
    ordered = best_first(there)
    assert sorted(ordered, key=there.index) == there
    for first, later in itertools.combinations(ordered, 2):
        says, more = told[there.index(first)], told[there.index(later)]
        assert says == more or not all(more.get(origin, 0) >= n for origin, n in says.items())


def test_without_a_backup_the_damaged_file_gives_what_it_has(station: BackedUp) -> None:
    with raw(station.folder.database) as db:
        db.execute("DROP TRIGGER entries_are_never_deleted")
    rehearsal = station.restore.rehearse(None)
    assert "30 entries can be read" in english(rehearsal)
    station.restore.carry_out(rehearsal)
    assert whole(station) == 31


@pytest.mark.parametrize("is_ruined", [True, False])
def test_a_backup_of_another_station_is_refused_by_the_names_of_both(
    station: BackedUp, tmp_path: Path, is_ruined: bool
) -> None:
    """Nor is it passed over for what the damaged file holds: the officer chose it."""
    other = BackedUp(tmp_path / "other", station_id="khonkaen", origin="khonkaen-ffffff")
    other.write(60)
    stranger = other.back_up().backup
    if is_ruined:
        ruin(station.folder.database)
    before = files(station)
    with pytest.raises(KnownError) as refused:
        station.restore.rehearse_best([stranger])
    assert files(station) == before
    told = refused.value
    for sentence in (told.what.english(), say(told.what)):
        assert "khonkaen" in sentence
        assert "mukdahan" in sentence
    assert told.do is not None
    assert say(told.do) == "เลือกข้อมูลสำรองของสถานีนี้"


def test_with_nothing_at_all_it_says_so(station: BackedUp) -> None:
    ruin(station.folder.database)
    with pytest.raises(KnownError, match="Not one entry"):
        station.restore.rehearse(None)
    assert list(station.folder.root.glob(".restoring-*")) == []


def test_a_log_that_is_gone_is_not_begun_anew(station: BackedUp) -> None:
    station.folder.database.unlink()
    damage = look_over(station.folder, station.disk, station.clock)
    assert damage is not None
    put_back(station)
    assert whole(station) == 21


def test_while_a_console_has_the_station_nobody_looks(station: BackedUp) -> None:
    ruin(station.folder.database)
    lock = ConsoleLock(station.folder)
    lock.acquire()
    try:
        assert look_over(station.folder, station.disk, station.clock) is None
    finally:
        lock.release()


class PowerCutError(Exception):
    """The computer is off."""


@pytest.mark.parametrize("step", range(1, 9))
@pytest.mark.parametrize("has_links", [True, False])
def test_a_power_cut_in_the_exchange_is_finished_at_the_next_start(
    station: BackedUp, monkeypatch: pytest.MonkeyPatch, step: int, has_links: bool
) -> None:
    """Cut at each call that changes the disk: there is always a log, never a mixture."""
    with raw(station.folder.database) as db:
        db.execute("DROP TRIGGER entries_are_never_deleted")
    wal = station.folder.database.with_name("station.db-wal")
    wal.write_bytes(b"of the old file")
    rehearsal, _ = station.restore.rehearse_best(station.place().backups())
    calls = 0

    def cutting(name: str) -> None:
        was = getattr(type(station.disk), name)

        def called(*arguments: object, **named: object) -> object:
            nonlocal calls
            calls += 1
            if calls == step:
                raise PowerCutError
            return was(*arguments, **named)

        monkeypatch.setattr(type(station.disk), name, called)

    if not has_links:
        monkeypatch.setattr(Path, "hardlink_to", _no_links)
    with monkeypatch.context():
        aside = station.folder.put_aside / "now"
        for name in ("write", "rename", "sync", "make_folders", "remove"):
            cutting(name)
        try:
            exchanging.exchange(station.folder, rehearsal.database, aside, station.disk)
            was_cut = False
        except PowerCutError:
            was_cut = True
    monkeypatch.undo()
    assert station.folder.database.exists()
    finish_exchange(station.folder, station.disk)
    assert not (station.folder.root / "restoring.json").exists()
    if not was_cut or aside.exists():
        assert (aside / "station.db").exists()
        assert (aside / "station.db-wal").read_bytes() == b"of the old file"
        assert not wal.exists()
        assert verify(station.folder.database, all_views()).entries == 30


def _no_links(self: Path, target: Path) -> None:
    raise OSError("no links here")


@pytest.mark.parametrize("kept", [0, 15])
def test_a_log_that_lacks_what_its_backup_holds_is_recognised(station: BackedUp, kept: int) -> None:
    """Emptied or set back with its guards on again, every entry that is left holds."""
    with guards_off(station.folder.database) as db:
        db.execute("DELETE FROM entries WHERE seq > ?", (kept,))
    damage = look_over(station.folder, station.disk, station.clock)
    assert damage is not None and damage.can_open
    assert "emptied, set back" in damage.what[0].english()
    rehearsal = put_back(station)
    assert "How many are lost nobody can say" in english(rehearsal)
    assert whole(station) >= 20


def test_another_station_s_log_is_recognised(station: BackedUp, tmp_path: Path) -> None:
    other = BackedUp(tmp_path / "other")
    other.write(40)
    for end in ("-wal", "-shm"):
        station.folder.database.with_name(f"station.db{end}").unlink(missing_ok=True)
    station.folder.database.write_bytes(other.folder.database.read_bytes())
    damage = look_over(station.folder, station.disk, station.clock)
    assert damage is not None and "another station" in damage.what[0].english()


def test_where_an_older_backup_was_put_back_the_newer_one_is_no_damage(station: BackedUp) -> None:
    (older,) = station.place().backups()
    station.clock.advance(86_400)
    station.write(20)
    station.back_up()
    station.restore.carry_out(station.restore.rehearse(older))
    assert look_over(open_station(station.folder.root), station.disk, station.clock) is None
