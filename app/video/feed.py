"""What a stream's reader asks of the camera it belongs to, and tells it. Knows no threads."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from app.cameras.camera import StreamKind
from app.video.opener import Capture
from app.video.picture import Size
from app.video.reasons import CameraLost


class Duty(Enum):
    """What a stream's reader is to do now."""

    READ = auto()
    CHECK = auto()  # hidden: ask now and then whether it answers, decode nothing
    REST = auto()


class Feed(Protocol):
    """Whose stream it is. Called on the stream's own thread."""

    def duty(self, kind: StreamKind) -> Duty:
        """What to do now; asked after every picture."""
        ...

    def make(
        self, kind: StreamKind, capture: Capture, codec: str | None, at_s: float
    ) -> Size | None:
        """Make the picture grabbed, that arrived at `at_s`, and publish it; the size it was sent
        in, or None if it could not be made or is not to be shown any more."""
        ...

    def trying(self, kind: StreamKind, *, asked_for: bool) -> None:
        """A try to connect begins; `asked_for` by a person."""
        ...

    def arrived(self, kind: StreamKind, at_s: float) -> bool:
        """The camera delivered a picture; whether it is to be made."""
        ...

    def answered(self, kind: StreamKind) -> None:
        """It was checked, and answers."""
        ...

    def lost(self, kind: StreamKind, lost: CameraLost, next_try_in_s: float) -> None:
        """A try or a session ended."""
        ...

    def left(self, kind: StreamKind) -> None:
        """The thread ends; nothing more comes of it."""
        ...
