"""The lines of a handover's page as a list shows them: heads, items, and words where none is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.clock import from_stored
from app.duty.handover_page import PageRow, PageSection, needs_word
from app.thai.dates import short_time
from app.thai.translation import tr

LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class Box(StrEnum):
    """What stands at the end of an item."""

    NONE = "none"  # nobody has to acknowledge it now
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Line:
    """One line. A head has `number` and `title`, an item its `row`, all others `words`."""

    id: str
    words: str = ""
    number: int = 0
    icon: str = ""
    row: PageRow | None = None
    box: Box = Box.NONE
    right: str = ""
    """At the end: `รับทราบ 15:51`, or the tally of a head."""
    colour: str = "text_3"
    """The token of `right`."""

    @property
    def is_head(self) -> bool:
        return self.number > 0


def lines_of(sections: Sequence[PageSection], words: Mapping[str, str] | None) -> list[Line]:
    """The lines of these sections. `words`: what is acknowledged, key to when (as stored); None
    while nobody is asked to."""
    lines: list[Line] = []
    for number, section in enumerate(sections, start=1):
        lines.append(_head(number, section, words))
        lines += [_item(row, words) for row in section.rows]
        if not section.rows and section.empty:
            lines.append(Line(f"empty:{section.id}", section.empty))
        if section.note:
            lines.append(Line(f"note:{section.id}", section.note))
    return lines


def signed_words(
    acknowledged: Iterable[tuple[str, str]], rows: Iterable[PageRow]
) -> dict[str, str]:
    """Of a handover that is signed: its items' keys and when each was acknowledged."""
    at = dict(acknowledged)
    return {row.key: at[row.id] for row in rows if row.id in at}


def _head(number: int, section: PageSection, words: Mapping[str, str] | None) -> Line:
    rows = [row for row in section.rows if needs_word(row)]
    right, colour = (str(len(rows)) if rows else ""), "text_3"
    if words is not None and rows:
        done = _done(rows, words)
        if done == len(rows):
            right, colour = tr("all acknowledged {count}", count=done), "green"
        else:
            right = tr("acknowledged {done} of {count}", done=done, count=len(rows))
            colour = "amber"
    return Line(
        f"head:{section.id}", section.title, number, section.icon, right=right, colour=colour
    )


def _done(rows: Collection[PageRow], words: Mapping[str, str]) -> int:
    return sum(row.key in words for row in rows)


def _item(row: PageRow, words: Mapping[str, str] | None) -> Line:
    if not needs_word(row):
        return Line(row.id, row=row, right=tr("settled"), colour="green")
    if words is None:
        return Line(row.id, row=row)
    at = words.get(row.key)
    if at is None:
        return Line(row.id, row=row, box=Box.OPEN, right=tr("not acknowledged"), colour="text_2")
    time = short_time(_time(at))
    return Line(row.id, row=row, box=Box.DONE, right=tr("acknowledged {at}", at=time))


def _time(stored: str) -> datetime:
    return from_stored(stored)


class PageLines(QAbstractListModel):
    """The model. `show` keeps the order and says only what changed."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []

    def show(self, lines: Sequence[Line]) -> bool:
        """Other lines, or the same with other words; whether there are other lines."""
        if [line.id for line in lines] != [line.id for line in self._lines]:
            self.beginResetModel()
            self._lines = list(lines)
            self.endResetModel()
            return True
        changed = [number for number, line in enumerate(lines) if line != self._lines[number]]
        self._lines = list(lines)
        for number in changed:
            self.dataChanged.emit(self.index(number, 0), self.index(number, 0))
        return False

    @property
    def lines(self) -> Sequence[Line]:
        """All of them, in their order."""
        return self._lines

    def place_of(self, line_id: str) -> int:
        """Where a line stands; −1 if it is not there."""
        return next((n for n, line in enumerate(self._lines) if line.id == line_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only items can be chosen; arrows pass over the others."""
        if self._lines[index.row()].row is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self._lines[index.row()]
        if role == LINE:
            return line
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if role in spoken or role == Qt.ItemDataRole.AccessibleTextRole:
            cells = line.row.cells if line.row is not None else (line.words,)
            text = " · ".join(cell for cell in cells if cell)
            spoken_box = role == Qt.ItemDataRole.AccessibleTextRole and line.right
            return f"{text} · {line.right}" if spoken_box else text
        return None
