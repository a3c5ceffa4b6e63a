"""What one camera has ready to be shown, and which of it is due. Knows no decoder and no file."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from app.cameras.masks import PrivacyMask
from app.video.playback.shown import Nothing, Shown
from app.video.playback.transport import Plan, from_us

Masks = tuple[PrivacyMask, ...]
_LATE_US = 1_500_000  # of a person's time: an older picture is not shown for what is due


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """Something to show from one instant to before another. `jump`: for which it was made."""

    from_us: int
    until_us: int
    shown: Shown | Nothing
    jump: int
    key: tuple[int, ...] = ()

    @property
    def is_exact(self) -> bool:
        return not isinstance(self.shown, Shown) or self.shown.is_exact


class Outgoing:
    """Filled by the camera's player, asked by the window. Any thread."""

    def __init__(self, camera_id: str) -> None:
        self._camera_id = camera_id
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._last: Entry | None = None
        self._late: Nothing | None = None
        self._masks: Masks = ()
        self._seq = 0

    @property
    def masks(self) -> Masks:
        """Those in force."""
        return self._masks

    def mask(self, masks: Masks) -> None:
        """From now on nothing is given that was made with other masks."""
        with self._lock:
            if masks != self._masks:
                self._masks = masks
                self._entries.clear()
                self._last = None

    def next_seq(self) -> int:
        """A number no other picture of this camera has."""
        with self._lock:
            self._seq += 1
            return self._seq

    def put(self, entry: Entry, masks: Masks, plan: Plan) -> bool:
        """Offer it; False if it was made with other masks than those now in force."""
        with self._lock:
            if masks != self._masks and isinstance(entry.shown, Shown):
                return False
            self._entries = [
                each
                for each in self._entries
                if each.is_exact
                and (each.from_us, each.until_us) != (entry.from_us, entry.until_us)
            ]
            self._prune(plan)
            self._entries.append(entry)
            return True

    def due(self, plan: Plan) -> Shown | Nothing | None:
        """What is to be shown at the plan's instant; never what comes later."""
        with self._lock:
            entry = self._find(plan)
            if entry is not None:
                self._last = entry
            entry = self._last
            if entry is None:
                return None
            return self._too_late(entry, plan) or entry.shown

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
