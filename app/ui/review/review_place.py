"""The Review place: composes place, pictures, evidence, transport and timeline, and wires them.

Every pane tells facts or asks; here they are joined. Nothing else is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.cameras.ground import Ground
from app.errors import KnownError
from app.geo.basemap import Basemap
from app.geo.coordinates import LatLon
from app.incidents.place_finder import PlaceFinder
from app.log import Changed
from app.ui.footage_desk import FootageDesk
from app.ui.review.emptiness import emptiness
from app.ui.review.evidence_card import EvidenceCard
from app.ui.review.evidence_steps import EvidenceSteps
from app.ui.review.export_steps import ExportSteps
from app.ui.review.jumps import Jumps
from app.ui.review.kept_list import KeptList
from app.ui.review.pictures_pane import PicturesPane
from app.ui.review.place_pane import PlacePane
from app.ui.review.place_steps import PlaceSteps
from app.ui.review.review_grid import ReviewGrid
from app.ui.review.review_menu import open_review_menu
from app.ui.review.review_refresh import ReviewRefresh
from app.ui.review.screening import Screening
from app.ui.review.still_steps import StillSteps
from app.ui.review.timeline import Timeline
from app.ui.review.timeline_thumbnail import TimelineThumbnail
from app.ui.review.transport_bar import TransportBar
from app.ui.review.transport_steps import TransportSteps
from app.ui.review.viewing_line import ViewingLine
from app.ui.theme import Theme
from app.ui.wall.moment_field import MomentField
from app.ui.wall.still_keeper import StillKeeping
from app.ui.wall.tile_view import WHOLE
from app.video.archive.viewing import FootageViewed

_CLOSER = 1.5
_FOOTAGE_KINDS = ("footage_", "moment_", "incident_", "clip_", "export_")
_CAMERA_KINDS = frozenset({"camera_registered", "camera_changed", "camera_removed"})


@dataclass(frozen=True, slots=True)
class ReviewParts:
    """What the Review place stands on; made by the application."""

    desk: FootageDesk
    screening: Screening
    ground: Ground
    finder: PlaceFinder
    stills: StillKeeping
    centre: LatLon


class ReviewPlace(QWidget):
    """Place left, pictures in the middle, evidence right, time below."""

    told = Signal(str)
    failed = Signal(object)  # KnownError
    live_requested = Signal(str)  # camera id

    def __init__(self, theme: Theme, parts: ReviewParts) -> None:
        super().__init__()
        self._theme, self._parts = theme, parts
        self._is_filled = self._has_left = False
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        theme, parts = self._theme, self._parts
        player, clock = parts.screening.player, parts.desk.desk.clock
        self.pane = PlacePane(theme, parts.ground, parts.finder, parts.centre)
        self.grid = ReviewGrid(theme, player)
        self.pictures = PicturesPane(theme, self.grid)
        self.card, self.kept = EvidenceCard(theme), KeptList(theme)
        self.bar = TransportBar(theme, clock)
        self.timeline = Timeline(theme, clock.now())
        self.viewing = ViewingLine(theme, parts.desk.desk.officer.name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addWidget(self.pane)
        upper.addWidget(self.pictures, 1)
        upper.addWidget(self._build_right())
        column.addLayout(upper, 1)
        self._below = QWidget()
        lower = QVBoxLayout(self._below)
        lower.setContentsMargins(0, 0, 0, 0)
        lower.setSpacing(0)
        lower.addWidget(self.bar)
        lower.addWidget(self.timeline)
        column.addWidget(self._below)
        self.thumbnail = TimelineThumbnail(theme, self)
        self.note = MomentField(theme, self._below)
        self._build_steps()

    def _build_right(self) -> QWidget:
        self.right = QFrame()
        self.right.setProperty("ground", "panel")
        self.right.setProperty("edge", "left")
        column = QVBoxLayout(self.right)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.card)
        column.addWidget(self.kept, 1)
        column.addWidget(self.viewing)
        return self.right

    def _build_steps(self) -> None:
        desk, player = self._parts.desk, self._parts.screening.player
        clock = desk.desk.clock
        self.transport = TransportSteps(self, player, self.bar, self.timeline, clock)
        self.places = PlaceSteps(
            self, self.pane, self.grid, self.timeline, desk, self._parts.ground
        )
        self.exports = ExportSteps(self.card, self.transport, self.places, self.grid, desk)
        self.evidence = EvidenceSteps(
            self.card, self.kept, self.transport, self.places, self.grid, self.exports, desk
        )
        self.stills = StillSteps(self, desk, self._parts.stills)
        self.jumps = Jumps(self, self._parts)
        self._refresh = ReviewRefresh(self, self._parts.screening)

    def _connect(self) -> None:
        desk = self._parts.desk
        for part in (self.evidence, self.exports, self.stills):
            part.told.connect(self.told)
            part.failed.connect(self.failed)
        desk.failed.connect(self.failed)
        desk.desk.changed.connect(self._on_changed)
        desk.desk.officer_changed.connect(self._on_officer_changed)
        desk.viewing_logged.connect(self.viewing.show_logged)
        desk.recorded_read.connect(self._on_recorded)
        self.bar.time.failed.connect(self.failed)
        self.bar.acted.connect(self._on_acted)
        self.bar.time.left.connect(self.grid.setFocus)
        self.transport.moved.connect(self.places.look_around)
        self.grid.camera_clicked.connect(self._on_camera_clicked)
        self.grid.camera_opened.connect(self.grid.toggle_single)
        self.grid.menu_requested.connect(self._on_menu_requested)
        self.pictures.still_requested.connect(self.take_still)
        self.timeline.incident_clicked.connect(self._on_incident_clicked)
        self.timeline.hovered.connect(self._on_hovered)
        self.timeline.hover_left.connect(self.thumbnail.leave)
        self.evidence.mark_asked.connect(self.note.ask)
        self.note.note_written.connect(self._on_note_written)
        self.note.unmark_requested.connect(self._on_unmark_requested)
        self.places.chosen_changed.connect(self.show_emptiness)

    # Opening

    def fill(self) -> None:
        """Cameras, areas and what the log says, once."""
        self.places.take_register()
        self.places.show_log(incidents=True)
        self.evidence.show_kept()
        self._is_filled = True
        if self.isVisible():
            self.jumps.begin()

    # What is told

    def show_basemap(self, basemap: Basemap) -> None:
        self.pane.show_basemap(basemap)

    def show_emptiness(self) -> None:
        """Say what to do where there is nothing to be seen."""
        words = emptiness(
            may_watch=self._parts.desk.desk.may(FootageViewed.kind),
            has_cameras=bool(self._parts.ground.cameras),
            has_footage=self.places.has_footage,
            has_chosen=bool(self.grid.chosen),
            has_place=self.places.place is not None,
        )
        self.pictures.show_empty(words.why, words.do)

    def _on_officer_changed(self) -> None:
        self.viewing.show_officer(self._parts.desk.desk.officer.name)
        self.show_emptiness()

    def _on_recorded(self, recorded: object) -> None:
        self.show_emptiness()

    def _on_changed(self, changed: Changed) -> None:
        if _CAMERA_KINDS & changed.kinds or "area_drawn" in changed.kinds:
            self.places.take_register()
        if any(kind.startswith(_FOOTAGE_KINDS) for kind in changed.kinds):
            has_incident = any(kind.startswith("incident_") for kind in changed.kinds)
            self.places.show_log(incidents=has_incident)
            self.evidence.show_kept()

    # What the officer asks for

    def take_still(self) -> None:
        """F5: the selected tile's picture."""
        tile = self.grid.tile_of(self.grid.selected)
        incident = self.places.incident
        self.stills.take(tile.shown if tile else None, incident.id if incident else "")

    def back(self) -> None:
        """Esc: from one camera to all."""
        if self.grid.single:
            self.grid.toggle_single(self.grid.single)

    def open_tile(self, number: int) -> None:
        """One tile over the whole grid, and back."""
        if self.grid.single:
            self.grid.toggle_single(self.grid.single)
        elif number <= len(self.grid.on_tiles):
            self.grid.toggle_single(self.grid.on_tiles[number - 1])

    def zoom_tile(self, closer: bool) -> None:
        """Closer to the middle of what the selected tile shows, or farther from it."""
        tile = self.grid.tile_of(self.grid.selected)
        if tile is not None:
            tile.show_view(tile.view.zoomed(_CLOSER if closer else 1 / _CLOSER))

    def whole_tile(self) -> None:
        """The whole picture again."""
        tile = self.grid.tile_of(self.grid.selected)
        if tile is not None:
            tile.show_view(WHOLE)

    # Slots

    def _on_acted(self, act: str) -> None:
        if act == "review_mark":
            self.evidence.mark()

    def _on_camera_clicked(self, camera_id: str) -> None:
        self.grid.select(camera_id)
        self.timeline.show_selected(camera_id)

    def _on_menu_requested(self, camera_id: str, at: QPoint) -> None:
        open_review_menu(self._theme, self, camera_id, at)

    def _on_incident_clicked(self, incident_id: str) -> None:
        incident = self._parts.desk.desk.incident(incident_id)
        if incident is not None:
            self.jumps.incident(incident)

    def _on_hovered(self, camera_id: str, at: datetime, x: int) -> None:
        camera_id = camera_id or self.grid.selected
        top = self.timeline.mapTo(self, self.timeline.rect().topLeft()).y()
        rows_top = top + self.timeline.layout_now.ruler_top
        self.thumbnail.point_at(camera_id, at, x, rows_top)
        if camera_id:
            self._parts.screening.peeks.ask(camera_id, at, self.thumbnail.wanted_size())

    def _on_note_written(self, mark_id: str, note: str) -> None:
        try:
            self._parts.desk.desk.note_moment(mark_id, note)
        except KnownError as error:
            self.failed.emit(error)

    def _on_unmark_requested(self, mark_id: str) -> None:
        self.evidence.unmark(mark_id)

    # Qt

    def let_go(self) -> None:
        """The window is going: write down what was watched, hold nothing, end the map's thread."""
        self._has_left = True
        self._refresh.stop()
        self._parts.desk.write_viewing()
        self.grid.let_go()
        self.pane.stop()

    def showEvent(self, event: QShowEvent) -> None:
        self._parts.screening.start()
        self.pane.start()
        if self._is_filled:
            self.jumps.begin()
        self.places.read()
        self._refresh.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves has watched what was watched; nothing plays unseen."""
        if self._has_left:
            return  # another window shows what this one showed
        self._refresh.stop()
        self.transport.pause()
        self._parts.desk.write_viewing()
        self.thumbnail.leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        px = self._theme.px
        small = self.width() < px(1500)
        self.pane.setFixedWidth(px(288 if small else 392))
        self.right.setFixedWidth(px(300 if small else 396))
        for part in (self.pane, self.card, self.viewing):
            part.fit(small)
        self.thumbnail.leave()
