"""What every decode worker has to do for the wall, as it is now. Knows no process.

Worked out anew at every look and from nothing but the wall and the past deaths, so that a worker
that takes another's place is told the same as the one before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.video.health import CameraState
from app.video.live import Wanted
from app.video.workers.orders import Cameras
from app.video.workers.placement import Placement
from app.video.workers.remote_camera import RemoteCamera
from app.video.workers.restarts import Restarts

HIDDEN_EVERY_S = 0.5
_PICTURES_KEPT_S = 60.0


@dataclass(frozen=True, slots=True)
class Wall:
    """All cameras of the register, and which of them are seen, the most urgent first."""

    cameras: Mapping[str, RemoteCamera] = field(default_factory=dict)
    shown: Mapping[str, Wanted] = field(default_factory=dict)

    @property
    def in_view(self) -> list[RemoteCamera]:
        """The cameras that are seen, in that order."""
        return [self.cameras[camera_id] for camera_id in self.shown if camera_id in self.cameras]

    @property
    def by_urgency(self) -> list[RemoteCamera]:
        """All of them: those in view first."""
        hidden = [camera for i, camera in self.cameras.items() if i not in self.shown]
        return [*self.in_view, *hidden]


class Assignments:
    """Used by the supervisor's thread alone."""

    def __init__(self, restarts: Restarts) -> None:
        self._restarts = restarts
        self._placement = Placement()
        self._places: Mapping[str, int] = {}
        self._hidden: dict[int, set[int]] = {}
        """By place: the hidden cameras its worker has been given."""
        self._next_hidden_s: dict[int, float] = {}
        self._hidden_since_s: dict[str, float] = {}

    def all(self, wall: Wall, now_s: float) -> Mapping[int, Cameras]:
        """By place, the most urgent first: what its worker has to do. Makes the cameras'
        segments."""
        self._place(wall)
        self._let_go_of_pictures(wall, now_s)
        crews: dict[int, list[RemoteCamera]] = {}
        for camera in wall.by_urgency:
            crews.setdefault(self._places[camera.camera_id], []).append(camera)
        return {place: self._orders(place, crew, wall, now_s) for place, crew in crews.items()}

    def begin_anew(self, place: int) -> None:
        """The worker there is gone: the next one gets its hidden cameras one by one again."""
        self._hidden.pop(place, None)

    def keep_waiting(self, camera: RemoteCamera) -> None:
        """Another worker is no reason to try a wrong password again: cameras lock out."""
        health = camera.health()
        if health.state is CameraState.WRONG_PASSWORD and health.next_try_s is not None:
            self._restarts.hold(camera.camera_id, health.next_try_s)

    def _place(self, wall: Wall) -> None:
        in_view = [camera.camera_id for camera in wall.in_view]
        before = self._places
        self._places = self._placement.arrange(list(wall.cameras), in_view, self._restarts.ward)
        for camera_id, place in self._places.items():
            if before.get(camera_id, place) != place:
                wall.cameras[camera_id].renew()
                self.keep_waiting(wall.cameras[camera_id])

    def _let_go_of_pictures(self, wall: Wall, now_s: float) -> None:
        """Cameras long hidden give their memory back."""
        for camera_id, camera in wall.cameras.items():
            camera.tidy()
            if camera_id in wall.shown or not camera.has_pictures:
                self._hidden_since_s.pop(camera_id, None)
            elif now_s - self._hidden_since_s.setdefault(camera_id, now_s) > _PICTURES_KEPT_S:
                camera.drop_pictures()

    def _orders(
        self, place: int, crew: Sequence[RemoteCamera], wall: Wall, now_s: float
    ) -> Cameras:
        """Cameras in view at once; of the hidden ones one more now and then, so that two hundred
        do not all knock at the same moment."""
        orders = []
        hidden = self._hidden.get(place, set())
        self._hidden[place] = still_hidden = set()
        for camera in crew:
            wanted = wall.shown.get(camera.camera_id)
            if not self._restarts.is_due(camera.camera_id, now_s):
                continue
            if wanted is None:
                if camera.number not in hidden and not self._is_turn(place, camera, now_s):
                    continue
                still_hidden.add(camera.number)
            orders.append(camera.order(wanted))
        return Cameras(tuple(orders))

    def _is_turn(self, place: int, camera: RemoteCamera, now_s: float) -> bool:
        """A camera just hidden stays; of the others one at a time."""
        if camera.has_pictures:
            return True
        if now_s < self._next_hidden_s.get(place, 0.0):
            return False
        self._next_hidden_s[place] = now_s + HIDDEN_EVERY_S
        return True
