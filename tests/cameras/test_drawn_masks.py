"""Privacy masks: what is refused and why, who may draw them; an erasure reveals nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cameras.drawn_masks import (
    MOST_CORNERS,
    MOST_MASKS,
    WHOLE_PICTURE,
    all_masks,
    check_corners,
    draw_masks,
    masks_of,
)
from app.cameras.masks import Point, PrivacyMask
from app.errors import KnownError
from app.log import Actor, Log, Role
from tests.station_log import ADMINISTRATOR, OFFICER, a_station_log

WINDOW = PrivacyMask(((0.1, 0.1), (0.4, 0.1), (0.4, 0.5)))
DOOR = PrivacyMask(((0.6, 0.5), (0.8, 0.5), (0.8, 1.0), (0.6, 1.0)))
SUPERVISOR = Actor("officer-02", Role.SUPERVISOR)
REASON = "หน้าต่างบ้านพักอาศัย"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with a_station_log(tmp_path) as log:
        yield log


def drawn(log: Log, camera_id: str) -> tuple[PrivacyMask, ...]:
    with log.reading() as db:
        assert all_masks(db).get(camera_id, ()) == masks_of(db, camera_id)
        return masks_of(db, camera_id)


def test_masks_hold_until_they_are_drawn_anew_and_each_camera_has_its_own(log: Log) -> None:
    draw_masks(log, "C01", (WINDOW, DOOR), REASON, actor=SUPERVISOR).result()
    draw_masks(log, "C02", (DOOR,), REASON, actor=ADMINISTRATOR).result()
    assert drawn(log, "C01") == (WINDOW, DOOR)
    draw_masks(log, "C01", (), "เจ้าของบ้านยินยอม", actor=SUPERVISOR).result()
    assert drawn(log, "C01") == ()
    assert drawn(log, "C02") == (DOOR,)
    assert drawn(log, "C99") == ()


def test_a_duty_officer_may_neither_hide_nor_reveal(log: Log) -> None:
    draw_masks(log, "C01", (WINDOW,), REASON, actor=SUPERVISOR).result()
    with pytest.raises(KnownError, match="draw privacy masks"):
        draw_masks(log, "C01", (), "อยากเห็น", actor=OFFICER).result()
    assert drawn(log, "C01") == (WINDOW,)


def test_an_erased_drawing_hides_the_whole_picture_until_masks_are_drawn_anew(log: Log) -> None:
    (entry,) = draw_masks(log, "C01", (WINDOW,), "บ้านนางสมใจ", actor=SUPERVISOR).result()
    log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    assert drawn(log, "C01") == (WHOLE_PICTURE,)
    draw_masks(log, "C01", (WINDOW,), REASON, actor=SUPERVISOR).result()
    assert drawn(log, "C01") == (WINDOW,)


@pytest.mark.parametrize(
    ("corners", "sentence"),
    [
        (((0.1, 0.1), (0.4, 0.4)), "at least three corners"),
        (((0.1, 0.1), (0.4, 0.4), (0.4, 0.1), (0.1, 0.4)), "crosses itself"),
        (((0.1, 0.1), (0.4, 0.1), (0.4, 1.01)), "outside the picture"),
        (((0.1, 0.1), (0.4, math.nan), (0.4, 0.5)), "outside the picture"),
        (((0.1, 0.1), (0.4, -math.inf), (0.4, 0.5)), "outside the picture"),
        (((0.1, 0.1), (0.2, 0.2), (0.3, 0.3)), "crosses itself|too small"),
        (((0.1, 0.1), (0.101, 0.1), (0.1, 0.101)), "too small"),
        (tuple((0.5 + n / 100, (n % 2) / 2) for n in range(MOST_CORNERS + 1)), "32 corners"),
    ],
)
def test_an_outline_that_hides_nothing_clearly_is_refused(
    log: Log, corners: tuple[Point, ...], sentence: str
) -> None:
    head = log.head()
    with pytest.raises(KnownError, match=sentence) as refused:
        draw_masks(log, "C01", (WINDOW, PrivacyMask(corners)), REASON, actor=SUPERVISOR)
    assert refused.value.safe is not None and refused.value.do is not None
    assert log.head() == head


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 201, "บรรทัด\nสอง"])
def test_masks_without_a_reason_that_can_be_read_are_refused(log: Log, reason: str) -> None:
    with pytest.raises(KnownError, match="reason"):
        draw_masks(log, "C01", (WINDOW,), reason, actor=SUPERVISOR)


def test_more_masks_than_a_picture_bears_are_refused(log: Log) -> None:
    with pytest.raises(KnownError, match="16 masks"):
        draw_masks(log, "C01", (WINDOW,) * (MOST_MASKS + 1), REASON, actor=SUPERVISOR)


@given(
    centre=st.tuples(st.floats(0.3, 0.7), st.floats(0.3, 0.7)),
    angles=st.lists(st.floats(0.0, 2 * math.pi), min_size=3, max_size=12, unique=True),
    radius=st.floats(0.05, 0.29),
)
def test_corners_set_round_a_point_are_always_a_mask(
    centre: Point, angles: list[float], radius: float
) -> None:
    """Taken in order of their angle no two sides cross; only slivers may be refused."""
    corners = [
        (centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle))
        for angle in sorted(angles)
    ]
    try:
        check_corners(corners)
    except KnownError as error:
        assert "too small" in str(error) or min(_gaps(angles)) < 1e-6


def _gaps(angles: list[float]) -> list[float]:
    ordered = sorted(angles)
    return [
        (later - earlier) % (2 * math.pi)
        for earlier, later in zip(ordered, ordered[1:] + ordered[:1], strict=True)
    ]
