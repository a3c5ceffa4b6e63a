"""The story of an incident: its entries, newest first, each with its time and who wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from app.incidents.story import Mark, StoryLine
from app.thai.dates import clock_time
from app.thai.translation import say, tr
from app.ui.theme import Theme
from app.ui.widgets.labels import IconLabel, beside_first_line, voiced

STORY_ICONS = {
    Mark.REPORT: "phone-incoming",
    Mark.UNIT: "send",
    Mark.NOTE: "message-square",
    Mark.STATE: "circle-check",
    Mark.STILL: "image",
    Mark.MOMENT: "bookmark",
    Mark.PLACE: "map-pin",
    Mark.FOOTAGE: "lock",
    Mark.VIEWED: "eye",
    Mark.FILE: "link",
    Mark.PAPER: "printer",
    Mark.ERASED: "trash-2",
}
_MOST_LINES = 60  # what a console shows at once; the Log place will show all


class StoryList(QScrollArea):
    """Lines of text in a scroll area; long ones wrap."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("The incident's entries"))
        self._shown: tuple[StoryLine, ...] = ()

    def show_story(self, lines: Sequence[StoryLine], names: Mapping[str, str]) -> None:
        """`names` gives the names of actors by id; an unknown id is shown as it is."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 2, 8, 2)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(3, 1)
        for number, line in enumerate(lines[:_MOST_LINES]):
            self._add(grid, number, line, names.get(line.actor, line.actor))
        if len(lines) > _MOST_LINES:
            more = tr("{count} older entries are in the log", count=len(lines) - _MOST_LINES)
            grid.addWidget(voiced(more, "hint"), _MOST_LINES, 0, 1, 4)
        grid.setRowStretch(_MOST_LINES + 1, 1)
        self.setWidget(page)

    def _add(self, grid: QGridLayout, row: int, line: StoryLine, who: str) -> None:
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(voiced(clock_time(line.at), "second"), row, 0, top)
        mark = IconLabel(self._theme, STORY_ICONS[line.mark], "text_3", 14)
        grid.addLayout(beside_first_line(self._theme, mark, "body"), row, 1)
        grid.addWidget(voiced(who, "strong"), row, 2, top)
        text = voiced(_words(line))
        text.setWordWrap(True)
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(text, row, 3, top)


def _words(line: StoryLine) -> str:
    """The line, with when it really was if that was told later."""
    words = say(line.text)
    if line.happened_at is None:
        return words
    return tr("{words} (it was {time}, told later)", words=words, time=clock_time(line.happened_at))
