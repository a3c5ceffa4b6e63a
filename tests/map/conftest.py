"""A map on the desk: shown, drawn, and taken away again after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import fontpkg_sarabun
import pytest
from PySide6.QtGui import QFontDatabase
from pytestqt.qtbot import QtBot

from app.geo.coordinates import LatLon
from app.geo.projection import Projection
from app.map import MapView

CENTRE = LatLon(16.5431, 104.7280)
ShowMap = Callable[..., MapView]


@pytest.fixture(scope="session", autouse=True)
def _sarabun(qapp: object) -> None:
    """The letters the product writes with, so that widths are the real ones."""
    for file in sorted((Path(fontpkg_sarabun.__file__).parent / "files").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


@pytest.fixture
def show_map(qtbot: QtBot) -> Iterator[ShowMap]:
    """Shows a map of 800 × 600 (or another size); its thread is stopped at the end."""
    shown: list[MapView] = []

    def show(width: int = 800, height: int = 600) -> MapView:
        view = MapView(Projection(), CENTRE)
        qtbot.addWidget(view)
        shown.append(view)
        view.resize(width, height)
        view.start()
        view.show()
        qtbot.waitExposed(view)
        return view

    yield show
    for view in shown:
        assert view.stop(2.0)
