"""Watches the tiles of a wall without a pause and keeps what they showed. Knows pixels and stamps.

A tile is *lit* while it shows its picture as what happens now. A lit tile whose picture is older
than 3 s is a lie; `GRACE_S` is left to the program's and the judge's own scheduling.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.screen import Pixels
from benchmarks.timed_stamps import Look, Tile, TileReader

OLDEST_LIVE_S = 3.0
GRACE_S = 0.5
_LOOK_EVERY_S = 0.02


@dataclass(frozen=True, slots=True)
class Lie:
    """A picture too old, shown as live."""

    camera: int
    at_s: float
    age_s: float


@dataclass(slots=True)
class TileStory:
    """What one tile showed. Times are monotonic, but `taken_s` is Unix time."""

    is_lit: bool = False
    taken_s: float = 0.0  # when the camera took the picture that is shown; 0: cannot be read
    changed_s: float = 0.0
    shown: list[float] = field(default_factory=list)  # when each new picture was first seen
    lit: list[tuple[float, bool]] = field(default_factory=list)  # each change
    lies: list[Lie] = field(default_factory=list)
    _fingerprint: bytes = b""
    _number: int = -1
    _is_lying: bool = False

    def note(self, camera: int, look: Look, now_s: float, unix_s: float) -> None:
        """Take in one look at it."""
        if look.is_lit != self.is_lit or not self.lit:
            self.is_lit = look.is_lit
            self.lit.append((now_s, look.is_lit))
        if look.fingerprint != self._fingerprint:
            self._fingerprint, self.changed_s = look.fingerprint, now_s
        self.taken_s = 0.0 if look.stamp is None else look.stamp.unix_ms / 1000
        if look.is_lit and look.stamp is not None and look.stamp.number != self._number:
            self._number = look.stamp.number
            self.shown.append(now_s)
        self._judge(camera, now_s, unix_s)

    def _judge(self, camera: int, now_s: float, unix_s: float) -> None:
        """A spoilt picture has no time of its own: it is as old as its last change."""
        age_s = unix_s - self.taken_s if self.taken_s else now_s - self.changed_s
        if not self.is_lit or age_s <= OLDEST_LIVE_S:
            self._is_lying = False
        elif age_s > OLDEST_LIVE_S + GRACE_S and not self._is_lying:
            self._is_lying = True
            self.lies.append(Lie(camera, now_s, round(age_s, 2)))


class Watch:
    """A thread that looks at all tiles fifty times a second while it is entered."""

    def __init__(self, tiles: Mapping[int, Tile], pixels: Pixels) -> None:
        self._reader = TileReader(tiles, pixels)
        self.stories = {camera: TileStory() for camera in tiles}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def is_live(self, camera: int, since_unix_s: float) -> bool:
        """Whether it shows, lit, a picture taken since then."""
        with self._lock:
            story = self.stories[camera]
            return story.is_lit and story.taken_s >= since_unix_s

    def is_lit(self, camera: int) -> bool:
        """Whether it shows a picture as live, whichever."""
        with self._lock:
            return self.stories[camera].is_lit

    def fps(self, camera: int, begin_s: float, end_s: float) -> float:
        """New pictures a second."""
        with self._lock:
            shown = self.stories[camera].shown
            return sum(begin_s <= at_s < end_s for at_s in shown) / (end_s - begin_s)

    def dimmed_at(self, camera: int, begin_s: float, end_s: float) -> list[float]:
        """When it ceased to be lit."""
        with self._lock:
            changes = self.stories[camera].lit
            return [at_s for at_s, lit in changes if not lit and begin_s <= at_s < end_s]

    def lies(self) -> list[Lie]:
        """All lies so far."""
        with self._lock:
            return [lie for story in self.stories.values() for lie in story.lies]

    def _run(self) -> None:
        while not self._stop.wait(_LOOK_EVERY_S):
            now_s, unix_s = time.monotonic(), time.time()
            looks = self._reader.look()
            with self._lock:
                for camera, look in zip(self._reader.cameras, looks, strict=True):
                    self.stories[camera].note(camera, look, now_s, unix_s)
