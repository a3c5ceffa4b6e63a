"""The header: station, intake, search, the health of cameras, recorder and disk, clock, officer."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

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
from app.ui.widgets.labels import ElidedLabel, IconLabel, restate, rule, voiced


class HealthWords(QWidget):
    """A state's shape and its words: dot, triangle or cross beside a short text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._mark = IconLabel(theme, "dot", "text_3", 14)
        self._text = voiced("")
        row.addWidget(self._mark)
        row.addWidget(self._text)
        self._shown = ("", "")
        self.hide()  # until there is something to say

    def show_state(self, icon: str, colour: str, text: str, explained: str = "") -> None:
        """`icon` from Lucide, `colour` a token."""
        self.setToolTip(explained)
        if self._shown != (icon + colour, text):
            self._shown = (icon + colour, text)
            self._mark.show_icon(icon, colour)
            self._text.setText(text)
            restate(self._text, "state", colour if colour in ("red", "amber") else "")
        self.show()


class Header(QFrame):
    """One line over everything. It is told what to show; it asks nobody."""

    intake_requested = Signal()
    search_requested = Signal()
    officer_pressed = Signal()
    handover_requested = Signal()

    def __init__(self, theme: Theme, profile: Profile, officer: Officer) -> None:
        super().__init__()
        self._theme = theme
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
        self.search = KeyButton(theme, tr("Search or command…"), key="Ctrl K", icon="search")
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
        self.show_officer(officer.name)
        row.addWidget(self.officer)

    def _build_station(self, profile: Profile) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.setContentsMargins(0, 0, 0, 0)
        thai = language() is Language.THAI
        name = QHBoxLayout()
        name.setSpacing(5)
        station = ElidedLabel(profile.name_th if thai else profile.name_en, "strong")
        station.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        name.addWidget(_upper(station))
        self._sample = _upper(voiced(tr("(sample station)") if profile.sample else "", "second"))
        name.addWidget(self._sample)
        name.addStretch(1)
        column.addLayout(name)
        self._zone = profile.zone_name_th if thai else profile.zone_name_en
        self._under_name = _lower(voiced("", "hint"))
        column.addWidget(self._under_name)
        return column

    def _add_health(self, row: QHBoxLayout) -> None:
        self.log = HealthWords(self._theme)
        self.overdue = HealthWords(self._theme)
        self.cameras = HealthWords(self._theme)
        self.recorder = HealthWords(self._theme)
        self.disk = HealthWords(self._theme)
        row.addWidget(self.log)  # seen only when something is wrong with it
        row.addWidget(self.overdue)  # seen only when something is overdue
        for words in (self.cameras, self.recorder, self.disk):
            row.addWidget(words)
            line = rule(vertical=True)
            line.setFixedHeight(self._theme.px(22))
            row.addWidget(line)

    def _add_clock(self, row: QHBoxLayout) -> None:
        self._date = voiced("", "second")
        self._clock = voiced("", "clock")
        font = self._theme.font("clock", 600)
        self._clock.setFont(font)
        self._clock.setMinimumWidth(self._clock.fontMetrics().horizontalAdvance("00:00:00") + 8)
        row.addWidget(self._date)
        row.addWidget(self._clock)
        line = rule(vertical=True)
        line.setFixedHeight(self._theme.px(30))
        row.addWidget(line)

    def show_officer(self, name: str) -> None:
        """Who holds the console."""
        self.officer.show_name(name)

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

    def show_overdue(self, words: OverdueWords) -> None:
        """What is overdue and heard, or that the sound is muted; nothing when there is neither."""
        if words.text:
            self.overdue.show_state(words.icon, words.colour, words.text, words.explained)
        else:
            self.overdue.hide()

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

    def show_disk(self, used_pct: float) -> None:
        """How full the station's disk is, 0–100."""
        colour = "red" if used_pct >= 95 else "amber" if used_pct >= 90 else "green"
        icon = "dot" if colour == "green" else "triangle-alert"
        self.disk.show_state(icon, colour, tr("Disk {used:.0f} %", used=used_pct))

    def show_log(self, words: LogWords | None) -> None:
        """What somebody must do about the log; nothing is said while there is nothing."""
        if words is None:
            self.log.hide()
        else:
            self.log.show_state(words.icon, words.colour, words.text, words.explained)

    def show_recorder(self, words: RecordingWords) -> None:
        """Whether the cameras are being recorded."""
        self.recorder.show_state(words.icon, words.colour, words.text, words.explained)

    def fit(self, wide: bool) -> None:
        """A small screen drops the zone's name and some words (design/live_1366)."""
        self._sample.setVisible(wide)
        sample = self._sample.text().strip("()")
        self._under_name.setText(f"Smart Safety Zone 4.0 · {self._zone}" if wide else sample)
        self._date.setVisible(wide or language() is Language.THAI)
        self.search.show_words(tr("Search or command…") if wide else tr("Search…"), "Ctrl K")
        restate(self._clock, "voice", "clock" if wide else "clock_small")


def _upper(label: QLabel) -> QLabel:
    """Two lines share the header's height: the upper one has its room above."""
    label.setContentsMargins(0, 3, 0, 1)
    return label


def _lower(label: QLabel) -> QLabel:
    """The lower one has its room below."""
    label.setContentsMargins(0, 1, 0, 2)
    return label
