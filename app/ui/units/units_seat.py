"""Where the open incidents stand, and the unit board in their place with F6. Holds both, and the
board's own window.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.cameras.ground import Ground
from app.incidents.place_finder import PlaceFinder
from app.map.style import MapStyle
from app.ui.desk import Desk
from app.ui.live.table_pane import TablePane
from app.ui.selection import Selection
from app.ui.theme import Theme
from app.ui.units.unit_board import UnitBoard
from app.ui.units.unit_steps import UnitSteps
from app.ui.units.units_window import UnitsWindow


@dataclass(frozen=True, slots=True)
class BegunBoard:
    """What the board was showing, and what is typed in it that a unit said."""

    is_shown: bool
    unit_id: str
    said: str | None
    place: str
    is_away: bool = False
    """Whether there is a second board, in a window of its own."""


@dataclass(frozen=True, slots=True)
class SeatParts:
    """What boards stand on."""

    desk: Desk
    selection: Selection
    ground: Ground
    finder: PlaceFinder


class UnitsSeat(QStackedWidget):
    """One of the two is seen; the incidents at first."""

    told = Signal(str)
    window_opened = Signal(object)  # UnitsWindow: to be given its keys
    codes_requested = Signal()

    def __init__(
        self, theme: Theme, style: MapStyle, incidents: TablePane, parts: SeatParts
    ) -> None:
        super().__init__()
        self._theme, self._style, self._parts = theme, style, parts
        self._incidents = incidents
        self.window_of_its_own: UnitsWindow | None = None
        self.board, self.steps = self._made()
        self.board.left.connect(self.show_incidents)
        self.addWidget(incidents)
        self.addWidget(self.board)

    def _made(self) -> tuple[UnitBoard, UnitSteps]:
        """A board and what is done from it."""
        parts = self._parts
        board = UnitBoard(self._theme, self._style, parts.finder)
        steps = UnitSteps(board, parts.desk, parts.selection, parts.ground, parts.finder)
        steps.told.connect(self.told)
        board.codes_requested.connect(self.codes_requested)
        board.window_requested.connect(self.toggle_window)
        return board, steps

    # What is seen

    @property
    def is_board_shown(self) -> bool:
        """Whether the units stand where the incidents were."""
        return self.currentWidget() is self.board

    def toggle(self) -> None:
        """F6: the units, and back to the incidents."""
        if self.is_board_shown:
            self.show_incidents()
        else:
            self.show_board()

    def show_board(self) -> None:
        """The units, with the keyboard."""
        self.setCurrentWidget(self.board)
        self.board.show_list()

    def show_codes(self) -> None:
        """F7: the station's radio codes."""
        self.setCurrentWidget(self.board)
        self.steps.show_codes()

    def show_incidents(self) -> None:
        """The open incidents, with the keyboard."""
        self.setCurrentWidget(self._incidents)
        self._incidents.table.setFocus()

    def take_keyboard(self) -> None:
        """To whichever of the two is seen."""
        if self.is_board_shown:
            self.board.table.setFocus()
        else:
            self._incidents.table.setFocus()

    def fill(self) -> None:
        """Read the units once, at the start."""
        self.steps.fill()

    def tick(self) -> None:
        """Once a second, if anybody looks."""
        if self.board.isVisible():
            self.steps.tick()
        if self.window_of_its_own is not None:
            self.window_of_its_own.steps.tick()

    def complain(self, sentence: str) -> bool:
        """Say a failure in the board where the officer is typing, if in any."""
        boards = [self.board]
        if self.window_of_its_own is not None:
            boards.append(self.window_of_its_own.board)
        said = [board.complain(sentence) for board in boards if board.isVisible()]
        return any(said)

    # The window of its own

    def toggle_window(self) -> None:
        """A second board, for a second screen; and away with it."""
        if self.window_of_its_own is not None:
            self.close_window()
            return
        board, steps = self._made()
        window = UnitsWindow(self.window(), board, steps)
        window.close_requested.connect(self.close_window)
        board.left.connect(self.close_window)
        steps.fill()
        self.window_of_its_own = window
        self.window_opened.emit(window)
        window.show_beside()

    def close_window(self) -> None:
        """Away with the second board; the first one stays as it is."""
        window = self.window_of_its_own
        if window is not None:
            self.window_of_its_own = None
            had_keyboard = window.isActiveWindow()
            window.hide()
            if had_keyboard:
                self.window().activateWindow()
            window.deleteLater()

    # Over a change of language

    def begun(self) -> BegunBoard:
        """What would be lost with this board."""
        form = self.board.check_in
        typing = self.board.is_asking and form.isVisibleTo(self.board)
        unit = self.board.unit
        return BegunBoard(
            self.is_board_shown,
            unit.id if unit is not None else "",
            form.said.line.text() if typing else None,
            form.place.line.text() if typing else "",
            self.window_of_its_own is not None,
        )

    def go_on(self, begun: BegunBoard) -> None:
        """The same unit, and what was typed."""
        if begun.is_away:
            self.toggle_window()
        if not begun.is_shown:
            return
        self.show_board()
        self.board.table.choose(begun.unit_id)
        if begun.said is not None:
            self.board.ask("check_in")
            self.board.check_in.said.line.setText(begun.said)
            self.board.check_in.place.line.setText(begun.place)
