"""What is written under the names of areas while the zone is redrawn: their share of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from app.map.frame import Frame
from app.map.labels import draw_haloed, text_path
from app.map.style import MapStyle


@dataclass(frozen=True, slots=True)
class ShareNote:
    """A line under an area's name."""

    x_m: float
    y_m: float
    text: str


class ShareNotes:
    """An overlay."""

    def __init__(self) -> None:
        self._notes: tuple[ShareNote, ...] = ()

    def show(self, notes: Sequence[ShareNote]) -> None:
        """These lines from now on."""
        self._notes = tuple(notes)

    def draw(self, painter: QPainter, frame: Frame, style: MapStyle) -> None:
        font = style.font(13)
        for note in self._notes:
            at = frame.to_px(note.x_m, note.y_m)
            if not frame.size_px.contains(at):
                continue
            path = text_path(note.text, font)
            path.translate(QPointF(at.x(), at.y() + 20 * style.text_scale))
            draw_haloed(painter, path, style.text_secondary, style.land, 3)
