"""Where a stream's coded pictures come from: one interface. Knows no RTSP and no drawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from app.demo.simulated_cameras.nal_units import AccessUnit, ParameterSets
from app.demo.simulated_cameras.spec import Codec, StreamSize

Publish = Callable[[AccessUnit], None]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a stream is encoded."""

    codec: Codec
    size: StreamSize


class Source(Protocol):
    """A camera's sensor and encoder. `run` is called in a thread of its own, once at a time."""

    def parameter_sets(self) -> ParameterSets:
        """What the SDP says of the stream. May take some milliseconds; any thread."""
        ...

    def fps(self) -> float:
        """The rate the SDP says. May take as long as `parameter_sets`; any thread."""
        ...

    def run(self, publish: Publish, stop: Event) -> None:
        """Publish pictures at their pace until `stop` is set."""
        ...

    def ask_for_keyframe(self) -> bool:
        """Make the next picture a keyframe. False if this source cannot. Any thread."""
        ...

    @property
    def own_encoding(self) -> Encoding | None:
        """How it encodes when nothing is wrong; None when it sends what it was given."""
        ...

    def encode_as(self, encoding: Encoding) -> None:
        """From the next picture on encode so, if this source encodes. Any thread."""
        ...
