"""The line under the map: which incidents are on it, and where the pointer is. Emits the span."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QSizePolicy, QSlider

from app.incidents.categories import CaseGroup
from app.thai.dates import short_date
from app.thai.translation import language, tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton, Segments
from app.ui.widgets.labels import chip, voiced
from app.ui.words import group_name

SPANS = {
    "open": timedelta(0),
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
    "quarter": timedelta(days=90),
}
_STEPS = 100


class TimeBar(QFrame):
    """Open incidents, or those of a span that the slider moves through the past."""

    changed = Signal()
    today_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        self.setProperty("edge", "top")
        self.setFixedHeight(theme.px(34))
        self._first: datetime | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(8)
        self.day = chip("", "amber")
        self.day.hide()
        row.addWidget(self.day)
        self.today = KeyButton(theme, tr("Back to today"), flat=True)
        self.today.clicked.connect(self.today_requested)
        self.today.hide()
        row.addWidget(self.today)
        self.spans = Segments(
            (
                ("open", tr("Open now")),
                ("day", tr("24 h")),
                ("week", tr("7 days")),
                ("month", tr("30 days")),
                ("quarter", tr("90 days")),
            )
        )
        self.spans.set_on("open")
        self.spans.chosen.connect(self._on_span)
        self.spans.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(self.spans)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setValue(_STEPS)
        self.slider.setFixedWidth(theme.px(150))
        self.slider.setAccessibleName(tr("Time of the incidents"))
        self.slider.valueChanged.connect(self._on_moved)
        row.addWidget(self.slider)
        self.group = QComboBox()
        self.group.setAccessibleName(tr("Case group"))
        self.group.setProperty("slim", True)
        self.group.addItem(tr("All case groups"), None)
        for group in CaseGroup:
            self.group.addItem(group_name(group), group)
        self.group.currentIndexChanged.connect(self._on_moved)
        row.addWidget(self.group)
        self._said = voiced("", "hint")
        row.addWidget(self._said)
        row.addStretch(1)
        self.pointer = voiced("", "hint")
        row.addWidget(self.pointer)
        self._row = row
        self._fit()
        self._fit_words()
        self._least_px = self._taken_px()
        self.keep_whole(True)

    def keep_whole(self, whole: bool) -> None:
        """Be no narrower than all of it needs with its shortest words, or as narrow as may be."""
        self.setMinimumWidth(self._least_px if whole else 1)

    def case_group(self) -> CaseGroup | None:
        """Only these; None for all."""
        group = self.group.currentData()
        return None if group is None else CaseGroup(group)

    def span(self, now: datetime, first: datetime) -> tuple[datetime, datetime] | None:
        """From when to when; None for what is open now. `first`: how far back the slider goes."""
        length = SPANS[self.spans.current()]
        if not length:
            return None
        reach = max(timedelta(0), (now - length) - first)
        ends = now - reach * (1 - self.slider.value() / _STEPS)
        return ends - length, ends

    def say(self, span: tuple[datetime, datetime] | None, count: int) -> None:
        """What is on the map."""
        self._short = self._long = tr("{count} incidents", count=f"{count:,}")
        if span is not None:
            last = span[1] - timedelta(seconds=1)  # midnight belongs to the day before
            begins, ends = (short_date(at, language()) for at in (span[0], last))
            self._long = f"{begins} – {ends} · {self._short}"
            self._short = f"{ends} · {self._short}"
            if begins == ends:
                self._long = self._short
        self._fit_words()

    def show_day(self, day: str) -> None:
        """The map is of an earlier day: said plainly, with its incidents. Nothing: it is of now."""
        was_past, self._is_past = self._is_past, bool(day)
        self.day.setText(tr("The map as of {day}", day=day))
        self.day.setVisible(self._is_past)
        self.today.setVisible(self._is_past)
        self.spans.set_shown("open", not self._is_past)
        if self._is_past and self.spans.current() == "open":
            self._left_open = True
            self.set_span("day")
        elif was_past and not self._is_past and self._left_open:
            self._left_open = False
            self.set_span("open")
        self._fit_words()

    _is_past = _left_open = False

    def show_pointer(self, words: Sequence[str]) -> None:
        """Where the pointer is, in as many ways as there is room for, the first the last to go."""
        metrics = self.pointer.fontMetrics()
        room = self.width() - self._taken_px()
        kept = list(words)
        while kept and metrics.horizontalAdvance(" · ".join(kept)) > room:
            kept.pop()
        self.pointer.setText(" · ".join(kept))

    def _taken_px(self) -> int:
        """What everything but the pointer's words needs."""
        others = (self.day, self.today, self.spans, self.slider, self.group, self._said)
        shown = [one for one in others if not one.isHidden()]
        gaps = (len(shown) + 2) * self._row.spacing()
        return sum(one.sizeHint().width() for one in shown) + 20 + gaps

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many words as there is room for."""
        self._fit_words()
        self.pointer.setText("")

    def _fit_words(self) -> None:
        """The dates go first, then the slider grows short."""
        narrow = self.width() < self._theme.px(1400 if self._is_past else 1100)
        self.slider.setFixedWidth(self._theme.px(90 if narrow else 150))
        self._said.setText(self._short if narrow else self._long)

    _short = _long = ""

    def set_span(self, choice: str) -> None:
        """As the buttons would."""
        self.spans.set_on(choice)
        self._on_span(choice, True)

    def _on_span(self, _choice: str, _on: bool) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(_STEPS)
        self._fit()
        self.changed.emit()

    def _on_moved(self, _value: int) -> None:
        self.changed.emit()

    def _fit(self) -> None:
        self.slider.setEnabled(self.spans.current() != "open")
