"""Before the console opens: the log is damaged. What is wrong, what a restore would give, and then
whatever a person decides. Nothing is written over without that; knows no main window.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app.clock import Clock
from app.errors import KnownError, Message
from app.log import View
from app.log.soundness import Damage
from app.station import ConsoleLock, Disk, StationFolder
from app.station.backups.backup import Backup, backups_in, best_first, read_backup
from app.station.backups.restoring import Rehearsal, Restore
from app.thai.translation import Language, explain, language, say, set_language, tr
from app.ui.background import Background
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton, Segments
from app.ui.widgets.labels import IconLabel, fit_height, restate, rule, voiced

_WIDTH_PX = 860
_LISTED = 4
_EVERY_MS = 200


class DamagedLog(QWidget):
    """Rehearses by itself, with the best backup; `station` is what to open when `decided`."""

    decided = Signal()

    def __init__(
        self,
        folder: StationFolder,
        damage: Damage,
        theme: Theme,
        views: Sequence[View],
        clock: Clock,
    ) -> None:
        super().__init__()
        self.station: StationFolder | None = None
        self._folder = folder
        self._damage = damage
        self._theme = theme
        self._disk = Disk()
        self._lock = ConsoleLock(folder, disk=self._disk, clock=clock)
        self._restore = Restore(folder, views, self._disk, clock)
        self._background = Background(workers=1)
        self._rehearsal: Rehearsal | None = None
        self._passed_over: tuple[Message, ...] = ()
        self._refusal: KnownError | None = None
        self._at: tuple[Message, int, int] | None = None
        self._stop = threading.Event()
        self._inner = QVBoxLayout(self)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self.setObjectName("window")
        self.setStyleSheet(theme.stylesheet())
        self.setFixedWidth(theme.px(_WIDTH_PX))
        self._card: QFrame | None = None
        for keys, act in (("Ctrl+Return", self._on_put_back), ("Esc", self.close)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._show_progress)
        self._build()
        self._begin()

    # Building; again when the language changes

    def _build(self) -> None:
        if self._card is not None:
            self._inner.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
        self.setWindowTitle(tr("The station's log is damaged"))
        self._card = QFrame()
        self._card.setProperty("ground", "panel")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(8)
        column.addLayout(self._build_head())
        for what in self._damage.what[:_LISTED]:
            column.addWidget(voiced(say(what), "", "red", wraps=True))
        column.addWidget(voiced(self._safe_words(), "second", wraps=True))
        column.addWidget(rule())
        self.outcome = voiced("", wraps=True)
        self.trouble = voiced("", "", "red", wraps=True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        for widget in (self.outcome, self.trouble, self.progress):
            column.addWidget(widget)
        column.addWidget(rule())
        column.addLayout(self._build_buttons())
        self._inner.addWidget(self._card)
        self._card.show()
        self._show()

    def _build_head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(IconLabel(self._theme, "triangle-alert", "red", 20))
        row.addWidget(voiced(tr("The station's log is damaged"), "title"))
        row.addStretch(1)
        languages = Segments(((Language.THAI, "ไทย"), (Language.ENGLISH, "English")))
        languages.set_on(language())
        languages.chosen.connect(self._on_language)
        row.addWidget(languages)
        return row

    def _build_buttons(self) -> QHBoxLayout:
        theme = self._theme
        self.put_back = KeyButton(
            theme, tr("Put it back like this"), key="Ctrl Enter", primary=True
        )
        self.other = KeyButton(theme, tr("Another backup…"))
        self.as_it_is = KeyButton(theme, tr("Open it as it is"))
        self.leave = KeyButton(theme, tr("Do nothing and close"), key="Esc", flat=True)
        self.put_back.clicked.connect(self._on_put_back)
        self.other.clicked.connect(self._on_other)
        self.as_it_is.clicked.connect(self._on_as_it_is)
        self.leave.clicked.connect(self.close)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.put_back, self.other, self.as_it_is):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.leave)
        return row

    def _safe_words(self) -> str:
        return tr(
            "Nothing has been changed. Footage, evidence, papers and maps are files of their own"
            " and are not touched; recording goes on. Station: {station}",
            station=str(self._folder.root),
        )

    # Rehearsing

    def _begin(self) -> None:
        try:
            self._lock.acquire()
        except KnownError as error:
            self._on_refused(error)
            return
        there = backups_in(self._folder.backups, self._folder.profile.station_id)
        self._rehearse(best_first(there))

    def _rehearse(self, backups: Sequence[Backup]) -> None:
        self._rehearsal, self._refusal, self._passed_over = None, None, ()
        work = functools.partial(self._restore.rehearse_best, backups, self._told)
        self._run(work, self._on_rehearsed)

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._at = (Message(""), 0, 0)
        self._background.run(work, done, self._on_refused)
        self._timer.start()
        self._show()

    def _told(self, what: Message, done: int, total: int) -> None:
        """In the background's thread. Raises where nobody waits for it any more."""
        if self._stop.is_set():
            raise _LeftError
        self._at = (what, done, total)

    def _on_rehearsed(self, found: tuple[Rehearsal, tuple[Message, ...]]) -> None:
        self._rehearsal, self._passed_over = found
        self._at = None
        self._show()

    def _on_refused(self, error: KnownError) -> None:
        self._refusal = error
        self._at = None
        self._show()

    # Deciding

    def _on_put_back(self) -> None:
        if self._rehearsal is not None and self._at is None:
            work = functools.partial(self._restore.carry_out, self._rehearsal)
            self._run(work, self._on_restored)

    def _on_restored(self, station: StationFolder) -> None:
        self._at = None
        self.station = station
        self.decided.emit()

    def _on_other(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, tr("Choose the folder of a backup"), str(self._folder.backups)
        )
        if not name:
            return
        try:
            backup = read_backup(Path(name))
        except KnownError as error:
            self._on_refused(error)
            return
        self._rehearse([backup])

    def _on_as_it_is(self) -> None:
        self.station = self._folder
        self.decided.emit()

    def _on_language(self, choice: str, on: bool) -> None:
        set_language(Language(choice))
        self._build()

    # Showing

    def _show(self) -> None:
        busy = self._at is not None
        self.outcome.setText(self._outcome_words())
        refusal = explain(self._refusal) if self._refusal is not None else ""
        self.trouble.setText(refusal)
        self.trouble.setVisible(bool(refusal))
        self.put_back.setEnabled(not busy and self._rehearsal is not None)
        self.other.setEnabled(not busy)
        self.as_it_is.setVisible(self._damage.can_open)
        self.as_it_is.setEnabled(not busy)
        self._show_progress()
        if self._card is not None:
            self._card.setFixedWidth(self.width())
            fit_height(self._card)
            self.setFixedHeight(self._card.height())

    def _outcome_words(self) -> str:
        lines = [say(one) for one in self._passed_over]
        if self._rehearsal is not None:
            lines += [say(one) for one in self._rehearsal.sentences()]
            lines.append(
                tr("If it is put back, the damaged file is kept in the folder {folder}.",
                   folder=self._folder.put_aside.name)
            )  # fmt: skip
            restate(self.outcome, "state", "amber" if self._rehearsal.loses else "green")
        elif self._refusal is None:
            lines.append(tr("What a restore would give is being tried out beside it…"))
            restate(self.outcome, "state", "")
        return "\n".join(lines)

    def _show_progress(self) -> None:
        at = self._at
        self.progress.setVisible(at is not None)
        if at is None:
            self._timer.stop()
            return
        what, done, total = at
        if what.template:
            self.outcome.setText(say(what))
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    @property
    def text(self) -> str:
        """Everything it says, for those who cannot see it."""
        labels = self._card.findChildren(QLabel) if self._card is not None else []
        return "\n".join(label.text() for label in labels if label.isVisibleTo(self))

    def let_go(self) -> None:
        """End what is under way, give the station free, and go."""
        self._timer.stop()
        self._stop.set()
        self._background.stop()
        self._restore.clean()
        self._lock.release()
        self.hide()
        self.deleteLater()

    # Qt

    def closeEvent(self, event: QCloseEvent) -> None:
        self.station = None
        event.accept()
        self.decided.emit()


class _LeftError(Exception):
    """Nobody waits for the rehearsal any more."""
