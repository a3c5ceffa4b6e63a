"""Coded pictures survive being cut into RTP packets; clocks are told as the standards say."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

from app.demo.simulated_cameras.nal_units import access_unit, parameter_sets_in, split_annex_b
from app.demo.simulated_cameras.rtp import CLOCK_HZ, PacketWriter, payloads, rtp_time
from app.demo.simulated_cameras.spec import Codec

NAL = st.builds(
    lambda kind, body: bytes([0x60 | kind]) + body,
    st.sampled_from([1, 5, 7, 8]),
    st.binary(min_size=1, max_size=400),
)


def put_together(parts: list[bytes]) -> list[bytes]:
    """What a receiver makes of the payloads (RFC 6184, 5.6 to 5.8), written apart from ours."""
    nals: list[bytes] = []
    for part in parts:
        kind = part[0] & 31
        if kind == 24:
            rest = part[1:]
            while rest:
                (size,) = struct.unpack("!H", rest[:2])
                nals.append(rest[2 : 2 + size])
                rest = rest[2 + size :]
        elif kind == 28:
            if part[1] & 0x80:
                nals.append(bytes([part[0] & 0xE0 | part[1] & 31]))
            nals[-1] += part[2:]
        else:
            nals.append(part)
    return nals


@given(st.lists(NAL, min_size=1, max_size=8), st.integers(16, 300))
def test_a_receiver_gets_back_every_picture_and_no_packet_is_too_large(
    nals: list[bytes], limit: int
) -> None:
    parts = payloads(nals, limit=limit)
    assert put_together(parts) == nals
    assert max(map(len, parts)) <= limit


HEVC_NAL = st.builds(
    lambda kind, body: bytes([kind << 1, 1]) + body,
    st.sampled_from([1, 19, 20, 32, 33, 34]),
    st.binary(min_size=1, max_size=400),
)


def put_hevc_together(parts: list[bytes]) -> list[bytes]:
    """What a receiver makes of the payloads (RFC 7798, 4.4), written apart from ours."""
    nals: list[bytes] = []
    for part in parts:
        kind = part[0] >> 1
        if kind == 48:
            rest = part[2:]
            while rest:
                (size,) = struct.unpack("!H", rest[:2])
                nals.append(rest[2 : 2 + size])
                rest = rest[2 + size :]
        elif kind == 49:
            if part[2] & 0x80:
                nals.append(bytes([(part[2] & 63) << 1, part[1]]))
            nals[-1] += part[3:]
        else:
            nals.append(part)
    return nals


@given(st.lists(HEVC_NAL, min_size=1, max_size=8), st.integers(16, 300))
def test_a_receiver_gets_back_every_hevc_picture_too(nals: list[bytes], limit: int) -> None:
    parts = payloads(nals, Codec.HEVC, limit)
    assert put_hevc_together(parts) == nals
    assert max(map(len, parts)) <= limit


def test_parameter_sets_travel_in_one_packet() -> None:
    parts = payloads([b"\x67sps", b"\x68pps", b"\x65" + bytes(5000)])
    assert parts[0][0] & 31 == 24
    assert parts[0][0] & 0x60 == 0x60


def test_packets_are_numbered_across_the_wrap_and_the_last_of_a_picture_is_marked() -> None:
    writer = PacketWriter(rtp_channel=2, rtcp_channel=3, ssrc=7, first_number=0xFFFF)
    data = b"".join(writer.frames([b"\x61a", b"\x61b"], 1234))
    first, second = data[:18], data[18:]
    assert struct.unpack("!BBHBBHII", first[:16]) == (0x24, 2, 14, 0x80, 96, 0xFFFF, 1234, 7)
    assert struct.unpack("!BBHBBHII", second[:16]) == (0x24, 2, 14, 0x80, 0x80 | 96, 0, 1234, 7)


def test_a_sender_report_ties_the_cameras_clock_to_the_pictures() -> None:
    writer = PacketWriter(rtp_channel=0, rtcp_channel=1, ssrc=9, first_number=0)
    writer.frames([b"\x61abc"], 5)
    report = writer.sender_report(1_795_319_191.25, 777)
    fields = struct.unpack("!BBHBBHIQIII", report[:32])
    assert fields[:2] == (0x24, 1)
    assert fields[4:7] == (200, 6, 9)
    assert fields[7] / 2**32 - 2_208_988_800 == 1_795_319_191.25
    assert fields[8:] == (777, 1, 4)
    assert len(report) - 4 == fields[2]
    assert fields[2] % 4 == 0


@given(st.integers(0, 2**32 - 1), st.floats(0, 1e6), st.floats(0.001, 100))
def test_rtp_time_runs_at_90_khz_and_wraps(base: int, at_s: float, later_s: float) -> None:
    step = (rtp_time(base, at_s + later_s) - rtp_time(base, at_s)) % 2**32
    assert abs(step - later_s * CLOCK_HZ) <= 1.5


def test_a_keyframe_carries_the_parameter_sets_once_and_nothing_of_the_encoder() -> None:
    stream = b"\0\0\0\1\x67abc\0\0\1\x68d\0\0\1\x06encoder\0\0\1\x65picture\0\0\1\x65more"
    sets = parameter_sets_in(stream)
    unit = access_unit(stream, sets, taken_s=1.0, number=7)
    assert unit.nals == (b"\x67abc", b"\x68d", b"\x65picture", b"\x65more")
    assert unit.keyframe
    assert not access_unit(b"\0\0\1\x41next", sets, taken_s=2.0, number=8).keyframe


@given(st.lists(NAL.map(lambda nal: nal.replace(b"\0", b"\1")), min_size=1, max_size=5))
def test_start_codes_of_both_lengths_are_split(nals: list[bytes]) -> None:
    stream = b"".join((b"\0\0\0\1", b"\0\0\1")[n % 2] + nal for n, nal in enumerate(nals))
    assert split_annex_b(stream) == nals
