"""The Papers place: sheets on the left, the preview, options and the print queue on the right.

Composes and wires. Three things may be in the preview: a sheet that is set from the log now, a
paper of the past as it went out then, or nothing, and then what to do. What is shown is printed.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import KnownError
from app.log import Changed
from app.sheets.catalogue import SHEETS
from app.thai.dates import to_local
from app.thai.translation import explain, say, tr
from app.ui.papers.history_pane import HistoryPane
from app.ui.papers.new_sheet import NewSheet
from app.ui.papers.options_column import OptionsColumn
from app.ui.papers.page_layout import ViewMode
from app.ui.papers.page_strip import PageStrip
from app.ui.papers.page_view import PageView
from app.ui.papers.paper_desk import StoredPaper
from app.ui.papers.papers_room import PapersRoom
from app.ui.papers.preview_bar import PreviewBar
from app.ui.papers.preview_foot import PreviewFoot
from app.ui.papers.printing_steps import PrintingSteps
from app.ui.papers.recent_list import MOST, RecentList
from app.ui.papers.set_sheet import SetSheet
from app.ui.papers.several_pane import SeveralPane
from app.ui.papers.several_steps import SeveralSteps
from app.ui.papers.sheet_list import SheetList
from app.ui.selection import Selection
from app.ui.theme import Theme
from app.ui.widgets.section_head import SectionHead

_ROOMY_PX = 1500
_PRINTERS_EVERY_MS = 20_000


class PapersPlace(QWidget):
    """Joins the panes."""

    told = Signal(str)
    failed = Signal(object)  # KnownError

    def __init__(self, theme: Theme, room: PapersRoom, selection: Selection) -> None:
        super().__init__()
        self._theme, self.room = theme, room
        self.desk = room.desk
        self.stored: StoredPaper | None = None
        self._is_roomy: bool | None = None
        self._build()
        self.sheet = NewSheet(self, theme, room, selection)
        self.steps = PrintingSteps(self)
        self.severals = SeveralSteps(self, room)
        self._connect()

    # Building

    def _build(self) -> None:
        theme, room = self._theme, self.room
        self.list = SheetList(theme, SHEETS)
        self.recent = RecentList(theme)
        self.bar = PreviewBar(theme)
        self.view = PageView(theme, room.pictures)
        self.strip = PageStrip(theme, room.pictures)
        self.foot = PreviewFoot(theme)
        self.history = HistoryPane(theme, self.desk.printed)
        self.several = SeveralPane(theme)
        self.column = OptionsColumn(theme)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(SectionHead(theme, "notebook-text", tr("Papers")))
        left.addWidget(self.list, 1)
        left.addWidget(self.recent)
        self.middle = QStackedWidget()
        for page in (self._build_preview(), self.history, self.several):
            self.middle.addWidget(page)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self.middle, 1)
        row.addWidget(self.column)
        self._timer = QTimer(self)
        self._timer.setInterval(_PRINTERS_EVERY_MS)

    def _build_preview(self) -> QWidget:
        self.preview = QWidget()
        column = QVBoxLayout(self.preview)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.strip)
        row.addWidget(self.view, 1)
        column.addLayout(row, 1)
        column.addWidget(self.foot)
        return self.preview

    def _connect(self) -> None:
        room, column = self.room, self.column
        self.list.kind_chosen.connect(self.show_kind)
        self.list.entered.connect(self.to_options)
        self.recent.paper_chosen.connect(self._on_recent)
        self.recent.history_requested.connect(self.toggle_history)
        self.history.paper_opened.connect(self.open_paper)
        self.history.left.connect(self.back)
        self.several.left.connect(self.back)
        column.stored.left.connect(self.back)
        self.bar.zoom_requested.connect(self.view.step_zoom)
        self.bar.mode_requested.connect(self.show_mode)
        self.view.zoomed.connect(self._on_zoomed)
        self.view.page_seen.connect(self.strip.show_page)
        self.strip.page_chosen.connect(self.view.go_to)
        room.printers_read.connect(column.printer.show_printers)
        room.desk.recorded.connect(self._on_recorded)
        room.pictures.failed.connect(self.complain)
        room.desk.desk.changed.connect(self._on_changed)
        room.desk.desk.officer_changed.connect(self.show_acts)
        self._timer.timeout.connect(room.read_printers)

    # What is shown

    def show_kind(self, code: str) -> None:
        """A new sheet of this kind, from the log as it is now."""
        self.stored = None
        self.list.show_kind(code)
        self.middle.setCurrentWidget(self.preview)
        self.sheet.show_kind(code)
        self.show_acts()

    def open_sheet(self, code: str, about: str) -> None:
        """The sheet of something, asked for elsewhere: at once, with the keyboard in it."""
        self.stored = None
        self.list.show_kind(code)
        self.middle.setCurrentWidget(self.preview)
        self.sheet.show_kind(code, about)
        self.show_acts()
        self.view.setFocus()

    def show_set(self, found: SetSheet) -> None:
        """The sheet is set: its pages, and what there is to know of it."""
        if self.stored is not None:
            return
        typeset = found.typeset
        self.room.pictures.show(typeset.pdf, f"{found.order.kind} {found.title}")
        self.view.show_note("")
        took = tr("set in {ms} milliseconds", ms=round(typeset.took_ms))
        self.bar.tell(f"{found.title} · {took}")
        size = str(typeset.sheet.options.get("paper", "a4")).upper()
        self.column.printer.show_paper(size)
        good = (tr("pages: {count}", count=typeset.pages), f"{size} · 100 %", "PDF/A")
        self.foot.show_facts(good, [say(note) for note in typeset.notes])
        self.show_acts()

    def show_nothing(self, words: str) -> None:
        """No sheet: what to choose, or why it cannot be set."""
        if self.stored is not None:
            return
        self.room.pictures.clear()
        self.view.show_note(words)
        self.bar.tell("")
        self.foot.show_facts((), ())
        self.show_acts()

    def open_paper(self, paper: object) -> None:
        """A paper of the past, as it went out then."""
        self.desk.open_stored(paper, self._show_stored)  # type: ignore[arg-type]  # a Paper

    def _show_stored(self, stored: StoredPaper) -> None:
        self.sheet.leave()
        self.stored = stored
        self.list.show_kind("")
        self.middle.setCurrentWidget(self.preview)
        self.column.stored.show_paper(stored.paper, self.room.names())
        self.column.show_pane(self.column.stored, with_common=False)
        self.room.pictures.show(stored.pdf, stored.paper.title)
        self.view.show_note("")
        self.bar.tell(tr("{title} · as it was printed", title=stored.paper.title))
        size = str(stored.paper.options.get("paper", "a4")).upper()
        self.column.printer.show_paper(size)
        self.foot.show_facts((tr("Stored, and the same as its hash says"),), ())
        self.show_acts()
        self.view.setFocus()

    def show_acts(self) -> None:
        """What the two buttons do now."""
        self.steps.show_acts()

    def show_mode(self, mode: str) -> None:
        """One page, two pages, full width."""
        self.view.show_mode(ViewMode(mode))
        self.bar.show_mode(self.view.mode)
        self.strip.show_for(self.view.columns)

    @property
    def is_several(self) -> bool:
        """Whether several sheets are being chosen."""
        return self.middle.currentWidget() is self.several

    @property
    def is_history(self) -> bool:
        """Whether the history is looked at."""
        return self.middle.currentWidget() is self.history

    # What the officer asks for

    def toggle_history(self) -> None:
        """Everything that was printed, or back from it."""
        if self.is_history:
            self.back()
            return
        self.middle.setCurrentWidget(self.history)
        self.history.fill(self.room.names())
        self.history.go_to_rows()
        self.show_acts()

    def back(self) -> bool:
        """From history, several or a paper of the past to a new sheet; False when there already."""
        if self.middle.currentWidget() is not self.preview and self.stored is not None:
            self.middle.setCurrentWidget(self.preview)  # the paper that was open before
            self.show_acts()
            return True
        if self.middle.currentWidget() is self.preview and self.stored is None:
            return False
        self.show_kind(self.sheet.kind)
        self.list.setFocus()
        return True

    def to_options(self) -> None:
        """The keyboard to the first field of the options."""
        self.sheet.pane.setFocus()
        self.sheet.pane.focusNextChild()

    def to_printer(self) -> None:
        """The keyboard to the printers."""
        self.column.printer.printers.setFocus()

    def turn_page(self, by: int) -> None:
        """The next page, or the one before; in the history a screen of rows."""
        if self.is_history:
            bar = self.history.table.verticalScrollBar()
            bar.setValue(bar.value() + by * bar.pageStep())
        else:
            self.view.step_page(by)

    def complain(self, error: KnownError) -> None:
        """Why there is no sheet stands where it would be; with one there, it is a notice."""
        if self.sheet.found is None and self.stored is None:
            self.show_nothing(explain(error))
        self.failed.emit(error)

    # Life

    def fill(self) -> None:
        """Read the log, after the first paint."""
        self._show_recent()
        if not self.list.kind and self.stored is None:
            self.show_kind(self.room.last_kind or SHEETS[0].code)

    def let_go(self) -> None:
        """The window is going; what was chosen stays in the room."""
        self._timer.stop()
        self.sheet.leave()

    def _show_recent(self) -> None:
        today = to_local(self.desk.desk.now()).date()
        self.recent.show_papers(self.desk.printed(MOST), self.room.names(), today)

    # Slots

    def _on_zoomed(self, zoom: float) -> None:
        self.bar.show_zoom(zoom)
        self.strip.show_for(self.view.columns)

    def _on_recent(self, entry_id: str) -> None:
        found = (one for one in self.desk.printed(MOST) if one.entry_id == entry_id)
        paper = next(found, None)
        if paper is not None:
            self.open_paper(paper)

    def _on_recorded(self) -> None:
        self._show_recent()
        if self.is_history:
            self.history.fill(self.room.names())

    def _on_changed(self, changed: Changed) -> None:
        if self.isVisible():
            self.sheet.on_changed(changed)

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        self.room.read_printers()
        self._timer.start()
        if not event.spontaneous():
            self._show_recent()
            self.sheet.look_again()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        roomy = self.width() >= self._theme.px(_ROOMY_PX)
        if roomy is not self._is_roomy:  # two pages side by side would be too small to be read
            self._is_roomy = roomy
            self.show_mode((ViewMode.TWO if roomy else ViewMode.ONE).value)
        self._left.setFixedWidth(self._theme.px(288 if roomy else 236))
        self.column.setFixedWidth(self._theme.px(372 if roomy else 316))
