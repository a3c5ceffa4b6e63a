"""Starts decode workers, hears them, ends those that misbehave and starts others in their place.

One thread does all of it and waits for no worker; the console's own threads wait for neither.
"""

from __future__ import annotations

import itertools
import logging
import os
import socket
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait

from app.clock import Clock
from app.video.health import CameraState
from app.video.live import StateListener, Wanted, WatchedCamera
from app.video.reader import Limits
from app.video.shared_pictures import remove_stale_segments
from app.video.workers import child
from app.video.workers.assignments import Assignments, Wall
from app.video.workers.channel import WorkerGone
from app.video.workers.orders import Retry
from app.video.workers.remote_camera import RemoteCamera
from app.video.workers.reports import BadReport, CameraReport, Note
from app.video.workers.restarts import Restarts
from app.video.workers.worker import ChildMain, Fault, Patience, Worker

_logger = logging.getLogger(__name__)

_WAIT_S = 0.2
_LOOK_EVERY_S = 0.2
_LONGEST_LOOK_S = 0.4
"""More time than this has not passed between two looks, whatever the clock says: the computer was
asleep, or this process was kept from running."""
_WEIGH_EVERY_S = 1.0
_MOST_STARTING = 1 + (os.cpu_count() or 1)
"""A start is a quarter of a second of work: all at once, the first would be ready with the last."""
_MOST_NOTES = 20
_LEAVE_RESERVE_S = 0.4
_CRASH_DEADLINE_S = 1.0


@dataclass(frozen=True, slots=True)
class Terms:
    """How workers are run; a test brings its own."""

    limits: Limits = field(default_factory=Limits)
    patience: Patience = field(default_factory=Patience)
    main: ChildMain = child.run


class Supervisor:
    """What stands under "any thread" waits for nothing but `stop`; the rest is its own thread's."""

    def __init__(self, clock: Clock, on_state: StateListener | None, terms: Terms) -> None:
        self._clock = clock
        self._on_state = on_state
        self._terms = terms
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._wall = Wall()
        self._gone: list[RemoteCamera] = []
        self._retries: list[str] = []
        self._news = False
        self._leave_by_s: float | None = None
        self._bell, self._button = socket.socketpair()
        self._bell.setblocking(False)
        self._button.setblocking(False)
        self._restarts = Restarts()
        self._assignments = Assignments(self._restarts)
        self._workers: dict[int, Worker] = {}
        self._ending: list[Worker] = []
        self._told: dict[int, CameraState] = {}
        self._notes = 0
        self._looked_s = self._weighed_s = 0.0
        self._killed: tuple[str, ...] = ()
        self._thread = threading.Thread(target=self._run, name="decode workers")

    # Any thread

    def start(self) -> None:
        """Begin. Raises RuntimeError when started twice."""
        self._thread.start()

    def change(self, cameras: Sequence[WatchedCamera], shown: Mapping[str, Wanted]) -> None:
        """What there is to read and to show from now on. Those unchanged go on undisturbed."""
        with self._lock:
            before = self._wall.cameras
            now: dict[str, RemoteCamera] = {}
            for camera in cameras:
                known = before.get(camera.camera_id)
                if known is None or not known.camera.has_streams_of(camera):
                    known = RemoteCamera(next(self._numbers), camera, self._clock)
                elif known.camera != camera:
                    known.mask(camera)
                now[camera.camera_id] = known
            self._gone += [camera for i, camera in before.items() if now.get(i) is not camera]
            self._wall = Wall(now, shown)
        self._ring()

    def camera(self, camera_id: str) -> RemoteCamera | None:
        """The camera as the console knows it; None when it is not on the register."""
        return self._wall.cameras.get(camera_id)

    def retry(self, camera_id: str) -> None:
        """Try this camera now."""
        with self._lock:
            self._retries.append(camera_id)
        self._ring()

    def process_of(self, camera_id: str) -> int | None:
        """The process that reads the camera now."""
        for worker in list(self._workers.values()):
            if camera_id in worker.reads.values():
                return worker.pid
        return None

    def stop(self, deadline_s: float) -> tuple[str, ...]:
        """End all workers by then; ids of cameras whose worker had to be killed."""
        self._leave_by_s = self._clock.monotonic() + deadline_s - _LEAVE_RESERVE_S
        if self._thread.ident is None:
            self._close()
        else:
            self._ring()
            self._thread.join(deadline_s)
        return self._killed

    def _ring(self) -> None:
        self._news = True
        with suppress(OSError):  # rung often enough, or nobody is there any more
            self._button.send(b"!")

    # Its thread

    def _run(self) -> None:
        remove_stale_segments()
        self._looked_s = self._weighed_s = self._clock.monotonic()
        try:
            while self._leave_by_s is None and threading.main_thread().is_alive():
                self._hear(self._wait())
                passed_s = self._clock.monotonic() - self._looked_s
                if self._news or passed_s >= _LOOK_EVERY_S:
                    self._news = False
                    self._looked_s += passed_s
                    self._look(min(passed_s, _LONGEST_LOOK_S))
                    self._hand_out()
        finally:
            self._end_all()
            self._close()

    def _wait(self) -> list[object]:
        """Until a worker says something or ends, or something is asked of us."""
        channels = [worker.channel.end for worker in self._workers.values()]
        sentinels = [worker.sentinel for worker in self._workers.values()]
        ready: list[object] = list(wait([self._bell, *channels, *sentinels], _WAIT_S))
        if self._bell in ready:
            self._bell.recv(4096)
        if any(sentinel in ready for sentinel in sentinels):
            self._news = True
        return ready

    def _hear(self, ready: list[object]) -> None:
        for worker in [each for each in self._workers.values() if each.channel.end in ready]:
            starting = worker.is_starting
            try:
                for report in worker.hear():
                    if isinstance(report, CameraReport):
                        self._heard(worker, report)
                    elif isinstance(report, Note):
                        self._note(worker, report)
            except BadReport:
                self._lose(worker, Fault.NO_SENSE)
            except WorkerGone:
                self._lose(worker, Fault.ENDED)
            if starting and worker.is_ready:
                self._news = True  # the next may start

    def _heard(self, worker: Worker, report: CameraReport) -> None:
        camera = self._wall.cameras.get(worker.reads.get(report.number, ""))
        if camera is not None and camera.number == report.number:
            camera.heard(report.health)
            self._tell(camera)

    def _note(self, worker: Worker, note: Note) -> None:
        self._notes += 1
        if self._notes <= _MOST_NOTES:  # a worker gone mad may not fill the disk
            _logger.error("decode worker %d: %s", worker.place + 1, note.text)

    def _tell(self, camera: RemoteCamera) -> None:
        """Tell the listener of a change of state, as we judge it."""
        health = camera.health()
        before = self._told.get(camera.number, CameraState.OFF)
        self._told[camera.number] = health.state
        if health.state is not before and self._on_state is not None:
            self._on_state(camera.camera_id, health)

    # Workers that misbehave

    def _look(self, passed_s: float) -> None:
        """Give up workers that have ended, do not answer, hang, or take too much memory."""
        weigh = self._looked_s - self._weighed_s >= _WEIGH_EVERY_S
        if weigh:
            self._weighed_s = self._looked_s
        for worker in list(self._workers.values()):
            fault = worker.fault_after(passed_s)
            if fault is None and weigh and worker.is_too_large:
                fault = Fault.TOO_LARGE
            if fault is not None:
                self._lose(worker, fault)
        self._ending = [worker for worker in self._ending if not worker.has_ended()]
        for camera in self._wall.in_view:
            self._tell(camera)

    def _lose(self, worker: Worker, fault: Fault) -> None:
        """Kill it; what it read is lost until another has it."""
        _logger.warning(
            "decode worker %d (process %d) is replaced: %s",
            *(worker.place + 1, worker.pid, fault.value),
        )
        worker.kill()
        del self._workers[worker.place]
        self._ending.append(worker)
        wall = self._wall
        hung = worker.reads.get(worker.hanging or 0) if fault is Fault.STUCK else None
        ids = [camera_id for camera_id in worker.reads.values() if camera_id in wall.cameras]
        shown = [camera_id for camera_id in ids if camera_id in wall.shown]
        self._restarts.died(worker.place, shown, self._clock.monotonic(), culprit=hung)
        self._assignments.begin_anew(worker.place)
        for camera_id in ids:
            camera = wall.cameras[camera_id]
            camera.worker_lost()
            self._assignments.keep_waiting(camera)
            self._tell(camera)
        self._news = True

    # What workers have to do

    def _hand_out(self) -> None:
        """Bring every worker to do what the wall asks for; one that does it is left alone."""
        with self._lock:
            wall, gone, self._gone = self._wall, self._gone, []
            retries, self._retries = self._retries, []
        for camera in gone:
            camera.close()
            self._told.pop(camera.number, None)
            self._restarts.forget(camera.camera_id)
        for camera_id in retries:
            self._restarts.let_go(camera_id)
        now_s = self._clock.monotonic()
        assignments = self._assignments.all(wall, now_s)
        for place, orders in assignments.items():
            worker = self._workers.get(place) or self._started(place, now_s)
            if worker is not None and orders != worker.orders:
                worker.give(orders)
        for place in self._workers.keys() - assignments.keys():
            worker = self._workers.pop(place)
            worker.ask_to_leave(_CRASH_DEADLINE_S)
            self._ending.append(worker)
        for camera_id in retries:
            self._retry(wall, camera_id)

    def _started(self, place: int, now_s: float) -> Worker | None:
        starting = sum(worker.is_starting for worker in self._workers.values())
        if starting >= _MOST_STARTING or not self._restarts.may_start(place, now_s):
            return None
        terms = self._terms
        try:
            worker = Worker(place, terms.main, terms.limits, terms.patience)
        except OSError as error:
            why = os.strerror(error.errno or 0)
            _logger.warning("a decode worker could not be started: %s", why)
            self._restarts.died(place, (), now_s)
            return None
        self._workers[place] = worker
        return worker

    def _retry(self, wall: Wall, camera_id: str) -> None:
        camera = wall.cameras.get(camera_id)
        for worker in self._workers.values():
            if camera is not None and camera.number in worker.reads:
                camera.retried()
                worker.give(Retry(camera.number))

    # The end

    def _end_all(self) -> None:
        """Ask all to leave; who has not left in time is killed."""
        now_s = self._clock.monotonic()
        until_s = self._leave_by_s if self._leave_by_s is not None else now_s + _CRASH_DEADLINE_S
        for worker in self._workers.values():
            worker.ask_to_leave(max(0.1, until_s - now_s - _LEAVE_RESERVE_S))
        left = self._ended([*self._workers.values(), *self._ending], until_s)
        for worker in left:
            worker.kill()
        self._killed = tuple(i for worker in left for i in worker.reads.values())
        self._ended(left, self._clock.monotonic() + _LEAVE_RESERVE_S)

    def _ended(self, workers: list[Worker], until_s: float) -> list[Worker]:
        """Wait for their end; those that are still there at that time."""
        while left := [worker for worker in workers if not worker.has_ended()]:
            rest_s = until_s - self._clock.monotonic()
            if rest_s <= 0:
                break
            workers = left
            wait([worker.sentinel for worker in workers], rest_s)
        return left

    def _close(self) -> None:
        for camera in [*self._wall.cameras.values(), *self._gone]:
            camera.close()
        self._bell.close()
        self._button.close()
