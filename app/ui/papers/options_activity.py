"""The report of an activity is typed here: what, when, where, who, what came of it; pictures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from app.sheets.activity_sheet import DRAFT_TEXT, LINE_LIMIT, RESULTS, TITLE_LIMIT
from app.thai.dates import to_local
from app.thai.translation import tr
from app.ui.papers.day_field import DayField
from app.ui.papers.options_pane import OptionsPane, PaneParts
from app.ui.papers.plate_list import PlateList
from app.ui.theme import Theme

_TEXT_PX, _VALUE_PX = 120, 62
LINES = ("hours", "place", "by", "with_whom")


class ActivityPane(OptionsPane):
    """Begins with the words such reports say; they are changed at will."""

    def __init__(self, theme: Theme, parts: PaneParts) -> None:
        super().__init__(theme, parts)
        self.add_label(tr("What was done, in one line"))
        self.title = self._line(tr("What was done, in one line"), TITLE_LIMIT)
        self.add(self.title)
        self.add_label(tr("Day"))
        self.day = DayField(theme, tr("Day of the activity"), self._wall_day)
        self.day.chosen.connect(self._on_typed)
        self.add(self.day)
        self.lines: dict[str, QLineEdit] = {}
        for name, words in zip(LINES, _names(), strict=True):
            self.add_label(words)
            self.lines[name] = self._line(words, LINE_LIMIT)
            self.add(self.lines[name])
        self.add_label(tr("What was done"))
        self.text = QPlainTextEdit(DRAFT_TEXT)
        self.text.setAccessibleName(tr("What was done"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(theme.px(_TEXT_PX))
        self.text.textChanged.connect(self._on_typed)
        self.add(self.text)
        self.add_label(tr("What came of it"))
        self.results: list[tuple[QLineEdit, QLineEdit]] = []
        for words in RESULTS:
            counted, value = self._line(tr("What was counted"), LINE_LIMIT), self._line(words, 12)
            counted.setText(words)
            counted.setCursorPosition(0)
            value.setFixedWidth(theme.px(_VALUE_PX))
            self.results.append((counted, value))
            self.add_row(counted, value)
        self.add_label(tr("Picture plate"))
        self.plate = PlateList(theme)
        self.plate.changed.connect(self._on_typed)
        self.add(self.plate)

    def _line(self, name: str, longest: int) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(name)
        line.setMaxLength(longest)
        line.textEdited.connect(self._on_typed)
        return line

    def missing(self) -> str:
        if not self.title.text().strip():
            return tr(
                "Fill in what was done at the right, in one line; the sheet is then shown here."
            )
        return "" if self.day.day is not None else tr("Type a day: 22/11/2569.")

    def options(self) -> dict[str, Any]:
        day = self.day.day
        return {
            "title": self.title.text().strip(),
            "held_on": day.isoformat() if day is not None else "",
            **{name: line.text().strip() for name, line in self.lines.items()},
            "text": self.text.toPlainText(),
            "results": [[name.text(), value.text()] for name, value in self.results],
            "pictures": self.plate.pictures(),
        }

    def habit(self) -> dict[str, Any]:
        return {}  # it holds names, and the next report is another

    def show_options(self, options: Mapping[str, Any]) -> None:
        if "title" not in options:
            return
        self.title.setText(str(options["title"]))
        if options.get("held_on"):
            self.day.show_day(date.fromisoformat(str(options["held_on"])))
        for name, line in self.lines.items():
            line.setText(str(options.get(name, "")))
        self.text.blockSignals(True)
        self.text.setPlainText(str(options.get("text", DRAFT_TEXT)))
        self.text.blockSignals(False)
        for (counted, value), said in zip(self.results, options.get("results", ()), strict=False):
            counted.setText(str(said[0]))
            value.setText(str(said[1]))
        self.plate.show_pictures(options.get("pictures", ()))

    def fill(self) -> None:
        if self.day.day is None and not self.day.line.text():
            self.day.show_day(self._wall_day())

    def _wall_day(self) -> date:
        return to_local(self.parts.desk.now()).date()

    def _on_typed(self, *_: object) -> None:
        self.changed.emit()


def _names() -> tuple[str, ...]:
    """What stands over each line, in the order of `LINES`."""
    return (tr("Hours"), tr("Place"), tr("Led by"), tr("Together with"))
