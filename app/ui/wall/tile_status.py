"""What one tile says as time goes on: state at once, running figures calmly. No painting."""

from __future__ import annotations

from dataclasses import replace

from app.ui.wall.tile_picture import TilePicture
from app.ui.wall.tile_words import TileWords, age_figure, words_for
from app.video.health import LATE_AFTER_S, Health

FIGURES_EVERY_S = 0.25
CALM_FIGURES_EVERY_S = 1.0
"""Of a young picture: nobody reads tenths of a second four times a second, and every figure is
lettering that costs as much as the picture above it."""
_SAID_FOR_S = 3.0
_NEVER_S = float("-inf")


class TileStatus:
    """Told the health of its camera often; its words change seldom."""

    def __init__(self) -> None:
        self.words = TileWords()
        self.figure = ""
        """The picture's age, for the caption."""
        self.said = ""
        """What was just done with the tile, for three seconds."""
        self._said_until_s = 0.0
        self._figures_s = _NEVER_S
        self._worst_age_s = 0.0
        self._now_s = 0.0

    def forget(self) -> None:
        """Another camera: nothing is known of it."""
        self.words, self.figure, self.said = TileWords(), "", ""
        self._figures_s, self._worst_age_s = _NEVER_S, 0.0

    def say(self, words: str) -> None:
        """For three seconds, in the name's place."""
        self.said, self._said_until_s = words, self._now_s + _SAID_FOR_S

    def note_gap(self, seconds: float) -> None:
        """So old was a picture when the next one took its place."""
        self._worst_age_s = max(self._worst_age_s, seconds)

    def look(self, health: Health, picture: TilePicture, now_s: float) -> bool:
        """Whether it says something else now than before."""
        before = (self.words, self.figure, self.said)
        self._now_s = now_s
        if now_s > self._said_until_s:
            self.said = ""
        health = _of_what_is_shown(health, picture)
        words, age_s = words_for(health, now_s), health.age_s(now_s)
        self.note_gap(age_s or 0.0)
        every_s = CALM_FIGURES_EVERY_S if words.is_fresh else FIGURES_EVERY_S
        is_due = not 0 <= now_s - self._figures_s < every_s
        if is_due or words.state != self.words.state:
            self._figures_s = now_s
            self.words, self.figure = words, age_figure(words, self._told_age_s(words, age_s))
            self._worst_age_s = 0.0
        return (self.words, self.figure, self.said) != before

    def _told_age_s(self, words: TileWords, age_s: float | None) -> float | None:
        """Of a live picture the worst age since the last figure: steadier, and not too good."""
        if age_s is None or not words.is_fresh:
            return age_s
        return min(self._worst_age_s, LATE_AFTER_S)


def _of_what_is_shown(health: Health, picture: TilePicture) -> Health:
    """It is the picture on show that must be young, not one that never reached the tile."""
    shown_s, newest_s = picture.arrived_s, health.last_picture_s
    if shown_s is None or newest_s is None or shown_s >= newest_s:
        return health
    return replace(health, last_picture_s=shown_s, last_picture_at=picture.arrived_at)
