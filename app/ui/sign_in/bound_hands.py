"""Lets no key and no click reach anything but what unlocks. Knows no officer.

Pictures go on: only what a hand does is kept back. Installed while the console is locked, so that
an open one pays nothing for it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

_HANDS = frozenset(
    {
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.InputMethod,
        QEvent.Type.ContextMenu,
        QEvent.Type.DragEnter,
        QEvent.Type.DragMove,
        QEvent.Type.Drop,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TouchEnd,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletRelease,
        QEvent.Type.NativeGesture,
    }
)
_TELLING = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress})


class BoundHands(QObject):
    """`is_free` says which widgets may be used; keys of `free_keys` work everywhere."""

    kept_back = Signal()
    """Somebody tried: show where the password is typed."""

    def __init__(self, is_free: Callable[[QWidget], bool], free_keys: tuple[str, ...]) -> None:
        super().__init__()
        self._is_free = is_free
        self._free_keys = frozenset(QKeySequence(keys).toString() for keys in free_keys)
        self.are_bound = False

    def bind(self) -> None:
        """From now on; what stands open over the window goes."""
        if not self.are_bound:
            self.are_bound = True
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
            self._close_what_is_open()

    def free(self) -> None:
        """Keys and clicks go where they did."""
        if self.are_bound:
            self.are_bound = False
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Shortcut:
            is_free = isinstance(watched, QShortcut) and watched.key().toString() in self._free_keys
            return not is_free
        if kind not in _HANDS or not isinstance(watched, QWidget) or self._is_free(watched):
            return False
        if kind in _TELLING:
            self.kept_back.emit()
        return True

    @staticmethod
    def _close_what_is_open() -> None:
        """Menus and questions for files: whoever sits down next did not ask them."""
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                widget.reject()
            elif isinstance(widget, QMenu) and widget.isVisible():
                widget.close()
