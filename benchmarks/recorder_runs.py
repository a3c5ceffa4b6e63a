"""Runs of a recorder, and of ffmpeg on the same cameras: what they cost, and what a kill loses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.processes import CpuCount, of_session
from benchmarks.recorded_frames import (
    Clip,
    files_of,
    newest_sent_s,
    oldest_sent_s,
    recorded_in,
)
from benchmarks.runs import BrokenError
from benchmarks.wall_cameras import Sent

ROOT = Path(__file__).resolve().parents[1]
MOVFLAGS = ("-movflags", "empty_moov+default_base_moof", "-frag_duration", "1000000")
_MOVFLAGS = (*MOVFLAGS, "-flush_packets", "1")
_LOOK_S = 0.05
_START_S = 30.0
_END_S = 25.0

pause = threading.Event()  # never set: its wait is the pause between two looks


class Recorder:
    """The product's recorder, as a session of its own, for a `with` block that kills what is left.

    `began_s` is the monotonic time just before its start.
    """

    def __init__(self, product: Path, station: Path, env: Mapping[str, str], words: Path) -> None:
        with words.open("ab") as file:
            self.began_s = time.monotonic()
            self._process = subprocess.Popen(
                [sys.executable, str(product), "record", "--station", str(station)],
                cwd=ROOT,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._words = words

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    @property
    def pids(self) -> tuple[int, ...]:
        """Its processes."""
        return of_session(self._process.pid)

    def check(self) -> None:
        """Raises BrokenError if it has ended."""
        if self._process.poll() is not None:
            last = self._words.read_text("utf-8", "replace").strip().splitlines()[-3:]
            raise BrokenError(f"the recorder ended ({self._process.returncode}): {' '.join(last)}")

    def kill(self) -> float:
        """SIGKILL to all of it; the monotonic time just before."""
        at_s = time.monotonic()
        for pid in self.pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._process.wait()
        return at_s

    def end(self) -> None:
        """SIGTERM, as the machine does."""
        self._process.terminate()
        self._process.wait(_END_S)


@dataclass(frozen=True, slots=True)
class Street:
    """The cameras of a run: id in the station, its clip, what it has sent."""

    ids: Sequence[str]
    clips: Sequence[Clip]


def wait_for_new_files(
    recorder: Recorder, recordings: Path, street: Street, before: Mapping[str, int], least: int
) -> None:
    """Until each camera has a file more than before, of at least so many bytes. BrokenError."""
    until_s = time.monotonic() + _START_S
    while not all(
        len(files := files_of(recordings, camera_id)) > before.get(camera_id, 0)
        and files[-1].stat().st_size >= least
        for camera_id in street.ids
    ):
        recorder.check()
        if time.monotonic() > until_s:
            raise BrokenError("not every camera is recorded")
        pause.wait(_LOOK_S)


def cpu_cores(recorder: Recorder, settle_s: float, window_s: float) -> float:
    """What its processes use in a window, in cores."""
    pause.wait(settle_s)
    cpu = CpuCount()
    cpu.look(recorder.pids)
    began_s = time.monotonic()
    pause.wait(window_s)
    recorder.check()
    cpu.look(recorder.pids)
    return cpu.used_s / (time.monotonic() - began_s)


def ffmpeg_cores(urls: Sequence[str], folder: Path, settle_s: float, window_s: float) -> float:
    """What one `ffmpeg -c copy` a camera uses, into fragmented MP4 like the product's, in cores."""
    folder.mkdir()
    programs = [
        subprocess.Popen(
            ["ffmpeg", "-nostdin", "-loglevel", "error", "-rtsp_transport", "tcp", "-i", url]
            + ["-c", "copy", *_MOVFLAGS, "-y", str(folder / f"{number}.mp4")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for number, url in enumerate(urls)
    ]
    try:
        pause.wait(settle_s)
        cpu = CpuCount()
        cpu.look(program.pid for program in programs)
        began_s = time.monotonic()
        pause.wait(window_s)
        cpu.look(program.pid for program in programs)
        if any(program.poll() is not None for program in programs):
            raise BrokenError("ffmpeg ended by itself")
        return cpu.used_s / (time.monotonic() - began_s)
    finally:
        for program in programs:
            program.kill()
            program.wait()


def lost_s(recordings: Path, street: Street, sent: Sequence[Sent], killed_s: float) -> float:
    """The longest that any camera's newest file ends before the kill."""
    worst = 0.0
    for camera_id, clip, its in zip(street.ids, street.clips, sent, strict=True):
        files = files_of(recordings, camera_id)
        ends = [
            end
            for path in files[-2:]  # the newest may be too young to hold anything
            if (end := newest_sent_s(recorded_in(path, clip), clip, its, killed_s)) is not None
        ]
        worst = max(worst, killed_s - max(ends, default=killed_s - 3600))
    return worst


def again_s(
    recordings: Path, street: Street, sent: Sequence[Sent], began_s: float, now_s: float
) -> float:
    """The longest from the start of the program to the first picture in a camera's newest file."""
    worst = 0.0
    for camera_id, clip, its in zip(street.ids, street.clips, sent, strict=True):
        newest = files_of(recordings, camera_id)[-1]
        first = oldest_sent_s(recorded_in(newest, clip), clip, its, now_s)
        worst = max(worst, 3600.0 if first is None else first - began_s)
    return worst
