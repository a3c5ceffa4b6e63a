"""A paper of the past in the options' column: who had it printed when, and its hashes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.sheets.papers import How, Paper
from app.thai.dates import date_time
from app.thai.translation import language, tr
from app.ui.papers.order import shown_name
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced

_GROUP, _LINE = 4, 8  # letters, groups: of a hash


class StoredPane(QWidget):
    """Tells; one box to tick: whether the next one is marked as a copy."""

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self._title = voiced("", "title", wraps=True)
        column.addWidget(self._title)
        self._facts = voiced("", "second", wraps=True)
        column.addWidget(self._facts)
        column.addWidget(voiced(tr("SHA-256 of the stored PDF"), "hint"))
        self._hash = voiced("", "second", wraps=True)
        self._hash.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._hash)
        promise = tr("Printed again it is the same to the byte, whatever was corrected since.")
        column.addWidget(voiced(promise, "hint", wraps=True))
        self.as_copy = QCheckBox(tr("Mark it “สำเนา” (copy)"))
        column.addWidget(self.as_copy)
        self.back = KeyButton(theme, tr("Back to new sheets"), key="Esc", icon="chevron-left")
        self.back.clicked.connect(self.left)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_paper(self, paper: Paper, names: Mapping[str, str]) -> None:
        """This one."""
        self._title.setText(paper.title)
        self._facts.setText("\n".join(_facts(paper, names)))
        groups = [paper.pdf_sha256[n : n + _GROUP] for n in range(0, 64, _GROUP)]
        lines = [groups[n : n + _LINE] for n in range(0, len(groups), _LINE)]
        self._hash.setText("\n".join(" ".join(line) for line in lines))
        self.as_copy.setChecked(False)


def how_words(paper: Paper) -> str:
    """How it went out: `พิมพ์ · ห้องร้อยเวร`, `พิมพ์ซ้ำ (สำเนา)`, `เก็บเป็น PDF`."""
    if paper.how is How.SAVED:
        words = tr("saved again") if paper.is_again else tr("saved as PDF")
    else:
        words = tr("printed again") if paper.is_again else tr("printed")
    if paper.is_copy:
        words = tr("{what} (copy)", what=words)
    return f"{words} · {shown_name(paper.to)}" if paper.to else words


def _facts(paper: Paper, names: Mapping[str, str]) -> list[str]:
    return [
        date_time(paper.at, language()),
        names.get(paper.actor, paper.actor),
        f"{how_words(paper)} · {tr('pages: {count}', count=paper.pages)}",
        tr("Entry {entry}", entry=paper.entry_id),
    ]
