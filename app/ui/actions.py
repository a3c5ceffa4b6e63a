"""Everything the officer can do, once: words, key, icon. The palette, `?` and the bar read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Action:
    """`keys` as `QKeySequence` reads them, `shown` as people do; `bar`: in the status bar."""

    id: str
    words: str
    run: Callable[[], None]
    keys: str = ""
    icon: str = "arrow-right"
    bar: bool = False
    cap: str = ""
    """What the cap says when one row stands for several keys: `1–9`."""
    listed: bool = True
    """Whether it has a row of its own on the card of shortcuts."""

    @property
    def shown(self) -> str:
        """The keys as a key cap says them: `Ctrl K`, `Ctrl +`; empty where there are none."""
        if self.cap or not self.keys:
            return self.cap
        return " ".join(re.split(r"(?<=[^+])\+", self.keys))  # the last + of Ctrl++ is a key


class Shortcuts(QObject):
    """Binds the keys of actions to a window. A key typed into a field goes to the field."""

    def __init__(self, window: QWidget, actions: Sequence[Action]) -> None:
        super().__init__(window)
        self._runs = {}
        for action in actions:
            if action.keys:
                shortcut = QShortcut(QKeySequence(action.keys), window)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(self._on_activated)
                self._runs[shortcut] = action.run

    def _on_activated(self) -> None:
        shortcut = self.sender()
        if isinstance(shortcut, QShortcut):
            self._runs[shortcut]()
