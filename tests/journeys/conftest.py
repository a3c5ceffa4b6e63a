"""The whole console on a sample station whose eight cameras are served over real RTSP."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import SystemClock
from app.demo.demo_station import PORT, camera_specs, create_demo_station
from app.demo.simulated_cameras.drawing_ahead import drawing_ahead
from app.station import open_station
from app.thai.translation import Language, set_language
from app.ui.theme import load_fonts, load_theme
from app.views import all_views
from tests.made_once import made_once
from tests.video.cameras import free_port

COME_MS = 60_000  # how long eight cameras may take to show a picture on a busy machine


@pytest.fixture(scope="session")
def _sample_made_once(tmp_path_factory: pytest.TempPathFactory, _cache: None) -> Path:
    return made_once(tmp_path_factory, "sample", _make_sample)


def _make_sample(root: Path) -> None:
    with drawing_ahead(camera_specs()):
        create_demo_station(root, all_views(), SystemClock(), days=2)


@pytest.fixture
def station(_sample_made_once: Path, tmp_path: Path) -> Path:
    """A sample station of the test's own, its simulated cameras on a port of their own."""
    root = tmp_path / "station"
    shutil.copytree(_sample_made_once, root)
    settings = root / "station.toml"
    text = settings.read_text(encoding="utf-8")
    assert f"demo_rtsp = {PORT}" in text
    settings.write_text(
        text.replace(f"demo_rtsp = {PORT}", f"demo_rtsp = {free_port()}"), encoding="utf-8"
    )
    return root


@pytest.fixture
def console(station: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Console]:
    """The console as `main.py --station` opens it, every camera live; closed at the end."""
    set_language(Language.THAI)
    load_fonts()
    qapp.setStyle("Fusion")
    theme = load_theme()
    qapp.setStyleSheet(theme.stylesheet())
    console = Console(open_station(station), theme, SystemClock())
    console.start()
    try:
        qtbot.waitUntil(lambda: console.bugs > 0 or live_tiles(console) == 8, timeout=COME_MS)
        qtbot.waitUntil(lambda: QApplication.activeWindow() is console.window, timeout=5_000)
        yield console
    finally:
        console.stop()
        console.window.deleteLater()
        qapp.setStyleSheet("")
        set_language(Language.THAI)
    assert console.bugs == 0


def live_tiles(console: Console) -> int:
    """How many tiles show a young picture."""
    return sum(tile.words.is_live for tile in console.window.live.grid.tiles)
