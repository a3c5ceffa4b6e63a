"""What can be chosen of a zone map: the area, the paper and its way, the scale, grid and layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout

from app.geo.areas import Area, AreaKind
from app.map.marks import MapLayer
from app.map.paper import SCALES
from app.sheets.map_on_paper import GridKind
from app.sheets.sheet import Sized
from app.sheets.zone_map_options import CLOSEST, LAYERS, ZoneMapOptions
from app.thai.translation import Language, language, tr
from app.ui.papers.options_pane import OptionsPane, PaneParts
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments
from app.ui.zone_map.map_words import kind_name, layer_name

_AS_IT_FITS, _UPRIGHT, _ACROSS = "fits", "upright", "across"
_WAYS = {None: _AS_IT_FITS, False: _UPRIGHT, True: _ACROSS}


class ZoneMapPane(OptionsPane):
    """The first zone at first; every area that holds now can be chosen."""

    def __init__(self, theme: Theme, parts: PaneParts) -> None:
        super().__init__(theme, parts)
        self._about = ""
        self._shown: list[tuple[str, str]] = []
        self._build()
        self._connect()

    def _build(self) -> None:
        self.add_label(tr("Area"))
        self.area = QComboBox()
        self.area.setAccessibleName(tr("Which area the map is of"))
        self.area.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.add(self.area)
        self.add_label(tr("Paper"))
        self.paper = Segments(tuple((paper.value, paper.value.upper()) for paper in Sized))
        self.way = Segments(
            (
                (_AS_IT_FITS, tr("Auto")),
                (_UPRIGHT, tr("Upright")),
                (_ACROSS, tr("Across")),
            )
        )
        self.add_row(self.way, self.paper)
        self.add_label(tr("Scale and grid"))
        self.scale = QComboBox()
        self.scale.setAccessibleName(tr("Scale of the map"))
        self.scale.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.scale.addItem(tr("As large as fits"), CLOSEST)
        for scale in SCALES:
            self.scale.addItem(f"1:{scale:,}", scale)
        self.grid = Segments(((GridKind.UTM.value, "UTM"), (GridKind.MGRS.value, "MGRS")))
        self.add_row(self.scale, self.grid)
        self.add_label(tr("On the map"))
        short = {  # the pane is narrow
            MapLayer.VIEWS: tr("Views"),
            MapLayer.COVERAGE: tr("Coverage"),
            MapLayer.PICTURES: tr("Ground pictures"),
        }
        self.layers = {
            name: QCheckBox(short.get(MapLayer(name), layer_name(MapLayer(name))))
            for name in LAYERS
        }
        boxes = QGridLayout()
        for number, box in enumerate(self.layers.values()):
            box.setToolTip(layer_name(MapLayer(LAYERS[number])))
            boxes.addWidget(box, number // 2, number % 2)
            boxes.setColumnStretch(number % 2, 1)
        self.column.addLayout(boxes)
        self._show(ZoneMapOptions())

    def _connect(self) -> None:
        self.area.activated.connect(self._on_area)
        self.scale.activated.connect(self._on_chosen)
        for segments in (self.paper, self.way, self.grid):
            segments.chosen.connect(self._on_chosen)
        for box in self.layers.values():
            box.clicked.connect(self._on_chosen)

    # What is chosen

    def about(self) -> str:
        return self._about

    def missing(self) -> str:
        return "" if self._about else tr("No zone is drawn yet: draw it on the Map first.")

    def options(self) -> dict[str, Any]:
        ways = {way: flipped for flipped, way in _WAYS.items()}
        return ZoneMapOptions(
            paper=Sized(self.paper.current() or Sized.A4),
            flipped=ways[self.way.current() or _AS_IT_FITS],
            scale=int(self.scale.currentData()),
            layers=frozenset(name for name, box in self.layers.items() if box.isChecked()),
            grid=GridKind(self.grid.current() or GridKind.UTM),
        ).to_order()

    # What it is told

    def show_about(self, about: str) -> None:
        if about:
            self._about = about
            self.fill()

    def show_options(self, options: Mapping[str, Any]) -> None:
        self._show(ZoneMapOptions.from_order(options))

    def fill(self) -> None:
        rows = _rows(self.parts.desk.areas())
        ids = [area_id for area_id, _ in rows]
        if self._about not in ids:
            self._about = ids[0] if ids else ""
        with QSignalBlocker(self.area):
            if rows != self._shown:
                self._shown = rows
                self.area.clear()
                for area_id, words in rows:
                    self.area.addItem(words, area_id)
            self.area.setCurrentIndex(ids.index(self._about) if self._about else -1)
        self.area.setToolTip(self.area.currentText())

    def _show(self, chosen: ZoneMapOptions) -> None:
        self.paper.set_on(chosen.paper.value)
        self.way.set_on(_WAYS[chosen.flipped])
        scales = (CLOSEST, *SCALES)
        self.scale.setCurrentIndex(scales.index(chosen.scale) if chosen.scale in scales else 0)
        self.grid.set_on(chosen.grid.value)
        for name, box in self.layers.items():
            box.setChecked(name in chosen.layers)

    # Slots

    def _on_area(self, _index: int) -> None:
        self._about = str(self.area.currentData())
        self.changed.emit()

    def _on_chosen(self, *_: object) -> None:
        self.changed.emit()


def _rows(areas: Sequence[Area]) -> list[tuple[str, str]]:
    """Every area with its kind, zones first; none at all while there is no zone."""
    kinds = list(AreaKind)
    ordered = sorted(areas, key=lambda area: (kinds.index(area.kind), area.name_th, area.id))
    if not any(area.kind is AreaKind.ZONE for area in areas):
        return []
    return [(area.id, _words(area)) for area in ordered]


def _words(area: Area) -> str:
    """Its name, and what it is where the name does not say so itself."""
    name, kind = _name(area), kind_name(area.kind)
    return name if kind.casefold() in name.casefold() else f"{name} · {kind}"


def _name(area: Area) -> str:
    thai = language() is Language.THAI or not area.name_en
    return (area.name_th if thai else area.name_en) or area.id
