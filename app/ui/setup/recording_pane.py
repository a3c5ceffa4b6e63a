"""Setup › Recording: whether the cameras are recorded, how much there is, and stopping it.

Shows what the watch found; what it is asked to do happens in the background.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.errors import KnownError
from app.station.profile import Profile
from app.thai.dates import date_time
from app.thai.translation import explain, language, tr
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.recording_words import recording_words
from app.ui.setup.field_box import FieldBox
from app.ui.setup.recording_rows import (
    Cell,
    RecordingRow,
    disk_words,
    head_words,
    recording_rows,
    rule_words,
)
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import IconLabel, restate, voiced
from app.ui.widgets.section_head import SectionHead
from app.video.recorder.recorder_watch import RecorderWatch, Recording

_EVERY_MS = 1000
_STOPPABLE = (Recording.RUNNING, Recording.INTERRUPTED, Recording.STARTING, Recording.MISSING)


class RecordingPane(QFrame):
    """Looks once a second while it is seen."""

    told = Signal(str)

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        profile: Profile,
        watch: RecorderWatch,
        background: Background,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._desk = desk
        self._profile = profile
        self._watch = watch
        self._background = background
        self._shown: list[RecordingRow] = []
        self.setProperty("ground", "panel")
        self._build()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.fill)

    # Building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(self._theme, "history", tr("Recording footage")))
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 10, 16, 10)
        inner.setSpacing(6)
        inner.addLayout(self._build_state())
        self.explained = voiced("", "second", wraps=True)
        self.disks = voiced("", "", wraps=True)
        rules = voiced(rule_words(self._profile), "second", wraps=True)
        for widget in (self.explained, self.disks, rules):
            inner.addWidget(widget)
        inner.addWidget(self._build_asking())
        column.addLayout(inner)
        column.addWidget(self._build_table(), 1)
        foot = voiced(
            tr(
                "What is recorded, where and for how long stands in the station's file"
                " station.toml, which explains itself; the recorder reads it again when it is"
                " saved."
                " “main.py install-autostart” lets recording begin with the computer."
            ),
            "hint",
            wraps=True,
        )
        foot.setContentsMargins(16, 8, 16, 10)
        column.addWidget(foot)

    def _build_state(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.mark = IconLabel(self._theme, "dot", "text_3", 16)
        self.state = voiced("", "title")
        self.since = voiced("", "second")
        self.stop_button = KeyButton(self._theme, tr("Stop recording…"))
        self.start_button = KeyButton(self._theme, tr("Record again"), primary=True)
        self.stop_button.clicked.connect(self._on_stop)
        self.start_button.clicked.connect(self._on_start)
        row.addWidget(self.mark)
        row.addWidget(self.state)
        row.addWidget(self.since)
        row.addStretch(1)
        row.addWidget(self.stop_button)
        row.addWidget(self.start_button)
        return row

    def _build_asking(self) -> QWidget:
        self.asking = QWidget()
        row = QHBoxLayout(self.asking)
        row.setContentsMargins(0, 4, 0, 0)
        self.reason = FieldBox(tr("Why is recording stopped? It stands in the log."))
        self.reason.line.returnPressed.connect(self._on_confirmed)
        self.confirm = KeyButton(self._theme, tr("Stop recording"))
        self.keep = KeyButton(self._theme, tr("Go on recording"), flat=True)
        self.confirm.clicked.connect(self._on_confirmed)
        self.keep.clicked.connect(self.asking.hide)
        row.addWidget(self.reason, 1)
        row.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignTop)
        self.asking.hide()
        return self.asking

    def _build_table(self) -> QTableWidget:
        heads = head_words()
        self.table = QTableWidget(0, len(heads))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setProperty("airy", True)
        self.table.setShowGrid(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setAccessibleName(tr("Recording footage"))
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self._theme.px(28))
        head = self.table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return self.table

    # Showing

    def fill(self) -> None:
        """What the watch found at its last look."""
        words = recording_words(self._watch)
        self.mark.show_icon(words.icon, words.colour)
        self.state.setText(words.text)
        restate(self.state, "state", words.colour if words.colour in ("red", "amber") else "")
        self.explained.setText(words.explained)
        self.explained.setVisible(bool(words.explained))
        health = self._watch.health
        self.since.setText(
            tr("since {time}", time=date_time(health.started_at, language())) if health else ""
        )
        self._show_disks([disk_words(disk) for disk in health.disks] if health else [])
        self.stop_button.setVisible(self._watch.recording in _STOPPABLE)
        self.start_button.setVisible(self._watch.recording is Recording.HELD_BACK)
        self._show_rows(
            recording_rows(self._desk.cameras(), self._profile, health, self._watch.stores)
        )

    def _show_disks(self, cells: Sequence[Cell]) -> None:
        self.disks.setText("\n".join(cell.text for cell in cells))
        worst = next((each for each in ("red", "amber") if each in {c.colour for c in cells}), "")
        restate(self.disks, "state", worst)
        self.disks.setVisible(bool(cells))

    def _show_rows(self, rows: list[RecordingRow]) -> None:
        if rows == self._shown:
            return
        self._shown = rows
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            for place, cell in enumerate(row.cells):
                item = QTableWidgetItem(cell.text)
                item.setForeground(self._theme.colour(cell.colour))
                self.table.setItem(number, place, item)

    # Asking

    def _on_stop(self) -> None:
        try:
            self._desk.require_right("recording_stop_requested")
        except KnownError as error:
            self._desk.failed.emit(error)
            return
        self.reason.fill("")
        self.asking.show()
        self.reason.line.setFocus()

    def _on_confirmed(self) -> None:
        ask = functools.partial(self._watch.ask_to_stop, self.reason.text, self._desk.officer.actor)
        self._background.run(ask, self._on_asked, self._on_refused)

    def _on_asked(self, _: object) -> None:
        self.asking.hide()
        self.told.emit(tr("The recorder was asked to stop"))
        self.fill()

    def _on_refused(self, error: KnownError) -> None:
        self.reason.tell(explain(error), "red")

    def _on_start(self) -> None:
        self._watch.resume()
        self.told.emit(tr("Recording begins again"))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        self.fill()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
