"""What is told of a map file before it is brought, and what a person may choose for its layers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import numpy as np
import pytest
import shapely

from app.clock import ScriptedClock
from app.errors import KnownError
from app.geo.basemap import LINES, Basemap, Features, GroundKind, NamedPoint
from app.geo.basemap_file import read_basemap, read_basemaps, write_basemap
from app.geo.coordinates import LatLon
from app.geo.gis_files import pyogrio_raw
from app.geo.imports.brought import maps_in_use, pictures_brought
from app.geo.imports.classes import GroupChoice, Shape, classes_for
from app.geo.imports.inspection import (
    Inspection,
    InspectRequest,
    LayerGroup,
    inspection_from,
    inspection_to,
)
from app.geo.imports.job import BasemapImported, bring_map, inspect_map
from app.geo.imports.put_back import BasemapPutBack, put_back
from app.geo.imports.request import Crs, CrsUnclearError, ImportReport, ImportRequest
from app.geo.imports.worker import bring, inspect
from app.geo.projection import Projection
from app.log import Actor, Log, Role
from app.station import Disk
from tests.geo.imports import makers
from tests.geo.imports.makers import AT, ROAD_NAMES

EPSG = 32648
NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)
STATION = LatLon(AT[1], AT[0])
OFFICER = Actor("officer-1", Role.SUPERVISOR)


def looked_at(source: Path, crs: Crs | None = None) -> Inspection:
    """What the process does, here."""
    folder = source.parent / "aside"
    folder.mkdir(exist_ok=True)
    request = InspectRequest(source, STATION, crs=crs)
    return inspect(request, folder, lambda phase, done, total: None)


def test_an_extract_of_openstreetmap_tells_its_things_by_class_and_where_they_lie(
    tmp_path: Path,
) -> None:
    found = looked_at(makers.osm_pbf(tmp_path))
    rows = {(one.shape, one.into): one for one in found.groups}
    assert rows[Shape.LINE, "road_2"].names == (ROAD_NAMES[0],)
    assert rows[Shape.LINE, "road_4"].count == 1
    assert rows[Shape.AREA, "building"].count == 1
    assert rows[Shape.AREA, "water"].names == ("หนองน้ำ",)
    assert rows[Shape.POINT, "landmark"].names == ("ตลาดอินโดจีน",)
    assert found.attribution == "© OpenStreetMap contributors"
    assert found.bounds_deg == pytest.approx((AT[0], AT[1], AT[0] + 2.2e-3, AT[1] + 3e-3))
    assert found.far == 0
    assert inspection_from(inspection_to(found)) == found


def test_a_file_is_looked_at_by_a_process_of_its_own_and_nothing_is_changed(
    tmp_path: Path,
) -> None:
    source = makers.shapefile(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    found = inspect_map(InspectRequest(source, STATION), stop=Event())
    assert found.systems == ("WGS 84",)
    assert found.groups == (
        LayerGroup("roads", Shape.LINE, "road_2", 1, 1, (ROAD_NAMES[0],)),
        LayerGroup("roads", Shape.LINE, "road_4", 1, 1, (ROAD_NAMES[1],)),
    )
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_file_that_is_silent_of_its_coordinates_is_asked_about_and_then_read(
    tmp_path: Path,
) -> None:
    source = makers.write_roads(
        tmp_path / "utm.shp", "ESRI Shapefile", crs=None, lines=makers.roads(32648)
    )
    with pytest.raises(CrsUnclearError) as caught:
        inspect_map(InspectRequest(source, STATION), stop=Event())
    assert Crs(32648) in caught.value.candidates
    found = looked_at(source, Crs(32648))
    assert found.systems == ("WGS 84 / UTM zone 48N",)
    assert found.bounds_deg is not None
    assert found.bounds_deg[0] == pytest.approx(AT[0], abs=1e-5)


@pytest.mark.parametrize(
    ("kind", "detail", "attribution"),
    [
        ("mbtiles", "zoom 10–14", "ตัวอย่าง"),
        ("pmtiles", "zoom 10–14", "ตัวอย่าง"),
        ("picture", "4 × 2 pixels", ""),
        ("geotiff", "4 × 2 pixels", ""),
    ],
)
def test_of_a_picture_of_the_ground_is_said_how_fine_it_is_and_where_it_lies(
    kind: str, detail: str, attribution: str, tmp_path: Path
) -> None:
    found = looked_at(makers.MAKERS[kind](tmp_path))
    assert found.is_picture
    assert found.detail is not None
    assert (found.detail.english(), found.attribution) == (detail, attribution)
    assert found.bounds_deg is not None
    west, south, east, north = found.bounds_deg
    assert west - 0.01 < AT[0] < east + 0.01
    assert south - 0.01 < AT[1] < north + 0.01
    assert inspection_from(inspection_to(found)) == found


def test_things_without_a_class_become_what_a_person_chose(tmp_path: Path) -> None:
    source = makers.write_roads(tmp_path / "x.gpkg", "GPKG", layer="lines")
    everything = looked_at(source).groups
    choices = tuple(
        GroupChoice(one.layer, one.shape, one.into, into)
        for one, into in zip(everything, ("boundary", "road_1"), strict=True)
    )
    out = tmp_path / "out"
    out.mkdir()
    request = ImportRequest(source, out, EPSG, STATION, choices=choices)
    report = bring(request, out, lambda phase, done, total: None)
    assert report.kinds == {"boundary": 1, "road_1": 1}
    basemap = read_basemap(out / "map.gpkg", EPSG)
    assert basemap.features[GroundKind.ROAD_1].names == (everything[1].names[0],)


def test_a_point_that_is_called_a_boundary_is_left_out_and_counted(tmp_path: Path) -> None:
    source = tmp_path / "mixed.geojson"
    shapes = np.array([shapely.Point(AT), makers.roads()[0]], dtype=object)
    kinds = np.array(["administrative", "administrative"], dtype=object)
    pyogrio_raw().write(
        source, shapely.to_wkb(shapes), [kinds], ["boundary"], driver="GeoJSON",
        geometry_type="Unknown", crs="EPSG:4326",
    )  # fmt: skip
    out = tmp_path / "out"
    out.mkdir()
    report = bring(ImportRequest(source, out, EPSG, STATION), out, lambda *_: None)
    assert report.kinds == {"boundary": 1}
    assert "1 things have no sound shape" in report.notices[0].english()


def test_every_shape_has_classes_it_can_be_drawn_as_and_may_be_left_out() -> None:
    for shape in Shape:
        assert classes_for(shape)[-1] == "none"
    assert "building" not in classes_for(Shape.LINE)
    assert "road_1" not in classes_for(Shape.AREA)


def test_a_new_map_stands_for_all_that_were_there_and_an_added_one_beside_them(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "basemap"
    sample = tmp_path / "sample"
    sample.mkdir()
    source = makers.geojson(tmp_path)
    bring_map(ImportRequest(source, sample, EPSG, STATION), stop=Event())
    folder.mkdir()
    (sample / "map.gpkg").rename(folder / "sample.gpkg")
    request = ImportRequest(makers.osm_pbf(tmp_path), folder, EPSG, STATION, add=True)
    bring_map(request, stop=Event())
    assert {path.name for path in folder.iterdir()} == {"map.gpkg", "sample.gpkg"}
    assert len(read_basemaps(folder, EPSG).features[GroundKind.ROAD_2]) == 2
    bring_map(ImportRequest(source, folder, EPSG, STATION), stop=Event())
    assert {path.name for path in folder.iterdir()} == {
        "map.gpkg", "map.gpkg.previous", "sample.gpkg.previous",
    }  # fmt: skip
    assert len(read_basemaps(folder, EPSG).features[GroundKind.ROAD_2]) == 1


def test_which_map_is_in_use_is_the_last_that_replaced_and_what_was_added_since(
    tmp_path: Path,
) -> None:
    log = Log(tmp_path / "station.db", origin="console", views=(), clock=ScriptedClock(NOON))
    log.open()
    report = ImportReport("map.gpkg", "kml", "0" * 64, {})
    for name, is_added in (("a.kml", False), ("b.kml", True), ("c.kml", False), ("d.kml", True)):
        log.append(BasemapImported(report, name, is_added), actor=OFFICER).result()
    picture = ImportReport("air.mbtiles", "mbtiles", "0" * 64, {})
    log.append(BasemapImported(picture, "air.mbtiles"), actor=OFFICER).result()
    found = maps_in_use(log.entries_of("basemap"))
    pictures = pictures_brought(log.entries_of("basemap"))
    log.close()
    assert [(one.source_name, one.is_added) for one in found] == [("c.kml", False), ("d.kml", True)]
    assert found[0].actor == "officer-1"
    assert {file: one.source_name for file, one in pictures.items()} == {
        "air.mbtiles": "air.mbtiles"
    }


def test_a_file_that_breaks_off_without_a_word_is_damaged_or_says_how_much_was_read(
    tmp_path: Path,
) -> None:
    whole = makers.write_roads(tmp_path / "whole.fgb", "FlatGeobuf").read_bytes()
    for share in (0.5, 0.8, 0.95):
        source = tmp_path / "roads.fgb"
        source.write_bytes(whole[: int(len(whole) * share)])
        try:
            found = looked_at(source)
        except KnownError as error:
            assert "damaged" in error.what.english()
        else:
            assert any("could be read" in notice.english() for notice in found.notices)


def test_a_landmark_without_a_name_is_counted_as_left_out_for_that(tmp_path: Path) -> None:
    source = tmp_path / "poi.geojson"
    shapes = np.array([shapely.Point(AT), shapely.Point(AT)], dtype=object)
    names = np.array(["ตลาด", ""], dtype=object)
    pyogrio_raw().write(
        source, shapely.to_wkb(shapes), [names], ["name"], driver="GeoJSON",
        geometry_type="Point", crs="EPSG:4326",
    )  # fmt: skip
    [group] = looked_at(source).groups
    assert (group.count, group.coming("landmark"), group.coming("none")) == (2, 1, 0)
    out = tmp_path / "out"
    out.mkdir()
    report = bring(ImportRequest(source, out, EPSG, STATION), out, lambda *_: None)
    assert report.kinds == {"landmark": 1}
    assert [notice.english() for notice in report.notices] == [
        "1 landmarks and labels have no name to write and were left out."
    ]


@pytest.mark.parametrize(
    ("name", "data", "what", "do"),
    [
        ("town.zip", b"PK\x03\x04rest", "packed file", "Unpack it first"),
        ("town.osm", b"<?xml version='1.0'?><osm version='0.6'>", "as text", ".osm.pbf"),
        ("roads.dbf", b"\x03\x7e", "part of a Shapefile", "Choose the .shp"),
        ("notes.txt", b"hello", "no map this program knows", "GeoPackage"),
    ],
)
def test_a_file_beside_the_point_is_told_apart_and_the_way_to_the_map_said(
    name: str, data: bytes, what: str, do: str, tmp_path: Path
) -> None:
    makers.shapefile(tmp_path)
    source = tmp_path / name
    source.write_bytes(data)
    with pytest.raises(KnownError, match=what) as caught:
        looked_at(source)
    assert caught.value.do is not None
    assert do in caught.value.do.english()


def test_a_shapefile_without_its_other_files_is_refused_or_says_what_did_not_come(
    tmp_path: Path,
) -> None:
    source = makers.shapefile(tmp_path)
    source.with_suffix(".dbf").unlink()
    found = looked_at(source)
    assert [notice.english() for notice in found.notices] == [
        "Its .dbf is not beside it: names and kinds did not come."
    ]
    source.with_suffix(".shx").unlink()
    with pytest.raises(KnownError, match=r"the \.shx, is not beside it"):
        looked_at(source)


def test_a_map_of_this_program_comes_back_as_it_was(tmp_path: Path) -> None:
    at_m = Projection(EPSG).point_to_metres(STATION)
    house = shapely.box(*at_m, at_m[0] + 9, at_m[1] + 9)
    line = shapely.LineString([at_m, (at_m[0] + 90, at_m[1])])
    features = {
        kind: Features((kind.value,), np.array([line if kind in LINES else house], dtype=object))
        for kind in GroundKind
    }
    points = (NamedPoint("ตลาด", "landmark", *at_m), NamedPoint("คุ้มกลาง", "quarter", *at_m))
    source = tmp_path / "map.gpkg"
    write_basemap(source, Basemap(EPSG, features, points))
    out = tmp_path / "out"
    out.mkdir()
    report = bring(ImportRequest(source, out, EPSG, STATION), out, lambda *_: None)
    assert report.notices == ()
    again = read_basemap(out / "map.gpkg", EPSG)
    assert {kind: group.names for kind, group in again.features.items()} == {
        kind: group.names for kind, group in features.items()
    }
    assert {(one.name, one.kind) for one in again.points} == {
        ("ตลาด", "landmark"), ("คุ้มกลาง", "label"),
    }  # fmt: skip


def test_the_map_before_is_put_back_and_the_exchange_undone(tmp_path: Path) -> None:
    folder, disk = tmp_path / "basemap", Disk()
    folder.mkdir()
    sample = Basemap(EPSG, {}, (NamedPoint("ตัวอย่าง", "label", 470_000, 1_829_000),))
    write_basemap(folder / "sample.gpkg", sample)

    def roads_and_labels(basemap: Basemap) -> tuple[int, int]:
        return len(basemap.features), len(basemap.points)

    with pytest.raises(KnownError, match="No map from before"):
        put_back(folder, EPSG, disk)
    bring_map(ImportRequest(makers.geojson(tmp_path), folder, EPSG, STATION), stop=Event())
    assert roads_and_labels(put_back(folder, EPSG, disk)) == (0, 1)
    assert {path.name for path in folder.iterdir()} == {"sample.gpkg", "map.gpkg.previous"}
    assert roads_and_labels(put_back(folder, EPSG, disk)) == (2, 0)
    bring_map(ImportRequest(makers.osm_pbf(tmp_path), folder, EPSG, STATION), stop=Event())
    assert roads_and_labels(put_back(folder, EPSG, disk)) == (2, 0)
    assert roads_and_labels(put_back(folder, EPSG, disk)) == (4, 1)
    names = {"map.gpkg", "map.gpkg.previous", "sample.gpkg.previous"}
    assert {path.name for path in folder.iterdir()} == names
    before = (folder / "map.gpkg").read_bytes()
    (folder / "map.gpkg.previous").write_bytes(b"broken on the disk")
    with pytest.raises(KnownError, match="damaged"):
        put_back(folder, EPSG, disk)
    assert (folder / "map.gpkg").read_bytes() == before


def test_a_map_that_was_put_back_is_the_one_in_use(tmp_path: Path) -> None:
    log = Log(tmp_path / "station.db", origin="console", views=(), clock=ScriptedClock(NOON))
    log.open()
    report = ImportReport("map.gpkg", "kml", "0" * 64, {})
    said = []
    facts = (BasemapImported(report, "a.kml"), BasemapImported(report, "b.kml"),
             BasemapPutBack(("map.gpkg",)), BasemapPutBack(("map.gpkg",)))  # fmt: skip
    for fact in facts:
        log.append(fact, actor=OFFICER).result()
        said.append([one.source_name for one in maps_in_use(log.entries_of("basemap"))])
    log.close()
    assert said == [["a.kml"], ["b.kml"], ["a.kml"], ["b.kml"]]
