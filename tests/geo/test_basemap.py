"""Base maps on disk: what was written is read, and a bad file is named and changes nothing."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from app.errors import KnownError
from app.geo.basemap import Basemap, Features, GroundKind, NamedPoint, building_walls
from app.geo.basemap_file import read_basemap, read_basemaps, write_basemap

EPSG = 32648


def group(*named: tuple[str, shapely.Geometry]) -> Features:
    shapes = np.empty(len(named), dtype=object)
    shapes[:] = [shape for _, shape in named]
    return Features(tuple(name for name, _ in named), shapes)


def small_map(east_m: float = 470_000.0) -> Basemap:
    yard = shapely.box(east_m, 1_829_000, east_m + 30, 1_829_030).difference(
        shapely.box(east_m + 10, 1_829_010, east_m + 20, 1_829_020)
    )
    road = shapely.LineString([(east_m, 1_829_000), (east_m + 100, 1_829_005)])
    hall = shapely.box(east_m + 50, 1_829_000, east_m + 60, 1_829_020)
    river = shapely.box(east_m + 200, 1_828_000, east_m + 900, 1_830_000)
    features = {
        GroundKind.ROAD_1: group(("ถนนสำราญชายโขง", road)),
        GroundKind.ROAD_5: group(("", road), ("ซอย 2", road)),
        GroundKind.BUILDING: group(("", yard)),
        GroundKind.LANDMARK_BUILDING: group(("ตลาดอินโดจีน", hall)),
        GroundKind.WATER: group(("แม่น้ำโขง", river)),
        GroundKind.WATER_LINE: group(("", road)),
        GroundKind.GREEN: group(("วัด", yard)),
    }
    return Basemap(
        epsg=EPSG,
        features=features,
        points=(NamedPoint("ສະຫວັນນະເຂດ", "town", 471_000.5, 1_829_000.25),),
        walls=building_walls(features),
        attribution="ตัวอย่าง",
        sample=True,
    )


def test_what_was_written_is_read_back(tmp_path: Path) -> None:
    written = small_map()
    write_basemap(tmp_path / "one.gpkg", written)
    read = read_basemap(tmp_path / "one.gpkg", EPSG)
    assert set(read.features) == set(written.features)
    for kind, features in written.features.items():
        assert read.features[kind].names == features.names
        assert shapely.equals(read.features[kind].shapes, features.shapes).all()
    assert read.points == written.points
    assert (read.attribution, read.sample) == ("ตัวอย่าง", True)
    assert read.bounds_m() == written.bounds_m()


def test_walls_are_all_sides_of_all_houses_courtyards_too(tmp_path: Path) -> None:
    write_basemap(tmp_path / "one.gpkg", small_map())
    assert len(read_basemap(tmp_path / "one.gpkg", EPSG).walls.segments) == 4 + 4 + 4


def test_two_files_in_the_folder_are_one_map(tmp_path: Path) -> None:
    write_basemap(tmp_path / "a.gpkg", small_map())
    write_basemap(tmp_path / "b.gpkg", small_map(east_m=480_000.0))
    read = read_basemaps(tmp_path, EPSG)
    assert len(read.features[GroundKind.ROAD_5]) == 4
    assert len(read.walls.segments) == 24
    assert read.attribution == "ตัวอย่าง"


def test_writing_leaves_nothing_but_the_map(tmp_path: Path) -> None:
    for _ in range(2):
        write_basemap(tmp_path / "one.gpkg", small_map())
    assert [path.name for path in tmp_path.iterdir()] == ["one.gpkg"]


def test_a_station_without_a_map_has_an_empty_one(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "basemap"):
        read = read_basemaps(folder, EPSG)
        assert read.is_empty
        assert read.bounds_m() is None


def broken(path: Path, how: str) -> None:
    whole = path.read_bytes()
    if how == "empty":
        path.write_bytes(b"")
    elif how == "text":
        path.write_text("<OGRVRTDataSource></OGRVRTDataSource>", encoding="utf-8")
    elif how == "cut":
        path.write_bytes(whole[: len(whole) // 3])
    elif how == "zeros":
        path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))


@pytest.mark.parametrize("how", ["empty", "text", "cut", "zeros"])
def test_a_damaged_map_is_named(tmp_path: Path, how: str) -> None:
    path = tmp_path / "ground.gpkg"
    write_basemap(path, small_map())
    broken(path, how)
    with pytest.raises(KnownError, match=r"ground\.gpkg is damaged"):
        read_basemaps(tmp_path, EPSG)


def test_a_missing_map_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"ground\.gpkg cannot be read"):
        read_basemap(tmp_path / "ground.gpkg", EPSG)


def test_a_map_in_other_coordinates_is_not_shown_at_the_wrong_place(tmp_path: Path) -> None:
    write_basemap(tmp_path / "ground.gpkg", small_map())
    with pytest.raises(KnownError, match="EPSG:32648, the station in EPSG:32647"):
        read_basemap(tmp_path / "ground.gpkg", 32647)
