"""The look of the console: tokens, fonts and the one stylesheet, all read from resources/theme."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics

from app.thai.fonts import FONT_FILES

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FAMILIES = ["Sarabun", "Noto Sans Lao"]


TEXT_PERCENTS = (100, 110, 125, 150)
"""The text sizes an officer may choose from, in percent."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Tokens by name. `scale` is the officer's text size, 1.0 to 1.5."""

    colours: Mapping[str, str]
    map_colours: Mapping[str, Any]
    sizes: Mapping[str, int]
    scale: float = 1.0

    @property
    def text_percent(self) -> int:
        """The officer's text size, in percent."""
        return round(self.scale * 100)

    def at(self, text_percent: int) -> Theme:
        """The same look at another text size."""
        return replace(self, scale=text_percent / 100)

    def colour(self, token: str) -> QColor:
        """The colour of a token, as a `QColor`."""
        return QColor(_read_colour(self.colours[token]))

    def px(self, logical: float) -> int:
        """A length that grows with the text size, in logical pixels."""
        return round(logical * self.scale)

    def size(self, role: str) -> int:
        """The pixel size of a type role (`body`, `title`, …) at the officer's text size."""
        return self.px(self.sizes[role])

    def font(self, role: str, weight: int = 400) -> QFont:
        """The font of a type role. Weights as in CSS: 400, 500, 600, 700."""
        return QFont(_found_font(self.size(role), weight))

    def words_px(self, role: str, words: str, weight: int = 400) -> int:
        """How wide words are in the font of a type role. What is asked again is not measured again:
        buttons are, at every change of a layout, and every second what a list says."""
        return _words_px(self.size(role), weight, words)

    def stylesheet(self) -> str:
        """The stylesheet with every `{token}` filled in, and every `{number}`, a length that grows
        with the text size. An unknown token is a KeyError.
        """
        text = (RESOURCES / "theme" / "console.qss").read_text(encoding="utf-8")
        values = {**self.colours, "resources": RESOURCES.as_posix()}
        values |= {role: str(self.size(role)) for role in self.sizes}

        def filled(found: re.Match[str]) -> str:
            token = found[1]
            return str(self.px(int(token))) if token.isdecimal() else values[token]

        return re.sub(r"\{([a-z0-9_]+)\}", filled, text)


@lru_cache
def _read_colour(text: str) -> QColor:
    return QColor(text)


@lru_cache
def _found_font(size_px: int, weight: int) -> QFont:
    """Copies of it share what Qt has found out about it: it looks for its letters once."""
    font = QFont(FAMILIES)
    font.setPixelSize(size_px)
    font.setWeight(QFont.Weight(weight))
    return font


@lru_cache(maxsize=4096)
def _words_px(size_px: int, weight: int, words: str) -> int:
    return QFontMetrics(_found_font(size_px, weight)).horizontalAdvance(words)


def load_theme(scale: float = 1.0) -> Theme:
    """Read the theme file. Needs no application."""
    with (RESOURCES / "theme" / "dark.toml").open("rb") as file:
        tokens = tomllib.load(file)
    return Theme(tokens["colour"], tokens["map"], tokens["type"], scale)


def load_fonts() -> None:
    """Give Qt the shipped fonts. Needs the application; system fonts are never relied on."""
    for path in FONT_FILES:
        QFontDatabase.addApplicationFont(str(path))
    _found_font.cache_clear()
    _words_px.cache_clear()
