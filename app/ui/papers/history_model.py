"""The papers that went out as rows: read as far as somebody scrolls, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt

from app.sheets.papers import Paper
from app.thai.dates import clock_time, short_date
from app.thai.text import find_matches
from app.thai.translation import language, tr
from app.ui.papers.stored_pane import how_words
from app.ui.theme import Theme
from app.ui.widgets.plain_table import Index, head_data

_BATCH = 200
Read = Callable[[int, int | None], list[Paper]]


class Column(IntEnum):
    """The columns."""

    WHEN = 0
    TITLE = 1
    WHO = 2
    HOW = 3
    PAGES = 4
    HASH = 5


class HistoryModel(QAbstractTableModel):
    """Filtered by words in title, name and printer."""

    def __init__(self, theme: Theme, read: Read) -> None:
        super().__init__()
        self._theme, self._read = theme, read
        self._strong, self._plain = theme.font("body", 600), theme.font("body")
        self._all: list[Paper] = []
        self._shown: list[Paper] = []
        self._is_whole = False
        self._words = ""
        self._names: Mapping[str, str] = {}

    def begin(self, names: Mapping[str, str]) -> None:
        """Read anew."""
        self.beginResetModel()
        self._names = names
        self._all = self._read(_BATCH, None)
        self._is_whole = len(self._all) < _BATCH
        self._shown = [paper for paper in self._all if self._fits(paper)]
        self.endResetModel()

    def filter(self, words: str) -> None:
        """Only those in which all of these words stand."""
        self.beginResetModel()
        self._words = words.strip()
        self._shown = [paper for paper in self._all if self._fits(paper)]
        self.endResetModel()

    def at(self, number: int) -> Paper:
        return self._shown[number]

    def _fits(self, paper: Paper) -> bool:
        said = " ".join((paper.title, self._names.get(paper.actor, ""), paper.to, paper.pdf_sha256))
        return all(find_matches(said, word) for word in self._words.split())

    # Qt

    def canFetchMore(self, parent: Index) -> bool:
        return not self._is_whole

    def fetchMore(self, parent: Index) -> None:
        """Older ones; several batches when the filter lets few through."""
        before_seq = self._all[-1].seq if self._all else None
        found = self._read(_BATCH, before_seq)
        self._is_whole = len(found) < _BATCH
        self._all += found
        fitting = [paper for paper in found if self._fits(paper)]
        if fitting:
            first = len(self._shown)
            self.beginInsertRows(self.index(-1, -1), first, first + len(fitting) - 1)
            self._shown += fitting
            self.endInsertRows()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return head_data(heads(), section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        paper, column = self._shown[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(paper, column)
            case Qt.ItemDataRole.ForegroundRole:
                quiet = column in (Column.PAGES, Column.HASH, Column.HOW)
                return self._theme.colour("text_2" if quiet else "text")
            case Qt.ItemDataRole.FontRole:
                return self._strong if column is Column.TITLE else self._plain
        return None

    def _text(self, paper: Paper, column: Column) -> str:
        match column:
            case Column.WHEN:
                return f"{short_date(paper.at, language())} {clock_time(paper.at)}"
            case Column.TITLE:
                return paper.title
            case Column.WHO:
                return self._names.get(paper.actor, paper.actor)
            case Column.HOW:
                return how_words(paper)
            case Column.PAGES:
                return str(paper.pages)
            case Column.HASH:
                return f"{paper.pdf_sha256[:4]} {paper.pdf_sha256[4:8]} … {paper.pdf_sha256[-4:]}"


def heads() -> tuple[str, ...]:
    """The columns' names."""
    return (tr("Time"), tr("Sheet"), tr("By whom"), tr("How"), tr("Pages"), "SHA-256")
