"""What a camera's day was, worked out line by line. Knows no file and no clock.

A line says how a camera was at an instant; it was so until its next line, but not for longer than
`HOLDS_S`: where lines are missing the console did not run, and nothing is claimed of that time.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.cameras.camera import StreamKind
from app.clock import from_stored, to_stored
from app.errors import Message
from app.video.health import CameraState, Health
from app.video.picture import Size

HOLDS_S = 150.0
"""Lines come every minute; a job pool that is busy may be late by another one."""

HEADS = ("at", "camera", "state", "stream", "codec", "size", "fps", "drops", "reconnects", "age_s",
         "clock_ahead_s", "reason", "values")  # fmt: skip

_FPS_STEP = 0.5


@dataclass(frozen=True, slots=True)
class HealthLine:
    """How a camera was at `at`. Says nothing of people, addresses or passwords."""

    at: datetime
    camera_id: str
    state: CameraState
    stream: StreamKind | None = None
    codec: str = ""
    size: Size | None = None
    fps: float = 0.0
    drops: int = 0
    reconnects: int = 0
    age_s: float | None = None
    clock_ahead_s: float | None = None
    reason: Message | None = None

    @classmethod
    def of(cls, health: Health, at: datetime, now_s: float) -> HealthLine:
        """The camera as it is now: live only if its newest picture is young."""
        state = health.state
        if state is CameraState.LIVE and not health.is_live(now_s):
            state = CameraState.LOST
        return cls(
            at=at,
            camera_id=health.camera_id,
            state=state,
            stream=health.stream,
            codec=health.codec or "",
            size=health.size,
            fps=health.fps if state is CameraState.LIVE else 0.0,
            drops=health.drops,
            reconnects=health.reconnects,
            age_s=health.age_s(now_s),
            clock_ahead_s=health.clock_ahead_s,
            reason=None if state.is_well else health.reason,
        )

    def cells(self) -> tuple[str, ...]:
        """As a row under `HEADS`."""
        reason, values = "", ""
        if self.reason is not None:
            reason = self.reason.template
            values = json.dumps(self.reason.values, default=str) if self.reason.values else ""
        return (
            to_stored(self.at), self.camera_id, self.state.value,
            self.stream.value if self.stream else "", self.codec,
            f"{self.size.width_px}x{self.size.height_px}" if self.size else "",
            f"{self.fps:.1f}", str(self.drops), str(self.reconnects),
            _tenths(self.age_s), _tenths(self.clock_ahead_s), reason, values,
        )  # fmt: skip

    @classmethod
    def read(cls, cells: Sequence[str]) -> HealthLine:
        """The line that was written so. ValueError for a line torn by a power cut."""
        at, camera_id, state, stream, codec, size, fps, drops, reconnects = cells[:9]
        age, ahead, reason, values = cells[9:]
        width, _, height = size.partition("x")
        return cls(
            from_stored(at), camera_id, CameraState(state),
            StreamKind(stream) if stream else None, codec,
            Size(int(width), int(height)) if size else None,
            float(fps), int(drops), int(reconnects),
            float(age) if age else None, float(ahead) if ahead else None,
            Message(reason, json.loads(values) if values else {}) if reason else None,
        )  # fmt: skip


def _tenths(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds:.1f}"


@dataclass(slots=True)
class DayTally:
    """One camera's day so far. Give it the lines in their order."""

    well_s: float = 0.0
    known_s: float = 0.0
    losses: int = 0
    lost_at: datetime | None = None
    lost_reason: Message | None = None
    fps_counts: Counter[float] = field(default_factory=Counter)
    """How many of the day's lines had so many pictures a second, to the half."""
    _last: HealthLine | None = None

    @property
    def availability(self) -> float | None:
        """The share of the known time in which it showed its picture, or would have: 0 to 1."""
        return self.well_s / self.known_s if self.known_s > 0 else None

    def add(self, line: HealthLine) -> None:
        """One more line."""
        last, self._last = self._last, line
        if last is not None and last.state not in _NOT_KNOWN_YET:
            held_s = (line.at - last.at).total_seconds()
            if 0 < held_s <= HOLDS_S:  # else the console was away, or its clock was set
                self.known_s += held_s
                self.well_s += held_s if last.state.is_well else 0.0
        if _is_lost(line) and (last is None or not _is_lost(last)):
            self.losses += 1
            self.lost_at, self.lost_reason = line.at, line.reason
        if line.state is CameraState.LIVE and line.fps > 0:
            self.fps_counts[round(line.fps / _FPS_STEP) * _FPS_STEP] += 1

    def cells(self) -> tuple[str, ...]:
        """As a row of a finished day's summary."""
        reason = self.lost_reason
        return (
            f"{self.well_s:.0f}", f"{self.known_s:.0f}", str(self.losses),
            to_stored(self.lost_at) if self.lost_at else "",
            reason.template if reason else "",
            json.dumps(reason.values, default=str) if reason and reason.values else "",
            json.dumps(self.fps_counts),
        )  # fmt: skip

    @classmethod
    def read(cls, cells: Sequence[str]) -> DayTally:
        """The tally that was written so. ValueError when it was not."""
        well, known, losses, lost_at, reason, values, counts = cells
        return cls(
            float(well), float(known), int(losses),
            from_stored(lost_at) if lost_at else None,
            Message(reason, json.loads(values) if values else {}) if reason else None,
            Counter({float(fps): int(count) for fps, count in json.loads(counts).items()}),
        )  # fmt: skip


_NOT_KNOWN_YET = (CameraState.OFF, CameraState.CONNECTING)
"""A camera that is asked for the first time is neither there nor away: its day has not begun."""
SUMMARY_HEADS = ("camera", "well_s", "known_s", "losses", "lost_at", "reason", "values", "fps")


def _is_lost(line: HealthLine) -> bool:
    return not line.state.is_well and line.state not in _NOT_KNOWN_YET


def median(counts: Counter[float]) -> float | None:
    """The middle one of all that were counted."""
    middle, seen = (counts.total() + 1) // 2, 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= middle:
            return value
    return None
