"""The product, whose readers show their first picture over and over and count it as new.

The reader's own judge of pictures that stand still is silenced: it would find this out, and what is
to be caught here is a product that does not. What replaces the reader stands outside the guard: a
worker process comes by here too.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

from app.video.capture import OpenCvCapture  # noqa: E402
from app.video.standstill import Standstill  # noqa: E402

_make = OpenCvCapture.__init__


class _Repeating:
    """An open camera with one picture."""

    def __init__(self, capture: Any) -> None:
        self._capture = capture
        self._first: Any = None

    def retrieve(self, *arguments: Any) -> Any:
        if self._first is None:
            decoded, frame = self._capture.retrieve(*arguments)
            if not decoded:
                return decoded, frame
            self._first = frame.copy()
        return True, self._first

    def __getattr__(self, name: str) -> Any:
        return getattr(self._capture, name)


def _make_repeating(self: OpenCvCapture, capture: Any, *arguments: Any, **named: Any) -> None:
    _make(self, _Repeating(capture), *arguments, **named)  # type: ignore[arg-type]


def _never_doubtful(self: Standstill, points: Any, now_s: float) -> bool:
    return False


OpenCvCapture.__init__ = _make_repeating  # type: ignore[method-assign]
Standstill.is_doubtful = _never_doubtful  # type: ignore[method-assign]

if __name__ == "__main__":
    from app.commands import main

    main()
