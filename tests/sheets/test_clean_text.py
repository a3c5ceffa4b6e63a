"""What a paper cannot draw stands there to be seen, and nothing that it can draw is changed."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sheets.clean_text import ZERO_WIDTH_SPACE, clean, cleaned
from app.sheets.fonts import drawn_characters, paper_fonts


@pytest.mark.parametrize(
    ("typed", "set_as"),
    [
        ("ก่อนที่ปู่จะกู้น้ำ ฎุฏู ญ๎ ฤๅ", "ก่อนที่ปู่จะกู้น้ำ ฎุฏู ญ๎ ฤๅ"),
        ("ສະຫວັນນະເຂດ ກໍ່", "ສະຫວັນນະເຂດ ກໍ່"),
        ("#strong[x] $a$ *b* @c <d> \\e", "#strong[x] $a$ *b* @c <d> \\e"),
        ("a\u202eb", "a[U+202E]b"),
        ("\u2066x\u2069", "[U+2066]x[U+2069]"),
        ("\x00\x01\x1b\x7f\x85", "[U+0000][U+0001][U+001B][U+007F][U+0085]"),
        ("🚓", "[U+1F693]"),
        ("中文", "[U+4E2D][U+6587]"),
        ("שלום", "[U+05E9][U+05DC][U+05D5][U+05DD]"),
        ("\ud800", "[U+D800]"),
        ("\ue000\uffff", "[U+E000][U+FFFF]"),
        ("a\tb\r\nc\rd\u2028e", "a b\nc\nd\ne"),
        ("a\u3000b", "a b"),
        ("ก" + "่" * 6, "ก่่่่[U+0E48][U+0E48]"),
        (f"ไป{ZERO_WIDTH_SPACE}มา", f"ไป{ZERO_WIDTH_SPACE}มา"),
    ],
)
def test_what_was_typed_is_what_is_set_or_says_what_it_is(typed: str, set_as: str) -> None:
    assert clean(typed).replace("]" + ZERO_WIDTH_SPACE, "]") == set_as


def test_a_word_without_an_end_may_be_broken_and_says_the_same() -> None:
    long = "x" * 20_000
    assert clean(long).replace(ZERO_WIDTH_SPACE, "") == long
    assert max(len(piece) for piece in clean(long).split(ZERO_WIDTH_SPACE)) == 8
    assert clean("9f3c71a804deb2c5") == "9f3c71a804deb2c5"


def test_it_goes_as_deep_as_the_data_do_and_leaves_numbers() -> None:
    data = {"a": ["\x01", {"b": ("🚓", 1, 2.5, True, None)}]}
    assert cleaned(data) == {"a": ["[U+0001]", {"b": ["[U+1F693]", 1, 2.5, True, None]}]}
    with pytest.raises(TypeError):
        cleaned({"a": object()})


@given(st.text(st.characters(), max_size=60))
def test_everything_that_is_set_is_drawn_by_a_shipped_font(typed: str) -> None:
    text = clean(typed)
    drawn = drawn_characters()
    for letter in text:
        assert letter in "\n" + ZERO_WIDTH_SPACE or ord(letter) in drawn
        assert letter in "\n" + ZERO_WIDTH_SPACE or unicodedata.category(letter)[0] != "C"
    assert clean(text) == text


def test_the_fonts_draw_what_an_oracle_says_they_draw(qapp: object) -> None:
    """Qt reads the same files by code of its own."""
    from PySide6.QtGui import QRawFont

    drawn = drawn_characters()
    fonts = [QRawFont(str(path), 11.0) for path in paper_fonts()]
    for code in [*range(0x20, 0x250), *range(0xE00, 0xF00), 0x2013, 0x2026, 0x20AC, 0x1F693]:
        lao = code >= 0xE80
        family = [font for font in fonts if ("Lao" in font.familyName()) == lao]
        others = [font for font in fonts if ("Lao" in font.familyName()) != lao]
        by_qt = any(
            all(font.supportsCharacter(code) for font in group) for group in (family, others)
        )
        assert (code in drawn) == by_qt, hex(code)
