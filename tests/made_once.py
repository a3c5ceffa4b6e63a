"""What many tests begin with is made once in a run, though several processes share the tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def of_this_run(factory: pytest.TempPathFactory, name: str) -> Path:
    """A place that all processes of this run of the tests call by this name; nobody has made it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return shared / f"once-{name}"


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """What `make` made at the path it was given; whoever comes second waits, and makes nothing.

    No test may change it: copy it, or link to the files in it that nobody writes.
    """
    place = of_this_run(factory, name)
    place.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{place}.lock"):
        if not (place / "made").exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            make(place / name)
            (place / "made").touch()
    return place / name


def copied(made: Path, to: Path) -> Path:
    """A copy of a folder made once. Recordings, which nothing writes again once they are finished,
    are linked: many tests copy a hundred megabytes of them."""

    def link_or_copy(source: str, target: str) -> str:
        if source.endswith(".mp4"):
            os.link(source, target)
            return target
        return shutil.copy2(source, target)

    return Path(shutil.copytree(made, to, copy_function=link_or_copy))
