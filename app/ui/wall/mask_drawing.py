"""Masks while they are drawn: corners set, pulled and taken away, every step undone. Knows no Qt.

Points are fractions of the picture, as in `PrivacyMask`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from shapely import Point as Spot
from shapely import Polygon

from app.cameras.drawn_masks import check_corners
from app.cameras.masks import Point, PrivacyMask
from app.errors import KnownError

Outline = tuple[Point, ...]


class Corner(NamedTuple):
    """One corner of one finished outline; `corner` None is the whole outline."""

    mask: int
    corner: int | None


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is drawn at one moment; `begun` is an outline that is not closed yet."""

    outlines: tuple[Outline, ...] = ()
    begun: Outline = ()


class MaskDrawing:
    """The masks of one camera under the officer's hands."""

    def __init__(self, masks: Sequence[PrivacyMask]) -> None:
        self._sheet = _Sheet(tuple(mask.corners for mask in masks))
        self._saved = self._sheet
        self._before: list[_Sheet] = []
        self._pulled_from: _Sheet | None = None
        self.chosen: Corner | None = None

    # What there is

    @property
    def outlines(self) -> tuple[Outline, ...]:
        """Those that are closed."""
        return self._sheet.outlines

    @property
    def begun(self) -> Outline:
        """The corners set so far of the one being drawn."""
        return self._sheet.begun

    @property
    def is_changed(self) -> bool:
        """Whether leaving now would lose something."""
        return self._sheet != self._saved

    def masks(self) -> tuple[PrivacyMask, ...]:
        """What is to be saved. Raises KnownError if an outline will not do or is not closed."""
        if self.begun:
            check_corners(self.begun)
        outlines = self.outlines + ((self.begun,) if self.begun else ())
        for outline in outlines:
            check_corners(outline)
        return tuple(PrivacyMask(outline) for outline in outlines)

    def is_sound(self, outline: Outline) -> bool:
        """Whether it could be saved as it is."""
        try:
            check_corners(outline)
        except KnownError:
            return False
        return True

    # Finding

    def corner_near(self, at: Point, within: Point) -> Corner | None:
        """The corner nearest to a point, if it is no farther away than `within` (x, y)."""
        best, best_away = None, 1.0
        for number, outline in enumerate(self.outlines):
            for corner, (x, y) in enumerate(outline):
                away = math.hypot((x - at[0]) / within[0], (y - at[1]) / within[1])
                if away <= best_away:
                    best, best_away = Corner(number, corner), away
        return best

    def mask_at(self, at: Point) -> Corner | None:
        """The mask a point lies in, the newest first."""
        for number in reversed(range(len(self.outlines))):
            if Polygon(self.outlines[number]).buffer(0).contains(Spot(at)):
                return Corner(number, None)
        return None

    # Drawing

    def add(self, at: Point) -> None:
        """One more corner of the outline being drawn."""
        self.chosen = None
        self._change(replace(self._sheet, begun=(*self.begun, _inside(at))))

    def close(self) -> None:
        """Finish the outline being drawn. Raises KnownError and keeps it if it will not do."""
        check_corners(self.begun)
        self.chosen = Corner(len(self.outlines), None)
        self._change(_Sheet((*self.outlines, self.begun)))

    def pull(self, corner: Corner, to: Point) -> None:
        """Move a corner; one undo takes back the whole pull, which `let_go` ends."""
        if corner.corner is None:
            return
        if self._pulled_from is None:
            self._pulled_from = self._sheet
        outline = list(self.outlines[corner.mask])
        outline[corner.corner] = _inside(to)
        self._sheet = replace(self._sheet, outlines=self._with(corner.mask, tuple(outline)))

    def let_go(self) -> None:
        """The end of a pull."""
        if self._pulled_from is not None and self._pulled_from != self._sheet:
            self._before.append(self._pulled_from)
        self._pulled_from = None

    def delete(self) -> None:
        """The last corner being drawn, else the chosen corner, else the chosen mask.

        Of three corners none can go: then the mask goes.
        """
        if self.begun:
            self._change(replace(self._sheet, begun=self.begun[:-1]))
            return
        if self.chosen is None:
            return
        mask, corner = self.chosen
        outline = self.outlines[mask]
        if corner is not None and len(outline) > 3:
            left = self._with(mask, outline[:corner] + outline[corner + 1 :])
        else:
            left = self._with(mask, None)
        self.chosen = None
        self._change(replace(self._sheet, outlines=left))

    def drop_begun(self) -> None:
        """Give up the outline being drawn."""
        if self.begun:
            self._change(replace(self._sheet, begun=()))

    def undo(self) -> None:
        """The sheet as it was before the last step."""
        if self._before:
            self._sheet = self._before.pop()
            self.chosen = None

    def _change(self, sheet: _Sheet) -> None:
        if sheet != self._sheet:
            self._before.append(self._sheet)
            self._sheet = sheet

    def _with(self, mask: int, outline: Outline | None) -> tuple[Outline, ...]:
        own = () if outline is None else (outline,)
        return self.outlines[:mask] + own + self.outlines[mask + 1 :]


def _inside(at: Point) -> Point:
    x, y = (min(max(value, 0.0), 1.0) for value in at)
    return x, y
