"""A small real log in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.log import Log
from tests.log.material import log_in


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    log = log_in(tmp_path)
    yield log
    log.close()
