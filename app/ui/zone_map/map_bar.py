"""The bar over the map: tools, going to a place, the day the map is of. Emits what is asked for."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import rule
from app.ui.widgets.led_field import LedField
from app.ui.zone_map.tool_button import ToolButton

WIDE_PX = 1560


class MapBar(QFrame):
    """Tools left, places and days right."""

    tool_chosen = Signal(str)
    snapping_toggled = Signal(bool)
    undo_requested = Signal()
    redo_requested = Signal()
    back_requested = Signal()
    forward_requested = Signal()
    grid_toggled = Signal(bool)
    style_toggled = Signal(bool)
    window_requested = Signal()
    print_requested = Signal()
    day_typed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        self.setProperty("edge", "bottom")
        self.setFixedHeight(theme.px(42))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 8, 0)
        self._row.setSpacing(2)
        self._build_tools()
        self._row.addStretch(1)
        self._build_places()
        self.fit(0)
        self.setMinimumWidth(self._row.sizeHint().width())

    def _build_tools(self) -> None:
        theme = self._theme
        self.tools = {
            "select": ToolButton(theme, tr("Select"), "V", "mouse-pointer-2"),
            "edit": ToolButton(theme, tr("Corners"), "E", "waypoints"),
            "add": ToolButton(theme, tr("New area"), "A", "plus"),
            "split": ToolButton(theme, tr("Cut"), "S", "scissors"),
            "merge": ToolButton(theme, tr("Join"), "U", "combine"),
            "hole": ToolButton(theme, tr("Hole"), "H", "circle-dashed"),
            "measure": ToolButton(theme, tr("Measure"), "W", "ruler"),
        }
        self._group = QButtonGroup(self)
        for number, button in enumerate(self.tools.values()):
            self._group.addButton(button, number)
            self._row.addWidget(button)
        self.tools["select"].setChecked(True)
        self._group.idClicked.connect(self._on_tool)
        self.snapping = ToolButton(theme, tr("Snap"), "Q", "magnet")
        self.snapping.setChecked(True)
        self.snapping.toggled.connect(self.snapping_toggled)
        self._row.addWidget(rule(vertical=True))
        self._row.addWidget(self.snapping)
        self.undo = IconButton(theme, "undo-2", tr("Undo") + "  Ctrl Z")
        self.redo = IconButton(theme, "redo-2", tr("Redo") + "  Ctrl Y")
        self.undo.clicked.connect(self.undo_requested)
        self.redo.clicked.connect(self.redo_requested)
        self._row.addWidget(self.undo)
        self._row.addWidget(self.redo)

    def _build_places(self) -> None:
        theme = self._theme
        self.back = IconButton(theme, "arrow-left", tr("The view before") + "  Alt ←")
        self.forward = IconButton(theme, "arrow-right", tr("The view after") + "  Alt →")
        self.back.clicked.connect(self.back_requested)
        self.forward.clicked.connect(self.forward_requested)
        self.grid = IconButton(theme, "grid-3x3", tr("UTM grid") + "  K")
        self.grid.setCheckable(True)
        self.grid.toggled.connect(self.grid_toggled)
        self.day_style = IconButton(theme, "sun", tr("Colours of the day") + "  T")
        self.day_style.setCheckable(True)
        self.day_style.toggled.connect(self.style_toggled)
        self.window_button = IconButton(
            theme, "app-window", tr("The map in a window of its own") + "  Ctrl Shift M"
        )
        self.window_button.clicked.connect(self.window_requested)
        self.print_button = IconButton(theme, "printer", tr("Print the zone map"))
        self.print_button.clicked.connect(self.print_requested)
        views = (self.back, self.forward, self.grid, self.day_style)
        for button in (*views, self.window_button, self.print_button):
            self._row.addWidget(button)
        self.go_to = LedField(theme, "search")
        self.go_to.setPlaceholderText(tr("Name, place, link…"))
        self.go_to.setAccessibleName(tr("Go to a place"))
        self.go_to.setMaxLength(500)
        self._row.addSpacing(6)
        self._row.addWidget(self.go_to)
        self.day = LedField(theme, "calendar-clock")
        self.day.setPlaceholderText(tr("Today’s map"))
        self.day.setAccessibleName(tr("The map as of a day"))
        self.day.setMaxLength(40)
        self.day.editingFinished.connect(self._on_day)
        self._said_day = ""
        self._row.addWidget(self.day)

    def fit(self, width_px: int) -> None:
        """More words where there is room, and as much on the tools as that leaves room for."""
        wide = width_px >= self._theme.px(WIDE_PX)
        self.go_to.setFixedWidth(self._theme.px(270 if wide else 196))
        self.day.setFixedWidth(self._theme.px(170 if wide else 138))
        for with_icon, with_key in ((True, True), (False, True), (False, False)):
            for button in (*self.tools.values(), self.snapping):
                button.fit(with_icon=with_icon, with_key=with_key)
            self._row.invalidate()
            if self._row.sizeHint().width() <= width_px:
                break

    def show_tool(self, name: str) -> None:
        """The tool that works now."""
        self.tools[name].setChecked(True)

    def show_history(self, back: bool, forward: bool) -> None:
        self.back.setEnabled(back)
        self.forward.setEnabled(forward)

    def show_steps(self, undo: bool, redo: bool) -> None:
        self.undo.setEnabled(undo)
        self.redo.setEnabled(redo)

    def show_day(self, text: str) -> None:
        """The day as it was understood; nothing for today."""
        self._said_day = text
        with QSignalBlocker(self.day):
            self.day.setText(text)

    def leave_day(self) -> bool:
        """Drop what is typed as a day and not taken yet; whether the keyboard was there."""
        self.show_day(self._said_day)
        return self.day.hasFocus()

    def _on_day(self) -> None:
        if self.day.text() != self._said_day:
            self._said_day = self.day.text()
            self.day_typed.emit(self.day.text())

    def _on_tool(self, number: int) -> None:
        self.tool_chosen.emit(list(self.tools)[number])
