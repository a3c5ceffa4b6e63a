"""F5 on the whole window: the still in the story and on the disk, or on the clipboard."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock
from app.incidents.incident import IncidentState
from app.log import Entry
from app.video.health import CameraState
from app.video.live import Wanted
from app.video.picture import Size
from tests.ui.driving import press
from tests.ui.still_pictures import ORANGE_BGRA, StillPictures, picture
from tests.ui.test_steps import choose

FULL = Wanted(3840, 2160, main=True)


def first_camera(console: Console) -> str:
    camera = console.window.live.grid.tiles[0].camera
    assert camera is not None
    return camera.id


def show(console: Console, pictures: StillPictures, camera_id: str) -> None:
    """The camera has a picture, and its tile is the selected one."""
    pictures.make_live(camera_id, console.desk.clock.monotonic())
    console.window.live.grid.select_camera(camera_id)


def entries(console: Console, kind: str) -> list[Entry]:
    subjects = {one.id for one in console.desk.open_incidents()}
    subjects |= {camera.id for camera in console.desk.cameras()}
    found = [entry for one in subjects for entry in console.log.entries_of(one)]
    return sorted((one for one in found if one.kind == kind), key=lambda entry: entry.seq)


def taken(console: Console, qtbot: QtBot, kind: str, count: int = 1) -> list[dict[str, Any]]:
    qtbot.waitUntil(lambda: len(entries(console, kind)) >= count)
    return [entry.data() for entry in entries(console, kind)]


@pytest.fixture
def came_with(station: Path) -> frozenset[Path]:
    """The files of evidence that the station was made with: the stills of its sample case."""
    return frozenset((station / "evidence").iterdir())


def evidence(console: Console, came_with: frozenset[Path]) -> list[Path]:
    """The files of evidence that came since."""
    return sorted(set(console.folder.evidence.iterdir()) - came_with)


def as_bgr(png: bytes) -> Any:
    image = QImage.fromData(png).convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.width(), 4)[:, :, :3].copy()


def test_f5_puts_the_picture_into_the_selected_incident_with_hash_time_and_camera(
    console: Console, pictures: StillPictures, qtbot: QtBot, came_with: frozenset[Path]
) -> None:
    incident = choose(console, IncidentState.ON_SCENE)
    camera_id = first_camera(console)
    show(console, pictures, camera_id)
    pictures.healths[camera_id] = replace(pictures.healths[camera_id], clock_ahead_s=2.5)
    press(Qt.Key.Key_F5)
    (said,) = taken(console, qtbot, "snapshot_taken")
    (path,) = evidence(console, came_with)
    png = path.read_bytes()
    assert path.name == said["file_name"] == f"{hashlib.sha256(png).hexdigest()}.png"
    assert (said["camera_id"], said["width_px"], said["height_px"]) == (camera_id, 480, 270)
    assert (said["taken_at"], said["clock_ahead_s"]) == ("2026-11-22T03:46:30.000Z", 2.5)
    assert (as_bgr(png) == ORANGE_BGRA[:3]).all(), "as the decoder gave it, to the last bit"
    image = QImage.fromData(png)
    assert image.text("Source") == camera_id
    assert image.text("Creation Time") == said["taken_at"]
    qtbot.waitUntil(lambda: "480×270" in console.window.notice.text)
    assert incident.number in console.window.notice.text
    assert "2569" in console.window.notice.text
    story, _ = console.desk.story(incident.id)
    assert "480×270" in story[0].text.english()


def test_without_an_incident_it_goes_to_the_clipboard_and_the_log_has_its_hash(
    console: Console, pictures: StillPictures, qtbot: QtBot, came_with: frozenset[Path]
) -> None:
    console.selection.choose("")
    camera_id = first_camera(console)
    show(console, pictures, camera_id)
    press(Qt.Key.Key_F5)
    (said,) = taken(console, qtbot, "snapshot_copied")
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: camera_id in console.window.notice.text)
    png = bytes(clipboard.mimeData().data("image/png").data())
    assert hashlib.sha256(png).hexdigest() == said["sha256"]
    assert evidence(console, came_with) == []
    clipboard.clear()


def test_a_lost_picture_is_stored_with_its_own_time_and_said_to_be_old(
    console: Console, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot
) -> None:
    choose(console, IncidentState.ON_SCENE)
    camera_id = first_camera(console)
    show(console, pictures, camera_id)
    pictures.healths[camera_id] = replace(pictures.healths[camera_id], state=CameraState.LOST)
    clock.advance(75.0)
    press(Qt.Key.Key_F5)
    (said,) = taken(console, qtbot, "snapshot_taken")
    assert said["age_s"] == 75.0
    assert said["taken_at"] == "2026-11-22T03:46:30.000Z", "when the picture came, not the key"
    qtbot.waitUntil(lambda: "75.0" in console.window.notice.text)
    assert FULL not in [tile.wanted() for tile in console.window.live.grid.tiles]


def test_the_larger_picture_follows_as_a_second_still_with_its_own_time(
    console: Console,
    pictures: StillPictures,
    clock: ScriptedClock,
    qtbot: QtBot,
    came_with: frozenset[Path],
) -> None:
    choose(console, IncidentState.ON_SCENE)
    camera_id = first_camera(console)
    show(console, pictures, camera_id)
    press(Qt.Key.Key_F5)
    taken(console, qtbot, "snapshot_taken")
    assert pictures.shown[-1][camera_id] == FULL, "it is asked for"
    clock.advance(0.6)
    large = picture(camera_id, seq=9, arrived_s=clock.monotonic())
    pixels = np.repeat(np.repeat(large.pixels, 2, axis=0), 2, axis=1)
    pictures.pictures[camera_id] = replace(
        large, pixels=pixels, arrived_unix_s=clock.now().timestamp(), source_size=Size(960, 540)
    )
    small, big = taken(console, qtbot, "snapshot_taken", 2)
    assert (small["width_px"], big["width_px"]) == (480, 960)
    assert small["taken_at"] < big["taken_at"]
    qtbot.waitUntil(lambda: pictures.shown[-1][camera_id] != FULL)
    assert len(evidence(console, came_with)) == 2


def test_it_is_not_waited_for_longer_than_two_seconds(
    console: Console, pictures: StillPictures, clock: ScriptedClock, qtbot: QtBot
) -> None:
    choose(console, IncidentState.ON_SCENE)
    camera_id = first_camera(console)
    show(console, pictures, camera_id)
    press(Qt.Key.Key_F5)
    taken(console, qtbot, "snapshot_taken")
    clock.advance(2.1)
    qtbot.waitUntil(lambda: pictures.shown[-1][camera_id] != FULL)
    assert len(entries(console, "snapshot_taken")) == 1


def test_when_the_evidence_cannot_be_written_it_is_said_and_nothing_is_recorded(
    console: Console, pictures: StillPictures, qtbot: QtBot
) -> None:
    choose(console, IncidentState.ON_SCENE)
    camera_id = first_camera(console)
    show(console, pictures, camera_id)
    shutil.rmtree(console.folder.evidence)
    head = console.log.head()
    press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: str(console.folder.evidence) in console.window.notice.text)
    assert console.log.head() == head


def test_without_a_picture_or_a_tile_the_key_says_so(console: Console, qtbot: QtBot) -> None:
    head = console.log.head()
    press(Qt.Key.Key_F5)
    assert console.window.notice.isVisible(), "no tile is chosen"
    first = console.window.notice.text
    console.window.live.grid.select_camera(first_camera(console))
    press(Qt.Key.Key_F5)
    assert console.window.notice.text not in ("", first)
    assert console.log.head() == head
