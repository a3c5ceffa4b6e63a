"""A right click on the map: the place there, to be copied as a coordinate. Knows no map."""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from app.geo.coordinates import LatLon, as_decimal, as_mgrs, as_utm
from app.thai.translation import tr


def open_place_menu(
    over: QWidget, place: LatLon, at: QPoint, see_footage: Callable[[], None]
) -> QMenu:
    """Offer the place's footage, and the place in the three ways the station writes it; those go
    to the clipboard."""
    menu = QMenu(over)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(tr("Footage of this place")).triggered.connect(see_footage)
    menu.addSeparator()
    head = menu.addAction(tr("Copy this place"))
    head.setEnabled(False)
    for words in (as_decimal(place), as_utm(place), as_mgrs(place)):
        menu.addAction(words).triggered.connect(functools.partial(_copy, words))
    menu.popup(at)
    return menu


def _copy(words: str, checked: bool = False) -> None:
    QGuiApplication.clipboard().setText(words)
