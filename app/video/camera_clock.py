"""What time a camera believes it is, against this computer's clock. Decodes no pictures.

Its pictures carry the camera's time, so does the clock burnt into them: a court will ask. RTCP
sender reports (RFC 3550 §6.4.1) tell it to the millisecond; without them the `Date` header of the
camera's replies tells the second.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime
from enum import StrEnum

from app.cameras.address import CameraAddress
from app.video.answer import Finding, Found
from app.video.camera_connection import Patience
from app.video.preflight import BUDGET_S, described
from app.video.rtsp import Conversation, Reply
from app.video.rtsp_session import playing

NTP_BEFORE_UNIX_S = 2_208_988_800
"""From the NTP epoch, 1900, to the Unix epoch, 1970 (RFC 868)."""
_NTP_ERA_S = 2**32  # the seconds start again at 0 on 7 February 2036
_SENDER_REPORT = 200
_ON_THE_WAY_S = 0.1
"""A report is small, and may be held back until what went before it is acknowledged."""
_ZONE_STEP_S = 1800
_ZONE_SLACK_S = 120


class ClockSource(StrEnum):
    """Where a camera told its time."""

    SENDER_REPORT = "sender_report"
    DATE_HEADER = "date_header"


@dataclass(frozen=True, slots=True)
class ClockReading:
    """The camera's clock minus this computer's, and how far that may be wrong."""

    ahead_s: float
    accuracy_s: float
    source: ClockSource


def measure_clock(
    address: CameraAddress, *, budget_s: float = 8.0, stop: threading.Event | None = None
) -> ClockReading | None:
    """Play the stream until the camera tells the time, at most `budget_s` seconds.

    None if it does not say, is not an RTSP camera, or is not there. Raises CalledOff when `stop`
    is set meanwhile. Costs the camera a viewer: ask its sub stream, and rarely.
    """
    if not address.is_rtsp:
        return None
    patience = Patience(min(BUDGET_S, budget_s), stop)
    try:
        with described(address, patience) as description:
            reply = description.reply
            if reply is None or description.answer.finding is not Finding.REACHABLE:
                return None
            description.conversation.go_on(patience.renewed(budget_s))
            return _reported(description.conversation, reply) or _dated(reply)
    except Found:
        return None


def _reported(conversation: Conversation, description: Reply) -> ClockReading | None:
    """From the first sender report that tells a time."""
    try:
        with playing(conversation, description) as channels:
            for packet in conversation.packets():
                if packet.channel != channels.rtcp:
                    continue
                for camera_unix_s in camera_times(packet.payload, packet.arrived_unix_s):
                    ahead_s = camera_unix_s - packet.arrived_unix_s
                    return ClockReading(round(ahead_s, 3), _ON_THE_WAY_S, ClockSource.SENDER_REPORT)
    except (Found, OSError):
        pass  # it would not play, or sent no report in time
    return None


def camera_times(rtcp: bytes, now_unix_s: float) -> Iterator[float]:
    """The camera's times in the sender reports of one compound RTCP packet, in Unix seconds.

    Some cameras send none (zero) or the time since they were switched on: that is not told.
    """
    offset = 0
    while offset + 4 <= len(rtcp):
        version, kind, words = struct.unpack_from("!BBH", rtcp, offset)
        if version >> 6 != 2:
            return
        if kind == _SENDER_REPORT and offset + 28 <= len(rtcp):
            seconds, fraction = struct.unpack_from("!II", rtcp, offset + 8)
            unix_s = _unix_s(seconds, now_unix_s)
            if unix_s is not None:
                yield unix_s + fraction / 2**32
        offset += 4 * (words + 1)


def _unix_s(ntp_s: int, now_unix_s: float) -> int | None:
    now_ntp_s = now_unix_s + NTP_BEFORE_UNIX_S
    if now_ntp_s > _NTP_ERA_S and ntp_s < _NTP_ERA_S // 2:
        ntp_s += _NTP_ERA_S
    unix_s = ntp_s - NTP_BEFORE_UNIX_S
    return unix_s if unix_s >= 0 else None


def _dated(reply: Reply) -> ClockReading | None:
    """From the `Date` header, rounded to what it can tell: whole seconds.

    It should be in UTC; a difference of whole half hours is a camera that writes its local time
    there, whose clock may well be right, so that nothing is known.
    """
    try:
        date = parsedate_to_datetime(reply.header("date") or "")
        camera_unix_s = date.replace(tzinfo=date.tzinfo or UTC).timestamp()
    except (ValueError, OverflowError, IndexError, TypeError):
        return None  # no date, or none that can be read
    ahead_s = camera_unix_s + 0.5 - reply.arrived_unix_s  # it was cut, not rounded
    zones = round(ahead_s / _ZONE_STEP_S)
    if zones and abs(ahead_s - zones * _ZONE_STEP_S) < _ZONE_SLACK_S:
        return None
    return ClockReading(float(round(ahead_s)), 1.0, ClockSource.DATE_HEADER)
