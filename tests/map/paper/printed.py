"""A map set on a page by Typst and drawn again by pdfium: what a ruler would find on paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2
import typst
from numpy.typing import NDArray

from app.sheets.map_on_paper import MapOnPaper

DPI = 600
PX_PER_MM = DPI / 25.4
LEFT_MM, TOP_MM = 25.4, 38.1  # whole pixels at 600 dpi
_PAGE = """#set page(width: {page_width}mm, height: {page_height}mm, margin: 0mm)
#place(top + left, dx: {left}mm, dy: {top}mm, image("map.svg", width: {width}mm))
"""


@dataclass(frozen=True, slots=True)
class Printed:
    """The page's file, and the darkness of the map on it: 0 white, 1 black; rows from the top."""

    pdf: bytes
    dark: NDArray[np.float64]

    def row(self, y_mm: float, half_mm: float = 0.0) -> NDArray[np.float64]:
        """The darkness along a line across the map, averaged over a band."""
        first, past = _band(y_mm, half_mm)
        return np.asarray(self.dark[first:past].mean(axis=0))

    def column(self, x_mm: float, half_mm: float = 0.0) -> NDArray[np.float64]:
        """The same downward."""
        first, past = _band(x_mm, half_mm)
        return np.asarray(self.dark[:, first:past].mean(axis=1))


def _band(at_mm: float, half_mm: float) -> tuple[int, int]:
    first = int(np.floor((at_mm - half_mm) * PX_PER_MM))
    return first, max(first + 1, int(np.ceil((at_mm + half_mm) * PX_PER_MM)))


def printed(folder: Path, drawn: MapOnPaper, *, stretched: float = 1.0) -> Printed:
    """Set it, and look at it at 600 dpi. `stretched` is how much too wide it is set."""
    (folder / "map.svg").write_bytes(drawn.svg)
    page = folder / "page.typ"
    words = _PAGE.format(
        left=LEFT_MM,
        top=TOP_MM,
        width=drawn.width_mm * stretched,
        page_width=LEFT_MM + drawn.width_mm + 10,
        page_height=TOP_MM + drawn.height_mm + 10,
    )
    page.write_text(words, "utf-8")
    pdf = typst.compile(str(page), ignore_system_fonts=True)
    document = pypdfium2.PdfDocument(pdf)
    bitmap = document[0].render(scale=DPI / 72, grayscale=True)
    grey = bitmap.to_numpy().reshape(bitmap.height, bitmap.width).astype(np.float64)
    document.close()
    top, left = round(TOP_MM * PX_PER_MM), round(LEFT_MM * PX_PER_MM)
    height, width = (round(side * PX_PER_MM) for side in (drawn.height_mm, drawn.width_mm))
    return Printed(pdf, 1.0 - grey[top : top + height, left : left + width] / 255.0)


def runs(dark: NDArray[np.float64], least: float = 0.5) -> list[tuple[float, float]]:
    """The dark stretches of a line: where each begins and ends, in millimetres."""
    inked = np.concatenate(([False], dark > least, [False]))
    edges = np.flatnonzero(inked[1:] != inked[:-1])
    return [(a / PX_PER_MM, b / PX_PER_MM) for a, b in edges.reshape(-1, 2).tolist()]
