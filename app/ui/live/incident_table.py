"""The open incidents: most pressing first, one row each. Reads what it is given; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPointF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QResizeEvent

from app.incidents.deadlines import Targets, Urgency, by_urgency, next_deadline
from app.incidents.incident import Incident, IncidentState
from app.map.shapes import draw_incident
from app.map.style import MapStyle
from app.thai.dates import clock_time, elapsed
from app.thai.translation import language, tr
from app.ui.live.incident_columns import Column, Needs, fitted
from app.ui.theme import Theme
from app.ui.widgets.plain_table import CELL_PADDING_PX, WholeRowTable, make_plain, row_height
from app.ui.widgets.state_rows import StateRowPainter, StateRows
from app.ui.words import deadline_words, map_urgency, stage_words

_MARK_RADIUS_PX = 8.0
_BESIDE_WORDS_PX = 2 * CELL_PADDING_PX + 2
_ENDLESS_PX = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line as it is shown: texts by column, and the token of each text's colour.

    `short` is the deadline in fewer words, for a narrow table.
    """

    id: str
    urgency: Urgency
    texts: tuple[str, ...]
    colours: tuple[str, ...]
    short: str


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
    return Row(incident.id, urgency, texts, colours, words.short if words else "")


class OpenIncidents(StateRows[Row]):
    """The rows of the table."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _heads())
        self._head_metrics = QFontMetrics(theme.font("hint", 500))
        self.room_px: Mapping[Column, int] = {}
        """The room for the words of each column that is seen: a deadline that needs more is said
        shorter, a head that needs more ends in …"""

    def words_of(self, row: Row, column: int) -> str:
        words = super().words_of(row, column)
        if column != Column.DEADLINE:
            return words
        room = self.room_px.get(Column.DEADLINE, _ENDLESS_PX)
        return words if self.px_of(words) <= room else row.short

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        said = super().headerData(section, orientation, role)
        if role != Qt.ItemDataRole.DisplayRole or not said:
            return said
        room = self.room_px.get(Column(section), _ENDLESS_PX)
        return self._head_metrics.elidedText(said, Qt.TextElideMode.ElideRight, room)

    def px_of(self, text: str) -> int:
        """How wide a text is in bold letters."""
        return self._theme.words_px("body", text, 600)

    def is_bold(self, row: Row, column: int) -> bool:
        return column == Column.NUMBER or row.colours[column] in ("red", "amber")

    def state_of(self, row: Row) -> str:
        return row.urgency.name


def _heads() -> tuple[str, ...]:
    return (
        "", tr("Number"), tr("Reported"), tr("Since"), tr("Type"), tr("Place"), tr("State"),
        tr("Unit"), tr("Next deadline"),
    )  # fmt: skip


class _RowPainter(StateRowPainter):
    """With the diamond of an incident."""

    def __init__(self, theme: Theme, style: MapStyle, parent: WholeRowTable) -> None:
        super().__init__(theme, parent)
        self._map_style = style

    def draw_mark(self, painter: QPainter, centre: QPointF, row: Row) -> None:
        draw_incident(painter, centre, map_urgency(row.urgency), self._map_style, _MARK_RADIUS_PX)


class IncidentTable(WholeRowTable):
    """The table of the Live place. Its selected row is the shared selection."""

    incident_chosen = Signal(str)

    def __init__(self, theme: Theme, style: MapStyle) -> None:
        super().__init__()
        self._theme = theme
        self._model = OpenIncidents(theme)
        self.setModel(self._model)
        self.setItemDelegate(_RowPainter(theme, style, self))
        make_plain(self, theme, tr("Open incidents"))
        self.horizontalHeader().setSectionsClickable(False)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self._following = False
        self._needs: Needs | None = None
        """Of these rows, the width that each column needs."""

    def show_incidents(
        self, incidents: Sequence[Incident], now: datetime, targets: Targets, chosen: str
    ) -> None:
        """Fill the table, most pressing first; `chosen` stays chosen wherever it moves to."""
        ordered = by_urgency(list(incidents), now, targets)
        rows = [row_for(incident, urgency, now, targets) for incident, urgency in ordered]
        self._following = True  # a reset moves the current row; the officer did not
        is_changed = self._model.show(rows)
        self._following = False
        self.choose(chosen)
        if is_changed:
            self._needs = None
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
            self.incident_chosen.emit(self._model.at(current.row()).id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.verticalHeader().setDefaultSectionSize(row_height(self, self._theme))
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Numbers, times and states get what they need; type and place share what is left."""
        if self._needs is None:
            self._needs = self._measured()
        widths = fitted(self.viewport().width(), self._theme.scale, self._needs)
        self._model.room_px = {column: width - _BESIDE_WORDS_PX for column, width in widths.items()}
        for column in Column:
            self.setColumnHidden(column, column not in widths)
        for column, width in widths.items():
            if self.columnWidth(column) != width:
                self.setColumnWidth(column, width)

    def _measured(self) -> Needs:
        rows = [self._model.at(number) for number in range(self._model.rowCount())]
        whole = {
            column: self._px_for(column, (row.texts[column] for row in rows)) for column in Column
        }
        return Needs(whole, self._px_for(Column.DEADLINE, (row.short for row in rows)))

    def _px_for(self, column: Column, texts: Iterable[str]) -> int:
        head = self._model.head_px(column)
        return max([head, *map(self._model.px_of, texts)]) + _BESIDE_WORDS_PX
