"""A small real log in a temporary folder, and the check that its thread is gone afterwards."""

from __future__ import annotations

import threading
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


@pytest.fixture(autouse=True)
def _no_thread_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in before]
    assert not left
