"""A whole report in one line: `/แจ้ง ลักทรัพย์ ตลาดอินโดจีน กระเป๋าหาย`. Type, place, narrative.

Reads only; where the line can mean two things it gives both, and a person chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.incidents.categories import Category
from app.incidents.place_finder import FoundPlace, PlaceFinder
from app.thai.clusters import find_spans
from app.thai.digits import to_arabic
from app.thai.text import find_matches, search_clusters

COMMANDS = ("/แจ้ง", "/report")
_MOST_TYPES = 3
_MOST_PLACES = 3
_LONGEST_PLACE = 6  # words: a place is rarely more, and every length asks the gazetteer


@dataclass(frozen=True, slots=True)
class Placed:
    """Words of which the first may name a place. `place` is None when they name none that is
    known."""

    place: FoundPlace | None
    place_words: str
    narrative: str


@dataclass(frozen=True, slots=True)
class Meant(Placed):
    """One reading of the line."""

    category: Category


def command_rest(line: str) -> str | None:
    """What follows `/แจ้ง` or `/report`; None for a line that is no such command."""
    text = line.strip()
    for command in COMMANDS:
        if text.casefold().startswith(command):
            return text[len(command) :].strip()
    return None


def readings(rest: str, categories: Sequence[Category], finder: PlaceFinder) -> tuple[Meant, ...]:
    """What the line may mean, the likeliest first; one reading when it is plain. Nothing as long
    as its beginning is no type of incident.
    """
    words = rest.split()
    return tuple(
        meant
        for category, used in _types(words, categories)
        for meant in _places(category, used, finder)
    )


def _types(
    words: Sequence[str], categories: Sequence[Category]
) -> list[tuple[Category, list[str]]]:
    """The types the line may begin with, each with the words that follow it."""
    if not words:
        return []
    for count in range(min(len(words), 4), 0, -1):
        said = search_clusters(" ".join(words[:count]))
        for category in categories:
            names = (category.name_th, category.name_en)
            if to_arabic(words[0]) == category.code and count == 1:
                return [(category, list(words[1:]))]
            if said and any(search_clusters(name) == said for name in names):
                return [(category, list(words[count:]))]
    run_on = _run_on(words[0], categories)
    if run_on is not None:
        return [(run_on[0], [run_on[1], *words[1:]])]
    fitting = [one for one in categories if find_matches(one.name, words[0])]
    return [(one, list(words[1:])) for one in fitting[:_MOST_TYPES]]


def _run_on(word: str, categories: Sequence[Category]) -> tuple[Category, str] | None:
    """Thai needs no space: the longest type the first word begins with, and what is left of it."""
    fitting = [
        (one, match.end)
        for one in categories
        for name in (one.name_th, one.name_en)
        for match in find_spans(word, name)[:1]
        if match.start == 0 and match.end < len(word)
    ]
    if not fitting:
        return None
    category, end = max(fitting, key=lambda pair: pair[1])
    return category, word[end:]


def without_type(rest: str, finder: PlaceFinder) -> Placed:
    """What is understood of a line whose beginning is no type of incident."""
    words = rest.split()
    known = _placed(words, finder)
    return known[0] if known and known[0].place else Placed(None, "", " ".join(words))


def _places(category: Category, words: list[str], finder: PlaceFinder) -> list[Meant]:
    return [
        Meant(one.place, one.place_words, one.narrative, category) for one in _placed(words, finder)
    ]


def _placed(words: list[str], finder: PlaceFinder) -> list[Placed]:
    """The longest run of words that names a place; all places it may be."""
    for count in range(min(len(words), _LONGEST_PLACE), 0, -1):
        said = " ".join(words[:count])
        found = finder.suggest(said, limit=8)
        if found:
            narrative = " ".join(words[count:])
            wanted = search_clusters(said)
            exact = [one for one in found if search_clusters(one.title) == wanted]
            chosen = exact or found
            return [Placed(one, one.text, narrative) for one in chosen[:_MOST_PLACES]]
    if not words:
        return [Placed(None, "", "")]
    return [Placed(None, words[0], " ".join(words[1:]))]
