"""Named layouts on the wall: choose, save, rename, remove. Joins grid, menu, form and desk."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.cameras.wall_layouts import WallLayout, WallLayoutRemoved
from app.errors import KnownError
from app.log import Entry
from app.log.rights import may
from app.thai.translation import explain, tr
from app.ui.desk import Desk
from app.ui.wall.camera_grid import CameraGrid
from app.ui.wall.layout_form import LayoutForm
from app.ui.wall.layout_menu import LayoutAct, LayoutButton, LayoutChoice, LayoutMenu
from app.ui.wall.wall import Wall


@dataclass(frozen=True, slots=True)
class BegunName:
    """A name that is being typed, and what for."""

    act: LayoutAct
    text: str


class LayoutSteps(QObject):
    """What the officer does with layouts. Nothing on the wall moves because a layout was saved."""

    told = Signal(str)
    left = Signal()  # the form was closed: the keyboard may go back

    def __init__(
        self, grid: CameraGrid, button: LayoutButton, form: LayoutForm, desk: Desk
    ) -> None:
        super().__init__()
        self._grid = grid
        self._button = button
        self._form = form
        self._desk = desk
        self.layouts: list[WallLayout] = []
        self._wanted_id = ""
        self._asking = LayoutAct.SAVE_AS
        button.clicked.connect(self.open_menu)
        form.answered.connect(self._on_answered)
        form.left.connect(self.left)
        grid.arranged.connect(self._show_name)

    # What there is

    def fill(self) -> None:
        """Read the layouts. One that was saved elsewhere gets its new name; nothing moves."""
        self.layouts = self._desk.wall_layouts()
        wall = self._grid.wall
        if wall.layout is not None:
            wall.layout = self._known(wall.layout.id) or wall.layout
        elif self._wanted_id:
            self._resume(self._known(self._wanted_id))
        self._wanted_id = ""
        self._show_name()

    def resume(self, layout_id: str) -> None:
        """The layout that was on the wall last; once the layouts are read."""
        self._wanted_id = layout_id

    def _resume(self, layout: WallLayout | None) -> None:
        self._grid.rearrange(lambda wall: wall.resume(wall.usual, wall.named, layout))

    def _known(self, layout_id: str) -> WallLayout | None:
        return next((one for one in self.layouts if one.id == layout_id), None)

    def _show_name(self) -> None:
        wall = self._grid.wall
        name = wall.layout.name if wall.layout else ""
        self._button.show_name(name, changed=wall.is_changed)

    # What is asked for

    def open_menu(self) -> None:
        """The menu under the button."""
        menu = LayoutMenu(self._button, self.choice())
        menu.asked.connect(self.do)
        menu.popup(self._button.below())

    def choice(self) -> LayoutChoice:
        """What the menu offers now."""
        wall = self._grid.wall
        return LayoutChoice(
            self.layouts,
            wall.layout,
            wall.is_changed,
            may(self._desk.officer.role, WallLayoutRemoved.kind),
            len(wall.kept.arrangement.put_away),
        )

    def do(self, act: str, layout_id: str = "") -> None:
        """One row of the menu."""
        grid, layout = self._grid, self._grid.wall.layout
        match LayoutAct(act):
            case LayoutAct.CHOOSE:
                self.choose(layout_id)
            case LayoutAct.BRING_BACK:
                grid.rearrange(Wall.bring_back_all)
            case LayoutAct.ORDER:
                grid.rearrange(Wall.order_by_register)
            case LayoutAct.SAVE_OVER if layout is not None:
                self._save(layout.id, layout.name)
            case LayoutAct.RENAME if layout is not None:
                self._ask(LayoutAct.RENAME, tr("New name of the layout"), layout.name)
            case LayoutAct.REMOVE if layout is not None:
                self._ask_to_remove(layout)
            case _:
                self._ask(LayoutAct.SAVE_AS, tr("Name of the layout"), "")

    def choose(self, layout_id: str) -> None:
        """A layout as it was saved; the empty string is the usual one, as it was left."""
        layout = self._known(layout_id)
        self._grid.leave_single()
        self._grid.rearrange(lambda wall: wall.choose(layout))

    def begun(self) -> BegunName | None:
        """The name that is being typed."""
        if self._form.isHidden() or self._asking is LayoutAct.REMOVE:
            return None
        return BegunName(self._asking, self._form.line.text())

    def go_on(self, begun: BegunName) -> None:
        """Ask again, with what was typed."""
        self.do(begun.act.value)
        self._form.line.setText(begun.text)

    def complain(self, error: KnownError) -> bool:
        """What could not be saved, beside the name that is being typed, if one is."""
        return self._form.complain(explain(error))

    def _ask(self, act: LayoutAct, question: str, name: str) -> None:
        self._asking = act
        self._form.ask_name(question, name)

    def _ask_to_remove(self, layout: WallLayout) -> None:
        self._asking = LayoutAct.REMOVE
        question = tr("Remove the layout “{name}” from all consoles?", name=layout.name)
        self._form.ask_whether(question, tr("Remove"))

    # What is written

    def _on_answered(self, name: str) -> None:
        layout = self._grid.wall.layout
        if self._asking is LayoutAct.SAVE_AS or layout is None:
            self._save("", name)
        elif self._asking is LayoutAct.RENAME:
            saved = self._known(layout.id) or layout
            self._write(replace(saved, name=name))
        else:
            self._desk.remove_wall_layout(layout, functools.partial(self._on_removed, layout.name))

    def _save(self, layout_id: str, name: str) -> None:
        self._write(self._grid.wall.as_layout(layout_id, name))

    def _write(self, layout: WallLayout) -> None:
        try:
            self._desk.save_wall_layout(layout, self._on_saved)
        except KnownError as error:
            self.complain(error)

    def _on_saved(self, entries: tuple[Entry, ...]) -> None:
        self.layouts = self._desk.wall_layouts()
        saved = self._known(entries[0].subject)
        if saved is not None:
            self._grid.wall.layout_was_saved(saved)
            self.told.emit(tr("Layout “{name}” saved for all consoles", name=saved.name))
        self._close()

    def _on_removed(self, name: str, entries: tuple[Entry, ...]) -> None:
        self.layouts = self._desk.wall_layouts()
        self.choose("")
        self.told.emit(tr("Layout “{name}” removed", name=name))
        self._close()

    def leave(self) -> None:
        """Ask no more."""
        if self._form.isVisible():
            self._form.leave()

    def _close(self) -> None:
        self._show_name()
        self.leave()
