"""The posts of one shift, a line each: what for, who, with which unit. Free to type.

A new line stands ready at the end; a line that was emptied is no post.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from app.duty.shift_log import MOST_POSTS, WORDS_LIMIT, Post
from app.thai.translation import tr
from app.ui.widgets.labels import voiced

_FEWEST = 6


def usual_duties() -> tuple[str, ...]:
    """What a shift of a station usually has."""
    return (
        tr("Duty inspector"),
        tr("Duty officer"),
        tr("Radio"),
        tr("Patrol"),
        tr("Traffic"),
        tr("Investigation"),
    )


class RosterRows(QScrollArea):
    """Names and units are proposed; any other word will do as well."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._officers: Mapping[str, str] = {}
        self._units: Mapping[str, str] = {}
        self._boxes: list[tuple[QComboBox, QComboBox, QComboBox]] = []
        self._build()

    def _build(self) -> None:
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(0, 0, 10, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        heads = (tr("Duty"), tr("Officer"), tr("Unit"))
        for column, (head, stretch) in enumerate(zip(heads, (3, 5, 3), strict=True)):
            self._grid.addWidget(voiced(head, "second"), 0, column)
            self._grid.setColumnStretch(column, stretch)
        self._grid.setRowStretch(MOST_POSTS + 2, 1)
        self.setWidget(page)

    def offer(self, officers: Mapping[str, str], units: Mapping[str, str]) -> None:
        """The names that are proposed, to their ids."""
        self._officers, self._units = officers, units

    def show_posts(self, posts: Sequence[Post]) -> None:
        """These, and some lines to type into."""
        wanted = min(max(len(posts) + 1, _FEWEST), MOST_POSTS)
        while len(self._boxes) > wanted:
            for box in self._boxes.pop():
                self._grid.removeWidget(box)
                box.hide()
                box.deleteLater()
        while len(self._boxes) < wanted:
            self._add_line()
        empty = Post("", "")
        for number, boxes in enumerate(self._boxes):
            post = posts[number] if number < len(posts) else empty
            for box, text in zip(boxes, (post.duty, post.name, post.unit), strict=True):
                box.setEditText(text)

    def posts(self) -> list[Post]:
        """What stands there; ids where a name is one that was proposed."""
        found = []
        for boxes in self._boxes:
            duty, name, unit = (" ".join(box.currentText().split()) for box in boxes)
            if duty or name or unit:
                found.append(
                    Post(
                        duty, name, unit,
                        self._officers.get(name, ""), self._units.get(unit, ""),
                    )
                )  # fmt: skip
        return found

    def _add_line(self) -> None:
        row = len(self._boxes) + 1
        offered = (usual_duties(), tuple(self._officers), tuple(self._units))
        boxes = tuple(_box(words) for words in offered)
        names = (tr("Duty"), tr("Officer"), tr("Unit"))
        for column, (box, name) in enumerate(zip(boxes, names, strict=True)):
            box.setAccessibleName(f"{name} {row}")
            box.editTextChanged.connect(self._on_typed)
            self._grid.addWidget(box, row, column)
        self._boxes.append((boxes[0], boxes[1], boxes[2]))

    def _on_typed(self, text: str) -> None:
        last = self._boxes[-1]
        if text and self.sender() in last and len(self._boxes) < MOST_POSTS:
            self._add_line()
        self.edited.emit()


def _box(words: Sequence[str]) -> QComboBox:
    box = QComboBox()
    box.setEditable(True)
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.addItems(list(words))
    box.setCurrentIndex(-1)
    box.setMinimumContentsLength(8)
    line = box.lineEdit()
    if line is not None:
        line.setMaxLength(WORDS_LIMIT)
    return box
