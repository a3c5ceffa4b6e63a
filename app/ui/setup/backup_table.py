"""The backups there are, the newest first; one can be chosen. Knows no folder."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from app.clock import from_stored
from app.station.backups.backup import Backup
from app.thai.dates import date_time
from app.thai.translation import language, tr
from app.ui.review.span_words import size_words
from app.ui.theme import Theme


class BackupTable(QTableWidget):
    """A row a backup."""

    chosen = Signal()

    def __init__(self, theme: Theme) -> None:
        heads = (tr("Made"), tr("Entries"), tr("Newest entry"), tr("Size"), tr("Folder"))
        super().__init__(0, len(heads))
        self._theme = theme
        self._backups: list[Backup] = []
        self.setHorizontalHeaderLabels(heads)
        self.setProperty("airy", True)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(tr("Backups"))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(len(heads) - 1, QHeaderView.ResizeMode.Stretch)
        self.itemSelectionChanged.connect(self.chosen)

    @property
    def backup(self) -> Backup | None:
        """The chosen one."""
        row = self.currentRow()
        chosen = bool(self.selectedItems()) and 0 <= row < len(self._backups)
        return self._backups[row] if chosen else None

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """These, the newest chosen."""
        self._backups = list(backups)
        self.setRowCount(len(self._backups))
        for row, backup in enumerate(self._backups):
            newest = (
                date_time(from_stored(backup.newest_at), language()) if backup.newest_at else "–"
            )
            cells = (
                date_time(backup.made_at, language()),
                f"{backup.entries:,}",
                newest,
                size_words(backup.size_bytes),
                backup.name,
            )
            for place, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setForeground(self._theme.colour("text" if place == 0 else "text_2"))
                self.setItem(row, place, item)
        if self._backups:
            self.selectRow(0)
