"""The zone map on paper: one page whichever way it lies, its map as large as it was drawn."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from app.cameras.camera import Camera
from app.errors import KnownError
from app.geo.areas import Area, AreaDrawn, AreaKind, Areas
from app.geo.projection import Projection
from app.sheets.map_on_paper import GridKind, LegendLine, LegendMark, MapOnPaper, PaperBar
from app.sheets.pages import Pages
from app.sheets.press import Press
from app.sheets.sheet import Sheet, Sized, Typeset
from app.sheets.zone_map_options import CLOSEST, LAYERS, ZoneMapOptions, map_mm
from app.sheets.zone_map_sheet import MappedZone, zone_map_sheet, zone_of
from tests.sheets.material import pressed
from tests.sheets.test_press import plain, text_of
from tests.station_log import ADMINISTRATOR, MORNING, a_station_log

WEST, SOUTH = 104.720, 16.540
CAMERA = Camera("C01", "ตลาด", "rtsp://127.0.0.1/1", "", SOUTH + 0.001, WEST + 0.001)
AREAS = (
    ("zone-1", AreaKind.ZONE, "เขตปลอดภัยเมือง", (0.0, 0.0, 0.006, 0.006)),
    ("community-1", AreaKind.COMMUNITY, "ชุมชนในเขต", (0.001, 0.001, 0.003, 0.003)),
    ("community-2", AreaKind.COMMUNITY, "ชุมชนครึ่งเดียว", (-0.002, 0.0, 0.002, 0.004)),
    ("community-3", AreaKind.COMMUNITY, "ชุมชนนอกเขต", (0.02, 0.0, 0.03, 0.004)),
    *((f"beat-{n}", AreaKind.BEAT, f"เขตตรวจ {n}", (0.001, 0.0, 0.004, 0.002)) for n in range(5)),
)


def a_map(width_mm: float, height_mm: float) -> MapOnPaper:
    """A black rectangle as large as the map should be."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_mm}mm" height="{height_mm}mm"'
        f' viewBox="0 0 10 10" preserveAspectRatio="none"><rect width="10" height="10"/></svg>'
    )
    marks = list(LegendMark)[:6]
    legend = tuple(LegendLine(mark, f"เครื่องหมาย {mark}") for mark in marks)
    return MapOnPaper(
        svg=svg.encode(),
        width_mm=width_mm,
        height_mm=height_mm,
        scale=4000,
        attribution="",
        legend=legend,
        grid_name="MGRS 48Q VD",
        grid=(),
        bar=PaperBar(100, 0, 0, 25, 1),
        point_scale=0.9996,
        true_north_deg=0.08,
        sample=True,
    )


def box(west: float, south: float, east: float, north: float) -> shapely.Polygon:
    return shapely.box(WEST + west, SOUTH + south, WEST + east, SOUTH + north)


@pytest.fixture
def mapped(tmp_path: Path) -> tuple[Path, MappedZone]:
    """Areas in a log; the zone was drawn twice."""
    with a_station_log(tmp_path) as log:
        for area_id, kind, name, corners in (AREAS[0], *AREAS):
            fact = AreaDrawn(area_id, kind, name, "", box(*corners), sample=True)
            log.append(fact, actor=ADMINISTRATOR, at=MORNING - timedelta(days=3)).result(5)
        with log.reading() as db:
            areas = Areas(db).current()
    return tmp_path, MappedZone(zone_of(areas, ""), areas, (CAMERA,), Projection())


def a_sheet(mapped: tuple[Path, MappedZone], options: ZoneMapOptions, *, flipped: bool) -> Sheet:
    folder, zone = mapped
    drawn = a_map(*map_mm(options.paper, flipped=flipped))
    with a_station_log(folder) as log, log.reading() as db:
        return zone_map_sheet(db, zone, options, drawn, MORNING, flipped=flipped)


@pytest.mark.parametrize("paper", list(Sized))
@pytest.mark.parametrize("flipped", [False, True])
def test_it_is_one_page_and_a_millimetre_is_a_millimetre(
    press: Press, mapped: tuple[Path, MappedZone], paper: Sized, flipped: bool
) -> None:
    options = ZoneMapOptions(paper=paper)
    typeset = pressed(press, a_sheet(mapped, options, flipped=flipped))
    assert typeset.pages == 1
    with Pages(typeset.pdf) as pages:
        size = pages.size_mm(0)
    sides = (297, 420) if paper is Sized.A3 else (210, 297)
    assert size == pytest.approx(sides[::-1] if flipped else sides, abs=0.2)
    wide, tall = black_mm(typeset)
    assert (wide, tall) == pytest.approx(map_mm(paper, flipped=flipped), rel=0.003)


def black_mm(typeset: Typeset, dpi: int = 150) -> tuple[float, float]:
    """The sides of the one large black rectangle on the page."""
    with Pages(typeset.pdf) as pages:
        picture = pages.picture(0, dpi)
    shape = (picture.height_px, picture.width_px, 4)
    dark = np.frombuffer(picture.pixels, np.uint8).reshape(shape)[:, :, 0] < 128
    sides = (longest(dark.mean(axis=0) > 0.5), longest(dark.mean(axis=1) > 0.5))
    return sides[0] / dpi * 25.4, sides[1] / dpi * 25.4


def longest(inked: NDArray[np.bool_]) -> int:
    """The longest run of true ones."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], inked, [False]))))
    return int(np.diff(edges)[::2].max())


def test_it_says_which_areas_how_large_and_since_when(
    press: Press, mapped: tuple[Path, MappedZone]
) -> None:
    text = plain(text_of(pressed(press, a_sheet(mapped, ZoneMapOptions(), flipped=False))))
    for words in ("1:4,000", "ชุมชนในเขต", "100 %", "50 %", "รุ่นที่ 2 · 19 พ.ย. 2569", "100 มม.",
                  "กล้องในแนวเขต 1 ตัว", "MGRS 48Q VD", "เครื่องหมาย wall"):  # fmt: skip
        assert plain(words) in text
    assert plain("ชุมชนนอกเขต") not in text


def test_thai_digits_are_for_words_not_for_coordinates(
    press: Press, mapped: tuple[Path, MappedZone]
) -> None:
    options = ZoneMapOptions(digits="thai")
    text = plain(text_of(pressed(press, a_sheet(mapped, options, flipped=False))))
    assert plain("๑๙ พ.ย. ๒๕๖๙") in text
    assert plain("MGRS 48Q VD") in text


def test_an_area_there_is_not_is_told() -> None:
    with pytest.raises(KnownError, match="no such area"):
        zone_of((), "")
    area = Area("beat-1", AreaKind.BEAT, "เขตตรวจ", "", box(0, 0, 1, 1), "console-1:1")
    with pytest.raises(KnownError, match="no such area"):
        zone_of((area,), "")  # there is a beat, but no zone
    assert zone_of((area,), "beat-1") is area


def test_options_come_back_and_what_is_unknown_is_as_at_first() -> None:
    chosen = ZoneMapOptions(Sized.A3, True, 5000, frozenset(LAYERS), GridKind.MGRS)
    assert ZoneMapOptions.from_order(chosen.to_order()) == chosen
    odd = {"paper": "a0", "flipped": "yes", "scale": -4, "layers": ["moons", "beats"], "grid": 7}
    read = ZoneMapOptions.from_order(odd)
    assert read == ZoneMapOptions(layers=frozenset({"beats"}))
    assert read.scale == CLOSEST
