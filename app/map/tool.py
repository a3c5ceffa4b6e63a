"""What a drawing or measuring tool is to the map: asked about the mouse, and drawn. No widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from app.map.frame import Frame
from app.map.style import MapStyle


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the mouse is: in logical pixels and in local metres. `free`: Shift is held."""

    at_px: QPointF
    x_m: float
    y_m: float
    px_per_m: float
    free: bool = False


class Overlay(Protocol):
    """Something drawn above the still pictures at every paint."""

    def draw(self, painter: QPainter, frame: Frame, style: MapStyle) -> None:
        """Paint in logical pixels."""
        ...


class MapTool(Overlay, Protocol):
    """An overlay that the mouse works with. What it does not take moves the map."""

    @property
    def hand_m(self) -> tuple[float, float] | None:
        """Where the hand works, in local metres, for a card to keep clear of; None: nowhere."""
        ...

    def press(self, pointer: Pointer) -> bool:
        """Whether what was pressed is the tool's, until it is let go."""
        ...

    def drag(self, pointer: Pointer) -> None:
        """What was pressed is pulled."""
        ...

    def release(self, pointer: Pointer) -> None:
        """What was pressed is let go."""
        ...

    def hover(self, pointer: Pointer) -> None:
        """Nothing is pressed."""
        ...

    def click(self, pointer: Pointer, double: bool) -> bool:
        """Whether a click on the ground was for the tool."""
        ...
