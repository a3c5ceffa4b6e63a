"""The intake lies over whole columns of tiles; it is never narrower than its words."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.live.intake_room import intake_width


@pytest.mark.parametrize(
    ("width", "words_px"),
    [(1304, 430), (1858, 430), (1304, 480), (900, 470)],
)
def test_it_ends_at_a_column_of_tiles(width: int, words_px: int, qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(width, 700)
    tiles = [QWidget(place) for _ in range(4)]
    wall = round(width * 0.32)
    for number, tile in enumerate(tiles):
        tile.setGeometry(wall + number * (width - wall) // 4, 0, 200, 100)
    place.show()
    intake = QLabel(place)
    intake.setFixedWidth(words_px)
    found = intake_width(place, tiles, intake, 580)
    assert found >= words_px
    edges = [tile.x() - 1 for tile in tiles]
    assert width - found in edges or found == words_px
