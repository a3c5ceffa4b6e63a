"""What the Review place asks of a playback. Behind it stand `app.video.playback`'s threads.

No call waits for a picture. Frames are asked for, many times a second; they never come by signal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from app.cameras.masks import PrivacyMask
from app.video.archive.segment import Span
from app.video.live import Wanted
from app.video.picture import Size
from app.video.playback.shown import Nothing, PlaybackState, Shown


class Player(Protocol):
    """Cameras in step on one clock."""

    on_news: Callable[[], None] | None
    """Called on any thread when there is something else to show while time stands still."""

    def start(self) -> None:
        """Begin to serve."""
        ...

    def stop(self, deadline_s: float = 2.0) -> tuple[str, ...]:
        """End every thread; names of those that would not."""
        ...

    def show(self, wanted: Mapping[str, Wanted]) -> None:
        """Which cameras are seen, and how large; those not named decode nothing."""
        ...

    def set_masks(self, masks: Mapping[str, tuple[PrivacyMask, ...]]) -> None:
        """What must not be seen, from now on."""
        ...

    def seek(self, at: datetime) -> None:
        """Go there: the keyframe at once, the exact frame after."""
        ...

    def scrub(self, at: datetime) -> None:
        """Go there while the pointer drags."""
        ...

    def play(self, speed: float) -> None:
        """Run, backwards where `speed` is negative."""
        ...

    def pause(self) -> None:
        """Stand still."""
        ...

    def step(self, frames: int) -> None:
        """So many frames on, or back."""
        ...

    def follow_live(self) -> None:
        """As late as the growing files make it."""
        ...

    def loop(self, span: Span | None) -> None:
        """Round and round in this span; None: straight on."""
        ...

    @property
    def position(self) -> datetime:
        """The instant that all tiles show."""
        ...

    @property
    def speed(self) -> float:
        """As it was set last."""
        ...

    @property
    def state(self) -> PlaybackState:
        """What it does now."""
        ...

    def newest(self, camera_id: str, *, painted_after_s: float = 0.0) -> Shown | Nothing | None:
        """What a camera shows now, or so much later; None while nothing is known."""
        ...


class Peeks(Protocol):
    """Small pictures for the pointer on the timeline; the latest question wins."""

    def start(self) -> None: ...

    def stop(self, deadline_s: float = 2.0) -> object: ...

    def set_masks(self, masks: Mapping[str, tuple[PrivacyMask, ...]]) -> None:
        """What must not be seen, from now on."""
        ...

    def ask(self, camera_id: str, at: datetime, size: Size) -> None:
        """What did this camera show at that instant?"""
        ...

    def newest(self) -> Shown | None:
        """The answer to the last question that has one."""
        ...
