"""What is painted first when much changes at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QWidget


@contextmanager
def painted_later(*widgets: QWidget) -> Iterator[None]:
    """What is painted at once within the block is not kept waiting by these: they come after it."""
    held = [widget for widget in widgets if widget.updatesEnabled()]
    for widget in held:
        widget.setUpdatesEnabled(False)
    try:
        yield
    finally:
        for widget in held:
            widget.setUpdatesEnabled(True)
