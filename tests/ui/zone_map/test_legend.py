"""The map's corner explains lines and colours that come and go, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.map.marks import DEFAULT_LAYERS, MapLayer
from app.ui.theme import load_theme
from app.ui.zone_map.legend import Legend

WITH_COVERAGE = tuple(
    replace(look, shown=True) if look.layer is MapLayer.COVERAGE else look
    for look in DEFAULT_LAYERS
)


def test_what_is_not_on_the_map_is_not_explained(qtbot: QtBot) -> None:
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(900, 400)
    legend = Legend(load_theme(), over)
    legend.show_layers(DEFAULT_LAYERS)
    assert legend.isHidden()
    legend.show_layers(WITH_COVERAGE)
    assert not legend.isHidden()
    covered = legend.words
    assert len(covered) == 3
    legend.show_drawing(True)
    assert legend.words[2:] == covered
    assert legend.sizeHint() == legend.size()
    image = legend.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), -1, 4)
    blue, green, red = (pixels[..., channel].astype(int) for channel in range(3))
    assert ((blue > 200) & (red < 150)).any()  # the new outline
    assert ((green > blue + 30) & (green > red + 50)).any()  # what is seen
    assert ((red > 180) & (blue < 120)).any()  # what is not
    legend.show_drawing(False)
    legend.show_layers(DEFAULT_LAYERS)
    assert legend.isHidden()
