"""The pane of filters: a time in words, boxes to tick, and the searches kept under a name."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from app.errors import KnownError
from app.incidents.saved_searches import SavedSearch
from app.thai.translation import explain, tr
from app.ui.icons import pixmap
from app.ui.log_place.day_bars import DayBars
from app.ui.log_place.filter_list import FilterList
from app.ui.theme import Theme
from app.ui.widgets.fitted_list import FittedList
from app.ui.widgets.keys import keeps_escape
from app.ui.widgets.labels import restate, voiced
from app.ui.widgets.section_head import SectionHead

_ID = Qt.ItemDataRole.UserRole
_SAVED_ROWS = 6


class FilterPane(QFrame):
    """Emits what was typed, ticked and chosen."""

    when_edited = Signal(str)
    cleared = Signal()
    saved_chosen = Signal(str)  # id
    saved_removed = Signal(str)  # id
    left = Signal()  # Esc or Enter in the field of times

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        self.setProperty("edge", "right")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        column.addLayout(self._build_when())
        self.list = FilterList(theme)
        column.addWidget(self.list, 1)
        column.addWidget(self._build_saved())

    def _build_head(self) -> SectionHead:
        head = SectionHead(self._theme, "sliders-horizontal", tr("Filters"))
        self.clear = QPushButton(tr("Clear"))
        self.clear.setProperty("flat", True)
        self.clear.setProperty("slim", True)
        self.clear.clicked.connect(self.cleared)
        head.add_right(self.clear)
        return head

    def _build_when(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setContentsMargins(12, 8, 12, 6)
        box.setSpacing(3)
        box.addWidget(voiced(tr("Time"), "strong"))
        self.when = QLineEdit()
        self.when.setPlaceholderText(tr("last night, 1-15 Oct 2569"))
        self.when.setAccessibleName(tr("Time, in words or as dates"))
        self.when.setMaxLength(80)
        self.when.installEventFilter(self)
        self.when.textEdited.connect(self.when_edited)
        self.when_words = voiced("", "hint", wraps=True)
        box.addWidget(self.when)
        box.addWidget(self.when_words)
        self.bars = DayBars(self._theme)
        box.addWidget(self.bars)
        return box

    def _build_saved(self) -> QFrame:
        card = QFrame()
        card.setProperty("edge", "top")
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 6, 0, 4)
        column.setSpacing(2)
        title = voiced(tr("Saved searches"), "strong")
        title.setContentsMargins(12, 2, 12, 2)
        column.addWidget(title)
        self.saved = FittedList(tr("Saved searches"), _SAVED_ROWS)
        self.saved.installEventFilter(self)
        self.saved.itemClicked.connect(self._on_saved)
        column.addWidget(self.saved)
        self._saved_card = card
        return card

    # What is shown

    def show_when(self, text: str, words: str, error: KnownError | None) -> None:
        """The time as typed, and how it was understood or why not."""
        if self.when.text() != text:
            self.when.setText(text)
        shown = explain(error) if error is not None else words
        self.when_words.setText(shown)
        restate(self.when_words, "state", "amber" if error is not None else "")
        self.when_words.setVisible(bool(shown))

    def show_saved(self, searches: Sequence[SavedSearch]) -> None:
        """Those on offer."""
        self.saved.clear()
        mark = QIcon(pixmap("bookmark", self._theme.colour("text_2"), self._theme.px(14)))
        for search in searches:
            item = QListWidgetItem(mark, search.name)
            item.setData(_ID, search.id)
            item.setToolTip(tr("{name}: Enter searches, Del removes it", name=search.name))
            self.saved.addItem(item)
        self.saved.fit()
        self._saved_card.setVisible(bool(searches))

    # Slots and Qt

    def _on_saved(self, item: QListWidgetItem) -> None:
        self.saved_chosen.emit(str(item.data(_ID)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.when and keeps_escape(event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(watched, event.key())
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, key: int) -> bool:
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if watched is self.when and (enter or key == Qt.Key.Key_Escape):
            self.left.emit()
            return True
        item = self.saved.currentItem()
        if watched is self.saved and item is not None:
            if enter:
                self._on_saved(item)
                return True
            if key == Qt.Key.Key_Delete:
                self.saved_removed.emit(str(item.data(_ID)))
                return True
        return False
