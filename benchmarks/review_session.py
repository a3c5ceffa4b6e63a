"""One session at the Review place, from the station's making to the figures."""

from __future__ import annotations

import contextlib
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import filelock
import numpy as np

from benchmarks.clips import ClipForm
from benchmarks.processes import of_session, resident_mb
from benchmarks.review_archive import (
    CLIPS,
    Recordings,
    camera_id,
    lay_down,
    made_clips,
    whole_minute,
)
from benchmarks.review_floors import Mpv, opencv_ms, pyav_ms
from benchmarks.review_hand import Desk, HandOf
from benchmarks.review_watch import NEVER, Judge, Motion, Sought
from benchmarks.runs import BrokenError, Program
from benchmarks.screen import Screen

ROOT = Path(__file__).resolve().parents[1]
_LAUNCHER = ROOT / "benchmarks" / "review_console.py"
_CAMERAS = 9
_OPEN_S = 60.0
_REST_S, _QUIET_S = 0.12, 0.8  # after a seek; until the playback has prepared the steps
_STEPS_AT_A_PLACE = 20
_OF_ONE = ("seeks", "open_file", "steps")  # with one camera over the whole grid
PARTS = (*_OF_ONE, "motion", "nine", "timeline")


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of everything."""

    segments: int
    few: int
    """Segments of the cameras beyond the first four, which are only shown nine at a time."""
    days: float
    seeks: int
    with_floors: int
    """How many of the seeks are done by the others too."""
    in_open_file: int
    steps: int
    settle_s: float
    motion_s: float
    nine_s: float

    def with_seeks(self, seeks: int) -> Amounts:
        """The same with another number of seeks."""
        return replace(self, seeks=seeks, with_floors=min(self.with_floors, seeks))


def measure_session(
    *,
    screen: Screen,
    env: Mapping[str, str],
    folder: Path,
    forms: tuple[ClipForm, ClipForm],
    amounts: Amounts,
    parts: Sequence[str],
    product: Path,
    kept_clips: Path | None,
    picture: Path | None,
) -> dict[str, Any]:
    """Make clips, station and index, open the console, measure, end it. Raises BrokenError."""
    recordings = _make(env, folder, forms, amounts, kept_clips)
    gaps = folder / "gaps.bin"
    # A recorder would find no camera and write so all the while: what is recorded stands still.
    with filelock.FileLock(recordings.folder / "recorder.lock"), Desk() as desk:
        command = [sys.executable, str(_LAUNCHER), str(desk.port), str(gaps), str(product)]
        command += ["--station", str(folder / "station")]
        launch = {**env, "PYTHONPATH": str(ROOT)}
        program = Program(command, launch, folder / "words.txt")
        try:
            hand = desk.wait(program.check)
            session = _Session(program, hand, screen, recordings, amounts, folder)
            session.wait_for_place()
            figures = session.measure(parts, picture)
        finally:
            ended = program.end()
    if not ended:
        raise BrokenError("the console did not end when it was asked to")
    return figures | _gap_figures(gaps, session.window_s)


def _make(
    env: Mapping[str, str],
    folder: Path,
    forms: tuple[ClipForm, ClipForm],
    amounts: Amounts,
    kept: Path | None,
) -> Recordings:
    main, sub = forms
    length_s = main.pictures / main.fps
    now = whole_minute(datetime.now(UTC))
    begins = now - timedelta(minutes=30, seconds=amounts.segments * length_s)
    recordings = Recordings(
        folder / "station" / "recordings",
        begins,
        amounts.segments,
        amounts.few,
        _CAMERAS,
        main,
        sub,
    )
    clips = {
        name: made_clips(folder / "clips" / name, form, kept / name if kept else None)
        for name, form in (("main", main), ("sub", sub))
    }
    told = {
        "cameras": _CAMERAS,
        "begins": begins.isoformat(),
        "days": amounts.days,
        "segments": list(_rows(recordings, clips)),
    }
    made = subprocess.run(
        [sys.executable, "-m", "benchmarks.review_station", str(folder / "station")],
        input=json.dumps(told),
        cwd=ROOT,
        env=dict(env),
        check=False,
        text=True,
        capture_output=True,
    )
    if made.returncode:
        raise BrokenError("no station: " + " | ".join(made.stderr.splitlines()[-3:]))
    lay_down(recordings, clips["main"], clips["sub"])
    return recordings


def _rows(recordings: Recordings, clips: Mapping[str, Sequence[Path]]) -> list[dict[str, Any]]:
    sizes = {
        "main": [recordings.main.width_px, recordings.main.height_px],
        "sub": [recordings.sub.width_px, recordings.sub.height_px],
    }
    length = timedelta(seconds=recordings.segment_s)
    return [
        {
            "camera": camera_id(camera),
            "stream": stream,
            "begins": (recordings.begins + segment * length).isoformat(),
            "size": sizes[stream],
            "duration_ms": round(recordings.segment_s * 1000),
            "bytes": clips[stream][recordings.clip_of(camera, segment)].stat().st_size,
        }
        for camera in range(recordings.cameras)
        for segment in range(recordings.segments_of(camera))
        for stream in ("main", "sub")
    ]


def _gap_figures(file: Path, window_s: tuple[float, float]) -> dict[str, Any]:
    if not file.exists():
        raise BrokenError("the console left no word of its window's thread")
    pairs = np.fromfile(file, np.float64).reshape(-1, 2)
    inside = (pairs[:, 0] >= window_s[0]) & (pairs[:, 0] < window_s[1])
    if not inside.any():
        raise BrokenError("the window's thread never came round")
    gaps_ms = pairs[inside, 1] * 1000
    return {
        "ui_gap_p99_ms": round(float(np.quantile(gaps_ms, 0.99)), 1),
        "ui_gap_max_ms": round(float(gaps_ms.max()), 1),
    }


class _Session:
    """The console is running."""

    def __init__(
        self,
        program: Program,
        hand: HandOf,
        screen: Screen,
        recordings: Recordings,
        amounts: Amounts,
        folder: Path,
    ) -> None:
        self._program, self._hand, self._screen = program, hand, screen
        self._recorded, self._amounts, self._folder = recordings, amounts, folder
        self._judge = Judge(program, hand, screen.pixels, recordings)
        self._chance = random.Random(recordings.main.seed)
        self.window_s = (0.0, 0.0)
        """What counts for the window's gaps: from the first seek to the last picture."""

    def wait_for_place(self) -> None:
        """The Review place is on the screen and has its cameras. Raises BrokenError."""
        until_s = time.monotonic() + _OPEN_S
        while not self._hand.do("is_open").value:
            if time.monotonic() > until_s:
                raise BrokenError("the Review place did not open")
            self._program.check()
            self._program.pause(0.2)

    def measure(self, parts: Sequence[str], picture: Path | None) -> dict[str, Any]:
        """These parts, one after another."""
        first = self._instant(0, self._amounts.few // 2)
        self._judge.open(range(CLIPS), first, 4)
        self._program.pause(1.0)
        figures: dict[str, Any] = {}
        rss_mb = {"opened": self._program.rss_mb()}
        if "timeline" in parts:
            timeline_ms = self._hand.do("timeline", self._amounts.days).value
            figures["timeline_31_days_open_ms"] = round(timeline_ms, 1)
        begin_s = time.monotonic()
        if set(parts) & set(_OF_ONE):
            self._judge.open([0], first, 1)
        works = (self._seeks, self._in_open_file, self._steps)
        for part, work in zip(_OF_ONE, works, strict=True):
            if part in parts:
                figures |= work()
                rss_mb[part] = self._program.rss_mb()
        if "motion" in parts:
            self._judge.open(range(CLIPS), first, 4)
            figures |= self._motion()
            rss_mb["motion"] = self._program.rss_mb()
        if picture is not None:
            self._screen.save(picture)
        if "nine" in parts:
            figures |= self._nine(first)
        self.window_s = (begin_s, time.monotonic())
        return figures | {"rss_mb_on_the_way": {name: round(mb) for name, mb in rss_mb.items()}}

    # Parts

    def _instant(self, camera: int, segment: int, number: int | None = None) -> datetime:
        """The middle of a frame."""
        form = self._recorded.main
        if number is None:
            number = self._chance.randrange(form.pictures)
        offset_s = segment * self._recorded.segment_s + (number + 0.5) / form.fps
        return self._recorded.begins + timedelta(seconds=offset_s)

    def _seeks(self) -> dict[str, Any]:
        """Each in a segment that was not opened yet; some of them done by the others too."""
        amounts, recorded = self._amounts, self._recorded
        segments = list(range(recorded.segments))
        self._chance.shuffle(segments)
        every = max(1, amounts.seeks // max(1, amounts.with_floors))
        sought: list[Sought] = []
        ours: list[float] = []
        bare: list[float] = []
        opencv: list[float] = []
        for index in range(amounts.seeks):
            segment = segments[index % len(segments)]
            at = self._instant(0, segment)
            one = self._judge.seek(at)
            sought.append(one)
            self._program.pause(_REST_S)
            if index % every == 0 and len(ours) < amounts.with_floors and one.exact_ms is not None:
                self._program.pause(_QUIET_S)
                path = recorded.path(0, segment, "main")
                inside_s = (at - recorded.begins).total_seconds() - segment * recorded.segment_s
                ours.append(one.exact_ms)
                bare.append(pyav_ms(path, inside_s, recorded.main.fps))
                opencv += filter(None, [opencv_ms(path, inside_s)])
        return {
            **_sought_figures(sought),
            "seek_floor_ratio": _ratio(ours, bare),
            "floor_p50_ms": _median(bare),
            "opencv_ratio": _ratio(ours, opencv),
            "opencv_p50_ms": _median(opencv),
            "seeks": len(sought),
        }

    def _in_open_file(self) -> dict[str, Any]:
        """Seeks within one segment, and the same by mpv in the same clip, in turn."""
        recorded = self._recorded
        segment = recorded.segments // 2
        self._judge.seek(self._instant(0, segment))
        numbers = [
            self._chance.randrange(recorded.main.pictures)
            for _ in range(self._amounts.in_open_file)
        ]
        ours: list[float] = []
        theirs: list[float] = []
        with contextlib.ExitStack() as stack:
            mpv: Mpv | None = None
            if Mpv.is_installed():
                mpv = stack.enter_context(Mpv(recorded.path(0, segment, "main"), self._folder))
            for number in numbers:
                self._program.pause(_QUIET_S)
                one = self._judge.seek(self._instant(0, segment, number))
                ours.append(NEVER if one.exact_ms is None else one.exact_ms)
                if mpv is not None:
                    self._program.pause(_QUIET_S)
                    theirs.append(mpv.seek_ms((number + 0.5) / recorded.main.fps))
        return {
            "open_file_p50_ms": _median(ours),
            "mpv_p50_ms": _median(theirs) if theirs else None,
            "mpv_ratio": _ratio(ours, theirs) if theirs else None,
        }

    def _steps(self) -> dict[str, Any]:
        """One frame on or back, inside a group of pictures that has been looked at for a while."""
        recorded = self._recorded
        taken: list[float] = []
        group_size = round(recorded.main.fps * 2)
        while len(taken) < self._amounts.steps:
            segment = self._chance.randrange(recorded.segments)
            group = self._chance.randrange(recorded.main.pictures // group_size)
            number = group * group_size + group_size // 2
            self._judge.seek(self._instant(0, segment, number))
            self._program.pause(2 * _QUIET_S)
            for _ in range(min(_STEPS_AT_A_PLACE, self._amounts.steps - len(taken))):
                by = self._chance.choice((-1, 1))
                if not 0 < number % group_size + by < group_size - 1:
                    by = -by
                number += by
                expected = recorded.expected(0, self._instant(0, segment, number))
                one = self._judge.step(by, expected)
                taken.append(NEVER if one.exact_ms is None else one.exact_ms)
                self._program.pause(0.03)
        return {
            "step_in_gop_p50_ms": _median(taken),
            "step_in_gop_p95_ms": _quantile(taken, 0.95),
        }

    def _motion(self) -> dict[str, Any]:
        """Four cameras: main at 1× both ways, sub at ±4× and 8×."""
        runs = {speed: self._run(speed) for speed in (1.0, -1.0, 4.0, -4.0, 8.0)}
        slow = [*runs[1.0].looked, *runs[-1.0].looked]
        fast = [error for speed in (4.0, -4.0, 8.0) for error in runs[speed].appeared]
        return {
            "time_error_1x_frames_p99": runs[1.0].p99(slow),
            "time_error_8x_frames_p99": runs[8.0].p99(fast),
            "reverse_fps": min(runs[-1.0].fps),
            "motion": {
                f"{speed:g}x": {
                    "fps": run.fps,
                    "rate": run.rate,
                    "looked_p99": run.p99(run.looked),
                    "appeared_p99": run.p99(run.appeared),
                }
                for speed, run in runs.items()
            },
        }

    def _run(self, speed: float) -> Motion:
        amounts, recorded = self._amounts, self._recorded
        longest_s = (amounts.settle_s + amounts.motion_s + 6) * abs(speed)
        least = 0 if speed > 0 else int(longest_s / recorded.segment_s) + 1
        most = recorded.segments - 1 - (int(longest_s / recorded.segment_s) + 1 if speed > 0 else 0)
        segment = self._chance.randint(least, max(least, most))
        at = self._instant(0, segment)
        return self._judge.play(at, speed, amounts.settle_s, amounts.motion_s)

    def _nine(self, at: datetime) -> dict[str, Any]:
        """What the console's own process holds while nine cameras play both ways."""
        rss_mb = all_mb = 0.0
        self._judge.open(range(_CAMERAS), at, 9)
        for speed in (1.0, -1.0):
            self._hand.do("play", speed)
            until_s = time.monotonic() + self._amounts.nine_s
            while time.monotonic() < until_s:
                rss_mb = max(rss_mb, self._program.rss_mb())
                all_mb = max(all_mb, resident_mb(of_session(self._program.pid)))
                self._program.pause(0.5)
        self._hand.do("pause")
        return {"rss_mb": round(rss_mb, 1), "rss_with_workers_mb": round(all_mb, 1)}


def _sought_figures(sought: Sequence[Sought]) -> dict[str, Any]:
    first = [NEVER if one.first_ms is None else one.first_ms for one in sought]
    exact = [NEVER if one.exact_ms is None else one.exact_ms for one in sought]
    return {
        "first_picture_p50_ms": _median(first),
        "first_picture_p95_ms": _quantile(first, 0.95),
        "seek_exact_p50_ms": _median(exact),
        "seek_exact_p95_ms": _quantile(exact, 0.95),
        "wrong_frames": sum(one.is_wrong for one in sought),
    }


def _median(of: Sequence[float]) -> float:
    return round(statistics.median(of), 1) if of else NEVER


def _quantile(of: Sequence[float], share: float) -> float:
    return round(float(np.quantile(of, share)), 1) if of else NEVER


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    if not ours or not theirs:
        return NEVER
    return round(statistics.median(ours) / statistics.median(theirs), 3)
