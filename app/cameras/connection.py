"""The two facts of a camera's connection: lost, and back again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class CameraLost:
    """No new picture came any more. `reason` is the English key of what was seen."""

    kind: ClassVar[str] = "camera_lost"
    camera_id: str
    reason: str
    last_picture_at: str | None

    @property
    def subject(self) -> str:
        return self.camera_id

    def body(self) -> Mapping[str, Any]:
        return {"reason": self.reason, "last_picture_at": self.last_picture_at}


@dataclass(frozen=True, slots=True)
class CameraBack:
    """Pictures came again after `away_s` seconds."""

    kind: ClassVar[str] = "camera_back"
    camera_id: str
    away_s: float

    @property
    def subject(self) -> str:
        return self.camera_id

    def body(self) -> Mapping[str, Any]:
        return {"away_s": round(self.away_s, 3)}
