"""Pictures of the Map place: the demo zone, an edit in progress, coverage, who sees a place,
incidents as a list, one whose place is corrected, and a picture of the ground under it all."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import shapely

from app.demo.play import Play, Steps, Until
from app.demo.town.from_above import ATTRIBUTION, write_picture_from_above
from app.geo.coordinates import LatLon
from app.geo.interchange.areas_out import write_areas
from app.map.marks import MapLayer
from app.ui.zone_map.hours import DAY, NIGHT
from app.ui.zone_map.map_place import MapPlace

_CORNER = 8  # of the sample zone, where two roads cross
_MOVED_DEG = (0.0012, -0.0018)
_PULLED_M = (-46.0, -58.0)
_WALL_M = ((-12.0, 26.0), (4.0, 27.0), (14.0, 21.0))  # from C02, eastward and northward
_ASIDE_DEG = 0.001


class MapShots:
    """Looks at the zone, asks who sees the market, redraws a corner, tries a camera."""

    def __init__(self, play: Play, pictures: Path) -> None:
        self._play = play
        self._pictures = pictures

    @property
    def _map(self) -> MapPlace:
        return self._play.window.map

    def take(self, name: str) -> Steps:
        """`name`: language and width, as in the other pictures' names."""
        self._play.window.show_place("map")
        self._map.view.reset_view()
        yield Until(self._is_reckoned, "the coverage was not reckoned", 60.0)
        yield from self._choose_hours(DAY)
        yield from self._picture("zone", name)
        yield from self._seeing(name)
        yield from self._coverage(name)
        yield from self._night(name)
        yield from self._wall(name)
        yield from self._edit(name)
        yield from self._files(name)
        yield from self._incidents(name)
        yield from self._correction(name)
        yield from self._from_above(name)

    def _seeing(self, name: str) -> Steps:
        ground = self._play.console.ground
        middle = ground.field_of_view("C01").mean(axis=0)
        self._map.who.select(ground.projection.point_to_degrees(*middle))
        yield from self._picture("who_sees", name)
        self._map.who.clear()
        self._map.view.select(None)

    def _coverage(self, name: str) -> Steps:
        box = self._map.layers.rows[MapLayer.COVERAGE].box
        box.setChecked(True)
        self._map.tools.try_a_camera()
        yield from self._picture("coverage", name)
        self._map.cameras.leave()
        box.setChecked(False)

    def _night(self, name: str) -> Steps:
        """Who sees the market when it is dark, and how far."""
        yield from self._choose_hours(NIGHT)
        yield from self._picture("night", name)
        yield from self._choose_hours(DAY)

    def _choose_hours(self, which: str) -> Steps:
        """By day or at night, reckoned; the pictures may be taken at any hour."""
        place = self._map
        if place.hours.is_night is (which == NIGHT):
            return
        before = place.watch.watch
        place.coverage.hours.choose(which)
        yield Until(lambda: place.watch.watch is not before, "the hours were not reckoned", 60.0)

    def _wall(self, name: str) -> Steps:
        """A hoarding across the street before C02, not saved."""
        place, ground = self._map, self._play.console.ground
        view = ground.view_of("C02")
        place.tools.draw_wall()
        tool = place.walls.tool
        assert tool is not None
        for east_m, north_m in _WALL_M:
            tool.put_corner(view.east_m + east_m, view.north_m + north_m)
        place.walls.finish_line()
        place.wall_card.note.setText("รั้วสังกะสีเขตก่อสร้าง (ตัวอย่าง)")
        place.wall_card.reason.setText("ก่อสร้างถึงสิ้นปี (ตัวอย่าง)")
        yield from self._picture("wall", name)
        place.walls.leave()

    def _edit(self, name: str) -> Steps:
        place = self._map
        place.tools.edit_area("zone-1")
        drawing, editor = place.zones.drawing, place.zones.editor
        assert drawing is not None
        assert editor is not None
        sheet = drawing.history.present
        corner = sheet.outline("zone-1").rings[0][_CORNER]
        x_m, y_m = sheet.corners[corner].tolist()
        editor.take(sheet.moved(corner, x_m + _PULLED_M[0], y_m + _PULLED_M[1]))
        editor.chosen = corner
        place.card.reason.setText("ขยายตามมติประชุมชุมชน 18 พ.ย. (ตัวอย่าง)")
        yield from self._picture("edit", name)
        place.zones.leave()

    def _files(self, name: str) -> Steps:
        """Areas out to a file, and a file of areas that would change one and add another."""
        place = self._map
        place.exchange.begin_export()
        yield from self._picture("areas_out", name)
        held = next(one for one in self._play.console.desk.areas() if one.id == "community-1")
        aside = shapely.transform(held.shape, lambda at: at + [_ASIDE_DEG, 0])
        changed = replace(held, shape=aside)
        new = replace(changed, id="", version="", name_th="ชุมชนริมโขง (ตัวอย่าง)")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "areas.geojson"
            write_areas(path, [changed, new])
            place.exchange.read_file(path)
            yield Until(lambda: place.areas_in.rows.count() > 0, "the areas were not read", 20.0)
        yield from self._picture("areas_in", name)
        place.exchange.leave()

    def _incidents(self, name: str) -> Steps:
        place = self._map
        place.time_bar.set_span("quarter")
        box = place.layers.rows[MapLayer.DENSITY].box
        box.setChecked(True)
        yield from self._picture("incidents", name)
        box.setChecked(False)
        place.groups.show_in_sight()
        yield from self._picture("group", name)
        place.groups.leave()
        place.time_bar.set_span("open")

    def _correction(self, name: str) -> Steps:
        """The most urgent incident's mark, put two streets farther."""
        place, desk = self._map, self._play.console.desk
        placed = [one for one in desk.open_incidents() if one.report.lat_deg is not None]
        place.tools.correct_this(placed[0].id)
        at = place.places.at
        assert at is not None
        place.view.show_place(at)
        place.places.put(LatLon(at.lat_deg + _MOVED_DEG[0], at.lon_deg + _MOVED_DEG[1]))
        place.place_card.reason.setText("ผู้แจ้งโทรกลับมาบอกจุดที่ถูกต้อง (ตัวอย่าง)")
        yield from self._picture("correct", name)
        place.places.leave()
        place.selection.choose("")

    def _from_above(self, name: str) -> Steps:
        """A picture of the ground is brought, seen by night and by day, and taken off again."""
        window, place = self._play.window, self._map
        pane = window.setup.map
        with tempfile.TemporaryDirectory() as folder:
            window.bring_map()
            pane.read_file(write_picture_from_above(Path(folder)))
            yield Until(pane.bringing.found.isVisible, "the picture was not looked through", 30.0)
            pane.bringing.found.attribution.line.setText(ATTRIBUTION)
            pane.bringing.found.attribution_typed.emit(ATTRIBUTION)
            yield self._play.wait(0.3)
            self._play.picture(self._pictures / f"setup_map_picture_found_{name}.png")
            pane.bringing.found.bring.click()
            yield Until(pane.bringing.outcome.isVisible, "the picture was not brought", 60.0)
            yield self._play.wait(0.3)
            self._play.picture(self._pictures / f"setup_map_picture_{name}.png")
        window.show_place("map")
        place.view.reset_view()
        yield from self._picture("from_above", name)
        place.bar.day_style.setChecked(True)
        yield from self._picture("from_above_day", name)
        place.bar.day_style.setChecked(False)
        window.show_place("setup")
        box = pane.in_use.pictures
        assert box is not None
        next(iter(box.buttons.values())).click()
        yield Until(lambda: not self._has_pictures(), "the picture was not taken off", 30.0)
        window.show_place("map")

    def _has_pictures(self) -> bool:
        basemap = self._map.view.basemap
        return basemap is not None and bool(basemap.pictures)

    def _picture(self, what: str, name: str) -> Steps:
        yield self._play.wait(0.5)
        yield Until(self._map.view.is_sharp, "the map did not become sharp")
        yield self._play.wait(0.2)
        self._play.picture(self._pictures / f"map_{what}_{name}.png")

    def _is_reckoned(self) -> bool:
        return self._map.watch.watch is not None
