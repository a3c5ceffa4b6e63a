"""Which words of an entry are looked through by a search: each room says it of its own kinds.

Knows no index and no query. `app/views.py` gathers what the rooms say in one list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_STORED_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")  # app/clock.py: to_stored
_TIME_LENGTH = 24


@dataclass(frozen=True, slots=True)
class Said:
    """What entries of one kind say in words.

    `fields`: the fields of the body to look through. None of them named: every field, also one that
    a later version adds. `but` not those that hold codes and ids, wherever they stand.
    """

    kind: str
    fields: tuple[str, ...] = ()
    but: tuple[str, ...] = ()

    def texts(self, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Field and text of whatever is said, in the order of the body; nothing is empty.

        A list gives a text for each of its items; an item with fields of its own (a vehicle) is
        one text, its words joined by spaces, so that a plate and its province are found together.
        """
        for name in self.fields or data:
            value = data.get(name)
            if not value or name in self.but:
                continue
            if isinstance(value, str):  # as nearly always
                if not _is_time(value):
                    yield name, value
            elif isinstance(value, (list, dict)):  # what else there is has no words
                for text in self._texts(value):
                    yield name, text

    def _texts(self, value: object) -> Iterator[str]:
        if isinstance(value, list):
            for item in value:
                yield from self._texts(item)
        elif isinstance(value, dict):
            parts = [part for name, part in value.items() if name not in self.but]
            joined = " ".join(text for part in parts for text in self._texts(part))
            if joined:
                yield joined
        elif isinstance(value, str) and value and not _is_time(value):
            yield value


def _is_time(text: str) -> bool:
    return len(text) == _TIME_LENGTH and _STORED_TIME.fullmatch(text) is not None
