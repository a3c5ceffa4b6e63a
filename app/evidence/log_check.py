"""Checks the whole log in a process of its own, so that the window never waits for it.

The process has a reading connection of its own and comes after the console when both want the
processor. It leaves JSON; nothing of it is un-pickled. Called in a background thread.
"""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import shutil
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from app.errors import KnownError, Message, message_from, msg
from app.evidence.log_check_worker import PROGRESS, RESULT, CheckOrder, main
from app.log import Head
from app.station.disk import telling

_SCRATCH = ".checking-"
_LOOK_EVERY_S = 0.2
_END_S = 5.0

Told = Callable[[int, int], None]  # entries read, of how many


class CheckStoppedError(Exception):
    """Somebody wanted it to end; nothing is known."""


class NoAnswerError(KnownError):
    """The process ended before it had looked at everything: nothing is known of the log."""


@dataclass(frozen=True, slots=True)
class CheckFound:
    """What a check of the whole log found. `findings` are sentences, the gravest first; `more` of
    them are not listed. `damaged_tables`: views that a rebuild makes right. `sealed_by`: the key of
    the newest seal that holds; `heads`: how many heads from elsewhere the log was held against."""

    entries: int
    erased: int
    seals: int
    sealed_by: str
    heads: int
    findings: tuple[Message, ...]
    more: int
    damaged_tables: tuple[str, ...]
    chains: tuple[Head, ...]
    seconds: float

    @property
    def ok(self) -> bool:
        """Nothing was found."""
        return not self.findings


def check_in_own_process(
    order: CheckOrder,
    folder: Path,
    stop: threading.Event,
    told: Told = lambda done, total: None,
) -> CheckFound:
    """Check it; `folder` is where the process may write, gone afterwards.

    Raises KnownError: the log cannot be read at all, or there is no room for the rebuilt views;
    NoAnswerError, which says nothing of the log; CheckStoppedError when `stop` is set meanwhile.
    """
    for left in folder.glob(f"{_SCRATCH}*"):  # of a console that was killed
        shutil.rmtree(left, ignore_errors=True)
    with telling(folder):
        scratch = Path(tempfile.mkdtemp(prefix=_SCRATCH, dir=folder))
    try:
        process = multiprocessing.get_context("spawn").Process(
            target=main, args=(order, scratch), name="log check", daemon=True
        )
        process.start()
        try:
            _watch(process, scratch / PROGRESS, stop, told)
        finally:
            if process.is_alive():
                process.kill()
            process.join(_END_S)
            with contextlib.suppress(ValueError):  # it would not end even so
                process.close()
        return _found(_json(scratch / RESULT))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _watch(process: BaseProcess, progress: Path, stop: threading.Event, told: Told) -> None:
    while process.is_alive():
        if stop.wait(_LOOK_EVERY_S):
            raise CheckStoppedError
        said = _json(progress)
        if said is not None:
            told(int(said["done"]), int(said["total"]))


def _json(path: Path) -> dict[str, Any] | None:
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) else None


def _found(said: dict[str, Any] | None) -> CheckFound:
    if said is None:
        raise NoAnswerError(
            msg("The check of the log ended without an answer."),
            safe=msg("The log is unchanged."),
            do=msg("Let it be checked again; if that fails too, run verify on the station."),
        )
    if "refused" in said:
        what, *others = [message_from(part) for part in said["refused"]]
        raise KnownError(what, safe=msg("The log is unchanged."), do=others[-1] if others else None)
    return CheckFound(
        int(said["entries"]),
        int(said["erased"]),
        int(said["seals"]),
        str(said["sealed_by"]),
        int(said["heads"]),
        tuple(message_from(one) for one in said["findings"]),
        int(said["more"]),
        tuple(str(one) for one in said["damaged_tables"]),
        tuple(Head(str(origin), int(n), str(digest)) for origin, n, digest in said["chains"]),
        float(said["seconds"]),
    )
