"""What is out of order, as rows of a handover: cameras, recorder, disk, log, clock. No widgets.

No running figures: a row that says the same is the same row, and is acknowledged once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.clock import to_stored
from app.duty.handover_page import PageRow
from app.errors import KnownError
from app.thai.dates import clock_time, short_date, short_time, to_local
from app.thai.translation import language, say, tr
from app.ui.recording_words import RecordingWords
from app.video.archive.clock_steps import ClockStep
from app.video.health import CameraState, Freshness, Health

DISK_WATCH_PCT = 90
DISK_FULL_PCT = 95


@dataclass(frozen=True, slots=True)
class CameraSeen:
    """A camera's name and how it was when it was asked; `now_s` on the monotonic clock."""

    id: str
    name: str
    health: Health
    now_s: float

    @property
    def is_lost(self) -> bool:
        """Whether it is known not to show what happens now."""
        if self.health.state is CameraState.LIVE:
            return self.health.freshness(self.now_s) is Freshness.LOST
        return self.health.state.is_lost


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the console knows now that stands in no log."""

    cameras: tuple[CameraSeen, ...]
    recording: RecordingWords
    disk_used_pct: float | None
    log_whole: bool | None
    clock_synchronised: bool | None
    """None: this computer does not say."""
    log_trouble: KnownError | None = None
    """What keeps backups, or the heads elsewhere, from being written."""


def fault_rows(
    around: Surroundings, steps: Sequence[ClockStep], now: datetime
) -> tuple[PageRow, ...]:
    """Most serious first: the log, the recorder, the disk, the clock, then the cameras."""
    return (
        *_log(around),
        *_recorder(around.recording),
        *_disk(around.disk_used_pct),
        *_clock(around, steps),
        *(_camera(camera, now) for camera in around.cameras if camera.is_lost),
    )


def _log(around: Surroundings) -> tuple[PageRow, ...]:
    rows = []
    if around.log_whole is False:
        words = (tr("The log"), tr("NOT WHOLE: a check found it"), tr("see Setup"))
        rows.append(PageRow("fault:log", "x", "red", words, "red", "damaged"))
    trouble = around.log_trouble
    if trouble is not None:
        do = say(trouble.do) if trouble.do is not None else ""
        words = (tr("Backup"), say(trouble.what), do)
        sign = trouble.what.template
        rows.append(PageRow("fault:backup", "triangle-alert", "amber", words, sign=sign))
    return tuple(rows)


def _recorder(words: RecordingWords) -> tuple[PageRow, ...]:
    if words.colour not in ("red", "amber"):
        return ()
    cells = (tr("Recorder"), words.text, words.explained)
    which = " ".join(re.findall(r"[A-Za-z]*\d+", words.text + " " + words.explained))
    sign = f"{words.icon} {words.colour} {which}"
    return (PageRow("fault:recorder", words.icon, words.colour, cells, sign=sign),)


def _disk(used_pct: float | None) -> tuple[PageRow, ...]:
    if used_pct is None or used_pct < DISK_WATCH_PCT:
        return ()
    full = used_pct >= DISK_FULL_PCT
    cells = (tr("Disk"), tr("{used:.0f} percent full", used=used_pct), tr("make room for the log"))
    colour = "red" if full else "amber"
    return (PageRow("fault:disk", "triangle-alert", colour, cells, sign=colour),)


def _clock(around: Surroundings, steps: Sequence[ClockStep]) -> tuple[PageRow, ...]:
    rows = [
        PageRow(
            f"fault:clock:{step.at.isoformat()}",
            "clock",
            "amber",
            (
                tr("Clock"),
                tr("was set by {seconds:+.1f} s at {at}", seconds=step.step_s,
                   at=clock_time(step.at)),
                tr("times before it may be wrong by as much"),
            ),
            sign="stepped",
        )
        for step in steps
    ]  # fmt: skip
    if around.clock_synchronised is False:
        cells = (
            tr("Clock"),
            tr("The computer's clock is not synchronised"),
            tr("compare it with a clock that is right"),
        )
        rows.append(PageRow("fault:clock", "clock", "amber", cells, sign="unsynchronised"))
    return tuple(rows)


def _camera(camera: CameraSeen, now: datetime) -> PageRow:
    health = camera.health
    reason = say(health.reason) if health.reason is not None else ""
    if health.state is CameraState.WRONG_PASSWORD:
        words = tr("{name}: wrong camera password", name=camera.name)
        cells = (camera.id, words, "")
        return PageRow(f"fault:{camera.id}", "key-round", "amber", cells, sign="password")
    if health.state is CameraState.NO_VIDEO:
        words = tr("{name}: no video comes", name=camera.name)
        cells = (camera.id, words, reason)
        return PageRow(f"fault:{camera.id}", "x", "red", cells, sign="no video")
    since = health.last_picture_at
    if since is None:
        words = tr("{name}: no picture yet", name=camera.name)
    else:
        words = tr("{name}: picture lost since {at}", name=camera.name, at=moment(since, now))
    cells = (camera.id, words, reason)
    sign = "lost" if since is None else to_stored(since)
    return PageRow(f"fault:{camera.id}", "x", "red", cells, sign=sign)


def moment(at: datetime, now: datetime) -> str:
    """`16:30`; with its date where that is not today's, and its year where that is another."""
    then, today = to_local(at).date(), to_local(now).date()
    if then == today:
        return short_time(at)
    date = short_date(at, language())
    return f"{date if then.year != today.year else date.rsplit(' ', 1)[0]} {short_time(at)}"
