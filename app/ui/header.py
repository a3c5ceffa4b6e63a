"""The header: station, intake, search, the health of cameras, recorder and disk, clock, officer."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout

from app.duty.officers import Officer
from app.duty.shifts import DEFAULT_SHIFTS, ShiftTable
from app.station.profile import Profile
from app.thai.dates import clock_time, weekday_date
from app.thai.translation import Language, language, tr
from app.ui.live.overdue_watch import OverdueWords
from app.ui.log_words import LogWords
from app.ui.recording_words import RecordingWords
from app.ui.sign_in.officer_corner import OfficerCorner
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.health_words import HealthWords
from app.ui.widgets.labels import ElidedLabel, measured_anew, restate, rule, voiced

L = TypeVar("L", bound=QLabel)
_SEARCH_KEY = "Ctrl K"
_NAME_LEAST_PX, _OFFICER_LEAST_PX = 64, 84


class Header(QFrame):
    """One line over everything. It is told what to show; it asks nobody."""

    intake_requested = Signal()
    search_requested = Signal()
    officer_pressed = Signal()
    handover_requested = Signal()

    def __init__(self, theme: Theme, profile: Profile, officer: Officer) -> None:
        super().__init__()
        self._theme = theme
        self._is_wide = True
        self._fitted: tuple[object, ...] = ()
        self._rules: list[QFrame] = []
        self.setProperty("ground", "panel")
        self.setProperty("edge", "bottom")
        self.setFixedHeight(theme.px(44))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 12, 0)
        row.setSpacing(12)
        row.addLayout(self._build_station(profile))
        self.intake = KeyButton(
            theme, tr("Take a report"), key="F2", icon="phone-incoming", primary=True
        )
        self.intake.clicked.connect(self.intake_requested)
        self.search = KeyButton(theme, tr("Search or command…"), key=_SEARCH_KEY, icon="search")
        self.search.clicked.connect(self.search_requested)
        row.addSpacing(8)
        row.addWidget(self.intake)
        row.addWidget(self.search)
        row.addStretch(1)
        self._add_health(row)
        self._add_clock(row)
        self._shifts: ShiftTable = DEFAULT_SHIFTS
        self._handover_waits = False
        self.officer = OfficerCorner(theme)
        self.officer.shift_pressed.connect(self.handover_requested)
        self.officer.clicked.connect(self.officer_pressed)
        row.addWidget(self.officer)
        self.show_officer(officer.name)

    def _build_station(self, profile: Profile) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(0, 0, 0, 0)
        thai = language() is Language.THAI
        name = QHBoxLayout()
        name.setSpacing(5)
        self._station = _upper(ElidedLabel(profile.name_th if thai else profile.name_en, "strong"))
        self._station.setMinimumWidth(self._theme.px(_NAME_LEAST_PX))
        name.addWidget(self._station)
        self._sample = _upper(voiced(tr("(sample station)") if profile.sample else "", "second"))
        name.addWidget(self._sample)
        name.addStretch(1)
        column.addLayout(name)
        self._zone = profile.zone_name_th if thai else profile.zone_name_en
        self._under_name = _lower(ElidedLabel("", "hint"))
        column.addWidget(self._under_name)
        for elided in (self._station, self._under_name):
            elided.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return column

    def _add_health(self, row: QHBoxLayout) -> None:
        self.log = HealthWords(self._theme)
        self.overdue = HealthWords(self._theme)
        self.cameras = HealthWords(self._theme)
        self.recorder = HealthWords(self._theme)
        self.disk = HealthWords(self._theme)
        self._states = (self.log, self.overdue, self.recorder, self.cameras, self.disk)
        row.addWidget(self.log)  # seen only when something is wrong with it
        row.addWidget(self.overdue)  # seen only when something is overdue
        for words in (self.cameras, self.recorder, self.disk):
            row.addWidget(words)
            self._add_rule(row, 22)

    def _add_clock(self, row: QHBoxLayout) -> None:
        self._date = voiced("", "second")
        self._clock = voiced("", "clock")
        row.addWidget(self._date)
        row.addWidget(self._clock)
        self._add_rule(row, 30)

    def _add_rule(self, row: QHBoxLayout, high_px: int) -> None:
        line = rule(vertical=True)
        line.setFixedHeight(self._theme.px(high_px))
        row.addWidget(line)
        self._rules.append(line)

    def show_officer(self, name: str) -> None:
        """Who holds the console."""
        self.officer.show_name(name)
        self._fit_words()

    def show_shifts(self, table: ShiftTable, *, waits: bool) -> None:
        """How the station divides its day, and whether a handover waits for being accepted."""
        self._shifts, self._handover_waits = table, waits

    def tick(self, now: datetime) -> None:
        """Once a second."""
        shift = self._shifts.shift_at(now)
        self._date.setText(weekday_date(now, language()))
        self._clock.setText(clock_time(now))
        waits = tr("Handover waits (F8)") if self._handover_waits else ""
        self.officer.show_shift(waits or f"{shift.called} {shift.hours}", waits=bool(waits))
        self._fit_words()

    def show_overdue(self, words: OverdueWords) -> None:
        """What is overdue and heard, or that the sound is muted; nothing when there is neither."""
        if words.text:
            self.overdue.show_state(words.icon, words.colour, words.text, words.explained)
        else:
            self.overdue.hide()
        self._fit_words()

    def show_cameras(self, live: int, total: int) -> None:
        """How many cameras show a young picture or answer."""
        if total == 0:
            self.cameras.show_state("cctv", "text_2", tr("No cameras yet"))
        elif live == total:
            self.cameras.show_state(
                "dot", "green", tr("Cameras {live}/{total}", live=live, total=total)
            )
        else:
            self.cameras.show_state(
                "triangle-alert", "amber", tr("Cameras {live}/{total}", live=live, total=total)
            )
        self._fit_words()

    def show_disk(self, used_pct: float) -> None:
        """How full the station's disk is, 0–100."""
        colour = "red" if used_pct >= 95 else "amber" if used_pct >= 90 else "green"
        icon = "dot" if colour == "green" else "triangle-alert"
        self.disk.show_state(icon, colour, tr("Disk {used:.0f} %", used=used_pct))
        self._fit_words()

    def show_log(self, words: LogWords | None) -> None:
        """What somebody must do about the log; nothing is said while there is nothing."""
        if words is None:
            self.log.hide()
        else:
            self.log.show_state(words.icon, words.colour, words.text, words.explained)
        self._fit_words()

    def show_recorder(self, words: RecordingWords) -> None:
        """Whether the cameras are being recorded."""
        self.recorder.show_state(words.icon, words.colour, words.text, words.explained)
        self._fit_words()

    def fit(self, wide: bool) -> None:
        """A small screen drops the zone's name and some words (design/live_1366)."""
        self._is_wide = wide
        voice = "clock" if wide else "clock_small"
        restate(self._clock, "voice", voice)
        metrics = QFontMetrics(self._theme.font(voice, 600))
        self._clock.setMinimumWidth(metrics.horizontalAdvance("00:00:00") + 8)
        self._fit_words()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_words()

    def _fit_words(self) -> None:
        """With little room whole things go, one after the other: what matters least at night is
        the first. The clock, the key of a new report and what is wrong are said in full."""
        told = self._told()
        if told == self._fitted:
            return
        self._fitted = told
        self._show_all()
        for drop in self._drops():
            if self._needed_px() <= self.width():
                return
            drop()
        for drop in (self.officer.drop_name, self.search.hide, self._drop_rules):
            if self._needed_px() - self._name_gives_px() <= self.width():
                return
            drop()
        measured_anew(self)

    def _drops(self) -> list[Callable[[], None]]:
        """What goes, the first first; then the station's name is elided."""
        healthy = [words for words in reversed(self._states) if not words.is_wrong]
        return [
            self._drop_zone,
            self._drop_date,
            functools.partial(self.search.show_part, words=False),
            self.officer.drop_shift,
            *(functools.partial(words.show_words, False) for words in healthy),
            functools.partial(self.officer.shorten, self._theme.px(_OFFICER_LEAST_PX)),
            functools.partial(self.search.show_part, words=False, cap=False),
        ]

    def _told(self) -> tuple[object, ...]:
        """All that the room depends on."""
        states = tuple((words.text, words.is_wrong) for words in self._states)
        officer = (self.officer.name.text(), self.officer.shift.text())
        return (self.width(), self._is_wide, self._date.text(), officer, states)

    def _needed_px(self) -> int:
        return measured_anew(self).width()

    def _name_gives_px(self) -> int:
        """How much of the station's name and of the line under it can be elided."""
        seen = [label for label in (self._station, self._under_name) if not label.isHidden()]
        whole = max(label.sizeHint().width() for label in seen)
        return max(0, whole - self._station.minimumWidth())

    def _show_all(self) -> None:
        wide = self._is_wide
        self._sample.setVisible(wide)
        sample = self._sample.text().strip("()")
        self._say_under_name(f"Smart Safety Zone 4.0 · {self._zone}" if wide else sample)
        self._date.setVisible(wide or language() is Language.THAI)
        self.search.show_words(tr("Search or command…") if wide else tr("Search…"), _SEARCH_KEY)
        self.search.show_part()
        self.search.show()
        self.officer.show_all()
        for words in self._states:
            words.show_words(True)
        for line in self._rules:
            line.show()

    def _drop_zone(self) -> None:
        self._sample.hide()
        self._say_under_name(self._sample.text().strip("()"))

    def _say_under_name(self, words: str) -> None:
        self._under_name.setText(words)
        self._under_name.setVisible(bool(words))  # the name alone stands in the middle

    def _drop_date(self) -> None:
        self._date.hide()

    def _drop_rules(self) -> None:
        for line in self._rules:
            line.hide()


def _upper(label: L) -> L:
    """Two lines share the header's height: the upper one has its room above."""
    label.setContentsMargins(0, 3, 0, 1)
    return label


def _lower(label: L) -> L:
    """The lower one has its room below."""
    label.setContentsMargins(0, 1, 0, 2)
    return label
