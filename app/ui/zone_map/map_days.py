"""The day the map is of: its areas and cameras as they are now, or as they were on a day typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QObject, Signal

from app.cameras.ground import Ground
from app.errors import KnownError, msg
from app.geo.areas import Area, AreaKind
from app.geo.lookup import share_inside
from app.map.marks import MapLayer
from app.map.view import MapView
from app.thai.dates import short_date, to_local
from app.thai.translation import language
from app.thai.typed_dates import read_date
from app.ui.map_desk import MapDesk
from app.ui.zone_map.areas_panel import AreasPanel
from app.ui.zone_map.layers_panel import LayersPanel
from app.ui.zone_map.map_bar import MapBar

_LAYERS = {
    "zone": MapLayer.ZONES,
    "community": MapLayer.COMMUNITIES,
    "beat": MapLayer.BEATS,
    "tambon": MapLayer.TAMBONS,
    "no_go": MapLayer.NO_GO,
}


class MapDays(QObject):
    """Reads the areas and hands them to map and panels; keeps the ground they lie on."""

    shown = Signal(object)  # tuple[Area, ...]
    failed = Signal(object)  # KnownError

    def __init__(
        self,
        view: MapView,
        bar: MapBar,
        panel: AreasPanel,
        layers: LayersPanel,
        desk: MapDesk,
        ground: Ground,
    ) -> None:
        super().__init__()
        self._view, self._bar, self._panel, self._layers = view, bar, panel, layers
        self._desk, self._now = desk, ground
        self.ground = ground
        """The ground of the day: areas, cameras, what cuts their view."""
        self.day: date | None = None
        """The day the map is of; None for now."""
        bar.day_typed.connect(self.show_day)

    def show_day(self, text: str) -> None:
        """The map as of a day, in either era; nothing typed is today."""
        today = to_local(self._desk.desk.now()).date()
        try:
            day = read_date(text, today) if text.strip() else today
            if day > today:
                raise KnownError(
                    msg("That day has not come yet."),
                    do=msg("Type today or an earlier day."),
                )
        except KnownError as error:
            self.failed.emit(error)
            return
        self.day = None if day == today else day
        self._bar.show_day(self.words)
        self.fill()

    def show_today(self) -> None:
        """Back to the map of now."""
        self.show_day("")

    def fill(self) -> None:
        """Read them again."""
        order = list(_LAYERS)
        areas = sorted(self._read(), key=lambda area: order.index(area.kind.value))
        ends = self.ends
        self.ground = self._now
        if ends is not None:
            desk = self._desk
            cameras, walls = desk.cameras_as_of(ends), desk.walls_as_of(ends)
            self.ground = self._now.on_another_day(areas, cameras, walls)
        self._view.set_areas(areas)
        self._panel.show_areas(areas, self._shares(areas), self.words)
        counts = dict.fromkeys(_LAYERS.values(), 0)
        for area in areas:
            counts[_LAYERS[area.kind.value]] += 1
        self._layers.show_counts(counts)
        self.shown.emit(tuple(areas))

    def require_today(self) -> None:
        """KnownError while an earlier day is shown: the past is not redrawn."""
        if self.day is not None:
            raise KnownError(
                msg("The map shows an earlier day; that is not redrawn."),
                do=msg("Empty the day's field to come back to today."),
            )

    def _read(self) -> Sequence[Area]:
        ends = self.ends
        return self._desk.desk.areas() if ends is None else self._desk.areas_as_of(ends)

    @property
    def ends(self) -> datetime | None:
        """When the day ended, and as of when the map is; None for now."""
        if self.day is None:
            return None
        zone = to_local(self._desk.desk.now()).tzinfo
        return datetime.combine(self.day + timedelta(days=1), time(), zone)

    @property
    def words(self) -> str:
        """The day's name; nothing for now."""
        return "" if self.day is None else short_date(self.day, language())

    def _shares(self, areas: Sequence[Area]) -> dict[str, float]:
        zones = [area for area in areas if area.kind is AreaKind.ZONE]
        if not zones:
            return {}
        return {
            area.id: max(share_inside(area, zone, self._now.projection) for zone in zones)
            for area in areas
            if area.kind is not AreaKind.ZONE
        }
