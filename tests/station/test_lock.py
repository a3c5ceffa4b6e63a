"""One console at a time: the second is told who has the station, and a killed one holds nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import platform
from app.clock import ScriptedClock
from app.errors import KnownError
from app.station import ConsoleLock, Disk, StationFolder, create_station
from tests.station.places import profile, small_disk

AT = datetime(2026, 11, 22, 3, 46, tzinfo=UTC)  # 10:46 in Bangkok
HOLD = (
    "import sys; from pathlib import Path; from app.station import ConsoleLock, open_station\n"
    "lock = ConsoleLock(open_station(Path(sys.argv[1])))\n"
    "lock.acquire(); print('held', flush=True); input()\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return create_station(tmp_path / "mukdahan", profile())


@contextmanager
def another_console(folder: StationFolder) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    ) as console:
        assert console.stdout is not None
        assert console.stdout.readline() == "held\n"
        try:
            yield console
        finally:
            console.kill()


def test_the_second_console_is_told_who_has_the_station(folder: StationFolder) -> None:
    with another_console(folder) as console:
        second = ConsoleLock(folder)
        with pytest.raises(KnownError) as refused:
            second.acquire()
        holder = second.holder()

    assert holder is not None
    assert (holder.pid, holder.user) == (console.pid, platform.user_name())
    said = refused.value.what.english()
    assert f"{platform.user_name()} on {platform.host_name()}, since " in said
    assert f"(process {console.pid})" in said


def test_the_time_since_is_the_station_s_time(folder: StationFolder) -> None:
    first = ConsoleLock(folder, clock=ScriptedClock(AT))
    first.acquire()
    try:
        with pytest.raises(KnownError, match=r"since 10:46 22/11 \(process"):
            ConsoleLock(folder).acquire()
    finally:
        first.release()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_console_holds_the_station_no_longer(
    folder: StationFolder, end: signal.Signals
) -> None:
    with another_console(folder) as console:
        console.send_signal(end)
        console.wait()

    lock = ConsoleLock(folder)
    stale = lock.holder()
    assert stale is not None and stale.pid == console.pid  # its note outlived it

    lock.acquire()
    holder = lock.holder()
    lock.release()

    assert holder is not None and holder.pid == os.getpid()


def test_a_stopped_console_still_holds_the_station(folder: StationFolder) -> None:
    with another_console(folder) as console:
        console.send_signal(signal.SIGSTOP)
        with pytest.raises(KnownError, match="already open"):
            ConsoleLock(folder).acquire()
        console.send_signal(signal.SIGCONT)


def test_a_released_station_is_free_and_says_so(folder: StationFolder) -> None:
    first = ConsoleLock(folder)
    first.acquire()
    first.release()
    first.release()

    assert first.holder() is None
    second = ConsoleLock(folder)
    second.acquire()
    second.release()


@pytest.mark.parametrize("note", [b"", b"\xff\xfe", b"[]", b'{"host": 1}', b'{"pid": "x"}'])
def test_a_note_that_cannot_be_read_changes_nothing_but_the_sentence(
    folder: StationFolder, note: bytes
) -> None:
    with another_console(folder):
        (folder.root / "console.json").write_bytes(note)
        with pytest.raises(KnownError, match="already open in another console"):
            ConsoleLock(folder).acquire()


def test_a_console_that_cannot_write_its_note_does_not_keep_the_station(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", size_kb=64) as disk:
        folder = create_station(disk / "mukdahan", profile())
        film = disk / "film"
        film.write_bytes(bytes(Disk().space(disk).free_bytes))
        lock = ConsoleLock(folder)
        with pytest.raises(KnownError, match="is full"):
            lock.acquire()
        film.unlink()
        other = ConsoleLock(folder)
        other.acquire()
        other.release()
