"""How a camera is: its state, why, and how old its newest picture is. Knows no decoder.

Live means that the newest picture is young, never that a thread is running.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.cameras.camera import StreamKind
from app.errors import Message
from app.video.picture import Size

LATE_AFTER_S = 1.0
LOST_AFTER_S = 3.0


class Freshness(StrEnum):
    """What a picture's age means on a tile: nothing to say, amber, red."""

    FRESH = "fresh"
    LATE = "late"
    LOST = "lost"


def freshness(age_s: float) -> Freshness:
    """≤ 1 s fresh, ≤ 3 s late, older lost."""
    if age_s <= LATE_AFTER_S:
        return Freshness.FRESH
    return Freshness.LATE if age_s <= LOST_AFTER_S else Freshness.LOST


class CameraState(StrEnum):
    """What a camera is doing. Late is not here: it is the age of a live camera's picture."""

    OFF = "off"  # not asked for anything yet
    CONNECTING = "connecting"
    LIVE = "live"
    STANDBY = "standby"  # hidden: answers when asked, nothing is decoded
    LOST = "lost"
    WRONG_PASSWORD = "wrong_password"  # tried again rarely: cameras lock out
    NO_VIDEO = "no_video"  # it answers, and has no such stream or no video in it

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong: it shows its picture, or would."""
        return self in (CameraState.LIVE, CameraState.STANDBY)

    @property
    def is_lost(self) -> bool:
        """Whether it is known not to show its picture."""
        return self in (CameraState.LOST, CameraState.WRONG_PASSWORD, CameraState.NO_VIDEO)


@dataclass(frozen=True, slots=True)
class Health:
    """A camera as it was when asked. `…_s` are on the monotonic clock, `…_at` aware UTC."""

    camera_id: str
    state: CameraState = CameraState.OFF
    reason: Message | None = None
    """Why it is not live, for people; holds no address and no password."""
    since_s: float = 0.0
    since_at: datetime | None = None
    attempt: int = 0
    """Which try to connect this is since the camera was last live; the first is 1."""
    last_picture_s: float | None = None
    last_picture_at: datetime | None = None
    size: Size | None = None
    codec: str | None = None
    fps: float = 0.0
    """Pictures a second that the camera really delivers, over the last two seconds or so."""
    drops: int = 0
    """Pictures made and replaced before anyone looked."""
    reconnects: int = 0
    """How often it came back since it was first live."""
    stream: StreamKind | None = None
    """Which of its streams the newest picture is from."""
    clock_ahead_s: float | None = None
    """The camera's own clock minus this computer's; None while not known."""
    next_try_s: float | None = None
    next_try_at: datetime | None = None

    def age_s(self, now_s: float) -> float | None:
        """How old the newest picture is; None if there never was one."""
        return None if self.last_picture_s is None else max(0.0, now_s - self.last_picture_s)

    def freshness(self, now_s: float) -> Freshness | None:
        """The age rule on the newest picture; None if there never was one."""
        age_s = self.age_s(now_s)
        return None if age_s is None else freshness(age_s)

    def is_well(self, now_s: float) -> bool:
        """Whether nothing is wrong: hidden and answering, or its picture is young."""
        return self.state is CameraState.STANDBY or self.is_live(now_s)

    def is_live(self, now_s: float) -> bool:
        """Whether the tile may show its picture as what happens now."""
        return self.state is CameraState.LIVE and self.freshness(now_s) in (
            Freshness.FRESH,
            Freshness.LATE,
        )
