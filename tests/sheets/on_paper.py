"""A sheet as it comes out of the press: its text as another program copies it, its ink measured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.sheets.pages import MM_PER_POINT, POINTS_PER_INCH, Pages
from app.sheets.press import Press
from app.sheets.sheet import Sheet, Typeset
from tests.sheets.material import pressed

DPI = 96.0
LEFT_MM, RIGHT_MM = 30.0, 190.0
"""What lies outside the memo margins of A4 is white."""


@dataclass(frozen=True)
class OnPaper:
    """A paper: what it says page by page, and what it looks like."""

    typeset: Typeset
    texts: tuple[str, ...]
    sizes_mm: tuple[tuple[float, float], ...]
    grey: tuple[NDArray[np.uint8], ...]
    coloured: bool

    @property
    def text(self) -> str:
        """All of it in one line: where lines break is the paper's affair."""
        return " ".join(" ".join(self.texts).replace("\u200b", "").split())

    def says(self, words: str) -> bool:
        """Whether these words stand on it, however its lines are broken."""
        return "".join(words.split()) in "".join(self.text.split())

    def ink_mm(self, page: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom edge of whatever is drawn on a page."""
        rows, columns = np.nonzero(self.grey[page] < 200)
        scale = MM_PER_POINT * POINTS_PER_INCH / DPI
        edges = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
        return tuple(float(edge) * scale for edge in edges)  # type: ignore[return-value]

    def is_within_margins(self) -> bool:
        """Whether nothing on any page leaves the memo margins to the left or right."""
        edges = [self.ink_mm(page) for page in range(len(self.texts))]
        return all(left >= LEFT_MM - 0.6 and right <= RIGHT_MM + 0.6 for left, _, right, _ in edges)

    def darkness(self, page: int, box_mm: tuple[float, float, float, float]) -> float:
        """How much of a rectangle (left, top, right, bottom) is inked, from 0 to 1."""
        scale = DPI / (MM_PER_POINT * POINTS_PER_INCH)
        left, top, right, bottom = (round(edge * scale) for edge in box_mm)
        return float(np.mean(self.grey[page][top:bottom, left:right] < 128))


def on_paper(press: Press, sheet: Sheet) -> OnPaper:
    """Set it and look at it."""
    typeset = pressed(press, sheet)
    assert typeset.notes == ()
    with Pages(typeset.pdf) as pages:
        numbers = range(pages.count)
        pictures = [pages.picture(number, DPI) for number in numbers]
        arrays = [
            np.frombuffer(one.pixels, np.uint8).reshape(one.height_px, one.width_px, 4)[:, :, :3]
            for one in pictures
        ]
        return OnPaper(
            typeset,
            tuple(pages.text(number) for number in numbers),
            tuple(pages.size_mm(number) for number in numbers),
            tuple(array.mean(axis=2).astype(np.uint8) for array in arrays),
            any(bool((np.ptp(array, axis=2) > 24).any()) for array in arrays),
        )
