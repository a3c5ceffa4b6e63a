"""Which map is in use, since when and from which file, what is on it; and the way back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.geo.imports.brought import MapBrought
from app.thai.dates import date_time
from app.thai.translation import language, tr
from app.ui.setup.ground_pictures_box import GroundPicturesBox
from app.ui.setup.map_office import MapOffice
from app.ui.setup.map_words import count_lines, counts_of, format_name
from app.ui.setup.map_work import MapInUse
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced
from app.ui.widgets.section_head import SectionHead


class MapInUsePanel(QFrame):
    """Filled anew whenever a map was read or brought."""

    map_requested = Signal()

    def __init__(self, theme: Theme, office: MapOffice) -> None:
        super().__init__()
        self._theme, self._office = theme, office
        self.pictures: GroundPicturesBox | None = None
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(theme, "map", tr("Map in use")))
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self._scroll, 1)
        foot = QFrame()
        foot.setProperty("edge", "top")
        row = QVBoxLayout(foot)
        row.setContentsMargins(16, 8, 16, 10)
        self.show_map = KeyButton(theme, tr("Show it on the map"), icon="map")
        self.show_map.clicked.connect(self.map_requested)
        self.put_back = KeyButton(theme, tr("Put the map before back"), icon="undo-2")
        self.put_back.clicked.connect(office.put_back)
        row.setSpacing(8)
        row.addWidget(self.put_back, 0, Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.show_map, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(foot)
        self._shown: MapInUse | None = None

    def fill(self) -> None:
        """What is in use now."""
        in_use = self._office.in_use()
        self.put_back.setVisible(bool(in_use.kept))
        self.put_back.setEnabled(self._office.may_bring)
        if in_use == self._shown:
            return
        self._shown = in_use
        content = QFrame()
        content.setProperty("ground", "panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(0)
        for label in self._origin(in_use):
            column.addWidget(label)
        if in_use.pictures or in_use.pictures_kept:
            column.addSpacing(10)
            column.addWidget(self._build_pictures(in_use))
        basemap = in_use.basemap
        if basemap is not None and not basemap.is_empty:
            column.addSpacing(10)
            column.addWidget(voiced(tr("Written on the map"), "hint"))
            column.addWidget(voiced(basemap.attribution or tr("No attribution"), wraps=True))
        if basemap is not None and (counts := count_lines(counts_of(basemap))):
            column.addSpacing(10)
            column.addWidget(voiced(tr("What is on it"), "hint"))
            column.addWidget(_table(counts))
        if in_use.kept:
            column.addSpacing(10)
            column.addWidget(voiced(tr("Kept beside it in the basemap folder"), "hint"))
            column.addWidget(voiced("\n".join(in_use.kept), "second", wraps=True))
        column.addStretch(1)
        self._scroll.setWidget(content)
        self.show_map.setEnabled(not in_use.is_empty)

    def _build_pictures(self, in_use: MapInUse) -> GroundPicturesBox:
        self.pictures = GroundPicturesBox(self._theme, self._office, in_use)
        self.pictures.put_aside_requested.connect(self._office.put_picture_aside)
        self.pictures.put_back_requested.connect(self._office.put_picture_back)
        return self.pictures

    @property
    def text(self) -> str:
        """Everything it says, for those who cannot see it."""
        content = self._scroll.widget()
        labels = content.findChildren(QLabel) if content is not None else []
        return "\n".join(label.text() for label in labels)

    def _origin(self, in_use: MapInUse) -> list[QWidget]:
        if not in_use.files:
            words = tr("Zones and cameras are drawn on an empty ground until a map is brought.")
            empty = [voiced(words, "second", wraps=True)] if in_use.is_empty else []
            return [voiced(tr("No base map yet"), "strong"), *empty]
        said: list[QWidget] = []
        if in_use.basemap is not None and in_use.basemap.sample:
            said.append(
                voiced(tr("Sample town, not the real ground"), "strong", "amber", wraps=True)
            )
        for brought in in_use.brought:
            said += self._brought(brought)
        known = len(in_use.brought)
        rest = [name for name in in_use.files if not known or name != "map.gpkg"]
        for name in rest:
            said.append(voiced(name, "strong", wraps=True))
        if rest:
            said.append(
                voiced(tr("It lies in the station's basemap folder; no entry says who brought it."),
                       "second", wraps=True)
            )  # fmt: skip
        return said

    def _brought(self, brought: MapBrought) -> Sequence[QWidget]:
        name = brought.source_name
        title = tr("and added: {file}", file=name) if brought.is_added else name
        when = tr(
            "brought {time} by {officer}",
            time=date_time(brought.at, language()),
            officer=self._office.officer_name(brought.actor),
        )
        return (
            voiced(title, "strong", wraps=True),
            voiced(f"{when} · {format_name(brought.format)}", "second", wraps=True),
        )


def _table(lines: Sequence[tuple[str, str]]) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    for number, (name, count) in enumerate(lines):
        grid.addWidget(voiced(name, "second"), number, 0)
        figure = voiced(count, "second")
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(figure, number, 1)
    return table
