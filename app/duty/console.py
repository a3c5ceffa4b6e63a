"""The console's own facts: started by whom with which program, and stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class ConsoleStarted:
    """A console was opened on the station."""

    kind: ClassVar[str] = "console_started"
    origin: str
    program: str
    officer: str

    @property
    def subject(self) -> str:
        return self.origin

    def body(self) -> Mapping[str, Any]:
        return {"program": self.program, "officer": self.officer}


@dataclass(frozen=True, slots=True)
class ConsoleStopped:
    """It was closed in order. A start without a stop before it was a power cut or a crash."""

    kind: ClassVar[str] = "console_stopped"
    origin: str
    stragglers: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        return self.origin

    def body(self) -> Mapping[str, Any]:
        return {"stragglers": list(self.stragglers)}
