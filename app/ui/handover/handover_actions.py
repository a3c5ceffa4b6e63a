"""What can be done on the handover's screen, as actions with their keys. Knows the window."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QPlainTextEdit

from app.thai.translation import tr
from app.ui.actions import Action
from app.ui.place_actions import PlaceActions

if TYPE_CHECKING:
    from app.ui.handover.handover_place import HandoverPlace
    from app.ui.main_window import MainWindow

PLACE = "handover"


def handover_actions(window: MainWindow) -> tuple[Action, ...]:
    """In the order of the `?` card. F8 opens the screen from anywhere."""
    act = PlaceActions(window, PLACE, lambda: window.duty.place)
    go = functools.partial(window.show_place, PLACE)
    return (
        Action(PLACE, tr("Handover of the shift"), go, "F8", "arrow-left-right"),
        act("choose", tr("Choose an item"), _to_list, cap="↑ ↓", icon="list", bar=True),
        act("word", tr("Acknowledge the item"), _acknowledge, cap="Space", icon="check", bar=True),
        act("unword", tr("Take an acknowledgement back"), _to_list, cap="Backspace",
            icon="undo-2"),
        act("open", tr("Open the incident"), _to_list, cap="Enter", icon="notebook-text",
            bar=True),
        act("note", tr("For the next shift"), _note, "N", "message-square", bar=True),
        act("sign", tr("Sign"), _sign, "Ctrl+Return", "check", bar=True, cap="Ctrl Enter"),
        act("past", tr("Past handovers"), _past, "P", "history", bar=True),
        act("leave", tr("Back"), functools.partial(_leave, window), "Esc", "chevron-left"),
    )  # fmt: skip


def _to_list(place: HandoverPlace) -> None:
    place.list.setFocus()


def _acknowledge(place: HandoverPlace) -> None:
    place.list.setFocus()
    place.list.acknowledge_current()


def _note(place: HandoverPlace) -> None:
    place.write_note()


def _sign(place: HandoverPlace) -> None:
    place.sign()


def _past(place: HandoverPlace) -> None:
    place.toggle_past()


def _leave(window: MainWindow, place: HandoverPlace) -> None:
    """Out of the notes first, then from the past to now, then back to the Live place."""
    if isinstance(QApplication.focusWidget(), QPlainTextEdit):
        place.list.setFocus()
    elif not place.back():
        window.show_place("live")
