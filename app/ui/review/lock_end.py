"""Until when footage is to be locked: no end, or so many days. A small button with a menu."""

from __future__ import annotations

import functools

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton

DAYS = (None, 30, 90, 365)


class LockEnd(KeyButton):
    """Says what is chosen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _words(None), icon="lock", flat=True)
        self.setProperty("slim", True)
        self.setFixedHeight(theme.px(24))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(tr("Until when footage is locked"))
        self.days: int | None = None
        self.clicked.connect(self._open)

    def choose(self, days: int | None, checked: bool = False) -> None:
        """So many days from the moment of locking; None: no end."""
        self.days = days
        self.show_words(_words(days), "")

    def _open(self) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for days in DAYS:
            action = menu.addAction(_words(days))
            action.setCheckable(True)
            action.setChecked(days == self.days)
            action.triggered.connect(functools.partial(self.choose, days))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


def _words(days: int | None) -> str:
    return tr("Lock without end") if days is None else tr("Lock for {count} days", count=days)
