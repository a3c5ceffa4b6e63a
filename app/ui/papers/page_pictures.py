"""Pictures of a paper's pages, drawn by pdfium in the background; the newest wish wins.

What is shown is the very file that is printed. In the Qt thread; knows no widget.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.errors import KnownError
from app.sheets.pages import PagePicture, Pages, PartPx
from app.ui.background import Background

_MOST_BYTES = 240_000_000
SizesMm = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class PictureWish:
    """One page at so many dots an inch; with `part`, only that much of its picture."""

    page: int
    dpi: float
    part: PartPx | None = None


class PagePictures(QObject):
    """Of one paper at a time."""

    opened = Signal()  # another paper: its pages are known
    drawn = Signal(object)  # PictureWish
    failed = Signal(object)  # KnownError

    def __init__(self) -> None:
        super().__init__()
        self._line = Background(workers=1)  # pdfium draws one page at a time
        self._pages: Pages | None = None
        self._number = 0
        self._wanted: dict[str, list[PictureWish]] = {}
        self._is_drawing = False
        self._kept: OrderedDict[PictureWish, QImage] = OrderedDict()
        self._before: dict[int, QImage] = {}
        self._of = ""
        self.sizes_mm: SizesMm = ()

    def show(self, pdf: bytes, of: str = "") -> None:
        """Another paper; what was asked for of the one before is forgotten.

        `of`: what it is a paper of. Its pages lie blank until they are drawn, unless the one before
        was of the same.
        """
        self._number += 1
        self._wanted.clear()
        number = self._number

        def work() -> tuple[Pages, SizesMm]:
            pages = Pages(pdf)
            return pages, tuple(pages.size_mm(page) for page in range(pages.count))

        def opened(found: tuple[Pages, SizesMm]) -> None:
            pages, sizes_mm = found
            if number != self._number:
                self._close_later(pages)
                return
            self._let_pages_go()
            is_same, self._of = of == self._of, of
            best = ((page, self.best_of(page)) for page in range(len(sizes_mm)) if is_same)
            self._before = {page: image for page, image in best if image is not None}
            self._kept.clear()
            self._pages, self.sizes_mm = pages, sizes_mm
            self.opened.emit()

        self._line.run(work, opened, self.failed.emit)

    def clear(self) -> None:
        """No paper."""
        self._number += 1
        self._wanted.clear()
        self._kept.clear()
        self._before = {}
        self.sizes_mm = ()
        self._let_pages_go()
        self.opened.emit()

    def picture(self, wish: PictureWish) -> QImage | None:
        """The picture if it is drawn already."""
        image = self._kept.get(wish)
        if image is not None:
            self._kept.move_to_end(wish)
        return image

    def best_of(self, page: int) -> QImage | None:
        """The largest whole picture there is of a page, to be stretched meanwhile; else that of the
        paper of the same thing before, so that a change of options does not flash."""
        whole = [
            (wish.dpi, image)
            for wish, image in self._kept.items()
            if wish.page == page and wish.part is None
        ]
        return max(whole, key=lambda one: one[0])[1] if whole else self._before.get(page)

    def want(self, wishes: list[PictureWish], of: str = "") -> None:
        """Draw these, in this order; what the same one (`of`) wished before is dropped."""
        self._wanted[of] = list(wishes)
        self._next()

    def stop(self) -> None:
        """The console ends."""
        self._number += 1
        self._wanted.clear()
        self._line.stop()
        pages, self._pages = self._pages, None
        if pages is not None:
            pages.close()

    def _next(self) -> None:
        pages = self._pages
        if self._is_drawing or pages is None:
            return
        wish = self._next_wish()
        if wish is None:
            return
        number = self._number
        self._is_drawing = True

        def work() -> QImage:
            return _image(pages.picture(wish.page, wish.dpi, wish.part))

        def done(image: QImage) -> None:
            self._is_drawing = False
            if number == self._number:
                self._keep(wish, image)
                self.drawn.emit(wish)
            self._next()

        self._line.run(work, done, self._on_failed)

    def _next_wish(self) -> PictureWish | None:
        """The next to draw; those of the view before those of the strip beside it."""
        for of in sorted(self._wanted):
            wishes = self._wanted[of]
            while wishes:
                wish = wishes.pop(0)
                if wish not in self._kept:
                    return wish
        return None

    def _on_failed(self, error: KnownError) -> None:
        self._is_drawing = False
        self.failed.emit(error)

    def _keep(self, wish: PictureWish, image: QImage) -> None:
        self._kept[wish] = image
        total = sum(one.sizeInBytes() for one in self._kept.values())
        while len(self._kept) > 1 and total > _MOST_BYTES:
            _, gone = self._kept.popitem(last=False)
            total -= gone.sizeInBytes()

    def _let_pages_go(self) -> None:
        pages, self._pages = self._pages, None
        if pages is not None:
            self._close_later(pages)

    def _close_later(self, pages: Pages) -> None:
        """In its turn: a page of it may be being drawn."""
        self._line.run(pages.close, _nothing, self.failed.emit)


def _image(drawn: PagePicture) -> QImage:
    """The picture with memory of its own."""
    width, height = drawn.width_px, drawn.height_px
    return QImage(drawn.pixels, width, height, 4 * width, QImage.Format.Format_RGB32).copy()


def _nothing(_: object) -> None:
    """Nobody waits for that."""
