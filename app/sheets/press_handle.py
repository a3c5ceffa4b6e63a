"""The console's handle on the process that sets papers: asked for one at a time, ended when late.

Used by one thread, the one that makes it: on Linux the process ends with that thread.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

from app.sheets.press_messages import (
    MOST_BYTES,
    Answer,
    BadMessageError,
    Order,
    Ready,
    answer_from,
    packed_order,
)

PressMain = Callable[[Connection, tuple[str, ...]], None]
"""What runs in the process; of a module of its own, for it is found by name there."""

START_MOST_S = 30.0
_END_S = 5.0


class PressEndedError(Exception):
    """The process ended, or said something nobody understands: it has been replaced by none."""


class PressLateError(Exception):
    """It was not done in time, and was killed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not done after {seconds:.0f} s")
        self.seconds = seconds


class PressHandle:
    """One process. After one of its errors it is gone; make another."""

    def __init__(self, main: PressMain, fonts: tuple[str, ...]) -> None:
        """Start it; `version` is known when it is ready. Raises OSError: there is no room."""
        spawn = multiprocessing.get_context("spawn")
        self._console, theirs = multiprocessing.Pipe()
        self._process = spawn.Process(
            target=main, args=(theirs, fonts), name="typesetting", daemon=True
        )
        try:
            self._process.start()
        except BaseException:
            self._console.close()
            raise
        finally:
            theirs.close()  # the child has its own: ours would keep its end open
        self.pid = self._process.pid or 0
        self._typst = ""

    def typst_version(self) -> str:
        """Of the Typst in it; waits until it is ready. Raises PressEndedError, PressLateError."""
        if not self._typst:
            answer = self._answer(START_MOST_S)
            if not isinstance(answer, Ready):
                self.end()
                raise PressEndedError("it did not say that it is ready")
            self._typst = answer.typst
        return self._typst

    def ask(self, order: Order, limit_s: float) -> Answer:
        """Have it set. Raises PressEndedError, PressLateError."""
        self.typst_version()
        try:
            self._console.send_bytes(packed_order(order))
        except OSError as error:
            self.end()
            raise PressEndedError(repr(error)) from error
        return self._answer(limit_s)

    def _answer(self, limit_s: float) -> Answer:
        began_s = time.monotonic()
        try:
            if not self._console.poll(limit_s):
                raise PressLateError(time.monotonic() - began_s)
            return answer_from(self._console.recv_bytes(MOST_BYTES))
        except (EOFError, OSError, BadMessageError) as error:
            self.end()
            raise PressEndedError(repr(error)) from error
        except PressLateError:
            self.end()
            raise

    def kill(self) -> None:
        """End it now, without waiting. May be called by any thread."""
        with suppress(ValueError):  # closed already
            self._process.kill()

    def end(self) -> None:
        """Kill it and wait until it is gone. May be called twice."""
        self._console.close()
        with suppress(ValueError):  # closed already
            self._process.kill()
            self._process.join(_END_S)
            self._process.close()
