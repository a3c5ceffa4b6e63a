"""What a file of pictures of the ground holds, told before it is brought. Keeps nothing."""

from __future__ import annotations

import numpy as np

from app.errors import Message, msg
from app.geo.ground_pictures import plain_words
from app.geo.imports.classes import PICTURES, Shape
from app.geo.imports.file_crs import Ground
from app.geo.imports.formats import MapFile, MapFormat
from app.geo.imports.inspection import BoundsDeg, Inspection, LayerGroup
from app.geo.imports.pictures import place_picture
from app.geo.imports.request import Crs
from app.geo.imports.tiles import open_tiles

_WEB_MERCATOR = "WGS 84 / Pseudo-Mercator"  # as PROJ calls what such tiles are in


def inspect_picture(file: MapFile, ground: Ground, chosen: Crs | None) -> Inspection:
    """Where it lies and how fine it is. Raises KnownError, and CrsUnclearError with choices."""
    if file.format in (MapFormat.MBTILES, MapFormat.PMTILES):
        opened = open_tiles(file, ground)
        opened.close()
        detail = msg("zoom {low}–{high}", low=opened.min_zoom, high=opened.max_zoom)
        words = plain_words(opened.attribution)
        return _found(file, (_WEB_MERCATOR,), opened.bounds_deg, detail, attribution=words)
    placed, crs = place_picture(file, ground, chosen)
    corners = crs.to_degrees(placed.corners)
    bounds: BoundsDeg | None = None
    if np.isfinite(corners).all():
        (west, south), (east, north) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
        bounds = (west, south, east, north)
    detail = msg(
        "{width} × {height} pixels", width=f"{placed.width_px:,}", height=f"{placed.height_px:,}"
    )
    return _found(file, (crs.name,), bounds, detail, crs.notices)


def _found(
    file: MapFile,
    systems: tuple[str, ...],
    bounds_deg: BoundsDeg | None,
    detail: Message,
    notices: tuple[Message, ...] = (),
    attribution: str = "",
) -> Inspection:
    return Inspection(
        name=file.path.name,
        format=file.format,
        size_bytes=file.size_bytes,
        systems=systems,
        bounds_deg=bounds_deg,
        groups=(LayerGroup("", Shape.AREA, PICTURES, 1),),
        notices=notices,
        attribution=attribution,
        detail=detail,
    )
