"""Taking cameras in from a file: the report a person reads first, and the buttons under it.

Shows a plan and asks for acts; reads no file and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from app.cameras.register_csv import FileRow
from app.cameras.register_import import Effect, Imported, ImportPlan
from app.errors import KnownError
from app.thai.translation import explain, say, tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel, restate, voiced
from app.ui.widgets.section_head import SectionHead
from app.video.preflight import Answer, Finding
from app.video.reasons import why


class TransferPane(QFrame):
    """What is in the file, what is wrong, who does not answer; then all, the good ones, or none."""

    take_requested = Signal(object, bool)  # list of FileRow, confirmed
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._plan = ImportPlan((), ())
        self._answers: Mapping[int, Answer] = {}
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(theme, "list", tr("Cameras from a file")))
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 10, 16, 8)
        inner.setSpacing(6)
        self.file = ElidedLabel("", "strong")
        self.summary = voiced("", "second", wraps=True)
        self.progress = voiced("", "hint")
        self.report = QPlainTextEdit()
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(tr("What is in the file"))
        for widget in (self.file, self.summary, self.progress):
            inner.addWidget(widget)
        inner.addWidget(self.report, 1)
        column.addLayout(inner, 1)
        column.addWidget(self._build_foot(theme))

    def _build_foot(self, theme: Theme) -> QWidget:
        foot = QFrame()
        foot.setProperty("edge", "top")
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(6)
        self.words = voiced("", wraps=True)
        self.words.hide()
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.take_all = KeyButton(theme, tr("Take all"), primary=True)
        self.take_good = KeyButton(theme, tr("Take the good rows"))
        self.close_pane = KeyButton(theme, tr("To the form"), flat=True)
        row.addWidget(self.take_all)
        row.addStretch(1)
        row.addWidget(self.close_pane)
        column.addWidget(self.take_good, 0, Qt.AlignmentFlag.AlignLeft)  # three are too wide
        column.addLayout(row)
        self.take_all.clicked.connect(self._on_take_all)
        self.take_good.clicked.connect(self._on_take_good)
        self.close_pane.clicked.connect(self.closed)
        return foot

    # What is shown

    def show_file(self, path: Path) -> None:
        """A file is being read."""
        self._plan, self._answers = ImportPlan((), ()), {}
        self.file.setText(path.name)
        self.summary.setText(tr("Reading the file…"))
        self.progress.setText("")
        self.report.setPlainText("")
        self.tell("", "")
        self._show_buttons(busy=True)

    def show_plan(self, plan: ImportPlan) -> None:
        """What the file would do to the register."""
        self._plan = plan
        self.summary.setText(
            tr(
                "{added} new, {changed} changed, {same} as they are, {wrong} rows that cannot be"
                " taken",
                added=plan.count(Effect.ADDS),
                changed=plan.count(Effect.CHANGES),
                same=plan.count(Effect.NOTHING),
                wrong=len({trouble.row for trouble in plan.troubles}),
            )
        )
        self._show_report()
        self._show_buttons()

    def show_progress(self, answered: int, asked: int) -> None:
        """A roll call of the cameras goes on."""
        self.progress.setText(
            tr("Asking the cameras: {answered} of {asked}", answered=answered, asked=asked)
        )

    def show_answers(self, answers: Mapping[int, Answer]) -> None:
        """Who answered, by row."""
        self._answers = answers
        well = sum(answer.finding is Finding.REACHABLE for answer in answers.values())
        self.progress.setText(tr("{well} of {asked} cameras answer", well=well, asked=len(answers)))
        self._show_report()

    def show_failure(self, error: KnownError) -> None:
        """The file could not be read, or not be taken."""
        self.tell(explain(error), "red")
        if not self._plan.rows:
            self.summary.setText(tr("Nothing was taken from the file."))
        self._show_buttons()

    def show_taken(self, imported: Imported) -> None:
        """The cameras are on the register."""
        self._plan = ImportPlan((), ())
        words = tr(
            "{added} cameras were added, {changed} changed.",
            added=imported.added,
            changed=imported.changed,
        )
        state = "green"
        if imported.passwords_lost:
            ids = ", ".join(imported.passwords_lost)
            words += "\n" + tr("These passwords could not be kept; type them again: {ids}", ids=ids)
            state = "amber"
        self.tell(words, state)
        self._show_buttons()

    def tell(self, words: str, state: str) -> None:
        """A sentence over the buttons."""
        restate(self.words, "state", state)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _show_report(self) -> None:
        self.report.setPlainText("\n".join(self._lines()))

    def _lines(self) -> Iterator[str]:
        for trouble in self._plan.troubles:
            yield "✕ " + say(trouble.sentence)
            if trouble.error.do is not None:
                yield "    " + say(trouble.error.do)
        for planned in self._plan.rows:
            for sentence in planned.sentences:
                yield "! " + say(sentence)
            answer = self._answers.get(planned.row.row)
            if answer is not None and answer.finding is not Finding.REACHABLE:
                yield "! " + tr(
                    "Row {row}: {camera}: {reason}",
                    row=planned.row.row,
                    camera=planned.row.camera.name,
                    reason=say(why(answer)),
                )
        for head in self._plan.unknown_heads:
            yield "· " + tr("The column “{head}” is not known and is left out.", head=head)

    def _show_buttons(self, *, busy: bool = False) -> None:
        good = self._good()
        whole = bool(self._plan.rows) and not self._plan.troubles
        self.take_all.setVisible(whole and not busy)
        self.take_all.setEnabled(True)
        self.take_all.setText(tr("Take all") if self._plan.is_whole else tr("Take all the same"))
        self.take_all.updateGeometry()
        self.take_good.setVisible(bool(good) and not self._plan.is_whole)

    def _good(self) -> list[FileRow]:
        return [one.row for one in self._plan.rows if not one.has_same_stream]

    # Slots

    def _on_take_all(self) -> None:
        self._ask([one.row for one in self._plan.rows], confirmed=not self._plan.is_whole)

    def _on_take_good(self) -> None:
        self._ask(self._good(), confirmed=False)

    def _ask(self, rows: Sequence[FileRow], *, confirmed: bool) -> None:
        self.take_all.setEnabled(False)
        self.take_good.setVisible(False)
        self.take_requested.emit(list(rows), confirmed)

    def showEvent(self, event: object) -> None:
        self.close_pane.setFocus(Qt.FocusReason.OtherFocusReason)
