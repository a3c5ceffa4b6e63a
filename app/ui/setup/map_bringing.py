"""Bringing a map, step by step: choose, see what is in it, bring, hear what came of it.

Draws the work of the office, whatever brought it about; asks the office for everything.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.errors import KnownError
from app.geo.imports.formats import RASTER_NAMES, VECTOR_NAMES
from app.thai.translation import say, tr
from app.ui.file_choice import choose_file
from app.ui.setup.map_found import MapFound
from app.ui.setup.map_office import MapOffice
from app.ui.setup.map_outcome import MapOutcome
from app.ui.setup.map_unclear import MapUnclear
from app.ui.setup.map_work import MapWork, Step
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel, restate, voiced
from app.ui.widgets.section_head import SectionHead

_PATTERNS = (
    "*.pbf *.gpkg *.shp *.geojson *.json *.kml *.kmz *.fgb *.gpx"
    " *.mbtiles *.pmtiles *.png *.jpg *.jpeg *.tif *.tiff"
)


class MapBringing(QFrame):
    """One file at a time; a file can be dropped here too."""

    def __init__(self, theme: Theme, office: MapOffice) -> None:
        super().__init__()
        self._theme = theme
        self._office = office
        self.setProperty("ground", "panel")
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self.show_work()

    # Building

    def _build(self) -> None:
        theme = self._theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = SectionHead(theme, "upload", tr("Bring a map"))
        self.choose = KeyButton(theme, tr("Choose a file…"), key="Ins", icon="plus")
        head.add_right(self.choose)
        column.addWidget(head)
        self.file = ElidedLabel("", "title")
        self.file.setContentsMargins(16, 10, 16, 2)
        column.addWidget(self.file)
        column.addWidget(self._build_trouble())
        self.found = MapFound(theme)
        self.unclear = MapUnclear(theme)
        self.outcome = MapOutcome(theme)
        self.idle = self._build_idle()
        self.progress = self._build_progress()
        self.steps = QStackedWidget()
        for page in (self.idle, self.progress, self.unclear, self.found, self.outcome):
            self.steps.addWidget(page)
        column.addWidget(self.steps, 1)

    def _build_trouble(self) -> QWidget:
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(16, 6, 16, 6)
        self.trouble = QFrame()
        inner = QVBoxLayout(self.trouble)
        inner.setContentsMargins(12, 8, 12, 8)
        inner.setSpacing(2)
        self.what = voiced("", "strong", wraps=True)
        self.rest = voiced("", "", wraps=True)
        inner.addWidget(self.what)
        inner.addWidget(self.rest)
        row.addWidget(self.trouble)
        self._trouble_holder = holder
        return holder

    def _build_idle(self) -> QWidget:
        idle = QWidget()
        column = QVBoxLayout(idle)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        self.invitation = voiced("", "strong", wraps=True)
        column.addWidget(self.invitation)
        for words in (
            tr("What is in the file is shown first. Nothing is changed before you say so, and the"
               " map that is there stays until the new one is whole."),
            tr("It can be: {kinds}. A Shapefile wants its .shx, .dbf and .prj beside it.",
               kinds=VECTOR_NAMES),
            tr("Pictures of the ground lie under the roads: {kinds}. A PNG or JPEG wants its world"
               " file beside it.",
               kinds=RASTER_NAMES),
            tr("A good first map: the district from OpenStreetMap as .osm.pbf, brought on a USB"
               " stick."),
        ):  # fmt: skip
            column.addWidget(voiced(words, "second", wraps=True))
        column.addStretch(1)
        return idle

    def _build_progress(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 8, 16, 12)
        column.setSpacing(8)
        self.phase = voiced("", "")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("How far it is"))
        self.stop = KeyButton(self._theme, tr("Stop"), icon="x")
        row = QHBoxLayout()
        row.addWidget(self.stop)
        row.addStretch(1)
        column.addWidget(self.phase)
        column.addWidget(self.bar)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        office, found = self._office, self.found
        office.changed.connect(self.show_work)
        self.choose.clicked.connect(self.ask_for_file)
        self.outcome.another_requested.connect(self.ask_for_file)
        self.stop.clicked.connect(office.cancel)
        self.unclear.system_chosen.connect(self._on_system_chosen)
        self.unclear.put_away_requested.connect(office.clear)
        found.class_chosen.connect(office.choose_class)
        found.attribution_typed.connect(office.set_attribution)
        found.addition_chosen.connect(office.set_added)
        found.bring_requested.connect(office.bring)
        found.put_away_requested.connect(office.clear)
        self._insert = QShortcut(QKeySequence("Insert"), self, self.ask_for_file)

    # What is shown

    def show_work(self) -> None:
        """How far it is now."""
        work = self._office.work
        self.file.setText(work.source.name if work.source is not None else "")
        self.file.setVisible(work.source is not None)
        may, is_bringing = self._office.may_bring, work.step is Step.BRINGING
        self.choose.setEnabled(may and not is_bringing)
        self._insert.setEnabled(may and not is_bringing)
        self._show_trouble(work)
        match work.step:
            case Step.LOOKING | Step.BRINGING:
                self._show_progress(work)
                page = self.progress
            case Step.UNCLEAR:
                self.unclear.show_work(work)
                page = self.unclear
            case Step.SHOWN:
                self.found.show_work(work, has_map=bool(self._office.in_use().files))
                page = self.found
            case Step.DONE:
                self.outcome.show_work(work)
                page = self.outcome
            case _:
                self._show_invitation(may)
                page = self.idle
        had_keyboard = self.isAncestorOf(self.window().focusWidget() or self)
        is_new = self.steps.currentWidget() is not page
        self.steps.setCurrentWidget(page)
        if is_new and had_keyboard:
            self._give_keyboard(work)

    def _give_keyboard(self, work: MapWork) -> None:
        """To what is likely to be pressed next; never taken from elsewhere in the window."""
        match work.step:
            case Step.LOOKING | Step.BRINGING:
                self.stop.setFocus()
            case Step.UNCLEAR:
                self.unclear.systems[0].setFocus()
            case Step.SHOWN:
                wanted = self.found.bring.isEnabled() or not self.found.table.boxes
                (self.found.bring if wanted else self.found.table.boxes[0]).setFocus()
            case Step.DONE:
                self.outcome.show_map.setFocus()
            case _:
                self.choose.setFocus()

    def _show_invitation(self, may: bool) -> None:
        self.invitation.setText(
            tr("Choose a map file, or drop one here.")
            if may
            else tr("Only a supervisor or the administrator may bring a map.")
        )

    def _show_trouble(self, work: MapWork) -> None:
        """What went wrong, or what a person must know, over everything else."""
        if work.error is not None:
            tint = "amber" if work.step in (Step.UNCLEAR, Step.DONE) else "red"
            self._say(work.error, tint)
        elif work.note is not None:
            restate(self.trouble, "tint", "amber")
            restate(self.what, "state", "amber")
            self.what.setText(say(work.note))
            self.rest.hide()
        self._trouble_holder.setVisible(work.error is not None or work.note is not None)

    def _say(self, error: KnownError, tint: str) -> None:
        restate(self.trouble, "tint", tint)
        restate(self.what, "state", tint)
        self.what.setText(say(error.what))
        self.rest.setText("\n".join(say(part) for part in error.sentences[1:]))
        self.rest.setVisible(len(error.sentences) > 1)

    def _show_progress(self, work: MapWork) -> None:
        progress = work.progress
        if progress is None:
            self.phase.setText(tr("The file is being opened"))
            self.bar.setRange(0, 0)
            return
        words = say(progress.phase)
        if progress.total > 0:
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(1000 * min(progress.done / progress.total, 1.0)))
            words = f"{words} · {100 * min(progress.done / progress.total, 1.0):.0f} %"
        else:
            self.bar.setRange(0, 0)
            words = f"{words} · {progress.done:,}" if progress.done else words
        self.phase.setText(words)

    # Asking

    def ask_for_file(self) -> None:
        """The dialog; nothing modal for the alarms behind it."""
        kinds = [tr("Maps ({patterns})", patterns=_PATTERNS), tr("All files (*)")]
        choose_file(self, tr("Bring a map"), kinds, self._office.look_at)

    def _on_system_chosen(self, crs: object) -> None:
        source = self._office.work.source
        if source is not None:
            self._office.look_at(source, crs)  # type: ignore[arg-type]  # a signal carries any

    # Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if self.choose.isEnabled() and len(urls) == 1 and urls[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._office.look_at(Path(event.mimeData().urls()[0].toLocalFile()))
