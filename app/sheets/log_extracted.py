"""That a part of the log went out on paper: a fact of its own, for which supervisors alone have the
right. It stands in the log beside the entry that tells of the paper itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

EXTRACT = "extract"
"""The kind of sheet that shows what everybody recorded."""


@dataclass(frozen=True, slots=True)
class LogExtracted:
    """An extract was printed, saved, or printed again; the paper is known by its hash."""

    kind: ClassVar[str] = "log_extracted"
    title: str
    pdf_sha256: str

    @property
    def subject(self) -> str:
        return "log"

    def body(self) -> Mapping[str, Any]:
        return {"title": self.title, "pdf_sha256": self.pdf_sha256}
