"""What runs in the process that sets papers.

A template is a program, and a station's own one anybody's. So when everything is loaded the process
gives up opening files and sockets for good; what a template may read is in its memory. It cannot
reach the log, the network, or a package of Typst's; a loop or a flood of memory ends it alone.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from multiprocessing.connection import Connection

from app.platform import end_with_parent
from app.platform.confinement import network_leads_nowhere, open_nothing_more
from app.platform.memory import limit_memory
from app.sheets.press_messages import Ready, order_from, packed_answer

MOST_MEMORY_BYTES = 1 << 30
_OF_TYPST = {
    # each thread of glibc's reserves 64 MB: one for each of sixteen processors is all that there is
    "RAYON_NUM_THREADS": "2",
    "RUST_BACKTRACE": "0",  # takes seconds to write when the memory ends
}


def main(console: Connection, fonts: tuple[str, ...]) -> None:
    """The process's whole life: until the console is gone."""
    serve(console, fonts, MOST_MEMORY_BYTES)


def serve(console: Connection, fonts: tuple[str, ...], most_memory_bytes: int) -> None:
    """The same with this much memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the console's; the pipe tells us
    end_with_parent()  # the pipe tells us too, unless a template loops
    limit_memory(most_memory_bytes)
    os.environ |= network_leads_nowhere() | _OF_TYPST
    from app.sheets.typesetter import Typesetter  # Typst is loaded here and nowhere else

    typesetter = Typesetter(fonts)
    open_nothing_more()
    with suppress(EOFError, OSError):  # the console is gone
        console.send_bytes(packed_answer(Ready(typesetter.version)))
        while True:
            console.send_bytes(packed_answer(typesetter.set(order_from(console.recv_bytes()))))
