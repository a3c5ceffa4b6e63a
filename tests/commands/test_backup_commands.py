"""`main.py backup` and `main.py restore`, as a person at a terminal meets them."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.commands import main
from app.station import ConsoleLock
from tests.station.backups.station import BackedUp, ruin


@pytest.fixture
def station(tmp_path: Path) -> BackedUp:
    made = BackedUp(tmp_path / "station")
    made.write(12)
    return made


def run(*arguments: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=typed)


def test_a_backup_is_made_and_told_in_both_languages(station: BackedUp) -> None:
    done = run("backup", "--station", station.folder.root)
    assert done.exit_code == 0, done.output
    (backup,) = station.place().backups()
    assert backup.entries == 12
    assert str(backup.folder) in done.output
    assert "no passwords" in done.output
    assert "ไม่มีรหัสผ่าน" in done.output
    with station.log() as log:
        assert log.entries_of("backups")[0].kind == "backup_made"
    checked = run("verify", backup.folder)
    assert checked.exit_code == 0, checked.output


def test_with_a_console_open_it_is_made_all_the_same(station: BackedUp, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    lock = ConsoleLock(station.folder)
    lock.acquire()
    try:
        done = run("backup", "--station", station.folder.root, "--to", elsewhere)
        refused = run("restore", "--station", station.folder.root)
    finally:
        lock.release()
    assert done.exit_code == 0, done.output
    assert len(list(elsewhere.iterdir())) == 1
    assert refused.exit_code == 2
    assert "already open" in refused.output


def test_a_loss_nobody_agreed_to_exchanges_nothing(
    station: BackedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("backup", "--station", station.folder.root)
    ruin(station.folder.database)
    ruined = station.folder.database.read_bytes()
    profile = station.folder.profile_file.read_bytes()
    for is_at_terminal in (False, True):
        monkeypatch.setattr("app.backup_commands._is_at_terminal", lambda it=is_at_terminal: it)
        refused = run("restore", "--station", station.folder.root, typed="n\n")
        assert refused.exit_code == 2
        assert "How many are lost nobody can say" in refused.output
        assert "nobody has agreed" in refused.output
        assert station.folder.database.read_bytes() == ruined
        assert station.folder.profile_file.read_bytes() == profile
    monkeypatch.setattr("app.backup_commands._is_at_terminal", lambda: False)
    done = run("restore", "--station", station.folder.root, "--accept-loss")
    assert done.exit_code == 0 and "is kept in" in done.output


def test_a_restore_is_rehearsed_and_then_done(
    station: BackedUp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.backup_commands._is_at_terminal", lambda: True)
    run("backup", "--station", station.folder.root)
    (backup,) = station.place().backups()
    ruin(station.folder.database)
    ruined = station.folder.database.read_bytes()
    rehearsed = run("restore", backup.folder, "--station", station.folder.root, "--rehearse")
    assert rehearsed.exit_code == 0, rehearsed.output
    assert "This was a rehearsal" in rehearsed.output
    assert station.folder.database.read_bytes() == ruined
    done = run("restore", "--station", station.folder.root, typed="y\n")
    assert done.exit_code == 0, done.output
    assert done.output.index("with this loss?") < done.output.index("is kept in")
    assert "is kept in" in done.output
    assert run("verify", station.folder.root).exit_code == 0
    assert station.count() == 13


def test_of_itself_it_takes_the_one_with_more_not_the_one_with_the_later_date(
    station: BackedUp,
) -> None:
    _, made = station.back_up_ahead()
    ruin(station.folder.database)
    rehearsed = run("restore", "--station", station.folder.root, "--rehearse")
    assert f"The backup {made.backup.name} is whole: 32 entries." in rehearsed.output


def test_a_backup_of_another_station_is_refused_in_both_languages(
    station: BackedUp, tmp_path: Path
) -> None:
    other = BackedUp(tmp_path / "other", station_id="khonkaen", origin="khonkaen-ffffff")
    other.write(20)
    stranger = other.back_up().backup
    ruin(station.folder.database)
    ruined = station.folder.database.read_bytes()
    refused = run("restore", stranger.folder, "--station", station.folder.root)
    assert refused.exit_code == 2
    assert "is of the station khonkaen, but this is the station mukdahan" in refused.output
    assert "เป็นของสถานี khonkaen แต่สถานีนี้คือ mukdahan" in refused.output
    assert station.folder.database.read_bytes() == ruined


def test_what_is_no_backup_is_refused(station: BackedUp, tmp_path: Path) -> None:
    refused = run("restore", tmp_path, "--station", station.folder.root)
    assert refused.exit_code == 2
    assert refused.output
    missing = run("backup", "--station", station.folder.root, "--to", tmp_path / "nowhere")
    assert missing.exit_code == 2
    assert "is not there" in missing.output
