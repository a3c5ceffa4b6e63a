"""Setup › Log and backups: whether the log is whole, where its backups are, and doing it now.

Shows what the keeping of the log knows; what it is asked to do happens in the background.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
)

from app.errors import KnownError
from app.evidence.backup_trial import Trial
from app.station.backups.backup import Backup
from app.thai.dates import date_time
from app.thai.translation import explain, language, say, tr
from app.ui.desk import Desk
from app.ui.log_keeping import LogKeeping, Work
from app.ui.log_words import LogWords, backup_words, check_words, checked_words, finding_words
from app.ui.setup.backup_table import BackupTable
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import IconLabel, restate, rule, voiced
from app.ui.widgets.section_head import SectionHead

_EVERY_MS = 500


class LogPane(QFrame):
    """Looks twice a second while it is seen, for the progress of what is under way."""

    told = Signal(str)

    def __init__(self, theme: Theme, desk: Desk, keeping: LogKeeping) -> None:
        super().__init__()
        self._theme = theme
        self._desk = desk
        self.keeping = keeping
        self._place = keeping.office.place
        self._shown: list[Backup] | None = None
        self.setProperty("ground", "panel")
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(self._theme, "shield", tr("Log and backups")))
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 10, 16, 10)
        inner.setSpacing(4)
        self._build_log(inner)
        inner.addSpacing(8)
        inner.addWidget(rule())
        inner.addSpacing(8)
        self._build_backups(inner)
        column.addLayout(inner)
        self.table = BackupTable(self._theme)
        column.addWidget(self.table, 1)
        foot = voiced(
            tr(
                "A backup holds the log, station.toml and the public key. Passwords and the signing"
                " key are in none: they stay with this computer's user. Footage, evidence, papers"
                " and maps are files that do not change: copy them with the station's folder."
            ),
            "hint",
            wraps=True,
        )
        foot.setContentsMargins(16, 8, 16, 10)
        column.addWidget(foot)

    def _build_log(self, inner: QVBoxLayout) -> None:
        self.check_button = KeyButton(self._theme, tr("Check everything now"), icon="refresh-cw")
        self.mark, self.state, row = self._title_row(self.check_button)
        inner.addLayout(row)
        self.checked = self._line(inner, "second")
        self.found = self._line(inner, "", state="red")
        self.head = self._line(inner, "hint")
        self.head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.heads = self._line(inner, "second")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        inner.addWidget(self.progress)

    def _build_backups(self, inner: QVBoxLayout) -> None:
        self.try_button = KeyButton(self._theme, tr("Test the chosen one"), icon="circle-check")
        self.backup_button = KeyButton(self._theme, tr("Back up now"), primary=True)
        self.backup_mark, self.backup_state, row = self._title_row(
            self.try_button, self.backup_button
        )
        inner.addLayout(row)
        self.next = self._line(inner, "second")
        self.where = self._line(inner, "second")
        self.trouble = self._line(inner, "", state="amber")
        self.outcome = self._line(inner, "")

    def _title_row(self, *buttons: KeyButton) -> tuple[IconLabel, QLabel, QHBoxLayout]:
        row = QHBoxLayout()
        row.setSpacing(8)
        mark, title = IconLabel(self._theme, "dot", "text_3", 16), voiced("", "title")
        row.addWidget(mark)
        row.addWidget(title)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        return mark, title, row

    def _line(self, inner: QVBoxLayout, voice: str, state: str = "") -> QLabel:
        made = voiced("", voice, state, wraps=True)
        inner.addWidget(made)
        return made

    def _connect(self) -> None:
        self.check_button.clicked.connect(self._on_check)
        self.backup_button.clicked.connect(self._on_back_up)
        self.try_button.clicked.connect(self._on_try)
        self.table.chosen.connect(self._on_chosen)
        self.keeping.changed.connect(self.fill)
        self.keeping.checked.connect(self._on_checked)
        self.keeping.backed_up.connect(self._on_backed_up)
        self.keeping.tried.connect(self._on_tried)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._show_progress)

    # Showing

    def fill(self) -> None:
        """What is known now; only where somebody sees it."""
        if not self.isVisible():
            return
        state = self.keeping.state
        self._show_title(self.mark, self.state, check_words(state))
        self._say(self.checked, checked_words(state))
        self._say(self.found, finding_words(state))
        restate(self.found, "state", "amber" if state.whole else "red")
        self._say(self.head, tr("Head of the log") + f": {self._desk.log_head()}")
        self._show_heads()
        self._show_backups()
        self._show_progress()

    def _show_heads(self) -> None:
        path = self.keeping.office.evidence.folder.head_file
        away = self.keeping.state.heads_away
        if path is None:
            words = tr(
                "The head is written nowhere else. Name a file on another disk or stick in"
                " station.toml: [integrity] head_file"
            )
        elif away is not None:
            words = explain(away)
        else:
            words = tr("The head is written at every seal to {path}", path=str(path))
        self._say(self.heads, words)
        restate(self.heads, "state", "amber" if away is not None else "")

    def _show_backups(self) -> None:
        state, now = self.keeping.state, self._desk.now()
        backups = self._place.backups()
        newest = backups[0] if backups else None
        self._show_title(self.backup_mark, self.backup_state, backup_words(newest, state, now))
        when = date_time(self.keeping.office.next_backup(), language())
        self._say(
            self.next, tr("The next is due {time}, or as soon as the console runs", time=when)
        )
        where = str(self._place.path)
        if self._place.shares_disk:
            where += " · " + tr(
                "THE STATION'S OWN DISK: if it breaks, both are gone. Choose a folder on another"
                " disk in station.toml: [backups] folder"
            )
        self._say(self.where, where)
        restate(self.where, "state", "amber" if self._place.shares_disk else "")
        trouble = state.backup_trouble
        self._say(self.trouble, explain(trouble) if trouble is not None else "")
        if backups != self._shown:
            self._shown = backups
            self.table.show_backups(backups)
        self._show_buttons()

    def _show_buttons(self) -> None:
        idle = self.keeping.state.work is Work.NOTHING
        self.check_button.setEnabled(idle)
        self.backup_button.setEnabled(idle)
        self.try_button.setEnabled(idle and self.table.backup is not None)

    def _show_progress(self) -> None:
        done, total = self.keeping.progress
        self.progress.setVisible(self.keeping.state.work is not Work.NOTHING)
        self.progress.setRange(0, max(0, total) if done < total else 0)
        self.progress.setValue(done)

    def _show_title(self, mark: IconLabel, title: QLabel, words: LogWords) -> None:
        mark.show_icon(words.icon, words.colour)
        title.setText(words.text)
        restate(title, "state", words.colour if words.colour in ("red", "amber") else "")

    def _say(self, label: QLabel, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))

    # Asking

    def _on_check(self) -> None:
        if self._may("log_verified"):
            self.keeping.check(self._desk.officer.actor)

    def _on_back_up(self) -> None:
        if self._may("backup_made"):
            self._say(self.outcome, "")
            self.keeping.back_up(self._desk.officer.actor)

    def _on_try(self) -> None:
        backup = self.table.backup
        if backup is not None:
            self._say(self.outcome, "")
            self.keeping.try_backup(backup, self._on_refused)

    def _may(self, kind: str) -> bool:
        try:
            self._desk.require_right(kind)
        except KnownError as error:
            self._desk.failed.emit(error)
            return False
        return True

    # Told

    def _on_chosen(self) -> None:
        self._show_buttons()

    def _on_checked(self, last: object) -> None:
        if self.keeping.state.whole:
            self.told.emit(tr("The whole log was checked: it is whole"))

    def _on_backed_up(self, backup: Backup) -> None:
        self.told.emit(tr("The log was backed up: {count:,} entries", count=backup.entries))

    def _on_tried(self, trial: Trial) -> None:
        restate(self.outcome, "state", "green")
        self._say(self.outcome, say(trial.sentence()))

    def _on_refused(self, error: KnownError) -> None:
        restate(self.outcome, "state", "red")
        self._say(self.outcome, explain(error))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        self.fill()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
