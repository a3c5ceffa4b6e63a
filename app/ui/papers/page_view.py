"""The preview: a paper's pages as they will come out, sharp at every zoom. Draws; decides nothing.

A page is drawn whole up to a certain size; closer, only what is seen of it is, over the stretched
whole one.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from app.sheets.pages import PartPx
from app.thai.translation import tr
from app.ui.papers.page_layout import (
    PageBox,
    PageLayout,
    ViewMode,
    columns_of,
    fitting_zoom,
    lay_out,
    next_zoom,
    within,
)
from app.ui.papers.page_pictures import PagePictures, PictureWish
from app.ui.theme import Theme

_WHOLE_DPI = 220.0  # up to here a page is drawn whole: 1,820 × 2,573 pixels of an A4
_SCREEN_DPI = 96.0
_SPARE = 0.15  # of what is seen, drawn round it
_LATER_MS = 25
_STEP_PX = 60


class PageView(QAbstractScrollArea):
    """Zoom by keys or Ctrl and wheel, move by keys, wheel or hand."""

    zoomed = Signal(float)
    page_seen = Signal(int)  # the first page in sight, from 0
    entered = Signal()  # Enter

    def __init__(self, theme: Theme, pictures: PagePictures) -> None:
        super().__init__()
        self._theme, self._pictures = theme, pictures
        self.mode = ViewMode.TWO
        self.zoom = 1.0
        self._is_fitted = True
        self._layout = PageLayout((), 0.0, 0.0)
        self._grip: QPointF | None = None
        self._note = ""
        self._parts: dict[int, PictureWish] = {}
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Preview of the sheet"))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._want)
        pictures.opened.connect(self._on_opened)
        pictures.drawn.connect(self._on_drawn)

    # What is shown

    def show_note(self, words: str) -> None:
        """Words in place of pages: what to choose, or why there is no sheet."""
        self._note = words
        self.viewport().update()

    def show_mode(self, mode: ViewMode) -> None:
        """One page, two pages, or as wide as the window."""
        self.mode = mode
        self._is_fitted = True
        self._lay_out()

    def show_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """This zoom; `at` (in the view) stays where it is, else the view's middle."""
        at = at or QPointF(self.viewport().rect().center())
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        left, top = self._origin()
        old = self.zoom
        x, y = (at.x() - left) / old, (at.y() - top) / old
        self.zoom, self._is_fitted = within(zoom), False
        self._lay_out()
        left, top = self._origin()
        across.setValue(round(across.value() + left + x * self.zoom - at.x()))
        down.setValue(round(down.value() + top + y * self.zoom - at.y()))

    def step_zoom(self, by: int) -> None:
        """Closer (1) or farther (−1)."""
        self.show_zoom(next_zoom(self.zoom, by))

    @property
    def columns(self) -> int:
        """How many pages lie side by side."""
        return columns_of(self.mode, len(self._pictures.sizes_mm))

    @property
    def page(self) -> int:
        """The first page in sight, from 0."""
        return self._layout.page_at(self.verticalScrollBar().value() + self.viewport().height() / 4)

    def go_to(self, page: int) -> None:
        """Bring this page to the top."""
        boxes = self._layout.boxes
        if boxes:
            box = boxes[max(0, min(len(boxes) - 1, page))]
            self.verticalScrollBar().setValue(round(box.top - 8))

    def step_page(self, by: int) -> None:
        """The next row of pages, or the one before; a screen further within a large page."""
        bar, room = self.verticalScrollBar(), self.viewport().height()
        boxes = self._layout.boxes
        if boxes and boxes[0].height > room:
            bar.setValue(bar.value() + by * (room - _STEP_PX))
        else:
            self.go_to(self.page + by * self.columns)

    # Layout

    def _lay_out(self) -> None:
        sizes, room = self._pictures.sizes_mm, self.viewport().size()
        if self._is_fitted:
            self.zoom = fitting_zoom(sizes, self.mode, room.width(), room.height())
        self._layout = lay_out(sizes, self.zoom, self.columns)
        for bar, whole, seen in (
            (self.horizontalScrollBar(), self._layout.width, room.width()),
            (self.verticalScrollBar(), self._layout.height, room.height()),
        ):
            bar.setRange(0, max(0, round(whole - seen)))
            bar.setPageStep(seen)
            bar.setSingleStep(self._theme.px(_STEP_PX))
        self.zoomed.emit(self.zoom)
        self._moved()

    def _moved(self) -> None:
        self.viewport().update()
        self._later.start()
        self.page_seen.emit(self.page)

    def _origin(self) -> tuple[float, float]:
        """Where the layout's corner lies in the view."""
        room = self.viewport().size()
        left = max(0.0, (room.width() - self._layout.width) / 2)
        top = max(0.0, (room.height() - self._layout.height) / 2)
        return left - self.horizontalScrollBar().value(), top - self.verticalScrollBar().value()

    def _place(self, box: PageBox) -> QRectF:
        left, top = self._origin()
        return QRectF(round(left + box.left), round(top + box.top), box.width, box.height)

    # Pictures

    def _dpi(self) -> float:
        return _SCREEN_DPI * self.zoom * self.devicePixelRatioF()

    def _whole(self, page: int) -> PictureWish:
        return PictureWish(page, round(min(self._dpi(), _WHOLE_DPI), 2))

    def _part(self, box: PageBox) -> PictureWish | None:
        """What is seen of a page that is too close to be drawn whole, and a little round it."""
        dpi = self._dpi()
        if dpi <= _WHOLE_DPI:
            return None
        place = self._place(box)
        seen = place.intersected(QRectF(self.viewport().rect()))
        if seen.isEmpty():
            return None
        spare = max(seen.width(), seen.height()) * _SPARE
        seen = seen.adjusted(-spare, -spare, spare, spare).intersected(place)
        seen.translate(-place.topLeft())
        ratio = self.devicePixelRatioF()
        left, top = int(seen.left() * ratio), int(seen.top() * ratio)
        part = PartPx(left, top, round(seen.width() * ratio), round(seen.height() * ratio))
        return PictureWish(box.number, round(dpi, 2), part)

    def _want(self) -> None:
        """Ask for what is seen, then for the pages around it."""
        room = QRectF(self.viewport().rect())
        seen = [box for box in self._layout.boxes if self._place(box).intersects(room)]
        self._parts = {box.number: part for box in seen if (part := self._part(box)) is not None}
        near = {n for box in seen for n in (box.number - 1, box.number + 1)}
        around = [box.number for box in self._layout.boxes if box.number in near]
        self._pictures.want(
            [
                *(self._whole(box.number) for box in seen),
                *self._parts.values(),
                *(self._whole(number) for number in around),
            ]
        )
        self.viewport().update()

    # Slots

    def _on_opened(self) -> None:
        self._parts = {}
        self._lay_out()

    def _on_drawn(self, _wish: object) -> None:
        self.viewport().update()

    # Qt

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._moved()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour("paper_desk"))
        if self._note:
            self._paint_note(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for box in self._layout.boxes:
            place = self._place(box)
            if place.intersects(QRectF(event.rect())):
                self._paint_page(painter, box, place)
        if self.hasFocus():
            painter.setPen(self._theme.colour("blue"))
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))

    def _paint_page(self, painter: QPainter, box: PageBox, place: QRectF) -> None:
        painter.fillRect(place, Qt.GlobalColor.white)
        whole = self._pictures.picture(self._whole(box.number))
        image = whole if whole is not None else self._pictures.best_of(box.number)
        if image is not None:
            painter.drawImage(place, image)
        close = self._parts.get(box.number)
        if close is None or close.part is None or close.dpi != round(self._dpi(), 2):
            return
        image = self._pictures.picture(close)
        if image is not None:
            ratio, part = self.devicePixelRatioF(), close.part
            left, top = place.left() + part.x / ratio, place.top() + part.y / ratio
            painter.drawImage(QRectF(left, top, part.width / ratio, part.height / ratio), image)

    def _paint_note(self, painter: QPainter) -> None:
        painter.setPen(self._theme.colour("text_2"))
        painter.setFont(self._theme.font("field"))
        margin = self._theme.px(40)
        room = QRect(self.viewport().rect()).adjusted(margin, margin, -margin, -margin)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(room, int(flags), self._note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case Qt.Key.Key_Home:
                self.go_to(0)
            case Qt.Key.Key_End:
                self.go_to(len(self._layout.boxes) - 1)
            case Qt.Key.Key_Space:
                self.step_page(1)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turn = event.angleDelta().y() / 120
            self.show_zoom(self.zoom * 1.2**turn, event.position())
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            by = event.position() - self._grip
            self._grip = event.position()
            for bar, pixels in (
                (self.horizontalScrollBar(), by.x()),
                (self.verticalScrollBar(), by.y()),
            ):
                bar.setValue(bar.value() - round(pixels))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.viewport().unsetCursor()
