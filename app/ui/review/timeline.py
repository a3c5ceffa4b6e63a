"""The timeline: 31 days above, the chosen stretch below, moved by wheel, mouse and keyboard.

It is told what there is and where the playhead stands; it tells where the officer wants to be.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.thai.dates import short_date
from app.thai.translation import language, tr
from app.ui.review.span_words import span_words
from app.ui.review.timeline_layout import Part, TimelineLayout
from app.ui.review.timeline_paint import TimelineLook
from app.ui.review.timeline_playhead import PlayheadPainter
from app.ui.review.timeline_pointer import Drag, TimelinePointer
from app.ui.review.timeline_rows import Timeline as TimelineData
from app.ui.review.timeline_scale import LONGEST_S, TimelineScale, instant, seconds
from app.ui.review.timeline_still import StillPicture
from app.ui.theme import Theme

_CLOSER = 1.3
_NOTCH = 120
_START_SPAN_S = 1800.0
_MOST_ROWS = 8
_TO_COME = 0.06  # so much of what is seen may lie beyond now


class Timeline(QWidget):
    """One wall-clock axis for all cameras."""

    sought = Signal(object)  # datetime: a click
    scrubbed = Signal(object)  # datetime: the playhead is being dragged
    scrub_ended = Signal(object)  # datetime: it was let go
    edge_moved = Signal(str, object)  # "a" or "b", datetime
    camera_clicked = Signal(str)
    incident_clicked = Signal(str)
    hovered = Signal(str, object, int)  # camera id or empty, datetime, x in this widget
    hover_left = Signal()
    view_changed = Signal()

    def __init__(self, theme: Theme, now: datetime) -> None:
        super().__init__()
        self._theme = theme
        self._still, self._over = StillPicture(theme), PlayheadPainter(theme)
        self._data = TimelineData()
        self._now_s = seconds(now)
        self._playhead_s = self._now_s
        self._a_s: float | None = None
        self._b_s: float | None = None
        self._selected = ""
        self._first_row = 0
        self._hover: QPointF | None = None
        self.scale = TimelineScale(self._now_s - _START_SPAN_S, _START_SPAN_S, 1000)
        self._pointer = TimelinePointer(self)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(tr("Timeline"))

    # What it is told

    def show_timeline(self, data: TimelineData, now: datetime) -> None:
        """What there is, as of now."""
        had_rows = len(self._data.rows)
        self._data, self._now_s = data, seconds(now)
        if len(data.rows) != had_rows:
            self.updateGeometry()
            self.setFixedHeight(self.sizeHint().height())
        if not self._still.serves(self.look()):
            self._forget()

    def show_now(self, now: datetime) -> None:
        """Time goes on, also while nothing new is known; drawn when it has moved by a pixel."""
        now_s = seconds(now)
        if abs(now_s - self._now_s) * self.scale.px_per_s >= 1:
            self._now_s = now_s
            if self.scale.ends_s >= now_s - self.scale.span_s:
                self._forget()

    def show_playhead(self, at: datetime, *, follow: bool) -> None:
        """Where all cameras stand. `follow`: the view is turned over when it runs out of it."""
        at_s = seconds(at)
        if at_s == self._playhead_s:
            return
        before, self._playhead_s = self._playhead_s, at_s
        turned = self.scale.turned_to(at_s) if follow and not self._pointer.is_busy else self.scale
        if turned != self.scale:
            self.show_scale(turned)
            return
        for moment_s in (before, at_s):
            self._update_playhead(moment_s)

    def _update_playhead(self, at_s: float) -> None:
        layout, scale = self.layout_now, self.scale
        tag = self._over.tag(layout, scale, at_s)
        self.update(self._over.line(layout, scale, at_s).united(self._still.words.under(tag)))

    def show_span(self, a: datetime | None, b: datetime | None) -> None:
        """A and B."""
        ends = tuple(None if at is None else seconds(at) for at in (a, b))
        if ends != (self._a_s, self._b_s):
            self._a_s, self._b_s = ends
            self._forget()

    def show_selected(self, camera_id: str) -> None:
        """The camera of the selected tile."""
        if camera_id != self._selected:
            self._selected = camera_id
            self._forget()

    def show_scale(self, scale: TimelineScale) -> None:
        """Another stretch of time."""
        kept = scale.resized(self.layout_now.times_px)
        if kept != self.scale:
            self.scale = kept
            self._forget()
            self.view_changed.emit()

    # What it tells

    @property
    def data(self) -> TimelineData:
        return self._data

    @property
    def playhead_s(self) -> float:
        """Where the playhead is drawn."""
        return self._playhead_s

    @property
    def span_s(self) -> tuple[float | None, float | None]:
        """A and B, as they are drawn."""
        return self._a_s, self._b_s

    @property
    def layout_now(self) -> TimelineLayout:
        """Where its parts stand at this size."""
        px = self._theme.px
        is_small = self.width() < px(1500)
        return TimelineLayout(
            width_px=self.width(),
            height_px=self.height(),
            names_px=px(184 if is_small else 214),
            overview_px=px(22 if is_small else 24),
            ruler_px=px(23 if is_small else 26),
            incidents_px=px(21 if is_small else 24),
            row_px=px(21 if is_small else 26),
            row_count=len(self._data.rows),
            first_row=self._first_row,
        )

    def look(self) -> TimelineLook:
        """Everything its still picture is made of."""
        words = f"{short_date(instant(self.scale.begins_s), language())} · "
        words += span_words(self.scale.span_s)
        return TimelineLook(
            self.layout_now, self.scale, self._data, self._now_s, self._a_s, self._b_s,
            self._selected, words,
        )  # fmt: skip

    def at(self, x: float) -> datetime:
        """The instant at a pixel of this widget, never one that is still to come."""
        return instant(min(self.scale.at(x - self.layout_now.names_px), self._now_s))

    def playhead_x(self) -> float:
        """Where the playhead stands on this widget."""
        return self.layout_now.names_px + self.scale.x(self._playhead_s)

    # Acts of the keyboard

    def zoom(self, closer: bool) -> None:
        """Around the playhead if it is to be seen, else around the middle."""
        x = self.scale.x(self._playhead_s)
        middle = x if 0 <= x <= self.scale.width_px else self.scale.width_px / 2
        self.show_scale(self.scale.zoomed(_CLOSER if closer else 1 / _CLOSER, middle))

    def look_at(self, at: datetime, span_s: float | None = None) -> None:
        """Bring an instant to the middle."""
        self.show_scale(self._bounded(self.scale.centred(seconds(at), span_s)))

    def pan(self, by_px: float) -> None:
        """Pulled by so many pixels, not beyond the 31 days and a little of what is to come."""
        self.show_scale(self._bounded(self.scale.panned(by_px)))

    def turn_rows(self, by: int) -> None:
        """Other rows, where not all have room."""
        wanted = min(max(self._first_row + by, 0), self.layout_now.last_first_row)
        if wanted != self._first_row:
            self._first_row = wanted
            self._forget()

    def show_day(self, at_s: float) -> None:
        """A click on the strip of 31 days: that time in the middle."""
        self.show_scale(self._bounded(self.scale.centred(at_s)))

    def _bounded(self, scale: TimelineScale) -> TimelineScale:
        return scale.within(self._now_s - LONGEST_S, self._now_s + scale.span_s * _TO_COME)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        exposed = event.rect()
        source = QRect(exposed.topLeft() * ratio, exposed.size() * ratio)
        painter.drawPixmap(exposed, self._still.of(self.look, self.size(), ratio), source)
        over, layout = self._over, self.layout_now
        tag = over.tag(layout, self.scale, self._playhead_s)
        self._still.words.paint(painter, exposed, tag)
        if self._hover is not None:
            over.paint_pointer(painter, layout, self._hover.x())
        over.paint(painter, layout, self.scale, self._playhead_s)

    def _forget(self) -> None:
        self._still.forget()
        self.update()

    # The mouse: what it means is worked out in `timeline_pointer`

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.press(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event.position())
        self._show_hover(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.release(event.position())
            self._show_hover(event.position())

    def leaveEvent(self, event: object) -> None:
        self._hover = None
        self.hover_left.emit()
        self.update()

    def _show_hover(self, at: QPointF) -> None:
        layout = self.layout_now
        self.setCursor(self._pointer.cursor_at(at))
        before, self._hover = self._hover, at
        for moved in (before, at):
            if moved is not None:
                self.update(QRect(round(moved.x()) - 1, 0, 3, self.height()))
        part = layout.part_at(at.x(), at.y())
        if part in (Part.ROWS, Part.RULER) and self._pointer.drag is Drag.NONE:
            row = layout.row_at(at.y())
            camera_id = self._data.rows[row].camera_id if row is not None else ""
            self.hovered.emit(camera_id, self.at(at.x()), round(at.x()))
        else:
            self.hover_left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom round the pointer; over the names the rows turn; sideways or with Shift it pans."""
        notches, across = event.angleDelta().y() / _NOTCH, event.angleDelta().x() / _NOTCH
        layout, at = self.layout_now, event.position()
        event.accept()
        if at.x() < layout.names_px:
            self.turn_rows(-1 if notches > 0 else 1)
        elif across or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pan((across or notches) * layout.times_px * 0.1)
        elif notches:
            x = at.x() - layout.names_px
            self.show_scale(self._bounded(self.scale.zoomed(_CLOSER**notches, x)))

    # Qt

    def sizeHint(self) -> QSize:
        layout = self.layout_now
        rows = min(max(len(self._data.rows), 3), self._most_rows())
        return QSize(600, layout.rows_top + rows * layout.row_px)

    def _most_rows(self) -> int:
        """A small screen keeps room for the pictures."""
        return _MOST_ROWS if self.window().height() >= self._theme.px(900) else 6

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.scale = replace(self.scale, width_px=float(self.layout_now.times_px))
        if self.height() != self.sizeHint().height():
            self.setFixedHeight(self.sizeHint().height())
        self._forget()
