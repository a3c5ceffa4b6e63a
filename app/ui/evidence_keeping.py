"""What evidence needs while a console is open: exports cut short are taken away, days are sealed.

All of it in the background; knows no widget.
"""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer

from app.errors import KnownError
from app.evidence.office import EvidenceOffice
from app.ui.background import Background, WhenFailed

_LOOK_EVERY_MS = 60_000

_logger = logging.getLogger(__name__)


class EvidenceKeeping(QObject):
    """Looks once a minute whether a day has ended that is not sealed yet."""

    def __init__(self, office: EvidenceOffice, background: Background) -> None:
        super().__init__()
        self._office = office
        self._background = background
        self._failed: WhenFailed = _note
        self._told = ""
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self, failed: WhenFailed) -> None:
        """After the window's first paint; `failed` hears once of what somebody must do."""
        self._failed = failed
        self._background.run(self._clean, self._on_done, self._on_failed)
        self._timer.start()

    def stop(self) -> None:
        """Look no more. Before the background is stopped."""
        self._timer.stop()

    def _look(self) -> None:
        self._background.run(self._office.seal_if_due, self._on_done, self._on_failed)

    def _clean(self) -> None:
        from app.evidence.unfinished_exports import remove_unfinished  # seldom needed

        remove_unfinished(self._office)

    def _on_done(self, _result: object) -> None:
        self._told = ""

    def _on_failed(self, error: KnownError) -> None:
        _logger.warning("the log could not be sealed: %s", error)
        if str(error) != self._told:
            self._told = str(error)
            self._failed(error)


def _note(error: KnownError) -> None:
    """Until somebody listens, the program's log alone does."""
