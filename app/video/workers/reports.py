"""What a decode worker says to the console, as bytes of fixed length. Knows no process, no socket.

A hostile stream may have taken the worker over, so the console reads this as a stranger's: every
field is checked, nothing is un-pickled, and what makes no sense costs the worker its life.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from app.cameras.camera import StreamKind
from app.errors import Message
from app.video.health import CameraState, Health
from app.video.picture import Size
from app.video.reasons import EVERY, FAILED

LONGEST_NOTE_BYTES = 2000
_MARK = 0x5A
_HEAD = struct.Struct("<BB")
_BEAT, _CAMERA, _NOTE = range(3)
_BEAT_BODY = struct.Struct("<I")
_NOTE_BODY = struct.Struct(f"<H{LONGEST_NOTE_BYTES}s")
_CAMERA_BODY = struct.Struct("<IBBiBIQIII8sddddddddd")
_BODIES = {_BEAT: _BEAT_BODY, _CAMERA: _CAMERA_BODY, _NOTE: _NOTE_BODY}

_STATES = tuple(CameraState)
_STREAMS = tuple(StreamKind)
_NONE = 0xFF
_CODEC = re.compile(rb"[A-Z0-9._-]{1,8}")
_NOT_IN_CODEC = re.compile(r"[^A-Z0-9._-]")
_LONGEST_SIDE_PX = 65_535
_MOST_FPS = 1000.0
_LATEST_UNIX_S = 4e9  # the year 2096: `datetime` can hold it on every system
_STATUS = "status"  # the one value a reason has


class BadReport(Exception):  # noqa: N818 - a worker's end, not an error of the program
    """No honest worker says this."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The worker is alive; `count` goes up by one each time."""

    count: int


@dataclass(frozen=True, slots=True)
class CameraReport:
    """One camera as its reader sees it. The health's camera id is empty: `number` stands for it.

    `inside_since_s` is when its thread went into the decoder, on the monotonic clock; None when it
    is not in there.
    """

    number: int
    health: Health
    inside_since_s: float | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A bug in the worker, in words for the program's log."""

    text: str


Report = Beat | CameraReport | Note


def packed(report: Report) -> bytes:
    """The report as bytes."""
    match report:
        case Beat():
            return _HEAD.pack(_MARK, _BEAT) + _BEAT_BODY.pack(report.count & 0xFFFFFFFF)
        case CameraReport():
            return _HEAD.pack(_MARK, _CAMERA) + _pack_camera(report)
        case Note():
            text = report.text.encode("utf-8", "replace")[:LONGEST_NOTE_BYTES]
            return _HEAD.pack(_MARK, _NOTE) + _NOTE_BODY.pack(len(text), text)


class ReportStream:
    """Makes reports of the bytes as they come; never waits for the rest of one."""

    def __init__(self) -> None:
        self._data = b""

    def feed(self, data: bytes) -> Iterator[Report]:
        """The reports that are whole now. Raises BadReport at the first that makes no sense."""
        self._data += data
        while len(self._data) >= _HEAD.size:
            mark, kind = _HEAD.unpack_from(self._data)
            if mark != _MARK or kind not in _BODIES:
                raise BadReport("not a report")
            end = _HEAD.size + _BODIES[kind].size
            if len(self._data) < end:
                return
            body, self._data = self._data[_HEAD.size : end], self._data[end:]
            yield _read(kind, body)


def _read(kind: int, body: bytes) -> Report:
    if kind == _BEAT:
        return Beat(_BEAT_BODY.unpack(body)[0])
    if kind == _NOTE:
        length, text = _NOTE_BODY.unpack(body)
        if length > LONGEST_NOTE_BYTES:
            raise BadReport("a note longer than notes are")
        return Note("".join(filter(_is_plain, text[:length].decode("utf-8", "replace"))))
    return _read_camera(body)


def _is_plain(letter: str) -> bool:
    return letter.isprintable() or letter == "\n"


def _pack_camera(report: CameraReport) -> bytes:
    health = report.health
    reason, status = _reason_code(health.reason)
    return _CAMERA_BODY.pack(
        report.number,
        _STATES.index(health.state),
        *(reason, status),
        _NONE if health.stream is None else _STREAMS.index(health.stream),
        *(health.attempt, health.drops, health.reconnects),
        *(health.size or (0, 0)),
        _NOT_IN_CODEC.sub("", (health.codec or "").upper()).encode("ascii")[:8],
        health.fps,
        *(health.since_s, _unix_s(health.since_at)),
        *(_or_nan(health.last_picture_s), _unix_s(health.last_picture_at)),
        _or_nan(health.clock_ahead_s),
        *(_or_nan(health.next_try_s), _unix_s(health.next_try_at)),
        _or_nan(report.inside_since_s),
    )


def _read_camera(body: bytes) -> CameraReport:
    values = _CAMERA_BODY.unpack(body)
    number, state, reason, status, stream, attempt, drops, reconnects, width, height = values[:10]
    codec, fps = values[10:12]
    since_s, since_at, picture_s, picture_at, ahead_s, next_s, next_at, inside_s = values[12:]
    if state >= len(_STATES) or (stream != _NONE and stream >= len(_STREAMS)):
        raise BadReport("no such state or stream")
    if not 0 <= fps <= _MOST_FPS:
        raise BadReport("no camera is so fast")
    health = Health(
        camera_id="",
        state=_STATES[state],
        reason=_reason(reason, status),
        since_s=_seconds(since_s) or 0.0,
        since_at=_time(since_at),
        attempt=attempt,
        last_picture_s=_seconds(picture_s),
        last_picture_at=_time(picture_at),
        size=_size(width, height),
        codec=_codec(codec.rstrip(b"\0")),
        fps=fps,
        drops=drops,
        reconnects=reconnects,
        stream=None if stream == _NONE else _STREAMS[stream],
        clock_ahead_s=_seconds(ahead_s),
        next_try_s=_seconds(next_s),
        next_try_at=_time(next_at),
    )
    return CameraReport(number, health, _seconds(inside_s))


def _reason_code(reason: Message | None) -> tuple[int, int]:
    if reason is None:
        return _NONE, 0
    templates = [each.template for each in EVERY]
    if reason.template not in templates:
        return templates.index(FAILED.template), 0
    status = reason.values.get(_STATUS)
    return templates.index(reason.template), status if isinstance(status, int) else 0


def _reason(code: int, status: int) -> Message | None:
    if code == _NONE:
        return None
    if code >= len(EVERY):
        raise BadReport("no such reason")
    reason = EVERY[code]
    return Message(reason.template, {_STATUS: status}) if _STATUS in reason.values else reason


def _or_nan(seconds: float | None) -> float:
    return math.nan if seconds is None else seconds


def _unix_s(at: datetime | None) -> float:
    return math.nan if at is None else at.timestamp()


def _seconds(value: float) -> float | None:
    if math.isinf(value):
        raise BadReport("no such time")
    return None if math.isnan(value) else value


def _time(unix_s: float) -> datetime | None:
    if math.isnan(unix_s):
        return None
    if not 0 <= unix_s <= _LATEST_UNIX_S:
        raise BadReport("no such time")
    return datetime.fromtimestamp(unix_s, UTC)


def _size(width_px: int, height_px: int) -> Size | None:
    if (width_px, height_px) == (0, 0):
        return None
    if not (1 <= width_px <= _LONGEST_SIDE_PX and 1 <= height_px <= _LONGEST_SIDE_PX):
        raise BadReport("no picture is so large")
    return Size(width_px, height_px)


def _codec(name: bytes) -> str | None:
    if not name:
        return None
    if not _CODEC.fullmatch(name):
        raise BadReport("no such codec")
    return name.decode("ascii")
