"""The place's new sheet: its options, what is asked for, and what the press made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import KnownError
from app.log import Changed
from app.thai.translation import explain, tr
from app.ui.papers.options_pane import OptionsPane, PaneParts
from app.ui.papers.order import SheetOrder
from app.ui.papers.panes import PANES
from app.ui.papers.papers_room import PapersRoom
from app.ui.papers.remembered import Habit
from app.ui.papers.set_sheet import SetSheet
from app.ui.selection import Selection
from app.ui.theme import Theme

if TYPE_CHECKING:
    from app.ui.papers.papers_place import PapersPlace

_FRESH_S = 120.0
"""So old a sheet may be that is printed: the time of print stands on it."""


class NewSheet(QObject):
    """Asks for the sheet whenever something is chosen; the newest wish wins."""

    def __init__(
        self, place: PapersPlace, theme: Theme, room: PapersRoom, selection: Selection
    ) -> None:
        super().__init__(place)
        self._place, self._theme, self._room = place, theme, room
        desk = room.desk
        self._parts = PaneParts(desk.desk, desk.parts.log, room.background, selection)
        self._panes: dict[str, OptionsPane] = {}
        self._is_left = False
        self.kind = ""
        self.found: SetSheet | None = None
        """What is shown; None while it is being set, or cannot be."""
        column = place.column
        column.common.changed.connect(self._on_common)
        column.printer.changed.connect(self.keep_habit)
        room.setting.done.connect(self._on_set)
        room.setting.failed.connect(self._on_not_set)

    @property
    def pane(self) -> OptionsPane:
        """The options of the present kind."""
        return self._panes[self.kind]

    @property
    def is_busy(self) -> bool:
        """Whether the sheet is being set."""
        return self._room.setting.is_busy

    def show_kind(self, kind: str, about: str = "") -> None:
        """This kind, about this or about what it was about the last time."""
        self.kind = self._room.last_kind = kind
        self._is_left = False
        pane = self._panes.get(kind) or self._new_pane(kind)
        column, habit = self._place.column, self._room.remembered.of(kind)
        column.show_pane(pane, with_common=True)
        column.common.show_digits(habit.digits)
        column.common.copy_mark.setChecked(False)
        column.printer.show_choice(habit.choice())
        if about:
            pane.show_about(about)
        pane.fill()
        self.ask(at_once=True)

    def ask(self, *, at_once: bool = False, anew: bool = False) -> None:
        """The sheet as it is chosen now; `anew`: the log may say more of it by now."""
        missing = self.pane.missing()
        self.found = None
        self.keep_habit()
        self._room.abouts[self.kind] = self.pane.about()
        self._room.options[self.kind] = self.pane.options()
        if missing:
            self._room.setting.forget()
            self._place.show_nothing(missing)
            return
        self._place.bar.tell(tr("Setting the sheet…"))
        if not self._room.pictures.sizes_mm:
            self._place.view.show_note(tr("Setting the sheet…"))
        self._room.setting.ask(self.order(), at_once=at_once, anew=anew)
        self._place.show_acts()

    def try_again(self) -> bool:
        """Set it once more, if it could not be; False if something has to be chosen first."""
        if self.pane.missing():
            return False
        self.ask(at_once=True, anew=True)
        return True

    def order(self) -> SheetOrder:
        """What is chosen now."""
        options = {**self.pane.options(), **self._place.column.common.options()}
        return SheetOrder(self.kind, self.pane.about(), options)

    def is_fresh(self) -> bool:
        """Whether what is shown may be printed as it is: its time of print stands on it."""
        found = self.found
        if found is None:
            return False
        age_s = (self._room.desk.desk.now() - found.at).total_seconds()
        return 0 <= age_s < _FRESH_S

    def look_again(self) -> None:
        """The place is seen again: what was set some time ago is set anew."""
        if self.kind and self._place.stored is None and not self._is_left:
            self.pane.fill()
            if not self.is_fresh() and not self.is_busy:
                self.ask(at_once=True)

    def on_changed(self, changed: Changed) -> None:
        """The log has more about what is shown: so has the sheet."""
        if self._is_left or not self.kind or self._place.stored is not None:
            return
        if self.pane.about() in changed.subjects:
            self.pane.fill()
            self.ask(anew=True)

    def leave(self) -> None:
        """Something else is shown, or the window is going."""
        self._is_left = True
        self.found = None
        self._room.setting.forget()

    def _new_pane(self, kind: str) -> OptionsPane:
        pane = PANES[kind](self._theme, self._parts)
        pane.show_options(self._room.options.get(kind, self._room.remembered.of(kind).options))
        pane.show_about(self._room.abouts.get(kind, ""))
        pane.changed.connect(self._on_options)
        self._panes[kind] = pane
        self._place.column.add_pane(pane)
        return pane

    def keep_habit(self) -> None:
        """What is chosen now is what this desk begins with the next time."""
        if not self.kind or self._is_left:
            return
        column = self._place.column
        choice, common = column.printer.choice(), column.common.options()
        self._room.remembered.keep(
            self.kind,
            Habit(
                printer=column.printer.wanted,
                two_sided=choice.two_sided,
                digits=str(common["digits"]),
                options=self.pane.habit(),
            ),
        )

    # Slots

    def _on_options(self) -> None:
        if not self._is_left:
            self.ask()

    def _on_common(self) -> None:
        if self._place.stored is None and not self._is_left:
            self.ask()

    def _on_set(self, found: SetSheet) -> None:
        if not self._is_left and found.order.kind == self.kind:
            self.found = found
            self._place.show_set(found)
            self._place.steps.on_set()

    def _on_not_set(self, error: KnownError) -> None:
        if not self._is_left:
            self.found = None
            self._place.steps.on_not_set()
            self._place.show_nothing(explain(error))
