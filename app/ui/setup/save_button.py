"""The button that saves a form of Setup, and the key that does the same from inside the form."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton

SAVE_CAP = "Ctrl Enter"


def save_button(
    theme: Theme, form: QWidget, words: str, save: Callable[[], None], icon: str = "check"
) -> KeyButton:
    """The primary button of a form; both Enter keys with Ctrl are its key while it can be used."""
    button = KeyButton(theme, words, key=SAVE_CAP, icon=icon, primary=True)
    button.clicked.connect(save)
    for keys in ("Ctrl+Return", "Ctrl+Enter"):
        shortcut = QShortcut(QKeySequence(keys), form)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(button.click)  # nothing happens while it is disabled
    return button
