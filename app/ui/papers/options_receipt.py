"""Which evidence package the receipt is for, and who receives it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from app.evidence.exports import Export, exports_since
from app.thai.dates import short_date
from app.thai.translation import language, tr
from app.ui.papers.build_receipt import TYPED
from app.ui.papers.options_pane import OptionsPane, PaneParts
from app.ui.theme import Theme

_PACKAGE = Qt.ItemDataRole.UserRole
_SINCE = timedelta(days=3 * 365)
_MOST, _ROWS, _ROW_PX = 60, 5, 31
_LONGEST = 160


class ReceiptPane(OptionsPane):
    """The newest package first; what is not typed becomes a place to write on."""

    def __init__(self, theme: Theme, parts: PaneParts) -> None:
        super().__init__(theme, parts)
        self._about = ""
        self._shown: list[tuple[str, str]] = []
        self.add_label(tr("Evidence package"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Packages that were taken out"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.add(self.list)
        self.lines: dict[str, QLineEdit] = {}
        for name, words in zip(TYPED, _names(), strict=True):
            self.add_label(words)
            line = QLineEdit()
            line.setAccessibleName(words)
            line.setMaxLength(_LONGEST)
            line.textEdited.connect(self._on_typed)
            self.lines[name] = line
            self.add(line)

    def about(self) -> str:
        return self._about

    def missing(self) -> str:
        if self._about:
            return ""
        return tr("No evidence package has left the station yet: Review, Ctrl E makes one.")

    def options(self) -> dict[str, Any]:
        return {name: line.text().strip() for name, line in self.lines.items()}

    def habit(self) -> dict[str, Any]:
        return {}  # who received the last one is nobody's habit

    def show_about(self, about: str) -> None:
        if about:
            self._about = about
            self.fill()

    def show_options(self, options: Mapping[str, Any]) -> None:
        for name, line in self.lines.items():
            line.setText(str(options.get(name, "")))

    def fill(self) -> None:
        with self.parts.log.reading() as db:
            found = exports_since(db, self.parts.desk.now() - _SINCE)[:_MOST]
        rows = [(one.package, _words(one)) for one in found]
        names = [name for name, _ in rows]
        if self._about not in names:
            self._about = names[0] if names else ""
        with QSignalBlocker(self.list):
            if rows != self._shown:
                self._shown = rows
                self.list.clear()
                for name, words in rows:
                    item = QListWidgetItem(words)
                    item.setData(_PACKAGE, name)
                    item.setToolTip(words)
                    self.list.addItem(item)
            self.list.setCurrentRow(names.index(self._about) if self._about else -1)
        height = self.theme.px(_ROW_PX) * min(max(len(rows), 1), _ROWS) + 2
        self.list.setFixedHeight(height)

    def _on_current_changed(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None:
            self._about = str(item.data(_PACKAGE))
            self.changed.emit()

    def _on_typed(self, _text: str) -> None:
        self.changed.emit()


def _names() -> tuple[str, ...]:
    """What stands over each line, in the order of `TYPED`."""
    return (
        tr("Received by: rank and name"),
        tr("Position in the service"),
        tr("Agency"),
        tr("Letter or order"),
        tr("Medium: memory stick, disk and its number"),
        tr("To be used for"),
    )


def _words(one: Export) -> str:
    return f"{one.package} · {short_date(one.at, language())}"
