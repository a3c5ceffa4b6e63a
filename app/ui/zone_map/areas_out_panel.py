"""Areas out to a file: which kinds, in which format. Asks; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout

from app.errors import KnownError
from app.geo.areas import Area, AreaKind
from app.geo.interchange.areas_out import AreaFormat
from app.thai.translation import explain, tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton, Segments
from app.ui.widgets.labels import restate, voiced
from app.ui.widgets.section_head import SectionHead
from app.ui.zone_map.map_words import kind_name

_FORMATS = (
    (AreaFormat.GEOJSON, "GeoJSON"),
    (AreaFormat.GEOPACKAGE, "GeoPackage"),
    (AreaFormat.KML, "KML"),
    (AreaFormat.SHAPEFILE, "Shapefile"),
)


class AreasOutPanel(QFrame):
    """The areas the map shows, by kind, with a box each."""

    write_requested = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._areas: tuple[Area, ...] = ()
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(theme, "upload", tr("Areas to a file")))
        inner = QVBoxLayout()
        inner.setContentsMargins(14, 10, 14, 8)
        inner.setSpacing(6)
        self.when = voiced("", "second", wraps=True)
        inner.addWidget(self.when)
        self.kinds: Mapping[AreaKind, QCheckBox] = {kind: QCheckBox() for kind in AreaKind}
        for box in self.kinds.values():
            box.toggled.connect(self._on_toggled)
            inner.addWidget(box)
        inner.addSpacing(8)
        inner.addWidget(voiced(tr("Format"), "second"))
        self.formats = Segments([(form.value, name) for form, name in _FORMATS])
        self.formats.set_on(AreaFormat.GEOJSON.value)
        self.formats.chosen.connect(self._on_format)
        inner.addWidget(self.formats)
        self.about = voiced("", "hint", wraps=True)
        inner.addWidget(self.about)
        inner.addStretch(1)
        column.addLayout(inner, 1)
        column.addWidget(self._build_foot(theme))
        self._on_format("", True)

    def _build_foot(self, theme: Theme) -> QFrame:
        foot = QFrame()
        foot.setProperty("edge", "top")
        column = QVBoxLayout(foot)
        column.setContentsMargins(14, 8, 14, 10)
        self.words = voiced("", wraps=True)
        self.words.hide()
        column.addWidget(self.words)
        row = QHBoxLayout()
        self.close_panel = KeyButton(theme, tr("Close this panel"), key="Esc", flat=True)
        self.write = KeyButton(theme, tr("Write the file…"), primary=True)
        row.addWidget(self.close_panel)
        row.addStretch(1)
        row.addWidget(self.write)
        column.addLayout(row)
        self.close_panel.clicked.connect(self.closed)
        self.write.clicked.connect(self.write_requested)
        return foot

    def show_areas(self, areas: Sequence[Area], when: str) -> None:
        """These areas; `when` is the day they are of, empty for now."""
        self._areas = tuple(areas)
        self.when.setText(
            tr("The areas as they were at the end of {day}.", day=when)
            if when
            else tr("The areas that hold now.")
        )
        for kind, box in self.kinds.items():
            count = sum(area.kind is kind for area in areas)
            box.setText(f"{kind_name(kind)} · {count}")
            if box.isEnabled() != bool(count):
                box.setChecked(bool(count))
            box.setEnabled(bool(count))
        self._on_toggled()

    def open(self) -> None:
        """Everything there is, ticked; nothing said yet."""
        for box in self.kinds.values():
            box.setChecked(box.isEnabled())
        self.tell("", "")
        self.write.setFocus()

    def chosen(self) -> tuple[Area, ...]:
        """The areas of the kinds that are ticked."""
        return tuple(area for area in self._areas if self.kinds[area.kind].isChecked())

    def chosen_format(self) -> AreaFormat:
        return AreaFormat(self.formats.current())

    def show_failure(self, error: KnownError) -> None:
        """The file could not be written."""
        self.tell(explain(error), "red")

    def tell(self, words: str, state: str) -> None:
        """A sentence over the buttons."""
        restate(self.words, "state", state)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def _on_toggled(self) -> None:
        self.write.setEnabled(bool(self.chosen()))

    def _on_format(self, _choice: str, _on: bool) -> None:
        self.about.setText(
            {
                AreaFormat.GEOJSON: tr("Text that most map programs and web pages read."),
                AreaFormat.GEOPACKAGE: tr("One file for QGIS and other map programs."),
                AreaFormat.KML: tr("For Google Earth and telephones."),
                AreaFormat.SHAPEFILE: tr("For older programs. Several files that stay together."),
            }[self.chosen_format()]
        )
