"""What is shown of a text that was found: its words marked, the first of them in sight.

Marks only; whether a text was found is the search's word, never this one's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.thai.clusters import find_spans
from app.thai.text import CLUSTER, Span

LONGEST = 400  # characters of an excerpt: more than a screen is wide
_LEAD = 60  # characters that may stand before the first mark
_KEPT_BEFORE = 24
_BREAKS = "\n\r\t\v\f\u2028"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One line. `spans` mark its words, left to right and apart."""

    text: str
    spans: tuple[Span, ...] = ()


def marked(text: str, words: Sequence[str], longest: int = LONGEST) -> Excerpt:
    """The beginning of a text, or its part around the first of the words that stand in it."""
    return excerpt(text, [span for word in words for span in find_spans(text, word)], longest)


def excerpt(text: str, spans: Sequence[Span], longest: int = LONGEST) -> Excerpt:
    """One line of a text with these spans marked, those that touch as one."""
    line = _on_one_line(text)
    if not spans and len(line) <= longest:  # as most rows of a list
        return Excerpt(line)
    joined = join_spans(spans)
    most_before = min(_LEAD, longest // 3)
    far = bool(joined) and joined[0].start > most_before
    start = _start(line, joined[0].start, min(_KEPT_BEFORE, longest // 5)) if far else 0
    end = min(len(line), start + longest)
    lead = "…" if start else ""
    moved = tuple(
        Span(span.start - start + len(lead), span.end - start + len(lead))
        for span in joined
        if start <= span.start and span.end <= end
    )
    return Excerpt(lead + line[start:end] + ("…" if end < len(line) else ""), moved)


def join_spans(spans: Sequence[Span]) -> tuple[Span, ...]:
    """In order, with those that overlap or touch made one."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, one.end)):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _on_one_line(text: str) -> str:
    for sign in _BREAKS:
        text = text.replace(sign, " ")
    return text


def _start(line: str, first: int, kept: int) -> int:
    """A border of clusters a little before the first mark, behind a space if one is near."""
    wanted = max(0, first - kept)
    space = line.rfind(" ", max(0, wanted - 8), min(first, wanted + 8))
    if space > 0:
        return space + 1
    near = max(0, wanted - 8)
    borders = (found.start() for found in CLUSTER.finditer(line, near) if found.start() > near)
    return next((at for at in borders if at >= wanted), first)
