"""The zone map is built from the station's own ground, and its options are what is ordered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.cameras.ground import Ground
from app.clock import ScriptedClock
from app.errors import KnownError
from app.geo.areas import Area, Areas
from app.geo.basemap_file import read_basemaps
from app.geo.projection import Projection
from app.incidents.deadlines import Targets
from app.log import Log
from app.sheets.sheet import Sheet
from app.sheets.zone_map_options import ZoneMapOptions
from app.station import Disk, open_station
from app.ui.papers.build_zone_map import build_zone_map
from app.ui.papers.options_pane import PaneParts
from app.ui.papers.options_zone_map import ZoneMapPane
from app.ui.papers.order import SheetOrder
from app.ui.papers.sheet_parts import SheetParts
from app.ui.theme import Theme
from app.views import all_views
from tests.station_log import OFFICER


@pytest.fixture
def parts(station: Path, clock: ScriptedClock) -> Iterator[SheetParts]:
    """The sample station without its window."""
    folder = open_station(station)
    log = Log(station / "station.db", origin=folder.profile.origin, views=all_views(), clock=clock)
    log.open()
    basemap = read_basemaps(station / "basemap", 32648)
    ground = Ground(Projection())
    ground.set_basemap(basemap)
    yield SheetParts(
        folder, log, clock, Targets(), ground, lambda: basemap, Disk(), lambda: OFFICER
    )
    log.close()


def build(parts: SheetParts, about: str = "", **options: Any) -> Sheet:
    with parts.log.reading() as db:
        return build_zone_map(db, parts, SheetOrder("zone_map", about, options))


def test_the_zone_is_printed_as_large_as_fits_with_all_that_lies_in_it(parts: SheetParts) -> None:
    sheet = build(parts)
    assert sheet.data["map"]["scale"] == 5000
    names = [row["name"] for row in sheet.data["areas"]]
    assert names[0] == sheet.data["heading"].removeprefix("แผนที่ ")
    assert "ชุมชนศรีสุมังค์" in names
    assert sheet.data["cameras"] == 8
    assert sheet.files["map.svg"].startswith(b"<?xml")
    larger = build(parts, paper="a3")
    assert larger.data["map"]["scale"] == 4000
    assert larger.data["paper"] == "a3"


def test_scale_way_layers_and_area_are_as_ordered(parts: SheetParts) -> None:
    sheet = build(parts, "community-2", scale=2000, flipped=True, layers=["beats"], grid="mgrs")
    drawn = sheet.data["map"]
    assert (sheet.subject, drawn["scale"], sheet.data["flipped"]) == ("community-2", 2000, True)
    assert drawn["grid_text"] == "MGRS 48Q VD"
    marks = {line["mark"] for line in drawn["legend"]}
    assert {"zone", "beat"} <= marks
    assert not marks & {"camera", "community", "view"}


def test_the_same_order_is_the_same_sheet(parts: SheetParts) -> None:
    one, other = build(parts), build(parts)
    assert one.data == other.data
    assert one.files == other.files


def test_an_area_that_is_gone_is_told(parts: SheetParts) -> None:
    with pytest.raises(KnownError, match="no such area"):
        build(parts, "zone-99")


class Desk:
    """Says which areas hold now."""

    def __init__(self, areas: list[Area]) -> None:
        self._areas = areas

    def areas(self) -> list[Area]:
        return self._areas


def a_pane(theme: Theme, areas: list[Area], qtbot: QtBot) -> ZoneMapPane:
    nothing: Any = None
    desk: Any = Desk(areas)
    pane = ZoneMapPane(theme, PaneParts(desk, nothing, nothing, nothing))
    qtbot.addWidget(pane)
    pane.fill()
    return pane


def test_the_pane_offers_every_area_the_zone_first(
    parts: SheetParts, theme: Theme, qtbot: QtBot
) -> None:
    with parts.log.reading() as db:
        areas = Areas(db).current()
    pane = a_pane(theme, areas, qtbot)
    assert pane.about() == "zone-1"
    assert pane.missing() == ""
    assert pane.area.count() == len(areas)
    chosen: list[str] = []
    pane.changed.connect(lambda: chosen.append(pane.about()))
    pane.area.setCurrentIndex(1)
    pane.area.activated.emit(1)
    assert chosen == [pane.area.itemData(1)]
    pane.show_about("beat-2")
    assert pane.about() == "beat-2"


def test_what_was_chosen_last_time_is_shown_again(theme: Theme, qtbot: QtBot) -> None:
    pane = a_pane(theme, [], qtbot)
    assert pane.missing() != ""
    assert ZoneMapOptions.from_order(pane.options()) == ZoneMapOptions()
    wanted = {"paper": "a3", "flipped": False, "scale": 2500, "layers": ["views"], "grid": "mgrs"}
    pane.show_options(wanted)
    assert pane.options() == wanted
    pane.show_options({"scale": 77, "paper": "a9"})
    assert pane.options() == ZoneMapOptions().to_order()


def test_coverage_is_told_in_figures_and_drawn_when_asked_for(parts: SheetParts) -> None:
    plain, covered = build(parts, layers=[]), build(parts, layers=["coverage"])
    assert plain.data["coverage"] == ""
    assert covered.data["coverage"].startswith("กล้องเห็น ")
    marks = {line["mark"] for line in covered.data["map"]["legend"]}
    assert {"seen", "blind"} <= marks
    assert len(covered.files["map.svg"]) > len(plain.files["map.svg"]) + 50_000
