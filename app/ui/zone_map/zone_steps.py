"""Redrawing areas in the Map place: from the tool that was chosen to the saved entry.

Joins the editor on the map, the card and the desk; decides nothing about shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shapely
from PySide6.QtCore import QObject, Signal

from app.errors import KnownError, msg
from app.geo.areas import Area, AreaKind
from app.geo.basemap import Basemap
from app.geo.coordinates import as_mgrs
from app.geo.projection import Points, Projection
from app.incidents.place_finder import PlaceFinder
from app.map.area_editor import AreaEditor, Drawing
from app.map.view import MapView
from app.thai.translation import explain, say, tr
from app.ui.map_desk import MapDesk
from app.ui.zone_map.areas_panel import area_name
from app.ui.zone_map.drawing import DrawingOf, Share
from app.ui.zone_map.edit_card import EditCard, EditWords
from app.ui.zone_map.edit_words import corners_words, surface_words, version_words
from app.ui.zone_map.map_words import percent, snap_words
from app.ui.zone_map.typed_corner import typed_corner

_DRAWINGS = {
    "edit": Drawing.CORNERS,
    "add": Drawing.AREA,
    "split": Drawing.SPLIT,
    "merge": Drawing.MERGE,
    "hole": Drawing.HOLE,
}
_CLEAR_EVERY_M = 20.0  # along the line in the hand: names keep clear of these places
_KIND_WHEN_NEW = AreaKind.COMMUNITY


@dataclass(frozen=True, slots=True)
class BegunDrawing:
    """A drawing that is not saved, and what is typed on its card."""

    drawing: DrawingOf
    name: str
    reason: str


class ZoneSteps(QObject):
    """One drawing at a time."""

    told = Signal(str)
    failed = Signal(object)  # KnownError
    began = Signal(str)  # area id
    ended = Signal()
    stepped = Signal(bool, bool)  # can go back, can go forward
    tool_left = Signal()  # the line is drawn: corners again

    def __init__(
        self,
        view: MapView,
        card: EditCard,
        desk: MapDesk,
        finder: PlaceFinder,
        projection: Projection,
    ) -> None:
        super().__init__()
        self._view, self._card, self._desk = view, card, desk
        self._finder, self._projection = finder, projection
        self._areas: tuple[Area, ...] = ()
        self._basemap: Basemap | None = None
        self.drawing: DrawingOf | None = None
        self.editor: AreaEditor | None = None
        self._snaps = True
        self._number = 0
        self.incidents_in: Callable[[Points], int] = lambda _ring: 0
        """How many incidents lie inside a ring of station metres; its owner knows them."""
        card.save_requested.connect(self._on_save)
        card.discard_requested.connect(self.leave)
        card.repair_requested.connect(self._on_repair)
        card.place_typed.connect(self._on_place)
        card.kind_chosen.connect(self._on_kind)

    # What is there

    def set_areas(self, areas: Sequence[Area]) -> None:
        """The areas as they are saved now."""
        self._areas = tuple(areas)

    def set_basemap(self, basemap: Basemap | None) -> None:
        """The roads a hand snaps to."""
        self._basemap = basemap

    @property
    def is_drawing(self) -> bool:
        return self.drawing is not None

    @property
    def has_changes(self) -> bool:
        """Whether something would be lost."""
        return self.drawing is not None and self.drawing.history.can_undo

    # Beginning and ending

    def begin(self, area_id: str) -> None:
        """Redraw an area. Raises KnownError without the right."""
        area = next((one for one in self._areas if one.id == area_id), None)
        if area is None:
            raise KnownError(msg("No area is chosen."), do=msg("Choose one in the list of areas."))
        self._begin(area.kind, area_id)

    def begin_new(self, kind: AreaKind = _KIND_WHEN_NEW) -> None:
        """Draw a new area. Raises KnownError without the right."""
        self._begin(kind, "")
        assert self.editor is not None
        self.editor.draw_line(Drawing.AREA)

    def begun(self) -> BegunDrawing | None:
        """What would be lost with this window; None where nothing is drawn."""
        if self.drawing is None:
            return None
        return BegunDrawing(self.drawing, self._card.name.text(), self._card.reason.text())

    def go_on(self, begun: BegunDrawing) -> None:
        """Go on with a drawing that another window began."""
        self._open(begun.drawing)
        self._card.name.setText(begun.name)
        self._card.reason.setText(begun.reason)

    def _begin(self, kind: AreaKind, area_id: str) -> None:
        self._desk.desk.require_right("area_drawn")
        self._open(DrawingOf(self._areas, kind, area_id, self._projection, self._basemap))

    def _open(self, drawing: DrawingOf) -> None:
        self._close()
        kind, area_id = drawing.kind, "" if drawing.is_new else drawing.active
        origin = self._view.ground.origin_m
        editor = AreaEditor(
            drawing.history, drawing.active, origin, drawing.snapper, snap_words, self._place_words
        )
        editor.snaps = self._snaps
        editor.changed.connect(self._on_changed)
        editor.stepped.connect(self._on_stepped)
        editor.drawn.connect(self._on_drawn)
        editor.refused.connect(self._on_refused)
        self.drawing, self.editor = drawing, editor
        self._number = len(self._desk.versions(area_id)) if area_id else 0
        self._view.hide_areas(drawing.on_sheet)
        self._view.set_tool(editor)
        self._card.open(new=not area_id)
        if not area_id:
            self._card.kind.setCurrentIndex(list(AreaKind).index(kind))
        self._on_stepped()
        self.began.emit(drawing.active)

    def leave(self) -> None:
        """Esc: let go what is in the hand; else leave the drawing as it was saved."""
        if self.editor is not None and self.editor.drop():
            self._on_stepped()
            return
        self._close()
        self.ended.emit()

    def _close(self) -> None:
        if self.editor is None:
            return
        self.editor.deleteLater()
        self.drawing = self.editor = None
        self._card.hide()
        self._view.set_area_notes({})
        self._view.set_tool(None)
        self._view.hide_areas(())
        self.stepped.emit(False, False)

    # Tools

    def choose(self, tool: str) -> None:
        """Another tool of the drawing."""
        if self.editor is not None:
            self.editor.draw_line(_DRAWINGS[tool])
            self._view.set_tool(self.editor)

    def set_snapping(self, on: bool) -> None:
        """Whether the hand is drawn to corners, crossings, sides and roads."""
        self._snaps = on
        if self.editor is not None:
            self.editor.snaps = on

    def undo(self) -> None:
        if self.editor is not None:
            self.editor.undo()

    def redo(self) -> None:
        if self.editor is not None:
            self.editor.redo()

    def delete_corner(self) -> None:
        if self.editor is not None:
            self.editor.delete_corner()

    def finish_line(self) -> None:
        """Enter: the line is complete; without a line, the keyboard to the typed place."""
        if self.editor is None:
            return
        if self.editor.has_line:
            self.editor.finish_line()
        else:
            self._card.place.setFocus()

    # From the map

    def _on_changed(self) -> None:
        self._show_words()
        self._view.redraw()

    def _on_stepped(self) -> None:
        if self.drawing is None:
            return
        self._show_words()
        history = self.drawing.history
        self.stepped.emit(history.can_undo, history.can_redo)
        self._view.redraw()

    def _on_drawn(self, line: Points) -> None:
        drawing, editor = self.drawing, self.editor
        if drawing is None or editor is None:
            return
        sheet, active = drawing.history.present, drawing.active
        try:
            match editor.drawing:
                case Drawing.AREA:
                    sheet = (
                        sheet.with_part(active, line)
                        if drawing.has(sheet, active)
                        else sheet.with_area(active, line)
                    )
                case Drawing.HOLE:
                    sheet = sheet.with_hole(active, line)
                case Drawing.SPLIT:
                    sheet = sheet.split(active, line, drawing.new_part_id())
                case _:
                    sheet = sheet.merged(active, drawing.neighbour_at(sheet, line[0]))
        except (ValueError, shapely.errors.ShapelyError) as error:
            self._on_refused(str(error))
            return
        editor.draw_line(Drawing.CORNERS)
        editor.take(sheet)
        self.tool_left.emit()

    def _on_refused(self, _words: str) -> None:
        self._card.complain(tr("That cannot be done here: nothing was changed."))

    def _on_repair(self) -> None:
        if self.drawing is None or self.editor is None:
            return
        sheet = self.drawing.history.present
        trouble = self.drawing.trouble(sheet)
        if trouble is not None and trouble.repaired is not None:
            self.editor.take(sheet.with_shape(self.drawing.active, trouble.repaired))

    def _on_place(self, typed: str) -> None:
        if self.editor is None:
            return
        place = typed_corner(typed, self._finder, self._card)
        if place is not None:
            self.editor.put_corner(*self._projection.point_to_metres(place))
            self._card.place.clear()

    def _on_kind(self, kind: AreaKind) -> None:
        """A new area of another kind, while nothing of it is drawn."""
        drawing = self.drawing
        if drawing is not None and drawing.is_new and kind is not drawing.kind:
            if not drawing.history.can_undo:
                name, reason = self._card.name.text(), self._card.reason.text()
                self.begin_new(kind)
                self._card.name.setText(name)
                self._card.reason.setText(reason)
            else:
                self._card.kind.setCurrentIndex(list(AreaKind).index(drawing.kind))

    # Saving

    def _on_save(self, reason: str) -> None:
        drawing = self.drawing
        if drawing is None:
            return
        name = self._card.name.text().strip()
        if drawing.is_new and not name:
            self._card.complain(tr("Type the name of the new area."))
            self._card.name.setFocus()
            return
        try:
            self._desk.save_areas(drawing.to_save(name), reason, self._on_saved)
        except KnownError as error:
            self._card.complain(explain(error))

    def _on_saved(self, entries: Sequence[object]) -> None:
        self._close()
        self.ended.emit()
        self.told.emit(tr("Saved: {count} areas have a new outline.", count=len(entries)))

    # Words

    def _show_words(self) -> None:
        drawing, editor = self.drawing, self.editor
        if drawing is None or editor is None:
            return
        sheet = editor.sheet
        trouble = drawing.trouble(sheet, repair=not editor.is_held)
        editor.trouble_m = trouble.at_m if trouble is not None else None
        if trouble is None:  # of what crosses itself nothing can be said
            self._shares = drawing.shares(sheet)
        shares = self._shares
        area = drawing.area(drawing.active)
        changed = drawing.changed(sheet)
        gone = any(not drawing.has(sheet, one) for one in drawing.on_sheet)
        shape = drawing.shape(sheet)
        title = tr("Redraw {name}", name=area_name(area)) if area else tr("A new area")
        self._card.show_words(
            EditWords(
                title=title,
                version=version_words(self._number) if area else "",
                surface=surface_words(drawing, sheet),
                corners=corners_words(drawing, sheet, len(changed)),
                trouble=say(trouble.words) if trouble is not None else "",
                can_repair=trouble is not None and trouble.repaired is not None,
                notes=self._lines(drawing, shares),
                can_save=trouble is None and shape is not None and (bool(changed) or gone),
            )
        )
        line_m = shapely.get_coordinates(shapely.segmentize(shape, _CLEAR_EVERY_M))
        self._view.set_area_notes(self._share_notes(shares), line_m)

    def _lines(self, drawing: DrawingOf, shares: Sequence[Share]) -> tuple[str, ...]:
        lines = []
        if self.editor is not None and not self.editor.is_held:
            rings = [
                shapely.get_coordinates(part.exterior)
                for part in shapely.get_parts(drawing.added(self.editor.sheet))
                if part.geom_type == "Polygon" and part.area > 1
            ]
            self._moved_over = sum(self.incidents_in(ring) for ring in rings)
        if self._moved_over:
            lines.append(
                tr(
                    "{count} earlier incidents lie in what is added; they keep the old version",
                    count=self._moved_over,
                )
            )
        lines += [
            tr("{name}: {now} in the zone, was {before}", name=area_name(one.area),
               now=percent(one.now), before=percent(one.before))
            for one in shares
            if abs(one.now - one.before) >= 0.0005
        ]  # fmt: skip
        return tuple(lines)

    _moved_over = 0
    _shares: Sequence[Share] = ()

    def _share_notes(self, shares: Sequence[Share]) -> dict[str, str]:
        """Under each community's name, on the map."""
        notes = {}
        for one in shares:
            if one.area.id in self._view.hidden_areas:
                continue
            now, before = percent(one.now), percent(one.before)
            text = tr("{share} in the zone", share=now)
            if now != before:
                text = tr("{share} in the zone (was {before})", share=now, before=before)
            notes[area_name(one.area)] = text
        return notes

    def _place_words(self, east_m: float, north_m: float) -> str:
        return as_mgrs(self._projection.point_to_degrees(east_m, north_m))
