"""The cameras of the faults' run: eight that are well, eight that are not. Knows no wall."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras import (
    CameraSpec,
    Fault,
    FaultSettings,
    SimulatedFleet,
    StampContent,
    StreamSize,
)

HEALTHY = range(8)
FAULTY = range(8, 16)
FPS = 15
HEALTHY_SIZE = StreamSize(640, 360, FPS)
FAULTY_SIZE = StreamSize(480, 270, FPS)
JITTER_S = 0.2
_READY_S = 15.0
_SENT = np.dtype(
    [("camera", "<u2"), ("stream", "u1"), ("", "u1"), ("number", "<u4"), ("sent_s", "<f8")]
)
# What is changed, is changed to this; the picture keeps its shape.
_SETTINGS = {
    Fault.SIZE: FaultSettings(width_px=960, height_px=540),
    Fault.RATE: FaultSettings(fps=1),
    Fault.DELAY: FaultSettings(delay_s=0.5),
    Fault.JITTER: FaultSettings(jitter_s=JITTER_S),
}


class FaultCameras:
    """Sixteen cameras with a port each, in two processes: what one fleet suffers costs the other
    nothing. A camera's number is the one in its stamps."""

    def __init__(self, folder: Path, seed: int) -> None:
        """In `folder` is written down when each healthy picture was sent."""
        self._seed = seed
        self._sent = folder / "sent.bin"
        specs = [_spec(number) for number in (*HEALTHY, *FAULTY)]
        # The faulty come second in their fleet too, so that their stamps have other numbers; the
        # first eight of it are never watched.
        self._healthy = SimulatedFleet(specs[: len(HEALTHY)], own_ports=True, send_log=self._sent)
        self._faulty = SimulatedFleet(specs, own_ports=True)

    def __enter__(self) -> Self:
        fleets = (self._healthy, self._faulty)
        try:
            for fleet in fleets:
                fleet.start()
            if not all(fleet.wait_until_ready(_READY_S) for fleet in fleets):
                raise RuntimeError("the cameras do not start")
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def _end(self) -> None:
        self._healthy.stop()
        self._faulty.stop()

    def urls(self) -> list[str]:
        """Their addresses, by number."""
        return [
            self._fleet(number).url(_name(number), StreamKind.MAIN)
            for number in (*HEALTHY, *FAULTY)
        ]

    def fault(self, number: int, fault: Fault) -> None:
        """From now on something is wrong with it."""
        settings = _SETTINGS.get(fault, FaultSettings(seed=self._seed + number))
        self._fleet(number).fault(_name(number), fault, settings)

    def heal(self, number: int) -> None:
        """It is well again."""
        self._fleet(number).heal(_name(number))

    def sent_fps(self, number: int, begin_s: float, end_s: float) -> float:
        """Pictures a second that a healthy camera sent; it may be short of time itself."""
        return len(self._sent_between(number, begin_s, end_s)) / (end_s - begin_s)

    def longest_gap_s(self, number: int, begin_s: float, end_s: float) -> float:
        """The longest time in which a healthy camera sent nothing."""
        at_s = self._sent_between(number, begin_s, end_s)
        return float(np.diff(np.concatenate([[begin_s], at_s, [end_s]])).max())

    def _sent_between(self, number: int, begin_s: float, end_s: float) -> NDArray[np.float64]:
        raw = self._sent.read_bytes()
        records = np.frombuffer(raw, _SENT, count=len(raw) // _SENT.itemsize)
        at_s = records["sent_s"][records["camera"] == number].astype(np.float64)
        found: NDArray[np.float64] = at_s[(at_s >= begin_s) & (at_s < end_s)]
        return found

    def _fleet(self, number: int) -> SimulatedFleet:
        return self._healthy if number in HEALTHY else self._faulty


def _name(number: int) -> str:
    return f"F{number:02d}"


def _spec(number: int) -> CameraSpec:
    size = HEALTHY_SIZE if number in HEALTHY else FAULTY_SIZE
    return CameraSpec(_name(number), _name(number), StampContent(), main=size, sub=size)
