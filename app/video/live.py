"""What the camera wall asks of live video. Knows no threads, no processes, no decoder.

Behind `LivePictures` stand threads of this process (`app.video.threaded`) or worker processes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from app.cameras.address import CameraAddress
from app.cameras.masks import PrivacyMask
from app.video.health import Health
from app.video.picture import Picture

StateListener = Callable[[str, Health], None]
"""Told (camera id, health) when a camera's state changes; on a thread of the video room."""


@dataclass(frozen=True, slots=True)
class WatchedCamera:
    """One camera as the wall opens it: its id, and its streams' addresses with their credentials.

    `sub` is None where the camera has one stream only. `masks` are burnt into every picture before
    it leaves the decoder.
    """

    camera_id: str
    main: CameraAddress
    sub: CameraAddress | None = None
    masks: tuple[PrivacyMask, ...] = ()

    def has_streams_of(self, other: WatchedCamera) -> bool:
        """Whether it is read as the other is: nothing but the masks may differ."""
        return replace(self, masks=()) == replace(other, masks=())

    def hides_more_than(self, before: WatchedCamera) -> bool:
        """Whether a picture made for `before` may show what must not be seen now."""
        return not set(self.masks) <= set(before.masks)


class Wanted(NamedTuple):
    """What a visible tile wants: pictures fitting this box, in device pixels.

    `main` asks for the main stream whatever the size: full screen, zoom, the selected tile.
    """

    width_px: int
    height_px: int
    main: bool = False


class LivePictures(Protocol):
    """The newest picture of every camera. No call waits for a camera; `stop` alone may."""

    def start(self) -> None:
        """Begin to serve. Cameras may be set before or after."""
        ...

    def stop(self, deadline_s: float = 3.5) -> tuple[str, ...]:
        """Close everything; back within `deadline_s`. Ids of cameras that would not let go."""
        ...

    def set_cameras(self, cameras: Sequence[WatchedCamera]) -> None:
        """The cameras there are from now on. Those unchanged go on undisturbed.

        Masks hold on return: from then on `newest` gives nothing that was made without them. One
        whose masks alone changed is not connected anew.
        """
        ...

    def show(self, wanted: Mapping[str, Wanted]) -> None:
        """Which cameras are seen, and what their tiles want; the first named come first.

        Cameras not named are hidden: they decode nothing; now and then they are asked to answer.
        """
        ...

    def newest(self, camera_id: str) -> Picture | None:
        """The newest picture, however old: ask its age before showing it. None if there is none
        that may be shown, also where there was one before.

        Its pixels are not written again while the Picture lives; hold no more than two of one
        camera, or it can show nothing newer.
        """
        ...

    def health(self, camera_id: str) -> Health:
        """How the camera is now. An unknown id is OFF."""
        ...

    def retry(self, camera_id: str) -> None:
        """Try now, not when the back-off ends."""
        ...
