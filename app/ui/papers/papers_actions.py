"""What can be done in the Papers place, as actions with their keys. Knows the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.thai.translation import tr
from app.ui.actions import Action
from app.ui.papers.page_layout import ViewMode
from app.ui.place_actions import PlaceActions

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow
    from app.ui.papers.papers_place import PapersPlace

PLACE = "papers"
Act = Callable[["PapersPlace"], object]


def papers_actions(window: MainWindow) -> tuple[Action, ...]:
    """In the order of the `?` card. F9 and Shift+F9 are keys of the whole window."""
    act = PlaceActions(window, PLACE, lambda: window.papers)
    room = window.papers_room
    return (
        Action("print", tr("Print the sheet: of the incident, of the handover"), room.print, "F9",
               "printer"),
        Action("print_several", tr("Print several incident sheets…"), room.print_several,
               "Shift+F9", "printer"),
        act("choose", tr("Choose a sheet"), lambda place: place.list.setFocus(), cap="↑ ↓",
            icon="list", bar=True),
        act("print", tr("Print"), lambda place: place.steps.print(), cap="F9", icon="printer",
            bar=True),
        act("save", tr("Save as PDF"), lambda place: place.steps.save(), "Ctrl+S", "file-down",
            bar=True),
        act("closer", tr("Closer"), lambda place: place.view.step_zoom(1), "Ctrl++", "zoom-in"),
        act("farther", tr("Farther"), lambda place: place.view.step_zoom(-1), "Ctrl+-",
            "zoom-out"),
        act("zoom", tr("Zoom"), lambda place: place.view.step_zoom(1), cap="Ctrl + −",
            icon="zoom-in", bar=True, listed=False),
        act("one", tr("One page"), _mode(ViewMode.ONE), "1", "file-text"),
        act("two", tr("Two pages"), _mode(ViewMode.TWO), "2", "file-text"),
        act("width", tr("Full width"), _mode(ViewMode.WIDTH), "3", "file-text"),
        act("next", tr("Next page"), lambda place: place.turn_page(1), "PgDown", "chevron-down",
            bar=True, cap="PgDn"),
        act("previous", tr("Previous page"), lambda place: place.turn_page(-1), "PgUp",
            "chevron-up"),
        act("history", tr("What was printed"), lambda place: place.toggle_history(), "H",
            "history", bar=True),
        act("options", tr("To the options"), lambda place: place.to_options(), "O",
            "sliders-horizontal"),
        act("printer", tr("To the printers"), lambda place: place.to_printer(), "P", "printer"),
        act("go_on", tr("Print the rest of a failed job"), lambda place: place.steps.go_on(), "R",
            "repeat"),
        act("back", tr("Back"), lambda _place: room.back(), "Esc", "chevron-left"),
    )  # fmt: skip


def _mode(mode: ViewMode) -> Act:
    return lambda place: place.show_mode(mode.value)
