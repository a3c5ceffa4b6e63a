"""The walls that were drawn by hand, with their length. Knows no drawing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidgetItem, QVBoxLayout

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.fitted_list import FittedList
from app.ui.widgets.labels import voiced
from app.ui.widgets.section_head import SectionHead

_ID = Qt.ItemDataRole.UserRole
_MOST_ROWS = 5


class WallsPanel(QFrame):
    """One row a wall. Enter or a double click takes it in the hand."""

    edit_requested = Signal(str)
    draw_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: tuple[tuple[str, str], ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = SectionHead(theme, "route", tr("Drawn walls"))
        self.draw = KeyButton(theme, tr("Draw a wall"), key="B", slim=True)
        self.draw.clicked.connect(self.draw_requested)
        head.add_right(self.draw)
        column.addWidget(head)
        self._empty = voiced(
            tr("Fences and hoardings that cut the sight of cameras and are on no map."),
            "second",
            wraps=True,
        )
        self._empty.setContentsMargins(12, 6, 12, 6)
        column.addWidget(self._empty)
        self.list = FittedList(tr("Drawn walls"), _MOST_ROWS)
        self.list.itemActivated.connect(self._on_activated)
        column.addWidget(self.list)
        self.list.fit()

    def show_walls(self, rows: Sequence[tuple[str, str]]) -> None:
        """These walls: the id and the words of each. The same ones again change nothing."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        with QSignalBlocker(self.list):
            self.list.clear()
            for wall_id, words in rows:
                item = QListWidgetItem(words)
                item.setData(_ID, wall_id)
                item.setToolTip(words)
                self.list.addItem(item)
        self._empty.setVisible(not rows)
        self.list.fit()

    def _on_activated(self, item: QListWidgetItem) -> None:
        self.edit_requested.emit(str(item.data(_ID)))
