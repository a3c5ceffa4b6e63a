"""What is shown of a text that was found: its words marked, the first of them in sight.

Marks only; whether a text was found is the search's word, never this one's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.thai.text import CLUSTER, Span, find_matches, normalise

LONGEST = 400  # characters of an excerpt: more than a screen is wide
_LEAD = 60  # characters that may stand before the first mark
_KEPT_BEFORE = 24
_SARA_AM = "\u0e33\u0eb3"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line. `spans` mark its words, left to right and apart."""

    text: str
    spans: tuple[Span, ...] = ()

    @property
    def is_marked(self) -> bool:
        return bool(self.spans)


def marked(text: str, words: Sequence[str]) -> Excerpt:
    """The beginning of a text, or its part around the first of the words that stand in it."""
    line = text.translate(_ONE_LINE)
    spans = _spans(line, words)
    start = _start(line, spans[0].start) if spans and spans[0].start > _LEAD else 0
    end = min(len(line), start + LONGEST)
    lead = "…" if start else ""
    moved = tuple(
        Span(span.start - start + len(lead), span.end - start + len(lead))
        for span in spans
        if start <= span.start and span.end <= end
    )
    return Excerpt(lead + line[start:end] + ("…" if end < len(line) else ""), moved)


def holds(text: str, word: str) -> bool:
    """Whether a word stands in a text, spelt in whatever way."""
    return bool(_found(text, word))


_ONE_LINE = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\v": " ", "\f": " ", "\u2028": " "})


def _start(line: str, first: int) -> int:
    """A border of clusters a little before the first mark, behind a space if one is near."""
    wanted = first - _KEPT_BEFORE
    space = line.rfind(" ", wanted - 8, wanted + 8)
    if space > 0:
        return space + 1
    borders = [found.start() for found in CLUSTER.finditer(line, max(0, wanted - 8))]
    return next((at for at in borders if at >= wanted), first)


def _spans(line: str, words: Sequence[str]) -> tuple[Span, ...]:
    """Where the words stand; marks that touch become one."""
    found = sorted((span for word in words for span in _found(line, word)), key=_by_place)
    joined: list[Span] = []
    for span in found:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _by_place(span: Span) -> tuple[int, int]:
    return span.start, -span.end


def _found(text: str, word: str) -> list[Span]:
    """As written, which is fast; else in any spelling."""
    spans = [
        Span(found.start(), _border(text, found.end())) for found in _as_written(word).finditer(text)
    ]
    return spans or list(find_matches(text, word))


def _border(text: str, end: int) -> int:
    """Behind the marks that belong to the last letter."""
    while end < len(text) and (text[end] in _SARA_AM or unicodedata.combining(text[end])
                               or unicodedata.category(text[end]) in ("Mn", "Mc")):  # fmt: skip
        end += 1
    return end


@lru_cache(maxsize=64)
def _as_written(word: str) -> re.Pattern[str]:
    """The word's own letters."""
    plain = normalise(word).strip()
    if not plain:
        return re.compile(r"(?!)")
    return re.compile(re.escape(plain), re.IGNORECASE)
