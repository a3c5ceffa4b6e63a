"""What is asked of a million incidents: 1 to 20 letters, a third of one or two, a third rare.

Knows nothing of the product.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex  # type: ignore[import-untyped]

from benchmarks.log_oracle import spelt, texts_of
from benchmarks.log_words import BLOCK, Invented, incidents, misspelt, name, phone, plate

LONGEST = 20
_ALPHABET = "กขคงจชซดตถทนบปผพฟมยรลวสหอฮเแโใไะาฬฆฌญๆฯ0123456789abcdeilnorstxzກຂລມສີé"
_BLOCKS, _OF_A_BLOCK = 10, 40  # that queries are taken from


@dataclass(frozen=True, slots=True)
class Filtered:
    """A query with filters, or filters alone: name of the incident's own field → value."""

    query: str
    filters: Mapping[str, str | int]

    def lets_through(self, one: Invented) -> bool:
        return all(getattr(one, name) == value for name, value in self.filters.items())


def queries(seed: int, count: int, incidents_there: int) -> list[str]:
    """All different. A third short, a third as written somewhere, a third rare or nowhere."""
    dice = random.Random(f"queries {seed}")
    there = list(_sample(seed, incidents_there, dice))
    asked: dict[str, None] = {}
    shares: tuple[tuple[int, Callable[[], str]], ...] = (
        (count // 3, lambda: _short(there, dice)),
        (count // 3, lambda: _written(there, dice)),
        (count - 2 * (count // 3), lambda: _rare(there, dice)),
    )
    for share, make in shares:
        wanted = len(asked) + share
        tries = 0
        while len(asked) < wanted:
            query = make()
            tries += 1
            if spelt(query).clusters or tries > 100 * share:
                asked.setdefault(query)
            if tries > 200 * share:  # few letters, few different queries: ask the same again
                asked.setdefault(query + " " * (tries - 200 * share))
    return list(asked)


def filtered(seed: int, texts: Sequence[str], count: int) -> list[Filtered]:
    """Half with words, half with filters alone; one to three filters."""
    dice = random.Random(f"filters {seed}")
    made = []
    for number in range(count):
        values: dict[str, str | int] = {
            "zone": dice.random() < 0.5,
            "community": dice.randrange(4),
            "beat": dice.randrange(1, 7),
            "tambon": dice.randrange(1, 6),
            "category": dice.choice(("20", "12", "51", "15", "63", "33", "99")),
            "channel": dice.choice(("191", "line", "camera", "radio")),
        }
        names = dice.sample(sorted(values), dice.randrange(1, 4))
        query = dice.choice(texts) if texts and number % 2 == 0 else ""
        made.append(Filtered(query, {name: values[name] for name in names}))
    return made


def _sample(seed: int, count: int, dice: random.Random) -> Iterator[Invented]:
    for _ in range(_BLOCKS):
        first = BLOCK * dice.randrange(-(-count // BLOCK)) + 1
        there = list(incidents(seed, first, min(count, first + BLOCK - 1)))
        yield from dice.sample(there, min(len(there), _OF_A_BLOCK))


def _short(there: Sequence[Invented], dice: random.Random) -> str:
    way = dice.random()
    if way < 0.4:
        return dice.choice(_ALPHABET)
    if way < 0.6:
        return dice.choice(_ALPHABET) + dice.choice(_ALPHABET)
    return _part(dice.choice(texts_of(dice.choice(there))), dice.choice((1, 2, 2)), dice)


def _written(there: Sequence[Invented], dice: random.Random) -> str:
    one = dice.choice(there)
    part = _part(one.narrative, dice.randrange(3, LONGEST + 1), dice)
    return misspelt(part, dice)[:LONGEST] if dice.random() < 0.1 else part


def _rare(there: Sequence[Invented], dice: random.Random) -> str:
    one = dice.choice(there)
    ways = (
        lambda: one.phone or phone(dice),
        lambda: phone(dice),
        lambda: f"{dice.randrange(10 ** dice.randrange(4, 9))}",
        lambda: plate(dice),
        lambda: _part(one.narrative, LONGEST, dice),
        lambda: one.caller or name(dice),
        lambda: name(dice),
        lambda: "".join(reversed(regex.findall(r"\X", _part(one.narrative, 8, dice)))),
        lambda: _part(one.place, 8, dice) + _part(one.narrative, 6, dice),
        lambda: "/".join(map(str, one.number)),
        lambda: misspelt(one.caller or name(dice), dice),
        lambda: _part(one.result, LONGEST, dice),
    )
    return dice.choice(ways)()[:LONGEST]


def _part(text: str, length: int, dice: random.Random) -> str:
    """So many letters from the border of a cluster on."""
    borders = [found.start() for found in regex.finditer(r"\X", text)]
    if not borders:
        return ""
    start = dice.choice([place for place in borders if place + length <= len(text)] or borders[:1])
    return text[start : start + length]
