"""What a figure was measured on. Reads /proc and the installed packages, nothing of the program."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path


def machine() -> dict[str, str | int | float]:
    """The computer, in a few words a reader can compare."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_mb": os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 1_000_000,
        "load_1_min": round(os.getloadavg()[0], 2),
        "system": _system(),
    }


def versions(packages: Sequence[str]) -> dict[str, str]:
    """Python and the packages named."""
    return {"python": platform.python_version()} | {name: version(name) for name in packages}


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.platform()
