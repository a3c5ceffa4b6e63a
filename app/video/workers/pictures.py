"""Live pictures by decode workers, processes of their own. Knows no window.

A stream that crashes or hangs its decoder costs the cameras of one worker some seconds, and the
console nothing.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Mapping, Sequence

from app.video.health import Health
from app.video.live import Wanted, WatchedCamera
from app.video.picture import Picture
from app.video.workers.assignments import Wall
from app.video.workers.remote_camera import RemoteCamera
from app.video.workers.supervisor import Supervisor, Terms


class WorkerPictures:
    """`LivePictures` by one process for every two cameras, at most eight.

    A picture of a camera that has been hidden for a minute is let go of; what is known of it stays.
    """

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._cameras: dict[str, RemoteCamera] = {}
        self._shown: dict[str, Wanted] = {}
        self._stopped = False
        self._supervisor = Supervisor(terms)

    def start(self) -> None:
        """Begin to read. Raises RuntimeError when started twice."""
        self._supervisor.start()

    def stop(self, deadline_s: float = 3.5) -> tuple[str, ...]:
        """End all workers by then; ids of cameras whose worker had to be killed."""
        with self._lock:
            stopped, self._stopped = self._stopped, True
        return () if stopped else self._supervisor.stop(deadline_s)

    def set_cameras(self, cameras: Sequence[WatchedCamera]) -> None:
        """The cameras from now on; one whose address or masks changed is read anew."""
        with self._lock:
            before, self._cameras = self._cameras, {}
            for camera in cameras:
                known = before.get(camera.camera_id)
                if known is None or known.camera != camera:
                    known = RemoteCamera(next(self._numbers), camera, self._terms.clock)
                self._cameras[camera.camera_id] = known
            self._change()

    def show(self, wanted: Mapping[str, Wanted]) -> None:
        """Which cameras are seen, and what their tiles want; the first named come first."""
        with self._lock:
            self._shown = dict(wanted)
            self._change()

    def newest(self, camera_id: str) -> Picture | None:
        """The newest picture, however old."""
        camera = self._cameras.get(camera_id)
        return None if camera is None else camera.newest()

    def health(self, camera_id: str) -> Health:
        """How the camera is now."""
        camera = self._cameras.get(camera_id)
        return Health(camera_id) if camera is None else camera.health()

    def retry(self, camera_id: str) -> None:
        """Try now."""
        self._supervisor.retry(camera_id)

    def process_of(self, camera_id: str) -> int | None:
        """The process that reads the camera now, for measurements; None while none does."""
        return self._supervisor.process_of(camera_id)

    def _change(self) -> None:
        if not self._stopped:
            self._supervisor.change(Wall(self._cameras, self._shown))
