"""Where a stream's coded pictures come from: one interface. Knows no RTSP and no drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Protocol

_START_CODE = b"\x00\x00\x01"
_NAL_IDR, _NAL_SEI, _NAL_SPS, _NAL_PPS, _NAL_DELIMITER, _NAL_FILLER = 5, 6, 7, 8, 9, 12
_NOT_SENT = frozenset({_NAL_SEI, _NAL_SPS, _NAL_PPS, _NAL_DELIMITER, _NAL_FILLER})


@dataclass(frozen=True, slots=True)
class ParameterSets:
    """H.264 sequence and picture parameter sets, each a NAL unit without its start code."""

    sps: bytes
    pps: bytes


@dataclass(frozen=True, slots=True)
class AccessUnit:
    """One coded picture: NAL units without start codes, parameter sets first on a keyframe."""

    nals: tuple[bytes, ...]
    keyframe: bool
    taken_s: float  # monotonic: when the picture was taken
    number: int  # as the source counts its pictures, from 0


Publish = Callable[[AccessUnit], None]


class Source(Protocol):
    """A camera's sensor and encoder. `run` is called in a thread of its own, once at a time."""

    def parameter_sets(self) -> ParameterSets:
        """What the SDP says of the stream. May take some milliseconds; any thread."""
        ...

    def run(self, publish: Publish, stop: Event) -> None:
        """Publish pictures at their pace until `stop` is set."""
        ...

    def ask_for_keyframe(self) -> bool:
        """Make the next picture a keyframe. False if this source cannot. Any thread."""
        ...


class NotH264Error(ValueError):
    """The bytes hold no H.264 parameter sets."""


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


def parameter_sets_in(data: bytes) -> ParameterSets:
    """The first SPS and PPS of an Annex B byte stream. Raises `NotH264Error`."""
    nals = split_annex_b(data)
    sps = next((nal for nal in nals if nal[0] & 31 == _NAL_SPS), None)
    pps = next((nal for nal in nals if nal[0] & 31 == _NAL_PPS), None)
    if sps is None or pps is None:
        raise NotH264Error("no SPS and PPS in the stream")
    return ParameterSets(sps, pps)


def access_unit(annex_b: bytes, sets: ParameterSets, *, taken_s: float, number: int) -> AccessUnit:
    """One coded picture as it goes on the wire: keyframes carry the parameter sets in front."""
    slices = tuple(nal for nal in split_annex_b(annex_b) if nal[0] & 31 not in _NOT_SENT)
    keyframe = any(nal[0] & 31 == _NAL_IDR for nal in slices)
    head = (sets.sps, sets.pps) if keyframe else ()
    return AccessUnit(head + slices, keyframe, taken_s, number)
