"""Asks many cameras at once whether they are there, as before a register is taken in."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from typing import Protocol

from app.cameras.address import CameraAddress
from app.video.preflight import Answer, CalledOff, examine

AT_ONCE = 32


class Ask(Protocol):
    """`app.video.preflight.examine`, or a test's own."""

    def __call__(self, address: CameraAddress, *, stop: threading.Event) -> Answer: ...


def call_roll(
    addresses: Mapping[str, CameraAddress],
    *,
    stop: threading.Event,
    on_answer: Callable[[str, Answer], None] | None = None,
    ask: Ask = examine,
    at_once: int = AT_ONCE,
) -> dict[str, Answer]:
    """Every camera's answer by its key, each asked once; those not reached before `stop` lack.

    Waits: not for the Qt thread. `on_answer` is called on the asking threads.
    """
    waiting: queue.SimpleQueue[tuple[str, CameraAddress]] = queue.SimpleQueue()
    for key, address in addresses.items():
        waiting.put((key, address))
    answers: dict[str, Answer] = {}

    def ask_on() -> None:
        while not stop.is_set():
            try:
                key, address = waiting.get_nowait()
                answers[key] = ask(address, stop=stop)
            except (queue.Empty, CalledOff):
                return
            if on_answer is not None:
                on_answer(key, answers[key])

    threads = [
        threading.Thread(target=ask_on, name=f"roll call {number}", daemon=True)
        for number in range(min(at_once, len(addresses)))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
