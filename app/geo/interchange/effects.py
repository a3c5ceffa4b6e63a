"""What a row of a file would do to what the station holds. Knows neither areas nor places."""

from __future__ import annotations

from enum import StrEnum


class Effect(StrEnum):
    """Taken in, a row adds, changes, or leaves everything as it is; a refused one is not taken."""

    ADDS = "adds"
    CHANGES = "changes"
    NOTHING = "nothing"
    REFUSED = "refused"
