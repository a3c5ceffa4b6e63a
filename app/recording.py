"""The recorder as a program of its own: `record --station DIR`. Knows no window.

It stands right of every room as `application` does: here the recorder is given what it works with.
"""

from __future__ import annotations

import gc
import logging
import signal
import threading
import time
from pathlib import Path
from types import FrameType

import av

from app.clock import SystemClock
from app.errors import KnownError, msg
from app.platform.programs import Autostart, install_autostart, remove_autostart
from app.station import (
    Disk,
    ProgramLog,
    Redactor,
    StationFolder,
    open_station,
    secret_store,
)
from app.station.version import VERSION
from app.video.recorder.recorder import Recorder, RecorderParts
from app.video.recorder.recorder_note import StopRequest, ask_to_stop
from app.video.recorder.starting import MAIN, is_running, recorder_command

ASKED_BY = "commands"
_STOP_DEADLINE_S = 20.0

_logger = logging.getLogger(__name__)


def run_recorder(station: Path) -> int:
    """Record until SIGTERM, Ctrl+C or `stop.json`; 0, or 1 if a thread did not end in time.

    KnownError: no station, a network disk, another recorder.
    """
    folder = open_station(station)
    redactor = Redactor()
    stop = threading.Event()
    _stop_on_signals(stop)
    av.logging.set_level(None)  # FFmpeg's lines name addresses, passwords and all
    log = ProgramLog(folder.logs, "recorder", redactor)
    log.start()
    try:
        secrets = secret_store(folder.profile.secrets, redactor)
        recorder = Recorder(folder, RecorderParts(SystemClock(), secrets, program=VERSION))
        gc.freeze()  # what was imported is for ever: not looked through again and again
        left = recorder.run(stop)
    finally:
        log.stop()
    return 1 if left else 0


def stop_recorder(station: Path) -> int:
    """Ask the recorder of a station to end, and wait until it has; 0 also if none was running."""
    folder = open_station(station)
    if not is_running(folder):
        return 0
    ask_to_stop(folder.recordings, StopRequest(ASKED_BY, "record --stop"), Disk())
    pause = threading.Event()
    until_s = time.monotonic() + _STOP_DEADLINE_S
    while is_running(folder):
        if time.monotonic() > until_s:
            raise KnownError(
                msg("The recorder has not ended after {seconds} s.", seconds=int(_STOP_DEADLINE_S)),
                safe=msg("What is recorded is safe; the request stands."),
                do=msg("Wait a little, and try again."),
            )
        pause.wait(0.2)
    return 0


def install(station: Path) -> str:
    """Have the recorder of a station start with the machine; where that stands. KnownError."""
    folder = open_station(station)
    try:
        return install_autostart(_autostart(folder))
    except OSError as error:
        raise KnownError(
            msg("The recorder cannot be made to start with the machine: {step}", step=str(error)),
            safe=msg("Nothing that was recorded is touched; the console still starts it."),
            do=msg("Ask whoever looks after this computer to run the command as administrator."),
        ) from error


def uninstall(station: Path) -> bool:
    """Start it with the machine no more; whether it did. KnownError: no such station."""
    return remove_autostart(_autostart(open_station(station)).name)


def _autostart(folder: StationFolder) -> Autostart:
    return Autostart(
        f"smart-safety-zone-recorder-{folder.profile.station_id}",
        f"Smart Safety Zone recorder, {folder.profile.name_en}",
        recorder_command(folder),
        MAIN.parent,
    )


def _stop_on_signals(stop: threading.Event) -> None:
    def heard(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, heard)
    signal.signal(signal.SIGINT, heard)
