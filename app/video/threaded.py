"""Live pictures by threads of this process, one a camera. Knows no window."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.video.clock_rounds import ClockRounds
from app.video.health import Health
from app.video.live import Wanted, WatchedCamera
from app.video.picture import Mailbox, Picture
from app.video.reader import CameraReader, Surroundings

_WATCH_EVERY_S = 0.5


class ThreadedPictures:
    """`LivePictures` in this process.

    Its threads are not daemons: Python would leave with one of them inside the decoder, and the
    process would be aborted. The decoder's own time-outs bound how long it waits for them, and the
    watchdog stops them if the main thread ends without `stop`.
    """

    def __init__(self, around: Surroundings) -> None:
        self._around = replace(around, outbox=self._new_mailbox)
        self._lock = threading.Lock()
        self._readers: dict[str, CameraReader] = {}
        self._leaving: list[CameraReader] = []
        self._mailboxes: dict[str, Mailbox] = {}
        self._wanted: dict[str, Wanted] = {}
        self._started = False
        self._stop = threading.Event()
        self._watchdog = threading.Thread(target=self._watch, name="camera watchdog")
        self._clock_rounds = ClockRounds(self._all_readers, self._around)

    def start(self) -> None:
        """Begin to read. Raises RuntimeError when started twice."""
        with self._lock:
            self._watchdog.start()
            self._clock_rounds.start()
            self._started = True
            for reader in self._readers.values():
                reader.start()

    def stop(self, deadline_s: float = 3.5) -> tuple[str, ...]:
        """Ask all readers to end and wait for them; ids of those that would not."""
        clock = self._around.clock
        until_s = clock.monotonic() + deadline_s
        readers = self._ask_all_to_stop()
        if not self._started:
            return ()
        self._watchdog.join(max(0.0, until_s - clock.monotonic()))
        self._clock_rounds.join(until_s - clock.monotonic())
        stragglers = [
            reader.camera.camera_id
            for reader in readers
            if not reader.join(until_s - clock.monotonic())
        ]
        return tuple(dict.fromkeys(stragglers))

    def set_cameras(self, cameras: Sequence[WatchedCamera]) -> None:
        """Readers for these cameras; one whose address changed is read anew, one whose masks
        changed goes on with the new ones."""
        wanted = {camera.camera_id: camera for camera in cameras}
        with self._lock:
            if self._stop.is_set():
                return
            for camera_id, reader in list(self._readers.items()):
                camera = wanted.get(camera_id)
                if camera is None or not camera.has_streams_of(reader.camera):
                    self._let_go(self._readers.pop(camera_id))
                    del self._mailboxes[camera_id]
                elif camera != reader.camera:
                    self._mask(reader, camera)
            for camera_id, camera in wanted.items():
                if camera_id not in self._readers:
                    self._readers[camera_id] = self._new_reader(camera)
            self._leaving = [reader for reader in self._leaving if not reader.join(0)]

    def show(self, wanted: Mapping[str, Wanted]) -> None:
        """Which cameras are seen, and what their tiles want."""
        with self._lock:
            self._wanted = dict(wanted)
            for camera_id, reader in self._readers.items():
                reader.show(wanted.get(camera_id))

    def newest(self, camera_id: str) -> Picture | None:
        """The newest picture, however old."""
        mailbox = self._mailboxes.get(camera_id)
        return None if mailbox is None else mailbox.newest()

    def health(self, camera_id: str) -> Health:
        """How the camera is now."""
        reader = self._readers.get(camera_id)
        return Health(camera_id) if reader is None else reader.monitor.snapshot()

    def retry(self, camera_id: str) -> None:
        """Try now."""
        reader = self._readers.get(camera_id)
        if reader is not None:
            reader.retry()

    def _mask(self, reader: CameraReader, camera: WatchedCamera) -> None:
        mailbox = None
        if camera.hides_more_than(reader.camera):
            mailbox = self._new_mailbox(camera.camera_id)
        reader.mask(camera.masks, mailbox)

    def _new_mailbox(self, camera_id: str) -> Mailbox:
        self._mailboxes[camera_id] = Mailbox()
        return self._mailboxes[camera_id]

    def _new_reader(self, camera: WatchedCamera) -> CameraReader:
        reader = CameraReader(camera, self._around)
        reader.show(self._wanted.get(camera.camera_id))
        if self._started:
            reader.start()
        return reader

    def _let_go(self, reader: CameraReader) -> None:
        reader.ask_to_stop()
        if self._started:
            self._leaving.append(reader)

    def _ask_all_to_stop(self) -> list[CameraReader]:
        with self._lock:
            self._stop.set()
            self._clock_rounds.ask_to_stop()
            readers = [*self._readers.values(), *self._leaving]
        for reader in readers:
            reader.ask_to_stop()
        return readers

    def _watch(self) -> None:
        clock, load = self._around.clock, self._around.load
        while True:
            slept_s = clock.monotonic()
            if self._stop.wait(_WATCH_EVERY_S):
                return
            now_s = clock.monotonic()
            load.woke(now_s - slept_s - _WATCH_EVERY_S, now_s)
            if not threading.main_thread().is_alive():
                self._ask_all_to_stop()
                return
            for reader in self._all_readers():
                reader.watch()

    def _all_readers(self) -> list[CameraReader]:
        with self._lock:
            return list(self._readers.values())
