"""Footage of a place and a time, on the real console with real recordings."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock
from app.geo.coordinates import LatLon
from app.ui.review.review_place import ReviewPlace
from app.video.playback.shown import Nothing, PlaybackState
from tests.ui.conftest import NOW
from tests.ui.driving import CONTROL, focused, press, type_text
from tests.ui.review.conftest import (
    BEGAN,
    CAMERAS,
    CLIP_S,
    HOLE,
    at_the_market,
    shown_at,
    stands_at,
)

MIDDLE = BEGAN + timedelta(seconds=45)


def open_market(review: ReviewPlace, console: Console, qtbot: QtBot) -> None:
    """Four cameras at one instant, paused."""
    incident = at_the_market(console)
    place = LatLon(incident.report.lat_deg or 0, incident.report.lon_deg or 0)
    review.jumps.place(place, incident.report.place, MIDDLE, incident, CAMERAS)
    qtbot.waitUntil(stands_at(review, MIDDLE), timeout=8_000)


def test_r_opens_the_incidents_footage_two_minutes_before_at_the_cameras_that_see_it(
    console: Console, qtbot: QtBot
) -> None:
    incident = at_the_market(console)
    console.window.live.choose(incident.id)
    type_text("r")
    review = console.window.review
    assert console.window.place_id == "review"
    assert incident.report.lat_deg is not None and incident.report.lon_deg is not None
    place = LatLon(incident.report.lat_deg, incident.report.lon_deg)
    seeing = tuple(one.camera_id for one in console.ground.who_sees(place))
    assert review.grid.chosen == seeing[:9]
    assert review.transport.at == incident.reported_at - timedelta(minutes=2)
    assert review.pane.field.line.text() == incident.report.place
    ranks = {row.camera.camera_id: row.rank for row in review.pane.list.rows if row.rank}
    assert ranks == {camera_id: rank for rank, camera_id in enumerate(seeing[:9], 1)}


def test_all_cameras_show_the_same_instant_and_each_writes_its_own_time(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    times = [shown_at(review, camera_id) for camera_id in CAMERAS]
    assert len(set(times)) == 1
    words = review.grid.tiles[0]._words()
    assert words.time == "10:41:16.000"
    assert words.clock == "นาฬิกากล้อง −0.3 วิ"


def test_where_nothing_was_recorded_the_tile_says_so_and_shows_no_old_picture(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    in_hole = BEGAN + timedelta(seconds=CLIP_S * HOLE + 10)
    review.transport.go_to(in_hole)
    tile = review.grid.tile_of("C02")
    assert tile is not None
    qtbot.waitUntil(lambda: isinstance(tile.shown, Nothing), timeout=8_000)
    assert not tile._picture
    assert tile._why_nothing()[:2] == ("ไม่มีภาพ", "ไม่ได้บันทึกไว้ในช่วงนี้")
    qtbot.waitUntil(lambda: shown_at(review, "C01") is not None, timeout=8_000)
    review.transport.go_to(in_hole - timedelta(seconds=7))  # the same hole, another instant
    qtbot.waitUntil(lambda: tile._why_nothing()[2].endswith("10:42:54"), timeout=8_000)


def test_frame_by_frame_both_ways_with_comma_and_full_stop(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    review.grid.setFocus()
    type_text(".")
    qtbot.waitUntil(stands_at(review, MIDDLE + timedelta(seconds=0.2)), timeout=8_000)
    type_text(",")
    type_text(",")
    qtbot.waitUntil(stands_at(review, MIDDLE - timedelta(seconds=0.2)), timeout=8_000)


def test_what_was_sought_is_painted_first_and_the_playhead_keeps_up_with_a_held_key(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    review._refresh.stop()
    review._refresh.frames()
    moved = []
    for number in range(1, 5):
        before_s = review.timeline.playhead_s
        review.transport.seek(MIDDLE + timedelta(seconds=number))
        review._refresh.frames()
        moved.append(review.timeline.playhead_s != before_s)
    assert moved == [False, True, False, True]
    review.transport.seek(MIDDLE)
    for _ in range(2):
        review._refresh.frames()
    assert review.timeline.playhead_s == MIDDLE.timestamp()


def test_j_k_l_and_space_run_faster_each_time_and_stand_still(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    review.grid.setFocus()
    transport, player = review.transport, console.footage.screening.player
    speeds = []
    for key in "lllljjj":
        type_text(key)
        speeds.append(player.speed)
    assert speeds == [1, 2, 4, 16, -1, -4, -16]
    type_text("k")
    assert player.state is PlaybackState.PAUSED and not transport.runs
    press(Qt.Key.Key_Space)
    assert transport.runs and player.speed == -16
    press(Qt.Key.Key_Space)
    assert not transport.runs


def test_it_plays_on_as_the_clock_does_and_the_playhead_with_it(
    review: ReviewPlace, console: Console, clock: ScriptedClock, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    review.transport.play(1.0)
    player = console.footage.screening.player
    qtbot.waitUntil(lambda: player.state is PlaybackState.PLAYING, timeout=8_000)
    qtbot.waitUntil(lambda: not player._transport.plan().is_held, timeout=8_000)
    for _ in range(10):
        clock.advance(0.1)
        qtbot.wait(20)
    at = player.position
    assert timedelta(seconds=0.5) <= at - MIDDLE <= timedelta(seconds=1)
    qtbot.waitUntil(lambda: review.timeline.playhead_s == at.timestamp())
    qtbot.waitUntil(stands_at(review, at), timeout=8_000)


@pytest.mark.parametrize("typed", ["22/11/2569 10:42:05", "22 Nov 2026 10.42.05", "10:42:05"])
def test_ctrl_g_takes_a_date_and_time_of_either_era(
    review: ReviewPlace, console: Console, qtbot: QtBot, typed: str
) -> None:
    review.grid.setFocus()
    press(Qt.Key.Key_G, CONTROL)
    field = review.bar.time
    assert focused() is field
    type_text(typed)
    press(Qt.Key.Key_Return)
    assert review.transport.at == NOW.replace(hour=3, minute=42, second=5)
    assert focused() is review.grid
    qtbot.waitUntil(lambda: field.text() == "22 พ.ย. 2569 10:42:05")


def test_a_time_that_is_none_is_said_and_moves_nothing(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    before = review.transport.at
    press(Qt.Key.Key_G, CONTROL)
    type_text("yesterday")
    press(Qt.Key.Key_Return)
    assert "yesterday" in console.window.notice.text
    assert review.transport.at == before
    press(Qt.Key.Key_Escape)
    assert focused() is review.grid


def test_a_time_to_come_is_now(review: ReviewPlace) -> None:
    review.transport.go_to(NOW + timedelta(days=1))
    assert review.transport.at == NOW


def test_end_follows_live_and_home_leads_back_to_where_it_began(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    review.grid.setFocus()
    press(Qt.Key.Key_End)
    qtbot.waitUntil(lambda: review.transport.is_live, timeout=8_000)
    assert review.transport.runs
    assert NOW - review.transport.at < timedelta(seconds=3)
    press(Qt.Key.Key_Home)
    assert review.transport.at == MIDDLE and not review.transport.is_live


def test_a_camera_is_chosen_and_let_go_by_a_click_and_its_number_is_everywhere(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    review.places.toggle("C03")
    assert review.grid.chosen == ("C01", "C02", "C04")
    review.places.toggle("C06")
    review.places.toggle("C03")
    assert review.grid.chosen == ("C01", "C02", "C04", "C06", "C03")
    assert review.grid.tile_count == 6
    rows = {row.camera.camera_id: row.rank for row in review.pane.list.rows}
    lanes = {row.camera_id: row.rank for row in review.timeline.data.rows}
    tiles = {tile.camera.id: tile._rank for tile in review.grid.tiles if tile.camera}
    assert {id_: rows[id_] for id_ in tiles} == tiles == {id_: lanes[id_] for id_ in tiles}


def test_the_list_tells_what_each_camera_recorded_around_the_time(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    said = {row.camera.camera_id: row.coverage for row in review.pane.list.rows}
    assert said["C07"].words == "ไม่มีภาพ" and said["C07"].colour == "red"
    assert said["C01"].colour == "amber"
    gap_s = said["C02"].words.removeprefix("ว่าง ")
    assert gap_s != said["C01"].words.removeprefix("ว่าง ")


def test_the_last_30_seconds_of_a_live_tile(console: Console, qtbot: QtBot) -> None:
    console.window.live.grid.select_camera("C03")
    press(Qt.Key.Key_R, Qt.KeyboardModifier.ShiftModifier)
    review = console.window.review
    assert console.window.place_id == "review"
    assert review.grid.on_tiles == ("C03",)
    assert review.transport.at == NOW - timedelta(seconds=30) and review.transport.runs


def test_from_a_point_of_the_map_and_a_place_nobody_sees_says_so(
    console: Console, qtbot: QtBot
) -> None:
    console.window.live.footage_requested.emit(16.60, 104.70)
    review = console.window.review
    assert console.window.place_id == "review"
    qtbot.waitUntil(lambda: review.places.has_footage is True, timeout=5_000)
    assert review.pictures.is_empty
    assert review.pictures._why.text() == "ไม่มีกล้องที่เห็นจุดนี้"
    nearest = review.pane.list.rows[0].camera.camera_id
    review.places.toggle(nearest)
    assert not review.pictures.is_empty and review.grid.chosen == (nearest,)


def test_without_any_recording_it_says_what_to_do(console: Console, qtbot: QtBot) -> None:
    shutil.rmtree(console.folder.recordings)
    console.folder.recordings.mkdir()
    press(Qt.Key.Key_2, CONTROL)
    review = console.window.review
    qtbot.waitUntil(lambda: review.places.has_footage is False, timeout=5_000)
    assert review.pictures.is_empty
    assert "ตัวบันทึก" in review.pictures._do.text()


def test_leaving_the_place_stops_the_decoding_and_coming_back_shows_the_same(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    review.transport.play(1.0)
    console.window.show_place("live")
    assert not review.transport.runs
    assert review.grid._asked == {}
    console.window.show_place("review")
    assert list(review.grid._asked) == list(CAMERAS)
    assert review.transport.at == MIDDLE


def test_one_tile_over_the_grid_by_its_number_and_esc_back(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    review.grid.setFocus()
    type_text("3")
    assert review.grid.on_tiles == ("C03",)
    assert review.grid._asked["C03"].main
    press(Qt.Key.Key_Escape)
    assert review.grid.on_tiles == CAMERAS


def test_an_incident_stands_on_the_timeline_and_leads_to_its_footage(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    incident = at_the_market(console)
    qtbot.waitUntil(
        lambda: incident.id in {flag.incident_id for flag in review.timeline.data.incidents},
        timeout=5_000,
    )
    review.transport.set_span(MIDDLE, MIDDLE + timedelta(seconds=5))
    review.timeline.incident_clicked.emit(incident.id)
    assert review.transport.at == incident.reported_at - timedelta(minutes=2)
    assert review.transport.span is None, "what was set for another question is gone"
