"""What somebody wants on paper: which sheet, about what, with which choices. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ARABIC, THAI_DIGITS = "arabic", "thai"
INCIDENT = "incident"
"""The sheet of F9."""


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """One sheet to be set. `about`: an incident's id, a handover's, a day, …; "" = the station.

    `options` holds what JSON can: each kind's own, and for all of them `digits` (`arabic`, `thai`)
    and `copy`, whether it is marked as a copy.
    """

    kind: str
    about: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


def shown_name(printer: str) -> str:
    """A printer's name for people: CUPS allows no spaces in it."""
    return printer.replace("_", " ")


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """Where it shall come out. An empty `printer`: nowhere yet."""

    printer: str = ""
    copies: int = 1
    two_sided: bool = True
    paper: str = "A4"
