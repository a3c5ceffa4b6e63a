"""How a camera behaves: healthy, or with a fault. A new fault is a new class and a row below."""

from __future__ import annotations

from enum import Enum, auto

from app.demo.simulated_cameras.spec import Fault


class Answer(Enum):
    """What a camera does with a request."""

    GIVE = auto()
    HANG_UP = auto()


class Behaviour:
    """A healthy camera; faults override what they spoil."""

    answer = Answer.GIVE
    sends_pictures = True
    keeps_connections = True


class Frozen(Behaviour):
    """Sessions stay open and requests are answered, but nothing is sent any more."""

    sends_pictures = False


class Dropped(Behaviour):
    """Gone: connections are torn down, and whoever asks again is hung up on."""

    answer = Answer.HANG_UP
    sends_pictures = False
    keeps_connections = False


_BEHAVIOURS: dict[Fault, type[Behaviour]] = {Fault.FREEZE: Frozen, Fault.DROP: Dropped}


def behaviour_of(fault: Fault | None) -> Behaviour:
    """The behaviour that goes with a fault, or the healthy one."""
    return Behaviour() if fault is None else _BEHAVIOURS[fault]()
