"""Setup › Map in the running console: a file is looked through, brought, stopped, refused."""

from __future__ import annotations

import multiprocessing
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import Console
from app.geo.basemap import GroundKind
from app.geo.imports.request import Crs
from app.log import Role
from app.map import LayerLook, MapLayer, MapView
from app.thai.translation import Language, language
from app.ui.setup.map_classes_table import ClassBox
from app.ui.setup.map_pane import MapPane
from app.ui.setup.map_work import Step
from tests.geo.imports import makers
from tests.geo.imports.makers import ROAD_NAMES

WAIT_MS = 20_000


@pytest.fixture
def pane(console: Console, qtbot: QtBot) -> MapPane:
    """Setup › Map, from the layers of the Map place, with the sample town in use."""
    console.window.resize(1366, 768)
    qtbot.waitUntil(lambda: console._basemap is not None, timeout=WAIT_MS)
    console.window.show_place("map")
    console.window.map.layers.bring.click()
    assert console.window.place_id == "setup"
    made = console.window.setup.map
    assert made.isVisible()
    return made


def come_to(console: Console, qtbot: QtBot, step: Step) -> None:
    qtbot.waitUntil(lambda: console.maps.work.step is step, timeout=WAIT_MS)


def look_at(console: Console, pane: MapPane, qtbot: QtBot, source: Path) -> None:
    pane.read_file(source)
    come_to(console, qtbot, Step.SHOWN)


def contents(console: Console) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in console.folder.basemap.iterdir()}


def brought_entries(console: Console) -> list[dict[str, object]]:
    return [entry.data() for entry in console.log.entries_of("basemap")]


def box_of(pane: MapPane, into: str) -> ClassBox:
    return next(box for box in pane.bringing.found.table.boxes if box.group.into == into)


def choose(box: ClassBox, into: str) -> None:
    """As a hand does: the list, the row."""
    number = box.findData(into)
    assert number >= 0
    box.setCurrentIndex(number)
    box.activated.emit(number)


def test_a_map_is_looked_through_first_and_the_map_shows_it_when_it_was_brought(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    before = contents(console)
    look_at(console, pane, qtbot, makers.osm_pbf(tmp_path))
    found = pane.bringing.found
    assert found.isVisible()
    assert "OpenStreetMap PBF" in found.facts["format"].text()
    assert found.facts["count"].text() == "5"
    assert found.facts["bounds"].text().startswith("16.5431–16.5461 N, 104.7228–104.7250 E")
    assert found.attribution.text == "© OpenStreetMap contributors"
    assert contents(console) == before
    assert not brought_entries(console)
    QTest.mouseClick(found.bring, Qt.MouseButton.LeftButton)
    come_to(console, qtbot, Step.DONE)
    assert set(contents(console)) == {"map.gpkg", "sample.gpkg.previous"}
    shown = console.window.map.view.basemap
    assert shown is not None
    assert shown.features[GroundKind.ROAD_2].names == (ROAD_NAMES[0],)
    assert console.window.live.map.basemap is shown
    assert not shown.sample
    [entry] = brought_entries(console)
    assert (entry["source"], entry["is_added"]) == ("town.osm.pbf", False)
    outcome = pane.bringing.outcome
    assert "ถนนระดับ 2 สายหลัก: 1" in outcome.came_in.text()
    assert outcome.left_out.text() == "นำเข้าครบทุกรายการ"
    assert outcome.attribution.text() == "© OpenStreetMap contributors"
    told = pane.in_use.text
    assert "town.osm.pbf" in told
    assert "นำเข้า 22 พ.ย. 2569 10:46:31 โดย" in told
    assert console.desk.officer.name in told
    assert "sample.gpkg.previous" in told
    outcome.show_map.click()
    assert console.window.place_id == "map"


def test_a_layer_becomes_what_the_officer_chose_and_what_is_left_out_is_said(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    look_at(console, pane, qtbot, makers.write_roads(tmp_path / "lines.gpkg", "GPKG"))
    found = pane.bringing.found
    choose(box_of(pane, "road_2"), "none")
    assert "อีก 1 รายการไม่มีประเภทหรือไม่มีชื่อ" in found.outlook.text()
    choose(box_of(pane, "road_4"), "road_1")
    found.attribution.line.setFocus()
    QTest.keyClicks(found.attribution.line, "(c) Mukdahan")
    found.bring.click()
    come_to(console, qtbot, Step.DONE)
    assert console._basemap is not None
    assert set(console._basemap.features) == {GroundKind.ROAD_1}
    assert console._basemap.features[GroundKind.ROAD_1].names == (ROAD_NAMES[1],)
    assert console._basemap.attribution == "(c) Mukdahan"
    assert "1 รายการ" in pane.bringing.outcome.left_out.text()


def test_a_file_of_which_nothing_would_come_in_cannot_be_brought(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    look_at(console, pane, qtbot, makers.geojson(tmp_path))
    for box in list(pane.bringing.found.table.boxes):
        choose(box, "none")
    assert not pane.bringing.found.bring.isEnabled()
    assert pane.bringing.found.outlook.property("state") == "amber"
    console.maps.bring()
    assert console.maps.work.step is Step.SHOWN


def test_a_map_can_be_added_to_the_one_in_use(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    roads_before = len(console._basemap.features[GroundKind.ROAD_2])  # type: ignore[union-attr]
    look_at(console, pane, qtbot, makers.geojson(tmp_path))
    pane.bringing.found.addition._buttons["add"].click()
    pane.bringing.found.bring.click()
    come_to(console, qtbot, Step.DONE)
    assert set(contents(console)) == {"map.gpkg", "sample.gpkg"}
    assert console._basemap is not None
    assert len(console._basemap.features[GroundKind.ROAD_2]) == roads_before + 1
    assert brought_entries(console)[0]["is_added"] is True


def test_unclear_coordinates_are_asked_about_and_nothing_is_guessed(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    source = makers.write_roads(
        tmp_path / "utm.shp", "ESRI Shapefile", crs=None, lines=makers.roads(32648)
    )
    pane.read_file(source)
    come_to(console, qtbot, Step.UNCLEAR)
    unclear = pane.bringing.unclear
    assert unclear.isVisible()
    assert not any(button.property("primary") for button in unclear.systems)
    [utm] = [button for button in unclear.systems if "48 บน WGS 84" in button.text()]
    assert pane.bringing.what.text() == "utm.shp ไม่ได้บอกว่าใช้ระบบพิกัดใด"
    utm.click()
    come_to(console, qtbot, Step.SHOWN)
    assert console.maps.work.crs == Crs(32648)
    assert "ตามที่เลือก" in pane.bringing.found.facts["system"].text()
    pane.bringing.found.bring.click()
    come_to(console, qtbot, Step.DONE)
    assert console._basemap is not None
    assert len(console._basemap.features[GroundKind.ROAD_2]) == 1


def halved(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def a_vrt(folder: Path) -> Path:
    path = folder / "roads.geojson"
    path.write_text("<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>")
    return path


def too_large(folder: Path) -> Path:
    path = makers.geojson(folder)
    os.truncate(path, 500_000_000)  # sparse: it takes no room
    return path


@pytest.mark.parametrize(
    ("make", "what", "do"),
    [
        (a_vrt, "VRT", "เลือกไฟล์แผนที่ตัวจริงที่ VRT อ้างถึง"),
        (lambda folder: Path("/vsizip/a.zip/a.shp"), "ที่อยู่", "บันทึกแผนที่เป็นไฟล์ลงในเครื่องนี้ก่อน"),
        (too_large, "500 MB", "ตัด"),
        (lambda folder: halved(makers.flatgeobuf(folder)), "เสียหาย", "เลือกไฟล์อื่น"),
        (lambda folder: makers.mbtiles(folder, "pbf"), "เวกเตอร์", "เลือกไฟล์อื่น"),
    ],
)
def test_a_refused_file_says_why_what_to_do_and_changes_nothing(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path, make: object, what: str, do: str
) -> None:
    before = contents(console)
    pane.read_file(make(tmp_path))  # type: ignore[operator]
    come_to(console, qtbot, Step.FAILED)
    bringing = pane.bringing
    assert bringing.what.isVisible()
    assert bringing.trouble.property("tint") == "red"
    assert what in bringing.what.text()
    safe, cure = bringing.rest.text().split("\n")
    assert safe == "แผนที่เดิมไม่ถูกแตะต้อง"
    assert do in cure
    assert contents(console) == before
    assert not brought_entries(console)


def pictures_look(view: MapView) -> LayerLook:
    return next(one for one in view.layers if one.layer is MapLayer.PICTURES)


def test_a_picture_of_the_ground_is_brought_shown_taken_off_and_put_back(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    layers, maps = console.window.map.layers, (console.window.map.view, console.window.live.map)
    assert layers.rows[MapLayer.PICTURES].isHidden()
    look_at(console, pane, qtbot, makers.mbtiles(tmp_path))
    found = pane.bringing.found
    assert found.facts["count"].text() == "ซูม 10–14"
    assert not found.table.isVisible()
    assert not found.how.isVisible()
    assert found.attribution.text == "ตัวอย่าง"
    found.attribution.line.selectAll()
    QTest.keyClicks(found.attribution.line, "(c) Air")
    found.bring.click()
    come_to(console, qtbot, Step.DONE)
    assert "ใต้ถนน" in pane.bringing.outcome.title.text()
    assert set(contents(console)) == {"sample.gpkg", "town.mbtiles", "town.mbtiles.picture.toml"}
    assert console._basemap is not None
    assert console._basemap.sample
    for view in maps:
        assert view.basemap is console._basemap
        assert [one.name for one in view.basemap.pictures] == ["town.mbtiles"]
    assert console._basemap.attribution.endswith(" · (c) Air")
    [entry] = brought_entries(console)
    assert (entry["source"], entry["file"]) == ("town.mbtiles", "town.mbtiles")
    assert not layers.rows[MapLayer.PICTURES].isHidden()
    layers.choose(MapLayer.PICTURES)
    assert not layers.up.isEnabled()
    assert not layers.down.isEnabled()
    layers.strength.setValue(60)
    layers.rows[MapLayer.PICTURES].box.click()
    for view in maps:
        assert pictures_look(view) == LayerLook(MapLayer.PICTURES, shown=False, opacity=0.6)
        assert view.layers[0].layer is MapLayer.PICTURES
    assert "(c) Air" in pane.in_use.text
    assert console.desk.officer.name in pane.in_use.text
    in_use = console._basemap
    assert pane.in_use.pictures is not None
    pane.in_use.pictures.buttons["town.mbtiles"].click()
    qtbot.waitUntil(lambda: console._basemap is not in_use, timeout=WAIT_MS)
    assert console._basemap is not None
    assert console._basemap.pictures == ()
    assert layers.rows[MapLayer.PICTURES].isHidden()
    assert "นำกลับมาไว้บนแผนที่" in [one.text() for one in pane.in_use.pictures.buttons.values()]
    assert "town.mbtiles" not in console.window.notice.text  # that it was moved is known
    without = console._basemap
    pane.in_use.pictures.buttons["town.mbtiles"].click()
    qtbot.waitUntil(lambda: console._basemap is not without, timeout=WAIT_MS)
    assert len(console._basemap.pictures) == 1
    assert brought_entries(console)[1:] == [{"file": "town.mbtiles"}] * 2
    (console.folder.basemap / "town.mbtiles").unlink()
    layers.rows[MapLayer.PICTURES].box.click()
    qtbot.waitUntil(lambda: "town.mbtiles" in console.window.notice.text, timeout=WAIT_MS)


def test_an_import_that_is_stopped_leaves_the_map_and_the_file_can_be_brought_again(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    before = contents(console)
    look_at(console, pane, qtbot, makers.geojson(tmp_path))
    pane.bringing.found.bring.click()
    bringing = pane.bringing
    assert bringing.stop.isVisible()
    assert not bringing.choose.isEnabled()
    bringing.stop.click()
    come_to(console, qtbot, Step.SHOWN)
    assert bringing.what.text() == "หยุดแล้ว แผนที่เดิมยังอยู่ครบ"
    assert contents(console) == before
    assert not brought_entries(console)
    bringing.found.bring.click()
    come_to(console, qtbot, Step.DONE)


def test_a_reader_that_is_killed_is_said_and_the_map_stays(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    before = contents(console)
    look_at(console, pane, qtbot, makers.geojson(tmp_path))

    def kill() -> bool:
        alive = [one for one in multiprocessing.active_children() if one.name == "map import"]
        for child in alive:
            if child.pid:
                os.kill(child.pid, signal.SIGKILL)
        return bool(alive)

    pane.bringing.found.bring.click()
    qtbot.waitUntil(kill, timeout=WAIT_MS)
    come_to(console, qtbot, Step.SHOWN)
    assert "เสียหายหรือไม่ครบ" in pane.bringing.what.text()
    assert contents(console) == before


def test_a_duty_officer_is_told_who_may_and_can_not_begin(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    console.desk.officer = replace(console.desk.officer, role=Role.DUTY_OFFICER)
    pane.bringing.show_work()
    assert not pane.bringing.choose.isEnabled()
    assert "เฉพาะหัวหน้าหรือผู้ดูแลระบบ" in pane.bringing.invitation.text()
    pane.read_file(makers.geojson(tmp_path))
    assert console.maps.work.step is Step.FAILED
    assert "นำ" in pane.bringing.what.text()
    assert not brought_entries(console)


def test_a_file_is_dropped_on_the_pane(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(makers.kml(tmp_path)))])
    drop = QDropEvent(
        QPointF(QPoint(40, 200)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    pane.bringing.dropEvent(drop)
    come_to(console, qtbot, Step.SHOWN)
    assert pane.bringing.file.text() == "roads.kml"


def test_another_language_keeps_the_file_and_what_was_chosen(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    look_at(console, pane, qtbot, makers.geojson(tmp_path))
    choose(box_of(pane, "road_4"), "road_1")
    pane.bringing.found.attribution.line.setFocus()
    QTest.keyClicks(pane.bringing.found.attribution.line, "province")
    console.set_language(Language.ENGLISH.value)
    assert language() is Language.ENGLISH
    console.window.bring_map()
    again = console.window.setup.map
    assert again is not pane
    found = again.bringing.found
    assert found.isVisible()
    assert box_of(again, "road_4").currentText() == "Road, rank 1: highway"
    assert found.attribution.text == "province"
    assert "2 things have a class." in found.outlook.text()


def test_the_keyboard_follows_the_steps_and_is_never_taken_from_elsewhere(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    assert console.window.focusWidget() is pane.bringing.choose
    look_at(console, pane, qtbot, makers.geojson(tmp_path))
    assert console.window.focusWidget() is pane.bringing.found.bring
    QTest.keyClick(pane.bringing.found.bring, Qt.Key.Key_Space)
    console.window.open_intake()
    typing = console.window.focusWidget()
    come_to(console, qtbot, Step.DONE)
    assert console.window.focusWidget() is typing


def test_the_console_closes_while_a_map_comes_in_and_leaves_no_process(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    before = contents(console)
    look_at(console, pane, qtbot, makers.geojson(tmp_path))
    pane.bringing.found.bring.click()
    console.stop()
    assert not [one for one in multiprocessing.active_children() if one.name == "map import"]
    assert contents(console) == before


def test_the_map_before_is_put_back_from_the_panel(
    console: Console, pane: MapPane, qtbot: QtBot, tmp_path: Path
) -> None:
    assert not pane.in_use.put_back.isVisible()
    sample = console._basemap
    look_at(console, pane, qtbot, makers.geojson(tmp_path))
    pane.bringing.found.bring.click()
    come_to(console, qtbot, Step.DONE)
    brought = console._basemap
    assert pane.in_use.put_back.isVisible()
    pane.in_use.put_back.click()
    qtbot.waitUntil(lambda: console._basemap is not brought, timeout=WAIT_MS)
    assert sample is not None
    assert console._basemap is not None
    assert console._basemap.sample
    assert console.window.map.view.basemap is console._basemap
    assert set(contents(console)) == {"sample.gpkg", "map.gpkg.previous"}
    assert "เมืองตัวอย่าง" in pane.in_use.text
    assert not pane.bringing.outcome.isVisible()
    assert brought_entries(console)[-1] == {"files": ["sample.gpkg"]}
