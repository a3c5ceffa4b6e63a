"""Which printer, how many, on both sides or one: under the options of every sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.platform.printers import Printer, PrinterState
from app.thai.translation import say, tr
from app.ui.papers.order import PrintChoice, shown_name
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments
from app.ui.widgets.labels import IconLabel, beside_first_line, restate, voiced

_NAME = Qt.ItemDataRole.UserRole
_MOST_COPIES = 99
_ONE, _BOTH = "one", "both"
_COPIES_PX = 96


class PrinterBox(QWidget):
    """Offers the printers there are; says in words how the chosen one is."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._printers: tuple[Printer, ...] | None = None
        self._wanted = ""
        self._paper = "A4"
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(voiced(tr("Printer"), "hint"))
        self.printers = QComboBox()
        self.printers.setAccessibleName(tr("Printer"))
        self.printers.setMinimumContentsLength(8)
        self.printers.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.printers.activated.connect(self._on_printer)
        column.addWidget(self.printers)
        column.addLayout(self._build_state())
        column.addLayout(self._build_how())
        self.show_printers(None)

    def _build_state(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._mark = IconLabel(self._theme, "dot", "text_3", 14)
        self._words = voiced("", "second", wraps=True)
        row.addLayout(beside_first_line(self._theme, self._mark))
        row.addWidget(self._words, 1)
        return row

    def _build_how(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.sides = Segments(((_ONE, tr("One side")), (_BOTH, tr("Both sides"))))
        self.sides.set_on(_BOTH)
        self.sides.chosen.connect(self._on_chosen)
        self.copies = QDoubleSpinBox()
        self.copies.setDecimals(0)
        self.copies.setRange(1, _MOST_COPIES)
        self.copies.setAccessibleName(tr("Copies"))
        self._name_copies()
        self.copies.valueChanged.connect(self._name_copies)
        self.copies.lineEdit().setTextMargins(6, 0, 0, 0)  # no stylesheet reaches in there
        self.copies.valueChanged.connect(self._on_chosen)
        self.copies.setMinimumWidth(self._theme.px(_COPIES_PX))
        self.sides.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        row.addWidget(self.sides)
        row.addWidget(self.copies, 1)
        return row

    def _name_copies(self, *_: object) -> None:
        words = tr("copy") if self.copies.value() == 1 else tr("copies")
        self.copies.setSuffix(f" {words}")

    # What is chosen

    def choice(self) -> PrintChoice:
        """As it stands; the printer is empty while there is none."""
        return PrintChoice(
            printer=self.printer.name if self.printer is not None else "",
            copies=int(self.copies.value()),
            two_sided=self.sides.current() == _BOTH,
            paper=self._paper,
        )

    @property
    def printer(self) -> Printer | None:
        """The chosen one."""
        name = self.printers.currentData(_NAME)
        return next((one for one in self._printers or () if one.name == name), None)

    @property
    def wanted(self) -> str:
        """The printer that was chosen, also while it is not there."""
        return self._wanted or self.choice().printer

    # What it is told

    def show_choice(self, choice: PrintChoice) -> None:
        """What was chosen the last time; copies begin at one."""
        self._wanted = choice.printer
        with QSignalBlocker(self.copies):
            self.copies.setValue(choice.copies)
        self.sides.set_on(_BOTH if choice.two_sided else _ONE)
        self._paper = choice.paper
        self._offer()

    def choose(self, name: str) -> None:
        """This printer, as if it was chosen from the list."""
        self._wanted = name
        self._offer()
        self.changed.emit()

    def show_paper(self, paper: str) -> None:
        """The size the sheet is made for: `A4`, `A3`."""
        self._paper = paper
        self._tell()

    def show_printers(self, printers: Sequence[Printer] | None) -> None:
        """Those there are now; None: nobody has been asked yet."""
        found = tuple(printers) if printers is not None else None
        if found != self._printers or found is None:  # else an open list would close
            self._printers = found
            self._offer()

    def _offer(self) -> None:
        found = self._printers or ()
        names = [one.name for one in found]
        with QSignalBlocker(self.printers):
            self.printers.clear()
            for name in names:
                self.printers.addItem(shown_name(name), None)
                self.printers.setItemData(self.printers.count() - 1, name, _NAME)
            self.printers.setEnabled(bool(names))
            if not names:
                asking = self._printers is None
                self.printers.addItem(tr("Asking for printers…") if asking else tr("No printer"))
            elif self._wanted in names:
                self.printers.setCurrentIndex(names.index(self._wanted))
        self._tell()

    def _tell(self) -> None:
        """How the chosen printer is, in words and colour."""
        printer, colour, mark = self.printer, "text_3", "dot"
        if printer is None:
            words = "" if self._printers is None else tr("Save it as PDF and print that elsewhere.")
        elif printer.state is PrinterState.STOPPED:
            words, colour, mark = tr("It was stopped."), "red", "x"
        elif printer.trouble is not None:
            words, colour, mark = "", "amber", "triangle-alert"
        else:
            busy = printer.state is PrinterState.BUSY
            state = tr("is printing") if busy else tr("ready")
            words, colour = f"{state} · {self._paper} · 100 %", "green"
        if printer is not None and printer.trouble is not None:
            words = say(printer.trouble)
        self._mark.show_icon(mark, colour)
        self._mark.setVisible(bool(words))
        restate(self._words, "state", colour if colour in ("red", "amber") else "")
        self._words.setText(words)
        for widget in (self.sides, self.copies):
            widget.setEnabled(printer is not None)

    # Slots

    def _on_printer(self, _row: int) -> None:
        self._wanted = str(self.printers.currentData(_NAME) or "")
        self._tell()
        self.changed.emit()

    def _on_chosen(self, *_: object) -> None:
        self.changed.emit()
