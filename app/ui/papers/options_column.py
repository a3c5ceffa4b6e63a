"""The right column: options of the sheet or facts of a stored paper, printer, the two buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.papers.common_options import CommonOptions
from app.ui.papers.options_pane import OptionsPane
from app.ui.papers.printer_box import PrinterBox
from app.ui.papers.queue_list import QueueList
from app.ui.papers.stored_pane import StoredPane
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import rule, voiced
from app.ui.widgets.scrolling import scrolled
from app.ui.widgets.section_head import SectionHead


class OptionsColumn(QFrame):
    """Composes; what its parts tell goes through to the place."""

    print_requested = Signal()
    save_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        self.setProperty("edge", "left")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(theme, "sliders-horizontal", tr("Options")))
        column.addWidget(self._build_options(), 2)
        column.addWidget(rule())
        column.addWidget(self._build_acts())
        self.queue = QueueList(theme)
        column.addWidget(self.queue, 1)

    def _build_options(self) -> QScrollArea:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(14, 8, 10, 8)
        column.setSpacing(7)
        self._panes = QStackedWidget()
        self.stored = StoredPane(self._theme)
        self._panes.addWidget(self.stored)
        self.common = CommonOptions(self._theme)
        column.addWidget(self._panes)
        column.addWidget(self.common)
        column.addStretch(1)
        return scrolled(page)

    def _build_acts(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(14, 6, 12, 9)
        column.setSpacing(7)
        self.printer = PrinterBox(self._theme)
        column.addWidget(self.printer)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.save = KeyButton(self._theme, "PDF", key="Ctrl S", icon="file-down")
        self.print = KeyButton(self._theme, tr("Print"), key="F9", icon="printer", primary=True)
        for button in (self.save, self.print):
            button.setMinimumHeight(self._theme.px(36))
        self.save.clicked.connect(self.save_requested)
        self.print.clicked.connect(self.print_requested)
        row.addWidget(self.save)
        row.addWidget(self.print, 1)
        column.addLayout(row)
        self._why = voiced("", "hint", wraps=True)
        self._why.hide()
        column.addWidget(self._why)
        return box

    # What it is told

    def add_pane(self, pane: OptionsPane) -> None:
        """The options of another kind."""
        self._panes.addWidget(pane)

    def show_pane(self, pane: QWidget, *, with_common: bool) -> None:
        """These; only as high as they need be, whatever the others need."""
        for number in range(self._panes.count()):
            page = self._panes.widget(number)
            if page is not None:
                policy = page.sizePolicy()
                fits = policy.Policy.Preferred if page is pane else policy.Policy.Ignored
                page.setSizePolicy(policy.Policy.Preferred, fits)
        self._panes.setCurrentWidget(pane)
        self.common.setVisible(with_common)

    def show_acts(self, words: str, *, can_print: bool, can_save: bool, why_not: str) -> None:
        """What the buttons do now, and why they do not."""
        self.print.show_words(words, "F9")
        self.print.setEnabled(can_print)
        self.save.setEnabled(can_save)
        self._why.setText(why_not)
        self._why.setVisible(bool(why_not))
