"""Screens as they are: shipped letters, the one stylesheet, the real console on a real station."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import CONSOLE, Console
from app.clock import ScriptedClock
from app.station import open_station
from app.thai.translation import Language, set_language
from app.ui.theme import Theme, load_fonts, load_theme
from tests.made_once import made_once
from tests.quiet_station import make_quiet_station
from tests.ui.still_pictures import StillPictures

NOW = datetime(2026, 11, 22, 3, 46, 31, tzinfo=UTC)  # 10:46:31 in Mukdahan


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    """The one theme, its letters loaded."""
    load_fonts()
    qapp.setStyle("Fusion")
    return load_theme()


@pytest.fixture(scope="package")
def _undressed_at_the_end(qapp: QApplication) -> Iterator[None]:
    yield
    qapp.setStyleSheet("")


@pytest.fixture(autouse=True)
def _dressed(
    request: pytest.FixtureRequest,
    qapp: QApplication,
    theme: Theme,
    _undressed_at_the_end: None,
) -> Iterator[None]:
    """The stylesheet, and Thai, which is the interface's first language. The console's window
    brings its stylesheet itself. A change polishes every widget there is, so one that stays is not
    put on again."""
    set_language(Language.THAI)
    stylesheet = "" if "console" in request.fixturenames else theme.stylesheet()
    if qapp.styleSheet() != stylesheet:
        qapp.setStyleSheet(stylesheet)
    yield
    set_language(Language.THAI)


@pytest.fixture(scope="session")
def _station_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small station with open incidents, cameras and units; its cameras are not simulated."""
    root = made_once(
        tmp_path_factory, "station", lambda at: make_quiet_station(at, ScriptedClock(NOW))
    )
    text = (root / "station.toml").read_text(encoding="utf-8")
    assert 'sign_in = "nobody"' in text, "the first officer sits at the console, unasked"
    return root


@pytest.fixture
def station(_station_made_once: Path, tmp_path: Path) -> Path:
    """A station folder of the test's own."""
    root = tmp_path / "station"
    shutil.copytree(_station_made_once, root)
    return root


@pytest.fixture
def clock() -> ScriptedClock:
    """10:46:31, until a test moves it."""
    return ScriptedClock(NOW)


@pytest.fixture
def pictures() -> StillPictures:
    """What the cameras show."""
    return StillPictures()


@contextmanager
def running_console(
    station: Path, theme: Theme, clock: ScriptedClock, pictures: StillPictures, qtbot: QtBot
) -> Iterator[Console]:
    """The console on its station, filled and with the keyboard; it must not meet a bug."""
    console = Console(open_station(station), theme, clock)
    console.pictures = pictures  # type: ignore[assignment]  # no decoder: the test is the camera
    console.start()
    try:
        qtbot.waitUntil(lambda: console.bugs > 0 or pictures.running, timeout=10_000)
        qtbot.waitUntil(lambda: QApplication.activeWindow() is console.window, timeout=5_000)
        console.window.live.table.setFocus()
        console.log.append(actor=CONSOLE).result()  # what the start has to say is written
        yield console
    finally:
        console.stop()
        console.window.deleteLater()  # as the end of the process would
    assert console.bugs == 0


@contextmanager
def console_of_one_day(
    root: Path, clock: ScriptedClock, qapp: QApplication, qtbot: QtBot
) -> Iterator[Console]:
    """For journeys: in Thai, on a station of one day made here; no camera is decoded."""
    set_language(Language.THAI)
    load_fonts()
    qapp.setStyle("Fusion")
    make_quiet_station(root, clock)
    with running_console(root, load_theme(), clock, StillPictures(), qtbot) as console:
        yield console
    qapp.setStyleSheet("")


@pytest.fixture
def console(
    station: Path, theme: Theme, clock: ScriptedClock, pictures: StillPictures, qtbot: QtBot
) -> Iterator[Console]:
    """A running console."""
    with running_console(station, theme, clock, pictures, qtbot) as console:
        yield console
