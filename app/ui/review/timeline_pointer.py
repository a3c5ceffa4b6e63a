"""What the mouse means on the timeline: seek, scrub, pan, A or B, another day. Paints nothing."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from app.ui.review.timeline_layout import Part
from app.ui.review.timeline_scale import instant

if TYPE_CHECKING:
    from app.ui.review.timeline import Timeline

_NEAR_PX = 6.0
_MOVED_PX = 4.0


class Drag(Enum):
    """What is being dragged."""

    NONE = "none"
    MAYBE = "maybe"  # pressed, and not moved yet: it may be a click
    PAN = "pan"
    SCRUB = "scrub"
    A = "a"
    B = "b"
    DAYS = "days"


class TimelinePointer:
    """Follows one press to its release."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self.drag = Drag.NONE
        self._pressed = QPointF()
        self._before = QPointF()

    @property
    def is_busy(self) -> bool:
        """Whether the view must not be turned over now."""
        return self.drag is not Drag.NONE

    def press(self, at: QPointF) -> None:
        self._pressed = self._before = at
        part = self._timeline.layout_now.part_at(at.x(), at.y())
        if part is Part.OVERVIEW:
            self.drag = Drag.DAYS
            self._show_day(at)
        elif part in (Part.RULER, Part.ROWS, Part.INCIDENTS):
            self.drag = self._grip_at(at)
        elif part is Part.NAMES:
            self._click_name(at)

    def move(self, at: QPointF) -> None:
        if self.drag is Drag.MAYBE and (at - self._pressed).manhattanLength() > _MOVED_PX:
            self.drag = Drag.PAN
        timeline = self._timeline
        match self.drag:
            case Drag.PAN:
                timeline.pan(at.x() - self._before.x())
            case Drag.SCRUB:
                timeline.scrubbed.emit(timeline.at(at.x()))
            case Drag.A | Drag.B:
                timeline.edge_moved.emit(self.drag.value, timeline.at(at.x()))
            case Drag.DAYS:
                self._show_day(at)
        self._before = at

    def release(self, at: QPointF) -> None:
        drag, self.drag = self.drag, Drag.NONE
        if drag is Drag.SCRUB:
            self._timeline.scrub_ended.emit(self._timeline.at(at.x()))
        elif drag is Drag.MAYBE:
            self._click(at)

    def cursor_at(self, at: QPointF) -> Qt.CursorShape:
        """What the pointer looks like there."""
        part = self._timeline.layout_now.part_at(at.x(), at.y())
        if self.drag is Drag.PAN:
            return Qt.CursorShape.ClosedHandCursor
        if part in (Part.RULER, Part.ROWS, Part.INCIDENTS):
            is_grip = self._grip_at(at) is not Drag.MAYBE
            return Qt.CursorShape.SizeHorCursor if is_grip else Qt.CursorShape.ArrowCursor
        is_button = part in (Part.OVERVIEW, Part.NAMES)
        return Qt.CursorShape.PointingHandCursor if is_button else Qt.CursorShape.ArrowCursor

    def _grip_at(self, at: QPointF) -> Drag:
        """What a press here takes hold of: A and B by their heads, the playhead all the way."""
        timeline = self._timeline
        layout = timeline.layout_now
        x = at.x() - layout.names_px
        if layout.part_at(at.x(), at.y()) is Part.RULER:
            a_s, b_s = timeline.span_s
            if a_s is not None and -20 <= x - timeline.scale.x(a_s) <= _NEAR_PX:
                return Drag.A
            if b_s is not None and -_NEAR_PX <= x - timeline.scale.x(b_s) <= 20:
                return Drag.B
        if abs(at.x() - timeline.playhead_x()) <= _NEAR_PX:
            return Drag.SCRUB
        return Drag.MAYBE

    def _click(self, at: QPointF) -> None:
        """An incident, a flag, or the time there."""
        timeline = self._timeline
        layout, scale = timeline.layout_now, timeline.scale
        x = at.x() - layout.names_px
        if layout.part_at(at.x(), at.y()) is Part.INCIDENTS:
            near = [
                (abs(scale.x(flag.at_s) - x), flag.incident_id)
                for flag in timeline.data.incidents
                if -10 <= x - scale.x(flag.at_s) <= 60
            ]
            if near:
                timeline.incident_clicked.emit(min(near)[1])
                return
        row = layout.row_at(at.y())
        if row is not None:
            marks = timeline.data.rows[row].marks
            hit = next((one for one in marks if abs(scale.x(one.at_s) - x) <= _NEAR_PX), None)
            timeline.camera_clicked.emit(timeline.data.rows[row].camera_id)
            if hit is not None:
                timeline.sought.emit(instant(hit.at_s))
                return
        timeline.sought.emit(timeline.at(at.x()))

    def _click_name(self, at: QPointF) -> None:
        row = self._timeline.layout_now.row_at(at.y())
        if row is not None:
            self._timeline.camera_clicked.emit(self._timeline.data.rows[row].camera_id)

    def _show_day(self, at: QPointF) -> None:
        timeline = self._timeline
        x = at.x() - timeline.layout_now.names_px
        timeline.show_day(timeline.look().overview().at(x))
