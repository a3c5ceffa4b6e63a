"""What the Setup place may do to the gazetteer: edit, files in and out, names out of the map.

Acts return at once; their answers come in the Qt thread. Knows no widget.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from app.errors import KnownError, msg
from app.geo.basemap import Basemap
from app.geo.interchange.place_plan import PlannedPlace, plan_places
from app.geo.interchange.places_csv import read_places_csv, write_places_csv
from app.geo.interchange.places_geojson import PlacesFile, read_places, write_places
from app.geo.place_saving import PlaceEdit, save_places
from app.geo.places import Place, all_places
from app.geo.projection import Projection
from app.geo.proposed_places import proposed_places
from app.geo.refused_proposals import ProposalsRefused, refused_proposals
from app.log import Log
from app.station.disk import Disk, reading_trouble
from app.thai.translation import language
from app.ui.background import Background, WhenDone, WhenFailed
from app.ui.desk import Desk


class PlaceOffice:
    """Where places are named, changed, removed, taken in and out."""

    def __init__(
        self,
        desk: Desk,
        log: Log,
        background: Background,
        projection: Projection,
        disk: Disk | None = None,
    ) -> None:
        self.desk = desk
        self._log = log
        self._background = background
        self._projection = projection
        self._disk = disk or Disk()
        self._basemap: Basemap | None = None

    def set_basemap(self, basemap: Basemap) -> None:
        """The map names are proposed from; there is none until it was read."""
        self._basemap = basemap

    def places(self) -> list[Place]:
        """Every named place, in the order of a Thai dictionary."""
        with self._log.reading() as db:
            return all_places(db)

    def save(self, edits: Sequence[PlaceEdit], *, done: WhenDone, failed: WhenFailed) -> None:
        """Save all of these or none; `done` gets the entries."""
        actor = self.desk.officer.actor
        self._background.run(
            lambda: save_places(self._log, edits, actor=actor).result(), done, failed
        )

    # Files

    def write_file(self, path: Path, *, done: WhenDone, failed: WhenFailed) -> None:
        """Every place to a CSV or GeoJSON file, as its name ends; `done` gets the path."""
        tongue = language()

        def work() -> Path:
            places = self.places()
            is_table = path.suffix.lower() == ".csv"
            data = write_places_csv(places, tongue) if is_table else write_places(places)
            self._disk.check_writable(path.parent)
            self._disk.write(path, data)
            return path

        self._background.run(work, done, failed)

    def read_file(self, path: Path, *, done: WhenDone, failed: WhenFailed) -> None:
        """Read a file by what is in it; `done` gets a PlacesFile."""
        self._background.run(functools.partial(_read, path), done, failed)

    def plan(self, file: PlacesFile) -> tuple[PlannedPlace, ...]:
        """What a file would do to the places as they are named now."""
        return plan_places(file, self.places())

    # Names out of the map

    def propose(self, *, done: WhenDone, failed: WhenFailed) -> None:
        """What the map names and nobody named or refused yet; `done` gets Places."""
        basemap = self._basemap

        def work() -> tuple[Place, ...]:
            if basemap is None:
                raise KnownError(
                    msg("No map has been read yet."), do=msg("Wait a moment, then ask again.")
                )
            with self._log.reading() as db:
                known = [*all_places(db), *refused_proposals(db)]
            return proposed_places(basemap, known, self._projection)

        self._background.run(work, done, failed)

    def refuse(self, places: Sequence[Place], *, done: WhenDone, failed: WhenFailed) -> None:
        """These are not proposed again; `done` gets the entry."""
        fact, actor = ProposalsRefused(tuple(places)), self.desk.officer.actor
        self._background.run(lambda: self._log.append(fact, actor=actor).result(), done, failed)


def _read(path: Path) -> PlacesFile:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise reading_trouble(error, path) from error
    begins = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return read_places(data) if begins.startswith((b"{", b"[")) else read_places_csv(data)
