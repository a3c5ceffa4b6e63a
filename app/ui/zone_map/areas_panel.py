"""The areas by kind, with their size and how much of each lies in the zone. Knows no drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidgetItem, QVBoxLayout

from app.geo.areas import Area
from app.thai.translation import Language, language, tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.fitted_list import FittedList
from app.ui.widgets.labels import voiced
from app.ui.widgets.section_head import SectionHead
from app.ui.zone_map.map_words import kind_name, percent

_ID = Qt.ItemDataRole.UserRole
_MOST_ROWS = 7


class AreasPanel(QFrame):
    """One row an area. Enter or a double click begins to redraw it."""

    chosen = Signal(str)
    edit_requested = Signal(str)
    import_requested = Signal()
    export_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = SectionHead(theme, "shield", tr("Areas"))
        self._when = voiced("", "hint")
        self._head.add_right(self._when)
        column.addWidget(self._head)
        self.list = FittedList(tr("Areas"), _MOST_ROWS)
        self.list.currentItemChanged.connect(self._on_current)
        self.list.itemActivated.connect(self._on_activated)
        column.addWidget(self.list)
        self.take_in = KeyButton(theme, tr("Import…"), slim=True)
        self.take_out = KeyButton(theme, tr("Export…"), slim=True)
        self.take_in.clicked.connect(self.import_requested)
        self.take_out.clicked.connect(self.export_requested)
        for button in (self.take_in, self.take_out):
            self._head.add_right(button)

    def show_areas(
        self, areas: Sequence[Area], shares: Mapping[str, float], when: str = ""
    ) -> None:
        """These areas; `shares`: how much of an area lies in the zone, 0–1."""
        before = self.current()
        self._when.setText(when)
        self.take_in.setVisible(not when)  # the past is not redrawn
        with QSignalBlocker(self.list):
            self.list.clear()
            for area in areas:
                item = QListWidgetItem(_words(area, shares.get(area.id)))
                item.setData(_ID, area.id)
                item.setToolTip(_words(area, shares.get(area.id)))
                self.list.addItem(item)
                if area.id == before:
                    self.list.setCurrentItem(item)
            if self.list.currentRow() < 0 and areas:
                self.list.setCurrentRow(self._first_zone(areas))
        self.list.fit()

    @staticmethod
    def _first_zone(areas: Sequence[Area]) -> int:
        return next((at for at, area in enumerate(areas) if area.kind.value == "zone"), 0)

    def current(self) -> str:
        """The chosen area's id; nothing when there is none."""
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def choose(self, area_id: str) -> None:
        """Choose a row without telling anyone."""
        with QSignalBlocker(self.list):
            for row in range(self.list.count()):
                if self.list.item(row).data(_ID) == area_id:
                    self.list.setCurrentRow(row)

    def _on_current(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(_ID)))

    def _on_activated(self, item: QListWidgetItem) -> None:
        self.edit_requested.emit(str(item.data(_ID)))


def area_name(area: Area) -> str:
    """Its name in the interface's language."""
    return area.name_th if language() is Language.THAI or not area.name_en else area.name_en


def _words(area: Area, share: float | None) -> str:
    name = area_name(area)
    if area.kind.value == "zone":
        return name
    if share is None:
        return f"{name} · {kind_name(area.kind)}"
    return tr("{name} · {share} in the zone", name=name, share=percent(share))
