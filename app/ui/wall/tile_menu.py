"""The menu of one tile: everything that can be done with its camera, each with its key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.icons import pixmap
from app.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One thing to do. Not `possible`: shown, and grey."""

    words: str
    key: str
    icon: str
    run: Callable[[], None]
    possible: bool = True
    rule_before: bool = False


def open_tile_menu(
    theme: Theme, parent: QWidget, title: str, lines: Sequence[MenuLine], at: QPoint
) -> QMenu:
    """Show it at a place on the screen. It is no dialog: a click elsewhere takes it away."""
    menu = QMenu(parent)
    menu.setAccessibleName(title)
    menu.setToolTipsVisible(False)
    menu.aboutToHide.connect(menu.deleteLater)
    head = QAction(title, menu)
    head.setEnabled(False)
    menu.addAction(head)
    menu.addSeparator()
    for line in lines:
        if line.rule_before:
            menu.addSeparator()
        words = f"{line.words}\t{line.key}" if line.key else line.words
        icon = QIcon(pixmap(line.icon, theme.colour("text_2"), theme.px(16), 2.0))
        action = QAction(icon, words.replace("&", "&&"), menu)
        action.setEnabled(line.possible)
        action.triggered.connect(line.run)
        menu.addAction(action)
    menu.popup(at)
    return menu
