"""The map's layers: which are shown, in what order, how strongly. Emits the looks, lowest first.

Pictures of the ground lie in the base map: their row is always the lowest, once there are any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from app.map.marks import LayerLook, MapLayer
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import IconButton, KeyButton
from app.ui.widgets.labels import restate, voiced
from app.ui.widgets.section_head import SectionHead
from app.ui.zone_map.map_words import layer_name

_LOWEST = MapLayer.PICTURES


class LayerRow(QFrame):
    """One layer: its box, its name, how many things are in it."""

    toggled = Signal(object, bool)  # MapLayer, shown
    pressed = Signal(object)  # MapLayer

    def __init__(self, theme: Theme, look: LayerLook) -> None:
        super().__init__()
        self.layer = look.layer
        self.setProperty("row", True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        self.box = QCheckBox(layer_name(look.layer))
        self.box.setChecked(look.shown)
        self.box.toggled.connect(self._on_toggled)
        row.addWidget(self.box, 1)
        self._count = voiced("", "hint")
        row.addWidget(self._count)
        self.setFixedHeight(theme.px(26))

    def show_look(self, look: LayerLook, count: int | None, chosen: bool) -> None:
        """How it stands now."""
        with QSignalBlocker(self.box):
            self.box.setChecked(look.shown)
        strength = "" if look.opacity >= 0.995 else f"{look.opacity * 100:.0f} %"
        counted = "" if count is None else f"{count:,}"
        self._count.setText("  ".join(part for part in (strength, counted) if part))
        restate(self, "chosen", chosen)

    def mousePressEvent(self, event: object) -> None:
        self.pressed.emit(self.layer)

    def _on_toggled(self, on: bool) -> None:
        self.pressed.emit(self.layer)
        self.toggled.emit(self.layer, on)


class LayersPanel(QFrame):
    """The highest layer stands at the top of the list, as it lies on the map."""

    changed = Signal(object)  # tuple[LayerLook, ...], the lowest first
    bring_requested = Signal()

    def __init__(self, theme: Theme, looks: Sequence[LayerLook]) -> None:
        super().__init__()
        self._theme = theme
        self._looks = list(looks)
        self._counts: dict[MapLayer, int] = {}
        self._chosen = looks[-2].layer
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = SectionHead(theme, "layers", tr("Layers"))
        self.bring = KeyButton(theme, tr("Bring a map…"), slim=True)
        self.bring.clicked.connect(self.bring_requested)
        head.add_right(self.bring)
        column.addWidget(head)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self.rows = {look.layer: LayerRow(theme, look) for look in looks}
        for row in self.rows.values():
            row.toggled.connect(self._on_toggled)
            row.pressed.connect(self.choose)
        column.addWidget(self._build_strip())
        self._arrange()

    def _build_strip(self) -> QWidget:
        strip = QWidget()
        row = QHBoxLayout(strip)
        row.setContentsMargins(12, 2, 8, 4)
        row.setSpacing(4)
        self._words = voiced(tr("Strength"), "hint")
        row.addWidget(self._words)
        self.strength = QSlider(Qt.Orientation.Horizontal)
        self.strength.setRange(10, 100)
        self.strength.setAccessibleName(tr("Strength of the layer"))
        self.strength.valueChanged.connect(self._on_strength)
        row.addWidget(self.strength, 1)
        self.up = IconButton(self._theme, "chevron-up", tr("Layer up"))
        self.down = IconButton(self._theme, "chevron-down", tr("Layer down"))
        self.up.clicked.connect(self._on_up)
        self.down.clicked.connect(self._on_down)
        row.addWidget(self.up)
        row.addWidget(self.down)
        return strip

    @property
    def looks(self) -> tuple[LayerLook, ...]:
        """Every layer, the lowest first."""
        return tuple(self._looks)

    def set_looks(self, looks: Sequence[LayerLook]) -> None:
        """As remembered; a layer that was not known then is put on top."""
        known = [look for look in looks if look.layer in self.rows]
        rest = [look for look in self._looks if look.layer not in {one.layer for one in known}]
        self._looks = sorted([*known, *rest], key=lambda look: look.layer is not _LOWEST)
        self._arrange()

    def show_counts(self, counts: Mapping[MapLayer, int]) -> None:
        """How many things are in each."""
        self._counts.update(counts)
        self._arrange()

    def choose(self, layer: MapLayer) -> None:
        """The layer that strength and order are about."""
        self._chosen = layer
        self._arrange()

    def _arrange(self) -> None:
        for look in reversed(self._looks):
            row = self.rows[look.layer]
            self._rows.removeWidget(row)
            self._rows.addWidget(row)
            row.setHidden(look.layer is _LOWEST and not self._counts.get(_LOWEST))
            chosen = look.layer is self._chosen
            row.show_look(look, self._counts.get(look.layer), chosen)
            if chosen:
                with QSignalBlocker(self.strength):
                    self.strength.setValue(round(look.opacity * 100))
        self.up.setEnabled(self._may_move(1))
        self.down.setEnabled(self._may_move(-1))

    def _may_move(self, by: int) -> bool:
        to = self._position() + by
        if self._chosen is _LOWEST or not 0 <= to < len(self._looks):
            return False
        return self._looks[to].layer is not _LOWEST

    def _position(self) -> int:
        return [look.layer for look in self._looks].index(self._chosen)

    def _on_toggled(self, layer: MapLayer, shown: bool) -> None:
        self._replace(layer, shown=shown)

    def _on_strength(self, value: int) -> None:
        self._replace(self._chosen, opacity=value / 100)

    def _replace(self, layer: MapLayer, **changes: object) -> None:
        self._looks = [
            replace(look, **changes) if look.layer is layer else look  # type: ignore[arg-type]
            for look in self._looks
        ]
        self._arrange()
        self.changed.emit(self.looks)

    def _on_up(self) -> None:
        self._move(1)

    def _on_down(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        if self._may_move(by):
            at = self._position()
            self._looks.insert(at + by, self._looks.pop(at))
            self._arrange()
            self.changed.emit(self.looks)
