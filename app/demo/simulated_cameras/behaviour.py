"""How a camera behaves: healthy, or with a fault. A new fault is a new class and a row below."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import Enum, auto
from random import Random

from app.demo.simulated_cameras.sources import Encoding
from app.demo.simulated_cameras.spec import Codec, Fault, FaultSettings


class Answer(Enum):
    """What a camera does with a request."""

    GIVE = auto()
    HANG_UP = auto()
    STAY_SILENT = auto()
    REDIRECT = auto()  # DESCRIBE only


class Behaviour:
    """A healthy camera; faults override what they spoil.

    What is random is so by the seed and the picture's number: a run can be had again.
    """

    answer = Answer.GIVE
    listens = True  # False: the port is shut, where the camera has one of its own
    sends_pictures = True
    ends_sessions = False  # hangs up on its viewers when it begins, and when it is over
    needs_encoder = False  # a clip cannot have it

    def __init__(self, settings: FaultSettings) -> None:
        self.settings = settings

    @property
    def password(self) -> str | None:
        """The password it wants in place of its own."""
        return None

    def encoding(self, own: Encoding) -> Encoding:
        """How it encodes, whose own way is `own`."""
        return own

    def leaves_s(self, taken_s: float, number: int) -> float:
        """When a picture taken at `taken_s` is sent; one before it is never overtaken."""
        return taken_s

    def payloads(self, payloads: Sequence[bytes], number: int) -> Sequence[bytes]:
        """What is sent in place of a picture's RTP payloads."""
        return payloads

    def writes(self, frames: Sequence[bytes], number: int) -> Iterable[bytes]:
        """What is written for a picture's interleaved frames, each by a write of its own."""
        return (b"".join(frames),)

    def _random(self, number: int) -> Random:
        return Random(f"{self.settings.seed} {number}")


class Refusing(Behaviour):
    """Its port is shut (ECONNREFUSED). On a port it shares with others, it hangs up instead."""

    answer = Answer.HANG_UP
    listens = False
    sends_pictures = False
    ends_sessions = True


class Dropped(Behaviour):
    """Gone: connections are torn down, and whoever asks again is hung up on."""

    answer = Answer.HANG_UP
    sends_pictures = False
    ends_sessions = True


class Silent(Behaviour):
    """Takes connections and never says a word, in open sessions neither."""

    answer = Answer.STAY_SILENT
    sends_pictures = False


class Frozen(Behaviour):
    """Sessions stay open and requests are answered, but nothing is sent any more."""

    sends_pictures = False


class NoMedia(Frozen):
    """Frozen from the beginning of each session: whoever watched has to come again."""

    ends_sessions = True


class Late(Behaviour):
    """Every picture leaves the same time late."""

    def leaves_s(self, taken_s: float, number: int) -> float:
        return taken_s + self.settings.delay_s


class Jittering(Behaviour):
    """Pictures leave late, each by another time."""

    def leaves_s(self, taken_s: float, number: int) -> float:
        return taken_s + self._random(number).uniform(0.0, self.settings.jitter_s)


class Corrupt(Behaviour):
    """Flips bits and scatters random bytes in the video; packets stay well-formed."""

    def payloads(self, payloads: Sequence[bytes], number: int) -> Sequence[bytes]:
        random = self._random(number)
        return tuple(_spoilt(payload, random) for payload in payloads)


class Garbage(Behaviour):
    """Sends random bytes, as many as the picture has, in place of packets."""

    def writes(self, frames: Sequence[bytes], number: int) -> Iterable[bytes]:
        return (self._random(number).randbytes(sum(map(len, frames))),)


class InPieces(Behaviour):
    """Writes byte by byte. Some 15 µs a byte: for pictures of a few kilobytes."""

    def writes(self, frames: Sequence[bytes], number: int) -> Iterable[bytes]:
        return (bytes((byte,)) for frame in frames for byte in frame)


class Empty(Behaviour):
    """Before each packet one without payload, and an interleaved frame without a packet."""

    def payloads(self, payloads: Sequence[bytes], number: int) -> Sequence[bytes]:
        return tuple(one for payload in payloads for one in (b"", payload))

    def writes(self, frames: Sequence[bytes], number: int) -> Iterable[bytes]:
        nothing = frames[0][:2] + b"\0\0"
        return (b"".join(nothing + frame for frame in frames),)


class OtherPassword(Behaviour):
    """Its password is not what it was; a camera without one asks for one now."""

    ends_sessions = True

    def __init__(self, settings: FaultSettings) -> None:
        super().__init__(settings)
        self._password = settings.password or secrets.token_urlsafe(12)

    @property
    def password(self) -> str:
        return self._password


class OtherSize(Behaviour):
    """Its pictures have another size, from one keyframe to the next, in the same session."""

    needs_encoder = True

    def encoding(self, own: Encoding) -> Encoding:
        wanted = self.settings
        size = replace(own.size, width_px=wanted.width_px, height_px=wanted.height_px)
        return replace(own, size=size)


class OtherRate(Behaviour):
    """Its pictures come at another rate, in the same session."""

    needs_encoder = True

    def encoding(self, own: Encoding) -> Encoding:
        return replace(own, size=replace(own.size, fps=self.settings.fps))


class OtherCodec(Behaviour):
    """Sends HEVC. Sessions end, as with real cameras: their SDP would not be true any more."""

    ends_sessions = True
    needs_encoder = True

    def encoding(self, own: Encoding) -> Encoding:
        return replace(own, codec=Codec.HEVC)


class Redirecting(Behaviour):
    """Sends whoever asks for its description to another camera."""

    answer = Answer.REDIRECT
    sends_pictures = False
    ends_sessions = True


_BEHAVIOURS: dict[Fault, type[Behaviour]] = {
    Fault.REFUSE: Refusing,
    Fault.DROP: Dropped,
    Fault.SILENT: Silent,
    Fault.FREEZE: Frozen,
    Fault.NO_MEDIA: NoMedia,
    Fault.DELAY: Late,
    Fault.JITTER: Jittering,
    Fault.CORRUPT: Corrupt,
    Fault.GARBAGE: Garbage,
    Fault.ONE_BYTE: InPieces,
    Fault.EMPTY: Empty,
    Fault.WRONG_PASSWORD: OtherPassword,
    Fault.SIZE: OtherSize,
    Fault.RATE: OtherRate,
    Fault.CODEC: OtherCodec,
    Fault.REDIRECT: Redirecting,
}


def behaviour_of(fault: Fault | None, settings: FaultSettings | None = None) -> Behaviour:
    """The behaviour that goes with a fault, or the healthy one."""
    made = Behaviour if fault is None else _BEHAVIOURS[fault]
    return made(settings or FaultSettings())


def _spoilt(payload: bytes, random: Random) -> bytes:
    data = bytearray(payload)
    if random.random() < 0.5:
        for _ in range(random.randint(1, 8)):
            data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    if random.random() < 0.25:
        at = random.randrange(len(data))
        junk = random.randbytes(min(32, len(data) - at))
        data[at : at + len(junk)] = junk
    return bytes(data)
