"""Rows to tick beside the table of places: those of a file, or names the map proposes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import KnownError
from app.thai.translation import explain, tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel, restate, voiced
from app.ui.widgets.section_head import SectionHead
from app.ui.widgets.tick_list import TickList, TickRow


class TickPane(QFrame):
    """What is ticked is taken; with `refusal` words it can be refused for good as well."""

    take_requested = Signal(object)  # set[str]: the rows
    refuse_requested = Signal(object)  # set[str]
    closed = Signal()

    def __init__(self, theme: Theme, title: str, *, refusal: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._has_refusal = bool(refusal)
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(theme, "list", title))
        column.addWidget(self._build_top())
        self.rows = TickList(theme, title)
        self.rows.ticks_changed.connect(self._fit)
        column.addWidget(self.rows, 1)
        column.addWidget(self._build_foot(refusal))
        self._fit()

    def _build_top(self) -> QWidget:
        top = QFrame()
        top.setProperty("edge", "bottom")
        column = QVBoxLayout(top)
        column.setContentsMargins(16, 8, 16, 6)
        column.setSpacing(2)
        self.name = ElidedLabel("", "strong")
        self.summary = voiced("", "second", wraps=True)
        row = QHBoxLayout()
        self.all = KeyButton(self._theme, tr("Tick all"), flat=True)
        self.none = KeyButton(self._theme, tr("Tick none"), flat=True)
        row.addWidget(self.all)
        row.addWidget(self.none)
        row.addStretch(1)
        column.addWidget(self.name)
        column.addWidget(self.summary)
        column.addLayout(row)
        self.all.clicked.connect(self._on_all)
        self.none.clicked.connect(self._on_none)
        return top

    def _build_foot(self, refusal: str) -> QWidget:
        foot = QFrame()
        foot.setProperty("edge", "top")
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(6)
        self.words = voiced("", wraps=True)
        self.words.hide()
        self.refuse = KeyButton(self._theme, refusal, flat=True)
        column.addWidget(self.words)
        column.addWidget(self.refuse, 0, Qt.AlignmentFlag.AlignLeft)
        self.refuse.setVisible(self._has_refusal)  # in its place by now: else a window of its own
        row = QHBoxLayout()
        self.close_pane = KeyButton(self._theme, tr("To the form"), flat=True)
        self.take = KeyButton(self._theme, tr("Take"), icon="check", primary=True)
        row.addWidget(self.close_pane)
        row.addStretch(1)
        row.addWidget(self.take)
        column.addLayout(row)
        self.refuse.clicked.connect(self._on_refuse)
        self.take.clicked.connect(self._on_take)
        self.close_pane.clicked.connect(self.closed)
        return foot

    def show_waiting(self, name: str, words: str) -> None:
        """Something is being read."""
        self.name.setText(name)
        self.name.setVisible(bool(name))
        self.summary.setText(words)
        self.rows.show_rows(())
        self.tell("", "")

    def show_rows(self, summary: str, rows: Sequence[TickRow]) -> None:
        """What was found."""
        self.summary.setText(summary)
        self.rows.show_rows(rows)

    def show_failure(self, error: KnownError) -> None:
        """It could not be read, or not be saved."""
        self.tell(explain(error), "red")
        if not self.rows.count():
            self.summary.setText("")
        self._fit()

    def tell(self, words: str, state: str) -> None:
        """A sentence over the buttons."""
        restate(self.words, "state", state)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _fit(self) -> None:
        count = len(self.rows.ticked())
        for button in (self.take, self.refuse):
            button.setEnabled(bool(count))
        self.take.show_words(tr("Take {count}", count=count) if count else tr("Take"), "")
        for button in (self.all, self.none):
            button.setEnabled(bool(self.rows.count()))

    def _on_all(self) -> None:
        self.rows.tick(True)

    def _on_none(self) -> None:
        self.rows.tick(False)

    def _on_take(self) -> None:
        self._hold()
        self.take_requested.emit(self.rows.ticked())

    def _on_refuse(self) -> None:
        self._hold()
        self.refuse_requested.emit(self.rows.ticked())

    def _hold(self) -> None:
        """No second press while it is being saved."""
        self.tell("", "")
        for button in (self.take, self.refuse):
            button.setEnabled(False)
