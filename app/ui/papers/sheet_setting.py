"""The sheet in the preview: set in the background a moment after it was asked for; newest wins.

In the Qt thread; knows no widget.
"""

from __future__ import annotations

import functools
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import KnownError
from app.ui.background import Background
from app.ui.papers.order import SheetOrder
from app.ui.papers.set_sheet import SetSheet

_SETTLE_MS = 120
Set = Callable[[SheetOrder], SetSheet]


class SheetSetting(QObject):
    """`ask` as often as something changes; what was asked for last is set."""

    began = Signal()
    done = Signal(object)  # SetSheet
    failed = Signal(object)  # KnownError

    def __init__(self, set_: Set, settle_ms: int = _SETTLE_MS) -> None:
        super().__init__()
        self._set = set_
        self._line = Background(workers=1)
        self._number = 0
        self._under_way: SheetOrder | None = None
        self._under_way_number = 0
        self._next: SheetOrder | None = None
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(settle_ms)
        self._settle.timeout.connect(self._begin)

    @property
    def is_busy(self) -> bool:
        """Whether a sheet is asked for and not there yet."""
        return self._next is not None or self._under_way is not None

    def ask(self, order: SheetOrder, *, at_once: bool = False, anew: bool = False) -> None:
        """This one, a moment from now: somebody may be typing still. `at_once`: they are not.

        One that is being set already is waited for, unless it shall be set `anew`: the log has
        more about it meanwhile.
        """
        self._number += 1
        self._next = order
        self.began.emit()
        if order == self._under_way and not anew:
            self._next, self._under_way_number = None, self._number
            self._settle.stop()
        elif at_once:
            self._settle.stop()
            self._begin()
        else:
            self._settle.start()

    def forget(self) -> None:
        """Nothing is wanted any more; what is being set is not told."""
        self._number += 1
        self._next = None
        self._settle.stop()

    def stop(self) -> None:
        """The console ends."""
        self.forget()
        self._line.stop()

    def _begin(self) -> None:
        order = self._next
        if order is None or self._under_way is not None:
            return  # the one under way begins the next
        self._next = None
        self._under_way, self._under_way_number = order, self._number
        self._line.run(functools.partial(self._set, order), self._on_done, self._on_failed)

    def _on_done(self, found: SetSheet) -> None:
        self._under_way = None
        if self._under_way_number == self._number:
            self.done.emit(found)
        elif not self._settle.isActive():
            self._begin()

    def _on_failed(self, error: KnownError) -> None:
        self._under_way = None
        if self._under_way_number == self._number:
            self.failed.emit(error)
        elif not self._settle.isActive():
            self._begin()
