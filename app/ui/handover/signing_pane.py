"""The right column of a handover: both signatures, what is still to be read, notes, strength."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app.duty.handover import NOTES_LIMIT
from app.duty.handover_page import PagePost
from app.thai.translation import tr
from app.ui.handover.reason_box import ReasonBox
from app.ui.handover.signer_box import SignerBox
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel, chip, restate, rule, voiced
from app.ui.widgets.scrolling import scrolled
from app.ui.widgets.section_head import SectionHead

_HASH_GROUP = 4
_HASH_SHOWN = 32


class SigningPane(QFrame):
    """Emits what was asked for; told what to show."""

    notes_typed = Signal(str)
    sign_requested = Signal()
    return_requested = Signal()
    begin_requested = Signal()
    print_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        self.setProperty("edge", "left")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(theme, "key-round", tr("Signing the handover")))
        self.outgoing = SignerBox(theme, tr("Hands over"), tr("Password of who hands over"))
        self.incoming = SignerBox(theme, tr("Takes over"), tr("Password of who takes over"))
        self.outgoing.signed.connect(self.sign_requested)
        self.incoming.signed.connect(self.sign_requested)
        column.addWidget(self.outgoing)
        column.addWidget(rule())
        column.addWidget(self.incoming)
        self._above_signing = rule()
        column.addWidget(self._above_signing)
        self._signing = self._build_signing()
        column.addWidget(self._signing)
        self.asking = ReasonBox(theme)
        column.addWidget(self.asking)
        column.addWidget(rule())
        column.addWidget(self._build_notes(), 2)
        column.addWidget(rule())
        column.addWidget(self._build_roster(), 3)
        column.addWidget(self._build_head())
        self.show_tally(0, 0)
        self.show_signing("", can_sign=False, why_not="")
        self.show_roster(tr("Strength of the next shift"), ())
        for button in (self.give_back, self.begin):
            button.hide()

    # Building

    def _build_signing(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(14, 6, 14, 8)
        column.setSpacing(4)
        row = QHBoxLayout()
        self.tally: QLabel = voiced("", "strong")
        self.left: QLabel = voiced("", "second", "amber")
        row.addWidget(self.tally)
        row.addStretch(1)
        row.addWidget(self.left)
        column.addLayout(row)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        column.addWidget(self.bar)
        self.complaint = voiced("", "", "red", wraps=True)
        self.complaint.hide()
        column.addWidget(self.complaint)
        self.sign = KeyButton(self._theme, "", key="Ctrl Enter", icon="check", primary=True)
        self.sign.setMinimumHeight(self._theme.px(36))
        self.sign.clicked.connect(self.sign_requested)
        signing = QHBoxLayout()
        signing.addWidget(self.sign, 1)
        column.addLayout(signing)
        self.why_not = voiced("", "hint", wraps=True)
        column.addWidget(self.why_not)
        self.give_back = KeyButton(self._theme, tr("Give it back…"), flat=True)
        self.give_back.clicked.connect(self.return_requested)
        self.begin = KeyButton(self._theme, tr("Begin the shift without a handover…"), flat=True)
        self.begin.clicked.connect(self.begin_requested)
        signing.addWidget(self.give_back)
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _build_notes(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(14, 4, 14, 8)
        column.setSpacing(3)
        row = QHBoxLayout()
        row.addWidget(voiced(tr("For the next shift"), "strong"))
        row.addStretch(1)
        self._room: QLabel = voiced("", "hint")
        row.addWidget(self._room)
        row.addWidget(chip("N", "kbd"))
        column.addLayout(row)
        self.notes = QPlainTextEdit()
        self.notes.setTabChangesFocus(True)
        self.notes.setAccessibleName(tr("For the next shift"))
        self.notes.setPlaceholderText(
            tr("What the next shift has to know, and what is in no entry. Kept while you type.")
        )
        self.notes.setMinimumHeight(self._theme.px(64))
        self.notes.textChanged.connect(self._on_notes)
        column.addWidget(self.notes, 1)
        return box

    def _build_roster(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(14, 4, 4, 2)
        column.setSpacing(2)
        self._roster_title: QLabel = voiced("", "strong")
        column.addWidget(self._roster_title)
        self._roster = scrolled()
        self._roster.setMinimumHeight(self._theme.px(44))
        column.addWidget(self._roster, 1)
        self._shown_roster: tuple[PagePost, ...] | None = None
        return box

    def _build_head(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(14, 2, 14, 6)
        column.setSpacing(0)
        self._head: QLabel = voiced("", "hint", wraps=True)
        self._head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._head)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 12, 0)
        row.setSpacing(10)
        self.print = KeyButton(self._theme, tr("Print the sheet"), key="F9", icon="printer")
        self.print.clicked.connect(self.print_requested)
        row.addWidget(self.print)
        self._paper = voiced("", "hint", wraps=True)
        row.addWidget(self._paper, 1)
        column.addLayout(row)
        return box

    # Showing

    def show_notes(self, notes: str, *, can_type: bool) -> None:
        """What was typed; a signed page's notes can be read and not changed."""
        if self.notes.toPlainText() != notes:
            self.notes.blockSignals(True)
            self.notes.setPlainText(notes)
            self.notes.blockSignals(False)
        self.notes.setReadOnly(not can_type)
        self._room.setVisible(can_type)
        self._tell_room()

    def show_tally(self, done: int, count: int) -> None:
        """How much of the page is acknowledged; nothing while nobody is asked to."""
        for widget in (self.tally, self.left, self.bar):
            widget.setVisible(count > 0)
        self.bar.setRange(0, max(count, 1))
        self.bar.setValue(done)
        self.tally.setText(tr("Acknowledged {done} of {count}", done=done, count=count))
        all_done = done == count
        restate(self.left, "state", "green" if all_done else "amber")
        left = tr("{count} left", count=count - done)
        self.left.setText(tr("All acknowledged") if all_done else left)

    def show_signing(self, words: str, *, can_sign: bool, why_not: str) -> None:
        """The one button: its word, whether it does, and why not; without a word none of it."""
        self.sign.show_words(words, "Ctrl Enter")
        for part in (self._above_signing, self._signing, self.sign):
            part.setVisible(bool(words))
        self.sign.setEnabled(can_sign)
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))

    def show_roster(self, title: str, roster: Sequence[PagePost]) -> None:
        """Who is on the shift that begins."""
        self._roster_title.setText(title)
        if tuple(roster) == self._shown_roster:
            return
        self._shown_roster = tuple(roster)
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(1)
        for number, post in enumerate(roster):
            grid.addWidget(voiced(post.duty, "second"), number, 0)
            grid.addWidget(ElidedLabel(post.who), number, 1)
        if not roster:
            none = voiced(tr("Nobody is rostered yet: Setup › Shifts."), "second", wraps=True)
            grid.addWidget(none, 0, 0)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(roster) + 1, 1)
        self._roster.setWidget(page)

    def show_head(self, at: str, head: str) -> None:
        """The log's head when the page was made: `console-1:184388 9f3c…`."""
        entry, _, digest = head.partition(" ")
        digest = digest[:_HASH_SHOWN]
        groups = [digest[n : n + _HASH_GROUP] for n in range(0, len(digest), _HASH_GROUP)]
        words = tr("The log's head {at} · {entry}", at=at, entry=entry)
        self._head.setText(f"{words}\n{' '.join(groups)}" if digest else "")

    def show_print(self, *, can_print: bool) -> None:
        """Only what was signed goes on paper."""
        self.print.setEnabled(can_print)
        self._paper.setText("" if can_print else tr("Once it is signed."))

    def complain(self, sentence: str) -> None:
        """Why it was not signed; nothing takes it away."""
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))

    # Slots

    def _on_notes(self) -> None:
        text = self.notes.toPlainText()
        self._tell_room()
        self.notes_typed.emit(text)

    def _tell_room(self) -> None:
        count = len(self.notes.toPlainText())
        self._room.setText(f"{count:,} / {NOTES_LIMIT:,}" if count > NOTES_LIMIT // 2 else "")
        restate(self._room, "state", "amber" if count > NOTES_LIMIT else "")
