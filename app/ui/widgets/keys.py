"""Who gets a key: a field or a card that is open comes before the window's shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def keeps_escape(event: QEvent) -> bool:
    """Take Esc away from the window's shortcuts; whether this was the question and it was Esc.

    Qt asks with a `ShortcutOverride`: who accepts it gets the key press itself.
    """
    asked = event.type() == QEvent.Type.ShortcutOverride
    if asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
        event.accept()
        return True
    return False
