"""The picture on which masks are drawn, and the drawing over it. Knows no log and no camera."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.cameras.masks import Point
from app.errors import KnownError
from app.thai.translation import tr
from app.ui.picture_image import image_over
from app.ui.theme import Theme
from app.ui.wall.mask_drawing import Corner, MaskDrawing, Outline
from app.ui.wall.tile_art import TileArt
from app.video.picture import Picture

_HANDLE_PX = 5.0
_GRAB_PX = 12.0
_OWN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class MaskCanvas(QWidget):
    """Click sets a corner, a pull moves one, double click or Enter closes an outline."""

    changed = Signal()
    refused = Signal(object)  # KnownError: an outline that will not do
    left = Signal()  # Esc with nothing being drawn

    def __init__(self, theme: Theme, drawing: MaskDrawing) -> None:
        super().__init__()
        self._theme = theme
        self._art = TileArt(theme)
        self.drawing = drawing
        self._image = QImage()
        self._age_words, self._age_colour = "", "text_3"
        self._pulled: Corner | None = None
        self._pointer: Point | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 90)
        self.setAccessibleName(tr("Picture on which masks are drawn"))

    def show_picture(self, picture: Picture, words: str, colour: str) -> None:
        """A copy of it, so that its decoder need not wait; `words` say if it is not live."""
        self._image = image_over(picture.pixels).copy()
        self._age_words, self._age_colour = words, colour
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    # Places

    def _room(self) -> QRectF:
        """Where the picture is painted."""
        size = self._image.size() if not self._image.isNull() else QSize(16, 9)
        fitted = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        room = QRect(0, 0, fitted.width(), fitted.height())
        room.moveCenter(self.rect().center())
        return QRectF(room)

    def _point(self, at: QPointF) -> Point:
        room = self._room()
        return (at.x() - room.left()) / room.width(), (at.y() - room.top()) / room.height()

    def place_of(self, point: Point) -> QPointF:
        """Where a point of the picture lies on the canvas."""
        room = self._room()
        return QPointF(room.left() + point[0] * room.width(), room.top() + point[1] * room.height())

    def _grab(self) -> Point:
        room = self._room()
        return _GRAB_PX / room.width(), _GRAB_PX / room.height()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("picture"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._room(), self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, outline in enumerate(self.drawing.outlines):
            self._paint_mask(painter, number, outline)
        self._paint_begun(painter)
        if self._age_words:
            tag = self._art.tag(self._age_words, self._age_colour, self.devicePixelRatioF())
            painter.drawPixmap(self._room().topLeft() + QPointF(8, 8), tag)

    def _paint_mask(self, painter: QPainter, number: int, outline: Outline) -> None:
        chosen = self.drawing.chosen
        is_chosen = chosen is not None and chosen.mask == number
        sound = self.drawing.is_sound(outline)
        colour = self._theme.colour("blue" if sound else "red")
        painter.setPen(QPen(colour, 2.5 if is_chosen else 1.5))
        painter.setBrush(QColor(0, 0, 0, 150))
        painter.drawPolygon(QPolygonF([self.place_of(point) for point in outline]))
        for corner, point in enumerate(outline):
            self._paint_handle(painter, point, colour, is_chosen and chosen == (number, corner))

    def _paint_begun(self, painter: QPainter) -> None:
        begun = self.drawing.begun
        if not begun:
            return
        colour = self._theme.colour("amber")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.5))
        line = [self.place_of(point) for point in begun]
        painter.drawPolyline(QPolygonF(line))
        if self._pointer is not None:
            painter.setPen(QPen(colour, 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(line[-1], self.place_of(self._pointer))
            painter.drawLine(self.place_of(self._pointer), line[0])
        for point in begun:
            self._paint_handle(painter, point, colour, chosen=False)

    def _paint_handle(self, painter: QPainter, point: Point, colour: QColor, chosen: bool) -> None:
        painter.setPen(QPen(colour, 2.0))
        painter.setBrush(colour if chosen else QColor("white"))
        painter.drawEllipse(self.place_of(point), _HANDLE_PX, _HANDLE_PX)

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        at = self._point(event.position())
        if self.drawing.begun:
            if self._is_near_first(at):
                self._close()
            else:
                self._draw(at)
            return
        corner = self.drawing.corner_near(at, self._grab())
        self.drawing.chosen = corner or self.drawing.mask_at(at)
        self._pulled = corner
        if self.drawing.chosen is None:
            self._draw(at)
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = self._point(event.position())
        if self._pulled is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.drawing.pull(self._pulled, self._pointer)
            self._tell()
        elif self.drawing.begun:
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pulled is not None:
            self._pulled = None
            self.drawing.let_go()
            self._tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Its first press has set the last corner already."""
        if event.button() == Qt.MouseButton.LeftButton and self.drawing.begun:
            self._close()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()

    def _is_near_first(self, at: Point) -> bool:
        (x, y), within = self.drawing.begun[0], self._grab()
        near = abs(x - at[0]) <= within[0] and abs(y - at[1]) <= within[1]
        return near and len(self.drawing.begun) > 2

    def _draw(self, at: Point) -> None:
        self.drawing.add(at)
        self._tell()

    def _close(self) -> None:
        try:
            self.drawing.close()
        except KnownError as error:
            self.refused.emit(error)
            return
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    # The keyboard

    def event(self, event: QEvent) -> bool:
        """Keys without Ctrl or Alt are the canvas's while it has the keyboard, and Ctrl+Z."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            undo = held == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Z
            if undo or (held == Qt.KeyboardModifier.NoModifier and _is_own(event.key())):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Escape and not self.drawing.begun:
            self.left.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            if self.drawing.begun:
                self._close()
        elif self._drew(key, control=control):
            self._tell()
        else:
            event.ignore()  # Ctrl+Enter saves: the editor's

    def _drew(self, key: int, *, control: bool) -> bool:
        """What a key does to the drawing; whether it is one of those that do."""
        if control and key == Qt.Key.Key_Z:
            self.drawing.undo()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.drawing.delete()
        elif key == Qt.Key.Key_Escape:
            self.drawing.drop_begun()
        else:
            return False
        return True


def _is_own(key: int) -> bool:
    """Digits would turn the wall under the editor, letters would act on the incident."""
    return key in _OWN_KEYS or key == Qt.Key.Key_Escape or key < Qt.Key.Key_Escape
