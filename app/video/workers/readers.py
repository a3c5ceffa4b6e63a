"""The cameras of one decode worker, each with its reader. Knows no socket and no console."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from app.video.clock_rounds import ClockRounds
from app.video.live import Wanted
from app.video.picture import Outbox
from app.video.reader import CameraReader, Surroundings
from app.video.shared_pictures import SharedOutbox
from app.video.workers.orders import CameraOrder
from app.video.workers.reports import CameraReport


@dataclass(slots=True)
class _Assigned:
    """A camera's reader, and what it was told last."""

    order: CameraOrder
    reader: CameraReader


class Readers:
    """Makes the readers do what the last order says. May be used from several threads."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._lock = threading.Lock()
        self._assigned: dict[int, _Assigned] = {}
        self._leaving: list[CameraReader] = []
        self._clock_rounds = ClockRounds(self._readers, around)

    def start(self) -> None:
        """Begin to ask cameras for their time."""
        self._clock_rounds.start()

    def obey(self, orders: Sequence[CameraOrder]) -> None:
        """These are the cameras from now on; the first begin first."""
        numbers = {order.number for order in orders}
        with self._lock:
            for number in [number for number in self._assigned if number not in numbers]:
                reader = self._assigned.pop(number).reader
                reader.ask_to_stop()
                self._leaving.append(reader)
            for order in orders:
                self._assign(order)
            self._leaving = [reader for reader in self._leaving if not reader.join(0)]

    def retry(self, number: int) -> None:
        """Try this camera now."""
        with self._lock:
            assigned = self._assigned.get(number)
        if assigned is not None:
            assigned.reader.retry()

    def watch(self) -> None:
        """The watchdog's look at every reader."""
        for assigned in self._all():
            assigned.reader.watch()

    def reports(self) -> list[CameraReport]:
        """How every camera is now."""
        return [
            CameraReport(
                assigned.order.number,
                assigned.reader.monitor.snapshot(),
                assigned.reader.inside_decoder_since_s,
            )
            for assigned in self._all()
        ]

    def stop(self, deadline_s: float) -> bool:
        """Ask all to end and wait for them; whether all did."""
        clock = self._around.clock
        until_s = clock.monotonic() + deadline_s
        with self._lock:
            readers = [*(each.reader for each in self._assigned.values()), *self._leaving]
            self._assigned = {}
        leaving: list[CameraReader | ClockRounds] = [*readers, self._clock_rounds]
        for each in leaving:
            each.ask_to_stop()
        ended = [each.join(until_s - clock.monotonic()) for each in leaving]
        return all(ended)

    def _readers(self) -> list[CameraReader]:
        return [assigned.reader for assigned in self._all()]

    def _all(self) -> list[_Assigned]:
        with self._lock:
            return list(self._assigned.values())

    def _assign(self, order: CameraOrder) -> None:
        assigned = self._assigned.get(order.number)
        if assigned is None:
            reader = CameraReader(order.camera, self._around)
            self._assigned[order.number] = _Assigned(order, reader)
            reader.show(_wanted(order), _new_outbox(order, None))
            reader.start()
        elif assigned.order != order:
            before, assigned.order = assigned.order, order
            outbox = _new_outbox(order, before)
            if order.camera.masks != before.camera.masks:
                assigned.reader.mask(order.camera.masks, outbox)
                outbox = None
            assigned.reader.show(_wanted(order), outbox)


def _wanted(order: CameraOrder) -> Wanted | None:
    tile = order.tile
    return None if tile is None else Wanted(tile.width_px, tile.height_px, tile.main)


def _new_outbox(order: CameraOrder, before: CameraOrder | None) -> Outbox | None:
    """The outbox the camera's pictures go into from now on, if it is another than before."""
    if order.tile is None:
        return None
    if before is not None and before.tile and before.tile.segment == order.tile.segment:
        return None
    try:
        return SharedOutbox(order.tile.segment)
    except (OSError, ValueError):
        return None  # taken away again meanwhile: the next order names another
