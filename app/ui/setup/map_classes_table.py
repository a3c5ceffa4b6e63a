"""The layers of a map file, a row each, and what they become: a person may say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.geo.imports.classes import NONE, classes_for
from app.geo.imports.inspection import Inspection, LayerGroup
from app.thai.translation import tr
from app.ui.icons import paint_icon
from app.ui.setup.map_words import class_name, layer_words, shape_name
from app.ui.setup.map_work import GroupKey, MapWork
from app.ui.theme import Theme

_ROW_PX = 36
_BECOMES = 4
_COUNT = 2
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ClassBox(QComboBox):
    """What one group becomes. The wheel scrolls the table and never changes a class."""

    class_chosen = Signal(object, str)  # LayerGroup, class

    def __init__(self, theme: Theme, group: LayerGroup) -> None:
        super().__init__()
        self._theme = theme
        self.group = group
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        offered = classes_for(group.shape)
        for into in offered if group.into in offered else (group.into, *offered):
            self.addItem(class_name(into), into)
        self.activated.connect(self._on_activated)

    def show_class(self, into: str) -> None:
        """As it stands."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(into))

    def _on_activated(self, number: int) -> None:
        self.class_chosen.emit(self.group, str(self.itemData(number)))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._theme.px(14)
        where = QRectF(self.width() - side - 8, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, "chevron-down", self._theme.colour("text_2"), where)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class MapClassesTable(QTableWidget):
    """Layer, shape, how many, a few names, and the class."""

    class_chosen = Signal(object, str)  # LayerGroup, class

    def __init__(self, theme: Theme) -> None:
        super().__init__(0, 5)
        self._theme = theme
        self._shown: Inspection | None = None
        self._chosen: Mapping[GroupKey, str] = {}
        self.boxes: list[ClassBox] = []
        self.setHorizontalHeaderLabels(
            [tr("Layer"), tr("Shape"), tr("Things"), tr("For example"), tr("Becomes")]
        )
        self.setAccessibleName(tr("What the layers of the file become"))
        self.setShowGrid(False)
        self.setProperty("airy", True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(_ROW_PX))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(_LEFT)
        counts = self.horizontalHeaderItem(_COUNT)
        if counts is not None:
            counts.setTextAlignment(_RIGHT)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        for column, width in ((0, 158), (1, 76), (_COUNT, 84), (_BECOMES, 274)):
            self.setColumnWidth(column, theme.px(width))

    def show_work(self, work: MapWork) -> None:
        """The groups of the file that was looked through, and what was chosen for them."""
        if work.found is self._shown and work.chosen == self._chosen:
            return
        if work.found is not self._shown:
            self._build_rows(work)
        self._shown, self._chosen = work.found, work.chosen
        for row, box in enumerate(self.boxes):
            into = work.into(box.group)
            box.show_class(into)
            colour = self._theme.colour("text_3" if into == NONE else "text")
            for column in range(_BECOMES):
                item = self.item(row, column)
                if item is not None:
                    item.setForeground(colour)

    def _build_rows(self, work: MapWork) -> None:
        groups = work.found.groups if work.found is not None else ()
        stem = PurePath(work.found.name).stem if work.found is not None else ""
        self.boxes = []
        self.setRowCount(0)
        self.setRowCount(len(groups))
        for number, group in enumerate(groups):
            cells = (
                layer_words(group, stem),
                shape_name(group.shape),
                f"{group.count:,}",
                ", ".join(group.names) or "–",
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text if column in (0, 3) else "")
                if column == _COUNT:
                    item.setTextAlignment(_RIGHT)
                self.setItem(number, column, item)
            box = ClassBox(self._theme, group)
            box.setAccessibleName(tr("What {layer} becomes", layer=cells[0]))
            box.class_chosen.connect(self.class_chosen)
            self.boxes.append(box)
            holder = QWidget()
            room = QHBoxLayout(holder)
            room.setContentsMargins(8, 3, 16, 3)
            room.addWidget(box)
            self.setCellWidget(number, _BECOMES, holder)
