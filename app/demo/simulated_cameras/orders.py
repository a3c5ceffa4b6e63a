"""What cameras are told to be wrong with: between processes, and typed by a person. No sockets."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace

from app.demo.simulated_cameras.spec import Fault, FaultSettings

DONE, NOT_POSSIBLE = b"done", b"not possible"
"""What the cameras' process answers to an order."""

_HEAL = "heal"


@dataclass(frozen=True, slots=True)
class Order:
    """A camera and its fault; None makes it well."""

    camera_id: str
    fault: Fault | None
    settings: FaultSettings = field(default_factory=FaultSettings)

    def to_bytes(self) -> bytes:
        """As it goes through the pipe to the cameras' process."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Order:
        """What `to_bytes` made."""
        said = json.loads(data)
        fault = Fault(said["fault"]) if said["fault"] else None
        return cls(said["camera_id"], fault, FaultSettings(**said["settings"]))


def typed_order(line: str) -> Order:
    """The order in `freeze C01`, `heal C01`, `rate C01 5`, `size C01 800x448`. Raises ValueError.

    The third word is what the fault has to say; without one it is as in `FaultSettings`.
    """
    verb, camera_id, *rest = line.split()
    if verb == _HEAL and not rest:
        return Order(camera_id, None)
    fault = Fault(verb)
    settings = FaultSettings()
    if rest:
        (word,) = rest
        settings = _SAID[fault](settings, word) if fault in _SAID else _nothing_to_say(fault)
    return Order(camera_id, fault, settings)


def _nothing_to_say(fault: Fault) -> FaultSettings:
    raise ValueError(f"{fault.value} has no settings")


def _size(settings: FaultSettings, word: str) -> FaultSettings:
    width_px, height_px = (int(part) for part in word.split("x"))
    if width_px < 16 or height_px < 16 or width_px % 2 or height_px % 2:
        raise ValueError("sizes are even")
    return replace(settings, width_px=width_px, height_px=height_px)


def _rate(settings: FaultSettings, word: str) -> FaultSettings:
    fps = int(word)
    if not 1 <= fps <= 60:
        raise ValueError("1 to 60 pictures a second")
    return replace(settings, fps=fps)


_SAID: dict[Fault, Callable[[FaultSettings, str], FaultSettings]] = {
    Fault.DELAY: lambda settings, word: replace(settings, delay_s=abs(float(word))),
    Fault.JITTER: lambda settings, word: replace(settings, jitter_s=abs(float(word))),
    Fault.CORRUPT: lambda settings, word: replace(settings, seed=int(word)),
    Fault.GARBAGE: lambda settings, word: replace(settings, seed=int(word)),
    Fault.SIZE: _size,
    Fault.RATE: _rate,
    Fault.REDIRECT: lambda settings, word: replace(settings, to_camera=word),
    Fault.WRONG_PASSWORD: lambda settings, word: replace(settings, password=word),
}
