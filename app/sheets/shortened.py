"""Cuts what does not fit on a sheet of one page, and knows that it did: a cut is never silent."""

from __future__ import annotations

from typing import Any

from app.sheets.clean_text import clean
from app.thai.text import CLUSTER

_LINE = 120  # characters of a field: two lines of its cell at most
_TEXT = 420  # of what happened: four lines
_RESULT = 200
_LINES = 4
_ROWS = 3
RUNNING = 60
"""Of the line at the head of a following page."""
_CUT = " …"


class Shortener:
    """`has_cut` says whether anything was left out. Cuts nothing unless `is_short`."""

    def __init__(self, *, is_short: bool) -> None:
        self._is_short = is_short
        self.has_cut = False

    def line(self, text: str) -> str:
        """A field: one line, no longer than a row of the table holds."""
        return self._cut(" ".join(text.split()), _LINE) if self._is_short else text

    def text(self, text: str) -> str:
        """What happened: a paragraph or a few."""
        return self._paragraphs(text, _TEXT)

    def result(self, text: str) -> str:
        """How it ended."""
        return self._paragraphs(text, _RESULT)

    def rows(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The first rows of a table."""
        if not self._is_short or len(rows) <= _ROWS:
            return rows
        self.has_cut = True
        return rows[:_ROWS]

    def _paragraphs(self, text: str, most: int) -> str:
        if not self._is_short:
            return text
        lines = text.splitlines()
        if len(lines) > _LINES:
            self.has_cut = True
            lines = lines[:_LINES]
        return self._cut("\n".join(lines), most)

    def _cut(self, text: str, most: int) -> str:
        kept = cut(text, most)
        self.has_cut = self.has_cut or kept != text
        return kept


def cut(text: str, most: int) -> str:
    """The text, or as much of it as takes `most` characters on paper, and a mark that it is cut.

    Between two clusters: no vowel is left without its letter. What is counted is what will be
    printed: a character that cannot be drawn takes eight.
    """
    if len(text) * 8 <= most:
        return text
    printed = 0
    for cluster in CLUSTER.finditer(text):
        printed += len(clean(cluster[0]))
        if printed > most:
            return text[: cluster.start()].rstrip() + _CUT
    return text
