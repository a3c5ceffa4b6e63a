"""The page of a handover as a list: arrows choose an item, Space acknowledges, Enter opens it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from app.duty.handover_page import PageRow, PageSection
from app.thai.translation import tr
from app.ui.handover.line_paint import LinePainter
from app.ui.handover.page_lines import LINE, Box, Line, PageLines, lines_of
from app.ui.map_style import map_style
from app.ui.theme import Theme


class PageList(QListView):
    """Shows what it is given, and tells what was acknowledged; it decides nothing."""

    acknowledged = Signal(object)  # PageRow
    taken_back = Signal(object)  # PageRow
    opened = Signal(object)  # PageRow

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._model = PageLines()
        self._painter = LinePainter(theme, map_style(theme), self)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(tr("Items of the handover"))

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown, from top to bottom."""
        return self._model.lines

    def show_sections(
        self, sections: Sequence[PageSection], words: Mapping[str, str] | None
    ) -> None:
        """Other sections, or the same with other words; the chosen item stays chosen."""
        current = self.current_line()
        lines = lines_of(sections, words)
        self._painter.measure(lines, self.viewport().width())
        if self._model.show(lines) and current is not None:
            self._choose_again(current)
        self.viewport().update()

    def current_line(self) -> Line | None:
        """The chosen item's line."""
        index = self.currentIndex()
        return index.data(LINE) if index.isValid() else None

    def go_to_next(self, after: int = -1) -> None:
        """Choose the next item that is to be acknowledged; from the top again at the end."""
        lines = self._model.lines
        order = [*range(after + 1, len(lines)), *range(max(after, 0))]
        for number in order:
            if lines[number].box is Box.OPEN:
                self._choose(number)
                return

    def acknowledge_current(self) -> None:
        """As Space does: the item is acknowledged, and the next one chosen."""
        line = self.current_line()
        if line is None or line.row is None:
            self.go_to_next()
        elif line.box is Box.OPEN:
            row = self.currentIndex().row()
            self.acknowledged.emit(line.row)
            self.go_to_next(row)
        elif line.box is Box.DONE:
            self.go_to_next(self.currentIndex().row())

    def _choose(self, number: int) -> None:
        index = self._model.index(number, 0)
        select = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(index, select)
        self.scrollTo(index)

    def _choose_again(self, line: Line) -> None:
        """The item that was chosen; if it is gone, the first."""
        number = self._model.place_of(line.id)
        if number < 0:
            number = next((n for n, one in enumerate(self.lines) if one.row is not None), -1)
        if number >= 0:
            self._choose(number)

    # Qt

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes with the keyboard sees which item it would go to."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.go_to_next()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.current_line()
        match event.key():
            case Qt.Key.Key_Space:
                self.acknowledge_current()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if line is not None:
                self.opened.emit(line.row)
            case Qt.Key.Key_Backspace if line is not None and line.box is Box.DONE:
                self.taken_back.emit(line.row)
            case _:
                super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The box ticks and unticks; a little beside it counts too."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        line: Line | None = index.data(LINE) if index.isValid() else None
        if line is None or line.row is None or line.box is Box.NONE:
            return
        box = self._painter.box_of(self.visualRect(index)).adjusted(-8, -8, 8, 8)
        if box.contains(event.position().toPoint()):
            (self.acknowledged if line.box is Box.OPEN else self.taken_back).emit(line.row)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        self._on_activated(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._painter.measure(self._model.lines, self.viewport().width())

    def _on_activated(self, index: QModelIndex) -> None:
        line: Line | None = index.data(LINE) if index.isValid() else None
        row: PageRow | None = line.row if line is not None else None
        if row is not None:
            self.opened.emit(row)
