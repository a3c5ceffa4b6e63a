"""What a tile says of its camera: an old picture is never called live, whoever says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import msg
from app.thai.translation import Language, set_language
from app.ui.wall.tile_words import words_for
from app.video.health import CameraState, Health
from tests.ui.still_pictures import live_health

NOON_UTC = datetime(2026, 11, 22, 3, 31, 7, tzinfo=UTC)  # 10:31:07 in Mukdahan


def seen(state: CameraState, **more: object) -> Health:
    """A camera that once had a picture, at 0 s of the monotonic clock."""
    return replace(live_health("C01"), state=state, last_picture_at=NOON_UTC, **more)  # type: ignore[arg-type]


def test_a_young_picture_is_live_and_says_nothing_over_it() -> None:
    words = words_for(live_health("C01"), 1.0)
    assert words.is_live and words.shows_picture
    assert (words.mark, words.colour) == ("dot", "green")
    assert not words.box and not words.tag


def test_a_late_picture_says_its_age_in_amber() -> None:
    words = words_for(live_health("C01"), 2.15)
    assert (words.mark, words.colour) == ("triangle-alert", "amber")
    assert "2.1" in words.tag and "วิ" in words.tag


@given(
    state=st.sampled_from(CameraState),
    age_s=st.floats(3.001, 1e6),
    attempt=st.integers(0, 9),
    next_try_s=st.none() | st.floats(0, 1e6),
)
def test_a_picture_over_three_seconds_old_is_never_called_live(
    state: CameraState, age_s: float, attempt: int, next_try_s: float | None
) -> None:
    health = seen(state, attempt=attempt, next_try_s=next_try_s)
    words = words_for(health, age_s)
    assert not words.is_live
    assert words.colour != "green" and words.mark != "dot"
    assert words.box, "a picture that is not live has its words over it"


@pytest.mark.parametrize("state", [CameraState.STANDBY, CameraState.CONNECTING])
def test_a_tile_shown_again_after_an_hour_connects_and_does_not_cry_that_it_lost_its_picture(
    state: CameraState,
) -> None:
    words = words_for(seen(state), 3600.0)
    assert (words.mark, words.colour) == ("loader-circle", "text_3")
    assert words.shows_picture and not words.is_live, "dimmed, until a new picture comes"
    assert any("10:31:07" in line for line in words.box), "the old picture says of when it is"


@given(state=st.sampled_from(CameraState), age_s=st.floats(0, 1e6) | st.none())
def test_every_state_has_words_or_a_picture_in_both_languages(
    state: CameraState, age_s: float | None
) -> None:
    health = replace(live_health("C01"), state=state)
    if age_s is None:
        health = replace(health, last_picture_s=None, last_picture_at=None)
    said = []
    for language in (Language.ENGLISH, Language.THAI):
        set_language(language)
        words = words_for(health, age_s or 0.0)
        assert words.box or words.shows_picture
        said.append(words.box)
    assert not said[0] or said[0] != said[1], "the same words in Thai and English"


def test_a_lost_camera_tells_how_long_since_when_why_and_when_it_is_tried_again() -> None:
    reason = msg("The camera stopped sending.")
    words = words_for(seen(CameraState.LOST, reason=reason, next_try_s=934.0), 924.0)
    assert words.shows_picture and not words.is_live
    assert (words.mark, words.colour) == ("x", "red")
    assert "15:24" in words.box[0]
    assert "10:31:07" in words.box[1], "the last picture's time on the station's wall clock"
    assert len(words.box) == 4
    assert "10 วิ" in words.box[3]


def test_a_frozen_camera_whose_reader_believes_it_live_is_shown_as_lost() -> None:
    words = words_for(live_health("C01"), 3.2)
    assert (words.mark, words.colour) == ("x", "red")


@pytest.mark.parametrize("last_picture_s", [None, 0.0])
def test_a_wrong_password_says_so_with_a_key_and_the_time_of_the_next_try(
    last_picture_s: float | None,
) -> None:
    health = seen(CameraState.WRONG_PASSWORD, next_try_at=datetime(2026, 11, 22, 4, 5, tzinfo=UTC))
    words = words_for(replace(health, last_picture_s=last_picture_s), 60.0)
    assert (words.mark, words.colour) == ("key-round", "amber")
    assert not words.shows_picture
    assert "รหัสผ่าน" in words.box[0]
    assert "11:05" in words.box[1]


def test_a_camera_being_connected_says_so_and_which_try_it_is() -> None:
    first = words_for(Health("C01", CameraState.CONNECTING, attempt=1), 0.0)
    third = words_for(Health("C01", CameraState.CONNECTING, attempt=3), 0.0)
    assert first.mark == third.mark == "loader-circle"
    assert len(first.box) == 1 and "เชื่อมต่อ" in first.box[0]
    assert "3" in third.box[1]


def test_a_camera_without_video_is_red_and_says_why() -> None:
    words = words_for(Health("C01", CameraState.NO_VIDEO, msg("The stream holds no video.")), 0.0)
    assert words.colour == "red" and len(words.box) == 2
