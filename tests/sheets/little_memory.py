"""What runs in a press's process when a test wants it to run out of memory soon."""

from __future__ import annotations

from multiprocessing.connection import Connection

from app.sheets import press_process


def with_little_memory(console: Connection, fonts: tuple[str, ...]) -> None:
    """Just enough for a paper."""
    press_process.serve(console, fonts, 600 << 20)
