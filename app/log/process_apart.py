"""A process beside this one, for seconds of nothing but reckoning: gone when its block ends."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from typing import Any

from app.platform import lower_priority


@contextmanager
def process_apart(
    work: Callable[..., None], arguments: tuple[Any, ...], *, name: str, gently: bool = False
) -> Iterator[BaseProcess]:
    """Begin `work(*arguments)`, both picklable, in a process of its own. Whoever leaves the block
    before it is done has it ended. `gently`: it comes after this process when both want the
    processor."""
    process = multiprocessing.get_context("spawn").Process(
        target=work, args=arguments, name=name, daemon=True
    )
    process.start()
    if gently and process.pid is not None:
        lower_priority(process.pid)
    try:
        yield process
    finally:
        if process.is_alive():
            process.kill()
        process.join()
        process.close()
