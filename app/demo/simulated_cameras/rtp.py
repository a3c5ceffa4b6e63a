"""Pictures as RTP packets (RFC 6184, RFC 7798), sender reports (RFC 3550). Knows no sockets."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

from app.demo.simulated_cameras.spec import Codec

CLOCK_HZ = 90_000
PAYLOAD_TYPE = 96
PAYLOAD_MAX_BYTES = 1400  # what real cameras send, so that a packet fits an Ethernet frame

_NTP_BEFORE_UNIX_S = 2_208_988_800  # 1900-01-01 to 1970-01-01, RFC 868
_U32 = 0xFFFF_FFFF


def rtp_time(base: int, taken_s: float) -> int:
    """The RTP timestamp of a monotonic time: 90 kHz from a random base, wraps at 2**32."""
    return (base + round(taken_s * CLOCK_HZ)) & _U32


def payloads(
    nals: Sequence[bytes], codec: Codec = Codec.H264, limit: int = PAYLOAD_MAX_BYTES
) -> list[bytes]:
    """One picture's NAL units as RTP payloads of at most `limit` bytes.

    Neighbours that fit together travel in one packet (so the parameter sets do), what does not fit
    at all is cut into fragments, the rest goes as single NAL units.
    """
    form = _FORMS[codec]
    result: list[bytes] = []
    group: list[bytes] = []
    for nal in nals:
        if group and form.joined_size([*group, nal]) > limit:
            result.append(form.joined(group))
            group = []
        if len(nal) > limit:
            result.extend(form.pieces(nal, limit))
        else:
            group.append(nal)
    if group:
        result.append(form.joined(group))
    return result


class _Form:
    """How one codec's NAL units are joined and cut; they differ in the NAL unit's header."""

    header_bytes: int

    def joined_header(self, nals: Sequence[bytes]) -> bytes:
        raise NotImplementedError

    def piece_header(self, nal: bytes) -> tuple[bytes, int]:
        """The header of a fragment, and the type that goes into its second part."""
        raise NotImplementedError

    def joined_size(self, nals: Sequence[bytes]) -> int:
        return self.header_bytes + sum(2 + len(nal) for nal in nals)

    def joined(self, nals: Sequence[bytes]) -> bytes:
        if len(nals) == 1:
            return nals[0]
        parts = [self.joined_header(nals)]
        for nal in nals:
            parts += [struct.pack("!H", len(nal)), nal]
        return b"".join(parts)

    def pieces(self, nal: bytes, limit: int) -> Iterator[bytes]:
        header, kind = self.piece_header(nal)
        step = limit - len(header) - 1
        for start in range(self.header_bytes, len(nal), step):
            first = 0x80 if start == self.header_bytes else 0
            last = 0x40 if start + step >= len(nal) else 0
            yield header + bytes([first | last | kind]) + nal[start : start + step]


class _H264Form(_Form):
    """RFC 6184, 5.7.1 (STAP-A) and 5.8 (FU-A)."""

    header_bytes = 1

    def joined_header(self, nals: Sequence[bytes]) -> bytes:
        return bytes([max(nal[0] & 0x60 for nal in nals) | 24])

    def piece_header(self, nal: bytes) -> tuple[bytes, int]:
        return bytes([nal[0] & 0xE0 | 28]), nal[0] & 31


class _HevcForm(_Form):
    """RFC 7798, 4.4.2 (aggregation packets) and 4.4.3 (fragmentation units), without DONL."""

    header_bytes = 2

    def joined_header(self, nals: Sequence[bytes]) -> bytes:
        return bytes([48 << 1, min(nal[1] & 7 for nal in nals)])

    def piece_header(self, nal: bytes) -> tuple[bytes, int]:
        return bytes([nal[0] & 0x81 | 49 << 1, nal[1]]), nal[0] >> 1 & 63


_FORMS: dict[Codec, _Form] = {Codec.H264: _H264Form(), Codec.HEVC: _HevcForm()}


class PacketWriter:
    """Numbers the packets of one viewer's session and frames them for RTSP's TCP connection."""

    def __init__(self, *, rtp_channel: int, rtcp_channel: int, ssrc: int, first_number: int):
        self._rtp_channel = rtp_channel
        self._rtcp_channel = rtcp_channel
        self._ssrc = ssrc
        self.next_number = first_number & 0xFFFF
        self._packets = 0
        self._bytes = 0

    def frames(self, payloads: Sequence[bytes], timestamp: int) -> list[bytes]:
        """One picture's packets, each in its interleaved frame; the last has the marker."""
        frames: list[bytes] = []
        for left, payload in zip(range(len(payloads) - 1, -1, -1), payloads, strict=True):
            marker = 0 if left else 0x80
            size = 12 + len(payload)
            head = (0x24, self._rtp_channel, size, 0x80, marker | PAYLOAD_TYPE)
            packed = struct.pack("!BBHBBHII", *head, self.next_number, timestamp, self._ssrc)
            frames.append(packed + payload)
            self.next_number = (self.next_number + 1) & 0xFFFF
            self._packets += 1
            self._bytes += len(payload)
        return frames

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
