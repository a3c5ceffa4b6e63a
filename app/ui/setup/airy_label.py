"""Labels with room for what Thai writes above and below its letters: a tight line cuts it off."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QLabel

from app.ui.widgets.labels import voiced

_Label = TypeVar("_Label", bound=QLabel)
_ABOVE_PX, _BELOW_PX = 3, 2  # Sarabun's tone over a vowel stands higher than its ascent says


def airy(text: str, voice: str = "", state: str = "", *, wraps: bool = False) -> QLabel:
    """A label in one of the stylesheet's voices; `wraps`: over as many lines as it needs."""
    return aired(voiced(text, voice, state), wraps=wraps)


def aired(label: _Label, *, wraps: bool = False) -> _Label:
    """The same label, with room above and below."""
    label.setContentsMargins(0, _ABOVE_PX, 0, _BELOW_PX)
    label.setWordWrap(wraps)
    return label
