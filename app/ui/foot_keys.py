"""Which keys stand at the window's foot where a form has them, not the list of actions.

Knows the window. What a form does with its keys is the form's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.thai.translation import tr
from app.ui.widgets.form_letters import is_in_form

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

Keys = Sequence[tuple[str, str]]
"""Pairs of a key, as its cap says it, and what it does."""


def foot_keys(window: MainWindow) -> Keys | None:
    """Of the lock, of a form or of Setup, if the keyboard is there; None: the place's actions."""
    if window.sign_in.hands.are_bound:
        return _of_lock()
    if window.place_id == "live" and (form := _of_live(window)) is not None:
        return form
    if window.place_id == "map" and is_in_form(QApplication.focusWidget()):
        return _of_form("Ctrl S")
    return _of_setup(window) if window.place_id == "setup" else None


def _of_live(window: MainWindow) -> Keys | None:
    """While something is typed in a form: letters are text there, and no keys of the place."""
    now, live = QApplication.focusWidget(), window.live
    if now is None:
        return None
    if live.intake.isAncestorOf(now):
        return _of_intake()
    board = live.units.board
    if board.check_in.isAncestorOf(now):
        return _of_form("Enter")
    return _of_form("Ctrl Enter") if is_in_form(now) else None


def _of_form(key: str) -> Keys:
    return ((key, tr("Save")), ("Esc", tr("Back")))


def _of_lock() -> Keys:
    return (
        ("Enter", tr("Unlock")),
        ("Ctrl Shift O", tr("Another officer")),
        ("Ctrl Shift E", tr("Thai / English")),
        ("F11", tr("Full screen")),
    )


def _of_intake() -> Keys:
    return (
        ("Enter", tr("Next field")),
        ("Alt P", tr("Place")),
        ("Alt N", tr("What happened")),
        ("Ctrl Enter", tr("Save")),
        ("Ctrl D", tr("Save and send")),
        ("Esc", tr("Put aside")),
    )


def _of_setup(window: MainWindow) -> Keys:
    setup = window.setup
    return (
        ("↑ ↓", tr("Choose")),
        *([("Ins", tr("Add"))] if setup.can_add else ()),
        *([("Ctrl Enter", tr("Save"))] if setup.can_save else ()),
        ("F1", tr("Manual")),
    )
