"""Running the console: the Qt application, the demo station when none is named, errors in words."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.application import Console
from app.clock import SystemClock
from app.errors import KnownError
from app.station import StationFolder, open_station
from app.thai.translation import Language, explain, set_language
from app.ui.offscreen import has_display, use_offscreen
from app.ui.theme import load_fonts, load_theme
from app.views import all_views

DEMO_STATION = Path("demo-station")
PICTURES = Path("shots")
_SIGNAL_CHECK_MS = 200
_LEVELS = {QtMsgType.QtDebugMsg: logging.DEBUG, QtMsgType.QtInfoMsg: logging.INFO}

_logger = logging.getLogger(__name__)


def run_console(station: Path | None) -> int:
    """Open the window on a station (or the demo) and stay until it is closed."""
    return _run(station, after_start=None)


def run_shift() -> int:
    """The short shift on the demo station: plays, tells, leaves pictures, ends."""
    from app.demo.short_shift import ShortShift  # a real station loads no demo

    if not has_display():
        use_offscreen(1920, 1080)
    return _run(None, after_start=lambda console: ShortShift(console, PICTURES / "shift"))


def run_shots() -> int:
    """Pictures of every screen."""
    from app.demo.shots import Shots

    use_offscreen()
    return _run(None, after_start=lambda console: Shots(console, PICTURES))


def open_or_make(station: Path | None) -> StationFolder:
    """The named station; or the demo station, made if it is not there. Raises KnownError."""
    if station is not None:
        return open_station(station)
    if not DEMO_STATION.exists():
        from app.demo.demo_station import create_demo_station

        sys.stdout.write("กำลังสร้างสถานีตัวอย่าง… / Making the sample station…\n")
        sys.stdout.flush()
        create_demo_station(DEMO_STATION, all_views(), SystemClock())
    return open_station(DEMO_STATION)


def new_application() -> QApplication:
    """The Qt application with the shipped fonts; what Qt complains of goes to the program's log."""
    qInstallMessageHandler(_note_qt)
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")  # the same on every desktop
    load_fonts()
    return application


def _note_qt(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
    """A Qt message as a log line. The off-screen display's only remark is no news."""
    if text and "propagateSizeHints" not in text:
        _logger.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)


def _run(station: Path | None, after_start: Callable[[Console], object] | None) -> int:
    try:
        folder = open_or_make(station)
        set_language(folder.profile.language)
        application = new_application()
        console = Console(folder, load_theme(), SystemClock())
        console.ended.connect(application.quit)
        console.start()
    except KnownError as error:
        return refuse(error)
    _end_on_signals(application, console)
    play = after_start(console) if after_start is not None else None
    if not console.has_stopped:  # a signal may have come while it was starting
        application.exec()
    return int(getattr(play, "exit_code", 0))


def refuse(error: KnownError) -> int:
    """Say in both languages why it cannot be, for whoever reads the terminal."""
    for language in Language:
        sys.stderr.write(explain(error, language) + "\n")
    return 2


def _end_on_signals(application: QApplication, console: Console) -> None:
    """Ctrl+C and a polite kill close the console in order. Qt must give Python a turn for that."""

    def ask(_number: int, _frame: object) -> None:
        console.stop()

    signal.signal(signal.SIGINT, ask)
    signal.signal(signal.SIGTERM, ask)
    turn = QTimer(application)
    turn.setInterval(_SIGNAL_CHECK_MS)
    turn.timeout.connect(_let_python_run)
    turn.start()


def _let_python_run() -> None:
    """Nothing: returning to Python is the point."""
