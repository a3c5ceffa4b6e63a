"""What a tile says of its camera: shape, colour and words (design/TOKENS §5). No painting."""

from __future__ import annotations

import math
from dataclasses import dataclass

from app.thai.dates import age, clock_time, countdown, elapsed, short_time
from app.thai.translation import language, say, tr
from app.video.health import CameraState, Freshness, Health, freshness

_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class TileWords:
    """`mark` is `dot` or an icon's name; `colour` a token; `box` the lines of the centre box."""

    mark: str = "loader-circle"
    colour: str = "text_3"
    tag: str = ""
    box: tuple[str, ...] = ()
    shows_picture: bool = False
    is_live: bool = False

    @property
    def is_fresh(self) -> bool:
        """Live, and nothing to say of its age."""
        return self.is_live and not self.tag

    @property
    def state(self) -> tuple[str, str, bool, bool]:
        """All but the running figures: another state must be shown at once."""
        return self.mark, self.colour, self.shows_picture, self.is_live


def words_for(health: Health, now_s: float) -> TileWords:
    """What to say now. A picture over 3 s old is never called live, whatever the reader thinks."""
    if health.state is CameraState.WRONG_PASSWORD:
        return _wrong_password(health)
    if health.state is CameraState.NO_VIDEO:
        return TileWords("x", "red", box=(tr("No video"), *_reason(health)))
    age_s = health.age_s(now_s)
    if health.state is CameraState.LIVE and age_s is not None:
        if health.freshness(now_s) is Freshness.FRESH:
            return TileWords("dot", "green", shows_picture=True, is_live=True)
        if health.freshness(now_s) is Freshness.LATE:
            tag = tr("Late {age}", age=age(age_s, language()))
            return TileWords("triangle-alert", "amber", tag, shows_picture=True, is_live=True)
    if age_s is not None:
        return _lost(health, age_s, now_s)
    return _never_seen(health, now_s)


def age_figure(words: TileWords, age_s: float | None) -> str:
    """The picture's age for the caption; nothing where there never was a picture.

    A live picture's is rounded up to a tenth: it is at most so old.
    """
    if age_s is None:
        return ""
    if words.is_live:
        fresh = freshness(age_s) is Freshness.FRESH
        return age(math.ceil(age_s * 10) / 10 if fresh else age_s, language())
    return countdown(age_s) if 60 <= age_s < _DAY_S else elapsed(age_s, language())


def _wrong_password(health: Health) -> TileWords:
    lines = [tr("Wrong camera password")]
    if health.next_try_at is not None:
        lines.append(
            tr(
                "Next try {time}, so that the camera does not lock",
                time=short_time(health.next_try_at),
            )
        )
    return TileWords("key-round", "amber", box=tuple(lines))


def _lost(health: Health, age_s: float, now_s: float) -> TileWords:
    """It had a picture once: how long ago, when, why, and when it is tried again."""
    if health.state in (CameraState.STANDBY, CameraState.OFF, CameraState.CONNECTING):
        # Its tile was hidden, or a person asked for a new try: nothing was lost yet.
        lines = [tr("Connecting…")]
        if health.freshness(now_s) is Freshness.LOST:
            lines += _last_picture(health)
        return TileWords("loader-circle", "text_3", box=tuple(lines), shows_picture=True)
    lost_for = countdown(age_s) if age_s >= 60 else elapsed(age_s, language())
    lines = [tr("Picture lost for {time}", time=lost_for)]
    lines += _last_picture(health)
    lines += _reason(health)
    lines += _next_try(health, now_s)
    return TileWords("x", "red", box=tuple(lines), shows_picture=True)


def _never_seen(health: Health, now_s: float) -> TileWords:
    if health.state is CameraState.LOST:
        lines = [tr("No picture yet"), *_reason(health), *_next_try(health, now_s)]
        return TileWords("x", "red", box=tuple(lines))
    lines = [tr("Connecting…")]
    if health.attempt > 1:
        lines.append(tr("Attempt {number}", number=health.attempt))
    return TileWords("loader-circle", "text_3", box=tuple(lines))


def _last_picture(health: Health) -> list[str]:
    if health.last_picture_at is None:
        return []
    return [tr("Last picture {time}", time=clock_time(health.last_picture_at))]


def _reason(health: Health) -> list[str]:
    return [say(health.reason)] if health.reason is not None else []


def _next_try(health: Health, now_s: float) -> list[str]:
    """Nothing in the last second before it: in no time is no time to tell."""
    left_s = 0.0 if health.next_try_s is None else health.next_try_s - now_s
    return [tr("Next try in {time}", time=elapsed(left_s, language()))] if left_s >= 1 else []
