"""The station that every part of the log's benchmark measures: built once, kept if that is wanted.

Its incidents are invented (`log_words.py`), written through the product's own log, and closed but
for the newest few dozen, as at a station. A part that writes takes a copy.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.log_words import BATCH, Invented, incidents

STILL_OPEN = 60
_NOTE = "built.json"

Product = Callable[[Path], Any]
"""Opens a station folder (founding it if it is not there): `log_product.Product` or another's."""


@dataclass(frozen=True, slots=True)
class Station:
    """A built station. `folder` is read by all parts and written by none: see `copy`."""

    folder: Path
    product: Product
    incidents: int
    entries: int
    seed: int
    scratch: Path
    amounts: dict[str, int]
    """How much each part does, by its own names: `queries`, `appends` …"""

    @contextmanager
    def copy(self) -> Iterator[Path]:
        """The folder again, to write into; gone afterwards. Nobody may have it open."""
        with tempfile.TemporaryDirectory(dir=self.scratch, prefix="copy-") as name:
            folder = Path(name) / "station"
            shutil.copytree(self.folder, folder)
            _bring_to_rest(folder)
            yield folder

    @contextmanager
    def opened(self, folder: Path | None = None) -> Iterator[Any]:
        """The product on the station, or on a copy of it."""
        product = self.product(folder or self.folder)
        try:
            yield product
        finally:
            product.close()


def _bring_to_rest(folder: Path) -> None:
    """Wait until the copy is on the disk: else whoever saves first would wait for gigabytes that
    were copied, which no station ever does."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                os.fsync(file.fileno())


def built(folder: Path, product: Product, count: int, seed: int) -> dict[str, Any]:
    """Build it unless it is there: what it holds, and how long building took."""
    note = folder.parent / f"{folder.name}-{_NOTE}"
    if note.is_file():
        told: dict[str, Any] = json.loads(note.read_text("utf-8"))
        if (told["incidents"], told["seed"]) == (count, seed) and folder.is_dir():
            return told | {"kept": True}
    shutil.rmtree(folder, ignore_errors=True)
    note.unlink(missing_ok=True)
    began_s = time.perf_counter()
    opened = product(folder)
    try:
        _fill(opened, count, seed)
        entries = opened.count()
    finally:
        opened.close()
    told = {
        "incidents": count,
        "entries": entries,
        "seed": seed,
        "build_s": round(time.perf_counter() - began_s, 1),
    }
    note.write_text(json.dumps(told), encoding="utf-8")
    return told | {"kept": False}


def _fill(product: Any, count: int, seed: int) -> None:
    """Batch by batch; what was reported in one is closed in the next."""
    waiting: list[Invented] = []
    batch: list[Invented] = []
    for one in incidents(seed, 1, count):
        batch.append(one)
        if len(batch) == BATCH or one.no == count:
            last_batch = one.no + STILL_OPEN >= count
            close_until = count - STILL_OPEN if last_batch else count
            closing = [each for each in waiting if each.no <= close_until]
            product.write(batch, closing, one.reported_at)
            waiting = [each for each in waiting if each.no > close_until] + batch
            batch = []
    closing = [each for each in waiting if each.no <= count - STILL_OPEN]
    if closing:
        product.write([], closing, closing[-1].reported_at)
