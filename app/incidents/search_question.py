"""What can be asked of the incidents: words, times, places, kinds, people. Knows no database."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from app.incidents.categories import CATEGORIES, CaseGroup, Category, Channel
from app.incidents.incident import IncidentState
from app.incidents.search_index import mark_name

OUTSIDE = ""
"""As a zone, community, beat or tambon: in none that was drawn then."""

_QUOTED_OR_WORD = re.compile(r'"([^"]*)"?|“([^”]*)”?|(\S+)')


@dataclass(frozen=True, slots=True)
class Question:
    """What an incident must be like; what is left empty does not matter.

    `phrases`: each must stand in some text of the incident or of what was added to it
    (app/thai/clusters.py says what that means). `since`, `until`: aware, from `since` to before
    `until`; of the report, or of what happened if `by_happened`. All others: one of those named.
    """

    phrases: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    by_happened: bool = False
    zones: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    beats: tuple[str, ...] = ()
    tambons: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    groups: tuple[CaseGroup, ...] = ()
    channels: tuple[Channel, ...] = ()
    officers: tuple[str, ...] = ()
    """Who took the report down."""
    units: tuple[str, ...] = ()
    """Units that were sent to it."""
    states: tuple[IncidentState, ...] = ()

    def marks(self, known: Collection[Category] = CATEGORIES) -> tuple[tuple[str, ...], ...]:
        """The index's marks: of each tuple an incident must have one. An empty one: none can.

        `known`: the station's categories, of which `groups` asks for some.
        """
        wanted = {
            "zone": self.zones,
            "community": self.communities,
            "beat": self.beats,
            "tambon": self.tambons,
            "channel": self.channels,
            "officer": self.officers,
            "unit": self.units,
        }
        marks = [
            tuple(mark_name(kind, value) for value in dict.fromkeys(values))
            for kind, values in wanted.items()
            if values
        ]
        if self.categories or self.groups:
            marks.append(tuple(mark_name("category", code) for code in self._codes(known)))
        return tuple(marks)

    def _codes(self, known: Collection[Category]) -> list[str]:
        codes = list(dict.fromkeys(self.categories)) or [one.code for one in known]
        if self.groups:
            inside = {one.code for one in known if one.group in self.groups}
            codes = [code for code in codes if code in inside]
        return codes


def phrases_of(typed: str) -> tuple[str, ...]:
    """What was typed, cut at spaces; what stands in quotation marks stays together."""
    words = (found[1] or found[2] or found[3] or "" for found in _QUOTED_OR_WORD.finditer(typed))
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
