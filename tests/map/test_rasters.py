"""Pictures of the ground lie where they should, under the roads; what is wrong with one spoils
nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from PySide6.QtCore import QPoint, QPointF, QRect
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.geo.basemap import Basemap, Features, GroundKind
from app.geo.coordinates import LatLon
from app.geo.ground_pictures import Trouble, find_pictures
from app.geo.imports.request import ImportRequest
from app.geo.imports.worker import bring
from app.geo.projection import Projection
from app.map import DAY, NIGHT, MapLayer, MapStyle
from app.map.decoded_tiles import Absent, BadTile, DecodedTiles, decode
from app.map.draw_ground import blank, draw_ground, paint_ground
from app.map.draw_rasters import MOST_TILES, RasterStack
from app.map.frame import Frame
from app.map.ground import Ground, GroundLoader
from app.map.scene import LocalGround
from tests.geo import pictures as made
from tests.geo.pictures import BLUE, GREEN, RED, YELLOW, plain, quarters
from tests.map.conftest import CENTRE, ShowMap
from tests.map.oracle import (
    ORIGIN_EAST_M,
    ORIGIN_NORTH_M,
    UTM_48N,
    as_shapes,
    is_near,
    picture,
    square,
    wait_until_sharp,
)

EPSG = 32648
ORIGIN_M = LocalGround(Projection(), CENTRE).origin_m
COARSE, FINE = 15, 17
PX_PER_M = {COARSE: 0.2, FINE: 0.8}  # a tile of 1,173 or 293 m is then about as large as it is
Write = Callable[[Path, made.Tiles], Path]


def name(colour: made.Colour) -> str:
    return QColor(*colour).name()


def around(zoom: int, reach: int = 2) -> list[tuple[int, int]]:
    """The tiles round the middle of the map."""
    column, row = made.tile_round(zoom, CENTRE.lon_deg, CENTRE.lat_deg)
    steps = range(-reach, reach + 1)
    return [(column + x, row + y) for y in steps for x in steps]


def two_zooms() -> dict[tuple[int, int, int], bytes]:
    """Coarse tiles of four colours, fine ones like a chess board."""
    tiles = {(COARSE, *at): quarters(RED, GREEN, BLUE, YELLOW) for at in around(COARSE, 1)}
    fine = {(FINE, *at): plain(GREEN if sum(at) % 2 else YELLOW) for at in around(FINE)}
    return tiles | fine


def ground_of(folder: Path, features: Mapping[GroundKind, Features] | None = None) -> Ground:
    """A map of what is in a folder."""
    found, errors = find_pictures(folder)
    assert errors == ()
    ground = GroundLoader(Basemap(EPSG, features or {}, pictures=found), ORIGIN_M)()
    assert ground is not None
    return ground


def frame_at(px_per_m: float, dpr: float = 1.0, at: LatLon = CENTRE) -> Frame:
    east_m, north_m = UTM_48N(at.lon_deg, at.lat_deg)
    x_m, y_m = east_m - ORIGIN_M[0], north_m - ORIGIN_M[1]
    return Frame(float(x_m), float(y_m), px_per_m, 640, 480, dpr)


def draw(ground: Ground | None, frame: Frame, style: MapStyle = DAY) -> QImage:
    return draw_ground(frame, ground, style, lambda: None)


def device_px(frame: Frame, lon_deg: float, lat_deg: float) -> tuple[float, float]:
    """Where a place is in a frame's picture, by PROJ and the frame's middle alone."""
    east_m, north_m = UTM_48N(lon_deg, lat_deg)
    x = frame.width_px / 2 + (east_m - ORIGIN_M[0] - frame.x_m) * frame.px_per_m
    y = frame.height_px / 2 - (north_m - ORIGIN_M[1] - frame.y_m) * frame.px_per_m
    return x * frame.dpr, y * frame.dpr


def colour_at(image: QImage, x: float, y: float) -> QColor | None:
    """None outside the picture."""
    at = QPoint(round(x - 0.5), round(y - 0.5))
    return image.pixelColor(at) if image.rect().contains(at) else None


def assert_corner(
    image: QImage, x: float, y: float, wanted: tuple[str, str, str, str], away: float = 2.0
) -> int:
    """Four colours meet at a pixel: north-west, north-east, south-east, south-west."""
    seen = 0
    steps = ((-away, -away), (away, -away), (away, away), (-away, away))
    for (step_x, step_y), colour in zip(steps, wanted, strict=True):
        found = colour_at(image, x + step_x, y + step_y)
        if found is not None:
            assert is_near(found, colour), (x, y, step_x, step_y, found.name(), colour)
            seen += 1
    return seen


@pytest.mark.parametrize("dpr", [1.0, 1.5])
@pytest.mark.parametrize("suffix", ["mbtiles", "pmtiles"])
def test_tiles_of_both_zooms_lie_where_they_should(suffix: str, dpr: float, tmp_path: Path) -> None:
    write = made.write_mbtiles if suffix == "mbtiles" else made.write_pmtiles
    write(tmp_path / f"town.{suffix}", two_zooms())
    ground = ground_of(tmp_path)
    frame = frame_at(PX_PER_M[COARSE] / dpr, dpr)
    image = draw(ground, frame)
    seen = 0
    for column, row in around(COARSE, 1):
        middle = made.corner_deg(COARSE, column + 0.5, row + 0.5)
        colours = tuple(name(one) for one in (RED, GREEN, BLUE, YELLOW))
        seen += assert_corner(image, *device_px(frame, *middle), colours)  # type: ignore[arg-type]
        corner = made.corner_deg(COARSE, column, row)  # there the others' opposite quarters meet
        opposite = tuple(name(one) for one in (BLUE, YELLOW, RED, GREEN))
        if (column - 1, row - 1) in around(COARSE, 1):
            seen += assert_corner(image, *device_px(frame, *corner), opposite)  # type: ignore[arg-type]
    assert seen >= 8
    frame = frame_at(PX_PER_M[FINE] / dpr, dpr)
    image = draw(ground, frame)
    seen = 0
    for column, row in around(FINE, 1):
        first, second = name(GREEN), name(YELLOW)
        if (column + row) % 2 == 0:
            first, second = second, first
        x, y = device_px(frame, *made.corner_deg(FINE, column, row))
        seen += assert_corner(image, x, y, (first, second, first, second))
    assert seen >= 12


def test_a_geotiff_lies_where_it_says_at_every_size(tmp_path: Path) -> None:
    east_m, north_m = round(ORIGIN_EAST_M) - 350, round(ORIGIN_NORTH_M) + 300
    pixels = np.zeros((600, 700, 3), dtype=np.uint8)
    pixels[:300, :350], pixels[:300, 350:] = RED, GREEN
    pixels[300:, 350:], pixels[300:, :350] = BLUE, YELLOW
    source = made.write_geotiff(tmp_path / "air.tif", pixels, east_m, north_m, 1.0)
    folder = tmp_path / "basemap"
    folder.mkdir()
    bring(ImportRequest(source, folder, EPSG, CENTRE), folder, lambda *_: None)
    ground = ground_of(folder)
    colours = name(RED), name(GREEN), name(BLUE), name(YELLOW)
    land = DAY.land
    for px_per_m in (0.3, 1.0, 4.0):
        frame = frame_at(px_per_m)
        image = draw(ground, frame)
        x = 320 + (east_m + 350 - ORIGIN_M[0] - frame.x_m) * px_per_m
        y = 240 - (north_m - 300 - ORIGIN_M[1] - frame.y_m) * px_per_m
        away = max(2.0, px_per_m)
        assert assert_corner(image, x, y, colours, away) == 4
        if px_per_m == 0.3:  # its own corners are in sight
            half_x, half_y = 350 * px_per_m, 300 * px_per_m
            inside = assert_corner(image, x - half_x, y - half_y, (land, land, name(RED), land))
            inside += assert_corner(image, x + half_x, y + half_y, (name(BLUE), land, land, land))
            assert inside == 8


def test_a_picture_that_stands_askew_is_drawn_askew(tmp_path: Path) -> None:
    """A world file may turn a picture; one that bends in metres is drawn as the quad it is."""
    pixels = np.full((512, 512, 3), BLUE, dtype=np.uint8)
    pixels[:128, :128] = RED
    source = tmp_path / "turned.png"
    source.write_bytes(made.png_of(pixels))
    east_m, north_m = ORIGIN_EAST_M, ORIGIN_NORTH_M + 200  # its first corner, the others below it
    source.with_suffix(".pgw").write_text(f"0.5\n-0.5\n-0.5\n-0.5\n{east_m}\n{north_m - 0.5}\n")
    source.with_suffix(".prj").write_text('PROJCS["WGS_1984_UTM_Zone_48N",GEOGCS["GCS_WGS_1984",'
        'DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],'
        'UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],'
        'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
        'PARAMETER["Central_Meridian",105.0],PARAMETER["Scale_Factor",0.9996],'
        'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]')  # fmt: skip
    folder = tmp_path / "basemap"
    folder.mkdir()
    bring(ImportRequest(source, folder, EPSG, CENTRE), folder, lambda *_: None)
    image = draw(ground_of(folder), frame_at(0.5))
    top = 240 - 200 * 0.5
    assert is_near(image.pixelColor(320, round(top - 4)), DAY.land)
    assert is_near(image.pixelColor(320, round(top + 10)), name(RED))
    assert is_near(image.pixelColor(320, round(top + 58)), name(RED))
    assert is_near(image.pixelColor(320, round(top + 70)), name(BLUE))
    assert is_near(image.pixelColor(320 - 110, round(top + 128)), name(BLUE))
    assert is_near(image.pixelColor(320 - 110, round(top + 40)), DAY.land)


def test_roads_and_outlines_lie_over_a_picture_and_surfaces_under_it(tmp_path: Path) -> None:
    made.write_mbtiles(tmp_path / "town.mbtiles", {(FINE, *at): plain(RED) for at in around(FINE)})
    road = shapely.LineString(
        [(ORIGIN_EAST_M - 200, ORIGIN_NORTH_M), (ORIGIN_EAST_M + 200, ORIGIN_NORTH_M)]
    )
    features = {
        GroundKind.WATER: Features(("",), as_shapes([square(0, 0, 400)])),
        GroundKind.BUILDING: Features(("",), as_shapes([square(60, 60, 40)])),
        GroundKind.ROAD_1: Features(("",), as_shapes([road])),
    }
    image = draw(ground_of(tmp_path, features), frame_at(1.0))
    assert is_near(image.pixelColor(320, 240), DAY.roads[0])
    assert is_near(image.pixelColor(260, 180), name(RED))  # water is under it
    assert is_near(image.pixelColor(380, 180), name(RED))  # and so is the house
    edge = [image.pixelColor(380, 200 + step) for step in (-1, 0, 1)]
    assert any(not is_near(one, name(RED), 30) for one in edge), [one.name() for one in edge]


def test_at_night_a_picture_is_darker_and_as_strong_as_the_layer_says(tmp_path: Path) -> None:
    made.write_mbtiles(tmp_path / "town.mbtiles", {(FINE, *at): plain(RED) for at in around(FINE)})
    ground, frame = ground_of(tmp_path), frame_at(0.8)
    dim = QColor(*(round(part * (1 - NIGHT.picture_dim)) for part in RED))
    assert is_near(draw(ground, frame, NIGHT).pixelColor(200, 200), dim.name())

    def with_strength(strength: float) -> QColor:
        image = blank(frame, QImage.Format.Format_RGB32)
        whole = QRect(0, 0, 640, 480)
        paint_ground(image, frame, whole, ground, NIGHT, lambda: None, strength)
        return image.pixelColor(200, 200)

    assert is_near(with_strength(0.0), NIGHT.land)
    land = QColor(NIGHT.land)
    half = QColor((dim.red() + land.red()) // 2, (dim.green() + land.green()) // 2,
                  (dim.blue() + land.blue()) // 2)  # fmt: skip
    assert is_near(with_strength(0.5), half.name())


def test_half_a_layers_strength_shows_no_lines_where_tiles_meet(tmp_path: Path) -> None:
    made.write_mbtiles(tmp_path / "town.mbtiles", {(FINE, *at): plain(RED) for at in around(FINE)})
    frame = frame_at(0.8137)
    image = blank(frame, QImage.Format.Format_RGB32)
    whole = QRect(0, 0, 640, 480)
    paint_ground(image, frame, whole, ground_of(tmp_path), DAY, lambda: None, 0.5)
    colours = {image.pixel(x, y) for x in range(640) for y in range(0, 480, 7)}
    assert len(colours) == 1, colours


def test_parts_that_are_drawn_one_by_one_show_no_seam(tmp_path: Path) -> None:
    made.write_mbtiles(tmp_path / "town.mbtiles", two_zooms())
    ground, frame = ground_of(tmp_path), frame_at(0.61, 1.25)
    whole = draw(ground, frame)
    image = blank(frame, QImage.Format.Format_RGB32)
    for part in (QRect(100, 80, 400, 320), QRect(0, 0, 640, 80), QRect(0, 400, 640, 80),
                 QRect(0, 80, 100, 320), QRect(500, 80, 140, 320)):  # fmt: skip
        paint_ground(image, frame, part, ground, DAY, lambda: None)
    assert image == whole


def test_where_a_tile_is_missing_the_coarser_one_is_shown(tmp_path: Path) -> None:
    tiles = {(COARSE, *at): quarters(RED, GREEN, BLUE, YELLOW) for at in around(COARSE, 1)}
    column, row = made.tile_round(FINE, CENTRE.lon_deg, CENTRE.lat_deg)
    tiles[FINE, column, row] = quarters(BLUE, BLUE, BLUE, BLUE)
    made.write_mbtiles(tmp_path / "town.mbtiles", tiles)
    frame = frame_at(PX_PER_M[FINE])
    ground = ground_of(tmp_path)
    image = draw(ground, frame)
    here = device_px(frame, *made.corner_deg(FINE, column + 0.5, row + 0.5))
    assert is_near(image.pixelColor(round(here[0]), round(here[1])), name(BLUE))
    beside = column + 1
    wanted = ((RED, GREEN), (YELLOW, BLUE))[row % 4 // 2][beside % 4 // 2]
    x, y = device_px(frame, *made.corner_deg(FINE, beside + 0.5, row + 0.5))
    assert is_near(image.pixelColor(round(x), round(y)), name(wanted))
    assert ground.rasters is not None
    assert ground.rasters.troubles == ()


def test_a_hostile_tile_is_left_out_told_and_the_others_are_shown(tmp_path: Path) -> None:
    column, row = made.tile_round(FINE, CENTRE.lon_deg, CENTRE.lat_deg)
    tiles = {(FINE, *at): plain(RED) for at in around(FINE)}
    tiles[FINE, column, row] = made.huge()
    tiles[FINE, column + 1, row] = plain(RED)[:90]
    tiles[FINE, column, row + 1] = b"no picture at all"
    made.write_mbtiles(tmp_path / "town.mbtiles", tiles)
    frame, ground = frame_at(PX_PER_M[FINE]), ground_of(tmp_path)
    image = draw(ground, frame)
    for at, colour in (((0, 0), DAY.land), ((1, 0), DAY.land), ((0, 1), DAY.land),
                       ((1, 1), name(RED)), ((-1, 0), name(RED))):  # fmt: skip
        middle = made.corner_deg(FINE, column + at[0] + 0.5, row + at[1] + 0.5)
        found = colour_at(image, *device_px(frame, *middle))
        assert found is None or is_near(found, colour), (at, found.name())
    assert ground.rasters is not None
    assert ground.rasters.troubles == (("town.mbtiles", Trouble.DAMAGED),)


@pytest.mark.parametrize(
    "data",
    [
        made.huge(),
        made.huge(3000, 10),
        made.huge(0, 256),
        plain(RED)[:60],
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"<svg/>",
        b"",
    ],
)
@pytest.mark.qt_log_ignore("JPEG datastream contains no image")
def test_what_is_no_tile_is_refused_before_it_is_decoded(data: bytes) -> None:
    with pytest.raises(BadTile):
        decode(data)


def test_a_picture_that_vanishes_is_told_and_comes_back_with_its_file(tmp_path: Path) -> None:
    path = made.write_mbtiles(
        tmp_path / "town.mbtiles", {(FINE, *at): plain(RED) for at in around(FINE)}
    )
    features = {GroundKind.WATER: Features(("",), as_shapes([square(0, 0, 100)]))}
    frame, ground = frame_at(1.0), ground_of(tmp_path, features)
    path.rename(tmp_path / "elsewhere")
    assert is_near(draw(ground, frame).pixelColor(320, 240), DAY.water)
    assert ground.rasters is not None
    assert ground.rasters.troubles == (("town.mbtiles", Trouble.GONE),)
    (tmp_path / "elsewhere").rename(path)
    assert is_near(draw(ground, frame).pixelColor(320, 240), name(RED))
    path.write_bytes(path.read_bytes() + b"\0")
    assert is_near(draw(ground, frame).pixelColor(320, 240), DAY.water)  # it is another file now


def test_from_too_far_away_nothing_is_read(tmp_path: Path) -> None:
    made.write_mbtiles(tmp_path / "town.mbtiles", {(18, *at): plain(RED) for at in around(18)})
    found, _ = find_pictures(tmp_path)
    decoded = DecodedTiles()
    stack = RasterStack(found, EPSG, ORIGIN_M, decoded)
    image = QImage(640, 480, QImage.Format.Format_ARGB32_Premultiplied)
    for px_per_m, most in ((0.01, 18), (0.0001, 18), (1.0, MOST_TILES)):
        before = len(decoded._kept)
        stack.paint(image, frame_at(px_per_m), QRect(0, 0, 640, 480), lambda: None)
        assert len(decoded._kept) - before <= most


def test_decoded_tiles_take_a_bounded_number_of_bytes() -> None:
    decoded = DecodedTiles(1_000_000)
    for number in range(30):
        decoded.keep(("a", 1, number, 0), decode(plain(RED)))
        assert decoded.size_bytes <= 1_000_000
    for number in range(5000):
        decoded.keep(("a", 2, number, 0), Absent.MISSING)
        assert decoded.size_bytes <= 1_000_000
    assert decoded.find(("a", 2, 4999, 0)) is Absent.MISSING
    assert decoded.find(("a", 1, 0, 0)) is None


def test_a_layer_hides_them_and_the_map_tells_of_one_that_is_gone(
    show_map: ShowMap, qtbot: QtBot, tmp_path: Path
) -> None:
    path = made.write_mbtiles(
        tmp_path / "town.mbtiles", {(FINE, *at): plain(RED) for at in around(FINE)}
    )
    pictures, _ = find_pictures(tmp_path)
    view = show_map()
    told: list[object] = []
    view.pictures_failed.connect(told.append)
    view.set_basemap(Basemap(EPSG, pictures=pictures, attribution="ภาพตัวอย่าง"))
    wait_until_sharp(qtbot, view)
    dim = QColor(*(round(part * (1 - NIGHT.picture_dim)) for part in RED)).name()
    assert is_near(picture(view).pixelColor(300, 200), dim)
    view.set_layer_shown(MapLayer.PICTURES, False)
    assert not view.is_sharp()
    wait_until_sharp(qtbot, view)
    assert is_near(picture(view).pixelColor(300, 200), NIGHT.land)
    assert told == []
    path.unlink()
    view.set_layers([replace(one, shown=True) if one.layer is MapLayer.PICTURES else one
                     for one in view.layers])  # fmt: skip
    qtbot.waitUntil(lambda: bool(told))
    assert told[0] == (("town.mbtiles", Trouble.GONE),)
    wait_until_sharp(qtbot, view)
    assert is_near(picture(view).pixelColor(300, 200), NIGHT.land)


def test_without_pictures_their_layer_changes_nothing(show_map: ShowMap, qtbot: QtBot) -> None:
    view = show_map()
    features = {GroundKind.WATER: Features(("",), as_shapes([square(0, 0, 60)]))}
    view.set_basemap(Basemap(EPSG, features))
    wait_until_sharp(qtbot, view)
    before = view._pictures._wanted.copy()
    view.set_layer_shown(MapLayer.PICTURES, False)
    after = view._pictures._wanted
    changed = [kind.value for kind in after if after[kind] != before[kind]]
    assert changed == ["scene"]
    assert view.pixel_of(CENTRE) == QPointF(400, 300)
