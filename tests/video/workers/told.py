"""What the console's listener was told, and what a tile would show."""

from __future__ import annotations

import time

from app.video.health import Health
from app.video.live import LivePictures


class Told:
    """A `StateListener` that remembers."""

    def __init__(self) -> None:
        self.healths: list[Health] = []

    def __call__(self, camera_id: str, health: Health) -> None:
        assert health.camera_id == camera_id
        self.healths.append(health)

    def states(self, camera_id: str) -> list[str]:
        """The camera's states in order."""
        return [each.state.value for each in self.healths if each.camera_id == camera_id]

    def reasons(self, camera_id: str) -> list[str]:
        """Why it was not live, in order."""
        healths = [each for each in self.healths if each.camera_id == camera_id]
        return [each.reason.template for each in healths if each.reason is not None]


def is_live(live: LivePictures, *camera_ids: str) -> bool:
    """Whether the tiles of all these cameras show what happens now."""
    return all(live.health(camera_id).is_live(time.monotonic()) for camera_id in camera_ids)
