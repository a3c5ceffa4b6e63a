"""A camera that plays backwards: group by group, each decoded to where it is left, then shown
from its end. A group too large for the memory is decoded again for each of its parts.
"""

from __future__ import annotations

from collections import deque

from app.cameras.camera import StreamKind
from app.video.archive.segment import GapCause
from app.video.playback.course import Absence, Waiting, is_time
from app.video.playback.open_segment import OpenSegment
from app.video.playback.reel import Frame
from app.video.playback.running import Running
from app.video.playback.stage import Place, Stage
from app.video.playback.store import Item
from app.video.playback.transport import Plan

_LEAST_PART = 8  # frames
_PART_OF_SHARE = 0.45
_IN_TIME_S = 0.6  # before it is needed a group is to be decoded
_LONGEST_REST_S = 0.03


class Backwards(Running):
    """For the player's thread."""

    lookahead_s = 1.8

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._place: Place | None = None
        """The last frame of the part that is being decoded."""
        self._part: deque[Item] = deque()
        self._keyframe: Item | None = None
        self._stride = 1

    def _restart(self, plan: Plan, stream: StreamKind) -> None:
        super()._restart(plan, stream)
        self._head_us = plan.at_us + 1
        self._place = None

    def _is_over(self, item: Item | Absence, plan: Plan) -> bool:
        return item.from_us > plan.at_us

    def _more(self, plan: Plan) -> bool:
        self._note_late(plan)
        if self._place is None:
            return self._find(plan)
        self._decode(plan)
        return True

    def _pause_s(self, plan: Plan) -> float:
        """Cameras that are in step come to their groups' borders together: the work is spread over
        the time there is, so that it does not take the processor from the window all at once."""
        place = self._place
        if place is None or plan.is_held:
            return 0.0
        spare_s = (plan.at_us - self._head_us) / (-plan.speed * 1_000_000) - _IN_TIME_S
        left = max(1, place.number - self._stage.reel.next_number + 1)
        rest_s = spare_s / left - self._stage.turn_s[place.open.segment.stream]
        return min(max(rest_s, 0.0), _LONGEST_REST_S)

    def _note_late(self, plan: Plan) -> None:
        behind_us = self._head_us - 1 - plan.at_us
        self.late_s = 0.0 if plan.is_held else max(0, behind_us) / (-plan.speed * 1_000_000)

    def _find(self, plan: Plan) -> bool:
        """What lies before the head: a part to decode, or a gap for the line."""
        stage = self._stage
        if not is_time(self._head_us):
            return False
        if plan.at_us < self._head_us - 1 and not self._line and self.late_s > 0.1:
            self._head_us = plan.at_us + 1
        found = stage.course.at(self._head_us - 1, self._stream)
        if isinstance(found, Waiting):
            return False
        if isinstance(found, OpenSegment):
            place = stage.place(found, self._head_us - 1)
            if isinstance(place, Place):
                self._start_part(place, plan)
                return True
            found = place
        until_us = min(found.until_us, self._head_us)
        self._line.append(Absence(found.from_us, max(until_us, found.from_us + 1), found.cause))
        self._head_us = min(found.from_us, self._head_us - 1)
        if not is_time(found.from_us):
            stage.transport.begins_at(stage.camera_id, until_us)
            return False
        return True

    def _start_part(self, place: Place, plan: Plan) -> None:
        """From what is kept as far as that goes, else from the group's keyframe."""
        frame_us = place.open.frame_us
        self._stride = max(1, int(self._spacing_us(plan) / frame_us + 0.05))
        still_until_us = place.at_us + self._stage.still_us
        if self._head_us - 1 >= still_until_us:
            self._line.append(Absence(still_until_us, self._head_us, None))
        if self._take_kept(place, plan):
            return
        self._place, self._keyframe = place, None
        self._part = deque(maxlen=self._most_in_part(place))
        if not self._stage.begin(place.open, place.group_number):
            self._place = None

    def _take_kept(self, place: Place, plan: Plan) -> bool:
        """Frames that were decoded before and lie at hand; whether there were any."""
        store, number, took = self._stage.store, place.number, 0
        first, segment_id = place.group.first_number, place.open.segment.id
        while number >= first:
            item = store.get(segment_id, number)
            if item is None or item.box != self._stage.share.box:
                break
            self._line.append(item)
            self._head_us = item.at_us
            number -= self._stride
            took += 1
        if took and number < first:
            self._head_us = place.group.times_us[0]
        return took > 0

    def _most_in_part(self, place: Place) -> int:
        box = self._stage.share.box
        size = place.open.segment.size.inside(box, largest_scale=1.0)
        bytes_each = max(1, size.width_px * size.height_px * 3 // 2)
        return max(_LEAST_PART, int(self._stage.share.bytes * _PART_OF_SHARE / bytes_each))

    def _decode(self, plan: Plan) -> None:
        stage, reel, place = self._stage, self._stage.reel, self._place
        assert place is not None
        if reel.open is not place.open:
            self._place = None  # the reel was used for something else
            return
        frames = stage.turn()
        if frames is None:
            self._leave_broken(place)
            return
        for frame in frames:
            self._take_frame(frame, place, plan)
        keys_only = bool(frames) and self._keys_only(place.open, plan)
        if keys_only or reel.next_number > place.number or (reel.at_end and not frames):
            self._finish(place, keys_only)
        elif not plan.is_held and plan.at_us < place.group.times_us[0]:
            self._give_up(place, plan)

    def _take_frame(self, frame: Frame, place: Place, plan: Plan) -> None:
        stage = self._stage
        is_start = frame.number == place.group.first_number
        left = place.number - frame.number
        if left < 0:
            return
        most = (self._part.maxlen or 1) * self._stride
        wanted = left % self._stride == 0 and left < most
        if not (wanted or is_start):
            return
        item = stage.keep(frame, plan.at_us)
        if wanted:
            self._part.append(item)
        if is_start:
            self._keyframe = item
        if is_start and plan.is_held and plan.keyframe_first and not self._keyframe_shown:
            self._keyframe_shown = True
            if stage.transport.plan().jump == plan.jump:
                stage.show(item, plan, exact=False)

    def _finish(self, place: Place, keys_only: bool) -> None:
        """The part is whole: into the line with it, the last frame first."""
        self._place = None
        first_us = place.group.times_us[0]
        if keys_only and self._keyframe is not None:
            self._part = deque((self._keyframe,))
        if not self._part:
            self._head_us = first_us
            return
        lowest = self._part[0]
        is_whole = keys_only or lowest.number - self._stride < place.group.first_number
        self._line.extend(reversed(self._part))
        self._head_us = min(first_us, lowest.at_us) if is_whole else lowest.at_us

    def _give_up(self, place: Place, plan: Plan) -> None:
        """Playing has left the whole group meanwhile: its keyframe is all that is still shown."""
        self._place = None
        self.left_out += 1
        if self._keyframe is not None:
            self._line.append(self._keyframe)
        self._head_us = min(place.group.times_us[0], plan.at_us + 1)

    def _leave_broken(self, place: Place) -> None:
        """What could be decoded before the damage is shown; the rest is a gap."""
        self._place = None
        broken = self._stage.broken_at(place.open, place.group_number)
        if broken is None or place.number < broken:
            self._head_us = place.group.times_us[0]
            return
        index = max(0, min(broken, place.number) - place.group.first_number)
        from_us = place.group.times_us[index]
        self._line.append(Absence(from_us, max(self._head_us, from_us + 1), GapCause.DISK))
        self._head_us = from_us
