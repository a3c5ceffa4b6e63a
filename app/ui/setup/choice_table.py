"""A table of Setup in which one row is chosen and stays so whatever comes, goes or is searched."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex


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

    def __init__(self, theme: Theme, rows: ChoiceRows, name: str) -> None:
        """`name` is for who cannot see it."""
        super().__init__()
        self._theme = theme
        self._choices = rows
        self._chosen = ""
        self._following = False
        self.setModel(rows)
        self._build(name)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        rows.modelAboutToBeReset.connect(self._on_about_to_reset)
        rows.modelReset.connect(self._on_reset)
        self.activated.connect(self._on_activated)

    def _build(self, name: str) -> None:
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(name)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(self._theme.px(27))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setFixedHeight(self._theme.px(26))

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
