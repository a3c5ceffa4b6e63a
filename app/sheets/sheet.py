"""What one paper says, before it is set, and what came of it. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.errors import Message

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Digits(StrEnum):
    """Which digits a paper's text has: the option `digits`."""

    ARABIC = "arabic"
    THAI = "thai"


class Sized(StrEnum):
    """The paper itself: the option `paper`."""

    A4 = "a4"
    A3 = "a3"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one paper says, before it is set.

    `data` holds plain text, numbers, lists and mappings with text keys; never markup: it prints as
    it was typed. `files` are the pictures that the data names (`map.svg`, `still-1.jpg`).
    """

    kind: str
    """Which paper: `incident`, `handover`, … Its template is `resources/sheets/<kind>.typ`."""
    title: str
    """One line in Thai: `ใบรับแจ้งเหตุ 1284/2569`."""
    subject: str
    """What it is about, as entries name it: an incident, a handover; empty: the station."""
    data: Mapping[str, Any]
    files: Mapping[str, bytes] = field(default_factory=lambda: _NOTHING)
    options: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)
    """What was chosen: `digits`, `copy` (bool), `paper`, and whatever the kind has of its own."""
    notes: tuple[Message, ...] = ()
    """What the clerk should know before it is printed: a picture of the ground that is gone."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A paper that is set: its bytes, and all that the log will say of them."""

    sheet: Sheet
    pdf: bytes
    sha256: str
    """Of the PDF's bytes."""
    pages: int
    template: str
    """SHA-256 of the template and the style it was set with."""
    versions: Mapping[str, str]
    """Of the program and of Typst: other versions may set other bytes."""
    took_ms: float
    notes: tuple[Message, ...]
    """The sheet's, and what could not be used: a template, a picture."""
    data: bytes
    """The JSON that is attached to it."""
    data_sha256: str
