"""The console's handle on one drawing process: what it was told, what it has drawn, how it is.

Orders are given by one thread at a time; what is said is heard on another. Knows no policy.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection

from PySide6.QtCore import QRect

from app.map.apart.answers import MOST_BYTES, BadAnswer, Drawn, Ended, Failed, Unpacking
from app.map.apart.orders import Keep, Told
from app.map.apart.sheets import Sheet, Sheets, bytes_for
from app.map.ground import GroundLoader
from app.map.picture import FORMATS, Picture, PictureKind, PictureRequest
from app.map.way import Way
from app.platform import lower_priority

ChildMain = Callable[[Connection], None]
"""What runs in the process; of a module of its own, for it is found by name there."""

MOST_UNDER_WAY = 2  # one that is drawn, and one that may replace it
SILENT_S = 6.0
SILENT_WITH_NEW_GROUND_S = 90.0  # it starts, or makes a base map ready
_SPARE = 2  # sheets that wait for the next step of the hand
_RESTS_S = 5.0
"""A hand that does nothing for so long has done what it wanted; until then all sheets stay: memory
that is new takes longer to be touched first than to be drawn upon."""
_END_S = 2.0

_logger = logging.getLogger(__name__)


class Handle:
    """One process. `changed` is called on its listener's thread when there is something to see."""

    def __init__(
        self,
        main: ChildMain,
        deliver: Callable[[Picture], None],
        changed: Callable[[], None],
        way: Way,
    ) -> None:
        """Start it. Raises OSError when the system has no room for another process."""
        self._deliver = deliver
        self._changed = changed
        self._way = way
        self._told = Told()
        self._sheets = Sheets()
        self._unpacking = Unpacking()
        self._under_way: dict[int, tuple[PictureRequest, dict[PictureKind, Sheet]]] = {}
        self._sent = 0
        self._ended = 0
        self._heard_s = self._told_s = time.monotonic()
        self._slow_number = 1  # the request for which it makes a base map ready
        self.is_gone = False
        self.is_warm = False
        """Whether it has answered: its letters are loaded, its base map is made."""
        spawn = multiprocessing.get_context("spawn")
        self._console, theirs = multiprocessing.Pipe()
        self._process = spawn.Process(target=main, args=(theirs,), name="map drawing", daemon=True)
        try:
            self._process.start()
        except BaseException:
            self._console.close()
            raise
        finally:
            theirs.close()  # the child has its own: ours would keep its end open
        self.pid = self._process.pid or 0
        lower_priority(self.pid)  # also while it begins: the hand is moving the map
        self._listener = threading.Thread(target=self._listen, name="map drawing", daemon=True)
        self._listener.start()

    # What it is told

    @property
    def has_room(self) -> bool:
        """Whether it takes another request: who is late would be told of pictures long past."""
        return len(self._under_way) < MOST_UNDER_WAY

    def is_short(self, request: PictureRequest) -> bool:
        """Whether it knows all of this but where to look, and has its sheets."""
        size_bytes = bytes_for(request.frame.device_px)
        has_sheets = self._sheets.has_free(size_bytes, len(request.versions))
        return has_sheets and self._told.knows(request)

    def draw(self, request: PictureRequest) -> None:
        """Have this drawn. Raises OSError: it is gone, or there is no memory for pictures."""
        number = self._sent + 1
        size_bytes = bytes_for(request.frame.device_px)
        kinds = [kind for kind, _ in request.versions]
        sheets = {kind: self._sheets.take(size_bytes, number) for kind in kinds}
        loader = request.load_ground
        is_new_ground = isinstance(loader, GroundLoader) and not self._told.knows_ground(loader)
        if is_new_ground or not self._under_way:
            self._heard_s = time.monotonic()  # from here on it is waited for
        if is_new_ground:
            self._slow_number = number
        self._under_way[number] = request, sheets
        self._sent, self._told_s = number, time.monotonic()
        names = {kind: sheet.name for kind, sheet in sheets.items()}
        for order in self._told.orders(request, number, names):
            self._console.send(order)

    def rest(self) -> None:
        """Once nobody moves the map: the memory of the steps before is not needed."""
        if time.monotonic() - self._told_s > _RESTS_S and self._sheets.trim(_SPARE):
            self._console.send(Keep(self._sheets.names))

    @property
    def is_busy(self) -> bool:
        """Whether it has something to draw."""
        return bool(self._under_way)

    def is_silent(self) -> bool:
        """Whether it has long said nothing though it should."""
        is_slow = self._ended < self._slow_number
        patience_s = SILENT_WITH_NEW_GROUND_S if is_slow else SILENT_S
        return bool(self._under_way) and time.monotonic() - self._heard_s > patience_s

    # What it says

    def _listen(self) -> None:
        try:
            while True:
                said = self._console.recv_bytes(MOST_BYTES)
                self._way.wait()
                self._hear(said)
        except (EOFError, OSError):
            pass
        except BadAnswer as error:
            _logger.warning("the map's drawing process makes no sense: %s", error)
            self.kill()
        finally:
            self.is_gone = True
            self._changed()

    def _hear(self, data: bytes) -> None:
        answer = self._unpacking.read(data)
        self._heard_s = time.monotonic()
        match answer:
            case Drawn():
                picture = self._picture(answer)
                if self.is_warm:  # until then another draws the same
                    self._deliver(picture)
            case Ended(number):
                self._end(number)
            case Failed(trace):
                _logger.error("a bug in the map's drawing process: %s", trace)

    def _picture(self, answer: Drawn) -> Picture:
        try:
            request, sheets = self._under_way[answer.number]
            sheet, version = sheets[answer.kind], dict(request.versions)[answer.kind]
        except KeyError as error:
            raise BadAnswer(f"nobody asked for {answer.number}") from error
        frame, part = request.frame, request.first_px
        if part is None or not answer.is_first:
            part = QRect(0, 0, frame.width_px, frame.height_px)
        in_device, line_px = frame.in_device(part), frame.device_px[0]
        image = sheet.image(in_device, line_px, FORMATS[answer.kind], frame.dpr)
        shown = frame.part(part.x(), part.y(), part.width(), part.height())
        return Picture(
            kind=answer.kind,
            version=version,
            frame=shown if answer.is_first else frame,
            image=image,
            names=answer.names,
            clusters=answer.clusters,
            is_first=answer.is_first,
            number=request.number,
            troubles=answer.troubles,
        )

    def _end(self, number: int) -> None:
        self._sheets.give_back(number)
        for one in [known for known in list(self._under_way) if known <= number]:
            request, _ = self._under_way.pop(one)
            if isinstance(request.load_ground, GroundLoader):
                request.load_ground.forget()
        self._ended = number
        self.is_warm = True
        self._changed()

    # Its end

    def kill(self) -> None:
        """End it now. Does not wait; may be called by any thread, and twice."""
        with suppress(ValueError):  # closed meanwhile
            self._process.kill()

    def end(self) -> None:
        """End it; nothing is left of it but what is still shown. Not by its listener."""
        self.kill()
        self._process.join(_END_S)
        self._listener.join(_END_S)
        self._console.close()
        self._sheets.close()
        with suppress(ValueError):  # a process that the system does not let go of
            self._process.close()
