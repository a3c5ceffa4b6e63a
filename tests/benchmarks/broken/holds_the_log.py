"""Nobody can write while it copies."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from app.log import Log
from benchmarks.log_product import Product

__all__ = ["Product"]


def _copy(self: Log, target: Path, step: Callable[[int, int], None]) -> None:
    source = self._path
    with closing(sqlite3.connect(source, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        with closing(sqlite3.connect(target)) as copy, closing(sqlite3.connect(source)) as reader:
            reader.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        time.sleep(0.3)
        db.execute("ROLLBACK")


Log.copy = _copy
