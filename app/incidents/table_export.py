"""Takes incidents out of the station as a table for spreadsheets, and says so in the log.

The file gets its name only after the entry is on the disk: nothing leaves without one.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from app.errors import KnownError, msg
from app.incidents.asked import Asked
from app.incidents.table_columns import COLUMNS, Cell, Told, cells, heads
from app.log import Actor, Log
from app.log.rights import require
from app.station import csv_cells
from app.station.disk import Disk, telling
from app.station.xlsx_file import XlsxFile
from app.thai.translation import Language, say

Progress = Callable[[int, int], None]  # incidents written, of how many


class TableFormat(StrEnum):
    """What a table is written as; also the suffix of its file."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class IncidentsExported:
    """A table of incidents left the station. `sha256` is that of the whole file."""

    kind: ClassVar[str] = "incidents_exported"
    asked: Asked
    count: int
    table_format: TableFormat
    sha256: str
    size_bytes: int

    @property
    def subject(self) -> str:
        return "incidents"

    def body(self) -> Mapping[str, Any]:
        return {
            "asked": self.asked.body(),
            "count": self.count,
            "format": self.table_format,
            "sha256": self.sha256,
            "size_bytes": self.size_bytes,
        }


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """What was written. `has_cut`: a text was longer than a cell of a workbook can be."""

    path: Path
    count: int
    has_cut: bool = False


@dataclass(frozen=True, slots=True)
class TableOrder:
    """What to write where. `total` is for the progress only: what is written is counted."""

    path: Path
    table_format: TableFormat
    asked: Asked
    total: int
    language: Language


def export_table(
    order: TableOrder,
    told: Iterable[Sequence[Told]],
    log: Log,
    *,
    actor: Actor,
    progress: Progress,
    cancelled: threading.Event,
) -> ExportedTable | None:
    """Write it, `told` batch by batch; None when it was cancelled, and then nothing is there.

    Raises KnownError: no right, no room, no such folder; nothing is there then either.
    """
    require(actor, IncidentsExported.kind)
    path = order.path
    if not path.parent.is_dir():
        raise KnownError(
            msg("The folder {path} does not exist.", path=str(path.parent)),
            do=msg("Make that folder first, or choose another place."),
        )
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with telling(path):
            write = _write_xlsx if order.table_format is TableFormat.XLSX else _write_csv
            written = write(unfinished, order, _watched(told, order, progress, cancelled))
        if cancelled.is_set():
            return None
        digest, size_bytes = _digest(unfinished)
        disk = Disk()
        disk.sync(unfinished)
        exported = IncidentsExported(
            order.asked, written.count, order.table_format, digest, size_bytes
        )
        log.append(exported, actor=actor).result()
        disk.rename(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    return ExportedTable(path, written.count, written.has_cut)


@dataclass(frozen=True, slots=True)
class _Written:
    count: int
    has_cut: bool = False


_Rows = Iterator[list[list[Cell]]]


def _watched(
    told: Iterable[Sequence[Told]],
    order: TableOrder,
    progress: Progress,
    cancelled: threading.Event,
) -> _Rows:
    """Batches of rows, until somebody cancels."""
    done = 0
    for batch in told:
        if cancelled.is_set():
            return
        yield [cells(one, order.language) for one in batch]
        done += len(batch)
        progress(done, max(done, order.total))


def _write_xlsx(path: Path, order: TableOrder, rows: _Rows) -> _Written:
    title = say(msg("Incidents"), order.language)
    count = 0
    widths = [column.width for column in COLUMNS]
    with XlsxFile(path, title, heads(order.language), widths) as file:
        for batch in rows:
            file.add(batch)
            count += len(batch)
        return _Written(count, file.has_cut)


def _write_csv(path: Path, order: TableOrder, rows: _Rows) -> _Written:
    count = 0
    with path.open("xb") as file:
        file.write(csv_cells.written([heads(order.language)]))
        for batch in rows:
            file.write(csv_cells.lines([_texts(row) for row in batch]))
            count += len(batch)
    return _Written(count)


def _texts(row: Sequence[Cell]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in row]


def _digest(path: Path) -> tuple[str, int]:
    """SHA-256 and length of a file."""
    hasher, size_bytes = hashlib.sha256(), 0
    with telling(path), path.open("rb") as file:
        while piece := file.read(1 << 20):
            hasher.update(piece)
            size_bytes += len(piece)
    return hasher.hexdigest(), size_bytes
