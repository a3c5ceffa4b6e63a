"""The wall's place in the Live place: holds the pane, or says where it is and brings it back.

There is one grid only. It goes to the other window whole and comes back whole, so that two windows
can never ask for different pictures.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.wall.grid_pane import GridPane
from app.ui.wall.wall_window import WallPlace, WallWindow
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced


class WallStands(Enum):
    """Where the pane is."""

    HOME = "home"
    OUT = "out"
    """In a window of its own."""
    FULL = "full"
    """Over a whole screen, and home again afterwards."""
    OUT_FULL = "out_full"
    """Over the whole screen of its own window."""


class WallSeat(QStackedWidget):
    """The pane at home, or the words that stand in for it."""

    moved = Signal()  # out, home, over the screen or back
    window_opened = Signal(object)  # WallWindow: to be given its keys

    def __init__(self, theme: Theme, pane: GridPane) -> None:
        super().__init__()
        self._pane = pane
        self.stands = WallStands.HOME
        self.opens_out = False
        """Whether the pane was in its own window when the desk was left."""
        self.remembered: WallPlace | None = None
        """Where the other window stood last."""
        self.addWidget(pane)
        self.addWidget(self._build_away(theme))
        self.window_of_its_own: WallWindow | None = None
        pane.tear_off_requested.connect(self.toggle_out)
        pane.full_screen_requested.connect(self.toggle_full)

    def _build_away(self, theme: Theme) -> QFrame:
        away = QFrame()
        away.setProperty("ground", "bg")
        column = QVBoxLayout(away)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(10)
        column.addStretch(1)
        words = voiced(tr("The cameras are in a window of their own."), "strong")
        words.setWordWrap(True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(words)
        self.bring_back = KeyButton(
            theme, tr("Bring them back"), key="Ctrl Shift G", icon="grid-3x3"
        )
        self.bring_back.clicked.connect(self.come_home)
        column.addWidget(self.bring_back, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return away

    @property
    def is_out(self) -> bool:
        """Whether the pane has a window of its own."""
        return self.stands in (WallStands.OUT, WallStands.OUT_FULL)

    def window_place(self) -> WallPlace | None:
        """Where that window stands, or stood last."""
        if self.is_out and self.window_of_its_own is not None:
            return self.window_of_its_own.place()
        return self.remembered

    @property
    def is_away(self) -> bool:
        """Whether the pane is in another window."""
        return self.stands is not WallStands.HOME

    # What is asked for

    def resume(self) -> None:
        """As it was when the desk was left."""
        if self.opens_out:
            self.opens_out = False
            self.go_out(take_keyboard=False)

    def toggle_out(self) -> None:
        """Into a window of its own, and back."""
        if self.is_out:
            self.come_home()
        else:
            self.go_out()

    def go_out(self, *, take_keyboard: bool = True) -> None:
        """To the second screen, or where the window stood last."""
        with self._pane.grid.staying_awake():
            window = self._away()
            window.show_beside(self.remembered, take_keyboard=take_keyboard)
        self._now(WallStands.OUT)

    def toggle_full(self) -> None:
        """The cameras alone over the whole screen, and back."""
        if self.leave_full():
            return
        was_out = self.stands is WallStands.OUT
        with self._pane.grid.staying_awake():
            self._away().cover_screen()
        self._now(WallStands.OUT_FULL if was_out else WallStands.FULL)

    def leave_full(self) -> bool:
        """Back from the whole screen; whether it was covered."""
        if self.stands is WallStands.FULL:
            self.come_home()
            return True
        if self.stands is WallStands.OUT_FULL and self.window_of_its_own is not None:
            self.window_of_its_own.uncover()
            self._now(WallStands.OUT)
            return True
        return False

    def come_home(self) -> None:
        """Back into the main window."""
        window = self.window_of_its_own
        if window is None:
            return
        if self.stands is not WallStands.FULL:
            self.remembered = window.place()
        with self._pane.grid.staying_awake():
            self.insertWidget(0, self._pane)
            self.setCurrentIndex(0)
            self._pane.show()
        self.window_of_its_own = None
        window.hide()
        window.deleteLater()
        self._now(WallStands.HOME)

    # Moving

    def _away(self) -> WallWindow:
        """The other window, with the pane in it."""
        if self.window_of_its_own is None:
            window = WallWindow(self.window())
            window.close_requested.connect(self.come_home)
            self.removeWidget(self._pane)
            window.hold(self._pane)
            self._pane.show()
            self.window_of_its_own = window
            self.window_opened.emit(window)
        return self.window_of_its_own

    def _now(self, stands: WallStands) -> None:
        self.stands = stands
        full = stands in (WallStands.FULL, WallStands.OUT_FULL)
        self._pane.show_where(out=self.is_out, full=full)
        if self.is_away:
            self._pane.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit()
