"""What both directions of playing share: the line of what comes next, and when it goes out."""

from __future__ import annotations

from collections import deque

from app.cameras.camera import StreamKind
from app.video.playback.course import Absence, Waiting
from app.video.playback.open_segment import OpenSegment
from app.video.playback.outgoing import Entry
from app.video.playback.shown import Nothing
from app.video.playback.stage import Place, Stage
from app.video.playback.store import Item
from app.video.playback.transport import Plan

KEYS_FROM_SPEED = 4.0  # slower, every frame is decoded or the sub stream is taken
_RETRY_S = 4.0
_SHORT_S, _LONG_S = 0.003, 0.05
_PACKETS_AT_SPEED = 6
_LEAST_AHEAD_S = 0.1
"""With less to show, in a person's time, it waits for nobody."""


class Running:
    """One camera that plays, for the player's thread. A direction says what `_more` reads."""

    lookahead_s = 0.5
    """How far, in seconds of a person's time, it reads before it is due."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._line: deque[Item | Absence] = deque()
        self._order = -1
        self._stream = StreamKind.MAIN
        self._head_us = 0
        """Up to where everything has been read, in the direction of playing."""
        self._looked_s = 0.0
        self._keys_only_since_s: float | None = None
        self._keyframe_shown = False
        self.late_s = 0.0
        """How far, in a person's time, reading is behind what is due."""
        self.left_out = 0
        """How often since the last order pictures were left out because it was too late."""

    def forget(self) -> None:
        """Something else was done meanwhile."""
        self._order = -1
        self._line.clear()
        self.late_s = 0.0

    def work(self, plan: Plan, stream: StreamKind) -> float:
        """One piece of work; how many seconds may pass before the next."""
        if plan.order != self._order or stream is not self._stream:
            self._restart(plan, stream)
        stage = self._stage
        self._look_at_gap(plan)
        ahead = self._give_out(plan)
        if self._is_full(plan):
            stage.transport.ready(stage.camera_id, plan.order)
            return self._rest_s(plan, ahead)
        spare_s = self._spare_s(plan)
        if spare_s <= 0:
            return self._read(plan)
        if not stage.gate.enter(min(spare_s, self._rest_s(plan, ahead))):
            return 0.0
        try:
            now = stage.transport.plan()
            return self._read(now) if now.order == plan.order else 0.0
        finally:
            stage.gate.leave()

    def _spare_s(self, plan: Plan) -> float:
        """How long, in a person's time, it may wait for others before it has to read."""
        if plan.is_held:  # everybody waits for it
            return 0.0
        return self._read_ahead_us(plan) / (abs(plan.speed) * 1_000_000) - _LEAST_AHEAD_S

    def _read(self, plan: Plan) -> float:
        could = self._more(plan)
        for _ in range(self._at_a_time(plan) - 1):
            could = could and self._more(plan)
        if not could or (not plan.is_held and self._stage.outgoing.exact(plan) is not None):
            self._tell_ready(plan)
        return self._pause_s(plan) if could else _LONG_S

    def _at_a_time(self, plan: Plan) -> int:
        """Packets between two looks at what is wanted: those of the speeds are small, and a look
        costs half of what they do."""
        return _PACKETS_AT_SPEED if abs(plan.speed) >= KEYS_FROM_SPEED else 1

    def _pause_s(self, plan: Plan) -> float:
        """How long it may rest after one piece of reading; none if every moment counts."""
        return 0.0

    def _restart(self, plan: Plan, stream: StreamKind) -> None:
        self._order, self._stream = plan.order, stream
        self._line.clear()
        self._head_us = plan.at_us
        self._keys_only_since_s = None
        self._keyframe_shown = False
        self.late_s = 0.0
        self.left_out = 0

    def _more(self, plan: Plan) -> bool:
        """Read a little more; False if nothing can be read now."""
        raise NotImplementedError

    def _is_over(self, item: Item | Absence, plan: Plan) -> bool:
        """Whether playing has gone past it."""
        raise NotImplementedError

    # What goes out

    def _give_out(self, plan: Plan) -> list[Entry]:
        """Put the next of the line where the window finds them, as many as are to be ready."""
        stage = self._stage
        ahead = stage.outgoing.ahead(plan)
        while self._line and len(ahead) < stage.limits.ready_pictures:
            item = self._line.popleft()
            if self._line and self._is_over(item, plan) and self._has_begun(self._line[0], plan):
                continue  # nobody will see it
            if isinstance(item, Absence):
                stage.tell(item, plan)
            else:
                stage.show(item, plan)
            ahead = stage.outgoing.ahead(plan)
        return ahead

    def _has_begun(self, item: Item | Absence, plan: Plan) -> bool:
        if plan.speed > 0:
            return item.from_us <= plan.at_us
        return item.until_us > plan.at_us

    def _tell_ready(self, plan: Plan) -> None:
        if self._stage.outgoing.exact(plan) is not None or not self._stage.outgoing.ahead(plan):
            self._stage.transport.ready(self._stage.camera_id, plan.order)

    def _is_full(self, plan: Plan) -> bool:
        """Whether enough has been read, or as much as may be kept."""
        if not self._line:
            return False
        held = sum(each.kept.bytes for each in self._line if isinstance(each, Item))
        if held > self._stage.share.bytes * 0.6:
            return True
        return self._read_ahead_us(plan) > self.lookahead_s * abs(plan.speed) * 1_000_000

    def _read_ahead_us(self, plan: Plan) -> int:
        """How much of what has been read is still to come."""
        ahead_us = self._head_us - plan.at_us
        return ahead_us if plan.speed > 0 else -ahead_us

    def _rest_s(self, plan: Plan, ahead: list[Entry]) -> float:
        """Until something has to be done: the first of what is ready is over."""
        if plan.is_held or not ahead:
            return _SHORT_S
        if plan.speed > 0:
            left_us = min(each.until_us for each in ahead) - plan.at_us
        else:
            left_us = plan.at_us - max(each.from_us for each in ahead)
        return min(max(left_us / (abs(plan.speed) * 1_000_000), _SHORT_S), _LONG_S)

    def _look_at_gap(self, plan: Plan) -> None:
        """Inside a gap the index is asked again: its cause may be known now, or it may be over."""
        stage = self._stage
        known = stage.outgoing.exact(plan)
        if known is None or not isinstance(known.what, Nothing) or plan.is_held:
            return
        now_s = stage.clock.monotonic()
        if now_s - self._looked_s < stage.limits.look_again_s:
            return
        self._looked_s = now_s
        if not self._is_gap_still(known, plan):
            self._restart(plan, self._stream)

    def _is_gap_still(self, known: Entry, plan: Plan) -> bool:
        found = self._stage.course.at(plan.at_us, self._stream)
        if isinstance(found, Waiting):
            return True
        if isinstance(found, OpenSegment):
            place = self._stage.place(found, plan.at_us)
            if isinstance(place, Place):
                return plan.at_us >= place.at_us + self._stage.still_us
            found = place
        assert isinstance(known.what, Nothing)
        return found.cause is known.what.cause and found.until_us >= known.until_us

    # What is left out

    def _spacing_us(self, plan: Plan) -> int:
        """Between two frames that are worth showing at this speed."""
        return round(abs(plan.speed) * 1_000_000 / self._stage.limits.shown_per_s * 0.98)

    def _keys_only(self, open_: OpenSegment, plan: Plan) -> bool:
        """Whether only keyframes are decoded: what is too much is tried again after a while."""
        if abs(plan.speed) < KEYS_FROM_SPEED:
            return False
        now_s = self._stage.clock.monotonic()
        if self._keys_only_since_s is not None:
            if now_s - self._keys_only_since_s < _RETRY_S:
                return True
            self._keys_only_since_s = None
            self._stage.turn_s[open_.segment.stream] = 0.0
        frames_per_s = 1_000_000 / open_.frame_us * abs(plan.speed)
        if self._stage.turn_s[open_.segment.stream] * frames_per_s > 1.0 and self.late_s > 0.2:
            self._keys_only_since_s = now_s
        return self._keys_only_since_s is not None
