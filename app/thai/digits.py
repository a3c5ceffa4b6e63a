"""Thai and Arabic digits, one into the other. Knows nothing of what the numbers mean."""

from __future__ import annotations

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_LAO = "໐໑໒໓໔໕໖໗໘໙"

_TO_THAI = str.maketrans(_ARABIC, _THAI)
_TO_ARABIC = str.maketrans(_THAI + _LAO, _ARABIC * 2)


def to_thai(text: str) -> str:
    """`2569` → `๒๕๖๙`; everything else stays."""
    return text.translate(_TO_THAI)


def to_arabic(text: str) -> str:
    """`๒๕๖๙` → `2569`, Lao digits too (Savannakhet is across the river); the rest stays."""
    return text.translate(_TO_ARABIC)
