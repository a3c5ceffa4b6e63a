"""What a review tile shows: a picture of recorded footage, or why there is none. Knows no file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.cameras.camera import StreamKind
from app.video.archive.segment import GapCause
from app.video.picture import Picture, Pixels, Size


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """A picture of recorded footage, scaled for its tile with the camera's own proportions.

    `pixels`: (height, width, 4) uint8, BGRA with A = 255, never written again, with the privacy
    masks burnt in; its rows may lie apart. Another `seq` is another picture; `Nothing` has one too.
    """

    camera_id: str
    seq: int
    pixels: Pixels
    at: datetime
    """Aware UTC: when its segment begins, plus its own time after the segment's first frame."""
    stream: StreamKind
    source_size: Size
    """What was recorded, before scaling."""
    frame_number: int | None
    """Its number in its segment, from 0; None if that is not known."""
    is_exact: bool
    """False: the keyframe that is shown until the frame asked for has been decoded."""
    clock_ahead_ms: int | None
    """The camera's own clock minus this computer's; None if not known."""

    @property
    def size(self) -> Size:
        """The size of `pixels`."""
        return Size(self.pixels.shape[1], self.pixels.shape[0])

    @property
    def picture(self) -> Picture:
        """The same pixels as the wall's tiles take them; it came at no time of this computer's."""
        return Picture(
            self.camera_id, self.seq, self.pixels, 0.0, self.at.timestamp(),
            self.source_size, self.stream,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is no picture of the camera at this instant."""

    camera_id: str
    seq: int
    at: datetime
    cause: GapCause | None
    """None: deleted by age, never recorded, or not read yet."""
    from_us: int = 0
    until_us: int = 0
    """From when to before when it is so, as far as is known, in µs since the epoch."""

    def holds(self, at_us: int) -> bool:
        """Whether there is none at this instant either, for the same cause."""
        return self.from_us <= at_us < self.until_us


class PlaybackState(StrEnum):
    """What the playback does now."""

    PAUSED = "paused"
    PLAYING = "playing"
    SEEKING = "seeking"  # the picture asked for is not there yet; it may go on playing afterwards
    FOLLOWING = "following"  # live, about two seconds late
