"""The handovers of the past, the newest first; a night shift under the date it starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout

from app.duty.handover import Handover, HandoverState
from app.duty.officers import Officer
from app.thai.dates import weekday_date
from app.thai.translation import language, tr
from app.ui.theme import Theme
from app.ui.widgets.labels import voiced
from app.ui.widgets.section_head import SectionHead

_ID = Qt.ItemDataRole.UserRole
_WIDE_PX = 270


class PastList(QFrame):
    """Arrows choose one; it is shown beside the list."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        self.setProperty("edge", "right")
        self.setFixedWidth(theme.px(_WIDE_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(theme, "history", tr("Past handovers")))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Past handovers"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._on_current_changed)
        column.addWidget(self.list, 1)
        self._empty = voiced(tr("No shift has been handed over yet."), "second", wraps=True)
        self._empty.setContentsMargins(14, 10, 14, 10)
        column.addWidget(self._empty)
        self._shown: list[tuple[str, str]] = []
        self.hide()

    def show_past(
        self, past: Sequence[Handover], names: Mapping[str, Officer], chosen: str
    ) -> None:
        """These, and which of them is read now; none when `chosen` is empty."""
        rows = [(one.id, _words(one, names)) for one in past]
        with QSignalBlocker(self.list):
            if rows != self._shown:
                self._shown = rows
                self.list.clear()
                for id_, words in rows:
                    item = QListWidgetItem(words)
                    item.setData(_ID, id_)
                    item.setToolTip(words)
                    self.list.addItem(item)
            ids = [id_ for id_, _ in rows]
            self.list.setCurrentRow(ids.index(chosen) if chosen in ids else -1)
        self._empty.setVisible(not rows)
        self.list.setVisible(bool(rows))

    def _on_current_changed(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(_ID)))


def _words(one: Handover, names: Mapping[str, Officer]) -> str:
    """Day, shift, from whom to whom: a line each."""
    shift = one.ending
    if shift is None:
        first = weekday_date(one.written_at, language())
    else:
        first = f"{weekday_date(shift.starts_at, language())}\n{shift.called} {shift.hours}"
    outgoing, incoming = (name_of(id_, names) for id_ in (one.outgoing, one.incoming))
    if one.state is HandoverState.RETURNED:
        given_back = tr("given back")
        return f"{first}\n{outgoing} · {given_back}"
    return f"{first}\n{outgoing} → {incoming}"


def name_of(officer_id: str, names: Mapping[str, Officer]) -> str:
    """An officer's name; the id of one who is not on the list."""
    found = names.get(officer_id)
    return found.name if found is not None else officer_id
