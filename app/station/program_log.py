"""The program's own log, in the station's logs folder: no secrets, no names, no narratives."""

from __future__ import annotations

import logging
import logging.handlers
import time
from pathlib import Path

from app.station.disk import telling
from app.station.redaction import RedactingFilter, Redactor

_LINES = "%(asctime)s.%(msecs)03dZ %(levelname)s %(threadName)s %(name)s: %(message)s"
_MAX_BYTES = 2_000_000
_KEPT = 5


class ProgramLog:
    """Between start and stop, writes what the program's loggers say to `logs/<program>.log`.

    `program` names the process (`console`, `recorder`): two must not rotate one file.
    """

    def __init__(self, folder: Path, program: str, redactor: Redactor) -> None:
        self._file = folder / f"{program}.log"
        self._redactor = redactor
        self._handler: _Handler | None = None

    @property
    def lost(self) -> int:
        """How many lines could not be written, as on a full disk."""
        return self._handler.lost if self._handler else 0

    def start(self) -> None:
        """Write from now on: the program's own from INFO, everybody else's from WARNING."""
        with telling(self._file):
            self._handler = _Handler(self._file, self._redactor)
        logging.getLogger().addHandler(self._handler)
        logging.getLogger("app").setLevel(logging.INFO)

    def stop(self) -> None:
        """Write no more and close the file. Harmless when it was not started."""
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()


class _Handler(logging.handlers.RotatingFileHandler):
    """Never raises and never prints: a log that cannot be written must not stop the console."""

    def __init__(self, file: Path, redactor: Redactor) -> None:
        super().__init__(file, maxBytes=_MAX_BYTES, backupCount=_KEPT, encoding="utf-8")
        self.lost = 0
        formatter = logging.Formatter(_LINES, "%Y-%m-%dT%H:%M:%S")
        formatter.converter = time.gmtime
        self.setFormatter(formatter)
        self.addFilter(RedactingFilter(redactor))

    def handleError(self, record: logging.LogRecord) -> None:
        self.lost += 1

    def close(self) -> None:
        try:
            super().close()
        except OSError:  # what was still to be written found no room
            self.lost += 1
            logging.Handler.close(self)
