"""The pictures of a plate: added from files, each with a caption, taken away again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.sheets.activity_sheet import LINE_LIMIT, MOST_PICTURES
from app.thai.translation import tr
from app.ui.file_choice import choose_file
from app.ui.theme import Theme
from app.ui.widgets.buttons import IconButton, KeyButton

_PATH, _CAPTION = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_ROW_PX, _ROWS = 31, 3


class PlateList(QWidget):
    """Tells `changed`. The files are looked at when the sheet is set, not here."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Pictures of the plate"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setFixedHeight(theme.px(_ROW_PX) * _ROWS)
        self.add = KeyButton(theme, tr("Add a picture…"), icon="image")
        self.remove = IconButton(theme, "x", tr("Take this picture off the plate"))
        self.caption = QLineEdit()
        self.caption.setAccessibleName(tr("Caption of the picture"))
        self.caption.setPlaceholderText(tr("Caption of the picture"))
        self.caption.setMaxLength(LINE_LIMIT)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.add, 1)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.list)
        column.addWidget(self.caption)
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
        self.caption.textEdited.connect(self._on_caption)
        self.list.currentItemChanged.connect(self._on_current)
        self._fit()

    def pictures(self) -> list[dict[str, str]]:
        """Path and caption of each, in order."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [{"path": one.data(_PATH), "caption": one.data(_CAPTION)} for one in items]

    def show_pictures(self, pictures: Sequence[Mapping[str, Any]]) -> None:
        """Others; nobody is told."""
        with QSignalBlocker(self.list):
            self.list.clear()
            for one in pictures[:MOST_PICTURES]:
                self._append(Path(str(one.get("path", ""))), str(one.get("caption", "")))
        self._fit()

    def add_picture(self, path: Path) -> None:
        """One more, at the end."""
        if self.list.count() < MOST_PICTURES:
            self._append(path, "")
            self.list.setCurrentRow(self.list.count() - 1)
            self._fit()
            self.changed.emit()

    def _append(self, path: Path, caption: str) -> None:
        item = QListWidgetItem(path.name)
        item.setData(_PATH, str(path))
        item.setData(_CAPTION, caption)
        item.setToolTip(str(path))
        self.list.addItem(item)

    def _fit(self) -> None:
        item = self.list.currentItem()
        self.add.setEnabled(self.list.count() < MOST_PICTURES)
        self.remove.setEnabled(item is not None)
        self.caption.setEnabled(item is not None)
        self.caption.setText(str(item.data(_CAPTION)) if item is not None else "")
        self.list.setVisible(self.list.count() > 0)
        self.caption.setVisible(self.list.count() > 0)

    def _on_add(self) -> None:
        pictures = tr("Pictures") + " (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp)"
        choose_file(self.window(), tr("A picture for the plate"), [pictures], self.add_picture)

    def _on_remove(self) -> None:
        self.list.takeItem(self.list.currentRow())
        self._fit()
        self.changed.emit()

    def _on_caption(self, text: str) -> None:
        item = self.list.currentItem()
        if item is not None:
            item.setData(_CAPTION, text)
            self.changed.emit()

    def _on_current(self, *_: object) -> None:
        self._fit()
