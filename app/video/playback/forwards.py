"""A camera that plays forwards: frame after frame, over groups, segments and gaps."""

from __future__ import annotations

from app.cameras.camera import StreamKind
from app.video.archive.segment import GapCause
from app.video.playback.course import FOR_EVER_US, Absence, Waiting, is_time
from app.video.playback.open_segment import OpenSegment
from app.video.playback.reel import Frame
from app.video.playback.running import Running
from app.video.playback.stage import Stage
from app.video.playback.store import Item
from app.video.playback.transport import Plan

_JUMP_S = 0.7  # of a person's time behind: then it goes on from the next keyframe


class Forwards(Running):
    """For the player's thread."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._open: OpenSegment | None = None
        self._number = 0
        """Of the frame that comes next in the line."""
        self._kept_us = 0
        self._until_us = FOR_EVER_US

    def _restart(self, plan: Plan, stream: StreamKind) -> None:
        super()._restart(plan, stream)
        self._open = None
        self._kept_us = -FOR_EVER_US

    def _is_over(self, item: Item | Absence, plan: Plan) -> bool:
        return item.until_us <= plan.at_us

    def _more(self, plan: Plan) -> bool:
        self._note_late(plan)
        if self._open is None and not self._find(plan):
            return False
        if self._open is None:  # a gap was put in the line
            return True
        if self._number >= self._open.frame_count:
            return self._at_end()
        if self._head_us >= self._until_us:
            self._open = None
            return True
        item = self._stage.store.get(self._open.segment.id, self._number)
        if item is not None and item.box == self._stage.share.box:
            self._take_item(item, plan)
            return True
        return self._decode(plan)

    def _note_late(self, plan: Plan) -> None:
        behind_us = plan.at_us - self._head_us
        self.late_s = 0.0 if plan.is_held else max(0, behind_us) / (plan.speed * 1_000_000)

    def _find(self, plan: Plan) -> bool:
        """What comes at the head: a segment to read or a gap for the line; False: not yet."""
        stage = self._stage
        if plan.at_us > self._head_us and not self._line:
            self._head_us = plan.at_us
        if not is_time(self._head_us):
            return False
        found = stage.course.at(self._head_us, self._stream)
        if isinstance(found, Waiting):
            return False
        if isinstance(found, OpenSegment):
            return self._enter(found)
        if found.until_us > self._head_us:
            from_us = max(found.from_us, self._head_us)
            self._line.append(Absence(from_us, max(found.until_us, from_us + 1), found.cause))
            self._head_us = found.until_us
        return is_time(found.until_us)

    def _enter(self, open_: OpenSegment) -> bool:
        place = self._stage.place(open_, self._head_us)
        if isinstance(place, Absence):
            self._line.append(place)
            self._head_us = max(place.until_us, self._head_us + 1)
            return True
        self._open, self._number = open_, place.number
        self._until_us = self._stage.course.borrowed_until_us
        if place.at_us <= self._head_us:
            self._head_us = place.at_us
        return True

    def _at_end(self) -> bool:
        """The segment is through: the next one that follows closely, else a gap."""
        open_, stage = self._open, self._stage
        assert open_ is not None
        ends_us = open_.ends_us
        if open_.segment.is_growing:
            found = stage.course.at(max(ends_us, self._head_us), self._stream)
            if found is open_ or self._number < open_.frame_count:
                return self._number < open_.frame_count
            if isinstance(found, Waiting):
                return False
            if isinstance(found, Absence):
                self._open = None
                return True
        self._head_us = max(self._head_us, ends_us)
        following = stage.course.following(open_)
        self._open = None
        if following is not None:
            self._enter_from_start(following)
        else:
            self._head_us += round(stage.limits.gap_after_s * 1_000_000)
        return True

    def _enter_from_start(self, open_: OpenSegment) -> None:
        """Its first frame is shown even if the one before was to stand a little longer; but time
        is not gone through twice where the clock was set back."""
        starts_us = open_.starts_us(0)
        close_us = round(self._stage.limits.gap_after_s * 1_000_000)
        if starts_us > self._head_us - close_us:
            self._head_us = starts_us
        self._stage.course.use(open_)
        self._enter(open_)

    def _take_item(self, item: Item, plan: Plan) -> None:
        """Put a frame in the line, and after it a gap if the camera sent nothing for long."""
        self._number = item.number + 1
        self._head_us = item.until_us
        if item.at_us < self._kept_us + self._spacing_us(plan):
            return
        self._kept_us = item.at_us
        self._line.append(item)
        still_us = item.at_us + self._stage.still_us
        if item.until_us > still_us:
            self._line.append(Absence(still_us, item.until_us, None))

    def _decode(self, plan: Plan) -> bool:
        open_, stage, reel = self._open, self._stage, self._stage.reel
        assert open_ is not None
        if self.late_s > _JUMP_S and not plan.is_held and self._jump(plan):
            return True
        group_number = open_.group_of(self._number)
        broken = stage.broken_at(open_, group_number)
        if broken is not None and self._number >= broken:
            self._skip_group(group_number)
            return True
        if not reel.is_on_way_to(open_, group_number, self._number) and not stage.begin(
            open_, group_number
        ):
            return True
        frames = stage.turn()
        if frames is None:
            return True
        for frame in frames:
            self._take_frame(frame, plan)
        if reel.at_end and not frames:
            if open_.segment.is_growing:
                return self._at_end()
            self._number = open_.frame_count
        if frames and self._keys_only(open_, plan):
            self._to_next_group(frames[-1].group)
        return True

    def _take_frame(self, frame: Frame, plan: Plan) -> None:
        stage = self._stage
        if frame.number < self._number:
            if plan.keyframe_first and plan.is_held and not self._keyframe_shown:
                self._keyframe_shown = True
                if stage.transport.plan().jump == plan.jump:
                    stage.show(stage.keep(frame, plan.at_us), plan, exact=False)
            return
        is_seen = frame.until_us > plan.at_us or frame.until_us - frame.at_us > stage.still_us
        spaced = frame.at_us >= self._kept_us + self._spacing_us(plan)
        if (is_seen and spaced) or (self.late_s > 0.1 and not self._line and spaced):
            self._take_item(stage.keep(frame, plan.at_us), plan)
        else:
            self._number, self._head_us = frame.number + 1, frame.until_us

    def _jump(self, plan: Plan) -> bool:
        """Too late: on from the group that is due, if that is not the one being read."""
        found = self._stage.course.at(plan.at_us, self._stream)
        if not isinstance(found, OpenSegment):
            self._open, self._head_us = None, plan.at_us
            return True
        group_number = found.group_at(plan.at_us)
        if found is self._open and group_number <= self._open.group_of(self._number):
            return False
        group = self._stage.group(found, group_number)
        if group is None:
            return False
        self._open, self._number = found, group.first_number
        self._head_us = group.times_us[0]
        self._kept_us = min(self._kept_us, self._head_us)
        self.left_out += 1
        return True

    def _skip_group(self, group_number: int) -> None:
        """What cannot be decoded of a group is a gap made by the disk."""
        open_ = self._open
        assert open_ is not None
        is_last = group_number + 1 >= open_.group_count
        ends_us = open_.ends_us if is_last else open_.starts_us(group_number + 1)
        if ends_us > self._head_us:
            self._line.append(Absence(self._head_us, ends_us, GapCause.DISK))
            self._head_us = ends_us
        self._to_next_group(group_number)

    def _to_next_group(self, group_number: int) -> None:
        open_ = self._open
        assert open_ is not None
        if group_number + 1 >= open_.group_count:
            self._number = open_.frame_count
            self._head_us = max(self._head_us, open_.ends_us)
            return
        group = self._stage.group(open_, group_number + 1)
        if group is None:
            self._number = open_.frame_count
            return
        self._number = group.first_number
        self._head_us = max(self._head_us, group.times_us[0])
