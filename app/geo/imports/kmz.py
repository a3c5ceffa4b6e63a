"""The KML inside a KMZ, taken out within bounds: no archive may fill the disk. Knows no GDAL."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from app.errors import msg
from app.geo.imports.formats import damaged, refused

MOST_BYTES = 400_000_000
_MOST_RATIO = 200
_PIECE_BYTES = 1 << 20


def take_out_kml(kmz: Path, folder: Path, most_bytes: int = MOST_BYTES) -> Path:
    """Write the archive's first KML into `folder` and say where. KnownError beyond the bounds.

    The name inside the archive is never used as a path.
    """
    try:
        with zipfile.ZipFile(kmz) as archive:
            inside = next(
                (one for one in archive.infolist() if one.filename.lower().endswith(".kml")), None
            )
            if inside is None:
                raise refused(kmz, msg("There is no KML in it."))
            taken = folder / "doc.kml"
            with archive.open(inside) as source, taken.open("wb") as target:
                allowed = min(most_bytes, max(inside.compress_size * _MOST_RATIO, _PIECE_BYTES))
                written = 0
                while piece := source.read(_PIECE_BYTES):
                    written += len(piece)
                    if written > allowed:
                        raise refused(kmz, msg("It unpacks to far more than a map would."))
                    target.write(piece)
            return taken
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise damaged(kmz) from error
