"""What is open in the Papers place, carried into the window that takes another's place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.sheets.papers import Paper

if TYPE_CHECKING:
    from app.ui.papers.papers_place import PapersPlace


@dataclass(frozen=True, slots=True)
class BegunPapers:
    """The chosen sheet and its options are the room's; this is what lies over them."""

    stored: Paper | None
    is_history: bool
    words: str
    several: tuple[str, ...] | None
    """The incidents in the list of several; None while that is not open."""
    ticked: tuple[str, ...]
    numbers: str


def begun_papers(place: PapersPlace) -> BegunPapers:
    """As it stands."""
    several = place.several
    return BegunPapers(
        stored=place.stored.paper if place.stored is not None else None,
        is_history=place.is_history,
        words=place.history.line.text(),
        several=several.ids() if place.is_several else None,
        ticked=tuple(several.chosen()),
        numbers=several.line.text(),
    )


def go_on_with_papers(place: PapersPlace, begun: BegunPapers) -> None:
    """Go on with it in another window."""
    if begun.several is not None:
        found = (place.desk.desk.incident(id_) for id_ in begun.several)
        place.severals.open([one for one in found if one is not None], ticked=False)
        place.several.list.tick_only(begun.ticked)
        place.several.line.setText(begun.numbers)
    elif begun.is_history:
        place.toggle_history()
        place.history.line.setText(begun.words)
    elif begun.stored is not None:
        place.open_paper(begun.stored)
