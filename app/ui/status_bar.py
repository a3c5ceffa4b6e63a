"""The foot of the window: the keys of this place, and the state of the log's chain."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.ui.actions import Action
from app.ui.theme import Theme
from app.ui.widgets.labels import IconLabel, chip, restate, voiced


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
        self._keys: list[QWidget] = []
        self.caps: tuple[str, ...] = ()
        """The keys that are told of, whether there is room for all or not."""
        self._row.addStretch(1)
        self._row.addWidget(IconLabel(theme, "link", "text_3", 13))
        self._chain = voiced("", "hint")
        self._row.addWidget(self._chain)

    def show_actions(self, actions: Sequence[Action]) -> None:
        """The keys of the present place."""
        self.show_keys([(action.shown, action.words) for action in actions])

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """These keys, each with what it does."""
        for widget in self._keys:
            self._row.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.caps = tuple(cap for cap, _ in keys)
        self._keys = [self._key(cap, words) for cap, words in keys]
        for number, widget in enumerate(self._keys):
            self._row.insertWidget(number, widget)
        self._fit()

    def _key(self, cap: str, words: str) -> QWidget:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        row.addWidget(chip(cap, "kbd"))
        row.addWidget(voiced(words, "hint"))
        return pair

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
        for widget in self._keys:
            room -= widget.sizeHint().width() + 14
            widget.setVisible(room > 0)
