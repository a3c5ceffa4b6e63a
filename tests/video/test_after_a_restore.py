"""What was lost with the log and stands elsewhere comes back by itself once it is restored."""

from __future__ import annotations

from pathlib import Path

from app.cameras.connection import CameraBack, CameraLost
from app.clock import ScriptedClock
from app.errors import KnownError
from app.log import Log, Readers, entries_after
from app.log.verify import verify
from app.station import open_station
from app.video.archive.recorder_news import RecorderNews
from app.views import all_views
from tests.station.backups.station import BackedUp, ruin
from tests.station_log import MORNING, PROGRAM


def _recorders_log(path: Path) -> Log:
    path.parent.mkdir(parents=True, exist_ok=True)
    log = Log(path, origin="recorder-1", views=(), clock=ScriptedClock(MORNING))
    log.open()
    return log


def _unexpected(error: KnownError) -> None:
    raise error


def test_the_recorders_entries_of_the_lost_span_are_taken_in_again(tmp_path: Path) -> None:
    station = BackedUp(tmp_path / "station")
    station.write(5)
    index = station.folder.recordings / "index.db"
    recorder = _recorders_log(index)
    recorder.append(CameraLost("C01", "network", None), actor=PROGRAM).result()
    with station.log() as log:
        RecorderNews(index, log, _unexpected).look()
    station.back_up()
    recorder.append(CameraBack("C01", 4.0), CameraLost("C02", "x", None), actor=PROGRAM).result()
    with station.log() as log:
        assert RecorderNews(index, log, _unexpected).look() == 2
    ruin(station.folder.database)
    rehearsal, _ = station.restore.rehearse_best(station.place().backups())
    assert rehearsal.loses
    station.restore.carry_out(rehearsal)
    with station.log() as log:
        news = RecorderNews(index, log, _unexpected)
        assert news.look() == 2
        news.stop()
        assert log.head("recorder-1").n == 3
    recorder.close()
    assert verify(station.folder.database, all_views()).ok


def test_entries_of_the_consoles_own_old_chain_can_still_be_handed_in(tmp_path: Path) -> None:
    """From a copy that somebody made by hand: the old chain goes on where it ended."""
    station = BackedUp(tmp_path / "station")
    station.write(5)
    station.back_up()
    station.write(4)
    origin = station.folder.profile.origin
    with station.log() as log:
        whole = log.count()
        with log.reading() as db:
            copied = entries_after(db, origin, 0)
    ruin(station.folder.database)
    rehearsal, _ = station.restore.rehearse_best(station.place().backups())
    station.restore.carry_out(rehearsal)
    assert open_station(station.folder.root).profile.origin != origin
    with station.log() as log:
        assert log.head(origin).n == 5
        assert len(log.take_in(copied).result()) == whole - 5
    assert verify(station.folder.database, all_views()).ok


def test_a_reader_in_another_program_sees_the_restored_file(tmp_path: Path) -> None:
    """The recorder keeps its connection for days."""
    station = BackedUp(tmp_path / "station")
    station.write(5)
    station.back_up()
    station.write(3)
    readers = Readers(station.folder.database)
    with readers.reading() as db:
        assert db.execute("SELECT count(*) FROM entries").fetchone()[0] == 8
    ruin(station.folder.database)
    rehearsal, _ = station.restore.rehearse_best(station.place().backups())
    station.restore.carry_out(rehearsal)
    with readers.reading() as db:
        kinds = [row[0] for row in db.execute("SELECT kind FROM entries ORDER BY seq DESC LIMIT 1")]
    readers.close()
    assert kinds == ["log_restored"]
