"""A camera that stands still: the frame of one instant, its keyframe first, and what steps need.

Each call does one piece of work, so that a newer wish is seen before the next.
"""

from __future__ import annotations

from collections import deque

from app.cameras.camera import StreamKind
from app.video.archive.segment import GapCause
from app.video.playback.course import Absence, Waiting
from app.video.playback.open_segment import OpenSegment
from app.video.playback.reel import Frame
from app.video.playback.stage import Place, Stage
from app.video.playback.store import Item
from app.video.playback.transport import Plan

_BEHIND = 12  # frames before the one asked for: the first steps back. Scaled when that one is shown
_NEAR_BORDER = 6  # frames: a step may soon cross into the next group
_IDLE_S = 0.5
_REACHES_SCREEN_S = 0.02
"""What was sought is painted in peace before more is decoded: both want every core there is."""
_PACKETS_AT_A_TIME = 4  # between two looks at where the playback is


class Standing:
    """For the player's thread."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._order = -1
        self._keyframe_shown = False
        self._given_up: tuple[int, int] | None = None
        self._given_s = float("-inf")
        self._fetched: set[tuple[int, int]] = set()
        self._left_out: set[tuple[int, int]] = set()
        self._behind: deque[Frame] = deque(maxlen=_BEHIND)

    def forget(self) -> None:
        """Something else was done meanwhile."""
        self._order = -1
        self._behind.clear()

    def work(self, plan: Plan, stream: StreamKind) -> float:
        """One piece of work; how many seconds may pass before the next."""
        if plan.order != self._order:
            self._order = plan.order
            self._keyframe_shown = False
            self._given_up = None
            self._fetched.clear()
            self._left_out.clear()
            self._behind.clear()
        stage = self._stage
        found = stage.course.at(plan.at_us, stream)
        if isinstance(found, Waiting):
            stage.transport.ready(stage.camera_id, plan.order)
            return stage.limits.look_again_s / 2
        place = found if isinstance(found, Absence) else self._in_segment(found, plan)
        if isinstance(place, Absence):
            stage.tell(place, plan)
            stage.transport.ready(stage.camera_id, plan.order)
            return stage.limits.look_again_s
        return self._show(place, plan)

    def _in_segment(self, open_: OpenSegment, plan: Plan) -> Place | Absence:
        at_us = plan.at_us
        if plan.keyframe_first:
            self._stage.hasten(open_, open_.group_at(at_us))
        place = self._stage.place(open_, at_us)
        if isinstance(place, Absence):
            return place
        still_until_us = place.at_us + self._stage.still_us
        if at_us >= still_until_us and not open_.segment.is_growing:
            return Absence(still_until_us, max(place.until_us, at_us + 1), None)
        return place

    def _show(self, place: Place, plan: Plan) -> float:
        stage = self._stage
        key = (place.open.segment.id, place.number)
        shown = stage.outgoing.exact(plan)
        if shown is not None and shown.key == (*key, *stage.share.box):
            stage.transport.ready(stage.camera_id, plan.order)
            rest_s = self._given_s + _REACHES_SCREEN_S - stage.clock.monotonic()
            return rest_s if rest_s > 0 else self._prepare_steps(place, plan)
        item = stage.store.get(*key)
        if item is None and self._given_up == key:
            item = stage.store.nearest_before(*key)
        if item is not None:
            self._give(item, place, plan)
            return 0.0
        self._decode_to(place, plan)
        return 0.0

    def _give(self, item: Item, place: Place, plan: Plan) -> None:
        """Also where the frame stands for an instant before the segment's first, or, if the
        decoder left the very frame out, after its own time."""
        until_us = max(item.until_us, place.until_us, plan.at_us + 1)
        stands = Item(
            item.kept, item.segment_id, place.number, item.at_us, until_us,
            item.stream, item.clock_ahead_ms, item.box,
        ) if until_us != item.until_us else item  # fmt: skip
        self._stage.show(stands, plan, from_us_=plan.at_us)
        self._given_s = self._stage.clock.monotonic()

    def _decode_to(self, place: Place, plan: Plan) -> None:
        """One turn towards the frame. The keyframe it begins with is shown without a look at
        newer wishes: a drag that never rests still shows pictures."""
        stage, reel = self._stage, self._stage.reel
        if not reel.is_on_way_to(place.open, place.begins_with, place.number):
            if not stage.begin(place.open, place.begins_with):
                return
            frames = stage.turn()
            while frames is not None and not frames and not reel.at_end:
                frames = stage.turn()
        else:
            frames = stage.turn()
        for left in reversed(range(_PACKETS_AT_A_TIME)):
            if frames is None:
                return
            self._take(frames, place, plan)
            if not left or reel.next_number > place.number or reel.at_end or stage.is_over(plan):
                break
            frames = stage.turn()
        if reel.next_number > place.number or (reel.at_end and not frames):
            self._given_up = (place.open.segment.id, place.number)
            if self._behind and stage.store.get(*self._given_up) is None:
                stage.keep(self._behind.pop(), plan.at_us)
            if stage.store.nearest_before(*self._given_up) is None:
                stage.tell(Absence(plan.at_us, place.until_us, GapCause.DISK), plan)

    def _take(self, frames: list[Frame], place: Place, plan: Plan) -> None:
        stage = self._stage
        for frame in frames:
            is_start = frame.frame.key_frame and not self._keyframe_shown
            if not is_start and frame.number < place.number:
                if stage.share.threads == 1:  # a dozen of full size are too many for all of several
                    self._behind.clear()
                self._behind.append(frame)
                continue
            item = stage.keep(frame, plan.at_us)
            if is_start and frame.number < place.number and self._may_show_keyframe(plan):
                stage.show(item, plan, exact=False)

    def _may_show_keyframe(self, plan: Plan) -> bool:
        """Once an order, and only while what it was asked for is what is wanted."""
        if not plan.keyframe_first or self._keyframe_shown:
            return False
        self._keyframe_shown = True
        return self._stage.transport.plan().jump == plan.jump

    def _prepare_steps(self, place: Place, plan: Plan) -> float:
        """Decode the rest of the group, and the next one near its border, as memory allows."""
        stage = self._stage
        if plan.is_scrubbing or not stage.share.prepares_steps:
            return _IDLE_S
        if self._behind:
            frame = self._behind.pop()
            if stage.store.get(*frame.key) is None:
                stage.keep(frame, plan.at_us)
            return 0.0
        for group_number in self._groups_near(place):
            if self._fetch(place.open, group_number, place.number, plan):
                return 0.0
        return _IDLE_S if not place.open.segment.is_growing else stage.limits.look_again_s

    def _groups_near(self, place: Place) -> list[int]:
        index = place.number - place.group.first_number
        near = [place.group_number]
        if index < _NEAR_BORDER and place.group_number > 0:
            near.append(place.group_number - 1)
        left = len(place.group.packets) - 1 - index
        if left < _NEAR_BORDER and place.group_number + 1 < place.open.group_count:
            near.append(place.group_number + 1)
        item = self._stage.store.get(place.open.segment.id, place.number)
        if item is not None:
            groups = self._stage.share.bytes * 0.9 / (item.kept.bytes * len(place.group.packets))
            near = near[: int(groups)]
        return near

    def _fetch(self, open_: OpenSegment, group_number: int, number: int, plan: Plan) -> bool:
        """One turn for what is missing of a group; False if nothing is, or it cannot be had."""
        stage, reel, segment_id = self._stage, self._stage.reel, open_.segment.id
        name = (segment_id, group_number)
        group = stage.group(open_, group_number) if name not in self._fetched else None
        if group is None:
            return False
        beyond = group.first_number + len(group.packets)
        missing = [
            each
            for each in range(group.first_number, beyond)
            if stage.store.get(segment_id, each) is None
            and (segment_id, each) not in self._left_out
        ]
        if not missing:
            return False
        target = next((each for each in missing if each > number), missing[0])
        if not reel.is_on_way_to(open_, group_number, target) and not stage.begin(
            open_, group_number
        ):
            self._fetched.add(name)
            return False
        frames = stage.turn()
        for frame in frames or ():
            if stage.store.get(segment_id, frame.number) is None:
                stage.keep(frame, plan.at_us)
        if frames is None:
            self._fetched.add(name)
        elif stage.store.get(segment_id, target) is None and (
            reel.next_number > target or (reel.at_end and not frames)
        ):
            self._left_out.add((segment_id, target))
        return True
