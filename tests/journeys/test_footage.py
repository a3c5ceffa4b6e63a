"""From an incident to its sealed evidence: footage, A-B, lock, export, verified; by keyboard."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.application import Console
from app.evidence.verifier import check_package
from app.geo.coordinates import LatLon
from app.incidents.incident import Incident
from app.ui.export_jobs import ExportState
from app.ui.review.review_place import ReviewPlace
from app.video.archive.locks import LockState
from app.video.playback.shown import Shown
from tests.journeys.log_file import entries
from tests.ui.driving import CONTROL, press, type_text

pytestmark = pytest.mark.journey
RECORDED_S = 14.0
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def station(station: Path) -> Path:
    """The sample station, recorded."""
    settings = station / "station.toml"
    text = settings.read_text(encoding="utf-8")
    recorded = text.replace("enabled = false", "enabled = true", 1)
    assert recorded != text
    settings.write_text(recorded, encoding="utf-8")
    return station


def at_the_market(console: Console) -> Incident:
    """The open incident whose place the most cameras see."""

    def seen_by(incident: Incident) -> int:
        report = incident.report
        if report.lat_deg is None or report.lon_deg is None:
            return 0
        return len(console.ground.who_sees(LatLon(report.lat_deg, report.lon_deg)))

    return max(console.desk.open_incidents(), key=seen_by)


def wait_for_recordings(console: Console, camera_ids: tuple[str, ...], qtbot: QtBot) -> None:
    footage = console.footage.footage

    def are_there() -> bool:
        extents = [footage.extent([camera_id]) for camera_id in camera_ids]
        return all(one is not None and one.duration_s >= RECORDED_S for one in extents)

    qtbot.waitUntil(are_there, timeout=90_000)


def all_shown(review: ReviewPlace) -> bool:
    tiles = [tile for tile in review.grid.tiles if tile.camera is not None]
    return bool(tiles) and all(
        isinstance(tile.shown, Shown) and tile.shown.is_exact for tile in tiles
    )


def test_from_an_incident_to_evidence_that_proves_itself(
    console: Console, qtbot: QtBot, tmp_path: Path
) -> None:
    incident = at_the_market(console)
    console.window.live.choose(incident.id)
    type_text("r")
    review = console.window.review
    assert console.window.place_id == "review" and len(review.grid.chosen) >= 2
    wait_for_recordings(console, review.grid.chosen, qtbot)

    extents = [console.footage.footage.extent([one]) for one in review.grid.chosen]
    begins = max(one.begins for one in extents if one is not None) + timedelta(seconds=1)
    review.transport.go_to(begins)
    qtbot.waitUntil(lambda: all_shown(review), timeout=15_000)
    type_text("i")
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    type_text("o")
    span = review.transport.span
    assert span is not None and span.duration_s == pytest.approx(10, abs=0.01)

    review.card.reason.setFocus()
    type_text("PJW 14/2569")
    press(Qt.Key.Key_K, CONTROL | SHIFT)
    desk = console.footage.desk
    qtbot.waitUntil(
        lambda: [lock.state for lock in desk.locks()] == [LockState.LOCKED], timeout=20_000
    )
    locked = desk.locks()[0].locked
    assert {one.camera_id for one in locked} == set(review.grid.chosen)
    assert all(one.begins <= span.begins and one.ends >= span.ends for one in locked)

    stick = tmp_path / "stick"
    stick.mkdir()
    review.exports.export_to(stick)
    console.window.show_place("live")
    qtbot.waitUntil(lambda: not console.footage.exports.are_running, timeout=60_000)
    (job,) = console.footage.exports.jobs
    assert job.state is ExportState.DONE, job.error
    assert job.package is not None and job.is_sound is True
    report = check_package(job.package.path, job.package.key)
    assert report.ok and report.is_trusted

    root = console.folder.root
    assert entries(root, "footage_viewed", incident.id)
    assert entries(root, "footage_lock_requested", incident.id)
    assert entries(root, "clip_exported", incident.id)
