"""What an entry is: a fact someone or something recorded, and its place in its origin's chain."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol


class Role(StrEnum):
    """What an actor may do; `rights.py` says what that is."""

    VIEWER = "viewer"
    DUTY_OFFICER = "duty_officer"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    PROGRAM = "program"


class Permission(StrEnum):
    """What is given to and taken from a person beside the role; by default as the role has it."""

    FOOTAGE = "footage"
    """To watch recorded footage."""
    EXPORT = "export"
    """To take pictures and tables out of the station."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who records: an officer's id, or a program's, with the role it acts in."""

    id: str
    role: Role
    permissions: frozenset[Permission] | None = None
    """What was given to this person; None: what the role has by itself."""


class Fact(Protocol):
    """What can be appended: a frozen dataclass of the room that owns the kind."""

    @property
    def kind(self) -> str:
        """Past tense, snake case: `incident_reported`."""
        ...

    @property
    def subject(self) -> str:
        """The id of what it is about: an incident, a camera, an officer, an area."""
        ...

    def body(self) -> Mapping[str, Any]:
        """JSON-able content; the salt is added when it is stored."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One stored row of `entries`. `at` is as stored: `2026-11-22T03:46:00.123Z`."""

    seq: int
    origin: str
    n: int
    at: str
    actor: str
    subject: str
    kind: str
    body: str | None
    body_hash: str
    prev: str
    hash: str

    @property
    def id(self) -> str:
        """`origin:n`, the same on every console."""
        return f"{self.origin}:{self.n}"

    def data(self) -> dict[str, Any]:
        """The body without its salt; empty when the body was erased."""
        return {} if self.body is None else dict(content_of(self.body))


@functools.lru_cache(maxsize=128)
def content_of(body: str) -> Mapping[str, Any]:
    """A stored body without its salt. Remembered, so nobody may change what is inside: views ask
    for it one after the other, and a page of found incidents is read twice."""
    content: dict[str, Any] = json.loads(body)
    content.pop("salt", None)
    return content


@dataclass(frozen=True, slots=True)
class Changed:
    """What a committed write changed, so that each screen can decide whether it cares."""

    kinds: frozenset[str]
    subjects: frozenset[str]
