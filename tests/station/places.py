"""Places for stations in tests: an ordinary user's folder even for root, and a full disk."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.station import Profile

_NOBODY = 65534


def profile(**changes: object) -> Profile:
    """A right profile, with changes."""
    values: dict[str, object] = {
        "station_id": "mukdahan",
        "origin": "mukdahan-a1b2c3",
        "name_th": "สภ.เมืองมุกดาหาร",
        "name_en": "Mueang Mukdahan Police Station",
        "zone_name_th": "เขตปลอดภัยเมืองมุกดาหาร",
        "zone_name_en": "Mukdahan Smart Safety Zone",
    }
    return Profile(**{**values, **changes})  # type: ignore[arg-type]


@contextmanager
def ordinary_user() -> Iterator[Path]:
    """A folder of a user whom access rights bind: root, as on a bare machine, obeys none."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid() != 0:
            yield Path(name)
            return
        os.chown(name, _NOBODY, _NOBODY)
        os.seteuid(_NOBODY)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)


@contextmanager
def small_disk(where: Path, size_kb: int) -> Iterator[Path]:
    """A real file system of this size; skips the test where none may be mounted."""
    where.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={size_kb}k", "tmpfs", str(where)]
    if os.geteuid() != 0 or subprocess.run(["mount", *options], capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        yield where
    finally:
        subprocess.run(["umount", str(where)], check=True)
