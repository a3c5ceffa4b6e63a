"""What an officer is: a person known by an id, with a role and permissions beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.log import Actor, Permission, Role
from app.log.rights import PERMITTED


@dataclass(frozen=True, slots=True)
class Officer:
    """A police officer of the station. `name` is rank and name as it is printed."""

    id: str
    name: str
    position: str
    role: Role
    footage: bool | None = None
    """Whether this person may watch recorded footage; None: as the role may."""
    export: bool | None = None
    """Whether this person may take pictures and tables out; None: as the role may."""
    left_at: str = ""
    """When the officer left the station, as stored; empty: serves."""

    @property
    def serves(self) -> bool:
        """Whether the officer is still with the station."""
        return not self.left_at

    @property
    def permissions(self) -> frozenset[Permission]:
        """What holds: the role's, but for what was given and taken."""
        given = {Permission.FOOTAGE: self.footage, Permission.EXPORT: self.export}
        return frozenset(
            permission
            for permission, said in given.items()
            if (self.role in PERMITTED[permission] if said is None else said)
        )

    @property
    def actor(self) -> Actor:
        """The officer as the one who records."""
        return Actor(self.id, self.role, self.permissions)

    def with_hands_bound(self) -> Officer:
        """The same person at a locked console: may look, may record nothing."""
        return replace(self, role=Role.VIEWER, footage=False, export=False)


@dataclass(frozen=True, slots=True)
class AboutOfficer:
    """What the facts share that are about one officer."""

    officer_id: str

    @property
    def subject(self) -> str:
        return self.officer_id
