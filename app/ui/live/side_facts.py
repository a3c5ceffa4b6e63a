"""What stands beside an incident's story: its units, who else could be sent, its areas. No acts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.incidents.incident import Incident
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.labels import chip, voiced

WIDTH_PX = 190
_BETWEEN_PX = 8


class SideFacts(QWidget):
    """Three things, each under its name; there is room for it in a wide pane only. In a low one the
    last lines are not there: what is, is whole."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(WIDTH_PX))
        self.setMinimumHeight(1)  # it fits itself to the room beside the story
        self._fitted: tuple[object, tuple[str, ...]] = (None, ())
        self._parts = (
            _Part(tr("Units")), _Part(tr("Nearest free"), key="Shift D"), _Part(tr("Area")),
        )  # fmt: skip
        self.units, self.nearest, self.areas = (part.lines for part in self._parts)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_BETWEEN_PX)
        for part in self._parts:
            self._column.addWidget(part)
        self._column.addStretch(1)

    def show_facts(self, incident: Incident, unit_lines: Sequence[str], nearest: str) -> None:
        """What each unit has done, the nearest that could be sent (empty: none), where it lies."""
        units = "\n".join(unit_lines) or tr("no unit yet")
        for part, words in zip(self._parts, (units, nearest, _areas(incident)), strict=True):
            part.words = words
        self._fit()

    def _fit(self) -> None:
        told = (self.size().toTuple(), tuple(part.words for part in self._parts))
        if told == self._fitted:
            return
        self._fitted = told
        room, is_whole = self.height(), True
        for part in self._parts:
            room -= part.fit(self.width(), room if is_whole else 0)
            is_whole = is_whole and part.is_whole
        self._column.activate()
        self.setToolTip("" if is_whole else "\n".join(filter(None, told[1])))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class _Part(QWidget):
    """A name and, under it, as many whole lines of its words as there is room for."""

    def __init__(self, name: str, key: str = "") -> None:
        super().__init__()
        self.words = ""
        self.is_whole = True
        self.lines = voiced("", "second")
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(voiced(name, "hint"))
        if key:
            head.addWidget(chip(key, "kbd"))
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self.lines)

    def fit(self, width: int, height: int) -> int:
        """How much of `height` it takes, with the gap below it, in pixels; 0: it is not there."""
        for label in self.findChildren(QLabel):
            label.ensurePolished()  # in the letters that it will have
        lines = _broken(self.words, self.lines.font(), width)
        fitting = len(lines)
        while fitting and self._height_px(lines[:fitting]) > height:
            fitting -= 1
        self.is_whole = fitting == len(lines)
        self.setVisible(fitting > 0)
        if not fitting:
            return 0
        if not self.is_whole:
            lines[fitting - 1] = _elided(lines[fitting - 1], self.lines, width)
        self.setFixedHeight(self._height_px(lines[:fitting]))
        return self.height() + _BETWEEN_PX

    def _height_px(self, lines: Sequence[str]) -> int:
        self.lines.setText("\n".join(lines))
        return self._head.sizeHint().height() + self.lines.sizeHint().height()


def _areas(incident: Incident) -> str:
    """In the zone or not, and what else holds the place; without coordinates nobody knows."""
    report = incident.report
    areas = [tr("in the zone")] if incident.area("zone") else []
    if not areas and report.lat_deg is not None and report.lon_deg is not None:
        areas = [tr("outside the zone")]
    areas += [found for kind in ("community", "beat", "tambon") if (found := incident.area(kind))]
    return " · ".join(areas) or tr("not known")


def _broken(words: str, font: QFont, width: int) -> list[str]:
    """The lines of a text in a column of this width."""
    return [line for each in words.split("\n") if each for line in _of_paragraph(each, font, width)]


def _of_paragraph(words: str, font: QFont, width: int) -> list[str]:
    layout = QTextLayout(words, font)
    layout.beginLayout()
    lines, coded = [], words.encode("utf-16-le")  # Qt counts in its units
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, end = line.textStart(), line.textStart() + line.textLength()
        lines.append(coded[2 * start : 2 * end].decode("utf-16-le").strip())
    layout.endLayout()
    return lines


def _elided(line: str, label: QLabel, width: int) -> str:
    """It goes on, but not here."""
    metrics = QFontMetrics(label.font())
    return metrics.elidedText(f"{line} …", Qt.TextElideMode.ElideRight, width)
