"""What can be done in the Log place, as actions with their keys. Knows the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.thai.translation import tr
from app.ui.actions import Action
from app.ui.place_actions import PlaceActions

if TYPE_CHECKING:
    from app.ui.log_place.log_place import LogPlace
    from app.ui.main_window import MainWindow

PLACE = "log"
Act = Callable[["LogPlace"], None]


def log_actions(window: MainWindow) -> tuple[Action, ...]:
    """In the order of the `?` card."""
    act = PlaceActions(window, PLACE, lambda: window.log)
    return (
        act("search", tr("Search the log"), lambda place: place.bar.ask(), "/", "search", bar=True),
        act("step", tr("Choose among what was found"), lambda place: place.table.setFocus(),
            cap="↑ ↓", icon="list", bar=True),
        act("open", tr("Open the incident in the Live place"), _open, cap="Enter", icon="monitor",
            bar=True),
        act("footage", tr("Footage of the incident, from two minutes before"), _footage(window),
            "R", "history", bar=True),
        act("map", tr("The incident on the map"), lambda place: place.show_on_map(), "M", "map",
            bar=True),
        act("dispatch", tr("Send a unit"), _dispatch(window), "D", "send", bar=True),
        act("when", tr("Filter by time, in words or dates"),
            lambda place: place.filters.when.setFocus(), "T", "clock"),
        act("filters", tr("To the filters"), lambda place: place.filters.list.setFocus(), "F",
            "sliders-horizontal"),
        act("save", tr("Save the search"), lambda place: place.asking.ask_name(), "Ctrl+S",
            "bookmark"),
        act("export", tr("Take the incidents out as a table"),
            lambda place: place.tables.ask_where(), "Ctrl+E", "upload"),
        act("previous", tr("Previous incident"), lambda place: place.step(-1), "Alt+Up",
            "chevron-up"),
        act("next", tr("Next incident"), lambda place: place.step(1), "Alt+Down", "chevron-down"),
        act("back", tr("Back"), lambda place: place.back(), "Esc", "chevron-left"),
    )  # fmt: skip


def _open(place: LogPlace) -> None:
    if place.table.current is not None:
        place.incident_opened.emit(place.table.current.incident_id)


def _footage(window: MainWindow) -> Act:
    return lambda place: window.footage.incident()


def _dispatch(window: MainWindow) -> Act:
    def act(_place: LogPlace) -> None:
        window.show_place("live")
        window.live.sending.ask_for_unit()

    return act
