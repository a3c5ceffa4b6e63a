"""The manual's pages as they ship: Markdown in Thai, one for each place. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MANUAL = Path(__file__).resolve().parents[3] / "resources" / "manual"
PICTURES = MANUAL / "pictures"
FIRST = "start"
ORDER = (FIRST, "live", "intake", "review", "log", "map", "papers", "setup", "handover", "trouble")
"""Of the pages; each is a file of that name."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its title is its first heading."""

    id: str
    title: str
    text: str


def pages() -> tuple[Page, ...]:
    """All pages, in their order."""
    return tuple(_read(page_id) for page_id in ORDER)


def _read(page_id: str) -> Page:
    text = (MANUAL / "th" / f"{page_id}.md").read_text(encoding="utf-8")
    title = text.splitlines()[0].removeprefix("# ").strip()
    return Page(page_id, title, text)
