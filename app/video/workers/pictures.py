"""Live pictures by decode workers, processes of their own. Knows no window.

A stream that crashes or hangs its decoder costs the cameras of one worker some seconds, and the
console nothing. Imports the machinery when it starts: the console makes this before its window is
seen, and starts it after.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.clock import Clock
from app.video.health import Health
from app.video.live import StateListener, Wanted, WatchedCamera
from app.video.picture import Picture

if TYPE_CHECKING:
    from app.video.workers.remote_camera import RemoteCamera
    from app.video.workers.supervisor import Supervisor, Terms


class WorkerPictures:
    """`LivePictures` by one process for every two cameras, at most eight.

    A picture of a camera that has been hidden for a minute is let go of; what is known of it stays.
    """

    def __init__(
        self, clock: Clock, on_state: StateListener | None = None, terms: Terms | None = None
    ) -> None:
        """`terms` say how workers are run, where not as usual."""
        self._clock = clock
        self._on_state = on_state
        self._terms = terms
        self._lock = threading.Lock()
        self._cameras: tuple[WatchedCamera, ...] = ()
        self._shown: dict[str, Wanted] = {}
        self._supervisor: Supervisor | None = None
        self._stopped = False

    def start(self) -> None:
        """Begin to read. Raises RuntimeError when started twice."""
        from app.video.workers.supervisor import Supervisor, Terms  # 25 ms: see above

        with self._lock:
            if self._supervisor is not None:
                raise RuntimeError("the decode workers have been started already")
            self._supervisor = Supervisor(self._clock, self._on_state, self._terms or Terms())
            self._change()
            self._supervisor.start()

    def stop(self, deadline_s: float = 3.5) -> tuple[str, ...]:
        """End all workers by then; ids of cameras whose worker had to be killed."""
        with self._lock:
            stopped, self._stopped = self._stopped, True
        if stopped or self._supervisor is None:
            return ()
        return self._supervisor.stop(deadline_s)

    def set_cameras(self, cameras: Sequence[WatchedCamera]) -> None:
        """The cameras from now on; one whose address changed is read anew, one whose masks changed
        goes on with the new ones."""
        with self._lock:
            self._cameras = tuple(cameras)
            self._change()

    def show(self, wanted: Mapping[str, Wanted]) -> None:
        """Which cameras are seen, and what their tiles want; the first named come first."""
        with self._lock:
            self._shown = dict(wanted)
            self._change()

    def newest(self, camera_id: str) -> Picture | None:
        """The newest picture, however old."""
        camera = self._camera(camera_id)
        return None if camera is None else camera.newest()

    def health(self, camera_id: str) -> Health:
        """How the camera is now."""
        camera = self._camera(camera_id)
        return Health(camera_id) if camera is None else camera.health()

    def retry(self, camera_id: str) -> None:
        """Try now."""
        if self._supervisor is not None:
            self._supervisor.retry(camera_id)

    def process_of(self, camera_id: str) -> int | None:
        """The process that reads the camera now, for measurements; None while none does."""
        return None if self._supervisor is None else self._supervisor.process_of(camera_id)

    def _camera(self, camera_id: str) -> RemoteCamera | None:
        return None if self._supervisor is None else self._supervisor.camera(camera_id)

    def _change(self) -> None:
        if self._supervisor is not None and not self._stopped:
            self._supervisor.change(self._cameras, self._shown)
