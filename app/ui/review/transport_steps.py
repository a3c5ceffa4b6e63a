"""What the transport does: plays, steps, scrubs, sets A and B, loops; shows where it stands.

Joins bar and timeline to the playback. Knows no camera and no log.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal

from app.clock import Clock
from app.ui.review.player import Player
from app.ui.review.timeline import Timeline
from app.ui.review.timeline_scale import seconds
from app.ui.review.transport_bar import TransportBar
from app.video.archive.segment import Span
from app.video.playback.shown import PlaybackState

_FORWARDS = (1.0, 2.0, 4.0, 16.0)
_BACKWARDS = (-1.0, -4.0, -16.0)
_RUNS = (PlaybackState.PLAYING, PlaybackState.FOLLOWING)


class TransportSteps(QObject):
    """The playhead in the officer's hand."""

    span_changed = Signal()
    moved = Signal(object)  # datetime: the officer went there

    def __init__(
        self, parent: QObject, player: Player, bar: TransportBar, timeline: Timeline, clock: Clock
    ) -> None:
        super().__init__(parent)
        self._player, self._bar, self._timeline, self._clock = player, bar, timeline, clock
        self.a: datetime | None = None
        self.b: datetime | None = None
        self.loops = False
        self.is_just_asked = False
        """Whether another picture was sought since the last tick, which may come after it."""
        self._runs = False
        self._speed = 1.0
        self._home: datetime | None = None
        self._acts: dict[str, Callable[[], None]] = {
            "review_frame_back": functools.partial(self.step, -1),
            "review_backwards": self.backwards,
            "review_pause": self.toggle,
            "review_forwards": self.forwards,
            "review_frame_on": functools.partial(self.step, 1),
            "review_a": self.set_a,
            "review_b": self.set_b,
            "review_loop": self.toggle_loop,
            "review_live": self.follow_live,
        }
        bar.acted.connect(self._on_acted)
        bar.speed_chosen.connect(self.play)
        bar.time.typed.connect(self.go_to)
        timeline.sought.connect(self.seek)
        timeline.scrubbed.connect(self._on_scrubbed)
        timeline.scrub_ended.connect(self.seek)
        timeline.edge_moved.connect(self._on_edge_moved)

    def _on_acted(self, act: str) -> None:
        if act in self._acts:
            self._acts[act]()

    # Where it is

    @property
    def at(self) -> datetime:
        """The instant that all tiles show."""
        return self._player.position

    @property
    def span(self) -> Span | None:
        """From A to B, where both are set the right way round."""
        if self.a is None or self.b is None or self.b <= self.a:
            return None
        return Span(self.a, self.b)

    @property
    def runs(self) -> bool:
        """Whether it plays, or will as soon as the picture is there."""
        return self._runs

    @property
    def is_live(self) -> bool:
        return self._player.state is PlaybackState.FOLLOWING

    @property
    def speed(self) -> float:
        return self._player.speed if self._runs else self._speed

    def tick(self) -> None:
        """Show where it stands; thirty times a second."""
        self.is_just_asked = False
        state, at = self._player.state, self._player.position
        if state is not PlaybackState.SEEKING:
            self._runs = state in _RUNS
        self._bar.show_running(at, self.speed, runs=self._runs)
        self._timeline.show_playhead(at, follow=self._runs)

    @property
    def home_at(self) -> datetime | None:
        """Where this review began."""
        return self._home

    def go_on(
        self,
        a: datetime | None,
        b: datetime | None,
        home: datetime | None,
        *,
        loops: bool,
        runs: bool,
    ) -> None:
        """What another window had under way; the playback itself has not stopped."""
        self._home, self.loops, self._runs = home, loops, runs
        self.set_span(a, b)
        if runs:
            self._player.play(self._player.speed)

    # Going somewhere

    def go_to(self, at: datetime) -> None:
        """A typed time, a jump: there, and the timeline with it."""
        at = min(at, self._clock.now())
        self.seek(at)
        self._timeline.look_at(at)

    def open_at(self, at: datetime, home: datetime | None = None) -> None:
        """The time this review begins with: `home` is where Home leads back to."""
        self._home = home or at
        self.go_to(at)

    def seek(self, at: datetime) -> None:
        self.is_just_asked = True
        self._player.seek(min(at, self._clock.now()))
        self.moved.emit(at)

    def leap(self, by_s: float) -> None:
        """So many seconds on, or back."""
        at = self._player.position + timedelta(seconds=by_s)
        self.seek(at)
        self._timeline.show_scale(self._timeline.scale.turned_to(seconds(at)))

    def _on_scrubbed(self, at: datetime) -> None:
        self._runs = False
        self._player.scrub(at)

    def home(self) -> None:
        """To A; without one, where this review began."""
        target = self.a or self._home
        if target is not None:
            self.go_to(target)

    def follow_live(self) -> None:
        """The newest there is, and on with it."""
        self._set_loop(False)
        self._runs = True
        self._player.follow_live()
        self._timeline.look_at(self._clock.now())
        self.moved.emit(self._clock.now())

    # Playing

    def play(self, speed: float) -> None:
        self._speed, self._runs = speed, True
        self._player.play(speed)

    def pause(self) -> None:
        self._runs = False
        self._player.pause()

    def toggle(self) -> None:
        """Space: play on at the speed chosen last, or stand still."""
        if self._runs:
            self.pause()
        else:
            self.play(self._speed)

    def forwards(self) -> None:
        """L: forwards; again for faster."""
        self.play(self._next(_FORWARDS))

    def backwards(self) -> None:
        """J: backwards; again for faster."""
        self.play(self._next(_BACKWARDS))

    def _next(self, ladder: tuple[float, ...]) -> float:
        speed = self.speed
        if not self._runs or speed not in ladder:
            return ladder[0]
        return ladder[min(ladder.index(speed) + 1, len(ladder) - 1)]

    def step(self, by: int) -> None:
        """So many frames; it stands still afterwards."""
        self._runs, self.is_just_asked = False, True
        self._player.step(by)

    # A and B

    def set_a(self) -> None:
        """I: the span begins here."""
        self.set_span(self.at, self.b if self.b is not None and self.b > self.at else None)

    def set_b(self) -> None:
        """O: the span ends here."""
        self.set_span(self.a if self.a is not None and self.a < self.at else None, self.at)

    def set_span(self, a: datetime | None, b: datetime | None) -> None:
        """Both at once; None takes one away."""
        self.a, self.b = a, b
        self._timeline.show_span(a, b)
        self._set_loop(self.loops and self.span is not None)
        self.span_changed.emit()

    def clear_span(self) -> None:
        self.set_span(None, None)

    def toggle_loop(self) -> None:
        """P: round and round from A to B."""
        self._set_loop(not self.loops and self.span is not None)
        if self.loops and not self._runs:
            self.play(1.0)

    def _set_loop(self, on: bool) -> None:
        self.loops = on
        self._player.loop(self.span if on else None)
        self._bar.show_loop(on, self.span is not None)

    def _on_edge_moved(self, edge: str, at: datetime) -> None:
        if edge == "a" and (self.b is None or at < self.b):
            self.set_span(at, self.b)
        elif edge == "b" and (self.a is None or at > self.a):
            self.set_span(self.a, at)
