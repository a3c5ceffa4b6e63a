"""The table of all cameras in Setup: what each delivers, how its week was, order and search."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.cameras.camera import Camera, StreamKind
from app.clock import ScriptedClock
from app.errors import msg
from app.thai.translation import Language, say, set_language
from app.ui.setup.camera_rows import Column, Row, clock_state, clock_words, row_for
from app.ui.setup.camera_table import CameraTable
from app.ui.theme import Theme
from app.video.health import CameraState, Health
from app.video.picture import Size
from tests.ui.driving import press
from tests.ui.setup_room import SetupRoom, setup_room
from tests.ui.still_pictures import StillPictures

CAMERA = Camera("C01", "ตลาด", "rtsp://10.0.0.1/1", "", 16.54, 104.72)


@pytest.fixture
def room(
    station: Path, theme: Theme, clock: ScriptedClock, pictures: StillPictures, qtbot: QtBot
) -> Iterator[SetupRoom]:
    with setup_room(station, theme, clock, pictures, qtbot) as room:
        yield room


def live(camera_id: str = "C01", now_s: float = 0.0, age_s: float = 0.2) -> Health:
    return Health(
        camera_id, CameraState.LIVE, last_picture_s=now_s - age_s, fps=14.83, codec="H264",
        size=Size(640, 360), stream=StreamKind.SUB, drops=12, reconnects=3, clock_ahead_s=0.25,
    )  # fmt: skip


def texts(health: Health, now_s: float = 10.0) -> dict[Column, str]:
    set_language(Language.ENGLISH)
    row = row_for(CAMERA, health, None, now_s)
    set_language(Language.THAI)
    return dict(zip(Column, row.texts, strict=True))


def test_a_live_camera_tells_what_it_delivers() -> None:
    shown = texts(live(now_s=10.0))
    assert shown == {
        Column.MARK: "", Column.ID: "C01", Column.NAME: "ตลาด", Column.STREAM: "sub",
        Column.PICTURE: "H264 640×360", Column.FPS: "14.8", Column.DROPS: "12",
        Column.RECONNECTS: "3", Column.AGE: "0.2 s", Column.CLOCK: "+0.2 s", Column.WEEK: "–",
    }  # fmt: skip


def test_a_frozen_camera_is_never_listed_as_live() -> None:
    row = row_for(CAMERA, live(now_s=10.0), None, now_s=14.0)
    assert (row.mark, row.colours[Column.MARK]) == ("x", "red")
    assert (row.texts[Column.FPS], row.texts[Column.STREAM]) == ("–", "–")
    late = row_for(CAMERA, live(now_s=10.0), None, now_s=12.0)
    assert (late.mark, late.colours[Column.AGE]) == ("triangle-alert", "amber")


def test_a_hidden_camera_that_answers_is_well() -> None:
    row = row_for(CAMERA, Health("C01", CameraState.STANDBY), None, 0.0)
    assert (row.mark, row.colours[Column.MARK]) == ("dot", "green")


@pytest.mark.parametrize(
    ("ahead_s", "state", "words"),
    [
        (None, "", "–"),
        (2.0, "", "+2.0 s"),
        (-2.1, "amber", "−2.1 s"),
        (60.0, "amber", "+1 min"),
        (-60.1, "red", "−1 min"),
        (7200.0, "red", "+2 h 00"),
    ],
)
def test_a_camera_s_clock_is_amber_over_two_seconds_and_red_over_a_minute(
    ahead_s: float | None, state: str, words: str
) -> None:
    set_language(Language.ENGLISH)
    assert (clock_state(ahead_s), clock_words(ahead_s)) == (state, words)


def colours_in(widget: QWidget, where: QRect, theme: Theme) -> set[str]:
    """Which state colours are painted there."""
    image = widget.grab(where).toImage()
    found = {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    return {token for token in ("red", "amber", "green") if theme.colour(token).name() in found}


def test_the_week_is_painted_day_by_day(
    room: SetupRoom, clock: ScriptedClock, theme: Theme
) -> None:
    ids = list(room.names)
    refuses = msg("The camera refuses the connection.")
    for _ in range(5):
        room.record.note(
            [
                live(ids[0], clock.monotonic()),
                Health(ids[1], CameraState.LOST, reason=refuses),
            ]
        )
        clock.advance(60)
    pane = room.place.cameras
    pane.refresh()
    table = pane.table

    def painted(camera_id: str) -> set[str]:
        index = table.rows.index(table.rows.row_of(camera_id), Column.WEEK)
        return colours_in(table.viewport(), table.visualRect(index), theme)

    assert painted(ids[0]) == {"green"}
    assert painted(ids[1]) == {"red"}
    assert painted(ids[2]) == set()
    tip = table.rows.index(table.rows.row_of(ids[1]), Column.WEEK).data(Qt.ItemDataRole.ToolTipRole)
    assert "0.0 %" in tip
    assert say(refuses) in tip


def test_search_and_order_leave_the_chosen_camera_chosen(room: SetupRoom) -> None:
    pane = room.place.cameras
    table = pane.table
    ids = list(room.names)
    pane.edit(ids[3])
    QTest.mouseClick(
        table.horizontalHeader().viewport(), Qt.MouseButton.LeftButton,
        pos=_middle_of_head(table, Column.NAME),
    )  # fmt: skip
    names = [table.rows.at(row).texts[Column.NAME] for row in range(len(ids))]
    assert names != [room.names[one] for one in ids]
    assert set(names) == set(room.names.values())
    assert table.rows.at(table.currentIndex().row()).camera.id == ids[3]
    pane.search.setText(f"{ids[3]} {room.names[ids[3]][:4]}")
    assert [table.rows.at(row).camera.id for row in range(table.rows.rowCount())] == [ids[3]]
    assert table.currentIndex().row() == 0
    pane.search.setText("ไม่มีกล้องนี้")
    assert table.rows.counts() == (0, len(ids))
    pane.search.clear()
    assert table.rows.at(table.currentIndex().row()).camera.id == ids[3]
    assert pane.form.camera_id == ids[3]


def _middle_of_head(table: CameraTable, column: Column) -> QPoint:
    head = table.horizontalHeader()
    return QPoint(head.sectionViewportPosition(column) + 20, head.height() // 2)


def test_the_arrows_go_from_camera_to_camera_and_the_form_follows(room: SetupRoom) -> None:
    pane = room.place.cameras
    ids = list(room.names)
    pane.edit(ids[0])
    pane.table.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert pane.form.camera_id == ids[2]
    assert pane.form.fields["name"].text == room.names[ids[2]]
    press(Qt.Key.Key_Insert)
    assert pane.form.camera_id == ""
    assert not pane.table.selectionModel().hasSelection()


def test_two_hundred_cameras_are_refreshed_without_a_hitch(theme: Theme, qtbot: QtBot) -> None:
    table = CameraTable(theme)
    qtbot.addWidget(table)
    table.resize(900, 600)
    table.show()
    cameras = [replace(CAMERA, id=f"C{n:02d}", name=f"กล้อง {n}") for n in range(1, 201)]

    def rows(now_s: float) -> list[Row]:
        return [row_for(one, live(one.id, now_s, age_s=now_s % 1), None, now_s) for one in cameras]

    table.show_rows(rows(1.0))
    began_s = time.process_time()
    for beat in range(10):
        table.show_rows(rows(2.0 + beat * 0.1))
        table.grab()
    assert (time.process_time() - began_s) / 10 < 0.1
    assert table.rows.counts() == (200, 200)


def test_a_narrow_table_gives_the_room_of_the_stream_to_the_name(room: SetupRoom) -> None:
    table = room.place.cameras.table
    table.resize(1100, 300)
    table._fit_columns()
    assert not table.isColumnHidden(Column.STREAM)
    wide = table.columnWidth(Column.NAME)
    stream = table.columnWidth(Column.STREAM)
    table.resize(1100 - (wide - 100), 300)  # the name would be left with 100 pixels
    table._fit_columns()
    assert table.isColumnHidden(Column.STREAM)
    assert table.columnWidth(Column.NAME) == 100 + stream


def test_where_no_name_would_have_room_what_happens_seldom_goes_too(room: SetupRoom) -> None:
    table = room.place.cameras.table
    table.resize(1100, 300)
    table._fit_columns()
    whole = {column: table.columnWidth(column) for column in Column}
    needed = sum(whole.values()) - whole[Column.NAME] - whole[Column.STREAM]
    table.resize(needed + 60, 300)
    table._fit_columns()
    assert table.isColumnHidden(Column.RECONNECTS) and not table.isColumnHidden(Column.DROPS)
    table.resize(360, 300)
    table._fit_columns()
    shown = [column for column in Column if not table.isColumnHidden(column)]
    assert {Column.MARK, Column.ID, Column.NAME, Column.PICTURE} <= set(shown)
    assert not {Column.STREAM, Column.RECONNECTS, Column.DROPS, Column.AGE} & set(shown)
