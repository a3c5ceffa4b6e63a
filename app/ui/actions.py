"""Everything the officer can do, once: words, key, icon. The palette, `?` and the bar read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.widgets.keys import on_both_layouts

LIVE = "live"

_CAPS = {"Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Return": "Enter", "PgDown": "PgDn"}
"""Keys that caps write otherwise than Qt does."""


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
    place: str = ""
    """Whose key it is. A place with keys of its own takes those of the Live place away while it is
    shown; from all others they lead to it. Empty: a key of the whole window."""
    repeats: bool = False
    """Whether it goes on while the key is held."""

    @property
    def shown(self) -> str:
        """The keys as a key cap says them: `Ctrl K`, `Ctrl +`; empty where there are none."""
        if self.cap or not self.keys:
            return self.cap
        keys = re.split(r"(?<=[^+])\+", self.keys)  # the last + of Ctrl++ is a key
        return " ".join(_CAPS.get(key, key) for key in keys)

    @property
    def is_letter(self) -> bool:
        """Whether its key is one that types a letter where it does not run anything."""
        return re.fullmatch(r"(Shift\+)?[A-Z]", self.keys) is not None


def _nothing(_action: Action) -> bool:
    return False


class Shortcuts(QObject):
    """Binds the keys of actions to a window. A key typed into a field goes to the field."""

    def __init__(
        self,
        window: QWidget,
        actions: Sequence[Action],
        keeps_back: Callable[[Action], bool] = _nothing,
    ) -> None:
        """`keeps_back` is asked of each action whose key was pressed: whether it must not run."""
        super().__init__(window)
        self._keeps_back = keeps_back
        self._actions: dict[QShortcut, Action] = {}
        self._places: list[tuple[QShortcut, str]] = []
        self._with_keys = {action.place for action in actions} - {"", LIVE}
        for action in actions:
            if action.keys:
                shortcut = QShortcut(window)
                shortcut.setKeys(on_both_layouts(action.keys))
                shortcut.setAutoRepeat(action.repeats)
                shortcut.activated.connect(self._on_activated)
                self._actions[shortcut] = action
                self._places.append((shortcut, action.place))
        self.show_place(LIVE)

    def show_place(self, place_id: str) -> None:
        """Only the keys that mean something here: one key may mean something else elsewhere."""
        for shortcut, place in self._places:
            here = place in ("", place_id)
            shortcut.setEnabled(here or (place == LIVE and place_id not in self._with_keys))

    def _on_activated(self) -> None:
        shortcut = self.sender()
        if isinstance(shortcut, QShortcut):
            action = self._actions[shortcut]
            if not self._keeps_back(action):
                action.run()
