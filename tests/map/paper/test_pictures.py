"""Pictures of the ground on paper: where they lie on the ground, and small in the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from app.geo.basemap import Basemap
from app.geo.ground_pictures import find_pictures
from app.map.marks import MapLayer
from app.map.paper import PaperMapOrder, map_on_paper
from app.map.scene import EMPTY_SCENE
from tests.geo import pictures as made
from tests.geo.pictures import BLUE, GREEN, RED, YELLOW, plain, quarters
from tests.map.paper.printed import PX_PER_MM, printed
from tests.map.paper.town import PLACE, dense_town, order

ZOOM = 17  # a tile is 293 m: 117 mm at 1:2,500


def a_folder(folder: Path, reach: int = 2) -> Path:
    """Tiles round the place, the one that holds it in four colours."""
    column, row = made.tile_round(ZOOM, PLACE.lon_deg, PLACE.lat_deg)
    steps = range(-reach, reach + 1)
    tiles = {(ZOOM, column + x, row + y): plain(BLUE) for x in steps for y in steps}
    tiles[ZOOM, column, row] = quarters(RED, GREEN, BLUE, YELLOW)
    made.write_mbtiles(folder / "photo.mbtiles", tiles, "ภาพถ่าย 2568")
    return folder


def with_photo(
    folder: Path, basemap: Basemap | None = None, *, shown: bool = True
) -> PaperMapOrder:
    pictures, errors = find_pictures(folder)
    assert errors == ()
    layers = tuple(
        replace(look, shown=shown and look.layer is MapLayer.PICTURES)
        for look in EMPTY_SCENE.layers
    )
    return order(
        basemap=replace(basemap or Basemap(32648), pictures=pictures),
        scene=replace(EMPTY_SCENE, layers=layers),
        seeing=(),
        incident_at=None,
    )


def test_a_tile_lies_where_its_corner_lies_on_the_ground(tmp_path: Path) -> None:
    """The quarters of the middle tile meet at a place that mercator gives; a ruler finds it."""
    ordered = with_photo(a_folder(tmp_path))
    page = printed(tmp_path, map_on_paper(ordered))
    column, row = made.tile_round(ZOOM, PLACE.lon_deg, PLACE.lat_deg)
    lon_deg, lat_deg = made.corner_deg(ZOOM, column + 0.5, row + 0.5)
    x_m, y_m = ordered.ground.place(lat_deg, lon_deg)
    wanted = ordered.frame.to_px(x_m, y_m) * 0.2
    colours = seen(page.pdf)
    for step, colour in (((-3, -3), RED), ((3, -3), GREEN), ((-3, 3), YELLOW), ((3, 3), BLUE)):
        x_mm, y_mm = wanted.x() + step[0] * 0.2, wanted.y() + step[1] * 0.2
        at = (round((38.1 + y_mm) * PX_PER_MM), round((25.4 + x_mm) * PX_PER_MM))
        pixel = colours[at].astype(int)
        nearest = min((RED, GREEN, BLUE, YELLOW), key=lambda one: np.abs(pixel - one).sum())
        assert nearest == colour


def seen(pdf: bytes) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """The page at 600 dpi: rows, columns, red green blue."""
    document = pypdfium2.PdfDocument(pdf)
    bitmap = document[0].render(scale=600 / 72, rev_byteorder=True)
    pixels = bitmap.to_numpy()[:, :, :3].copy()
    document.close()
    return pixels


def test_the_photo_is_one_jpeg_and_the_same_again(tmp_path: Path) -> None:
    ordered = with_photo(a_folder(tmp_path))
    svg = map_on_paper(ordered).svg
    assert svg.count(b"<image ") == svg.count(b"data:image/jpeg;base64,") == 1
    assert map_on_paper(with_photo(tmp_path)).svg == svg
    assert b"-9000" not in svg


def test_where_the_photo_ends_the_map_goes_on(tmp_path: Path) -> None:
    """A photo of one tile: the map beside it is the drawn one, and nothing is laid over it."""
    ordered = with_photo(a_folder(tmp_path, reach=0), dense_town(470_000, 1_829_000, 50))
    svg = map_on_paper(ordered).svg
    assert svg.count(b"<image ") == 1
    where = svg[svg.index(b"<image ") :][:120].decode()
    width = float(where.split('width="')[1].split('"')[0])
    assert width < 800  # no wider than the tile


@pytest.mark.parametrize("gone", [True, False])
def test_a_photo_that_is_gone_or_hidden_leaves_the_map(tmp_path: Path, gone: bool) -> None:
    ordered = with_photo(a_folder(tmp_path), shown=gone)
    if gone:
        (tmp_path / "photo.mbtiles").unlink()
    drawn = map_on_paper(ordered)
    assert b"<image" not in drawn.svg
    assert drawn.svg.startswith(b"<?xml")
    missed = ["The picture of the ground photo.mbtiles is no longer there."] if gone else []
    assert [words.english() for words in drawn.lacking] == missed
    assert len(drawn.data()["lacking"]) == len(missed)
