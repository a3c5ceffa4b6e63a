"""Officers: who may sit at the console, and in which role. Knows nothing of passwords."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from app.log import Actor, Connection, Entry, Role


@dataclass(frozen=True, slots=True)
class Officer:
    """A police officer of the station. `name` is rank and name as it is printed."""

    id: str
    name: str
    position: str
    role: Role

    @property
    def actor(self) -> Actor:
        """The officer as the one who records."""
        return Actor(self.id, self.role)


@dataclass(frozen=True, slots=True)
class OfficerEnrolled:
    """An officer was put on the station's list."""

    kind: ClassVar[str] = "officer_enrolled"
    officer: Officer

    @property
    def subject(self) -> str:
        return self.officer.id

    def body(self) -> Mapping[str, Any]:
        return asdict(self.officer)


@dataclass(frozen=True, slots=True)
class OfficerSignedIn:
    """An officer took the console."""

    kind: ClassVar[str] = "officer_signed_in"
    officer_id: str

    @property
    def subject(self) -> str:
        return self.officer_id

    def body(self) -> Mapping[str, Any]:
        return {}


class OfficersView:
    """The table `officers`: the newest word on each."""

    tables = ("officers",)
    kinds = frozenset({OfficerEnrolled.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS officers(id TEXT PRIMARY KEY, name TEXT NOT NULL,"
            " position TEXT NOT NULL, role TEXT NOT NULL) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if data:
            db.execute(
                "INSERT OR REPLACE INTO officers VALUES(?, ?, ?, ?)",
                (entry.subject, data["name"], data["position"], data["role"]),
            )


def officers(db: Connection) -> list[Officer]:
    """All officers, by id."""
    rows = db.execute("SELECT id, name, position, role FROM officers ORDER BY id")
    return [Officer(row[0], row[1], row[2], Role(row[3])) for row in rows]
