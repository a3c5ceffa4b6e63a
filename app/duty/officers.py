"""Officers: who may sit at the console, in which role, what else each may. Knows no password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.duty.officer import AboutOfficer, Officer
from app.log import Connection, Entry, Permission, Role

__all__ = [
    "Officer",
    "OfficerChanged",
    "OfficerEnrolled",
    "OfficerLeft",
    "OfficersView",
    "PermissionGranted",
    "PermissionWithdrawn",
    "officer_of",
    "officers",
    "serving_officers",
]


@dataclass(frozen=True, slots=True)
class _OnTheList:
    """What two facts share that say the whole of an officer's place on the list."""

    officer: Officer

    @property
    def subject(self) -> str:
        return self.officer.id

    def body(self) -> Mapping[str, Any]:
        officer = self.officer
        return {
            "id": officer.id,
            "name": officer.name,
            "position": officer.position,
            "role": officer.role,
        }


@dataclass(frozen=True, slots=True)
class OfficerEnrolled(_OnTheList):
    """An officer was put on the station's list, or came back to it."""

    kind: ClassVar[str] = "officer_enrolled"


@dataclass(frozen=True, slots=True)
class OfficerChanged(_OnTheList):
    """Name, position or role are others from now on; the body says all three."""

    kind: ClassVar[str] = "officer_changed"


@dataclass(frozen=True, slots=True)
class OfficerLeft(AboutOfficer):
    """The officer is no longer with the station. What the officer recorded stays."""

    kind: ClassVar[str] = "officer_left"
    reason: str

    def body(self) -> Mapping[str, Any]:
        return {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class _PermissionSaid(AboutOfficer):
    """What giving and taking a permission share; whatever the role, and the kind names it."""

    permission: Permission
    reason: str = ""

    def body(self) -> Mapping[str, Any]:
        return {"reason": self.reason}


@dataclass(frozen=True, slots=True)
class PermissionGranted(_PermissionSaid):
    """It was given."""

    @property
    def kind(self) -> str:
        return f"{self.permission.value}_granted"


@dataclass(frozen=True, slots=True)
class PermissionWithdrawn(_PermissionSaid):
    """It was taken."""

    @property
    def kind(self) -> str:
        return f"{self.permission.value}_withdrawn"


_SAID = {
    f"{permission.value}_{word}": (permission.value, said)
    for permission in Permission
    for word, said in (("granted", 1), ("withdrawn", 0))
}
"""Kind of entry → the column it writes, and what it writes there."""


class OfficersView:
    """The table `officers`: the newest word on each, also on those who left.

    What an erased entry did still counts where its kind says it: who left has left, what was taken
    is taken. A change that was erased leaves the least of roles: an erasure gives nobody a right.
    """

    tables = ("officers",)
    kinds = frozenset({OfficerEnrolled.kind, OfficerChanged.kind, OfficerLeft.kind, *_SAID})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS officers(id TEXT PRIMARY KEY, name TEXT NOT NULL,"
            " position TEXT NOT NULL, role TEXT NOT NULL, footage INTEGER, export INTEGER,"
            " left_at TEXT NOT NULL) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        if entry.kind in _SAID:
            column, said = _SAID[entry.kind]
            db.execute(f"UPDATE officers SET {column} = ? WHERE id = ?", (said, entry.subject))
        elif entry.kind == OfficerLeft.kind:
            db.execute("UPDATE officers SET left_at = ? WHERE id = ?", (entry.at, entry.subject))
        else:
            self._named(db, entry)

    def _named(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if not data:
            viewer = (Role.VIEWER.value, entry.subject)
            db.execute("UPDATE officers SET role = ? WHERE id = ?", viewer)
            return
        db.execute(
            "INSERT INTO officers VALUES(?, ?, ?, ?, NULL, NULL, '') ON CONFLICT(id) DO UPDATE SET"
            " name = excluded.name, position = excluded.position, role = excluded.role",
            (entry.subject, data["name"], data["position"], data["role"]),
        )
        if entry.kind == OfficerEnrolled.kind:
            db.execute("UPDATE officers SET left_at = '' WHERE id = ?", (entry.subject,))


_COLUMNS = "id, name, position, role, footage, export, left_at"


def officers(db: Connection) -> list[Officer]:
    """All officers that ever were, by id: for telling who wrote what."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM officers ORDER BY length(id), id")
    return [_officer(tuple(row)) for row in rows]


def serving_officers(db: Connection) -> list[Officer]:
    """Those who are with the station, by id."""
    return [officer for officer in officers(db) if officer.serves]


def officer_of(db: Connection, officer_id: str) -> Officer | None:
    """One officer, also one who left."""
    row = db.execute(f"SELECT {_COLUMNS} FROM officers WHERE id = ?", (officer_id,)).fetchone()
    return None if row is None else _officer(tuple(row))


def _officer(row: tuple[Any, ...]) -> Officer:
    id_, name, position, role, footage, export, left_at = row
    return Officer(id_, name, position, Role(role), _said(footage), _said(export), left_at)


def _said(value: int | None) -> bool | None:
    return None if value is None else bool(value)
