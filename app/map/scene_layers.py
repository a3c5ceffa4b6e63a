"""What stands above the base map, in which order and ink, the same on screen and on paper.

How each thing comes onto the picture is its heirs' business.
"""

from __future__ import annotations

from abc import ABC, abstractmethod

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from app.map.frame import Frame
from app.map.marks import CameraLook, MapLayer
from app.map.scene import Scene
from app.map.scene_layout import SceneLayout
from app.map.style import MapStyle, colour, pen


class SceneLayers(ABC):
    """One still scene, layer by layer."""

    def __init__(
        self,
        painter: QPainter,
        frame: Frame,
        scene: Scene,
        layout: SceneLayout,
        style: MapStyle,
    ) -> None:
        self._painter = painter
        self._frame = frame
        self._scene = scene
        self._layout = layout
        self._style = style

    @abstractmethod
    def _paint_density(self) -> None:
        """Where incidents crowd."""

    @abstractmethod
    def _paint_coverage(self) -> None:
        """What is seen of a zone."""

    @abstractmethod
    def _paint_views(self) -> None:
        """What each camera sees."""

    @abstractmethod
    def _paint_walls(self) -> None:
        """Walls drawn by hand."""

    @abstractmethod
    def _paint_areas(self, layer: MapLayer) -> None:
        """The outlines of one kind of area."""

    @abstractmethod
    def _paint_cameras(self) -> None:
        """The cameras' own marks."""

    @abstractmethod
    def _paint_incidents(self) -> None:
        """The incidents' marks."""

    def paint(self) -> None:
        """Layer by layer, the lowest first."""
        for look in self._scene.layers:
            if not look.shown or look.opacity <= 0:
                continue
            self._painter.setOpacity(look.opacity)
            match look.layer:
                case MapLayer.DENSITY:
                    self._paint_density()
                case MapLayer.COVERAGE:
                    self._paint_coverage()
                case MapLayer.VIEWS:
                    self._paint_views()
                case MapLayer.WALLS:
                    self._paint_walls()
                case MapLayer.CAMERAS:
                    self._paint_cameras()
                case MapLayer.INCIDENTS:
                    self._paint_incidents()
                case MapLayer.UNITS | MapLayer.PICTURES:
                    pass  # units live, pictures lie in the base map
                case _:
                    self._paint_areas(look.layer)


def outline_of(layer: MapLayer, style: MapStyle) -> tuple[str, str, float, tuple[float, ...]]:
    """The kind of area of a layer, its line's ink, width and dashes in pixels."""
    match layer:
        case MapLayer.TAMBONS:
            return "tambon", style.boundary, 1.4, (9.0, 3.0, 2.0, 3.0)
        case MapLayer.BEATS:
            return "beat", style.beat, 1.2, (5.0, 4.0)
        case MapLayer.NO_GO:
            return "no_go", style.red, 1.3, (3.0, 3.0)
        case MapLayer.COMMUNITIES:
            return "community", style.community, 1.3, (1.5, 4.0)
        case _:
            return "zone", style.zone, 2.2, style.zone_dash_px


def view_ink(look: CameraLook, style: MapStyle) -> tuple[QPen, QBrush]:
    """Line and fill of a field of view: what a camera in trouble sees is not promised."""
    if look is CameraLook.LOST:
        return pen(style.red, 1.2, 0.8, (5, 4)), QBrush(Qt.BrushStyle.NoBrush)
    if look is CameraLook.LATE or look is CameraLook.PASSWORD:
        return pen(style.amber, 1.0, 0.7), QBrush(colour(style.amber, 0.06))
    return pen(style.field_of_view, 1.0, 0.34), QBrush(colour(style.field_of_view, 0.10))
