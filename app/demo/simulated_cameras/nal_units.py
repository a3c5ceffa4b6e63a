"""H.264 and HEVC byte streams taken apart into what goes on the wire. Knows no RTP, no encoder."""

from __future__ import annotations

from dataclasses import dataclass

from app.demo.simulated_cameras.spec import Codec

_START_CODE = b"\x00\x00\x01"


@dataclass(frozen=True, slots=True)
class _Kinds:
    """The NAL unit types of one codec (H.264 table 7-1, H.265 table 7-1)."""

    vps: int | None
    sps: int
    pps: int
    not_sent: frozenset[int]  # parameter sets are put back; delimiters, filler, SEI say nothing
    starts: frozenset[int]  # slices from which a decoder can start


_H264 = _Kinds(None, 7, 8, frozenset({6, 7, 8, 9, 12}), frozenset({5}))
_HEVC = _Kinds(32, 33, 34, frozenset({32, 33, 34, 35, 38, 39, 40}), frozenset(range(16, 22)))
_KINDS = {Codec.H264: _H264, Codec.HEVC: _HEVC}


class NoVideoError(ValueError):
    """The bytes hold no video of the codec that was said."""


@dataclass(frozen=True, slots=True)
class ParameterSets:
    """What a decoder must have first, each a NAL unit without its start code."""

    codec: Codec
    sps: bytes
    pps: bytes
    vps: bytes = b""  # HEVC only

    @property
    def in_order(self) -> tuple[bytes, ...]:
        """As they stand before a keyframe."""
        return (self.vps, self.sps, self.pps) if self.vps else (self.sps, self.pps)


@dataclass(frozen=True, slots=True)
class AccessUnit:
    """One coded picture: NAL units without start codes, parameter sets first on a keyframe."""

    codec: Codec
    nals: tuple[bytes, ...]
    keyframe: bool
    taken_s: float  # monotonic: when the picture was taken
    number: int  # as the source counts its pictures, from 0


def split_annex_b(data: bytes) -> list[bytes]:
    """The NAL units of a byte stream with start codes of three or four bytes."""
    nals: list[bytes] = []
    start = data.find(_START_CODE)
    while start >= 0:
        start += len(_START_CODE)
        end = data.find(_START_CODE, start)
        nal = data[start : end if end >= 0 else len(data)].rstrip(b"\x00")
        if nal:
            nals.append(nal)
        start = end
    return nals


def kind_of(nal: bytes, codec: Codec) -> int:
    """The type in a NAL unit's header."""
    return nal[0] & 31 if codec is Codec.H264 else nal[0] >> 1 & 63


def parameter_sets_in(data: bytes, codec: Codec = Codec.H264) -> ParameterSets:
    """The first parameter sets of an Annex B byte stream. Raises `NoVideoError`."""
    first: dict[int, bytes] = {}
    for nal in split_annex_b(data):
        first.setdefault(kind_of(nal, codec), nal)
    kinds = _KINDS[codec]
    try:
        vps = b"" if kinds.vps is None else first[kinds.vps]
        return ParameterSets(codec, first[kinds.sps], first[kinds.pps], vps)
    except KeyError as missing:
        raise NoVideoError(f"no {codec.value} parameter sets in the stream") from missing


def access_unit(annex_b: bytes, sets: ParameterSets, *, taken_s: float, number: int) -> AccessUnit:
    """One coded picture as it goes on the wire: keyframes carry the parameter sets in front."""
    kinds = _KINDS[sets.codec]
    named = [(kind_of(nal, sets.codec), nal) for nal in split_annex_b(annex_b)]
    slices = tuple(nal for kind, nal in named if kind not in kinds.not_sent)
    keyframe = any(kind in kinds.starts for kind, _ in named)
    head = sets.in_order if keyframe else ()
    return AccessUnit(sets.codec, head + slices, keyframe, taken_s, number)
