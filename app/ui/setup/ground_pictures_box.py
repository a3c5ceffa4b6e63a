"""The pictures of the ground on the map, and those that are kept: a row each, with its button."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.thai.dates import date_time
from app.thai.translation import language, tr
from app.ui.setup.map_office import MapOffice
from app.ui.setup.map_words import format_name
from app.ui.setup.map_work import MapInUse, PictureInUse
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced


class GroundPicturesBox(QWidget):
    """Shows what is there when it is made; the one on top comes first, as it lies on the map."""

    put_aside_requested = Signal(str)
    put_back_requested = Signal(str)

    def __init__(self, theme: Theme, office: MapOffice, in_use: MapInUse) -> None:
        super().__init__()
        self._theme, self._office = theme, office
        self.buttons: dict[str, KeyButton] = {}
        """By the file's name."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        if in_use.pictures:
            self._column.addWidget(voiced(tr("Pictures of the ground"), "hint"))
        for picture in reversed(in_use.pictures):
            self._add_picture(picture)
        if in_use.pictures_kept:
            self._column.addWidget(voiced(tr("Pictures kept beside it"), "hint"))
        for picture in in_use.pictures_kept:
            self._column.addWidget(voiced(picture.name, "second", wraps=True))
            button = self._add_button(picture.file, tr("Put it back on the map"), "undo-2")
            button.clicked.connect(partial(self._on_put_back, picture.file))

    def _add_picture(self, picture: PictureInUse) -> None:
        self._column.addWidget(voiced(picture.name, "strong", wraps=True))
        self._column.addWidget(voiced(self._origin(picture), "second", wraps=True))
        words = picture.attribution or tr("No attribution")
        self._column.addWidget(voiced(words, "second", wraps=True))
        button = self._add_button(picture.file, tr("Take it off the map"), "x")
        button.clicked.connect(partial(self._on_put_aside, picture.file))

    def _origin(self, picture: PictureInUse) -> str:
        brought = picture.brought
        if brought is None:
            return tr("It lies in the station's basemap folder; no entry says who brought it.")
        when = tr(
            "brought {time} by {officer}",
            time=date_time(brought.at, language()),
            officer=self._office.officer_name(brought.actor),
        )
        return f"{when} · {format_name(brought.format)}"

    def _add_button(self, name: str, words: str, icon: str) -> KeyButton:
        button = KeyButton(self._theme, words, icon=icon)
        button.setEnabled(self._office.may_bring)
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addSpacing(6)
        self.buttons.setdefault(name, button)  # one on the map before one of its name that is kept
        return button

    def _on_put_aside(self, name: str, _checked: bool = False) -> None:
        self.put_aside_requested.emit(name)

    def _on_put_back(self, name: str, _checked: bool = False) -> None:
        self.put_back_requested.emit(name)
