"""The judge's hand in the reviewed console: tells `review_console` what to do, and hears when.

Knows no window and no footage.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.runs import BrokenError

_CONNECT_S = 60.0
_ANSWER_S = 20.0


@dataclass(frozen=True, slots=True)
class Answer:
    """When the window's thread began with it (monotonic), and what came of it."""

    began_s: float
    value: Any


@dataclass(slots=True)
class HandOf:
    """A connection to the console; `poll` takes what has come without waiting."""

    judge: socket.socket
    _next: int = 0
    _rest: bytes = b""
    _answers: dict[int, Answer] = field(default_factory=dict)

    def do(self, act: str, *with_: object) -> Answer:
        """Let it be done; back when it has been. Raises BrokenError."""
        asked = self.ask(act, *with_)
        until_s = time.monotonic() + _ANSWER_S
        while asked not in self._answers:
            if time.monotonic() > until_s:
                raise BrokenError(f"no answer to: {act}")
            self._receive(0.5)
        return self._answers.pop(asked)

    def ask(self, act: str, *with_: object) -> int:
        """Let it be done, and do not wait; the number of its answer."""
        self._next += 1
        line = json.dumps({"id": self._next, "act": act, "with": with_}) + "\n"
        try:
            self.judge.sendall(line.encode())
        except OSError as error:
            raise BrokenError("the console has let go of the hand") from error
        return self._next

    def answer(self, asked: int) -> Answer | None:
        """If it has come by now."""
        self._receive(0.0)
        return self._answers.pop(asked, None)

    def _receive(self, wait_s: float) -> None:
        self.judge.settimeout(wait_s)
        try:
            data = self.judge.recv(65536)
        except (TimeoutError, BlockingIOError):
            return
        except OSError as error:
            raise BrokenError("the console has let go of the hand") from error
        if not data:
            raise BrokenError("the console has let go of the hand")
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            said = json.loads(line)
            if "error" in said:
                raise BrokenError("the console's hand failed at " + said["error"])
            self._answers[said["id"]] = Answer(said["began_s"], said["value"])


class Desk:
    """Where the console's hand reports. Use as a `with` block."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._hand: socket.socket | None = None

    @property
    def port(self) -> int:
        """What the console is told."""
        return int(self._server.getsockname()[1])

    def wait(self, is_running: Callable[[], None]) -> HandOf:
        """The hand, when it reports. `is_running` raises if the console has ended."""
        self._server.settimeout(0.2)
        until_s = time.monotonic() + _CONNECT_S
        while time.monotonic() < until_s:
            is_running()
            try:
                self._hand = self._server.accept()[0]
            except TimeoutError:
                continue
            self._hand.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return HandOf(self._hand)
        raise BrokenError("the console's window did not begin")

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *error: object) -> None:
        if self._hand is not None:
            self._hand.close()
        self._server.close()
