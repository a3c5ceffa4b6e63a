"""The theme: every text can be read on its ground, every token and icon that is named exists."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.incidents.place_finder import PlaceKind
from app.incidents.story import Mark
from app.ui.icons import paint_icon
from app.ui.live.intake_suggestions import PLACE_ICONS
from app.ui.live.story_list import STORY_ICONS
from app.ui.rail import places
from app.ui.theme import FAMILIES, RESOURCES, TEXT_PERCENTS, Theme

REPOSITORY = Path(__file__).resolve().parents[2]
COLOURS: dict[str, str] = tomllib.loads(
    (RESOURCES / "theme" / "dark.toml").read_text(encoding="utf-8")
)["colour"]
GROUNDS = ("bg", "panel", "raised", "control")
STATES = ("text", "text_2", "red", "amber", "green", "blue")
PAIRS = [
    *((text, ground) for text in (*STATES, "text_3") for ground in GROUNDS),
    *((text, "selected") for text in STATES),
    *(("text_off", ground) for ground in GROUNDS if ground != "control"),  # TOKENS §2: no fill
    *((text, "control_hover") for text in ("text", "text_2")),
    ("red_fill_text", "red_fill"),
    ("red", "red_tint"),
    ("amber", "amber_tint"),
    ("green", "green_tint"),
    *((text, tint) for text in ("text", "text_2") for tint in ("red_tint", "amber_tint")),
    ("text", "green_tint"),
    ("selected_text", "selected"),
    ("selected_text_2", "selected"),
    ("primary_text", "primary"),
    ("primary_text", "primary_hover"),
    ("match_text", "match"),
    ("text_3", "picture"),
]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.1."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_right() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21.0)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(text: str, ground: str) -> None:
    ratio = contrast(COLOURS[text], COLOURS[ground])
    assert ratio >= 4.5, f"{text} on {ground}: {ratio:.2f}:1"


def test_the_stylesheet_names_known_tokens_only_and_no_colour_of_its_own(theme: Theme) -> None:
    text = (RESOURCES / "theme" / "console.qss").read_text(encoding="utf-8")
    named = set(re.findall(r"\{([a-z0-9_]+)\}", text))
    lengths = {name for name in named if name.isdecimal()}
    unknown = named - lengths - set(theme.colours) - set(theme.sizes) - {"resources"}
    assert not unknown
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b|rgba?\(", text), "a colour outside the theme file"
    assert not re.search(r"\{[a-z0-9_]+\}", theme.stylesheet()), "a token was not filled in"


@pytest.mark.parametrize("percent", TEXT_PERCENTS)
def test_a_field_is_as_much_higher_as_its_letters(theme: Theme, qtbot: QtBot, percent: int) -> None:
    large = theme.at(percent)
    field, button = QLineEdit("ที่กู้ ปู่ย่า ญี่ปุ่น"), QPushButton("ปู่ย่า")
    for widget in (field, button):
        qtbot.addWidget(widget)
        widget.setStyleSheet(large.stylesheet())
        widget.show()
        assert widget.height() >= widget.fontMetrics().height() + 2, "marks above or below are cut"
    assert field.height() == pytest.approx(32 * percent / 100, abs=2)


def test_no_screen_names_a_colour_of_its_own() -> None:
    found = [
        f"{path.relative_to(REPOSITORY)}: {hit}"
        for path in (REPOSITORY / "app" / "ui").rglob("*.py")
        for hit in re.findall(r"[\"']#[0-9A-Fa-f]{6,8}[\"']", path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_every_colour_token_that_a_screen_names_exists(theme: Theme) -> None:
    missing = [
        f"{path.name}: {token}"
        for path in (REPOSITORY / "app" / "ui").rglob("*.py")
        for token in re.findall(r"\.colour\(\"([a-z0-9_]+)\"\)", path.read_text(encoding="utf-8"))
        if token not in theme.colours
    ]
    assert not missing


def named_icons() -> set[str]:
    """Every icon that the screens name, found in their text and in their tables."""
    makers = "pixmap|SectionHead|icon|show_state|RailButton|TileWords"
    call = rf"(?:{makers})\((?:[\w.]+, )?\"([a-z0-9-]+)\""
    keyword = r"icon=\"([a-z0-9-]+)\""
    names = (
        {place.icon for place in places()} | set(PLACE_ICONS.values()) | set(STORY_ICONS.values())
    )
    for path in (REPOSITORY / "app" / "ui").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        names |= set(re.findall(call, text)) | set(re.findall(keyword, text))
    return names - {"dot"}


def test_every_icon_that_a_screen_names_is_there_and_draws_something() -> None:
    names = named_icons()
    assert len(names) > 25
    assert set(PLACE_ICONS) == set(PlaceKind)
    assert set(STORY_ICONS) == set(Mark)
    for name in sorted(names):
        image = QImage(24, 24, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.black)
        painter = QPainter(image)
        paint_icon(painter, name, QColor("white"), QRectF(0, 0, 24, 24))
        painter.end()
        assert max(bytes(image.constBits())) > 100, f"{name} draws nothing"


def test_every_letter_on_screen_comes_from_the_shipped_fonts(theme: Theme) -> None:
    known = QFontDatabase.families()
    assert set(FAMILIES) <= set(known)
    for weight in (400, 500, 600, 700):
        assert theme.font("body", weight).families() == FAMILIES


def test_a_larger_text_size_makes_every_type_role_larger() -> None:
    from app.ui.theme import load_theme

    usual, large = load_theme(), load_theme(1.5)
    for role in usual.sizes:
        assert large.size(role) >= 1.4 * usual.size(role)
