"""The letters that ship with the program, as files. Knows no Qt: whoever draws loads them."""

from __future__ import annotations

from pathlib import Path

import fontpkg_sarabun

_SARABUN = Path(fontpkg_sarabun.__file__).parent / "files"
_SHIPPED = Path(__file__).resolve().parents[2] / "resources" / "fonts"
FONT_FILES = (
    *(_SARABUN / f"Sarabun-{weight}.ttf" for weight in ("Regular", "Medium", "SemiBold", "Bold")),
    _SHIPPED / "NotoSansLao-Regular.ttf",
    _SHIPPED / "NotoSansLao-Bold.ttf",
)
