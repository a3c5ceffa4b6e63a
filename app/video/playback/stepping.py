"""Frame by frame, both ways, over groups and segments, in the order in which they were recorded.

So no frame is passed over where the clock was set back. Knows no decoder.
"""

from __future__ import annotations

import threading

from app.cameras.camera import StreamKind
from app.video.playback.open_segment import OpenSegment
from app.video.playback.stage import Place, Stage
from app.video.playback.transport import Plan


class Stepping:
    """`ask` on any thread; the rest for the player's."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._lock = threading.Lock()
        self._frames = 0

    @property
    def is_asked(self) -> bool:
        return self._frames != 0

    def ask(self, frames: int) -> None:
        """So many on, or back if negative, beside those not yet taken."""
        with self._lock:
            self._frames += frames

    def take(self, plan: Plan, stream: StreamKind) -> None:
        """Move the playback to the frame asked for; where there is none, as far as there are."""
        frames = self._frames
        try:
            self._walk(frames, plan, stream)
        finally:
            with self._lock:
                self._frames -= frames

    def _walk(self, frames: int, plan: Plan, stream: StreamKind) -> None:
        course = self._stage.course
        found = course.at(plan.at_us, stream)
        place = self._stage.place(found, plan.at_us) if isinstance(found, OpenSegment) else None
        if isinstance(found, OpenSegment) and isinstance(place, Place):
            self._go(found, place.number + frames)
            return
        nearest = course.nearest(plan.at_us, stream, forwards=frames > 0)
        if nearest is not None:
            self._go(nearest, frames - 1 if frames > 0 else nearest.frame_count + frames)

    def _go(self, open_: OpenSegment, number: int) -> None:
        course = self._stage.course
        while number >= open_.frame_count:
            following = course.after(open_)
            if following is None:
                number = open_.frame_count - 1
                break
            number -= open_.frame_count
            open_ = following
        while number < 0:
            before = course.before(open_)
            if before is None:
                number = 0
                break
            number += before.frame_count
            open_ = before
        course.use(open_)
        group = self._stage.group(open_, open_.group_of(number))
        if group is not None:
            index = min(number - group.first_number, len(group.times_us) - 1)
            self._stage.transport.step_to(group.times_us[index])
