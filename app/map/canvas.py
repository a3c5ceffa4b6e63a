"""The map's surface: a pyqtgraph ViewBox in local metres, moved by hand. Knows no cameras or log.

pyqtgraph is untyped; it is met here and in paths.py only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QWidget

from app.map.frame import Frame
from app.map.picture_layer import LiveLayer, PictureLayer
from app.map.tool import MapTool, Pointer

CLOSEST_PX_PER_M = 12.0
FARTHEST_PX_PER_M = 0.004
WHEEL_STEP = 1.25  # for one notch of 120
CLICK_SLACK_PX = 4.0
ARROW_STEP = 0.15  # of the view
_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class MapCanvas(pg.GraphicsView):  # type: ignore[misc]
    """Ground, still things, living things and glass; drag, wheel and keys move it."""

    view_changing = Signal()  # before anything else is done about it
    view_changed = Signal()
    hand_moved = Signal()  # by wheel, key or drag: one step
    painted = Signal()
    clicked = Signal(QPointF, bool)  # logical pixels; True for the second click of a double click
    pointer_at = Signal(QPointF)
    home_requested = Signal()

    def __init__(
        self,
        land: QColor,
        draw_live: Callable[[QPainter], None],
        draw_glass: Callable[[QPainter], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent, background=land)
        self._draw_glass = draw_glass
        self._view = Frame(0.0, 0.0, 1.0, 4, 4)
        self._pressed_at: QPointF | None = None
        self._dragged_from: QPointF | None = None
        self.focused_by_keyboard = False
        self.tool: MapTool | None = None
        """Whom the mouse works for, before the map."""
        self._tool_holds = False
        self.takes_pull: Callable[[QPointF], bool] = _nobody
        """Asked when a press becomes a drag: True if what stood there was taken, not the map."""
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        # pyqtgraph keeps a picture of the background and presses it under the ground at every paint
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setAutoFillBackground(False)  # every pixel is painted over
        self.setMouseTracking(True)
        self.viewport().setAcceptDrops(False)  # else Qt complains of drags that only pass over it
        self._box = pg.ViewBox(
            enableMouse=False, enableMenu=False, lockAspect=1.0, defaultPadding=0.0
        )
        self._box.disableAutoRange()
        self.setCentralItem(self._box)
        self.ground_layer = PictureLayer()
        self.scene_layer = PictureLayer(self.ground_layer)
        self._live_layer = LiveLayer(draw_live)
        layers: tuple[QGraphicsItem, ...] = (self.ground_layer, self.scene_layer, self._live_layer)
        for height, layer in enumerate(layers):
            layer.setZValue(height)
            layer.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            layer.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption, False)
            self._box.addItem(layer, ignoreBounds=True)

    # -------------------------------------------------------------------- view

    @property
    def frame_now(self) -> Frame:
        """What is looked at now."""
        return self._view

    def look_at(self, x_m: float, y_m: float, px_per_m: float | None = None) -> None:
        """Put a place in the middle, at a scale or at the one there is."""
        scale = px_per_m if px_per_m is not None else self._view.px_per_m
        scale = min(max(scale, FARTHEST_PX_PER_M), CLOSEST_PX_PER_M)
        self._set_view(replace(self._view, x_m=x_m, y_m=y_m, px_per_m=scale))

    def zoom(self, factor: float, at_px: QPointF | None = None) -> None:
        """Come closer (`factor` > 1) or go away, keeping the place under a pixel where it is."""
        self.hand_moved.emit()
        view = self._view
        middle = QPointF(view.width_px / 2, view.height_px / 2)
        pixel = at_px if at_px is not None else middle
        scale = min(max(view.px_per_m * factor, FARTHEST_PX_PER_M), CLOSEST_PX_PER_M)
        x_m, y_m = view.to_m(pixel.x(), pixel.y())
        self.look_at(
            x_m - (pixel.x() - middle.x()) / scale, y_m + (pixel.y() - middle.y()) / scale, scale
        )

    def pan(self, right_px: float, down_px: float) -> None:
        """Move the ground by pixels, as a hand on paper does."""
        self.hand_moved.emit()
        view = self._view
        self.look_at(view.x_m - right_px / view.px_per_m, view.y_m + down_px / view.px_per_m)

    def redraw_live(self) -> None:
        """Paint again what lives and the glass."""
        self.viewport().update()

    def _set_view(self, view: Frame) -> None:
        self.view_changing.emit()
        self._view = view
        self._box.setRange(rect=view.rect_m, padding=0, disableAutoRange=False)
        self._box.updateMatrix()  # else pyqtgraph does it while it paints, and all is painted twice
        self.viewport().update()
        self.view_changed.emit()

    # ------------------------------------------------------------------ events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_view"):  # pyqtgraph resizes while it is being built
            self._match_size()

    def _match_size(self) -> None:
        size = self.viewport().size()
        dpr = self.viewport().devicePixelRatioF()
        width, height = max(4, size.width()), max(4, size.height())
        self._set_view(replace(self._view, width_px=width, height_px=height, dpr=dpr))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._match_size()
        return bool(super().viewportEvent(event))

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        if not self.ground_layer.fills(self._view):
            super().drawBackground(painter, rect)

    def drawForeground(self, painter: QPainter, _rect: QRectF) -> None:
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_glass(painter)
        painter.restore()
        self.painted.emit()

    def pointer(self, event: QMouseEvent) -> Pointer:
        """Where the mouse is, for a tool."""
        at = event.position()
        x_m, y_m = self._view.to_m(at.x(), at.y())
        free = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return Pointer(at, x_m, y_m, self._view.px_per_m, free)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._dragged_from = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if event.button() == Qt.MouseButton.LeftButton:
            if self.tool is not None and self.tool.press(self.pointer(event)):
                self._tool_holds = True
                return
            self._pressed_at = self._dragged_from = event.position()
            event.accept()
        if self._dragged_from is not None:
            self.scene_layer.join_below()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position()
        if self.tool is not None and self._tool_holds:
            self.tool.drag(self.pointer(event))
            self.viewport().update()
        elif self._dragged_from is not None:
            self._drag_to(position)
        elif self.tool is not None:
            self.tool.hover(self.pointer(event))
            self.viewport().update()
        self.pointer_at.emit(position)

    def _drag_to(self, position: QPointF) -> None:
        pressed_at = self._pressed_at
        if pressed_at is not None:
            if _is_click(pressed_at, position):
                return
            self._pressed_at = None  # from here on it is a drag, wherever it ends
            dragged_from, self._dragged_from = self._dragged_from, None
            if self.takes_pull(pressed_at):
                return
            self._dragged_from = dragged_from
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        assert self._dragged_from is not None
        step = position - self._dragged_from
        self._dragged_from = position
        self.pan(step.x(), step.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.scene_layer.part()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._dragged_from = None
            self.viewport().unsetCursor()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        held, self._tool_holds = self._tool_holds, False
        if held:
            if self.tool is not None:
                self.tool.release(self.pointer(event))
            self.viewport().update()
            return
        pressed_at, self._pressed_at, self._dragged_from = self._pressed_at, None, None
        self.viewport().unsetCursor()
        if pressed_at is not None and _is_click(pressed_at, event.position()):
            self._click(event, double=False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._click(event, double=True)

    def _click(self, event: QMouseEvent, *, double: bool) -> None:
        if self.tool is not None and self.tool.click(self.pointer(event), double):
            self.viewport().update()
            return
        self.clicked.emit(event.position(), double)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if notches:
            self.zoom(WHEEL_STEP**notches, event.position())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step_x, step_y = self._view.width_px * ARROW_STEP, self._view.height_px * ARROW_STEP
        moves = {
            Qt.Key.Key_Left: (step_x, 0.0),
            Qt.Key.Key_Right: (-step_x, 0.0),
            Qt.Key.Key_Up: (0.0, step_y),
            Qt.Key.Key_Down: (0.0, -step_y),
        }
        plain = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        key = Qt.Key(event.key())
        if plain != Qt.KeyboardModifier.NoModifier:
            event.ignore()
        elif key in moves:
            self.pan(*moves[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(WHEEL_STEP)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(1 / WHEEL_STEP)
        elif key == Qt.Key.Key_Home:
            self.home_requested.emit()
        else:
            event.ignore()  # the window's own shortcuts

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.focused_by_keyboard = event.reason() in _KEYBOARD
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.focused_by_keyboard = False
        super().focusOutEvent(event)
        self.viewport().update()


def _nobody(_at: QPointF) -> bool:
    return False


def _is_click(pressed_at: QPointF, position: QPointF) -> bool:
    return (position - pressed_at).manhattanLength() < CLICK_SLACK_PX
