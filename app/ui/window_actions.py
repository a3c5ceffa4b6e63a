"""The window's actions with their words and keys. Knows the window; the window knows the list."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.cameras.wall_layouts import TILE_COUNTS
from app.thai.translation import tr
from app.ui.actions import LIVE, Action
from app.ui.handover.handover_actions import handover_actions
from app.ui.live.tending_actions import sound_actions, tending_actions
from app.ui.log_place.log_actions import log_actions
from app.ui.papers.papers_actions import papers_actions
from app.ui.rail import places
from app.ui.review.review_actions import review_actions
from app.ui.sign_in.lock_strip import OFFICER_KEYS
from app.ui.sign_in.sign_in_room import LANGUAGE_KEYS, LOCK_KEYS
from app.ui.theme import TEXT_PERCENTS
from app.ui.units.unit_actions import board_actions, unit_actions
from app.ui.units.unit_board import UnitBoard
from app.ui.wall.tile_actions import tile_actions
from app.ui.zone_map.map_actions import map_actions

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def actions_of(window: MainWindow) -> Sequence[Action]:
    """Everything that can be done from the keyboard, in the order of the `?` card."""
    return (
        *(_of_live(action) for action in _incident_actions(window)),
        *tending_actions(window),
        *unit_actions(window),
        *(_of_live(action) for action in _camera_actions(window)),
        *window.files.actions(),
        *review_actions(window),
        *log_actions(window),
        *map_actions(window),
        *sound_actions(window),
        *handover_actions(window),
        *papers_actions(window),
        *_window_actions(window),
    )


_EVERYWHERE = frozenset({"intake", "wall_out", "wall_full"})


def _of_live(action: Action) -> Action:
    """A key of the Live place, but for what is wanted in any place."""
    return action if action.id in _EVERYWHERE else replace(action, place=LIVE)


def _incident_actions(window: MainWindow) -> tuple[Action, ...]:
    live, steps = window.live, window.live.steps
    earlier = functools.partial(_step, window, -1)
    later = functools.partial(_step, window, 1)
    rows: tuple[tuple[str, str, Callable[[], None], str, str], ...] = (
        ("dispatch", tr("Send a unit"), live.sending.ask_for_unit, "D", "send"),
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
    any_tile = Action(
        "camera_any",
        tr("One tile over the whole grid, and back"),
        functools.partial(_open_tile, window, 1),
        cap="1–9",
        icon="cctv",
    )
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
    counts = tuple(
        Action(
            f"layout_{count}",
            tr("Camera grid of {count}", count=count),
            functools.partial(_lay_out, window, count),
            icon="layout-grid",
        )
        for count in TILE_COUNTS
    )
    pages = (
        Action("page_next", tr("Next page of cameras"),
               functools.partial(grid.turn_page, 1), "Ctrl+PgDown", "chevron-right"),
        Action("page_previous", tr("Previous page of cameras"),
               functools.partial(grid.turn_page, -1), "Ctrl+PgUp", "chevron-left"),
    )  # fmt: skip
    return (*tile_actions(window), any_tile, *numbers, *counts, *pages, *_wall_actions(window))


def _wall_actions(window: MainWindow) -> tuple[Action, ...]:
    live = window.live
    go = functools.partial(_go_to_wall, window)
    seat, layouts = live.wall_seat, live.layouts
    save = functools.partial(_on_wall, window, functools.partial(layouts.do, "save_as"))
    menu = functools.partial(_on_wall, window, layouts.open_menu)
    order = functools.partial(layouts.do, "order")
    back = functools.partial(layouts.do, "bring_back")
    return (
        Action("wall_keys", tr("The keyboard to the cameras"), go, "Ctrl+G", "keyboard"),
        Action("wall_step", tr("Among the cameras: choose a tile"), go, cap="↑ ↓ ← →",
               icon="keyboard"),
        Action("wall_carry", tr("Among the cameras: move this one"), go, cap="Shift ↑ ↓ ← →",
               icon="keyboard"),
        Action("wall_empty", tr("Among the cameras: empty the tile"), go, cap="Del",
               icon="keyboard"),
        Action("wall_seeing", tr("The cameras that see the incident first, and back"),
               functools.partial(_on_wall, window, live.chosen.toggle_seeing), "V", "eye"),
        Action("wall_out", tr("Cameras in a window of their own, and back"), seat.toggle_out,
               "Ctrl+Shift+G", "monitor"),
        Action("wall_full", tr("Cameras over the whole screen, and back"), seat.toggle_full,
               "Shift+F11", "maximize-2"),
        Action("wall_layouts", tr("Layouts of the cameras"), menu, "Ctrl+Shift+L", "layout-grid"),
        Action("wall_save", tr("Save the layout of the cameras"), save, icon="layout-grid"),
        Action("wall_order", tr("Order the cameras by the register"), order, icon="layout-grid"),
        Action("wall_back", tr("Bring back the cameras that stand in no tile"), back,
               icon="layout-grid"),
    )  # fmt: skip


def actions_for_wall(window: MainWindow) -> Sequence[Action]:
    """The same keys in the wall's own window; what is not about cameras goes to the main one."""
    own: dict[str, Callable[[], None]] = {
        "back": functools.partial(_back_on_wall, window),
        "full_screen": window.live.wall_seat.toggle_full,
    }
    return tuple(
        _for_wall(window, action, own.get(action.id))
        for action in actions_of(window)
        if action.place in ("", LIVE)
    )


def actions_for_units(window: MainWindow, board: UnitBoard) -> Sequence[Action]:
    """The keys of the unit board's own window: its board's, and those of the whole console."""
    everywhere = (action for action in actions_of(window) if action.place == "")
    return (*board_actions(board), *(_for_units(window, action) for action in everywhere))


def _for_units(window: MainWindow, action: Action) -> Action:
    if action.id == "units_window":
        return action
    return replace(action, run=functools.partial(_run_in_front, window, action.run))


def _for_wall(window: MainWindow, action: Action, own: Callable[[], None] | None) -> Action:
    if own is not None:
        return replace(action, run=own)
    if action.id.startswith(("camera_", "layout_", "page_", "wall_")):
        return action
    return replace(action, run=functools.partial(_run_in_front, window, action.run))


def _run_in_front(window: MainWindow, run: Callable[[], None]) -> None:
    window.raise_()
    window.activateWindow()
    run()


def _back_on_wall(window: MainWindow) -> None:
    """Esc in the wall's own window: what the wall shows, never the forms of the other."""
    live = window.live
    if not live.wall_seat.leave_full() and not live.grid.leave_single():
        live.chosen.leave_seeing()


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
    return (
        *go,
        Action("palette", tr("Search or command"), window.open_palette, "Ctrl+K", "search"),
        Action("shortcuts", tr("All shortcuts"), window.open_shortcuts, "?", "keyboard"),
        Action("manual", tr("Manual: the page of this place"), window.open_manual, "F1",
               "circle-help"),
        Action("map_home", tr("The whole zone on the map"), live.map.reset_view, "Home", "compass",
               place=LIVE),
        Action("map_in", tr("Map: closer"), live.map.zoom_in, "Ctrl++", "plus", place=LIVE),
        Action("map_out", tr("Map: farther"), live.map.zoom_out, "Ctrl+-", "minus", place=LIVE),
        Action("bring_map", tr("Bring a map…"), window.bring_map, icon="upload"),
        Action("full_screen", tr("Full screen"), window.toggle_full_screen, "F11", "maximize-2"),
        Action("text_larger", tr("Larger text"), functools.partial(_resize_text, window, 1),
               "Ctrl+Alt++", "plus"),
        Action("text_smaller", tr("Smaller text"), functools.partial(_resize_text, window, -1),
               "Ctrl+Alt+-", "minus"),
        Action("language", tr("Thai / English"), window.switch_language, LANGUAGE_KEYS,
               "languages"),
        Action("lock", tr("Lock the console"), window.sign_in.lock, LOCK_KEYS, "lock"),
        Action("officer", tr("Another officer takes the console"), window.sign_in.ask_officer,
               OFFICER_KEYS, "users"),
        Action("own_password", tr("My password…"), window.sign_in.ask_own_password,
               icon="key-round"),
        Action("sign_out", tr("Sign out"), window.sign_in.leave, icon="user"),
        Action("quit", tr("Close the console"), functools.partial(_close, window), "Ctrl+Q", "x"),
    )  # fmt: skip


def _close(window: MainWindow) -> None:
    window.close()


def _resize_text(window: MainWindow, by: int) -> None:
    """The next text size; none beyond the largest and the smallest."""
    place = TEXT_PERCENTS.index(window.text_percent) + by
    if 0 <= place < len(TEXT_PERCENTS):
        window.text_size_requested.emit(TEXT_PERCENTS[place])


def _step(window: MainWindow, by: int) -> None:
    window.show_place("live")
    window.live.step_selection(by)


def _run_on_live(window: MainWindow, run: Callable[[], None]) -> None:
    window.show_place("live")
    run()


def _show_wall(window: MainWindow) -> None:
    """The Live place, unless the cameras are in a window of their own."""
    if not window.live.wall_seat.is_away:
        window.show_place("live")


def _on_wall(window: MainWindow, run: Callable[[], None]) -> None:
    _show_wall(window)
    run()


def _go_to_wall(window: MainWindow) -> None:
    _show_wall(window)
    grid = window.live.grid
    grid.window().activateWindow()
    grid.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _open_tile(window: MainWindow, number: int) -> None:
    grid = window.live.grid
    _show_wall(window)
    camera_id = grid.camera_at(number)
    if not grid.leave_single() and camera_id:
        grid.toggle_single(camera_id)


def _lay_out(window: MainWindow, count: int) -> None:
    _show_wall(window)
    window.live.grid.set_tile_count(count)
