"""The A–B card: what would be locked or exported, exactly and to the keyframe, and why. No footage.

The two buttons wait for A, B and a reason, and say what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.thai.dates import clock_time, short_date
from app.thai.translation import language, tr
from app.ui.review.lock_end import LockEnd
from app.ui.review.span_words import span_words
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton, Segments
from app.ui.widgets.labels import ElidedLabel, chip, restate, voiced
from app.ui.widgets.section_head import SectionHead
from app.video.archive.locks import REASON_LIMIT

_DASH = "–"


@dataclass(frozen=True, slots=True)
class CardFigures:
    """What is known of the footage between A and B; empty while it is looked for."""

    cut: str = ""
    size: str = ""
    gaps: str = ""
    has_gaps: bool = False


class EvidenceCard(QFrame):
    """A, B, what lies between, the reason, lock and export."""

    lock_requested = Signal()
    export_requested = Signal()
    edge_clicked = Signal(str)  # a, b: go there
    reason_edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._a: datetime | None = None
        self._b: datetime | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = SectionHead(theme, "scissors", tr("Evidence A–B"))
        self._cameras = chip("", "blue")
        self._cameras.hide()
        self._head.add_right(self._cameras)
        column.addWidget(self._head)
        page = QWidget()
        lines = QVBoxLayout(page)
        lines.setContentsMargins(12, 9, 12, 9)
        lines.setSpacing(7)
        lines.addLayout(self._build_edges())
        lines.addWidget(self._build_figures())
        lines.addLayout(self._build_form())
        lines.addLayout(self._build_reason())
        lines.addLayout(self._build_buttons())
        column.addWidget(page)
        self.show_span(None, None, "")

    def _build_edges(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._edges: dict[str, KeyButton] = {}
        for name, key in (("a", "I"), ("b", "O")):
            button = KeyButton(self._theme, _DASH, key=key)
            button.setObjectName(name)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(self._on_edge)
            self._edges[name] = button
            row.addWidget(button, 1)
        return row

    def _build_figures(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        self._values: dict[str, ElidedLabel] = {}
        self._names: dict[str, QLabel] = {}
        names = (
            ("length", tr("Length")), ("cut", tr("At keyframes")), ("size", tr("Size")),
            ("gaps", tr("Gaps")), ("incident", tr("Incident")),
        )  # fmt: skip
        for number, (id_, words) in enumerate(names):
            name = voiced(words, "hint")
            self._names[id_] = name
            grid.addWidget(name, number, 0)
            value = ElidedLabel(_DASH, "second")
            self._values[id_] = value
            grid.addWidget(value, number, 1)
        return box

    def _build_form(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self._form = Segments([("folder", tr("Folder")), ("zip", "zip")])
        self._form.set_on("folder")
        row.addWidget(self._form)
        self._burned = QCheckBox(tr("Copy with time"))
        self._burned.setToolTip(tr("A second copy, encoded anew, with the time in the picture"))
        self._burned.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.addWidget(self._burned, 1)
        return row

    def restore(self, reason: str, *, wants_zip: bool, wants_burned: bool) -> None:
        """What was typed and chosen in another window."""
        self.reason.setText(reason)
        self.reason.setCursorPosition(0)
        self._form.set_on("zip" if wants_zip else "folder")
        self._burned.setChecked(wants_burned)

    @property
    def lock_days(self) -> int | None:
        """For how many days a lock is asked for; None: until somebody unlocks it."""
        return self.keep.days

    @property
    def wants_zip(self) -> bool:
        """Whether the package is to be one zip."""
        return self._form.current() == "zip"

    @property
    def wants_burned(self) -> bool:
        """Whether a second copy has the time written into the picture."""
        return self._burned.isChecked()

    def _build_reason(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(voiced(tr("Reason"), "hint"))
        self._needed = voiced(tr("needed"), "hint", "amber")
        head.addWidget(self._needed)
        head.addStretch(1)
        self.keep = LockEnd(self._theme)
        head.addWidget(self.keep)
        column.addLayout(head)
        self.reason = ReasonLine()
        self.reason.setMaxLength(REASON_LIMIT)
        self.reason.setPlaceholderText(tr("Who asks, for which case"))
        self.reason.setAccessibleName(tr("Reason"))
        self.reason.textChanged.connect(self._on_reason)
        column.addWidget(self.reason)
        return column

    def _build_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.lock = KeyButton(self._theme, tr("Lock"), key="Ctrl ⇧ K", icon="lock")
        self.export = KeyButton(
            self._theme, tr("Export"), key="Ctrl E", icon="package", primary=True
        )
        self.lock.clicked.connect(self.lock_requested)
        self.export.clicked.connect(self.export_requested)
        for button in (self.lock, self.export):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button, 1)
        return row

    # What it is told

    def show_span(self, a: datetime | None, b: datetime | None, incident: str) -> None:
        """A and B, and the number of the incident it is for."""
        self._a, self._b = a, b
        for name, at, key in (("a", a, "I"), ("b", b, "O")):
            words = f"{name.upper()}  {clock_time(at) if at else _DASH}"
            self._edges[name].show_words(words, key)
            self._edges[name].setToolTip(short_date(at, language()) if at else "")
        length = span_words((b - a).total_seconds()) if a and b and a < b else ""
        self._values["length"].setText(length or tr("I sets A, O sets B"))
        self._values["incident"].setText(incident or _DASH)
        self._show_possible()

    def fit(self, small: bool) -> None:
        """A small screen leaves out what stands in the left pane too."""
        for label in (self._names["incident"], self._values["incident"]):
            label.setVisible(not small)

    def show_figures(self, figures: CardFigures) -> None:
        """What there is between them."""
        self._values["cut"].setText(figures.cut or _DASH)
        self._values["size"].setText(figures.size or _DASH)
        self._values["gaps"].setText(figures.gaps or _DASH)
        restate(self._values["gaps"], "state", "amber" if figures.has_gaps else "")

    def show_cameras(self, count: int) -> None:
        """How many cameras are meant."""
        self._cameras.setText(tr("{count} cameras", count=count))
        self._cameras.setVisible(count > 0)
        self._show_possible()

    @property
    def is_complete(self) -> bool:
        """Whether A stands before B and cameras are chosen."""
        return bool(self._a and self._b and self._a < self._b) and not self._cameras.isHidden()

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing any more."""
        return self.is_complete and bool(self.reason.text().strip())

    def _show_possible(self) -> None:
        self._needed.setVisible(not self.reason.text().strip())
        ready = self.is_ready
        why = "" if ready else tr("A, B and a reason are needed")
        for button in (self.lock, self.export):
            button.setEnabled(ready)
            button.setToolTip(why)

    # Slots

    def _on_edge(self) -> None:
        sender = self.sender()
        if isinstance(sender, QWidget):
            self.edge_clicked.emit(sender.objectName())

    def _on_reason(self) -> None:
        self._show_possible()
        self.reason_edited.emit()


class ReasonLine(QLineEdit):
    """Leaves Ctrl+E to the place: on Linux a line would take it for its own End."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
            if control and event.key() == Qt.Key.Key_E:
                event.ignore()
                return False
        return super().event(event)
