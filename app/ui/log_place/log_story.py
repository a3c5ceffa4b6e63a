"""The chosen incident beside the list: what, where, and every entry, the query's words marked."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.geo.coordinates import LatLon, as_decimal
from app.incidents.deadlines import Targets, urgency
from app.incidents.incident import Incident
from app.incidents.story import StoryLine
from app.map.style import MapStyle
from app.thai.clusters import find_spans
from app.thai.dates import clock_time, short_date, to_local
from app.thai.excerpt import join_spans
from app.thai.translation import language, say, tr
from app.ui.live.incident_head import UrgencyMark
from app.ui.live.story_list import STORY_ICONS
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel, IconLabel, voiced
from app.ui.widgets.scrolling import scrolled
from app.ui.words import channel_name, group_name, priority_name, stage_words

_MOST_LINES = 60  # at first: more are shown when they are asked for


class LogStory(QFrame):
    """Shows one incident, or says that none is chosen."""

    open_requested = Signal()
    footage_requested = Signal()

    def __init__(self, theme: Theme, style: MapStyle) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[object, ...] = ()
        self._all_of = ""
        self.setProperty("ground", "panel")
        self.setProperty("edge", "top")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head(style))
        self._apart = voiced(tr("Chosen before; not among what was found."), "hint", "amber")
        self._apart.setContentsMargins(12, 6, 10, 0)
        self._apart.hide()
        column.addWidget(self._apart)
        self._scroll = scrolled()
        self._scroll.setAccessibleName(tr("The incident's entries"))
        column.addWidget(self._scroll, 1)
        self._empty = voiced(tr("Choose an incident in the list to read its story."), "second",
                             wraps=True)  # fmt: skip
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(24, 24, 24, 24)
        column.addWidget(self._empty, 1)
        column.addWidget(self._build_foot())
        self.show_nothing()

    def _build_head(self, style: MapStyle) -> QFrame:
        head = QFrame()
        head.setProperty("edge", "bottom")
        head.setFixedHeight(self._theme.px(36))
        row = QGridLayout(head)
        row.setContentsMargins(10, 0, 10, 0)
        row.setHorizontalSpacing(8)
        row.setColumnStretch(2, 1)
        self._mark = UrgencyMark(self._theme, style)
        self._number = voiced("", "title")
        self._category = ElidedLabel("", "strong")
        self._state = voiced("", "second")
        for number, widget in enumerate((self._mark, self._number, self._category, self._state)):
            row.addWidget(widget, 0, number)
        self._head = head
        return head

    def _build_foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("edge", "top")
        row = QHBoxLayout(foot)
        row.setContentsMargins(10, 7, 10, 7)
        row.setSpacing(8)
        theme = self._theme
        self._open = KeyButton(theme, tr("Open"), key="Enter", icon="monitor", primary=True)
        self._footage = KeyButton(theme, tr("Footage"), key="R", icon="history")
        row.addWidget(self._open)
        row.addWidget(self._footage)
        row.addStretch(1)
        self._open.clicked.connect(self.open_requested)
        self._footage.clicked.connect(self.footage_requested)
        self._foot = foot
        return foot

    def show_nothing(self) -> None:
        """No incident is chosen."""
        self._shown = ()
        self._apart.hide()
        self._head.hide()
        self._scroll.hide()
        self._foot.hide()
        self._empty.show()

    def show_found(self, is_found: bool) -> None:
        """Whether the incident is one of those in the list beside it."""
        self._apart.setVisible(bool(self._shown) and not is_found)

    def show_incident(
        self,
        incident: Incident,
        lines: Sequence[StoryLine],
        names: Mapping[str, str],
        words: Sequence[str],
        now: datetime,
        targets: Targets,
    ) -> None:
        """The incident with its entries, newest first; `words` are marked in them."""
        shown = (incident, tuple(lines), tuple(words), self._all_of)
        if shown == self._shown:
            return
        self._shown = shown
        self._mark.show_urgency(urgency(incident, now, targets))
        self._number.setText(incident.number)
        self._category.setText("" if incident.erased else incident.category.name)
        self._state.setText(stage_words(incident))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(12, 8, 10, 10)
        column.setSpacing(6)
        for text, voice in _about(incident):
            column.addWidget(self._label(text, voice, words))
        column.addLayout(self._entries(incident, lines, names, words))
        column.addStretch(1)
        self._scroll.setWidget(page)
        self._empty.hide()
        self._head.show()
        self._scroll.show()
        self._foot.show()
        self._again = (incident, lines, names, words, now, targets)

    def _entries(
        self,
        incident: Incident,
        lines: Sequence[StoryLine],
        names: Mapping[str, str],
        words: Sequence[str],
    ) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        most = len(lines) if self._all_of == incident.id else _MOST_LINES
        for number, line in enumerate(lines[:most]):
            who = names.get(line.actor, line.actor)
            day = to_local(line.at).date() != to_local(incident.reported_at).date()
            when = f"{short_date(line.at, language())} " if day else ""
            icon = IconLabel(self._theme, STORY_ICONS[line.mark], "text_3", 14)
            grid.addWidget(icon, 2 * number, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(voiced(f"{when}{clock_time(line.at)}  {who}", "hint"), 2 * number, 1)
            grid.addWidget(self._label(say(line.text), "", words), 2 * number + 1, 1)
        if len(lines) > most:
            more = QPushButton(tr("Show all {count} entries", count=len(lines)))
            more.clicked.connect(self._on_more)
            grid.addWidget(more, 2 * most, 1)
        return grid

    def _label(self, text: str, voice: str, words: Sequence[str]) -> QLabel:
        """Text that can be selected; as rich text only where something is marked in it."""
        label = voiced(text, voice, wraps=True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        spans = join_spans([span for word in words for span in find_spans(text, word)])
        if not spans:
            return label
        parts, done = [], 0
        ground, ink = self._theme.colours["match"], self._theme.colours["match_text"]
        for span in spans:
            parts.append(_escaped(text[done : span.start]))
            parts.append(
                f'<span style="background-color:{ground};color:{ink};font-weight:600">'
                f"{_escaped(text[span.start : span.end])}</span>"
            )
            done = span.end
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setText("".join((*parts, _escaped(text[done:]))))
        return label

    def _on_more(self) -> None:
        incident, lines, names, words, now, targets = self._again
        self._all_of = incident.id
        self.show_incident(incident, lines, names, words, now, targets)


def _escaped(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def _about(incident: Incident) -> list[tuple[str, str]]:
    """Where it is and what kind of thing, line by line, each with its voice."""
    report = incident.report
    lines = [(report.place, "strong")]
    areas = [found.name for found in report.areas if found.kind != "tambon"]
    if report.lat_deg is not None and report.lon_deg is not None:
        at = as_decimal(LatLon(report.lat_deg, report.lon_deg))
        lines.append((" · ".join([at, *areas]), "second"))
    if not incident.erased:
        kind = (channel_name(report.channel), group_name(incident.category.group),
                priority_name(report.priority), ", ".join(incident.units))  # fmt: skip
        lines.append((" · ".join(part for part in kind if part), "second"))
    return lines
