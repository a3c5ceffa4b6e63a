"""A table of Setup in which one row is chosen and stays so whatever comes, goes or is searched."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    Signal,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.ui.theme import Theme
from app.ui.widgets.plain_table import make_plain


class ChoiceRows(QAbstractTableModel):
    """Rows that are known by an id."""

    @abstractmethod
    def id_at(self, row: int) -> str:
        """What stands in a row."""

    @abstractmethod
    def row_of(self, row_id: str) -> int:
        """Where it stands; −1 if it is not shown."""


class ChoiceTable(QTableView):
    """Arrows choose, Enter goes to the form."""

    chosen = Signal(str)
    edit_requested = Signal(str)

    def __init__(
        self, theme: Theme, rows: ChoiceRows, name: str, shares: Sequence[float] = ()
    ) -> None:
        """`name` is for who cannot see it; `shares` of the width, by column, if they are fixed."""
        super().__init__()
        self._theme = theme
        self._choices, self._shares = rows, tuple(shares)
        self._chosen = ""
        self._following = False
        self.setModel(rows)
        make_plain(self, theme, name)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(theme.px(27))
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        rows.modelAboutToBeReset.connect(self._on_about_to_reset)
        rows.modelReset.connect(self._on_reset)
        self.activated.connect(self._on_activated)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column, share in enumerate(self._shares):
            self.setColumnWidth(column, int(self.viewport().width() * share))

    def choose(self, row_id: str) -> None:
        """Show this row as the chosen one; none when the id is empty."""
        self._chosen = row_id
        row = self._choices.row_of(row_id)
        self._following = True
        if row < 0:
            self.clearSelection()
            self.selectionModel().setCurrentIndex(
                QModelIndex(), QItemSelectionModel.SelectionFlag.Clear
            )
        else:
            self.selectRow(row)
            self.scrollTo(self._choices.index(row, 0))
        self._following = False

    def _on_about_to_reset(self) -> None:
        self._following = True

    def _on_reset(self) -> None:
        self._following = False
        self.choose(self._chosen)

    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and not self._following:
            self._chosen = self._choices.id_at(index.row())
            self.chosen.emit(self._chosen)

    def _on_activated(self, index: QModelIndex) -> None:
        self.edit_requested.emit(self._choices.id_at(index.row()))
