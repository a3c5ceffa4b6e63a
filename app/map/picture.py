"""What is asked of whoever draws the map's still pictures, and what comes back. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from app.map.clusters import NO_CLUSTERS, Clusters
from app.map.draw_names import Name
from app.map.draw_rasters import Troubles
from app.map.frame import Frame
from app.map.ground import Ground
from app.map.scene import Scene
from app.map.style import MapStyle


class PictureKind(StrEnum):
    """The base map, or what stands still above it."""

    GROUND = "ground"
    SCENE = "scene"


FORMATS = {
    PictureKind.GROUND: QImage.Format.Format_RGB32,
    PictureKind.SCENE: QImage.Format.Format_ARGB32_Premultiplied,
}
"""How the pixels of each lie in memory: four bytes each."""


@dataclass(frozen=True, slots=True, eq=False)
class PictureRequest:
    """What to draw. `load_ground` builds the base map (slow the first time), `None` without one."""

    frame: Frame
    scene: Scene
    style: MapStyle
    load_ground: Callable[[], Ground | None]
    versions: tuple[tuple[PictureKind, int], ...]  # what is wanted, in this order
    first_px: QRect | None = None  # the part of the frame that is wanted before the rest
    number: int = 0  # the asker's own
    papers: Mapping[PictureKind, QImage] = field(default_factory=dict)
    """What to draw upon, in place of memory of its own: then nothing is cut off or copied."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A finished picture: the ground it shows and the version of the contents it was drawn from."""

    kind: PictureKind
    version: int
    frame: Frame
    image: QImage
    names: tuple[Name, ...] = ()  # of the still scene, drawn one by one above it
    clusters: Clusters = NO_CLUSTERS  # of the still scene: what a click may mean
    is_first: bool = False  # only what is looked at; the rest comes later
    number: int = 0  # of the request
    troubles: Troubles = ()  # of the base map: pictures of the ground that are gone or damaged
