"""A camera dies, is seen to be dead, and comes back: on its tile, in the header and in the log."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.application import Console
from app.demo.simulated_cameras import Fault
from app.map.marks import CameraLook
from app.thai.translation import tr
from app.ui.wall.camera_tile import CameraTile
from app.ui.words import camera_look
from tests.journeys.conftest import live_tiles
from tests.journeys.log_file import entries

pytestmark = pytest.mark.journey
DEATHS = (("C06", Fault.FREEZE), ("C04", Fault.DROP))


def tile_of(console: Console, camera_id: str) -> CameraTile:
    return next(
        tile
        for tile in console.window.live.grid.tiles
        if tile.camera is not None and tile.camera.id == camera_id
    )


def colours_and_light(tile: CameraTile) -> tuple[float, float]:
    """Of the lower left of the picture, under the box that says why: how much its colours differ
    from place to place (in a grey picture not at all, whatever its tint), and how light it is."""
    room = tile.picture_rect()
    where = QRect(6, room.height() * 5 // 6, room.width() // 3, room.height() // 6 - 6)
    image = tile.grab(where).toImage().convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    rows = flat.reshape(image.height(), image.bytesPerLine() // 4, 4)
    pixels = rows[:, : image.width(), :3].astype(np.int16)
    return float(np.diff(pixels, axis=2).std(axis=(0, 1)).mean()), float(pixels.mean())


def header_says(console: Console, live: int, total: int) -> bool:
    words = tr("Cameras {live}/{total}", live=live, total=total)
    header = console.window.header
    return any(label.text() == words for label in header.cameras.findChildren(QLabel))


def test_a_camera_dies_is_seen_to_be_dead_and_comes_back(console: Console, qtbot: QtBot) -> None:
    for camera_id, fault in DEATHS:  # in one console: eight cameras cost ten seconds to start
        die_and_come_back(console, qtbot, camera_id, fault)


def die_and_come_back(console: Console, qtbot: QtBot, camera_id: str, fault: Fault) -> None:
    assert console.fleet is not None
    tile = tile_of(console, camera_id)
    _, light_live = colours_and_light(tile)
    qtbot.waitUntil(lambda: header_says(console, 8, 8))
    # On a busy machine a camera's first picture may be so late that it counts as lost: not meant.
    before = {kind: entries(console.folder.root, kind) for kind in ("camera_lost", "camera_back")}

    def news(kind: str) -> list[str]:
        """The cameras of the entries of this kind that have come since."""
        found = entries(console.folder.root, kind)[len(before[kind]) :]
        return [entry["subject"] for entry in found]

    console.fleet.fault(camera_id, fault)
    qtbot.waitUntil(lambda: not tile.words.is_live, timeout=10_000)
    qtbot.waitUntil(lambda: tile.words.mark == "x", timeout=10_000)
    assert tile.words.colour == "red" and tile.words.box
    qtbot.waitUntil(lambda: header_says(console, 7, 8))
    qtbot.waitUntil(lambda: news("camera_lost") == [camera_id])
    colours_lost, light_lost = colours_and_light(tile)
    assert colours_lost < 1, "grey; in the night, when most cameras have little colour, too"
    assert light_lost < 0.6 * light_live, "dark"
    health = console.pictures.health(camera_id)
    assert camera_look(health, console.desk.clock.monotonic()) is CameraLook.LOST
    assert live_tiles(console) == 7, "the others go on"

    console.fleet.heal(camera_id)
    qtbot.waitUntil(lambda: tile.words.is_live and tile.words.mark == "dot", timeout=30_000)
    qtbot.waitUntil(lambda: header_says(console, 8, 8))
    qtbot.waitUntil(lambda: news("camera_back") == [camera_id])
    qtbot.waitUntil(lambda: colours_and_light(tile)[1] > 0.75 * light_live)
    assert news("camera_lost") == [camera_id], "once, and nobody else was lost"
