"""The papers printed last: when, what, by whom. One is opened as it was printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.sheets.papers import Paper
from app.thai.dates import short_date, short_time, to_local
from app.thai.translation import language, tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel, IconLabel, voiced

MOST = 4
_ROOMY_PX = 320


class _Row(QFrame):
    """One paper; a click opens it."""

    pressed = Signal(str)  # the entry's id

    def __init__(self, theme: Theme, paper: Paper, who: str, *, today: bool) -> None:
        super().__init__()
        self._theme, self._entry = theme, paper.entry_id
        self.setProperty("row", True)
        self.setProperty("edge", "bottom")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 1, 10, 1)
        row.setSpacing(8)
        at = short_time(paper.at) if today else short_date(paper.at, language()).rsplit(" ", 1)[0]
        when = voiced(at, "second")
        when.setMinimumWidth(theme.px(44))
        row.addWidget(when)
        title = ElidedLabel(paper.title, "strong")
        row.addWidget(title, 3)
        self.who = ElidedLabel(who, "second")
        row.addWidget(self.who, 2)
        self.setToolTip(f"{paper.title} · {who}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is room for one of them, it is the sheet; the tip tells the other."""
        self.who.setVisible(self.width() >= self._theme.px(_ROOMY_PX))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self._entry)


class RecentList(QFrame):
    """Emits which paper is to be seen, or that the whole history is."""

    paper_chosen = Signal(str)
    history_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        self.setProperty("edge", "top")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 4)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(10, 2, 6, 2)
        head.setSpacing(8)
        head.addWidget(IconLabel(theme, "history"))
        head.addWidget(voiced(tr("Printed last"), "strong"))
        head.addStretch(1)
        more = KeyButton(theme, tr("All"), key="H", flat=True)
        more.clicked.connect(self.history_requested)
        head.addWidget(more)
        column.addLayout(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self._none = voiced(tr("Nothing has been printed yet."), "hint", wraps=True)
        self._none.setContentsMargins(12, 4, 10, 2)
        column.addWidget(self._none)
        note = voiced(
            tr("Printed again it is the same to the byte, whatever was corrected since."),
            "hint",
            wraps=True,
        )
        note.setContentsMargins(12, 4, 10, 2)
        column.addWidget(note)
        self._shown: list[tuple[str, str, str]] = []

    def show_papers(self, papers: Sequence[Paper], names: Mapping[str, str], today: object) -> None:
        """The newest first; `today` is the present day in Bangkok."""
        papers = papers[:MOST]
        rows = [(one.entry_id, one.title, names.get(one.actor, one.actor)) for one in papers]
        if rows == self._shown:
            return
        self._shown = rows
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for paper in papers:
            who = names.get(paper.actor, paper.actor)
            row = _Row(self._theme, paper, who, today=to_local(paper.at).date() == today)
            row.pressed.connect(self.paper_chosen)
            self._rows.addWidget(row)
        self._none.setVisible(not papers)
