"""Which keys mean something now: those of the pane that has the keyboard, else of the place.

Windows that panes are torn off into get theirs here too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.actions import LIVE, Action, Shortcuts
from app.ui.foot_keys import Keys, foot_keys
from app.ui.units.unit_actions import EACH, unit_panes
from app.ui.units.units_window import UnitsWindow
from app.ui.widgets.form_letters import FormLetters
from app.ui.window_actions import actions_for_units, actions_for_wall

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_OF_INCIDENT = frozenset({LIVE, EACH})
"""Whose keys act on the selected incident; the board's act on the unit that is marked there."""


class WindowKeys(QObject):
    """Follows the keyboard of one window; another window's changes nothing here."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._shortcuts = Shortcuts(window, window.actions_known, self._is_of_report)
        self._panes = unit_panes(window.live)
        self.of = ""
        """The pane or place whose keys hold."""
        self._letters = FormLetters(self)
        self._at_foot: tuple[str, Keys | None] | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)
        window.live.wall_seat.window_opened.connect(self._on_wall_window_opened)
        window.live.units.window_opened.connect(self._on_units_window_opened)

    def show(self) -> None:
        """Look again whose keys hold, and say so at the window's foot."""
        of, form = self._pane() or self._window.place_id, foot_keys(self._window)
        if of != self.of:
            self.of = of
            self._shortcuts.show_place(of)
        if (of, form) != self._at_foot:
            self._at_foot = of, form
            if form is not None:
                self._window.status.show_keys(form)
                return
            known = self._window.actions_known
            self._window.status.show_actions(
                [one for one in known if one.bar and of == (one.place or LIVE)]
            )

    def _pane(self) -> str:
        now = QApplication.focusWidget()
        if now is None:
            return ""
        return next((name for name, pane in self._panes.items() if pane.isAncestorOf(now)), "")

    def _is_of_report(self, action: Action) -> bool:
        """A letter while a report is being typed is meant for the report, wherever a click or a
        card left the keyboard: it acts on no incident behind it, and the form has it back."""
        intake = self._window.live.intake
        if intake.isHidden() or action.place not in _OF_INCIDENT or not action.is_letter:
            return False
        self._window.activateWindow()
        self._window.show_place(LIVE)
        return True

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now.window() is self._window:
            self.show()

    def _on_wall_window_opened(self, window: QWidget) -> None:
        Shortcuts(window, actions_for_wall(self._window), self._is_of_report)

    def _on_units_window_opened(self, window: UnitsWindow) -> None:
        Shortcuts(window, actions_for_units(self._window, window.board))
