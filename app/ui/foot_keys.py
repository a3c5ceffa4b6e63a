"""Which keys stand at the window's foot where a form has them, not the list of actions.

Knows the window. What a form does with its keys is the form's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.thai.translation import tr

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

Keys = Sequence[tuple[str, str]]
"""Pairs of a key, as its cap says it, and what it does."""


def foot_keys(window: MainWindow) -> Keys | None:
    """Of the lock, the intake or Setup, if the keyboard is there; None: the place's actions."""
    if window.sign_in.hands.are_bound:
        return _of_lock()
    if window.place_id == "live" and _has_keyboard(window):
        return _of_intake()
    return _of_setup(window) if window.place_id == "setup" else None


def _has_keyboard(window: MainWindow) -> bool:
    now = QApplication.focusWidget()
    return now is not None and window.live.intake.isAncestorOf(now)


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
