"""The history: everything that was printed or saved, by whom; one is opened as it was."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QVBoxLayout,
)

from app.thai.translation import tr
from app.ui.papers.history_model import Column, HistoryModel, Read, heads
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import IconLabel, voiced
from app.ui.widgets.plain_table import make_plain

_ROW_PX = 30
_SPARE_PX = 20


class _Table(QTableView):
    """Enter opens the row; letters are keys of the place."""

    entered_row = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.entered_row.emit(self.currentIndex().row())
        elif event.text() and event.text().isprintable() and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


class HistoryPane(QFrame):
    """Emits the paper that shall be seen."""

    paper_opened = Signal(object)  # Paper
    left = Signal()

    def __init__(self, theme: Theme, read: Read) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_bar())
        self.model = HistoryModel(theme, read)
        self.table = _Table()
        self.table.setModel(self.model)
        self.table.setProperty("airy", True)
        make_plain(self.table, theme, tr("Papers that were printed"))
        self.table.verticalHeader().setDefaultSectionSize(theme.px(_ROW_PX))
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.table.entered_row.connect(self._on_row)
        self.table.doubleClicked.connect(self._on_double_clicked)
        column.addWidget(self.table, 1)
        self._none = voiced("", "second", wraps=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setContentsMargins(20, 30, 20, 30)
        column.addWidget(self._none, 1)

    def _build_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("edge", "bottom")
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 4, 10, 4)
        row.setSpacing(8)
        row.addWidget(IconLabel(self._theme, "history"))
        row.addWidget(voiced(tr("Everything that was printed"), "strong"))
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("Sheet, number, name, printer…"))
        self.line.setAccessibleName(tr("Search what was printed"))
        self.line.setMaxLength(200)
        self.line.textChanged.connect(self._on_text)
        self.line.returnPressed.connect(self.go_to_rows)
        row.addWidget(self.line, 1)
        open_ = KeyButton(self._theme, tr("Open"), key="Enter", icon="eye")
        open_.clicked.connect(self._on_open)
        back = KeyButton(self._theme, tr("Back"), key="Esc", icon="chevron-left")
        back.clicked.connect(self.left)
        row.addWidget(open_)
        row.addWidget(back)
        return bar

    def fill(self, names: Mapping[str, str]) -> None:
        """Read it; the keyboard goes to the newest."""
        self.model.begin(names)
        self._tell()
        self._fit()

    def go_to_rows(self) -> None:
        """The keyboard to the rows, the first one chosen if none is."""
        self.table.setFocus()
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def _tell(self) -> None:
        empty = self.model.rowCount() == 0
        words = tr("Nothing that was printed holds these words.")
        self._none.setText(words if self.line.text() else tr("Nothing has been printed yet."))
        self._none.setVisible(empty)
        self.table.setVisible(not empty)

    def _fit(self) -> None:
        """Every column as wide as its words, the sheet's title what is left."""
        metrics = QFontMetrics(self._theme.font("body"))
        needed = {
            Column.WHEN: "30 เม.ย. 2569 23:59:59",
            Column.WHO: "ร.ต.อ.หญิง กัลยารัตน์ ศรี",
            Column.HOW: "พิมพ์ซ้ำ (สำเนา) · ห้องร้อยเวร HP",
            Column.PAGES: heads()[Column.PAGES],
            Column.HASH: "d0d8 a0b6 … bb6d",
        }
        widths = {one: metrics.horizontalAdvance(text) + _SPARE_PX for one, text in needed.items()}
        room = self.table.viewport().width()
        for spare in (Column.HASH, Column.PAGES, Column.HOW):
            least = self._theme.px(190)
            hide = room - sum(width for width in widths.values()) < least
            self.table.setColumnHidden(spare, hide)
            if hide:
                del widths[spare]
        widths[Column.TITLE] = max(self._theme.px(120), room - sum(widths.values()))
        for column, width in widths.items():
            self.table.setColumnWidth(column, width)

    # Slots

    def _on_text(self, text: str) -> None:
        self.model.filter(text)
        self._tell()

    def _on_row(self, number: int) -> None:
        self.paper_opened.emit(self.model.at(number))

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._on_row(index.row())

    def _on_open(self) -> None:
        if self.table.currentIndex().isValid():
            self._on_row(self.table.currentIndex().row())

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
