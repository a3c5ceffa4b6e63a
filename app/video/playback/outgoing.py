"""What one camera has ready to be shown, and which of it is due. Knows no file and no packet.

Frames wait as they were kept, at tile size with 12 bits a pixel; pixels are made of the one that is
asked for when it is asked for, in a quarter of a millisecond. So no picture is made that nobody
sees, and the masks in the pixels are those in force at that very moment.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass

import av

from app.cameras.masks import PrivacyMask
from app.video.playback.decoder import Scaler
from app.video.playback.shown import Nothing, Shown
from app.video.playback.store import Item
from app.video.playback.transport import Plan, from_us

log = logging.getLogger(__name__)

Masks = tuple[PrivacyMask, ...]
_LATE_US = 1_500_000  # of a person's time: an older picture is not shown for what is due


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """Something to show from one instant to before another. `jump`: for which it was put here."""

    from_us: int
    until_us: int
    what: Item | Nothing
    is_exact: bool
    jump: int
    key: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """The picture that was asked for last."""

    item: Item
    is_exact: bool
    masks: Masks
    shown: Shown


class Outgoing:
    """Filled by the camera's player; `mask` and `due` are called on the window's thread alone."""

    def __init__(self, camera_id: str) -> None:
        self._camera_id = camera_id
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._last: Entry | None = None
        self._late: Nothing | None = None
        self._masks: Masks = ()
        self._made: _Made | None = None
        self._scaler = Scaler()
        self._seq = 0

    def mask(self, masks: Masks) -> None:
        """From now on nothing is given without these."""
        self._masks = masks

    def next_seq(self) -> int:
        """A number no other picture of this camera has."""
        with self._lock:
            self._seq += 1
            return self._seq

    def put(self, entry: Entry, plan: Plan) -> None:
        """Offer it."""
        with self._lock:
            span = (entry.from_us, entry.until_us)
            self._entries = [
                each
                for each in self._entries
                if each.is_exact and (each.from_us, each.until_us) != span
            ]
            self._prune(plan)
            self._entries.append(entry)

    def due(self, plan: Plan) -> Shown | Nothing | None:
        """What is to be shown at the plan's instant; never what comes later."""
        with self._lock:
            entry = self._find(plan)
            if entry is not None:
                self._last = entry
            entry = self._last
            if entry is None:
                return None
            late = self._too_late(entry, plan)
        if late is not None:
            return late
        return entry.what if isinstance(entry.what, Nothing) else self._picture(entry)

    def _picture(self, entry: Entry) -> Shown | None:
        """The entry's pixels; the same picture as before if it is the same."""
        assert isinstance(entry.what, Item)
        item, masks, made = entry.what, self._masks, self._made
        if (
            made is not None
            and made.item.kept is item.kept
            and made.is_exact == entry.is_exact
            and made.masks == masks
        ):
            return made.shown
        try:
            pixels = self._scaler.pixels(item.kept, masks)
        except (av.FFmpegError, ValueError, MemoryError):
            log.exception("a frame of camera %s could not be painted", self._camera_id)
            return None
        shown = Shown(
            self._camera_id,
            self.next_seq(),
            pixels,
            from_us(item.at_us),
            item.stream,
            item.kept.source_size,
            item.number,
            entry.is_exact,
            item.clock_ahead_ms,
        )
        self._made = _Made(item, entry.is_exact, masks, shown)
        return shown

    def exact(self, plan: Plan) -> Entry | None:
        """The entry for the plan's instant, if it is there and exact."""
        with self._lock:
            return self._holding(plan.at_us)

    def has(self, key: tuple[int, ...], plan: Plan) -> bool:
        """Whether this very picture stands at the plan's instant already."""
        with self._lock:
            entry = self._holding(plan.at_us)
            return entry is not None and entry.key == key

    def ahead(self, plan: Plan) -> list[Entry]:
        """What was made ready since the last jump and is not over."""
        with self._lock:
            made = [each for each in self._entries if each.jump == plan.jump and each.is_exact]
        if plan.speed >= 0:
            return [each for each in made if each.until_us > plan.at_us]
        return [each for each in made if each.from_us <= plan.at_us]

    def _find(self, plan: Plan) -> Entry | None:
        holding = self._holding(plan.at_us)
        if holding is not None:
            return holding
        for entry in reversed(self._entries):
            if not entry.is_exact and entry.jump == plan.jump:
                return entry
        if not plan.speed or plan.is_held:
            return None
        made = [each for each in self._entries if each.jump == plan.jump and each.is_exact]
        if plan.speed > 0:
            past = [each for each in made if each.from_us <= plan.at_us]
            return max(past, key=lambda each: each.from_us, default=None)
        past = [each for each in made if each.from_us > plan.at_us]
        return min(past, key=lambda each: each.from_us, default=None)

    def _holding(self, at_us: int) -> Entry | None:
        for entry in reversed(self._entries):
            if entry.is_exact and entry.from_us <= at_us < entry.until_us:
                return entry
        return None

    def _too_late(self, entry: Entry, plan: Plan) -> Nothing | None:
        """While it plays, a picture that is long over is not passed off for what is due."""
        if not plan.speed or plan.is_held:
            self._late = None
            return None
        over_us = plan.at_us - entry.until_us if plan.speed > 0 else entry.from_us - plan.at_us
        if over_us < _LATE_US * max(1.0, abs(plan.speed)):
            self._late = None
            return None
        if self._late is None:
            self._seq += 1
            self._late = Nothing(self._camera_id, self._seq, from_us(plan.at_us), None)
        return self._late

    def _prune(self, plan: Plan) -> None:
        """What was made before the last jump goes, but for what is due now; of what is over the
        newest two stay, and of a camera that stands still the newest three."""
        kept = [
            each
            for each in self._entries
            if each.jump == plan.jump or each.from_us <= plan.at_us < each.until_us
        ]
        if not plan.speed:
            self._entries = kept[-3:]
            return
        over = [each for each in kept if self._is_over(each, plan)]
        gone = set(map(id, over[:-2]))
        self._entries = [each for each in kept if id(each) not in gone]

    def _is_over(self, entry: Entry, plan: Plan) -> bool:
        return entry.until_us <= plan.at_us if plan.speed > 0 else entry.from_us > plan.at_us
