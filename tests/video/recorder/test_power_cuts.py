"""The power goes at any step of recording, locking, deleting and starting again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import ScriptedClock
from app.video.archive.segment import Span
from benchmarks.forgetful_disk import ForgetfulDisk, PowerCut, copy_index
from tests.video.archive.material import EVENING
from tests.video.recorder.scripted import (
    Story,
    Told,
    check_invariants,
    rows,
    start_up,
    surroundings,
)

LOST_S = 2.0


def steps_of_the_story(folder: Path) -> int:
    """How many there are when nothing goes wrong."""
    return cut(folder, 0, None)[1]


def cut(root: Path, at: int, random: Random | None) -> tuple[Told, int]:
    """Tell the story until the power goes; what is left is in `root/after/recordings`."""
    (root / "before" / "recordings").mkdir(parents=True)
    disk = ForgetfulDisk(root / "before", cut_at=at)
    clock = ScriptedClock(EVENING)
    after = root / "after"

    def leave() -> None:
        disk.after_the_cut(after, random)
        (after / "recordings").mkdir(exist_ok=True)
        copy_index(root / "before" / "recordings", after / "recordings")

    object.__setattr__(disk, "before_cut", leave)
    with surroundings(root / "before" / "recordings", disk, clock) as around:
        story = Story(around, clock)
        try:
            start_up(around)
            story.tell()
        except PowerCut:
            return story.told, disk.steps
        leave()
    return story.told, disk.steps


def check_found_again(root: Path, told: Told) -> None:
    """Start a recorder on what is left: nothing unknown, nothing claimed, little lost."""
    clock = ScriptedClock(EVENING + timedelta(minutes=1))
    recordings = root / "recordings"
    with surroundings(recordings, ForgetfulDisk(root), clock) as around:
        start_up(around)
        check_invariants(around)
        segments = rows(around)
        for camera_id, until in told.recorded_until.items():
            own = [each.span for each in segments if each.camera_id == camera_id]
            lost_s = (until - max((each.ends for each in own), default=EVENING)).total_seconds()
            assert lost_s <= LOST_S
        for camera_id, span in told.locked:
            assert any(one.camera_id == camera_id and one.span.overlaps(span) for one in segments)


def test_without_a_cut_everything_is_kept_and_the_oldest_unlocked_is_deleted(
    tmp_path: Path,
) -> None:
    told, steps = cut(tmp_path, 0, None)
    assert steps > 60
    check_found_again(tmp_path / "after", told)
    clock = ScriptedClock(EVENING)
    with surroundings(tmp_path / "after" / "recordings", ForgetfulDisk(tmp_path), clock) as around:
        start_up(around)
        spans = {each.camera_id: each.span for each in reversed(rows(around))}
    assert spans["C01"].begins < EVENING + timedelta(seconds=1)  # locked
    assert spans["C02"].begins > EVENING + timedelta(seconds=1)
    assert told.locked == [("C01", Span(EVENING, EVENING + timedelta(seconds=1)))]


@pytest.fixture(scope="module")
def steps(tmp_path_factory: pytest.TempPathFactory) -> int:
    return steps_of_the_story(tmp_path_factory.mktemp("story"))


@settings(max_examples=40, deadline=None)
@given(share=st.floats(0, 1), seed=st.none() | st.integers(0, 2**32))
def test_whenever_the_power_goes_the_index_is_true_after_the_next_start(
    steps: int, share: float, seed: int | None
) -> None:
    with TemporaryDirectory() as name:
        at = 1 + round(share * (steps - 1))
        told, _ = cut(Path(name), at, None if seed is None else Random(seed))
        check_found_again(Path(name) / "after", told)


@settings(max_examples=25, deadline=None)
@given(share=st.floats(0, 1), again=st.integers(1, 12), seed=st.integers(0, 2**32))
def test_the_power_may_go_again_while_the_recorder_starts(
    steps: int, share: float, again: int, seed: int
) -> None:
    with TemporaryDirectory() as name:
        root = Path(name)
        told, _ = cut(root, 1 + round(share * (steps - 1)), Random(seed))
        disk = ForgetfulDisk(root / "after", cut_at=again)
        clock = ScriptedClock(EVENING + timedelta(minutes=1))

        def leave() -> None:
            disk.after_the_cut(root / "third", Random(seed + 1))
            copy_index(root / "after" / "recordings", root / "third" / "recordings")

        object.__setattr__(disk, "before_cut", leave)
        with surroundings(root / "after" / "recordings", disk, clock) as around:
            try:
                start_up(around)
                leave()
            except PowerCut:
                pass
        check_found_again(root / "third", told)
