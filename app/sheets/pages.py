"""A paper as it will come out: pictures, text and attachments of its PDF, by pdfium.

pdfium has no threads: one lock for the process. What it is given here, the press has set, or a
person has chosen to check.
"""

from __future__ import annotations

import ctypes
import io
import math
import threading
from dataclasses import dataclass
from types import TracebackType

import pypdfium2 as pdfium
from pypdfium2 import raw

from app.errors import KnownError, msg

POINTS_PER_INCH = 72.0
MM_PER_POINT = 25.4 / POINTS_PER_INCH
_STAMP_FROM_RIGHT_MM, _STAMP_FROM_TOP_MM = 19.6, 7.0
_pdfium = threading.RLock()


@dataclass(frozen=True, slots=True)
class PartPx:
    """A rectangle of a page's picture, in its pixels, from the upper left corner."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PagePicture:
    """What a page looks like. Four bytes a pixel, blue first, the fourth unused; rows follow each
    other without a gap (Qt: `Format_RGB32`)."""

    width_px: int
    height_px: int
    pixels: bytes


class Pages:
    """The pages of one PDF. Numbers count from 0. May be used by any thread, and closed twice."""

    def __init__(self, pdf: bytes) -> None:
        """Raises KnownError: it is none, or is locked by a password."""
        with _pdfium:
            try:
                self._document = pdfium.PdfDocument(pdf)
            except pdfium.PdfiumError as error:
                raise KnownError(
                    msg("The file cannot be read as a PDF: it is damaged, or no PDF."),
                    safe=msg("Nothing was changed."),
                ) from error
            self._is_open = True

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the memory go."""
        with _pdfium:
            if self._is_open:
                self._is_open = False
                self._document.close()

    @property
    def count(self) -> int:
        """How many pages there are."""
        with _pdfium:
            return len(self._document)

    def size_mm(self, number: int) -> tuple[float, float]:
        """Width and height of a page."""
        with _pdfium:
            width, height = self._document.get_page_size(number)
        return width * MM_PER_POINT, height * MM_PER_POINT

    def size_px(self, number: int, dpi: float) -> tuple[int, int]:
        """Width and height of a page's picture at a resolution."""
        with _pdfium:
            width, height = self._document.get_page_size(number)
        scale = dpi / POINTS_PER_INCH
        return max(1, math.ceil(width * scale - 1e-6)), max(1, math.ceil(height * scale - 1e-6))

    def picture(self, number: int, dpi: float, part: PartPx | None = None) -> PagePicture:
        """A page on white at a resolution; with `part`, only that much of the same picture: at
        high zoom a whole page would be hundreds of megabytes."""
        whole = self.size_px(number, dpi)
        part = part or PartPx(0, 0, *whole)
        with _pdfium:
            page = self._document[number]
            bitmap = pdfium.PdfBitmap.new_native(part.width, part.height, raw.FPDFBitmap_BGRx)
            try:
                raw.FPDFBitmap_FillRect(bitmap, 0, 0, part.width, part.height, 0xFFFFFFFF)
                raw.FPDF_RenderPageBitmap(bitmap, page, -part.x, -part.y, *whole, 0, raw.FPDF_ANNOT)
                pixels = ctypes.string_at(
                    raw.FPDFBitmap_GetBuffer(bitmap), 4 * part.width * part.height
                )
            finally:
                bitmap.close()
                page.close()
        return PagePicture(part.width, part.height, pixels)

    def text(self, number: int) -> str:
        """What is written on a page, as another program would copy it."""
        with _pdfium:
            page = self._document[number]
            text_page = page.get_textpage()
            try:
                return str(text_page.get_text_range())
            finally:
                text_page.close()
                page.close()

    def attachment(self, name: str) -> bytes | None:
        """An attached file by its name; None if there is none, or it cannot be read."""
        with _pdfium:
            for index in range(self._document.count_attachments()):
                found = self._document.get_attachment(index)
                if found.get_name() == name:
                    try:
                        return bytes(found.get_data())
                    except pdfium.PdfiumError:
                        return None
        return None


def with_stamp(pdf: bytes, stamp: bytes) -> bytes:
    """The paper with the first page of `stamp` laid over the upper right of each of its pages."""
    with _pdfium:
        try:
            paper, over = pdfium.PdfDocument(pdf), pdfium.PdfDocument(stamp)
        except pdfium.PdfiumError as error:
            raise KnownError(
                msg("The file cannot be read as a PDF: it is damaged, or no PDF."),
                safe=msg("Nothing was changed."),
            ) from error
        try:
            drawn = over.page_as_xobject(0, paper)
            width, height = over.get_page_size(0)
            for number in range(len(paper)):
                _lay_over(paper[number], drawn, width, height)
            written = io.BytesIO()
            paper.save(written)
            return written.getvalue()
        finally:
            over.close()
            paper.close()


def _lay_over(page: pdfium.PdfPage, drawn: pdfium.PdfXObject, width: float, height: float) -> None:
    right, top = page.get_width(), page.get_height()
    x = right - _STAMP_FROM_RIGHT_MM / MM_PER_POINT - width
    y = top - _STAMP_FROM_TOP_MM / MM_PER_POINT - height
    placed = drawn.as_pageobject()
    placed.transform(pdfium.PdfMatrix().translate(x, y))
    page.insert_obj(placed)
    page.gen_content()
    page.close()
