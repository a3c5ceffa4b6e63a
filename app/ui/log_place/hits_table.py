"""The table of found incidents: two-line rows of any number. Its current row is the selection."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)

from app.incidents.incident import IncidentState
from app.map.style import MapStyle
from app.thai.translation import tr
from app.ui.log_place.hit_painter import HitPainter
from app.ui.log_place.hit_row import HitRow
from app.ui.log_place.hits_model import Column, HitsModel, Keys, heads
from app.ui.theme import Theme
from app.ui.widgets.plain_table import CUT_PX, WholeRowTable, make_plain, row_height
from app.ui.words import state_name

_ROW_PX, _SMALL_ROW_PX = 53, 47
_ROOMY_PX = 860
_SPARE_PX = 16
_WORDS_LEAST_PX = 120


class HitsTable(WholeRowTable):
    """Emits the incident of the row that somebody chose, and the one that shall be opened."""

    incident_chosen = Signal(str)
    incident_opened = Signal(str)
    left_upwards = Signal()  # ↑ on the first row

    def __init__(self, theme: Theme, style: MapStyle, model: HitsModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._following = False
        self._ground = theme.colour("panel")
        self.setModel(model)
        self._painter = HitPainter(theme, style)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # it may be scrolled
        self._build()
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    def _build(self) -> None:
        make_plain(self, self._theme, tr("Found incidents"))
        side, head = self.verticalHeader(), self.horizontalHeader()
        side.setMinimumSectionSize(1)
        side.setDefaultSectionSize(self._theme.px(_ROW_PX))
        head.setSectionsClickable(False)
        head.setMinimumSectionSize(1)

    # Filling

    def show_keys(self, keys: Keys, chosen: int) -> None:
        """Other incidents; the chosen one's key stays chosen where it stands now."""
        self._following = True
        self._model.show(keys)
        self._following = False
        self.executeDelayedItemsLayout()
        self.scrollToTop()
        self.choose(chosen)

    def prepend(self, keys: Keys) -> None:
        """New ones above all others; who has scrolled down goes on seeing the same."""
        bar = self.verticalScrollBar()
        at = bar.value()
        self._following = True
        self._model.prepend(keys)
        self._following = False
        if at > 0:
            self.executeDelayedItemsLayout()  # the bar has its new length
            bar.setValue(at + len(keys))

    def replace(self, keys: Keys) -> None:
        """The same question answered again: what is looked at stays where it is."""
        if np.array_equal(keys, self._model.keys):
            return
        before, top = self._model.keys, self.verticalScrollBar().value()
        current = self.currentIndex().row()
        top_key = int(before[top]) if 0 < top < len(before) else -1
        chosen = int(before[current]) if 0 <= current < len(before) else -1
        self._following = True
        self._model.show(keys)
        self._following = False
        self.executeDelayedItemsLayout()
        self.choose(chosen)
        number = self._model.number_of(top_key)
        if number >= 0:
            self.verticalScrollBar().setValue(number)

    def choose(self, key: int) -> None:
        """Show this incident as the selected one, if it is here; nobody is told."""
        number = self._model.number_of(key) if key >= 0 else -1
        self._following = True
        if number < 0:
            self.clearSelection()
            self.selectionModel().setCurrentIndex(
                QModelIndex(), QItemSelectionModel.SelectionFlag.Clear
            )
        elif self.currentIndex().row() != number or not self.selectionModel().hasSelection():
            self.selectRow(number)
            self.scrollTo(self._model.index(number, 0))
        self._following = False

    def choose_first(self) -> None:
        """The newest, as ↓ from the field does."""
        if self._model.rowCount():
            self.setFocus()
            self.selectRow(0 if self.currentIndex().row() < 0 else self.currentIndex().row())

    @property
    def current(self) -> HitRow | None:
        """The row that is chosen."""
        number = self.currentIndex().row()
        return self._model.row_at(number) if number >= 0 else None

    # Slots

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        row = self._model.row_at(current.row()) if current.isValid() else None
        if not self._following and row is not None:
            self.incident_chosen.emit(row.incident_id)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        row = self._model.row_at(index.row())
        if row is not None:
            self.incident_opened.emit(row.incident_id)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.incident_opened.emit(self.current.incident_id)
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        elif event.text() and event.text().isprintable() and not event.modifiers():
            event.ignore()  # a letter is a key of the place, and never looks for a row
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt makes the first row current when none is: that would choose what nobody chose."""
        following, self._following = self._following, True
        super().focusInEvent(event)
        self._following = following
        if not self.selectionModel().hasSelection():
            self.selectionModel().clearCurrentIndex()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Row by row: a cell at a time, through delegates, takes three times as long."""
        painter, room = QPainter(self.viewport()), event.rect()
        count, width = self._model.rowCount(), self.viewport().width()
        first = self.rowAt(room.top())
        row_px = self.verticalHeader().defaultSectionSize()
        top = self.rowViewportPosition(first) if first >= 0 else 0
        chosen = self.currentIndex().row() if self.selectionModel().hasSelection() else -1
        number = first if first >= 0 else count
        while top <= room.bottom() and not self.is_cut_away(top) and number < count:
            row = self._model.row_at(number)
            self._painter.paint(painter, top, width, row, selected=number == chosen)
            top, number = top + row_px, number + 1
        painter.fillRect(0, top, width, max(0, room.bottom() + 1 - top), self._ground)

    def sizeHint(self) -> QSize:
        return QSize(700, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        row_px = row_height(self, self._theme, _SMALL_ROW_PX, _ROW_PX)
        if self.verticalHeader().defaultSectionSize() != row_px:
            with QSignalBlocker(self.verticalScrollBar()):
                self.verticalHeader().setDefaultSectionSize(row_px)
        self._model.in_sight = max(1, -(-(self.viewport().height() - CUT_PX) // row_px))
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Number, state and unit get what they need; the words share what is left.

        With little room the unit gives way to the words, never the state.
        """
        room = self.viewport().width()
        self.setColumnHidden(Column.ATTACHED, room < self._theme.px(_ROOMY_PX))
        widths = {
            Column.MARK: self._theme.px(36),
            Column.NUMBER: self._needed(Column.NUMBER, "30 ม.ค. 69 23:44", "99999/2569"),
            Column.ATTACHED: self._needed(Column.ATTACHED, "000000000"),
            Column.STATE: self._needed(Column.STATE, *_longest_states()),
            Column.UNIT: self._needed(Column.UNIT, "มุกดา 21, 23" if room > 700 else "มุกดา 21"),
        }
        if self.isColumnHidden(Column.ATTACHED):
            widths[Column.ATTACHED] = 0
        without_unit = room - sum(widths.values()) < self._theme.px(_WORDS_LEAST_PX)
        self.setColumnHidden(Column.UNIT, without_unit)
        if without_unit:
            widths[Column.UNIT] = 0
        widths[Column.WORDS] = max(self._theme.px(60), room - sum(widths.values()))
        for column, width in widths.items():
            if width and self.columnWidth(column) != width:
                self.setColumnWidth(column, width)
        shown = [column for column in Column if not self.isColumnHidden(column)]
        self._painter.set_columns(
            {one: (self.columnViewportPosition(one), self.columnWidth(one)) for one in shown},
            self.verticalHeader().defaultSectionSize(),
        )

    def _needed(self, column: Column, *texts: str) -> int:
        strong = QFontMetrics(self._theme.font("body", 600))
        head = self._theme.words_px("hint", heads()[column], 500)
        return max(head, *map(strong.horizontalAdvance, texts)) + _SPARE_PX + 2


def _longest_states() -> tuple[str, ...]:
    return tuple(state_name(state) for state in IncidentState)
