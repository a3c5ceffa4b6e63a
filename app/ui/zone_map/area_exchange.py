"""Areas to files and from files in the Map place: from the button to the saved entries.

Joins the two panels, the map and the desk; what a file would do is `area_plan`'s to say.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from PySide6.QtCore import QObject, Signal

from app.errors import KnownError, msg
from app.geo.area_saving import AreaConflictError
from app.geo.areas import Area, AreaKind
from app.geo.coordinates import LatLon
from app.geo.imports.request import Crs, CrsUnclearError, ShapesRequest
from app.geo.interchange.area_plan import PlannedArea, plan_areas
from app.geo.interchange.areas_in import AreasFile
from app.geo.projection import Projection
from app.map.file_outlines import rings_of
from app.thai.dates import to_local
from app.thai.translation import say, tr
from app.ui.file_choice import choose_file, choose_new_file
from app.ui.map_desk import MapDesk
from app.ui.zone_map.exchange_words import planned_words

if TYPE_CHECKING:
    from app.ui.zone_map.map_place import MapPlace

_PATTERNS = "*.geojson *.json *.gpkg *.kml *.kmz *.shp *.fgb *.GEOJSON *.GPKG *.KML *.SHP"


@dataclass(frozen=True, slots=True)
class BegunFile:
    """A file that is open and not saved, what is ticked and what is typed."""

    path: Path
    crs: Crs | None
    file: AreasFile
    ticked: frozenset[str]
    reason: str


class AreaExchange(QObject):
    """One file at a time, in or out."""

    told = Signal(str)
    failed = Signal(object)  # KnownError

    def __init__(
        self, place: MapPlace, desk: MapDesk, projection: Projection, centre: LatLon
    ) -> None:
        super().__init__(place)
        self._place, self._desk = place, desk
        self._projection, self._centre = projection, centre
        self._path = Path()
        self._crs: Crs | None = None
        self._file: AreasFile | None = None
        self._plan: tuple[PlannedArea, ...] = ()
        self._stop: threading.Event | None = None
        """Set ends the reading that is under way; None while no file is open."""
        self._saving = 0
        incoming, outgoing = place.areas_in, place.areas_out
        place.areas.import_requested.connect(self.ask_for_a_file)
        place.areas.export_requested.connect(self.begin_export)
        incoming.kind_chosen.connect(self._on_kind)
        incoming.crs_chosen.connect(self._on_crs)
        incoming.area_looked_at.connect(self._on_looked_at)
        incoming.save_requested.connect(self._on_save)
        outgoing.write_requested.connect(self._on_write)
        for panel in (incoming, outgoing):
            panel.closed.connect(self.leave)

    @property
    def is_reading(self) -> bool:
        """Whether a file is open beside the map."""
        return self._stop is not None

    def set_areas(self, areas: Sequence[Area], when: str) -> None:
        """Other areas are shown; what a file would do is said anew."""
        self._place.areas_out.show_areas(areas, when)
        if self._file is not None and not self._saving:
            self._show_plan()

    def leave(self) -> bool:
        """Close what is open; whether anything was."""
        was_open = self._place.is_side_open
        if self._stop is not None:
            self._stop.set()
        self._stop = self._file = None
        self._plan = ()
        self._place.outlines.show({})
        self._place.view.redraw()
        self._place.show_side(None)
        return was_open

    def begun(self) -> BegunFile | None:
        """What would be lost with this window; None where no file is open."""
        panel = self._place.areas_in
        if self._file is None:
            return None
        ticked = frozenset(panel.rows.ticked())
        return BegunFile(self._path, self._crs, self._file, ticked, panel.reason.text())

    def go_on(self, begun: BegunFile) -> None:
        """Go on with a file that another window opened."""
        panel = self._place.areas_in
        self.leave()
        self._path, self._crs, self._file = begun.path, begun.crs, begun.file
        self._stop = threading.Event()
        self._place.show_side(panel)
        panel.show_file(begun.path.name)
        self._show_plan()
        panel.rows.tick_only(begun.ticked)
        panel.reason.setText(begun.reason)

    # Out

    def begin_export(self) -> None:
        """Which kinds, in which format."""
        self.leave()
        self._place.show_side(self._place.areas_out)
        self._place.areas_out.open()

    def _on_write(self) -> None:
        suffix = self._place.areas_out.chosen_format().value
        day = self._place.days.day or to_local(self._desk.desk.now()).date()
        name, kinds = f"areas-{day.isoformat()}{suffix}", {f"*{suffix}": suffix.removeprefix(".")}
        choose_new_file(self._place, tr("Write areas to a file"), name, kinds, self.write_file)

    def write_file(self, path: Path) -> None:
        """Write the areas that are ticked."""
        panel = self._place.areas_out
        self._desk.write_areas(
            path, panel.chosen(), done=self._on_written, failed=panel.show_failure
        )

    def _on_written(self, paths: Sequence[Path]) -> None:
        words = tr("Written: {file}", file=paths[-1].name)
        self._place.areas_out.tell(words, "green")
        self.told.emit(words)

    # In

    def ask_for_a_file(self) -> None:
        """Choose a file; refused without the right, or while something else is open."""
        try:
            self._require_room()
        except KnownError as error:
            self.failed.emit(error)
            return
        choose_file(
            self._place, tr("Take areas in from a file"), [f"{tr('Areas')} ({_PATTERNS})"],
            self.read_file,
        )  # fmt: skip

    def _require_room(self) -> None:
        self._desk.desk.require_right("area_drawn")
        self._place.days.require_today()
        if self._place.zones.is_drawing:
            raise KnownError(
                msg("An area is being drawn."), do=msg("Save the drawing or leave it first.")
            )

    def read_file(self, path: Path, crs: Crs | None = None) -> None:
        """Show what a file would do to the areas; nothing is saved by that."""
        self.leave()
        self._path, self._crs = path, crs
        self._place.show_side(self._place.areas_in)
        self._read()

    def _read(self) -> None:
        if self._stop is not None:
            self._stop.set()
        stop = self._stop = threading.Event()
        self._file, self._plan = None, ()
        panel = self._place.areas_in
        panel.show_file(self._path.name)
        self._desk.read_areas(
            ShapesRequest(self._path, self._centre, crs=self._crs),
            panel.chosen_kind(),
            stop,
            done=lambda file: self._on_read(stop, file),
            failed=lambda error: self._on_not_read(stop, error),
        )

    def _on_read(self, stop: threading.Event, file: AreasFile | None) -> None:
        if stop is self._stop and file is not None:
            self._file = file
            self._show_plan()

    def _on_not_read(self, stop: threading.Event, error: KnownError) -> None:
        if stop is not self._stop:
            return
        if isinstance(error, CrsUnclearError):
            self._place.areas_in.ask_crs(error, error.candidates)
        else:
            self._place.areas_in.show_failure(error)

    def _show_plan(self) -> None:
        file = self._file
        assert file is not None
        self._plan = plan_areas(file, self._desk.desk.areas())
        notes = [say(notice) for notice in file.notices]
        if file.attribution:
            notes.append(tr("Made by {who}", who=file.attribution))
        words = [self._words(one) for one in self._plan]
        self._place.areas_in.show_plan(self._plan, words, notes)
        self._place.outlines.show(
            {
                str(number): tuple(
                    self._place.view.ground.from_degrees(ring) for ring in rings_of(one.edit.shape)
                )
                for number, one in enumerate(self._plan)
                if one.can_be_taken
            }
        )
        self._place.view.redraw()

    def _words(self, one: PlannedArea) -> str:
        before = self._square_metres(one.before.shape) if one.before is not None else None
        who = self._desk.drawn_by(one.before.version) if one.before is not None else ""
        return planned_words(one, before, self._square_metres(one.edit.shape), who)

    def _square_metres(self, shape: Any) -> float:
        return float(shapely.area(shapely.transform(shape, self._projection.to_metres)))

    def _on_kind(self, _kind: AreaKind) -> None:
        if self.is_reading:
            self._read()

    def _on_crs(self, crs: Crs) -> None:
        self._crs = crs
        self._read()

    def _on_looked_at(self, row: str) -> None:
        """The area in the middle of the map, its outline full."""
        self._place.outlines.choose(row)
        one = self._plan[int(row)]
        if one.can_be_taken and one.edit.shape is not None:
            west, south, east, north = one.edit.shape.bounds
            at = LatLon((south + north) / 2, (west + east) / 2)
            self._place.history.note()
            self._place.view.show_place(at)
        self._place.view.redraw()

    def _on_save(self, reason: str) -> None:
        self._saving += 1
        self._desk.take_areas(
            self._place.areas_in.chosen(),
            reason,
            done=self._on_saved,
            failed=self._on_not_saved,
        )

    def _on_saved(self, entries: Sequence[object]) -> None:
        self._saving -= 1
        words = tr("Saved: {count} areas were taken from the file.", count=len(entries))
        self._file, self._plan = None, ()
        self._place.outlines.show({})
        self._place.view.redraw()
        self._place.areas_in.show_saved(words)
        self.told.emit(words)

    def _on_not_saved(self, error: KnownError) -> None:
        """Somebody was faster, or it is not allowed: what holds now is held against the file."""
        self._saving -= 1
        if self._file is not None:
            self._show_plan()
        if isinstance(error, AreaConflictError):  # why and by whom stands in its row
            name = error.mine.name_th or error.mine.area_id
            error = KnownError(
                msg("“{name}” was redrawn or removed meanwhile.", name=name),
                safe=msg("Nothing was saved from the file."),
            )
        self._place.areas_in.show_failure(error)
