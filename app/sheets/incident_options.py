"""What can be chosen of an incident's sheet before it is printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Form(StrEnum):
    """How much of it."""

    FULL = "full"
    """All there is, on as many pages as it takes."""
    SHORT = "short"
    """One page: what is longer is cut there, and says so."""


MAP_MM: Mapping[Form, tuple[float, float]] = {Form.FULL: (160.0, 92.0), Form.SHORT: (160.0, 46.0)}
"""Width and height of the map on the sheet. The page is 210 mm less 30 and 20 mm of margin."""
DEFAULT_SCALE = 2_500


@dataclass(frozen=True, slots=True)
class IncidentOptions:
    """`stills`: ids of those to print; None: all in full, none on one page. `hide`: whether the
    names of callers and injured parties are left out; None: if the caller asked for it.
    `checked_by`: the officer whose name stands under the third line to sign on; empty: by hand.
    """

    form: Form = Form.FULL
    with_map: bool = True
    scale: int = DEFAULT_SCALE
    stills: tuple[str, ...] | None = None
    hide: bool | None = None
    checked_by: str = ""
    digits: str = "arabic"
    copy: bool = False

    @classmethod
    def from_order(cls, chosen: Mapping[str, Any]) -> IncidentOptions:
        """From what the place keeps as JSON; what is missing is as usual."""
        stills = chosen.get("stills")
        return cls(
            form=Form(chosen.get("form", Form.FULL)),
            with_map=bool(chosen.get("map", True)),
            scale=int(chosen.get("scale", DEFAULT_SCALE)),
            stills=None if stills is None else tuple(str(one) for one in stills),
            hide=None if chosen.get("hide") is None else bool(chosen["hide"]),
            checked_by=str(chosen.get("checked_by", "")),
            digits=str(chosen.get("digits", "arabic")),
            copy=bool(chosen.get("copy", False)),
        )

    def to_order(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "form": self.form.value,
            "map": self.with_map,
            "scale": self.scale,
            "stills": None if self.stills is None else list(self.stills),
            "hide": self.hide,
            "checked_by": self.checked_by,
            "digits": self.digits,
            "copy": self.copy,
        }
