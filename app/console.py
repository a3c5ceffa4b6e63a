"""Running the console: the Qt application, the demo station when none is named, errors in words."""

from __future__ import annotations

import logging
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import (
    QEventLoop,
    QMessageLogContext,
    QObject,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from app.application import Console
from app.clock import Clock, SystemClock
from app.errors import KnownError
from app.log.faults import DamagedLogError
from app.log.soundness import Damage
from app.station import Disk, StationFolder, open_station
from app.station.backups.damage import look_over
from app.thai.translation import Language, explain, set_language
from app.ui.offscreen import has_display, use_offscreen
from app.ui.qt_words import teach_qt
from app.ui.theme import Theme, load_fonts, load_theme
from app.views import all_views

PROJECT = Path(__file__).resolve().parents[1]
DEMO_STATION = PROJECT / "demo-station"
PICTURES = PROJECT / "shots"
_SIGNAL_CHECK_MS = 100
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


def run_shots(parts: Sequence[str] = ()) -> int:
    """Pictures of every screen, on a sample station of its own that is gone afterwards.

    `parts`: these only, of `app.demo.shots.PARTS`; none named: all.
    """
    from app.demo.shots import PARTS, Shots

    use_offscreen()
    with tempfile.TemporaryDirectory(prefix="shots-") as folder:
        station = Path(folder) / "station"
        make_demo(station)
        return _run(
            station,
            after_start=lambda console: Shots(console, PICTURES, parts or PARTS),
            desk=Path(folder),  # nobody's own window
        )


def open_or_make(station: Path | None) -> StationFolder:
    """The named station; or the demo station, made if it is not there. Raises KnownError."""
    if station is not None:
        return open_station(station)
    if not DEMO_STATION.exists():
        sys.stdout.write("กำลังสร้างสถานีตัวอย่าง… / Making the sample station…\n")
        sys.stdout.flush()
        make_demo(DEMO_STATION)
    return open_station(DEMO_STATION)


def make_demo(root: Path) -> None:
    """The demo station, and what its cameras show. Raises KnownError."""
    from app.demo.demo_station import camera_specs, create_demo_station
    from app.demo.invented_footage import invent_footage
    from app.demo.simulated_cameras.drawing_ahead import drawing_ahead

    clock = SystemClock()
    with drawing_ahead(camera_specs()):
        folder = create_demo_station(root, all_views(), clock, records=True)
    invent_footage(folder, camera_specs(), clock)


def new_application() -> QApplication:
    """The Qt application with the shipped fonts and our words; what Qt complains of goes to
    the program's log."""
    qInstallMessageHandler(_note_qt)
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")  # the same on every desktop
    load_fonts()
    teach_qt(application)
    return application


def _note_qt(kind: QtMsgType, context: QMessageLogContext, text: str | None) -> None:
    """A Qt message as a log line. The off-screen display's only remark is no news."""
    if text and "propagateSizeHints" not in text:
        _logger.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", text)


def _run(
    station: Path | None,
    after_start: Callable[[Console], object] | None,
    desk: Path | None = None,
) -> int:
    try:
        folder = open_or_make(station)
        set_language(folder.profile.language)
        application = new_application()
        console = _started(application, folder, desk)
    except KnownError as error:
        return refuse(error)
    if console is None:
        return 1  # the log is damaged, and nobody wanted it put back
    EndOnSignals(console)
    play = after_start(console) if after_start is not None else None
    application.exec()
    return int(getattr(play, "exit_code", 0))


def _started(application: QApplication, folder: StationFolder, desk: Path | None) -> Console | None:
    """The console, its window shown. A damaged log is put before a person first: None when no
    station is to be opened then. Raises KnownError."""
    theme, clock = load_theme(), SystemClock()
    damage = look_over(folder, Disk(), clock)
    while True:
        if damage is not None:
            mended = mend(folder, damage, theme, clock)
            if mended is None:
                return None
            folder = mended
        console = Console(folder, theme, clock, desk)
        console.ended.connect(application.quit)
        try:
            console.start()
        except DamagedLogError as error:  # deeper than a look before the start sees
            damage = Damage((error.what,), can_open=False)
        else:
            return console


def mend(folder: StationFolder, damage: Damage, theme: Theme, clock: Clock) -> StationFolder | None:
    """What a person decides about a damaged log: the station to open; None to open none."""
    from app.ui.damaged_log import DamagedLog  # hardly ever needed

    window = DamagedLog(folder, damage, theme, all_views(), clock)
    waiting = QEventLoop()
    window.decided.connect(waiting.quit)
    window.show()
    waiting.exec()
    window.let_go()
    return window.station


def refuse(error: KnownError) -> int:
    """Say in both languages why it cannot be, for whoever reads the terminal."""
    for language in Language:
        sys.stderr.write(explain(error, language) + "\n")
    return 2


class EndOnSignals(QObject):
    """Ctrl+C and a polite kill close the console in order.

    A Python signal handler runs between any two steps of the program, also in the middle of a
    start; so it only takes note, and the event loop acts. The timer also gives Python its turns,
    without which no handler would run while Qt waits.
    """

    def __init__(self, console: Console) -> None:
        super().__init__(console)
        self._console = console
        self._asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._on_signal)
        self._turns = QTimer(self)
        self._turns.setInterval(_SIGNAL_CHECK_MS)
        self._turns.timeout.connect(self._on_turn)
        self._turns.start()

    def _on_signal(self, _number: int, _frame: object) -> None:
        self._asked = True

    def _on_turn(self) -> None:
        if self._asked:
            self._turns.stop()
            self._console.stop()
