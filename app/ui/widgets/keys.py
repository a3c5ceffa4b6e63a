"""Who gets a key: a field or a card that is open comes before the window's shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_ON_KEDMANEE = {"2": "/", "3": "-", "Alt+2": "Alt+/", "Alt+3": "Alt+-"}
"""What the keys of the digits type with the Thai layout. The other digits' keys type Thai letters,
for which Qt itself tries the Latin layout; for these signs, which Latin has too, it does not."""


def keeps_escape(event: QEvent) -> bool:
    """Take Esc away from the window's shortcuts; whether this was the question and it was Esc.

    Qt asks with a `ShortcutOverride`: who accepts it gets the key press itself.
    """
    asked = event.type() == QEvent.Type.ShortcutOverride
    if asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
        event.accept()
        return True
    return False


def on_both_layouts(keys: str) -> list[QKeySequence]:
    """The key of a shortcut, first as it is written; then as the same key of the keyboard is read
    while its layout is Thai."""
    written = [keys, _ON_KEDMANEE[keys]] if keys in _ON_KEDMANEE else [keys]
    return [QKeySequence(one) for one in written]
