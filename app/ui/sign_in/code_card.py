"""The recovery code, shown once: print it, or keep it as a file that is printed elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QWidget

from app.duty.officer import Officer
from app.errors import KnownError
from app.station.disk import Disk
from app.thai.translation import tr
from app.ui.desk import Desk
from app.ui.file_choice import choose_new_file
from app.ui.sign_in.code_paper import code_paper, print_paper, write_pdf
from app.ui.sign_in.desk_card import DeskCard
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced


class CodeCard(DeskCard):
    """Stays until somebody says that the code is on paper."""

    kept = Signal()

    def __init__(self, theme: Theme, window: QWidget, desk: Desk, station: str) -> None:
        title = tr("Recovery code: shown only now")
        super().__init__(theme, window, "key-round", title, tr("I have it on paper"))
        self._desk, self._station, self._disk = desk, station, Disk()
        about = tr(
            "If every password is forgotten, or this computer dies, only this code opens the"
            " station. Print it, put it into a sealed envelope and lock it away."
        )
        self.body.addWidget(voiced(about, "second", wraps=True))
        self.code = voiced("", "clock_small")
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self.code)
        self.print = KeyButton(theme, tr("Print…"), icon="printer")
        self.pdf = KeyButton(theme, tr("As PDF…"), flat=True)
        self.foot.insertWidget(1, self.print)
        self.foot.insertWidget(2, self.pdf)
        self.print.clicked.connect(self._on_print)
        self.pdf.clicked.connect(self._on_pdf)
        self._officer = ""

    def show_code(self, code: str, officer: str) -> None:
        """This code, made for this administrator; nothing else has it."""
        self.code.setText(code)
        self._officer = officer
        self.open(may_leave=False)

    def come_back(self, holder: Officer | None) -> None:
        """After a lock: to whom it was shown before; from anybody else it goes."""
        if self.code.text() and holder is not None and holder.name == self._officer:
            self.open(may_leave=False)
        else:
            self.code.setText("")
            self.hide()

    def first_field(self) -> QWidget:
        return self.print

    def ask(self) -> None:
        """It is on paper: forget it."""
        self.code.setText("")
        self.put_away()
        self.kept.emit()

    def write_file(self, path: Path) -> None:
        """The sheet as PDF."""
        try:
            write_pdf(path, self._paper(), self._disk)
        except KnownError as error:
            self.show_failure(error)
            return
        words = tr("Written: {file}. Print it, then delete the file.", file=path.name)
        self.tell(words, "green")

    def _paper(self) -> QTextDocument:
        return code_paper(self._station, self._officer, self.code.text(), self._desk.now())

    def _on_print(self) -> None:
        try:
            print_paper(self, self._paper(), self._on_printed)
        except KnownError as error:
            self.show_failure(error)

    def _on_printed(self) -> None:
        self.tell(tr("It was sent to the printer: look whether it came out."), "green")

    def _on_pdf(self) -> None:
        kinds = {"PDF (*.pdf)": "pdf"}
        choose_new_file(self, tr("Recovery code as PDF"), "recovery-code", kinds, self.write_file)
