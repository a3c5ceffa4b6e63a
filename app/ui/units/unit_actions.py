"""What can be done with units, as actions with their keys. Knows the window.

While the keyboard is in the board, in the form that sends units, or among an incident's units, the
keys of that pane hold and those of the Live place do not.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.thai.translation import tr
from app.ui.actions import LIVE, Action
from app.ui.units.unit_board import UnitBoard

if TYPE_CHECKING:
    from app.ui.live.live_place import LivePlace
    from app.ui.main_window import MainWindow

BOARD, PICKER, EACH = "unit_board", "unit_picker", "incident_units"


def unit_panes(live: LivePlace) -> Mapping[str, QWidget]:
    """The panes with keys of their own, by the name their actions give as their place."""
    detail = live.detail
    return {BOARD: live.units.board, PICKER: detail.picker, EACH: detail.units}


def unit_actions(window: MainWindow) -> tuple[Action, ...]:
    """In the order of the `?` card."""
    live = window.live
    go = functools.partial(functools.partial, _on_live, window)
    return (
        Action("dispatch_first", tr("Send the unit at the head of the list"),
               go(live.sending.send_first), "Shift+D", "send", place=LIVE),
        Action("dispatch_each", tr("Units of the incident, one by one"),
               go(live.sending.ask_for_step), "E", "users", bar=True, place=LIVE),
        Action("units", tr("Unit board, and back"), go(live.units.toggle), "F6", "radio",
               bar=True),
        Action("radio_codes", tr("Radio codes"), go(live.units.show_codes), "F7", "radio"),
        Action("units_window", tr("Unit board in a window of its own, and back"),
               live.units.toggle_window, "Ctrl+Shift+U", "app-window"),
        *_on_board(window),
        *_picking(window),
        *_each(window),
    )  # fmt: skip


def board_actions(board: UnitBoard, place: str = "") -> tuple[Action, ...]:
    """The acts of one board; `place` where other keys of the window must give way to them."""
    rows = (
        ("send", tr("Send the unit to the chosen incident"), "D", "send"),
        ("check_in", tr("The unit reports"), "I", "radio"),
        ("on_the_way", tr("The unit is on the way"), "G", "arrow-right"),
        ("arrived", tr("The unit has arrived"), "A", "map-pin"),
        ("release", tr("The unit is free again"), "F", "circle-check"),
        ("rest", tr("The unit rests, or is ready again"), "B", "pause"),
        ("crew", tr("Who rides in the unit"), "C", "users"),
        ("times", tr("Times to the scene"), "T", "clock"),
    )
    return (
        Action("unit_choose", tr("Choose a unit"), board.table.setFocus, cap="↑ ↓", icon="list",
               bar=True, place=place),
        *(
            Action(f"unit_{act}", words, functools.partial(board.ask, act), keys, icon,
                   bar=True, place=place)
            for act, words, keys, icon in rows
        ),
        Action("unit_incident", tr("The incident the unit is sent to"),
               functools.partial(board.ask, "incident"), cap="Enter", icon="notebook-text",
               place=place),
        Action("unit_back", tr("Back"), board.back, "Esc", "chevron-left", place=place),
    )  # fmt: skip


def _on_board(window: MainWindow) -> tuple[Action, ...]:
    """The acts of the window's board. From elsewhere they lead to it: a unit is chosen first."""
    seat = window.live.units

    def there(run: Callable[[], None]) -> None:
        if window.place_id == LIVE and seat.is_board_shown:
            run()
        else:
            _on_live(window, seat.show_board)

    return tuple(
        replace(action, run=functools.partial(there, action.run))
        for action in board_actions(seat.board, BOARD)
    )


def _picking(window: MainWindow) -> tuple[Action, ...]:
    """The keys inside the form itself; from elsewhere they open it."""
    ask = functools.partial(_on_live, window, window.live.sending.ask_for_unit)
    return (
        Action("pick", tr("Tick a unit"), ask, cap="1–9", icon="check", bar=True, place=PICKER),
        Action("pick_send", tr("Send what is ticked, or the marked one"), ask, cap="Enter",
               icon="send", bar=True, place=PICKER),
        Action("pick_back", tr("Back"), window.live.detail.picker.cancelled.emit, "Esc",
               "chevron-left", bar=True, place=PICKER),
    )  # fmt: skip


def _each(window: MainWindow) -> tuple[Action, ...]:
    units, sending = window.live.detail.units, window.live.sending
    rows = (
        ("on_the_way", tr("This unit is on the way"), "G", "arrow-right"),
        ("arrived", tr("This unit has arrived"), "A", "map-pin"),
        ("release", tr("This unit is free again"), "F", "circle-check"),
    )

    def there(step: str) -> None:
        if units.isVisible():
            units.ask(step)
        else:
            _on_live(window, sending.ask_for_step)

    return (
        *(
            Action(f"each_{step}", words, functools.partial(there, step), keys, icon,
                   bar=True, place=EACH)
            for step, words, keys, icon in rows
        ),
        Action("each_more", tr("Send a unit"), sending.ask_for_unit, "D", "send", place=EACH),
        Action("each_back", tr("Back"), units.cancelled.emit, "Esc", "chevron-left",
               bar=True, place=EACH),
    )  # fmt: skip


def _on_live(window: MainWindow, run: Callable[[], None]) -> None:
    if window.place_id != LIVE:
        window.show_place(LIVE)
    run()
