"""The window's actions with their words and keys. Knows the window; the window knows the list."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.thai.translation import tr
from app.ui.actions import Action
from app.ui.live.camera_grid import COLUMNS
from app.ui.rail import places

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def actions_of(window: MainWindow) -> Sequence[Action]:
    """Everything that can be done from the keyboard, in the order of the `?` card."""
    return (*_incident_actions(window), *_camera_actions(window), *_window_actions(window))


def _incident_actions(window: MainWindow) -> tuple[Action, ...]:
    live, steps = window.live, window.live.steps
    earlier = functools.partial(_step, window, -1)
    later = functools.partial(_step, window, 1)
    rows: tuple[tuple[str, str, Callable[[], None], str, str], ...] = (
        ("dispatch", tr("Send a unit"), steps.ask_for_unit, "D", "send"),
        (
            "on_the_way",
            tr("The unit is on the way"),
            _take(window, "on_the_way"),
            "G",
            "arrow-right",
        ),
        ("arrived", tr("The unit has arrived"), _take(window, "arrived"), "A", "map-pin"),
        ("under_control", tr("Under control"), _take(window, "under_control"), "U", "circle-check"),
        ("note", tr("Add a note"), steps.ask_for_note, "N", "message-square"),
        ("close", tr("Close the incident"), steps.ask_for_result, "X", "check"),
    )
    return (
        Action("intake", tr("Take a report"), window.open_intake, "F2", "phone-incoming", bar=True),
        Action("previous", tr("Previous incident"), earlier, "Alt+Up", "chevron-up"),
        Action("next", tr("Next incident"), later, "Alt+Down", "chevron-down"),
        *(
            Action(id_, words, functools.partial(_run_on_live, window, run), keys, icon, bar=True)
            for id_, words, run, keys, icon in rows
        ),
        Action("back", tr("Back"), live.back, "Esc", "chevron-left"),
    )


def _take(window: MainWindow, step: str) -> Callable[[], None]:
    return functools.partial(window.live.steps.take_step, step)


def _camera_actions(window: MainWindow) -> tuple[Action, ...]:
    grid = window.live.grid
    numbers = tuple(
        Action(
            f"camera_{number}",
            tr("Tile {number} over the whole grid", number=number),
            functools.partial(_open_tile, window, number),
            str(number),
            "cctv",
            listed=False,
        )
        for number in range(1, 10)
    )
    layouts = tuple(
        Action(
            f"layout_{count}",
            tr("Camera grid of {count}", count=count),
            functools.partial(_lay_out, window, count),
            icon="layout-grid",
        )
        for count in COLUMNS
    )
    pages = (
        Action("page_next", tr("Next page of cameras"),
               functools.partial(grid.turn_page, 1), "Ctrl+PgDown", "chevron-right"),
        Action("page_previous", tr("Previous page of cameras"),
               functools.partial(grid.turn_page, -1), "Ctrl+PgUp", "chevron-left"),
    )  # fmt: skip
    any_tile = Action(
        "camera_any",
        tr("One tile over the whole grid, and back"),
        functools.partial(_open_tile, window, 1),
        cap="1–9",
        icon="cctv",
    )
    return (any_tile, *numbers, *layouts, *pages)


def _window_actions(window: MainWindow) -> tuple[Action, ...]:
    live = window.live
    go = tuple(
        Action(
            f"place_{place.id}",
            place.name,
            functools.partial(window.show_place, place.id),
            f"Ctrl+{number}",
            place.icon,
        )
        for number, place in enumerate(places(), 1)
    )
    return go + (
        Action("palette", tr("Search or command"), window.open_palette, "Ctrl+K", "search"),
        Action("shortcuts", tr("All shortcuts"), window.open_shortcuts, "?", "keyboard"),
        Action("map_home", tr("The whole zone on the map"), live.map.reset_view, "Home", "compass"),
        Action("map_in", tr("Map: closer"), live.map.zoom_in, "Ctrl++", "plus"),
        Action("map_out", tr("Map: farther"), live.map.zoom_out, "Ctrl+-", "minus"),
        Action("full_screen", tr("Full screen"), window.toggle_full_screen, "F11", "maximize-2"),
        Action("language", tr("Thai / English"), window.switch_language, "Ctrl+L", "languages"),
        Action("quit", tr("Close the console"), functools.partial(_close, window), "Ctrl+Q", "x"),
    )


def _close(window: MainWindow) -> None:
    window.close()


def _step(window: MainWindow, by: int) -> None:
    window.show_place("live")
    window.live.step_selection(by)


def _run_on_live(window: MainWindow, run: Callable[[], None]) -> None:
    window.show_place("live")
    run()


def _open_tile(window: MainWindow, number: int) -> None:
    grid = window.live.grid
    window.show_place("live")
    camera_id = grid.camera_at(number)
    if not grid.leave_single() and camera_id:
        grid.toggle_single(camera_id)


def _lay_out(window: MainWindow, count: int) -> None:
    window.show_place("live")
    window.live.grid.set_tile_count(count)
