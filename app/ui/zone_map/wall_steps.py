"""Drawing walls in the Map place: from the first corner to the saved entry.

Joins the line on the map, the card and the desk; decides nothing about what a wall hides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from PySide6.QtCore import QObject, Signal

from app.cameras.ground import Ground
from app.errors import KnownError, msg
from app.geo.area_history import History
from app.geo.coordinates import LatLon
from app.geo.drawn_walls import DrawnWall
from app.geo.projection import Points
from app.geo.snapping import Snapper
from app.geo.wall_saving import WallEdit
from app.incidents.place_finder import PlaceFinder
from app.map.lengths import length_text
from app.map.view import MapView
from app.map.wall_line import LEAST_CORNERS, Line, WallLine, line_length_m
from app.thai.translation import explain, tr
from app.ui.live.map_feed import MapFeed
from app.ui.map_desk import MapDesk
from app.ui.zone_map.edit_words import version_words
from app.ui.zone_map.map_words import snap_words
from app.ui.zone_map.typed_corner import typed_corner
from app.ui.zone_map.wall_card import WallCard

_HOUSES_WITHIN_M = 600.0  # a whole town's corners would take a second to get ready
_DIGITS = 9  # of a degree: a tenth of a millimetre


@dataclass(frozen=True, slots=True)
class BegunWall:
    """A wall that is not saved, and what is typed on its card."""

    wall: DrawnWall | None
    history: History[Line]
    note: str
    reason: str


class WallSteps(QObject):
    """One wall in the hand at a time."""

    told = Signal(str)
    ended = Signal()
    stepped = Signal(bool, bool)  # can go back, can go forward

    def __init__(
        self,
        view: MapView,
        feed: MapFeed,
        card: WallCard,
        desk: MapDesk,
        ground: Ground,
        finder: PlaceFinder,
    ) -> None:
        super().__init__()
        self._view, self._feed, self._card, self._desk = view, feed, card, desk
        self._ground, self._finder = ground, finder
        self._wall: DrawnWall | None = None
        self._snaps = True
        self.tool: WallLine | None = None
        card.save_requested.connect(self._on_save)
        card.removal_requested.connect(self._on_remove)
        card.discard_requested.connect(self.leave)
        card.place_typed.connect(self._on_place)

    @property
    def is_drawing(self) -> bool:
        return self.tool is not None

    @property
    def has_changes(self) -> bool:
        """Whether something would be lost."""
        return self.tool is not None and self.tool.history.can_undo

    # Beginning and ending

    def begin_new(self) -> None:
        """Draw a new wall. Raises KnownError without the right."""
        self._desk.desk.require_right("wall_drawn")
        self._open(None, History[Line](()), "")

    def begin(self, wall_id: str) -> None:
        """Change a wall. Raises KnownError without the right, or where there is none."""
        self._desk.desk.require_right("wall_drawn")
        wall = next((one for one in self._ground.drawn_walls if one.id == wall_id), None)
        if wall is None:
            raise KnownError(
                msg("This wall was changed or removed meanwhile."),
                do=msg("Choose one in the list."),
            )
        line = self._ground.projection.to_metres(wall.lonlat())
        corners = tuple((float(x_m), float(y_m)) for x_m, y_m in line)
        self._open(wall, History[Line](corners), wall.note)

    def begun(self) -> BegunWall | None:
        """What would be lost with this window; None where no wall is drawn."""
        if self.tool is None:
            return None
        card = self._card
        return BegunWall(self._wall, self.tool.history, card.note.text(), card.reason.text())

    def go_on(self, begun: BegunWall) -> None:
        """Go on with a wall that another window began."""
        self._open(begun.wall, begun.history, begun.note)
        self._card.reason.setText(begun.reason)

    def _open(self, wall: DrawnWall | None, history: History[Line], note: str) -> None:
        self._close()
        self._wall = wall
        wall_id = wall.id if wall is not None else ""
        snapper = Snapper(self._outlines(wall_id), None)
        tool = WallLine(history, self._view.ground.origin_m, snapper, snap_words)
        tool.snaps = self._snaps
        tool.changed.connect(self._on_changed)
        tool.stepped.connect(self._on_stepped)
        tool.refused.connect(self._on_refused)
        self.tool = tool
        self._view.set_tool(tool)
        self._feed.show_walls(without=wall_id)
        title = tr("Change the wall") if wall is not None else tr("A new wall")
        versions = len(self._desk.wall_versions(wall_id)) if wall_id else 0
        self._card.open(title, version_words(versions) if wall_id else "", note)
        self._on_stepped()

    def leave(self) -> None:
        """Esc: let go what is in the hand; else the walls stay as they were saved."""
        if self.tool is not None and not self.tool.drop():
            self._close()
            self.ended.emit()

    def _close(self) -> None:
        if self.tool is None:
            return
        self.tool.deleteLater()
        self.tool = self._wall = None
        self._card.hide()
        self._view.set_tool(None)
        self._feed.show_walls()
        self.stepped.emit(False, False)

    def _outlines(self, without: str) -> list[Points]:
        """What the hand may snap to: houses around the middle of the map, and other walls."""
        state, walls = self._view.view_state(), self._ground.walls
        middle = self._ground.projection.point_to_metres(LatLon(state.lat_deg, state.lon_deg))
        boxes = walls.boxes
        away = np.abs((boxes[:, :2] + boxes[:, 2:]) / 2 - middle).max(axis=1)
        near = walls.buildings[away < _HOUSES_WITHIN_M]
        rings = shapely.get_rings(shapely.get_parts(near))
        points, of_ring = shapely.get_coordinates(rings, return_index=True)
        houses = np.split(points, np.flatnonzero(np.diff(of_ring)) + 1) if len(points) else []
        return [*houses, *self._ground.drawn_lines_m(without=without)]

    # Steps

    def set_snapping(self, on: bool) -> None:
        """Whether the hand is drawn to houses and other walls."""
        self._snaps = on
        if self.tool is not None:
            self.tool.snaps = on

    def finish_line(self) -> None:
        """Enter: the line is complete; when it is, the keyboard goes to its card."""
        if self.tool is not None and not self.tool.finish():
            self._card.note.setFocus()
        self._show_words()

    def save(self) -> None:
        """Ctrl+S: as the card's button."""
        if self.tool is not None:
            self._card.ask_to_save()

    def _on_changed(self) -> None:
        self._show_words()
        self._view.redraw()

    def _on_stepped(self) -> None:
        if self.tool is not None:
            self.stepped.emit(self.tool.history.can_undo, self.tool.history.can_redo)
            self._on_changed()

    def _on_refused(self) -> None:
        self._card.complain(tr("A wall keeps two corners at least; remove it instead."))

    def _on_place(self, typed: str) -> None:
        if self.tool is None:
            return
        place = typed_corner(typed, self._finder, self._card)
        if place is not None:
            self.tool.put_corner(*self._ground.projection.point_to_metres(place))
            self._card.place.clear()

    # Saving

    def _on_save(self, note: str, reason: str) -> None:
        tool, wall = self.tool, self._wall
        if tool is None:
            return
        if wall is not None and (tool.line, note) == (tool.history.first, wall.note):
            self._card.complain(tr("Nothing of the wall is changed."))
            return
        self._write(self._edit(self._corners(tool.history.present), note), reason)

    def _on_remove(self, reason: str) -> None:
        if self._wall is not None:
            self._write(self._edit((), ""), reason)

    def _write(self, edit: WallEdit, reason: str) -> None:
        try:
            self._desk.save_wall(edit, reason, self._on_saved)
        except KnownError as error:
            self._card.complain(explain(error))

    def _edit(self, corners: tuple[LatLon, ...], note: str) -> WallEdit:
        wall = self._wall
        if wall is None:
            return WallEdit("", corners, note)
        return WallEdit(wall.id, corners, note, wall.version)

    def _corners(self, line: Line) -> tuple[LatLon, ...]:
        degrees = self._ground.projection.to_degrees(np.array(line).reshape(-1, 2)).round(_DIGITS)
        return tuple(LatLon(float(lat_deg), float(lon_deg)) for lon_deg, lat_deg in degrees)

    def _on_saved(self, entries: Sequence[object]) -> None:
        self._close()
        self.ended.emit()
        self.told.emit(tr("The wall is saved; what cameras see is reckoned with it."))

    # Words

    def _show_words(self) -> None:
        tool = self.tool
        if tool is None:
            return
        line = np.array(tool.line).reshape(-1, 2)
        figures = tr(
            "{length} long · {corners} corners",
            length=length_text(line_length_m(line)),
            corners=len(line),
        )
        hint = tr("Drag a corner; double-click a side to put one there.")
        if tool.is_open:
            hint = tr("Click corner after corner; Enter or a double click ends the wall.")
        self._card.show_words(figures, hint, can_save=len(tool.line) >= LEAST_CORNERS)


def wall_rows(ground: Ground) -> list[tuple[str, str]]:
    """The walls of a ground as the panel lists them."""
    lines, nameless = ground.drawn_lines_m(), tr("A wall")
    return [
        (wall.id, f"{wall.note or nameless} · {length_text(line_length_m(line))}")
        for wall, line in zip(ground.drawn_walls, lines, strict=True)
    ]
