"""The scripted calls of `calls.toml`: what is pressed, what counts, and what must be in the log."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CALLS = Path(__file__).with_name("calls.toml")
_FREE = ("name", "phone", "narrative")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the hand does: `press`, `type`, `paste`, or letters that every form needs."""

    what: str
    text: str

    @property
    def presses(self) -> int:
        """How many keys it takes; a chord is one."""
        return 1 if self.what in ("press", "paste") else len(self.text)

    @property
    def counts(self) -> int:
        """How many of them are the form's fault."""
        return 0 if self.what in _FREE else self.presses


@dataclass(frozen=True, slots=True)
class Call:
    """One call, and what of it must stand in the log afterwards."""

    title: str
    steps: tuple[Step, ...]
    kept: Mapping[str, Any]

    @property
    def overhead(self) -> int:
        """Key presses beyond the characters of name, phone and narrative."""
        return sum(step.counts for step in self.steps)


def calls(path: Path = CALLS) -> tuple[Call, ...]:
    """The calls of a file, in its order."""
    said = tomllib.loads(path.read_text("utf-8"))
    return tuple(
        Call(one["title"], tuple(_step(step) for step in one["steps"]), one["kept"])
        for one in said["call"]
    )


def wrong(kept: Mapping[str, Any], body: Mapping[str, Any]) -> list[str]:
    """What of an entry is not as the caller said it; by field."""
    found = []
    for name, wanted in kept.items():
        if name == "has_coordinates":
            is_right = (body.get("lat_deg") is not None) is wanted
        elif name == "place":
            is_right = wanted in str(body.get("place"))
        else:
            is_right = body.get(name) == wanted
        if not is_right:
            found.append(name)
    return found


def _step(said: Mapping[str, str]) -> Step:
    ((what, text),) = said.items()
    return Step(what, text)
