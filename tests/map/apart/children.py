"""Drawing processes that behave badly, and a console that is killed. Found by name in a process."""

from __future__ import annotations

import os
import sys
import threading
from multiprocessing.connection import Connection


def hangs(console: Connection) -> None:
    """Takes every order and never says a word."""
    try:
        while True:
            console.recv_bytes()
    except EOFError:
        return


def dies(console: Connection) -> None:
    """Ends with the first order."""
    console.recv_bytes()
    os._exit(3)


def babbles(console: Connection) -> None:
    """Answers what nobody asked."""
    console.recv_bytes()
    console.send_bytes(b"\x04\x00\x00\x00[1,2")
    threading.Event().wait()


def main() -> None:
    """A console: begins a drawing process, has it draw, says its pid, and waits to be killed."""
    from PySide6.QtGui import QGuiApplication

    from app.map.apart.process import DrawingProcess
    from tests.map.apart.requests import request, scene, town

    application = QGuiApplication([])
    process = DrawingProcess(lambda picture: None, lambda: None)
    process.start()
    process.ask(request(1.0, scene(), town()))
    while not process.is_ready:
        threading.Event().wait(0.01)
    sys.stdout.write(f"{process.pid}\n")
    sys.stdout.flush()
    sys.stdin.readline()
    process.stop(2.0)
    del application


if __name__ == "__main__":
    main()
