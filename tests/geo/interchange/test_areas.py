"""Areas go out to every format and come back as they were; other programs' files are understood."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import numpy as np
import pytest
import shapely

from app.errors import KnownError
from app.geo.area_saving import AreaConflictError, save_areas
from app.geo.areas import Area, AreaKind, Areas
from app.geo.coordinates import LatLon
from app.geo.gis_files import pyogrio_raw
from app.geo.imports.request import Crs, CrsUnclearError, ShapesRequest
from app.geo.interchange.areas_in import AreasFile, read_areas
from app.geo.interchange.areas_out import AreaFormat, write_areas
from tests.geo.imports import makers
from tests.geo.material import SUPERVISOR, a_log, square

STATION = LatLon(16.5431, 104.7228)
HOLED = shapely.MultiPolygon(
    [
        square(104.72, 16.54, 0.01).difference(square(104.7231234567, 16.543, 0.002)),
        square(104.74, 16.55, 0.001),
    ]
)
SOURCE = "© กรมแผนที่ (ตัวอย่าง)"


def areas() -> list[Area]:
    names = ("=เขต & <ปลอดภัย>", "ชุมชนศรีสุมังค์", 'บึง "ใหญ่"')
    kinds = (AreaKind.ZONE, AreaKind.COMMUNITY, AreaKind.NO_GO)
    shapes = (HOLED, square(104.721, 16.541, 0.003), square(104.7, 16.5, 0.004))
    return [
        Area(f"{kind.value}-1", kind, name, "", shape, f"console-1:{at}", at == 1, SOURCE)
        for at, (name, kind, shape) in enumerate(zip(names, kinds, shapes, strict=True))
    ]


def read(path: Path, holding: list[Area] | None = None, crs: Crs | None = None) -> AreasFile:
    return read_areas(
        ShapesRequest(path, STATION, crs=crs),
        AreaKind.TAMBON,
        holding or [],
        stop=threading.Event(),
    )


@pytest.mark.parametrize("form", list(AreaFormat))
def test_areas_come_back_from_their_file_as_they_were(form: AreaFormat, tmp_path: Path) -> None:
    out = areas()
    written = write_areas(tmp_path / f"เขต{form.value}", out)
    assert set(written) == set(tmp_path.iterdir())
    file = read(tmp_path / f"เขต{form.value}", holding=out)
    assert file.attribution == SOURCE
    for area, back in zip(out, file.areas, strict=True):
        edit = back.edit
        assert back.trouble is None
        assert (edit.area_id, edit.kind, edit.name_th, edit.name_en, edit.sample, edit.source) == (
            area.id, area.kind, area.name_th, area.name_en, area.sample, area.source,
        )  # fmt: skip
        assert edit.began_from == area.version
        assert shapely.equals_exact(
            shapely.normalize(edit.shape), shapely.normalize(area.shape), 1e-9
        )


def test_what_came_back_is_saved_over_what_it_was_and_not_over_anything_newer(
    tmp_path: Path,
) -> None:
    with a_log(tmp_path) as log:

        def holding() -> list[Area]:
            with log.reading() as db:
                return Areas(db).current()

        write_areas(tmp_path / "a.geojson", areas())
        new = [one.edit for one in read(tmp_path / "a.geojson").areas]
        assert [edit.area_id for edit in new] == ["", "", ""]  # no such area is known here
        save_areas(log, new, "นำเข้า", actor=SUPERVISOR).result(5)
        held = holding()
        assert {area.id for area in held} == {"zone-1", "community-1", "no_go-1"}
        assert {area.source for area in held} == {SOURCE}
        write_areas(tmp_path / "b.gpkg", held)
        again = [one.edit for one in read(tmp_path / "b.gpkg", holding=held).areas]
        save_areas(log, again, "แก้", actor=SUPERVISOR).result(5)
        late = [one.edit for one in read(tmp_path / "b.gpkg", holding=holding()).areas]
        with pytest.raises(AreaConflictError):
            save_areas(log, late, "แก้อีก", actor=SUPERVISOR).result(5)


def test_another_programs_tambons_are_areas_of_the_kind_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "tambon.geojson"
    ring = [[104.7, 16.5], [104.8, 16.5], [104.8, 16.6], [104.7, 16.5]]
    features = [
        {"type": "Feature", "properties": {"ADM3_TH": "มุกดาหาร", "ADM3_EN": "Mukdahan"},
         "geometry": {"type": "Polygon", "coordinates": [ring]}},
        {"type": "Feature", "properties": {},
         "geometry": {"type": "Point", "coordinates": ring[0]}},
    ]  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    path.write_text(text, "utf-8")
    file = read(path)
    [area] = file.areas
    assert (area.edit.kind, area.edit.name_th, area.edit.name_en) == (
        AreaKind.TAMBON, "มุกดาหาร", "Mukdahan",
    )  # fmt: skip
    assert "1 lines and points" in file.notices[0].english()


def test_an_outline_that_crosses_itself_is_said_with_a_repair(tmp_path: Path) -> None:
    bow = shapely.Polygon([(104.7, 16.5), (104.8, 16.6), (104.8, 16.5), (104.7, 16.6)])
    path = tmp_path / "bow.gpkg"
    pyogrio_raw().write(
        path, shapely.to_wkb([bow]), [np.array(["โบ"], dtype=object)], ["name"], driver="GPKG",
        geometry_type="Polygon", crs="EPSG:4326",
    )  # fmt: skip
    [area] = read(path).areas
    assert area.trouble is not None
    assert "crosses itself" in str(area.trouble)
    assert area.repaired is not None
    assert area.repaired.shape.is_valid
    assert area.repaired.shape.area == pytest.approx(0.005, rel=0.01)


def test_a_polygon_of_a_hundred_thousand_corners_is_read(tmp_path: Path) -> None:
    turn = np.linspace(0, 2 * np.pi, 100_000, endpoint=False)
    ring = np.column_stack((104.72 + 0.05 * np.cos(turn), 16.54 + 0.05 * np.sin(turn)))
    many = Area("zone-1", AreaKind.ZONE, "วงกลม", "", shapely.Polygon(ring), "v:1")
    write_areas(tmp_path / "many.gpkg", [many])
    [area] = read(tmp_path / "many.gpkg").areas
    assert area.trouble is None
    assert shapely.get_num_coordinates(area.edit.shape) == 100_001


def test_areas_without_their_coordinates_system_are_refused_with_the_cure(tmp_path: Path) -> None:
    write_areas(tmp_path / "a.shp", areas())
    (tmp_path / "a.prj").unlink()
    with pytest.raises(CrsUnclearError, match="does not say") as caught:
        read(tmp_path / "a.shp")
    assert Crs(4326) in caught.value.candidates
    assert len(read(tmp_path / "a.shp", crs=Crs(4326)).areas) == 3


def test_what_holds_no_areas_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="There is no area in"):
        read(makers.geojson(tmp_path))
    with pytest.raises(KnownError, match="no outlines of areas"):
        read(makers.mbtiles(tmp_path))


@pytest.mark.parametrize(
    ("name", "what", "said"),
    [
        ("a.dxf", areas(), "cannot be written as “.dxf”"),
        ("a.kml", [], "no area to write"),
        ("a.shp", [Area("z", AreaKind.ZONE, "ก" * 90, "", HOLED, "v")], "longer than a Shapefile"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_nothing(
    name: str, what: list[Area], said: str, tmp_path: Path
) -> None:
    with pytest.raises(KnownError, match=said):
        write_areas(tmp_path / name, what)
    assert list(tmp_path.iterdir()) == []
