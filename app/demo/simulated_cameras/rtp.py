"""H.264 pictures as RTP packets (RFC 6184) and the sender reports (RFC 3550). Knows no sockets."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

CLOCK_HZ = 90_000
PAYLOAD_TYPE = 96
PAYLOAD_MAX_BYTES = 1400  # what real cameras send, so that a packet fits an Ethernet frame

_STAP_A, _FU_A = 24, 28
_NTP_BEFORE_UNIX_S = 2_208_988_800  # 1900-01-01 to 1970-01-01, RFC 868
_U32 = 0xFFFF_FFFF


def rtp_time(base: int, taken_s: float) -> int:
    """The RTP timestamp of a monotonic time: 90 kHz from a random base, wraps at 2**32."""
    return (base + round(taken_s * CLOCK_HZ)) & _U32


def payloads(nals: Sequence[bytes], limit: int = PAYLOAD_MAX_BYTES) -> list[bytes]:
    """One picture's NAL units as RTP payloads of at most `limit` bytes.

    Neighbours that fit together travel in one STAP-A (so SPS and PPS do), what does not fit at all
    is cut into FU-A pieces, the rest goes as single NAL units.
    """
    result: list[bytes] = []
    group: list[bytes] = []
    for nal in nals:
        if group and _stap_size([*group, nal]) > limit:
            result.append(_joined(group))
            group = []
        if len(nal) > limit:
            result.extend(_pieces(nal, limit))
        else:
            group.append(nal)
    if group:
        result.append(_joined(group))
    return result


def _stap_size(nals: Sequence[bytes]) -> int:
    return 1 + sum(2 + len(nal) for nal in nals)


def _joined(nals: Sequence[bytes]) -> bytes:
    if len(nals) == 1:
        return nals[0]
    importance = max(nal[0] & 0x60 for nal in nals)
    parts = [bytes([importance | _STAP_A])]
    for nal in nals:
        parts += [struct.pack("!H", len(nal)), nal]
    return b"".join(parts)


def _pieces(nal: bytes, limit: int) -> Iterator[bytes]:
    indicator = nal[0] & 0xE0 | _FU_A
    kind = nal[0] & 31
    step = limit - 2
    for start in range(1, len(nal), step):
        piece = nal[start : start + step]
        first = 0x80 if start == 1 else 0
        last = 0x40 if start + step >= len(nal) else 0
        yield bytes([indicator, first | last | kind]) + piece


class PacketWriter:
    """Numbers the packets of one viewer's session and frames them for RTSP's TCP connection."""

    def __init__(self, *, rtp_channel: int, rtcp_channel: int, ssrc: int, first_number: int):
        self._rtp_channel = rtp_channel
        self._rtcp_channel = rtcp_channel
        self._ssrc = ssrc
        self.next_number = first_number & 0xFFFF
        self._packets = 0
        self._bytes = 0

    def picture(self, parts: Sequence[bytes], timestamp: int) -> bytes:
        """All packets of one picture, interleaved framing included; the last has the marker."""
        out: list[bytes] = []
        for part in parts:
            marker = 0x80 if part is parts[-1] else 0
            size = 12 + len(part)
            head = (0x24, self._rtp_channel, size, 0x80, marker | PAYLOAD_TYPE)
            out.append(
                struct.pack("!BBHBBHII", *head, self.next_number, timestamp, self._ssrc) + part
            )
            self.next_number = (self.next_number + 1) & 0xFFFF
            self._packets += 1
            self._bytes += len(part)
        return b"".join(out)

    def sender_report(self, camera_s: float, timestamp: int) -> bytes:
        """Says that the camera's own clock (Unix seconds) read `camera_s` at RTP `timestamp`."""
        ntp = round((camera_s + _NTP_BEFORE_UNIX_S) * 2**32) & 0xFFFF_FFFF_FFFF_FFFF
        counts = (self._packets & _U32, self._bytes & _U32)
        report = struct.pack("!BBHIQIII", 0x80, 200, 6, self._ssrc, ntp, timestamp, *counts)
        name = b"camera"
        chunk = struct.pack("!IBB", self._ssrc, 1, len(name)) + name + b"\0"
        chunk += b"\0" * (-len(chunk) % 4)
        source = struct.pack("!BBH", 0x81, 202, len(chunk) // 4) + chunk
        compound = report + source
        return struct.pack("!BBH", 0x24, self._rtcp_channel, len(compound)) + compound
