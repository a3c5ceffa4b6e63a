"""Looks at every widget of a window that is to be seen, and names each text that is cut off.

It measures with Qt's own letters and asks no screen for its opinion. Places and types of
incidents may end in …, as may labels made for it; everything else must fit. Only where the letters
are so large that the window holds fewer of them than the smallest one does of the usual size, half
of what an empty field asks for may end in …, and a whole place may be scrolled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMainWindow,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QWidget,
)

from app.incidents.incident import IncidentState
from app.ui.live.incident_columns import Column
from app.ui.live.incident_table import IncidentTable
from app.ui.live.stage_bar import StageBar
from app.ui.main_window import SMALLEST
from app.ui.setup.camera_rows import Column as CameraColumn
from app.ui.setup.camera_table import CameraTable
from app.ui.theme import Theme
from app.ui.units.board_rows import Column as UnitColumn
from app.ui.units.board_table import BoardTable
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.least_room import LeastRoom
from app.ui.words import state_name

_HEAD_PADDING = 2 * 8  # console.qss: QHeaderView::section
_CELL_PADDING = 2 * 7
_FIELD_PADDING = 2 * 8 + 4
_WHOLE_COLUMNS = (Column.NUMBER, Column.REPORTED, Column.ELAPSED, Column.STATE, Column.UNIT,
                  Column.DEADLINE)  # fmt: skip
_WHOLE_UNIT_COLUMNS = (UnitColumn.CALL_SIGN, UnitColumn.BEAT, UnitColumn.SINCE)
_WHOLE_CAMERA_COLUMNS = tuple(frozenset(CameraColumn) - {CameraColumn.MARK, CameraColumn.NAME})


def texts_cut_off(window: QMainWindow, theme: Theme) -> list[str]:
    """One line for each text, button or head that is narrower than its words."""
    found, is_tight = [], window.width() < theme.px(SMALLEST.width())
    for widget in _seen(window):
        if widget.width() > 0:
            cut = _cut(widget, theme, is_tight=is_tight)
            found += [f"{type(widget).__name__} {words}" for words in cut]
            found += _outside(widget, window, may_be_scrolled_to=is_tight)
    return found


def _seen(window: QMainWindow) -> Iterator[QWidget]:
    """All that is to be seen of a window, and of the small windows that belong to it. What stands
    in something hidden is not gone through: that is most of a console."""
    yield from _seen_in(window)
    for other in QApplication.topLevelWidgets():
        if other is not window and not other.isHidden() and _belongs(other, window):
            yield other
            yield from _seen_in(other)


def _seen_in(holder: QWidget) -> Iterator[QWidget]:
    for child in holder.children():
        if isinstance(child, QWidget) and not child.isWindow() and not child.isHidden():
            yield child
            yield from _seen_in(child)


def _belongs(widget: QWidget, window: QMainWindow) -> bool:
    holder = widget.parentWidget()
    while holder is not None and holder is not window:
        holder = holder.parentWidget()
    return holder is window


def _cut(widget: QWidget, theme: Theme, *, is_tight: bool) -> Iterator[str]:
    match widget:
        case ElidedLabel():
            yield from _too_low(widget, widget.text())
        case QLabel() if widget.text():
            yield from _label(widget)
        case QAbstractButton() if widget.text():
            need = max(widget.sizeHint().width(), _bare_width(widget, theme))
            if need > widget.width():
                yield _short(widget.text(), need, widget.width())
            yield from _too_low(widget, widget.text())
        case QComboBox():
            yield from _combo(widget)
        case QLineEdit() if not widget.text() and widget.placeholderText():
            need = widget.fontMetrics().horizontalAdvance(widget.placeholderText()) + _FIELD_PADDING
            if is_tight:
                need //= 2  # Qt ends it in …
            if need > widget.width():
                yield _short(widget.placeholderText(), need, widget.width())
        case QHeaderView():
            yield from _head(widget, theme)
        case IncidentTable():
            yield from _cells(widget, _WHOLE_COLUMNS)
        case CameraTable():
            yield from _cells(widget, _WHOLE_CAMERA_COLUMNS)
        case BoardTable():
            yield from _cells(widget, _WHOLE_UNIT_COLUMNS)
        case StageBar():
            yield from _stages(widget, theme)


def _bare_width(button: QAbstractButton, theme: Theme) -> int:
    """The least width that shows a button's own drawing: its words, its icon and its key cap."""
    if not isinstance(button, KeyButton):
        return button.fontMetrics().horizontalAdvance(button.text())
    cap = QFontMetrics(theme.font("kbd", 500)).horizontalAdvance(button._key)
    words = QFontMetrics(theme.font("body", 600)).horizontalAdvance(button.text())
    return words + (cap + 12 if button._key else 0) + (theme.px(16) if button._icon else 0) + 8


def _label(label: QLabel) -> Iterator[str]:
    if not label.wordWrap():
        if label.sizeHint().width() > label.width():
            yield _short(label.text(), label.sizeHint().width(), label.width())
        yield from _too_low(label, label.text())
        return
    need = label.heightForWidth(label.width())
    if need > label.height():
        yield f"“{label.text()[:60]}” needs a height of {need}, has {label.height()}"
    flags = int(Qt.TextFlag.TextWordWrap.value)
    room = QRect(0, 0, label.contentsRect().width(), 100_000)
    wide = label.fontMetrics().boundingRect(room, flags, label.text()).width()
    if wide > room.width():
        yield _short(label.text(), wide, room.width())


def _too_low(widget: QWidget, text: str) -> Iterator[str]:
    need = widget.fontMetrics().height()
    has = widget.contentsRect().height()  # what a squeezed label has left between its margins
    if need > has + 1:
        yield f"“{text[:60]}” needs a height of {need}, has {has}"


def _combo(combo: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = combo.style().subControlRect(control, option, part, combo).width()
    for number in range(combo.count()):
        need = combo.fontMetrics().horizontalAdvance(combo.itemText(number))
        if need > room:
            yield _short(combo.itemText(number), need, room)


def _head(head: QHeaderView, theme: Theme) -> Iterator[str]:
    if head.orientation() is not Qt.Orientation.Horizontal:
        return
    metrics = QFontMetrics(theme.font("hint", 500))
    for section in range(head.count()):
        text = head.model().headerData(section, Qt.Orientation.Horizontal) or ""
        need = metrics.horizontalAdvance(text) + _HEAD_PADDING
        if not text or head.isSectionHidden(section):
            continue
        if need > head.sectionSize(section):
            yield _short(text, need, head.sectionSize(section))
        if head.sectionViewportPosition(section) + need > head.viewport().width() + 1:
            yield f"“{text}” stands beyond the right edge"


def _cells(table: QTableView, columns: Sequence[int]) -> Iterator[str]:
    model = table.model()
    for row in range(model.rowCount()):
        for column in columns:
            if table.isColumnHidden(column):
                continue
            index = model.index(row, column)
            metrics = QFontMetrics(index.data(Qt.ItemDataRole.FontRole))
            need = metrics.horizontalAdvance(index.data()) + _CELL_PADDING
            if need > table.columnWidth(column):
                yield _short(index.data(), need, table.columnWidth(column))


def _stages(bar: StageBar, theme: Theme) -> Iterator[str]:
    """Each stage's name at its boldest, with 6 px to each side, side by side."""
    metrics = QFontMetrics(theme.font("hint", 600))
    need = sum(metrics.horizontalAdvance(state_name(stage)) + 12 for stage in IncidentState)
    if need > bar.width():
        yield _short(" · ".join(state_name(stage) for stage in IncidentState), need, bar.width())


def _outside(widget: QWidget, window: QMainWindow, *, may_be_scrolled_to: bool) -> list[str]:
    """A widget with words must lie inside everything that holds it; what scrolls, sideways only.
    Where it says so, a whole place may be scrolled, both ways."""
    if not isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
        return []
    rect = widget.rect()
    holder: QWidget = widget
    left, right = rect.left(), rect.right()
    scrolls = False
    while holder != window:
        parent = holder.parentWidget()
        if parent is None or holder.isWindow():
            return []
        if may_be_scrolled_to and isinstance(parent.parentWidget(), LeastRoom):
            return []
        scrolls = scrolls or _scrolls(parent.parentWidget())
        at = widget.mapTo(parent, QPoint(0, 0))
        beyond = at.x() + left < 0 or at.x() + right > parent.width()
        if not scrolls:
            beyond = beyond or at.y() < 0 or at.y() + rect.bottom() > parent.height()
        if beyond:
            text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
            return [f"{type(widget).__name__} “{text[:60]}” reaches out of {type(parent).__name__}"]
        holder = parent
    return []


def _scrolls(widget: QWidget | None) -> bool:
    return isinstance(widget, QAbstractScrollArea) and not isinstance(widget, LeastRoom)


def _short(text: str, need: int, has: int) -> str:
    return f"“{text[:60]}” needs {need} px, has {has}"
