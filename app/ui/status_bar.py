"""The foot of the window: the keys of this place, and the state of the log's chain."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.actions import Action
from app.ui.theme import Theme
from app.ui.widgets.labels import IconLabel, chip, restate, voiced

_AFTER_MS = 30
"""What an officer waits for is painted first: the keys have often changed because of it."""


class StatusBar(QFrame):
    """As many keys as fit, the most used first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        self.setProperty("edge", "top")
        self.setFixedHeight(theme.px(24))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 0, 10, 0)
        self._row.setSpacing(14)
        self._told: tuple[tuple[str, str], ...] = ()
        self._keys: list[_Key] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_AFTER_MS)
        self._later.timeout.connect(self._tell)
        self._row.addStretch(1)
        self._row.addWidget(IconLabel(theme, "link", "text_3", 13))
        self._chain = voiced("", "hint")
        self._row.addWidget(self._chain)

    @property
    def caps(self) -> tuple[str, ...]:
        """The keys that are told of, whether there is room for all or not."""
        return tuple(cap for cap, _ in self._told)

    def show_actions(self, actions: Sequence[Action]) -> None:
        """The keys of the present place."""
        self.show_keys([(action.shown, action.words) for action in actions])

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """These keys, each with what it does."""
        self._told = tuple(keys)
        if not self.isVisible():
            self._tell()
        elif not self._later.isActive():
            self._later.start()

    def _tell(self) -> None:
        for number in range(len(self._keys), len(self._told)):
            self._keys.append(_Key())
            self._row.insertWidget(number, self._keys[number])
        for key, (cap, words) in zip(self._keys, self._told, strict=False):
            key.tell(cap, words)
        self._fit()

    def show_chain(self, words: str, colour: str) -> None:
        """Whether the log is whole, in words; `colour` is a token, or empty."""
        restate(self._chain, "state", colour)
        if words != self._chain.text():
            self._chain.setText(words)
            self._fit()

    def resizeEvent(self, event: object) -> None:
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self._chain.sizeHint().width() - 60
        for number, key in enumerate(self._keys):
            room -= key.sizeHint().width() + 14
            key.setVisible(number < len(self._told) and room > 0)


class _Key(QWidget):
    """A key and what it does."""

    def __init__(self) -> None:
        super().__init__()
        self._cap, self._words = chip("", "kbd"), voiced("", "hint")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(self._cap)
        row.addWidget(self._words)

    def tell(self, cap: str, words: str) -> None:
        """Stand for this key."""
        self._cap.setText(cap)
        self._words.setText(words)
