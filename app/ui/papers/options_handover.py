"""Which handover goes on paper: one of the newest, by day and shift."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.duty.handover import Handover, HandoverState, open_handover, past_handovers
from app.thai.dates import short_date
from app.thai.translation import language, tr
from app.ui.papers.options_pane import OptionsPane, PaneParts
from app.ui.theme import Theme

_ID = Qt.ItemDataRole.UserRole
_MOST = 30
_ROWS, _ROW_PX = 6, 31


class HandoverPane(OptionsPane):
    """A list of signed handovers, the newest first; the one that waits stands on top."""

    def __init__(self, theme: Theme, parts: PaneParts) -> None:
        super().__init__(theme, parts)
        self._about = ""
        self._shown: list[tuple[str, str]] = []
        self.add_label(tr("Handover of the shift"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Handovers that were signed"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.add(self.list)

    def about(self) -> str:
        return self._about

    def missing(self) -> str:
        return "" if self._about else tr("No handover has been signed yet: F8 opens the handover.")

    def show_about(self, about: str) -> None:
        if about:
            self._about = about
            self.fill()

    def fill(self) -> None:
        with self.parts.log.reading() as db:
            waiting = open_handover(db)
            found = [*([waiting] if waiting is not None else []), *past_handovers(db, _MOST)]
        rows = [(one.id, _words(one)) for one in _once(found) if one.page_text]
        ids = [id_ for id_, _ in rows]
        if self._about not in ids:
            self._about = ids[0] if ids else ""
        with QSignalBlocker(self.list):
            if rows != self._shown:
                self._shown = rows
                self.list.clear()
                for id_, words in rows:
                    item = QListWidgetItem(words)
                    item.setData(_ID, id_)
                    item.setToolTip(words)
                    self.list.addItem(item)
            self.list.setCurrentRow(ids.index(self._about) if self._about else -1)
        self.list.setFixedHeight(self.theme.px(_ROW_PX) * max(1, min(len(rows), _ROWS)) + 2)

    def _on_current_changed(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None:
            self._about = str(item.data(_ID))
            self.changed.emit()


def _once(found: Sequence[Handover]) -> list[Handover]:
    return list({one.id: one for one in found}.values())


def _words(one: Handover) -> str:
    """`22 พ.ย. 2569 · เวรเช้า 08:00–16:00 · รอรับเวร`."""
    shift = one.ending
    day = short_date(shift.starts_at if shift is not None else one.written_at, language())
    parts = [day] + ([f"{shift.called} {shift.hours}"] if shift is not None else [])
    if one.state is HandoverState.WRITTEN:
        parts.append(tr("waits"))
    elif one.state is HandoverState.RETURNED:
        parts.append(tr("given back"))
    return " · ".join(parts)
