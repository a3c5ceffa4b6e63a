"""The open incidents: most pressing first, one row each. Reads what it is given; writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.incidents.deadlines import Targets, Urgency, by_urgency, next_deadline
from app.incidents.incident import Incident, IncidentState
from app.map.shapes import draw_incident
from app.map.style import MapStyle
from app.thai.dates import clock_time, elapsed
from app.thai.translation import language, tr
from app.ui.theme import Theme
from app.ui.words import deadline_words, map_urgency, stage_words

_MARK_RADIUS_PX = 8.0
_ROOMY_PX = 1000
_CELL_PADDING_PX = 7
_MOST_ADVANCES = 4000
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, left to right."""

    MARK = 0
    NUMBER = 1
    REPORTED = 2
    ELAPSED = 3
    CATEGORY = 4
    PLACE = 5
    STATE = 6
    UNIT = 7
    DEADLINE = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it is shown: texts by column, and the token of each text's colour."""

    incident_id: str
    urgency: Urgency
    texts: tuple[str, ...]
    colours: tuple[str, ...]


def row_for(incident: Incident, urgency: Urgency, now: datetime, targets: Targets) -> Row:
    """The words of one open incident now."""
    deadline = next_deadline(incident, targets)
    words = deadline_words(deadline, now) if deadline else None
    missing = incident.state is IncidentState.NEW
    units = ", ".join(incident.units)
    pressing = {Urgency.ACT_NOW: "red", Urgency.WATCH: "amber"}.get(urgency, "text_2")
    texts = (
        "",
        incident.number,
        clock_time(incident.reported_at),
        elapsed((now - incident.reported_at).total_seconds(), language()),
        incident.category.name,
        incident.report.place,
        stage_words(incident),
        units or (tr("no unit yet") if missing else "–"),
        words.text if words else "",
    )
    late = words is not None and words.over
    colours = (
        "text", "text", "text_2", "text_2", "text", "text_2",
        "red" if missing and urgency is Urgency.ACT_NOW else "text",
        "red" if missing and urgency is Urgency.ACT_NOW else "text_2",
        ("red" if urgency is Urgency.ACT_NOW else "amber") if late else
        (pressing if urgency is Urgency.WATCH else "text_2"),
    )  # fmt: skip
    return Row(incident.id, urgency, texts, colours)


class OpenIncidents(QAbstractTableModel):
    """The rows of the table. `show` keeps the order and says only what changed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[Row] = []
        self._bold = theme.font("body", 600)
        self._plain = theme.font("body")

    def show(self, rows: Sequence[Row]) -> None:
        """Other rows, or the same ones with other words."""
        ids = [row.incident_id for row in rows]
        if ids != [row.incident_id for row in self._rows]:
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        changed = [number for number, row in enumerate(rows) if row != self._rows[number]]
        self._rows = list(rows)
        for number in changed:
            self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))

    def row_of(self, incident_id: str) -> int:
        """Where an incident stands; −1 if it is not open."""
        ids = [row.incident_id for row in self._rows]
        return ids.index(incident_id) if incident_id in ids else -1

    def at(self, number: int) -> Row:
        return self._rows[number]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        return header_text(Column(section)) if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return row.texts[column]
            case Qt.ItemDataRole.ForegroundRole:
                return self._theme.colour(row.colours[column])
            case Qt.ItemDataRole.FontRole:
                coloured = row.colours[column] in ("red", "amber")
                return self._bold if column is Column.NUMBER or coloured else self._plain
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.texts[column] or row.urgency.name
        return None


def header_text(column: Column) -> str:
    """The head of a column."""
    return (
        "", tr("Number"), tr("Reported"), tr("Since"), tr("Type"), tr("Place"), tr("State"),
        tr("Unit"), tr("Next deadline"),
    )[column]  # fmt: skip


class _RowPainter(QStyledItemDelegate):
    """Draws the state's shape, keeps state colours on selected rows, and the blue bar."""

    def __init__(self, theme: Theme, style: MapStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._map_style = style

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = option.rect
        if selected:
            painter.fillRect(rect, self._theme.colour("selected"))
        painter.setPen(self._theme.colour("line_row"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.column() == Column.MARK:
            self._paint_mark(painter, option, index, selected)
            return
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if selected and colour == self._theme.colour("text_2"):
            colour = self._theme.colour("selected_text_2")
        painter.setPen(colour)
        font = index.data(Qt.ItemDataRole.FontRole)
        painter.setFont(font)
        room = rect.adjusted(_CELL_PADDING_PX, 0, -_CELL_PADDING_PX, 0)
        text = QFontMetrics(font).elidedText(
            index.data(), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)

    def _paint_mark(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, selected: bool
    ) -> None:
        if selected:
            bar = option.rect.adjusted(0, 0, 0, 0)
            bar.setWidth(3)
            painter.fillRect(bar, self._theme.colour("blue"))
        model = index.model()
        assert isinstance(model, OpenIncidents)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(option.rect.center()) + QPointF(0.5, 0.5)
        urgency = map_urgency(model.at(index.row()).urgency)
        draw_incident(painter, centre, urgency, self._map_style, _MARK_RADIUS_PX)
        painter.restore()


class IncidentTable(QTableView):
    """The table of the Live place. Its selected row is the shared selection."""

    incident_chosen = Signal(str)

    def __init__(self, theme: Theme, style: MapStyle) -> None:
        super().__init__()
        self._theme = theme
        self._model = OpenIncidents(theme)
        self.setModel(self._model)
        self.setItemDelegate(_RowPainter(theme, style, self))
        self._build()
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self._following = False
        self._advances: dict[str, int] = {}

    def _build(self) -> None:
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(tr("Open incidents"))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setFixedHeight(self._theme.px(26))
        head.setSectionsClickable(False)

    def show_incidents(
        self, incidents: Sequence[Incident], now: datetime, targets: Targets, chosen: str
    ) -> None:
        """Fill the table, most pressing first; `chosen` stays chosen wherever it moves to."""
        ordered = by_urgency(list(incidents), now, targets)
        rows = [row_for(incident, urgency, now, targets) for incident, urgency in ordered]
        self._following = True  # a reset moves the current row; the officer did not
        self._model.show(rows)
        self._following = False
        self.choose(chosen)
        self._fit_columns()

    def choose(self, incident_id: str) -> None:
        """Show this incident as the selected one."""
        row = self._model.row_of(incident_id)
        self._following = True
        if row < 0:
            self.clearSelection()
            self.selectionModel().setCurrentIndex(
                QModelIndex(), QItemSelectionModel.SelectionFlag.Clear
            )
        elif self.currentIndex().row() != row or not self.selectionModel().hasSelection():
            self.selectRow(row)
            self.scrollTo(self._model.index(row, 0))
        self._following = False

    def step(self, by: int) -> None:
        """The next or the previous incident."""
        count = self._model.rowCount()
        if count:
            current = self.currentIndex().row()
            wanted = 0 if current < 0 else max(0, min(count - 1, current + by))
            self.selectRow(wanted)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt makes the first row current when none is: that would choose what nobody chose."""
        following, self._following = self._following, True
        super().focusInEvent(event)
        self._following = following
        if not self.selectionModel().hasSelection():
            self.selectionModel().clearCurrentIndex()

    def sizeHint(self) -> QSize:
        return QSize(800, 280)

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if not self._following and current.isValid():
            self.incident_chosen.emit(self._model.at(current.row()).incident_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        row_px = self._theme.px(25 if self.window().height() < 900 else 32)
        self.verticalHeader().setDefaultSectionSize(row_px)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Numbers, times and states get what they need; type and place share what is left.

        A narrow table drops how long ago it was: the time of the report stands beside it.
        """
        self.setColumnHidden(Column.ELAPSED, self.viewport().width() < self._theme.px(_ROOMY_PX))
        fixed = {
            column: self._needed(column) for column in Column if not self.isColumnHidden(column)
        }
        fixed[Column.MARK] = self._theme.px(36)
        left = self.viewport().width() - sum(fixed.values())
        left += fixed[Column.CATEGORY] + fixed[Column.PLACE]
        category = min(fixed[Column.CATEGORY], max(self._theme.px(90), int(left * 0.5)))
        fixed[Column.CATEGORY] = category
        fixed[Column.PLACE] = max(self._theme.px(60), left - category)
        for column, width in fixed.items():
            if self.columnWidth(column) != width:
                self.setColumnWidth(column, width)

    def _needed(self, column: Column) -> int:
        bold = QFontMetrics(self._theme.font("body", 600))
        head = QFontMetrics(self._theme.font("hint", 500)).horizontalAdvance(header_text(column))
        texts = {self._model.at(row).texts[column] for row in range(self._model.rowCount())}
        return (
            max([head, *(self._advance(bold, text) for text in texts)]) + 2 * _CELL_PADDING_PX + 2
        )

    def _advance(self, metrics: QFontMetrics, text: str) -> int:
        """How wide a text is; most of them were measured a second ago."""
        if text not in self._advances:
            if len(self._advances) > _MOST_ADVANCES:
                self._advances.clear()
            self._advances[text] = metrics.horizontalAdvance(text)
        return self._advances[text]
