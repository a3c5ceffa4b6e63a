"""A console on a station with real recordings: four cameras at the market, a minute before now."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock
from app.geo.coordinates import LatLon
from app.incidents.incident import Incident
from app.ui.review.review_place import ReviewPlace
from app.video.playback.shown import Shown
from tests.made_once import copied, made_once
from tests.ui.conftest import NOW
from tests.ui.driving import press
from tests.video.archive.material import Archive, ClipForm

CAMERAS = ("C01", "C02", "C03", "C04")
BEGAN = NOW - timedelta(minutes=6)
CLIP_S = 20.0
CLIPS = 15  # five minutes: from six minutes ago until one minute ago
HOLE = 7  # this one of C02 was never recorded


@pytest.fixture(scope="session")
def _recordings_made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "recordings", _record)


def _record(root: Path) -> None:
    with Archive(root, ScriptedClock(NOW)) as archive:
        for number, camera_id in enumerate(CAMERAS):
            form = ClipForm(seconds=CLIP_S, fps=5, gop=10, seed=number)
            for clip in range(CLIPS):
                if (camera_id, clip) != ("C02", HOLE):
                    begins = BEGAN + timedelta(seconds=CLIP_S * clip)
                    archive.record(camera_id, begins, form, clock_ahead_ms=300 * number - 300)


@pytest.fixture
def station(station: Path, _recordings_made_once: Path) -> Path:
    """The station of all UI tests, with recordings of its own."""
    shutil.rmtree(station / "recordings", ignore_errors=True)
    copied(_recordings_made_once, station / "recordings")
    return station


@pytest.fixture
def review(console: Console, qtbot: QtBot) -> ReviewPlace:
    """The Review place, opened with its key; the index has been read."""
    press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    review = console.window.review
    qtbot.waitUntil(lambda: review.places.has_footage is True, timeout=5_000)
    return review


def at_the_market(console: Console) -> Incident:
    """The open incident whose place the most cameras see."""

    def seen_by(incident: Incident) -> int:
        report = incident.report
        if report.lat_deg is None or report.lon_deg is None:
            return 0
        return len(console.ground.who_sees(LatLon(report.lat_deg, report.lon_deg)))

    return max(console.desk.open_incidents(), key=seen_by)


def shown_at(review: ReviewPlace, camera_id: str) -> datetime | None:
    """The time of the picture on a camera's tile; None without a picture."""
    tile = review.grid.tile_of(camera_id)
    shown = tile.shown if tile is not None else None
    return shown.at if isinstance(shown, Shown) and shown.is_exact else None


def stands_at(review: ReviewPlace, at: datetime) -> Callable[[], bool]:
    """Whether every tile shows the frame of this instant: at most a fifth of a second before."""

    def holds() -> bool:
        times = [shown_at(review, camera_id) for camera_id in review.grid.on_tiles]
        return bool(times) and all(
            one is not None and timedelta(0) <= at - one < timedelta(seconds=0.21) for one in times
        )

    return holds
