"""A map file whose coordinates are not said, or said wrongly: a person chooses, nobody guesses."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.geo.imports.request import CrsUnclearError
from app.thai.translation import say, tr
from app.ui.setup.map_work import MapWork
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced


class MapUnclear(QWidget):
    """The systems in which the map would lie round the station, a button each; none is primary."""

    system_chosen = Signal(object)  # Crs
    put_away_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._error: CrsUnclearError | None = None
        self.systems: list[KeyButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 12)
        column.setSpacing(8)
        column.addWidget(
            voiced(
                tr("Ask whoever made the file. Several may look right: WGS 84 and Indian"
                   " 1975 lie some hundred metres apart. After the choice you see where it lies;"
                   " nothing is changed yet."),
                "second", wraps=True,
            )
        )  # fmt: skip
        self._buttons = QVBoxLayout()
        self._buttons.setSpacing(6)
        column.addLayout(self._buttons)
        self.put_away = KeyButton(theme, tr("Put it away"), flat=True)
        self.put_away.clicked.connect(self.put_away_requested)
        column.addWidget(self.put_away, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_work(self, work: MapWork) -> None:
        """The choices of the file that was looked at."""
        error = work.error
        if error is self._error or not isinstance(error, CrsUnclearError):
            return
        self._error = error
        for button in self.systems:
            self._buttons.removeWidget(button)
            button.deleteLater()
        self.systems = []
        for crs in error.candidates:
            button = KeyButton(self._theme, tr("Read it as {system}", system=say(crs.words)))
            button.clicked.connect(lambda _=False, crs=crs: self.system_chosen.emit(crs))
            self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.systems.append(button)
