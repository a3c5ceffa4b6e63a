"""What runs in the drawing process: draws on the sheets it is lent, and leaves with its console.

Qt has no screen here and no event loop: only painters and letters.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection

from PySide6.QtGui import QFontDatabase, QGuiApplication

from app.map.apart.answers import Packing, ended, failed
from app.map.apart.orders import Draw, GroundPiece, Keep, Known, NewGround
from app.map.picture import Picture, PictureRequest
from app.map.picture_worker import PictureWorker
from app.platform import end_with_parent
from app.thai.fonts import FONT_FILES


def run(console: Connection) -> None:
    """The process's whole life. Does not return: its thread may be in the middle of a picture."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the console's; the pipe tells us
    end_with_parent()  # the pipe tells us too, unless we are stopped or hang
    code = 1
    try:
        _application = _qt()  # for as long as there is anything to draw
        _serve(console)
        code = 0
    except BaseException:
        _confess(console, traceback.format_exc())
        raise
    finally:
        os._exit(code)


def _qt() -> QGuiApplication:
    """Painters need no application, letters do.

    Qt hands every filled shape of some hundred pieces of line to a pool of threads and waits for
    them: for a field of view that costs ten times what filling it does (measured), and their
    threads take the processor from the hand. They are asked to stay away.
    """
    os.environ["QT_NO_GUI_THREADPOOL"] = "1"
    if sys.platform == "linux":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    for path in FONT_FILES:
        QFontDatabase.addApplicationFont(str(path))
    return application


def _serve(console: Connection) -> None:
    """Obey until the console is gone."""
    packing, known = Packing(), Known()

    def deliver(picture: Picture) -> None:
        with suppress(OSError):  # it is gone: whoever waits for its orders sees it too
            console.send_bytes(packing.drawn(picture))

    def end(request: PictureRequest) -> None:
        with suppress(OSError):
            console.send_bytes(ended(request.number))

    def fail(about: threading.ExceptHookArgs) -> None:
        trace = traceback.format_exception(about.exc_type, about.exc_value, about.exc_traceback)
        _confess(console, "".join(trace))
        os._exit(1)

    threading.excepthook = fail
    worker = PictureWorker(deliver, ended=end)
    worker.start()
    with suppress(EOFError, ConnectionError):
        while True:
            match console.recv():
                case Draw() as draw:
                    worker.ask(known.request(draw))
                case GroundPiece() | NewGround() as ground:
                    known.learn(ground)
                case Keep(names):
                    known.keep(names)


def _confess(console: Connection, trace: str) -> None:
    with suppress(OSError):
        console.send_bytes(failed(trace))
