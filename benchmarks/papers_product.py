"""The program as the papers’ benchmark asks it: what F9 does at the console, without a window.

A broken product for the benchmark's own tests subclasses `Product`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtGui import QFontDatabase, QGuiApplication

from app.cameras.ground import Ground
from app.cameras.register import cameras
from app.clock import ScriptedClock, from_stored
from app.geo.areas import Areas
from app.geo.basemap_file import read_basemaps
from app.geo.projection import Projection
from app.incidents.deadlines import Targets
from app.incidents.incident import NoteAdded
from app.log import Head, Log
from app.sheets import papers
from app.sheets.pages import PagePicture, Pages
from app.sheets.papers import How
from app.sheets.press import Press
from app.sheets.sheet import Sheet, Typeset
from app.station import Disk, open_station
from app.thai.fonts import FONT_FILES
from app.ui.papers.order import SheetOrder
from app.ui.papers.set_sheet import set_sheet
from app.ui.papers.sheet_parts import SheetParts
from app.views import all_views
from benchmarks.papers_station import OFFICER, PRINTED_AT

PREVIEW_DPI = 110.0
"""A page is then as high as a screen of 1366 × 768 shows at full width, and more."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper that was stored."""

    path: Path
    sha256: str
    files: Mapping[str, bytes]


class Product:
    """One console without a window, its press started as the console starts it."""

    def __init__(self, folder: Path) -> None:
        self._app = QGuiApplication.instance() or QGuiApplication([])
        for font in FONT_FILES:
            QFontDatabase.addApplicationFont(str(font))
        self._disk = Disk()
        station = open_station(folder, self._disk)
        clock = ScriptedClock(PRINTED_AT)
        self._log = Log(
            station.database, origin=station.profile.origin, views=all_views(), clock=clock
        )
        self._log.open()
        basemap = read_basemaps(station.basemap, station.profile.epsg)
        ground = Ground(Projection(station.profile.epsg))
        ground.set_basemap(basemap)
        with self._log.reading() as db:
            ground.set_areas(Areas(db).current())
            ground.set_cameras(cameras(db))
        self._papers = station.papers
        self._press = self.press(station)
        self._press.warm()
        self._parts = SheetParts(
            folder=station,
            log=self._log,
            clock=clock,
            targets=Targets(),
            ground=ground,
            basemap=lambda: basemap,
            disk=self._disk,
            actor=lambda: OFFICER,
        )

    def press(self, station: Any) -> Press:
        """The press of the console."""
        return Press(station, self._log.head)

    def wait_until_warm(self) -> None:
        """As somebody does who has looked at the window for a few seconds."""
        self._press._hand.submit(lambda: None).result()

    def close(self) -> None:
        self._press.close()
        self._log.close()

    def print_sheet(self, kind: str, about: str, options: Mapping[str, Any]) -> Printed:
        """From the log to the stored and recorded PDF."""
        typeset = self.typeset(SheetOrder(kind, about, dict(options)))
        path = papers.keep(self._papers, typeset, self._disk)
        papers.record_printed(self._log, typeset, How.PRINTED, to="", actor=OFFICER).result()
        return Printed(path, typeset.sha256, typeset.sheet.files)

    def typeset(self, order: SheetOrder) -> Typeset:
        """Gathered from the log and set."""
        return set_sheet(self._parts, self._press, order).typeset

    def correct(self, incident_id: str) -> None:
        """Something is added to what the paper was about."""
        self._log.append(NoteAdded(incident_id, "บันทึกหลังการพิมพ์"), actor=OFFICER).result()

    def print_again(self, sha256: str) -> bytes:
        """The bytes that go to the printer when a paper of the past is printed again."""
        return papers.stored(self._papers, sha256)

    def set_from_data(self, said: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
        """A page made anew from the data that were attached to it, and its pictures."""
        sheet = Sheet(
            kind=said["kind"],
            title=said["title"],
            subject=said["subject"],
            data=said["sheet"],
            files=files,
            options=said["options"],
        )
        station, print_ = said["station"], said["print"]
        head = Head(station["log_origin"], station["log_seq"], station["log_head"])
        at = from_stored(print_["at"])
        set_ = self._press.set(sheet, at, print_["by"], number=print_["number"], head=head)
        return set_.pdf

    def preview(self, pdf: bytes) -> PagePicture:
        """The first page of a paper, as the place shows it."""
        with Pages(pdf) as pages:
            return pages.picture(0, PREVIEW_DPI)
