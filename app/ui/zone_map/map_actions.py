"""What can be done in the Map place, as actions with their keys. Knows the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.thai.translation import tr
from app.ui.actions import Action
from app.ui.place_actions import PlaceActions

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.zone_map.map_place import MapPlace

PLACE = "map"
Act = Callable[["MapPlace"], None]


def map_actions(window: MainWindow) -> tuple[Action, ...]:
    """In the order of the `?` card."""
    return (*_tools(window), *_steps(window), *_places(window))


def _actions(window: MainWindow) -> PlaceActions[MapPlace]:
    return PlaceActions(window, PLACE, lambda: window.map, "map")


def _tool(name: str) -> Act:
    return lambda place: place.tools.choose(name)


def _tools(window: MainWindow) -> tuple[Action, ...]:
    act = _actions(window)
    return (
        act("select", tr("Select: click a place, a camera, an incident"), _tool("select"), "V",
            "mouse-pointer-2"),
        act("edit", tr("Redraw the chosen area"), _tool("edit"), "E", "waypoints", bar=True),
        act("add", tr("Draw a new area"), _tool("add"), "A", "plus", bar=True),
        act("split", tr("Cut the area in two"), _tool("split"), "S", "scissors"),
        act("merge", tr("Join a neighbour to the area"), _tool("merge"), "U", "combine"),
        act("hole", tr("Cut a hole into the area"), _tool("hole"), "H", "circle-dashed"),
        act("wall", tr("Draw a wall that cuts the sight of cameras"),
            lambda place: place.tools.draw_wall(), "B", "route"),
        act("measure", tr("Measure distance and surface"), _tool("measure"), "W", "ruler",
            bar=True),
        act("snap", tr("Snap to corners, sides and roads, or not"), _snap, "Q", "magnet"),
        act("pull", tr("Drag a corner or the middle of a side"), _tool("edit"),
            cap="↔", icon="waypoints"),
        act("free", tr("Without snapping while it is held"), _tool("edit"), cap="Shift",
            icon="magnet"),
    )  # fmt: skip


def _steps(window: MainWindow) -> tuple[Action, ...]:
    act = _actions(window)
    return (
        act("delete", tr("Take the corner out"), lambda place: place.tools.delete_corner(), "Del",
            "trash-2"),
        act("finish", tr("End the line; type a corner's coordinates"),
            lambda place: place.tools.finish_line(), cap="Enter", icon="check"),
        act("undo", tr("Undo"), lambda place: place.tools.undo(), "Ctrl+Z", "undo-2", bar=True),
        act("redo", tr("Redo"), lambda place: place.tools.redo(), "Ctrl+Y", "redo-2"),
        act("save", tr("Save the drawing"), lambda place: place.save(), "Ctrl+S", "check",
            bar=True),
        act("back", tr("Back"), lambda place: place.back(), "Esc", "chevron-left"),
    )  # fmt: skip


def _places(window: MainWindow) -> tuple[Action, ...]:
    act = _actions(window)
    return (
        act("go_to", tr("Go to a place"), lambda place: place.go_to.ask(), "G", "search",
            bar=True),
        act("view_back", tr("The view before"), lambda place: place.go_back(), "Alt+Left",
            "arrow-left"),
        act("view_forward", tr("The view after"), lambda place: place.go_forward(), "Alt+Right",
            "arrow-right"),
        act("footage", tr("Footage of the place"), lambda place: place.ask_footage(), "R",
            "history", bar=True),
        act("in_sight", tr("The incidents in sight, as a list"),
            lambda place: place.groups.show_in_sight(), "I", "list"),
        act("correct", tr("Correct the place of the chosen incident"),
            lambda place: place.tools.correct_place(), "M", "map-pin"),
        act("aim", tr("Place and aim the chosen camera"),
            lambda place: place.tools.aim_camera(), "P", "cctv"),
        act("try", tr("Try a camera here"), lambda place: place.tools.try_a_camera(), "C", "plus"),
        act("grid", tr("UTM grid"), lambda place: place.bar.grid.toggle(), "K", "grid-3x3"),
        act("day", tr("Colours of the day"), lambda place: place.bar.day_style.toggle(), "T",
            "sun"),
        act("areas_in", tr("Take areas in from a file"),
            lambda place: place.exchange.ask_for_a_file(), icon="shield"),
        act("areas_out", tr("Write areas to a file"),
            lambda place: place.exchange.begin_export(), icon="upload"),
        act("window", tr("The map in a window of its own, and back"),
            lambda place: place.toggle_window(), "Ctrl+Shift+M", "app-window"),
    )  # fmt: skip


def _snap(place: MapPlace) -> None:
    place.bar.snapping.toggle()
