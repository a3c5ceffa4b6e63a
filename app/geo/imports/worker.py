"""The import's own process: reads one hostile file under limits and leaves results as files.

Nothing of it is un-pickled by the console. It is ended by killing it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app import platform
from app.errors import KnownError, Message, message_to, msg
from app.geo.basemap import Basemap, joined
from app.geo.basemap_file import read_basemap, write_basemap
from app.geo.imports.classes import PICTURES, ClassTable, read_class_table
from app.geo.imports.file_crs import Ground
from app.geo.imports.formats import RASTERS, MapFile, MapFormat, recognise, refused
from app.geo.imports.inspection import (
    InspectGathering,
    Inspection,
    InspectRequest,
    inspection_to,
)
from app.geo.imports.kmz import take_out_kml
from app.geo.imports.request import (
    Crs,
    ImportReport,
    ImportRequest,
    ShapesRequest,
    error_to,
    report_to,
)
from app.geo.imports.things import Gatherer, Gathering, ShapeGathering
from app.platform.memory import limit_memory

BASEMAP_NAME = "map.gpkg"
PROGRESS_NAME, RESULT_NAME, MADE_NAME = "progress.json", "result.json", "made"
MOST_MEMORY_BYTES = 4 << 30
_TELL_EVERY_S = 0.1
_PIECE_BYTES = 1 << 22

Told = Callable[[Message, int, int], None]


def main(request: ImportRequest | ShapesRequest | InspectRequest, folder: Path) -> None:
    """Read the file; what came of it stands in `result.json` in `folder`, a map in `made`."""
    platform.end_with_parent()
    platform.lower_priority()
    limit_memory(MOST_MEMORY_BYTES)
    made = folder / MADE_NAME
    made.mkdir()
    try:
        teller = _Teller(folder / PROGRESS_NAME)
        result: dict[str, Any]
        if isinstance(request, ShapesRequest):
            result = read_shapes(request, made, teller)
        elif isinstance(request, InspectRequest):
            result = {"inspection": inspection_to(inspect(request, made, teller))}
        else:
            result = {"report": report_to(bring(request, made, teller))}
    except KnownError as error:
        result = {"error": error_to(error)}
    except MemoryError:
        result = {"error": error_to(_too_large(request.source))}
    except OSError as error:
        why = msg("It cannot be read: {why}", why=error.strerror or type(error).__name__)
        result = {"error": error_to(refused(request.source, why))}
    _write(folder / RESULT_NAME, result)


def bring(request: ImportRequest, folder: Path, told: Told) -> ImportReport:
    """Read the file and make what the station keeps of it, in `folder`. Raises KnownError."""
    file = recognise(request.source)
    ground = Ground(request.around, request.reach_m)
    digest = _sha256(file, told)
    if file.format in RASTERS:
        return _bring_raster(request, file, folder, ground, told, digest)
    return _bring_vectors(request, file, folder, ground, told, digest)


def read_shapes(request: ShapesRequest, folder: Path, told: Told) -> dict[str, Any]:
    """Every shape of a vector file, as JSON can hold it. Raises KnownError."""
    file = recognise(request.source)
    if file.format in RASTERS or file.format is MapFormat.OSM_PBF:
        raise refused(file.path, msg("It holds no outlines of areas."))
    from app.geo.imports.tabular import Table

    path = take_out_kml(file.path, folder) if file.format is MapFormat.KMZ else file.path
    gathering = ShapeGathering(file.path)
    table = Table(path, file.path.name, file.format)
    reading = msg("Reading the file")
    table.read(
        gathering, None, Ground(request.around, request.reach_m), request.crs,
        lambda done, total: told(reading, done, total),
    )  # fmt: skip
    notices = [message_to(notice) for notice in table.notices]
    return {"shapes": gathering.rows, "notices": notices}


def inspect(request: InspectRequest, folder: Path, told: Told) -> Inspection:
    """What the file holds and what would become of it; nothing is kept. Raises KnownError."""
    file = recognise(request.source)
    ground = Ground(request.around, request.reach_m)
    if file.format in RASTERS:
        from app.geo.imports.picture_inspection import inspect_picture

        return inspect_picture(file, ground, request.crs)
    table = read_class_table(request.class_table)
    gathering = InspectGathering(table, ground)
    notices, attribution = _read_vectors(file, folder, gathering, table, ground, request.crs, told)
    return Inspection(
        name=file.path.name,
        format=file.format,
        size_bytes=file.size_bytes,
        systems=gathering.systems(),
        bounds_deg=gathering.bounds_deg(),
        groups=gathering.groups(),
        far=gathering.far,
        without_shape=gathering.without_shape,
        notices=tuple(notices),
        attribution=attribution,
    )


def _read_vectors(
    file: MapFile, folder: Path, gathering: Gatherer, table: ClassTable, ground: Ground,
    crs: Crs | None, told: Told,
) -> tuple[list[Message], str]:  # fmt: skip
    """Everything in a file of vectors, handed on; what is to be known of it, and whose it is."""
    reading = msg("Reading the map")
    if file.format is MapFormat.OSM_PBF:
        from app.geo.imports.openstreetmap import ATTRIBUTION, read_osm

        read_osm(
            file.path, gathering, table.fields | table.keys, table.keys,
            lambda done: told(reading, done, 0),
        )  # fmt: skip
        return [], ATTRIBUTION
    from app.geo.imports.tabular import Table

    path = take_out_kml(file.path, folder) if file.format is MapFormat.KMZ else file.path
    source = Table(path, file.path.name, file.format)
    source.read(
        gathering, table.fields, ground, crs, lambda done, total: told(reading, done, total)
    )
    if path != file.path:
        path.unlink()
    return source.notices, ""


def _bring_vectors(
    request: ImportRequest, file: MapFile, folder: Path, ground: Ground, told: Told, digest: str
) -> ImportReport:
    table = read_class_table(request.class_table)
    gathering = Gathering(table, ground, request.epsg, request.choices)
    notices, own = _read_vectors(file, folder, gathering, table, ground, request.crs, told)
    attribution = request.attribution or own
    if not gathering.kept_count:
        raise _nothing_kept(file, gathering)
    told(msg("Writing the map"), 0, 0)
    basemap = gathering.basemap(attribution)
    if request.add:
        basemap = _added(request, basemap)
    write_basemap(folder / BASEMAP_NAME, basemap)
    told(msg("Checking the map"), 0, 0)
    read_basemap(folder / BASEMAP_NAME, request.epsg)
    return ImportReport(
        BASEMAP_NAME, file.format.value, digest, dict(gathering.counts.kept),
        (*notices, *_notices(gathering, request)), basemap.attribution,
    )  # fmt: skip


def _added(request: ImportRequest, new: Basemap) -> Basemap:
    """What is there, and the new map over it."""
    there = request.basemap_folder / BASEMAP_NAME
    if not there.exists():
        return new
    return joined([read_basemap(there, request.epsg), new], request.epsg)


def _bring_raster(
    request: ImportRequest, file: MapFile, folder: Path, ground: Ground, told: Told, digest: str
) -> ImportReport:
    if file.format in (MapFormat.MBTILES, MapFormat.PMTILES):
        from app.geo.imports.tiles import bring_tiles

        copying = msg("Copying the map")
        made = bring_tiles(
            file, folder, ground, request.attribution,
            lambda done, total: told(copying, done, total),
        )  # fmt: skip
    else:
        from app.geo.imports.pictures import bring_picture

        made = bring_picture(
            file, folder, ground, request.crs, request.epsg, request.attribution, told
        )
    return ImportReport(
        made.name, file.format.value, digest, {PICTURES: 1}, (), request.attribution
    )


def _notices(gathering: Gathering, request: ImportRequest) -> list[Message]:
    counts = gathering.counts
    far = msg(
        "{count} things lie further than {km} km from the station and were left out.",
        count=f"{counts.far:,}",
        km=round(request.reach_m / 1000),
    )
    classless = msg(
        "{count} things are of no class of the table and were left out.",
        count=f"{counts.without_class:,}",
    )
    nameless = msg(
        "{count} landmarks and labels have no name to write and were left out.",
        count=f"{counts.nameless:,}",
    )
    shapeless = msg(
        "{count} things have no sound shape and were left out.",
        count=f"{counts.without_shape:,}",
    )
    repaired = msg(
        "{count} outlines crossed themselves and were repaired.", count=f"{counts.repaired:,}"
    )
    told = (
        (counts.far, far),
        (counts.without_class, classless),
        (counts.nameless, nameless),
        (counts.without_shape, shapeless),
        (counts.repaired, repaired),
    )
    return [message for count, message in told if count]


def _nothing_kept(file: MapFile, gathering: Gathering) -> KnownError:
    counts = gathering.counts
    if counts.far:
        return refused(
            file.path,
            msg("All of it lies far from the station."),
            msg("Bring a map of the station’s own ground."),
        )
    if counts.without_class:
        return refused(
            file.path,
            msg("None of its {count} things is of a class of the table.", count=counts.read),
            msg("Add its layers and fields to basemap_classes.toml in the station’s folder."),
        )
    return refused(file.path, msg("There is nothing to draw in it."))


def _too_large(source: Path) -> KnownError:
    return refused(
        source,
        msg("It needs more memory than this program may use."),
        msg("Cut out the province or the district first, or save it as GeoPackage."),
    )


def _sha256(file: MapFile, told: Told) -> str:
    digest = hashlib.sha256()
    done = 0
    with file.path.open("rb") as source:
        while piece := source.read(_PIECE_BYTES):
            digest.update(piece)
            done += len(piece)
            told(msg("Looking the file through"), done, file.size_bytes)
    return digest.hexdigest()


class _Teller:
    """Writes how far it is, a few times a second; a file that stands still is a hang."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._told_s = 0.0
        self._count = 0

    def __call__(self, phase: Message, done: int, total: int) -> None:
        now_s = time.monotonic()
        if self._count and now_s - self._told_s < _TELL_EVERY_S:
            return
        self._told_s = now_s
        self._count += 1
        said = {"phase": message_to(phase), "done": done, "total": total, "n": self._count}
        _write(self._path, said)


def _write(path: Path, said: dict[str, Any]) -> None:
    """Whole or not at all: the console reads it at any time."""
    unfinished = path.with_name(f".{path.name}")
    unfinished.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
    unfinished.replace(path)
