"""The tools of the Map place: which one the mouse works for, and what a key may not drop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import KnownError, msg

if TYPE_CHECKING:
    from app.ui.zone_map.map_place import MapPlace

_DRAWING_TOOLS = ("edit", "add", "split", "merge", "hole")


class MapTools(QObject):
    """One tool at a time: drawing, measuring, a camera in the hand, or none."""

    def __init__(self, place: MapPlace) -> None:
        super().__init__(place)
        self._place = place
        self.camera_id = ""
        """The camera that was clicked last."""
        for steps in (place.zones, place.walls, place.cameras, place.places):
            steps.ended.connect(self._on_ended)
        place.zones.tool_left.connect(self._on_tool_left)

    def choose(self, tool: str) -> None:
        """One of the bar's tools."""
        if tool in _DRAWING_TOOLS:
            self._draw_with(tool)
            return
        if self._place.zones.is_drawing and not self._place.zones.has_changes:
            self._place.zones.leave()
        if self._place.zones.is_drawing:
            self._place.bar.show_tool("edit")  # what is drawn is not dropped by a key
            return
        if self._place.walls.has_changes:
            self._place.bar.show_tool("select")
            return
        self._leave_marks()
        self._place.view.set_tool(self._place.measure if tool == "measure" else None)
        self._place.bar.show_tool(tool)

    def _draw_with(self, tool: str) -> None:
        try:
            self._place.days.require_today()
            self._require_no_wall()
            self._leave_marks()
            if tool == "add":
                if self._place.zones.is_drawing:
                    self._place.zones.choose(tool)
                else:
                    self._place.zones.begin_new()
            else:
                if not self._place.zones.is_drawing:
                    self._place.zones.begin(self._place.areas.current())
                self._place.zones.choose(tool)
            self._place.bar.show_tool(tool)
        except KnownError as error:
            self._place.failed.emit(error)
            self._place.bar.show_tool("select")

    def edit_area(self, area_id: str) -> None:
        """Redraw this area."""
        self._place.areas.choose(area_id)
        if self._place.zones.is_drawing and not self._place.zones.has_changes:
            self._place.zones.leave()
        self.choose("edit")

    def _on_ended(self) -> None:
        self._place.bar.show_tool("select")
        self._place.view.setFocus()

    def _on_tool_left(self) -> None:
        self._place.bar.show_tool("edit")

    def aim_camera(self) -> None:
        """P: take the camera that was clicked last in hand."""
        self._aim(self.camera_id)

    def aim_this(self, camera_id: str) -> None:
        """Take this camera in hand."""
        self.camera_id = camera_id
        self._aim(camera_id)

    def _aim(self, camera_id: str) -> None:
        if not camera_id:
            self._place.failed.emit(no_camera())
            return
        try:
            self._place.days.require_today()
            self._require_no_wall()
            self._place.zones.leave()
            self._leave_marks()
            self._place.cameras.begin(camera_id)
        except KnownError as error:
            self._place.failed.emit(error)

    def try_a_camera(self) -> None:
        """C: a camera that is not there."""
        try:
            self._place.days.require_today()
            self._require_no_wall()
        except KnownError as error:
            self._place.failed.emit(error)
            return
        self._leave_marks()
        self._place.cameras.try_one()

    def correct_place(self) -> None:
        """M: the place of the chosen incident, in hand."""
        self.correct_this(self._place.selection.incident_id)

    def correct_this(self, incident_id: str) -> None:
        """This incident's place in hand; it is chosen everywhere."""
        place = self._place
        if place.places.is_correcting:
            return  # what is in the hand is not dropped by a key
        try:
            self._require_nothing_drawn()
            place.selection.choose(incident_id)
            incident = place.places.incident_of(incident_id)
            if incident is None:
                raise KnownError(
                    msg("No incident is chosen."), do=msg("Click an incident on the map first.")
                )
            place.zones.leave()
            place.walls.leave()
            place.cameras.leave()
            place.who.clear()
            place.places.begin(incident)
            place.bar.show_tool("select")
        except KnownError as error:
            place.failed.emit(error)

    # Walls

    def draw_wall(self) -> None:
        """B: a new wall."""
        self._take_wall("")

    def edit_wall(self, wall_id: str) -> None:
        """This wall in the hand."""
        self._take_wall(wall_id)

    def _take_wall(self, wall_id: str) -> None:
        place = self._place
        try:
            place.days.require_today()
            self._require_nothing_drawn()
            place.zones.leave()
            self._leave_marks()
            if wall_id:
                place.walls.begin(wall_id)
            else:
                place.walls.begin_new()
            place.bar.show_tool("select")
            place.view.setFocus()
        except KnownError as error:
            place.failed.emit(error)

    def undo(self) -> None:
        """One step of what is drawn back."""
        tool = self._place.walls.tool
        (tool or self._place.zones).undo()

    def redo(self) -> None:
        """One step of what is drawn forward again."""
        tool = self._place.walls.tool
        (tool or self._place.zones).redo()

    def delete_corner(self) -> None:
        """Del: the chosen corner of what is drawn."""
        tool = self._place.walls.tool
        (tool or self._place.zones).delete_corner()

    def finish_line(self) -> None:
        """Enter: the line that is drawn is complete."""
        walls = self._place.walls
        (walls if walls.is_drawing else self._place.zones).finish_line()

    def _require_no_wall(self) -> None:
        """KnownError while a wall is drawn that is not saved."""
        if self._place.walls.has_changes:
            raise _unsaved()

    def _require_nothing_drawn(self) -> None:
        """KnownError while anything is drawn that is not saved."""
        self._require_no_wall()
        if self._place.zones.has_changes:
            raise _unsaved()

    def _leave_marks(self) -> None:
        """Whatever mark is in the hand goes back to where it was, and a wall that is unchanged."""
        self._place.walls.leave()
        self._place.cameras.leave()
        self._place.places.leave()


def _unsaved() -> KnownError:
    return KnownError(
        msg("A drawing is not saved yet."), do=msg("Save it, or discard it with Esc.")
    )


def no_camera() -> KnownError:
    """Nothing to aim."""
    return KnownError(msg("No camera is chosen."), do=msg("Click a camera on the map first."))
