"""What the reviewer is shown before anything leaves: clips, bytes, and what is missing and why."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from app.cameras.camera import StreamKind
from app.errors import KnownError
from app.evidence.export_order import ExportOrder
from app.evidence.export_plan import CameraPlan, plan_export
from app.video.archive.segment import GapCause, Span
from app.video.picture import Size
from tests.evidence.material import SMALL, Station, seconds
from tests.video.archive.material import EVENING, ClipForm


def planned(station: Station, span: Span, **changes: object) -> CameraPlan:
    order = station.order(Path("/"), span=span, **changes)
    return plan_export(station.archive.footage, order).cameras[0]


def test_a_clip_is_cut_on_the_keyframes_around_what_is_wanted(recorded: Station) -> None:
    camera = planned(recorded, seconds(3, 13))
    (clip,) = camera.clips
    assert clip.span == seconds(2, 14)
    assert len(clip.segments) == 2
    assert camera.missing == ()


def test_a_span_on_keyframes_needs_nothing_around_it(recorded: Station) -> None:
    assert planned(recorded, seconds(4, 8)).span == seconds(4, 8)


def test_the_bytes_foretold_are_about_those_written(recorded: Station, stick: Path) -> None:
    order = recorded.order(stick)
    plan = plan_export(recorded.archive.footage, order)
    written = recorded.export(stick)
    assert plan.size_bytes == pytest.approx(written.size_bytes, rel=0.05)
    twice = plan_export(recorded.archive.footage, recorded.order(stick, burned_copy=True))
    assert twice.size_bytes == 2 * plan.size_bytes


def test_a_gap_is_told_with_its_cause_and_makes_two_clips(station: Station) -> None:
    station.archive.record("C01", EVENING, SMALL)
    station.archive.record("C01", EVENING + timedelta(seconds=20), SMALL)
    begins, ends = seconds(8, 20).begins, seconds(8, 20).ends
    station.archive.index.change(
        lambda change: change.add_gap("C01", StreamKind.MAIN, begins, ends, GapCause.NETWORK)
    )
    camera = planned(station, seconds(0, 28))
    assert [clip.span for clip in camera.clips] == [seconds(0, 8), seconds(20, 28)]
    (missing,) = camera.missing
    assert (missing.span, missing.cause) == (seconds(8, 20), GapCause.NETWORK)


def test_what_nobody_noted_is_missing_without_a_cause(station: Station) -> None:
    station.archive.record("C01", EVENING, SMALL)
    (missing,) = planned(station, seconds(0, 60)).missing
    assert (missing.span, missing.cause) == (seconds(8, 60), None)


def test_the_sub_stream_fills_in_where_the_main_one_is_missing(station: Station) -> None:
    station.archive.record("C01", EVENING, SMALL)
    small = ClipForm(8.0, 10, Size(80, 46), 20)
    station.archive.record_run("C01", EVENING, 2, small, stream=StreamKind.SUB)
    camera = planned(station, seconds(0, 16))
    assert [(clip.stream, clip.span) for clip in camera.clips] == [
        (StreamKind.MAIN, seconds(0, 8)),
        (StreamKind.SUB, seconds(8, 16)),
    ]
    assert camera.missing == ()


def test_another_size_is_another_clip(station: Station) -> None:
    station.archive.record("C01", EVENING, SMALL)
    other = ClipForm(8.0, 10, Size(96, 54), 20)
    station.archive.record("C01", EVENING + timedelta(seconds=8), other)
    assert len(planned(station, seconds(0, 16)).clips) == 2


def test_a_clock_that_was_set_back_loses_nothing(station: Station) -> None:
    station.archive.record("C01", EVENING, SMALL)
    station.archive.record("C01", EVENING + timedelta(seconds=2), SMALL)
    assert [clip.span for clip in planned(station, seconds(0, 20)).clips] == [
        seconds(0, 8),
        seconds(2, 10),
    ]


@pytest.mark.parametrize("damage", ["gone", "cut", "zeroed", "other"])
def test_a_segment_that_is_damaged_does_not_stop_the_plan(
    station: Station, stick: Path, damage: str
) -> None:
    station.archive.record_run("C01", EVENING, 3, SMALL)
    path = sorted(station.archive.recordings.rglob("*.mp4"))[0]
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        ruined = {"cut": data[:100], "zeroed": bytes(len(data)), "other": b"not a video" * 99}
        path.write_bytes(ruined[damage])
    assert planned(station, seconds(3, 20)).span == seconds(8, 20)
    package = station.export(stick, span=seconds(3, 20))
    (missing,) = package.cameras[0].missing
    assert (missing.span, missing.cause, missing.detail) == (
        seconds(3, 8),
        GapCause.DISK,
        "unreadable",
    )
    assert package.altered_sources == 1


def test_without_footage_the_plan_is_empty(station: Station) -> None:
    plan = plan_export(station.archive.footage, station.order(Path("/")))
    assert plan.is_empty
    assert plan.size_bytes == 0


@pytest.mark.parametrize(
    "changes",
    [{"camera_ids": ()}, {"span": seconds(5, 5)}, {"span": seconds(5, 4)}, {"reason": "  "}],
)
def test_an_order_that_makes_no_sense_is_refused(changes: dict[str, object]) -> None:
    values: dict[str, object] = {
        "camera_ids": ("C01",), "span": seconds(0, 1), "reason": "คดี", "target": Path("/"),
    }  # fmt: skip
    with pytest.raises(KnownError):
        ExportOrder(**{**values, **changes})  # type: ignore[arg-type]
