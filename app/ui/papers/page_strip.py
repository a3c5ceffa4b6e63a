"""The pages of a paper as small pictures beside the preview: a click leads to one."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from app.thai.translation import tr
from app.ui.papers.page_pictures import PagePictures, PictureWish
from app.ui.theme import Theme

_WIDE_PX = 92
_PAGE_PX = 64
_NUMBER_PX = 20
_GAP_PX = 6
_LATER_MS = 80
_MM_PER_INCH = 25.4
_OF = "strip"


class _Small(QWidget):
    """All small pages under each other; told where it is looked at by the area around it."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, pictures: PagePictures) -> None:
        super().__init__()
        self._theme, self._pictures = theme, pictures
        self.page = 0

    def sizeHint(self) -> QSize:
        places = self.places()
        return QSize(self._theme.px(_WIDE_PX), places[-1].bottom() + 12 if places else 0)

    def places(self) -> list[QRect]:
        """Each page's place, its number below it."""
        px, top = self._theme.px, _GAP_PX
        found = []
        for width_mm, height_mm in self._pictures.sizes_mm:
            across = px(_PAGE_PX)
            down = round(across * height_mm / max(1.0, width_mm))
            left = (px(_WIDE_PX) - 10 - across) // 2
            found.append(QRect(left, top, across, down + px(_NUMBER_PX)))
            top += down + px(_NUMBER_PX) + _GAP_PX
        return found

    def wish(self, page: int) -> PictureWish:
        """The small picture of a page."""
        width_mm = max(1.0, self._pictures.sizes_mm[page][0])
        wide = self._theme.px(_PAGE_PX) * self.devicePixelRatioF()
        return PictureWish(page, round(wide / width_mm * _MM_PER_INCH, 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(self._theme.font("hint"))
        for page, place in enumerate(self.places()):
            if place.intersects(event.rect()):
                self._paint(painter, page, place)

    def _paint(self, painter: QPainter, page: int, place: QRect) -> None:
        paper = place.adjusted(0, 0, 0, -self._theme.px(_NUMBER_PX))
        painter.fillRect(paper, Qt.GlobalColor.white)
        image = self._pictures.picture(self.wish(page)) or self._pictures.best_of(page)
        if image is not None:
            painter.drawImage(QRectF(paper), image)
        is_here = page == self.page
        if is_here:
            painter.setPen(self._theme.colour("blue"))
            painter.drawRect(paper.adjusted(-1, -1, 0, 0))
            painter.drawRect(paper.adjusted(-2, -2, 1, 1))
        painter.setPen(self._theme.colour("text" if is_here else "text_2"))
        below = QRect(place.left(), paper.bottom() + 1, place.width(), self._theme.px(_NUMBER_PX))
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(page + 1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        found = (page for page, place in enumerate(self.places()) if place.contains(at))
        page = next(found, None)
        if page is not None:
            self.chosen.emit(page)


class PageStrip(QScrollArea):
    """Shown when there are more pages than lie side by side."""

    page_chosen = Signal(int)

    def __init__(self, theme: Theme, pictures: PagePictures) -> None:
        super().__init__()
        self._pictures = pictures
        self.setProperty("ground", "panel")
        self.setFixedWidth(theme.px(_WIDE_PX))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Pages"))
        self._small = _Small(theme, pictures)
        self._small.chosen.connect(self.page_chosen)
        self.setWidget(self._small)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_LATER_MS)
        self._later.timeout.connect(self._want)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        pictures.opened.connect(self._on_opened)
        pictures.drawn.connect(self._on_drawn)

    def show_for(self, columns: int) -> None:
        """There is a use for it when not all pages lie side by side."""
        self.setVisible(len(self._pictures.sizes_mm) > columns)
        self._later.start()

    def show_page(self, page: int) -> None:
        """The page that is looked at."""
        if page != self._small.page:
            self._small.page = page
            self._small.update()
            places = self._small.places()
            if page < len(places):
                middle = places[page].center()
                self.ensureVisible(middle.x(), middle.y(), 0, places[page].height())

    def _want(self) -> None:
        if not self.isVisible():
            self._pictures.want([], _OF)
            return
        seen = self.viewport().rect().translated(0, self.verticalScrollBar().value())
        places = enumerate(self._small.places())
        wishes = [self._small.wish(page) for page, place in places if place.intersects(seen)]
        self._pictures.want(wishes, _OF)

    def _on_opened(self) -> None:
        self._small.page = 0
        self._small.resize(self._small.sizeHint())
        self._small.update()
        self._later.start()

    def _on_drawn(self, _wish: object) -> None:
        self._small.update()

    def _on_scrolled(self, _value: int) -> None:
        self._later.start()
