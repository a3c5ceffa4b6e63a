"""Memory for pictures that the console and its drawing process both see, used again and again.

The console makes a sheet and lends it for one request; the process draws upon it; what is drawn is
shown from where it lies, and the sheet is lent again only when no picture of it lives. Its name is
gone as soon as both have it: whoever is killed, nothing is left. Knows no map.
"""

from __future__ import annotations

import itertools
import os
import secrets
import weakref
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from app.platform import SharedMemory, process_started, remove_shared_memory

Bytes = NDArray[np.uint8]
_PIXEL_BYTES = 4


@dataclass(frozen=True, slots=True)
class SheetName:
    """What a process needs to find a sheet."""

    name: str
    size_bytes: int


def bytes_for(size_px: tuple[int, int]) -> int:
    """Of a picture, and one line more: a part of it ends as far right as it begins."""
    width, height = size_px
    return _PIXEL_BYTES * width * (height + 1)


class Sheet:
    """One piece of memory, as the console sees it."""

    def __init__(self, size_bytes: int) -> None:
        """Raises OSError when the machine has no room for it."""
        pid = os.getpid()
        name = f"ssz-{pid}-{process_started(pid) or 0}-{secrets.token_hex(6)}-map"
        self._memory = SharedMemory(name, size_bytes, create=True)
        if not self._memory.reserve(0, size_bytes):
            self._memory.close()
            raise OSError(f"no shared memory of {size_bytes} bytes")
        self._bytes: Bytes = np.frombuffer(self._memory.bytes, np.uint8)
        self._shown: dict[int, weakref.ref[Bytes]] = {}
        self._numbers = itertools.count()
        self.name = SheetName(name, size_bytes)
        self.lent_to = 0
        """The number of the request it is drawn for; 0 for none."""

    @property
    def is_free(self) -> bool:
        """Whether nobody draws upon it or looks at it."""
        return not self.lent_to and not self._shown

    def image(self, part: QRect, line_px: int, pixel_format: QImage.Format, dpr: float) -> QImage:
        """A part of what is drawn, in device pixels, where it lies. `line_px` is the width of the
        whole. The sheet is taken for as long as the image lives, or what Qt keeps of it."""
        line = _PIXEL_BYTES * line_px
        start = part.y() * line + _PIXEL_BYTES * part.x()
        pixels = self._bytes[start : start + line * part.height()]
        number = next(self._numbers)
        self._shown[number] = weakref.ref(pixels, _forgetting(self._shown, number))
        image = QImage(pixels.data, part.width(), part.height(), line, pixel_format)
        image.setDevicePixelRatio(dpr)
        return image

    def settle(self) -> None:
        """Take the name away, the process has it; or nobody needs it. May be called twice."""
        self._memory.close()


def _forgetting(shown: dict[int, Any], number: int) -> Callable[[object], None]:
    def forget(_gone: object) -> None:
        shown.pop(number, None)

    return forget


class Sheets:
    """All sheets of one drawing process. One thread at a time takes and trims, any gives back."""

    def __init__(self) -> None:
        self._all: list[Sheet] = []

    def take(self, size_bytes: int, number: int) -> Sheet:
        """One for a request's picture: a free one, or a new one. Raises OSError without room."""
        for sheet in self._all:
            if sheet.is_free and sheet.name.size_bytes == size_bytes:
                break
        else:
            self.trim(0, but=size_bytes)
            sheet = Sheet(size_bytes)
            self._all.append(sheet)
        sheet.lent_to = number
        return sheet

    def has_free(self, size_bytes: int, count: int) -> bool:
        """Whether so many can be lent without making one, which takes milliseconds."""
        free = [one for one in self._all if one.is_free and one.name.size_bytes == size_bytes]
        return len(free) >= count

    def give_back(self, number: int) -> None:
        """No more is drawn for that request or any before it."""
        for sheet in list(self._all):
            if 0 < sheet.lent_to <= number:
                sheet.settle()
                sheet.lent_to = 0

    def trim(self, spare: int, but: int = 0) -> bool:
        """Let go of free ones beyond so many, those of `but` bytes aside; whether any went."""
        free = [one for one in self._all if one.is_free and one.name.size_bytes != but]
        for sheet in free[spare:]:
            sheet.settle()
            self._all.remove(sheet)
        return len(free) > spare

    @property
    def spare(self) -> int:
        """How many are free."""
        return sum(sheet.is_free for sheet in self._all)

    @property
    def names(self) -> frozenset[str]:
        """Of all there are."""
        return frozenset(sheet.name.name for sheet in self._all)

    def close(self) -> None:
        """The process is gone: no name is left, and what is still shown stays."""
        for sheet in self._all:
            sheet.settle()
        self._all.clear()


class Papers:
    """The sheets as the drawing process sees them."""

    def __init__(self) -> None:
        self._sheets: dict[str, Bytes] = {}

    def paper(
        self, sheet: SheetName, size_px: tuple[int, int], pixel_format: QImage.Format, dpr: float
    ) -> QImage:
        """A picture to draw upon. Raises OSError when the sheet is not there."""
        if sheet.name not in self._sheets:
            memory = SharedMemory(sheet.name, sheet.size_bytes, create=False)
            remove_shared_memory(sheet.name)  # from here on it lives as long as someone sees it
            memory.close()
            self._sheets[sheet.name] = np.frombuffer(memory.bytes, np.uint8)
        pixels = self._sheets[sheet.name]
        width, height = size_px
        image = QImage(pixels.data, width, height, _PIXEL_BYTES * width, pixel_format)
        image.setDevicePixelRatio(dpr)
        return image

    def keep(self, names: Collection[str]) -> None:
        """Let go of all others."""
        for name in [one for one in self._sheets if one not in names]:
            del self._sheets[name]
