"""Areas out to files and in from files, as an officer does it beside the map."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.application import Console
from app.duty.officers import Officer
from app.errors import KnownError
from app.geo.area_saving import AreaEdit
from app.geo.areas import Area, AreaKind
from app.geo.interchange.areas_out import write_areas
from app.log import Role
from app.thai.translation import tr
from app.ui.zone_map.areas_in_panel import AreasInPanel
from app.ui.zone_map.map_place import MapPlace
from tests.ui.driving import CONTROL, press

BOW = shapely.Polygon([(104.7, 16.5), (104.72, 16.52), (104.72, 16.5), (104.7, 16.52)])


def push(button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def holding(console: Console) -> dict[str, Area]:
    return {area.id: area for area in console.desk.areas()}


def export(place: MapPlace, path: Path, qtbot: QtBot) -> None:
    push(place.areas.take_out)
    place.areas_out.formats.set_on(path.suffix)
    place.exchange.write_file(path)
    qtbot.waitUntil(lambda: place.areas_out.words.property("state") == "green", timeout=10_000)
    push(place.areas_out.close_panel)


def read(place: MapPlace, path: Path, qtbot: QtBot) -> list[str]:
    """Open a file; the rows of what it would do."""
    place.exchange.read_file(path)
    panel = place.areas_in
    reading = tr("Reading the file…")
    qtbot.waitUntil(lambda: panel.summary.text() != reading, timeout=20_000)
    return [panel.rows.item(row).text() for row in range(panel.rows.count())]


def saved(panel: AreasInPanel) -> bool:
    return bool(panel.words.property("state") == "green")


def moved(area: Area, by_deg: float = 0.001) -> Area:
    return replace(area, shape=shapely.transform(area.shape, lambda at: at + [by_deg, 0]))


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".kml"])
def test_what_was_exported_comes_in_again_and_changes_nothing(
    console: Console, place: MapPlace, tmp_path: Path, qtbot: QtBot, suffix: str
) -> None:
    before = holding(console)
    export(place, tmp_path / f"เขต{suffix}", qtbot)
    rows = read(place, tmp_path / f"เขต{suffix}", qtbot)
    assert len(rows) == len(before)
    assert all(row.startswith(tr("As it is")) for row in rows)
    assert not place.areas_in.save.isEnabled()
    assert holding(console) == before


def test_only_the_kinds_that_are_ticked_leave(
    console: Console, place: MapPlace, tmp_path: Path, qtbot: QtBot
) -> None:
    push(place.areas.take_out)
    for kind, box in place.areas_out.kinds.items():
        box.setChecked(kind is AreaKind.COMMUNITY)
    chosen = place.areas_out.chosen()
    assert {area.kind for area in chosen} == {AreaKind.COMMUNITY}
    place.areas_out.kinds[AreaKind.COMMUNITY].setChecked(False)
    assert not place.areas_out.write.isEnabled()
    press(Qt.Key.Key_Escape)
    assert not place.is_side_open


def test_new_and_changed_areas_are_saved_with_the_reason_and_the_unticked_one_is_not(
    console: Console, place: MapPlace, tmp_path: Path, qtbot: QtBot
) -> None:
    before = holding(console)
    zone, community = before["zone-1"], before["community-1"]
    new = replace(moved(community, 0.01), id="", name_th="ชุมชนริมโขง (ตัวอย่าง)", version="")
    write_areas(tmp_path / "a.geojson", [moved(zone), moved(community), new])
    rows = read(place, tmp_path / "a.geojson", qtbot)
    assert [row.partition(" ·")[0] for row in rows] == [tr("Changed")] * 2 + [tr("New")]
    panel = place.areas_in
    item = panel.rows.item(1)
    item.setCheckState(Qt.CheckState.Unchecked)
    entries = console.log.count()
    push(panel.save)
    assert panel.reason.hasFocus()  # no reason yet
    assert console.log.count() == entries
    panel.reason.setText("ตามประกาศเทศบาล")
    press(Qt.Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: saved(panel), timeout=5_000)
    after = holding(console)
    assert len(after) == len(before) + 1
    assert after["community-1"] == community
    assert shapely.equals_exact(after["zone-1"].shape, moved(zone).shape, 1e-8)
    (entry,) = [
        one for one in console.log.entries_of("zone-1") if one.id == after["zone-1"].version
    ]
    assert entry.data()["reason"] == "ตามประกาศเทศบาล"
    assert entry.actor == console.desk.officer.id


def test_an_area_that_somebody_redrew_while_the_file_is_open_is_refused_under_the_eyes(
    console: Console, place: MapPlace, tmp_path: Path, qtbot: QtBot
) -> None:
    zone = holding(console)["zone-1"]
    write_areas(tmp_path / "a.geojson", [moved(zone)])
    read(place, tmp_path / "a.geojson", qtbot)
    panel = place.areas_in
    panel.reason.setText("ปรับแนว")
    theirs = moved(zone, -0.002)
    edit = AreaEdit("zone-1", zone.kind, zone.name_th, "", theirs.shape, zone.version)
    console.map_desk.save_areas([edit], "คนอื่น", lambda _entries: None)
    qtbot.waitUntil(lambda: not panel.save.isEnabled(), timeout=5_000)
    assert panel.rows.item(0).text().startswith(tr("Refused"))
    assert tr("It was redrawn after this file was written.") in panel.rows.item(0).text()
    assert console.desk.officer.name in panel.rows.item(0).text()
    assert shapely.equals_exact(holding(console)["zone-1"].shape, theirs.shape, 1e-8)
    assert panel.reason.text() == "ปรับแนว"


def test_the_faster_officer_wins_even_when_both_press_save_and_the_panel_says_so(
    console: Console, place: MapPlace, tmp_path: Path, qtbot: QtBot
) -> None:
    zone = holding(console)["zone-1"]
    write_areas(tmp_path / "a.geojson", [moved(zone)])
    read(place, tmp_path / "a.geojson", qtbot)
    panel = place.areas_in
    panel.reason.setText("ปรับแนว")
    [mine] = panel.chosen()
    theirs = replace(mine, shape=moved(zone, -0.002).shape)
    console.map_desk.save_areas([theirs], "คนอื่น", lambda _entries: None)
    panel.save_requested.emit("ปรับแนว")  # before the news came
    qtbot.waitUntil(lambda: panel.words.property("state") == "red", timeout=5_000)
    assert shapely.equals_exact(holding(console)["zone-1"].shape, moved(zone, -0.002).shape, 1e-8)
    assert panel.rows.item(0).text().startswith(tr("Refused"))


def test_a_faulty_outline_is_named_and_taken_only_repaired_and_only_when_ticked(
    console: Console, place: MapPlace, tmp_path: Path, qtbot: QtBot
) -> None:
    bow = Area("", AreaKind.BEAT, "เขตตรวจโบ", "", BOW, "")
    write_areas(tmp_path / "a.geojson", [bow])
    [row] = read(place, tmp_path / "a.geojson", qtbot)
    assert tr("Its outline crosses itself; it would be taken repaired.") in row
    panel = place.areas_in
    assert not panel.save.isEnabled()
    panel.rows.item(0).setCheckState(Qt.CheckState.Checked)
    panel.reason.setText("เขตตรวจใหม่")
    push(panel.save)
    qtbot.waitUntil(lambda: saved(panel), timeout=5_000)
    [made] = [one for one in holding(console).values() if one.name_th == "เขตตรวจโบ"]
    assert made.kind is AreaKind.BEAT
    assert made.shape.is_valid


def test_a_file_that_is_no_map_is_refused_in_words_and_the_log_stays(
    console: Console, place: MapPlace, tmp_path: Path, qtbot: QtBot
) -> None:
    head = console.log.head()
    (tmp_path / "a.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    (tmp_path / "b.geojson").write_bytes(b"\x89PNG")
    for name in ("a.geojson", "b.geojson", "nowhere.gpkg"):
        assert read(place, tmp_path / name, qtbot) == []
        assert place.areas_in.words.property("state") == "red"
        assert not place.areas_in.save.isEnabled()
    assert console.log.head() == head


def test_a_file_without_its_coordinates_asks_for_them_and_goes_on(
    console: Console, place: MapPlace, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.shp"
    write_areas(path, [moved(holding(console)["zone-1"])])
    (tmp_path / "a.prj").unlink()
    assert read(place, path, qtbot) == []
    panel = place.areas_in
    assert panel.crs.isVisible()
    names = [panel.crs.itemText(row) for row in range(panel.crs.count())]
    panel.crs.setCurrentIndex(names.index(tr("degrees on WGS 84")))
    panel.crs.activated.emit(panel.crs.currentIndex())
    qtbot.waitUntil(lambda: panel.rows.count() == 1, timeout=20_000)
    assert panel.rows.item(0).text().startswith(tr("Changed"))
    assert not panel.crs.isVisible()


def test_areas_that_do_not_say_what_they_are_become_what_is_chosen(
    console: Console, place: MapPlace, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "tambon.geojson"
    ring = [[104.7, 16.5], [104.8, 16.5], [104.8, 16.6], [104.7, 16.5]]
    feature = {
        "type": "Feature", "properties": {"ADM3_TH": "มุกดาหาร"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }  # fmt: skip
    text = json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False)
    path.write_text(text, "utf-8")
    read(place, path, qtbot)
    panel = place.areas_in
    panel.kind.setCurrentIndex(list(AreaKind).index(AreaKind.TAMBON))
    qtbot.waitUntil(lambda: panel.rows.count() == 1, timeout=20_000)
    assert [one.kind for one in panel.chosen()] == [AreaKind.TAMBON]


def test_another_language_keeps_the_open_file_its_ticks_and_the_typed_reason(
    console: Console, place: MapPlace, tmp_path: Path, qtbot: QtBot
) -> None:
    before = holding(console)
    out = [moved(before["zone-1"]), moved(before["community-1"])]
    write_areas(tmp_path / "a.geojson", out)
    read(place, tmp_path / "a.geojson", qtbot)
    place.areas_in.rows.item(0).setCheckState(Qt.CheckState.Unchecked)
    place.areas_in.reason.setText("ตามประกาศ")
    console.set_language("en")
    panel = console.window.map.areas_in
    assert panel is not place.areas_in
    assert [one.area_id for one in panel.chosen()] == ["community-1"]
    assert panel.reason.text() == "ตามประกาศ"
    assert panel.rows.item(0).text().startswith("Changed")


def test_a_duty_officer_may_look_out_areas_but_take_none_in(
    console: Console, place: MapPlace, qtbot: QtBot
) -> None:
    before = console.desk.officer
    console.desk.officer = Officer("officer-9", "ร.ต.ต.ทดสอบ", "ร้อยเวร", Role.DUTY_OFFICER)
    refused: list[KnownError] = []
    place.exchange.failed.connect(refused.append)
    push(place.areas.take_in)
    assert "draw an area" in str(refused[0])
    assert not place.is_side_open
    push(place.areas.take_out)
    assert place.areas_out.isVisible()
    console.desk.officer = before


def test_the_areas_of_an_earlier_day_leave_as_they_were_then(
    console: Console, place: MapPlace, qtbot: QtBot, tmp_path: Path
) -> None:
    place.days.show_day("21/11/2569")
    push(place.areas.take_out)
    assert "2569" in place.areas_out.when.text()
    shown = {area.id for area in place.areas_out._areas}
    assert shown == {area.id for area in place.days._read()}
    refused: list[KnownError] = []
    place.exchange.failed.connect(refused.append)
    place.exchange.ask_for_a_file()
    assert "earlier day" in str(refused[0])
