"""The Map place of a running console, its map sharp."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QGraphicsView, QWidget
from pytestqt.qtbot import QtBot

from app.application import Console
from app.ui.zone_map.map_place import MapPlace


@pytest.fixture
def place(console: Console, qtbot: QtBot) -> MapPlace:
    """Ctrl+4, with the base map read."""
    console.window.resize(1600, 900)
    qtbot.waitUntil(lambda: console._basemap is not None, timeout=10_000)
    console.window.show_place("map")
    made = console.window.map
    qtbot.waitUntil(made.view.is_sharp, timeout=10_000)
    return made


def surface(place: MapPlace) -> QWidget:
    """What takes the mouse."""
    found = place.view.findChild(QGraphicsView)
    assert found is not None
    return found.viewport()
