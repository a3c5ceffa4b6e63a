"""Pressing keys as an officer does: always to whoever has the focus. Knows no screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def focused() -> QWidget:
    """Who has the keyboard."""
    widget = QApplication.focusWidget() or QApplication.activeWindow()
    assert widget is not None, "nobody has the keyboard"
    return widget


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, through the shortcuts of the window as a real one."""
    QTest.keyClick(focused(), key, held)


def type_text(text: str) -> None:
    """Letters. Latin ones may be shortcuts and go the way of keys; QTest knows no Thai ones."""
    for letter in text:
        if letter.isascii():
            QTest.keyClick(focused(), letter)  # type: ignore[call-overload]  # a letter will do
            continue
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(focused(), event)
