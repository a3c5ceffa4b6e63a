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


STICKS = {
    "fat": (["mkfs.vfat"], (["mount", "-t", "vfat"],)),
    "exfat": (["mkfs.exfat"], (["mount", "-t", "exfat"], ["mount.exfat-fuse"])),
}
"""How memory sticks are formatted and mounted: by the system or by a program of its own."""


@contextmanager
def memory_stick(where: Path, kind: str, size_mb: int) -> Iterator[Path]:
    """A real file system of a memory stick; skips the test where none may be made and mounted."""
    image = where.with_suffix(".img")
    image.write_bytes(bytes(size_mb * 1_000_000))
    where.mkdir()
    made, ways = STICKS[kind]
    device = ""
    try:
        subprocess.run([*made, str(image)], check=True, capture_output=True)
        loop = ["losetup", "--find", "--show", str(image)]
        device = subprocess.run(loop, check=True, capture_output=True, text=True).stdout.strip()
        if not any(_mounts([*way, device, str(where)]) for way in ways):
            pytest.skip(f"no {kind} can be mounted here")
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no {kind} can be made here: {error}")
    else:
        try:
            yield where
        finally:
            subprocess.run(["umount", str(where)], check=True)
    finally:
        if device:
            subprocess.run(["losetup", "--detach", device], check=False)


def _mounts(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False
