"""How a process has its memory: bounds, and what glibc's malloc keeps and gives back."""

from __future__ import annotations

import contextlib
import ctypes
import sys

# malloc.h, mallopt(3)
_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -2, -3, -8
_LARGE_BYTES = 256 * 1024
_MB = 1024 * 1024


def limit_memory(most_bytes: int) -> None:
    """Let this process fail to get more memory than that, before the machine runs out of it.

    Windows has no such limit for a process from inside it.
    """
    if sys.platform != "win32":
        import resource  # not there on Windows

        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))


def free_large_memory_at_once() -> None:
    """Give what a large picture took back to the system when it is let go.

    glibc learns from the first one freed to keep up to 32 MB for the next (mallopt(3),
    M_MMAP_THRESHOLD): a console that had played nine cameras held 300 MB that nothing was in.
    """
    _tell_malloc((_M_MMAP_THRESHOLD, _LARGE_BYTES))


def keep_memory_warm() -> None:
    """Let all threads of this process take the memory that one of them has just let go of, for it
    is in the caches still, and let none of it go back to the system in between: up to 64 MB are
    kept. Before there are other threads."""
    _tell_malloc(
        (_M_ARENA_MAX, 1),
        (_M_TRIM_THRESHOLD, 64 * _MB),
        (_M_TOP_PAD, 2 * _MB),
        (_M_MMAP_THRESHOLD, 64 * _MB),
    )


def _tell_malloc(*settings: tuple[int, int]) -> None:
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):  # another C library: nothing to set
        malloc = ctypes.CDLL(None)
        for setting, amount in settings:
            malloc.mallopt(setting, amount)
