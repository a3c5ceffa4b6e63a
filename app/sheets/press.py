"""Sets papers: data, template and pictures in, a PDF/A with its data attached out.

Typst runs in a process of its own that is kept warm (`press_process.py`). A station's own template
that does not compile, loops or reaches for what it is not given costs that process only; the
shipped one is used then, and the paper's notes say so. Blocking: called in a background thread.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from app.errors import KnownError, Message, msg
from app.log import Head
from app.sheets import press_process
from app.sheets.clean_text import clean
from app.sheets.fonts import drawn_characters, paper_fonts
from app.sheets.letterhead import letterhead
from app.sheets.paper_data import (
    DATA_NAME,
    Printing,
    attached,
    code_text,
    for_template,
    paper_data,
    station_fingerprint,
)
from app.sheets.press_handle import PressEndedError, PressHandle, PressLateError, PressMain
from app.sheets.press_messages import Answer, Done, Order, Refused
from app.sheets.sheet import Sheet, Typeset
from app.sheets.template_words import Trouble, not_used, why_late, why_lost, why_refused
from app.sheets.templates import Template, TemplateFaultError, own_template, shipped_template
from app.station import StationFolder
from app.station.version import VERSION
from app.thai.dates import date_time
from app.thai.translation import Language

LIMIT_S = 20.0
COPY_MARK = "copy_mark"
_OURS = frozenset({"main.typ", DATA_NAME, "qr.svg"})
_SAFE = msg("Nothing was printed; what is in the log is safe.")
_Made = TypeVar("_Made")

_logger = logging.getLogger(__name__)


class Press:
    """One a console. `head`: where the log stands, asked when a paper is set without one."""

    def __init__(
        self,
        folder: StationFolder,
        head: Callable[[], Head],
        *,
        limit_s: float = LIMIT_S,
        main: PressMain = press_process.main,
    ) -> None:
        """Starts nothing yet. `limit_s`: how long a paper may take; `main`: for tests."""
        self._folder = folder
        self._head = head
        self._limit_s = limit_s
        self._main = main
        self._handle: PressHandle | None = None
        self._is_closing = False
        self._unfit: dict[str, Message] = {}
        """Why a station's own template was not used, by its hash: a loop costs its time once."""
        # One thread that lasts: on Linux the process ends with the thread that has started it.
        self._hand = ThreadPoolExecutor(1, thread_name_prefix="press")

    def warm(self) -> None:
        """Start the process before somebody waits for a paper. Does not wait."""
        with suppress(RuntimeError):  # closed meanwhile
            self._hand.submit(self._warm)

    def set(
        self,
        sheet: Sheet,
        at: datetime,
        printed_by: str,
        *,
        number: int = 1,
        head: Head | None = None,
    ) -> Typeset:
        """The paper, its bytes the same whenever sheet, time, person, number and head are.

        `at`: the print's time, aware; `printed_by`: rank and name; `head`: of the log in the state
        that the sheet was gathered in. Raises KnownError: it cannot be set.
        """
        printing = Printing(at, printed_by, number, self._head() if head is None else head)
        return self._by_hand(lambda: self._set(sheet, printing))

    def marked_as_copy(self, pdf: bytes, at: datetime, printed_by: str) -> bytes:
        """A stored paper with “สำเนา”, the time and the person at the top of each page, to be
        printed; the stored bytes stay as they are. Raises KnownError."""
        return self._by_hand(lambda: self._marked(pdf, at, printed_by))

    def close(self) -> None:
        """End the process; whoever waits is refused. May be called twice."""
        self._is_closing = True
        handle = self._handle
        if handle is not None:
            handle.kill()
        self._hand.shutdown(wait=True, cancel_futures=True)
        self._end()

    def _by_hand(self, work: Callable[[], _Made]) -> _Made:
        try:
            return self._hand.submit(work).result()
        except (CancelledError, RuntimeError) as error:
            if self._is_closing:
                raise _closing() from error
            raise

    # In the press's own thread

    def _warm(self) -> None:
        try:
            drawn_characters()
            self._running().typst_version()
        except (KnownError, PressEndedError, PressLateError) as error:
            self._end()
            _logger.info("the press did not start: %s", error)  # told when it is asked for

    def _set(self, sheet: Sheet, printing: Printing) -> Typeset:
        began_s = time.monotonic()
        if _OURS & sheet.files.keys() or any(name.endswith(".typ") for name in sheet.files):
            raise ValueError("a sheet's file has a name of the press's own")
        self._running()  # the first time it starts while the data are made ready here
        head = letterhead(self._folder.root)
        notes = [*sheet.notes] if head.trouble is None else [*sheet.notes, head.trouble]
        key = station_fingerprint(self._folder)
        data = paper_data(sheet, printing, self._folder, key, head.data)
        attachment = attached(data)
        data_sha256 = hashlib.sha256(attachment).hexdigest()
        order = Order(
            files={DATA_NAME: attachment, **sheet.files, **head.files},
            data=for_template(data, printing, data_sha256, head.name),
            made_s=int(printing.at.timestamp()),
            qr=code_text(data, data_sha256),
        )
        template, done = self._by_own_or_shipped(sheet.kind, order, notes)
        notes += [
            msg("The picture {name} cannot be read; a cross stands in its place.", name=name)
            for name in done.crossed_out
        ]
        from app.sheets.pages import Pages  # pdfium: no start waits for it

        with Pages(done.pdf) as pages:
            count = pages.count
        return Typeset(
            sheet=sheet,
            pdf=done.pdf,
            sha256=hashlib.sha256(done.pdf).hexdigest(),
            pages=count,
            template=template.sha256,
            versions={"program": VERSION, "typst": self._running().typst_version()},
            took_ms=1000 * (time.monotonic() - began_s),
            notes=tuple(notes),
            data=attachment,
            data_sha256=data_sha256,
        )

    def _by_own_or_shipped(
        self, kind: str, order: Order, notes: list[Message]
    ) -> tuple[Template, Done]:
        """Set with the station's own template; with the shipped one if that will not do."""
        own = self._own(kind, notes)
        if own is not None:
            try:
                return own, self._compiled(own, order)
            except Trouble as trouble:
                self._unfit[own.sha256] = trouble.why
                notes.append(not_used(trouble.why))
        shipped = shipped_template(kind)
        try:
            return shipped, self._compiled(shipped, order)
        except Trouble as trouble:
            _logger.warning("%s was not set", shipped.file)
            raise KnownError(
                msg("The paper could not be set: {why}", why=trouble.why),
                safe=_SAFE,
                do=msg("Leave out pictures or entries, or choose another paper."),
            ) from trouble

    def _own(self, kind: str, notes: list[Message]) -> Template | None:
        """The station's own template, if it has one that may do."""
        try:
            own = own_template(kind, self._folder.root)
        except TemplateFaultError as fault:
            notes.append(not_used(fault.why))
            return None
        if own is not None and own.sha256 in self._unfit:
            notes.append(not_used(self._unfit[own.sha256]))
            return None
        return own

    def _compiled(self, template: Template, order: Order) -> Done:
        """Raises Trouble, which says in words what went wrong."""
        files = {**order.files, **template.styles, "main.typ": template.main}
        wanted = Order(files, order.data, order.made_s, order.qr, order.standard)
        try:
            answer = self._asked(wanted)
        except PressLateError as error:
            self._end()
            raise Trouble(why_late(template.file, error.seconds)) from error
        except PressEndedError as error:
            self._end()
            raise Trouble(why_lost(template.file)) from error
        if isinstance(answer, Done):
            return answer
        if isinstance(answer, Refused):
            raise Trouble(why_refused(template.file, answer))
        raise TypeError(f"an answer to nothing: {answer!r}")

    def _asked(self, order: Order) -> Answer:
        """Once more with a new process when the one there had ended: it may have been killed while
        it had nothing to do."""
        was_there = self._handle is not None
        try:
            return self._running().ask(order, self._limit_s)
        except PressEndedError:
            self._end()
            if not was_there:
                raise
            return self._running().ask(order, self._limit_s)

    def _marked(self, pdf: bytes, at: datetime, printed_by: str) -> bytes:
        words = {"at": date_time(at, Language.THAI), "by": clean(printed_by)}
        order = Order({}, json.dumps(words), int(at.timestamp()), standard="")
        try:
            stamp = self._compiled(shipped_template(COPY_MARK), order)
        except Trouble as trouble:
            raise KnownError(
                msg("The copy could not be marked: {why}", why=trouble.why), safe=_SAFE
            ) from trouble
        from app.sheets.pages import with_stamp  # as above

        return with_stamp(pdf, stamp.pdf)

    def _running(self) -> PressHandle:
        if self._is_closing:
            raise _closing()
        if self._handle is None:
            fonts = tuple(str(path) for path in paper_fonts())
            try:
                self._handle = PressHandle(self._main, fonts)
            except OSError as error:
                raise KnownError(
                    msg("The computer has no room to set a paper now."),
                    safe=_SAFE,
                    do=msg("Close other programs, then print again."),
                ) from error
        return self._handle

    def _end(self) -> None:
        handle, self._handle = self._handle, None
        if handle is not None:
            handle.end()


def _closing() -> KnownError:
    return KnownError(msg("The program is closing; the paper was not set."), safe=_SAFE)
