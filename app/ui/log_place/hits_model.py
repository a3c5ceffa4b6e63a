"""The found incidents as a table of any length: rows are read when they are seen. Writes nothing.

Where each incident stands is known for all (`keys`); what it says is fetched a page at a time and
kept for as long as it is likely to be seen again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from app.thai.translation import tr
from app.ui.log_place.hit_row import HitRow
from app.ui.widgets.plain_table import Index, head_data

Keys = NDArray[np.int64]
Fetch = Callable[[Sequence[int]], dict[int, HitRow]]
ROW = Qt.ItemDataRole.UserRole
NO_KEYS: Keys = np.empty(0, dtype=np.int64)
_MOST_KEPT = 2_000


class Column(IntEnum):
    """The columns, left to right."""

    MARK = 0
    NUMBER = 1
    WORDS = 2
    ATTACHED = 3
    STATE = 4
    UNIT = 5


class HitsModel(QAbstractTableModel):
    """Rows by their place among the keys."""

    def __init__(self, fetch: Fetch) -> None:
        super().__init__()
        self._fetch = fetch
        self._keys: Keys = NO_KEYS
        self._rows: OrderedDict[int, HitRow] = OrderedDict()
        self.in_sight = 20
        """How many rows the screen shows; as many are read at once."""

    # Filling

    def show(self, keys: Keys) -> None:
        """Other incidents."""
        self.beginResetModel()
        self._keys = keys
        self._rows.clear()
        self.endResetModel()

    def extend(self, keys: Keys) -> None:
        """These, of which the first are the ones that are shown; nothing moves."""
        before = len(self._keys)
        if len(keys) <= before:
            self._keys = keys
            return
        self.beginInsertRows(QModelIndex(), before, len(keys) - 1)
        self._keys = keys
        self.endInsertRows()

    def prepend(self, keys: Keys) -> None:
        """New ones above all others."""
        if len(keys):
            self.beginInsertRows(QModelIndex(), 0, len(keys) - 1)
            self._keys = np.concatenate((keys, self._keys))
            self.endInsertRows()

    def forget(self, keys: Iterable[int] | None = None) -> None:
        """These rows say something else now; None: all do, as in another language."""
        if keys is None:
            self._rows.clear()
        else:
            for key in keys:
                self._rows.pop(key, None)
        self._say_all()

    def forget_incidents(self, ids: Collection[str]) -> None:
        """As `forget`, by the incidents' ids; what is not kept is read anew anyway."""
        keys = [key for key, row in self._rows.items() if row.incident_id in ids]
        if keys:
            self.forget(keys)

    def _say_all(self) -> None:
        if len(self._keys):
            last = self.index(len(self._keys) - 1, len(Column) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # Reading

    @property
    def keys(self) -> Keys:
        """Where each incident stands."""
        return self._keys

    def row_at(self, number: int) -> HitRow | None:
        """What a row says; None when the incident is gone from the log's views."""
        key = int(self._keys[number])
        row = self._rows.get(key)
        if row is None:
            self._read_page(number)
            return self._rows.get(key)
        self._rows.move_to_end(key)
        return row

    def number_of(self, key: int) -> int:
        """Which row an incident's key stands in; −1 for none."""
        found = np.flatnonzero(self._keys == key)
        return int(found[0]) if len(found) else -1

    def _read_page(self, number: int) -> None:
        """This row and those below it that are not known: rows are painted from the top."""
        near = self._keys[number : number + self.in_sight].tolist()
        wanted = [key for key in near if key not in self._rows]
        self._rows.update(self._fetch(wanted))
        while len(self._rows) > _MOST_KEPT:
            self._rows.popitem(last=False)

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return head_data(heads(), section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row_at(index.row())
        if role == ROW or row is None:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return _text(row, Column(index.column()))


def heads() -> tuple[str, ...]:
    """The columns' heads."""
    return ("", tr("Number"), tr("Incident and what was found"), tr("Stills"), tr("State"),
            tr("Unit"))  # fmt: skip


def _text(row: HitRow, column: Column) -> str:
    match column:
        case Column.MARK:
            return ""
        case Column.NUMBER:
            return row.number.text
        case Column.WORDS:
            return f"{row.category.text} {row.first.text}"
        case Column.ATTACHED:
            return str(row.stills) if row.stills else ""
        case Column.STATE:
            return row.state
        case Column.UNIT:
            return row.units
