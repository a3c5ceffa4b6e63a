"""The menu of the wall's layouts, and the button that opens it. Knows no log and no grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QMenu, QWidget

from app.cameras.wall_layouts import WallLayout
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton

_WIDEST_NAME_PX, _NARROW_NAME_PX = 170, 100


class LayoutAct(StrEnum):
    """What can be asked for; `CHOOSE` with the id of a layout, "" for the usual one."""

    CHOOSE = "choose"
    SAVE_AS = "save_as"
    SAVE_OVER = "save_over"
    RENAME = "rename"
    REMOVE = "remove"
    BRING_BACK = "bring_back"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class LayoutChoice:
    """What there is to choose, as it stands now."""

    layouts: Sequence[WallLayout]
    chosen: WallLayout | None
    is_changed: bool
    may_remove: bool
    put_away: int
    """How many cameras stand in no tile."""


class LayoutMenu(QMenu):
    """Layouts first, then what can be done with the one that is shown."""

    asked = Signal(str, str)  # LayoutAct, layout id

    def __init__(self, parent: QWidget, choice: LayoutChoice) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.triggered.connect(self._on_triggered)
        self._add_layouts(choice)
        self.addSeparator()
        self._add(tr("Save this layout under a new name…"), LayoutAct.SAVE_AS)
        if choice.chosen is not None:
            self._add_for_chosen(choice.chosen, choice)
        self.addSeparator()
        back = tr("Bring back cameras that stand in no tile ({count})", count=choice.put_away)
        self._add(back, LayoutAct.BRING_BACK, enabled=choice.put_away > 0)
        self._add(tr("Order by the register"), LayoutAct.ORDER)

    def _add_layouts(self, choice: LayoutChoice) -> None:
        chosen_id = choice.chosen.id if choice.chosen else ""
        names = [("", tr("Standard layout")), *((one.id, one.name) for one in choice.layouts)]
        for layout_id, name in names:
            row = self._add(name, LayoutAct.CHOOSE, layout_id)
            row.setCheckable(True)
            row.setChecked(layout_id == chosen_id)

    def _add_for_chosen(self, chosen: WallLayout, choice: LayoutChoice) -> None:
        self._add(
            tr("Save over “{name}”", name=chosen.name),
            LayoutAct.SAVE_OVER,
            enabled=choice.is_changed,
        )
        self._add(tr("Rename “{name}”…", name=chosen.name), LayoutAct.RENAME)
        remove = tr("Remove “{name}”…", name=chosen.name)
        if not choice.may_remove:
            remove = tr("Remove “{name}”: a supervisor may", name=chosen.name)
        self._add(remove, LayoutAct.REMOVE, enabled=choice.may_remove)

    def _add(
        self, words: str, act: LayoutAct, layout_id: str = "", *, enabled: bool = True
    ) -> QAction:
        row = self.addAction(words.replace("&", "&&"))
        row.setData((act.value, layout_id))
        row.setEnabled(enabled)
        return row

    def _on_triggered(self, row: QAction) -> None:
        self.asked.emit(*row.data())


class LayoutButton(KeyButton):
    """Names the present layout; a long name ends in …, the whole one is its tool tip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "", icon="layout-grid", flat=True)
        self._name, self._changed, self._is_narrow = "", False, False
        self._show()

    def show_name(self, name: str, *, changed: bool) -> None:
        """The layout on the wall; the empty string is the usual one."""
        self._name, self._changed = name, changed
        self._show()

    def fit(self, *, narrow: bool) -> None:
        """Less of a long name where there is little room."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._show()

    def _show(self) -> None:
        widest = self._theme.px(_NARROW_NAME_PX if self._is_narrow else _WIDEST_NAME_PX)
        metrics = QFontMetrics(self._theme.font("body", 600))
        whole = self._name or tr("Standard layout")
        short = metrics.elidedText(whole, Qt.TextElideMode.ElideRight, widest)
        self.show_words(tr("{name} (changed)", name=short) if self._changed else short, "")
        self.setToolTip(tr("Layout of the cameras: {name}", name=whole))
        self.setAccessibleName(self.toolTip())

    def below(self) -> QPoint:
        """Where a menu of this button opens, on the screen."""
        return self.mapToGlobal(QPoint(0, self.height()))
