"""What the log tells of its backups, and of having been put back from one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from app.errors import KnownError, Message, message_to
from app.log.rights import LOG_RESTORED

BACKUPS = "backups"
"""What these entries are about."""


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A good backup lies in `folder`. `shares_disk`: on the station's own disk."""

    kind: ClassVar[str] = "backup_made"
    name: str
    folder: str
    entries: int
    size_bytes: int
    sha256: str
    shares_disk: bool
    removed: tuple[str, ...] = ()
    """The older ones that went."""

    @property
    def subject(self) -> str:
        return BACKUPS

    def body(self) -> Mapping[str, Any]:
        return {
            "name": self.name,
            "folder": self.folder,
            "entries": self.entries,
            "size_bytes": self.size_bytes,
            "sha256": self.sha256,
            "shares_disk": self.shares_disk,
            "removed": list(self.removed),
        }


@dataclass(frozen=True, slots=True)
class BackupFailed:
    """No backup could be made, and why."""

    kind: ClassVar[str] = "backup_failed"
    folder: str
    what: Message
    do: Message | None = None

    @classmethod
    def of(cls, folder: str, error: KnownError) -> BackupFailed:
        """From the refusal."""
        return cls(folder, error.what, error.do)

    @property
    def subject(self) -> str:
        return BACKUPS

    def body(self) -> Mapping[str, Any]:
        said = {"folder": self.folder, "what": message_to(self.what)}
        return said if self.do is None else {**said, "do": message_to(self.do)}


@dataclass(frozen=True, slots=True)
class LogRestored:
    """The log was put back. `backup` is empty when all came from the damaged file itself.

    `lost`: how many entries are gone, None when nobody can say; `after`: the time of the newest
    entry there is; `origin_before`: under which name this console went on until then, if it now
    has another; `put_aside`: where the damaged file lies.
    """

    kind: ClassVar[str] = LOG_RESTORED
    backup: str
    kept: int
    taken_over: int
    lost: int | None
    after: str
    put_aside: str
    origin_before: str = ""

    @property
    def subject(self) -> str:
        return BACKUPS

    def body(self) -> Mapping[str, Any]:
        return {
            "backup": self.backup,
            "kept": self.kept,
            "taken_over": self.taken_over,
            "lost": self.lost,
            "after": self.after,
            "put_aside": self.put_aside,
            "origin_before": self.origin_before,
        }
