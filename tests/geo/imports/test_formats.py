"""A map of every format becomes the station's map; what cannot is refused in words."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely

from app.errors import KnownError
from app.geo.basemap import Basemap, GroundKind
from app.geo.basemap_file import read_basemap, read_basemaps
from app.geo.coordinates import LatLon
from app.geo.gis_files import DRIVERS, pyogrio_raw
from app.geo.ground_pictures import GroundPicture, find_pictures, open_picture
from app.geo.imports import kmz as kmz_file
from app.geo.imports import tabular
from app.geo.imports.classes import class_table_of, read_class_table
from app.geo.imports.formats import MapFormat, recognise
from app.geo.imports.request import (
    Crs,
    CrsUnclearError,
    ImportReport,
    ImportRequest,
    error_from,
    error_to,
)
from app.geo.imports.things import clean_name
from app.geo.imports.worker import bring
from app.geo.projection import Projection
from app.geo.rasters import MbtilesMap, PmtilesMap, tile_corners_m
from tests.geo.imports import makers
from tests.geo.imports.makers import AT, MAKERS, ROAD_NAMES

EPSG = 32648
STATION = LatLon(AT[1], AT[0])
GRID = Projection(EPSG)
VECTORS = ["osm_pbf", "geopackage", "shapefile", "geojson", "kml", "kmz", "flatgeobuf"]


def brought(
    source: Path, folder: Path, crs: Crs | None = None, table: Path | None = None
) -> ImportReport:
    """What the import's process does, here: the process itself is tried in `test_job`."""
    folder.mkdir(exist_ok=True)
    request = ImportRequest(source, folder, EPSG, STATION, crs=crs, class_table=table)
    return bring(request, folder, lambda phase, done, total: None)


def a_map(source: Path, folder: Path, crs: Crs | None = None) -> Basemap:
    brought(source, folder, crs)
    return read_basemap(folder / "map.gpkg", EPSG)


def names(basemap: Basemap) -> set[str]:
    return {name for group in basemap.features.values() for name in group.names if name}


def first_point(basemap: Basemap, name: str) -> LatLon:
    for group in basemap.features.values():
        if name in group.names:
            east_m, north_m = shapely.get_coordinates(group.shapes[group.names.index(name)])[0]
            return GRID.point_to_degrees(float(east_m), float(north_m))
    raise AssertionError(f"{name} is not on the map")


@pytest.mark.parametrize("kind", list(MAKERS))
def test_every_format_is_recognised_by_its_content(kind: str, tmp_path: Path) -> None:
    assert recognise(MAKERS[kind](tmp_path)).format == MapFormat(kind)


@pytest.mark.parametrize("kind", VECTORS)
def test_roads_of_every_vector_format_lie_where_they_were_drawn(kind: str, tmp_path: Path) -> None:
    basemap = a_map(MAKERS[kind](tmp_path), tmp_path / "out")
    assert set(ROAD_NAMES) <= names(basemap)
    place = first_point(basemap, ROAD_NAMES[0])
    assert (place.lat_deg, place.lon_deg) == pytest.approx((AT[1], AT[0]), abs=1e-6)


def test_an_openstreetmap_extract_becomes_classes(tmp_path: Path) -> None:
    report = brought(makers.osm_pbf(tmp_path), tmp_path / "out")
    basemap = read_basemap(tmp_path / "out" / "map.gpkg", EPSG)
    assert basemap.features[GroundKind.ROAD_2].names == (ROAD_NAMES[0],)
    assert basemap.features[GroundKind.ROAD_4].names == (ROAD_NAMES[1],)
    assert len(basemap.features[GroundKind.BUILDING]) == 1
    [pond] = basemap.features[GroundKind.WATER].shapes
    assert len(shapely.get_rings(shapely.get_parts(pond))) == 2  # the island is not water
    assert [(point.name, point.kind) for point in basemap.points] == [("ตลาดอินโดจีน", "landmark")]
    assert basemap.attribution == report.attribution == "© OpenStreetMap contributors"
    assert len(basemap.walls.segments) == 4


def test_a_track_of_a_gps_is_a_path_and_its_waypoints_are_landmarks(tmp_path: Path) -> None:
    basemap = a_map(makers.gpx(tmp_path), tmp_path / "out")
    assert basemap.features[GroundKind.ROAD_5].names == (ROAD_NAMES[0],)
    assert [point.name for point in basemap.points] == ["ตลาดอินโดจีน"]


@pytest.mark.parametrize(
    ("cpg", "language_byte"), [("874", 0), ("TIS-620", 0), (None, 0x50), (None, 0), ("UTF-8", 0)]
)
def test_thai_letters_of_old_windows_are_read(
    cpg: str | None, language_byte: int, tmp_path: Path
) -> None:
    source = makers.thai_shapefile(tmp_path, cpg, language_byte)
    report = brought(source, tmp_path / "out")
    basemap = read_basemap(tmp_path / "out" / "map.gpkg", EPSG)
    assert names(basemap) == set(ROAD_NAMES)
    said = " ".join(notice.english() for notice in report.notices)
    assert ("recognised as cp874" in said) == (cpg in (None, "UTF-8") and language_byte == 0)


@pytest.mark.parametrize(
    ("crs", "written_in"), [("EPSG:32648", 32648), ("EPSG:32647", 32647), ("EPSG:3857", 3857)]
)
def test_a_file_in_another_grid_is_brought_into_the_stations(
    crs: str, written_in: int, tmp_path: Path
) -> None:
    source = makers.write_roads(tmp_path / "r.gpkg", "GPKG", crs, makers.roads(written_in))
    place = first_point(a_map(source, tmp_path / "out"), ROAD_NAMES[0])
    assert (place.lat_deg, place.lon_deg) == pytest.approx((AT[1], AT[0]), abs=1e-6)


def test_indian_1975_is_read_by_the_pinned_operation_and_said(tmp_path: Path) -> None:
    east_m, north_m = GRID.point_to_metres(STATION)
    line = shapely.LineString(
        [(east_m + 413.6, north_m - 315.6), (east_m + 500, north_m - 300)]
    )  # what facts.md measured between the two
    source = makers.write_roads(tmp_path / "r.gpkg", "GPKG", "EPSG:24048", [line, line])
    report = brought(source, tmp_path / "out")
    place = first_point(read_basemap(tmp_path / "out" / "map.gpkg", EPSG), ROAD_NAMES[0])
    assert (place.lat_deg, place.lon_deg) == pytest.approx((AT[1], AT[0]), abs=1e-5)
    assert "Indian 1975 to WGS 84 (2)” (EPSG:1304)" in report.notices[0].english()


def test_an_ellipsoid_without_its_datum_is_not_taken_for_wgs_84(tmp_path: Path) -> None:
    source = makers.write_roads(tmp_path / "r.shp", "ESRI Shapefile", None, makers.roads(24048))
    text = pyproj.CRS.from_epsg(24048).to_wkt("WKT1_ESRI")
    for told in ("GCS_Indian_1975", "D_Indian_1975", "Indian_1975_UTM_Zone_48N"):
        text = text.replace(told, "unknown")
    source.with_suffix(".prj").write_text(text)
    with pytest.raises(CrsUnclearError, match="not the datum") as caught:
        brought(source, tmp_path / "out")
    assert caught.value.candidates[0] == Crs(24048)
    assert Crs(32648) in caught.value.candidates  # the numbers cannot tell: a person must
    source.with_suffix(".prj").write_text(pyproj.CRS.from_epsg(24048).to_wkt("WKT1_ESRI"))
    report = brought(source, tmp_path / "out")
    assert "EPSG:1304" in report.notices[0].english()


def swapped(lines: list[shapely.LineString]) -> list[shapely.LineString]:
    return [shapely.LineString([(y, x) for x, y in line.coords]) for line in lines]


@pytest.mark.parametrize(
    ("declared", "really", "cure", "said"),
    [
        (None, 4326, Crs(4326), "does not say what coordinates"),
        (None, 32648, Crs(32648), "does not say what coordinates"),
        ("EPSG:32648", 32647, Crs(32647), "outside Thailand"),
        ("EPSG:32647", 32648, Crs(32648), "km from the station"),
        ("EPSG:32648", 4326, Crs(4326), "nowhere on the globe|outside Thailand"),
    ],
)
def test_coordinates_that_cannot_be_are_refused_with_the_cure(
    declared: str | None, really: int, cure: Crs, said: str, tmp_path: Path
) -> None:
    source = makers.write_roads(
        tmp_path / "r.shp", "ESRI Shapefile", declared, makers.roads(really)
    )
    with pytest.raises(CrsUnclearError, match=said) as caught:
        brought(source, tmp_path / "out")
    assert cure in caught.value.candidates
    again = error_from(json.loads(json.dumps(error_to(caught.value))))
    assert isinstance(again, CrsUnclearError)
    assert again.candidates == caught.value.candidates
    assert again.what.english() == caught.value.what.english()
    assert list((tmp_path / "out").iterdir()) == []
    place = first_point(a_map(source, tmp_path / "out", crs=cure), ROAD_NAMES[0])
    assert (place.lat_deg, place.lon_deg) == pytest.approx((AT[1], AT[0]), abs=1e-5)


def test_swapped_axes_are_refused_with_the_cure(tmp_path: Path) -> None:
    source = makers.write_roads(tmp_path / "r.geojson", "GeoJSON", lines=swapped(makers.roads()))
    with pytest.raises(CrsUnclearError) as caught:
        brought(source, tmp_path / "out")
    assert caught.value.candidates == (Crs(4326, swapped=True),)
    assert "axes exchanged" in caught.value.sentences[-1].english()
    place = first_point(a_map(source, tmp_path / "out", caught.value.candidates[0]), ROAD_NAMES[0])
    assert (place.lat_deg, place.lon_deg) == pytest.approx((AT[1], AT[0]), abs=1e-6)


def test_a_map_of_another_place_is_refused(tmp_path: Path) -> None:
    elsewhere = [shapely.LineString([(100.5, 13.7), (100.6, 13.8)])] * 2
    source = makers.write_roads(tmp_path / "bangkok.geojson", "GeoJSON", lines=elsewhere)
    with pytest.raises(KnownError, match=r"54\d km from the station"):
        brought(source, tmp_path / "out")


def test_what_lies_far_is_left_out_and_counted(tmp_path: Path) -> None:
    lines = [makers.roads()[0], shapely.LineString([(104.0, 16.0), (104.01, 16.0)])]
    report = brought(makers.write_roads(tmp_path / "r.fgb", "FlatGeobuf", lines=lines), tmp_path)
    assert sum(report.kinds.values()) == 1
    assert "1 things lie further than 30 km" in report.notices[0].english()


def test_a_file_of_the_whole_country_may_begin_far_from_the_station(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabular, "_BATCH", 100)
    far = [shapely.LineString([(99.0, 18.7), (99.1, 18.8)])] * 399
    path = tmp_path / "country.gpkg"
    lines = np.array([*far, makers.roads()[0]], dtype=object)
    kinds = np.full(len(lines), "primary", dtype=object)
    pyogrio_raw().write(
        path, shapely.to_wkb(lines), [kinds], ["highway"], driver="GPKG",
        geometry_type="LineString", crs="EPSG:4326",
    )  # fmt: skip
    assert brought(path, tmp_path / "out").kinds == {"road_2": 1}


def test_things_without_a_class_are_said_and_the_table_can_be_edited(tmp_path: Path) -> None:
    source = makers.write_roads(tmp_path / "x.geojson", "GeoJSON", layer="x")
    data = json.loads(source.read_text("utf-8"))
    for feature in data["features"]:
        feature["properties"] = {"ชั้น": "ลำราง", "NAME": "ลำราง 1"}
    source.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    with pytest.raises(KnownError, match="None of its 2 things"):
        brought(source, tmp_path / "out")
    assert class_table_of(tmp_path) is None
    table = tmp_path / "basemap_classes.toml"
    table.write_text(
        '[names]\nany = ["name"]\n[[rule]]\nclass = "water_line"\n"ชั้น" = ["ลำ*"]\n', "utf-8"
    )
    assert class_table_of(tmp_path) == table
    assert brought(source, tmp_path / "out", table=table).kinds == {"water_line": 2}
    assert names(read_basemap(tmp_path / "out" / "map.gpkg", EPSG)) == {"ลำราง 1"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no rule"),
        ("[[rule]\n", "are wrong"),
        ('[[rule]]\nclass = "raod_1"\nhighway = ["*"]\n', "no class “raod_1”"),
        ('[[rule]]\nclass = "water"\nshape = "blob"\nx = ["*"]\n', "no shape “blob”"),
        ('[[rule]]\nclass = "water"\n', "asks for nothing"),
        ('[[rule]]\nclass = "water"\nx = [1]\n', "between quotes"),
    ],
)
def test_a_wrong_table_says_what_is_wrong(text: str, said: str, tmp_path: Path) -> None:
    table = tmp_path / "basemap_classes.toml"
    table.write_text(text, "utf-8")
    with pytest.raises(KnownError, match=said):
        read_class_table(table)


def test_outlines_that_cross_themselves_are_repaired_and_counted(tmp_path: Path) -> None:
    x, y = AT
    bow = shapely.Polygon([(x, y), (x + 1e-3, y + 1e-3), (x + 1e-3, y), (x, y + 1e-3)])
    empty, broken = shapely.Polygon(), shapely.from_wkt("POINT (nan nan)")
    path = tmp_path / "buildings.gpkg"
    pyogrio_raw().write(
        path, shapely.to_wkb([bow, empty, broken]), [np.array(["ก\x01\nข", "", ""], dtype=object)],
        ["name"], driver="GPKG", geometry_type="Unknown", crs="EPSG:4326",
    )  # fmt: skip
    report = brought(path, tmp_path / "out")
    basemap = read_basemap(tmp_path / "out" / "map.gpkg", EPSG)
    [house] = basemap.features[GroundKind.BUILDING].shapes
    assert house.is_valid
    assert names(basemap) == {"ก ข"}
    said = " ".join(notice.english() for notice in report.notices)
    assert "1 outlines crossed themselves" in said
    assert "2 things have no sound shape" in said


def test_a_name_is_one_line_of_what_can_be_drawn() -> None:
    assert clean_name("ก\x00ำ\u202e  ข\r\n\u200b") == "ก ำ ข"
    assert len(clean_name("ก" * 5000)) == 200


# -- pictures ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["mbtiles", "pmtiles"])
def test_tiles_are_copied_and_give_their_pictures(kind: str, tmp_path: Path) -> None:
    source = MAKERS[kind](tmp_path)
    out = tmp_path / "out"
    report = brought(source, out)
    assert (out / report.file).read_bytes() == source.read_bytes()
    found = the_picture(out)
    assert found.attribution == "ตัวอย่าง"
    tiles = open_picture(found.path, GRID).tiles
    try:
        assert (tiles.min_zoom, tiles.max_zoom, tiles.attribution) == (10, 14, "ตัวอย่าง")
        assert tiles.bounds_deg == pytest.approx((104.6, 16.4, 104.8, 16.6))
        assert tiles.tile(14, *makers.tile_of(14)) == makers.png(14, 14)
        assert tiles.tile(14, 0, 0) is None
        corners = tile_corners_m(14, *makers.tile_of(14), GRID)
    finally:
        tiles.close()
    assert shapely.Polygon(corners).contains(shapely.Point(GRID.point_to_metres(STATION)))


def the_picture(folder: Path) -> GroundPicture:
    """The only picture of the ground in a folder, and nothing is wrong with it."""
    [picture], errors = find_pictures(folder)
    assert errors == ()
    return picture


def north_west_m(folder: Path) -> tuple[float, float]:
    """Where the first pixel of the only picture lies."""
    grid = open_picture(the_picture(folder).path, GRID)
    span = grid.span(grid.max_zoom, np.array([(470_010.0, 1_829_010.0), (470_390, 1_829_190)]))
    assert span is not None
    east_m, north_m = grid.lattice_m(grid.max_zoom, span)[0, 0].tolist()
    grid.tiles.close()
    return east_m, north_m


@pytest.mark.parametrize("kind", ["picture", "geotiff"])
def test_a_picture_lies_where_its_file_says(kind: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    report = brought(MAKERS[kind](tmp_path), out)
    assert report.file == the_picture(out).name
    assert north_west_m(out) == pytest.approx((470_000, 1_829_200), abs=0.01)
    grid = open_picture(out / report.file, GRID)
    data = grid.tiles.tile(0, 0, 0)
    grid.tiles.close()
    assert data is not None
    assert data.startswith(b"\x89PNG")
    assert grid.tile_m(0, np.array([(470_000.0, 1_829_000.0)])) == pytest.approx(25_600)


def test_a_picture_of_a_whole_province_holds_the_station_far_from_its_corners(
    tmp_path: Path,
) -> None:
    source = makers.picture(tmp_path)
    source.with_suffix(".pgw").write_text("25000\n0\n0\n-50000\n432500\n1854000\n")
    brought(source, tmp_path / "out")
    assert north_west_m(tmp_path / "out") == pytest.approx((420_000, 1_879_000), abs=0.01)


def test_a_picture_without_its_place_says_what_is_missing(tmp_path: Path) -> None:
    source = makers.picture(tmp_path)
    source.with_suffix(".prj").unlink()
    with pytest.raises(CrsUnclearError, match="does not say") as caught:
        brought(source, tmp_path / "out")
    assert Crs(32648) in caught.value.candidates
    source.with_suffix(".pgw").unlink()
    with pytest.raises(KnownError, match="does not say where it lies"):
        brought(source, tmp_path / "out")


def test_vector_tiles_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="are vectors"):
        brought(makers.mbtiles(tmp_path, "pbf"), tmp_path / "out")


def test_tiles_of_another_place_are_refused(tmp_path: Path) -> None:
    request = ImportRequest(makers.mbtiles(tmp_path), tmp_path, EPSG, LatLon(18.79, 98.99))
    (tmp_path / "out").mkdir()
    with pytest.raises(KnownError, match="no picture where the station is"):
        bring(request, tmp_path / "out", lambda phase, done, total: None)


def test_a_damaged_tile_is_no_tile_and_nothing_breaks(tmp_path: Path) -> None:
    for make, opened in ((makers.mbtiles, MbtilesMap), (makers.pmtiles, PmtilesMap)):
        source = make(tmp_path)
        data = bytearray(source.read_bytes())
        dice = np.random.default_rng(5)
        for _ in range(60):
            scrambled = bytearray(data)
            for at in dice.integers(0, len(data), 20):
                scrambled[at] = dice.integers(0, 256)
            source.write_bytes(scrambled)
            try:
                tiles = opened(source)
            except KnownError:
                continue
            for zoom in (10, 14):
                found = tiles.tile(zoom, *makers.tile_of(zoom))
                assert found is None or isinstance(found, bytes)
            tiles.close()


# -- what is no map ----------------------------------------------------------------------------


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.geojson", b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "It is a VRT"),
        ("a.geojson", b"", "It is empty"),
        ("a.kml", b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "b">]><kml>&a;</kml>', "entities"),
        ("a.txt", b"hello", "no map this program knows"),
        ("a.xml", b'<OGRWFSDataSource><URL>http://x/</URL></OGRWFSDataSource>', "no map this"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused(name: str, data: bytes, said: str, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=said):
        recognise(written(tmp_path / name, data))


@pytest.mark.parametrize(
    "path", ["/vsicurl/http://x/a.gpkg", "/vsizip/a.zip/a.shp", "http://x/a.kml"]
)
def test_an_address_is_no_file(path: str) -> None:
    with pytest.raises(KnownError, match="an address"):
        recognise(Path(path))


def test_a_file_too_large_for_its_kind_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = makers.geojson(tmp_path)
    with path.open("r+b") as file:
        file.truncate(2_100_000_000)  # a hole, no bytes on the disk
    with pytest.raises(KnownError, match="It is 2100 MB; GeoJSON is read up to 400 MB"):
        recognise(path)


def test_a_kmz_that_would_fill_the_disk_is_stopped(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.kmz"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", b"<kml>" + b" " * 60_000_000)
    with pytest.raises(KnownError, match="unpacks to far more"):
        kmz_file.take_out_kml(bomb, tmp_path)
    assert (tmp_path / "doc.kml").stat().st_size < 20_000_000
    with pytest.raises(KnownError, match="unpacks to far more"):
        kmz_file.take_out_kml(makers.kmz(tmp_path), tmp_path, most_bytes=100)


def test_gdal_has_only_the_drivers_of_plain_files() -> None:
    asked = (
        "from app.geo.gis_files import pyogrio_raw; pyogrio_raw()\n"
        "import pyogrio; print(*pyogrio.list_drivers(), sep='|')"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert set(said.stdout.strip().split("|")) == DRIVERS
    assert said.stderr == ""


def test_a_second_map_can_be_added_to_the_first(tmp_path: Path) -> None:
    folder = tmp_path / "basemap"
    brought(makers.geojson(tmp_path), folder)
    out = tmp_path / "out"
    out.mkdir()
    request = ImportRequest(makers.osm_pbf(tmp_path), folder, EPSG, STATION, add=True)
    bring(request, out, lambda phase, done, total: None)
    both = read_basemaps(out, EPSG)
    assert len(both.features[GroundKind.ROAD_2]) == 2
    assert len(both.features[GroundKind.WATER]) == 1
