"""Every sentence for people has its Thai: the same fields, in Thai letters, and compiled."""

from __future__ import annotations

import io
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.errors import msg
from app.thai.translation import CATALOGUES, Language, language, say, speaking, tr

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS: dict[str, None] = {"tr": None, "msg": None}
THAI_LETTER = re.compile("[\u0e01-\u0e2e]")
# what has no words in it to translate
NO_WORDS = frozenset({"{text}", "{name} · {group}", "{what} {at}", "{unit} · {distance:,.0f} m"})


def sentences(folder: Path) -> set[str]:
    """Every literal inside `tr(…)` and `msg(…)` below a folder."""
    found = extract_from_dir(str(folder), [("**.py", "python")], keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


@pytest.fixture(scope="module")
def in_code() -> set[str]:
    return sentences(ROOT / "app")


@pytest.fixture(scope="module")
def thai() -> dict[str, str]:
    return texts(catalogue())


def catalogue() -> Catalog:
    with (CATALOGUES / "th.po").open("rb") as file:
        return read_po(file, locale="th")


def texts(catalogue: Catalog) -> dict[str, str]:
    """Sentence → Thai."""
    return {str(one.id): str(one.string) for one in catalogue if one.id}


def fields(template: str) -> set[tuple[str, str]]:
    """Names of the fields of a sentence, each with how it is written (`.0f`)."""
    parts = string.Formatter().parse(template)
    return {(name, spec or "") for _, name, spec, _ in parts if name is not None}


def untranslated(wanted: set[str], thai: dict[str, str]) -> set[str]:
    return {sentence for sentence in wanted if not thai.get(sentence, "").strip()}


def wrong_fields(thai: dict[str, str]) -> set[str]:
    return {english for english, text in thai.items() if fields(english) != fields(text)}


def not_thai(thai: dict[str, str]) -> set[str]:
    return {
        english
        for english, text in thai.items()
        if not THAI_LETTER.search(text) and english not in NO_WORDS
    }


def test_every_sentence_in_the_code_has_its_thai(in_code: set[str], thai: dict[str, str]) -> None:
    assert len(in_code) > 300
    assert untranslated(in_code, thai) == set()


def test_no_translation_is_kept_of_a_sentence_that_is_gone(
    in_code: set[str], thai: dict[str, str]
) -> None:
    assert set(thai) - in_code == set()
    assert catalogue().obsolete == {}


def test_the_thai_fills_in_the_same_values_in_the_same_form(thai: dict[str, str]) -> None:
    assert wrong_fields(thai) == set()


def test_the_thai_is_written_in_thai(thai: dict[str, str]) -> None:
    assert not_thai(thai) == set()


def test_nothing_waits_for_a_second_look() -> None:
    assert [one.id for one in catalogue() if one.id and one.fuzzy] == []


def test_the_thai_is_spelt_as_it_is_typed(thai: dict[str, str]) -> None:
    """No sara am in two pieces, no doubled mark, no space at an end, one word for a file."""
    faults = re.compile(r"\u0e4d\u0e32|เเ|([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\1|^\s|\s$|  |แฟ้ม")
    assert {text for text in thai.values() if faults.search(text)} == set()


def test_the_compiled_catalogue_is_the_written_one() -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue())
    assert (CATALOGUES / "th.mo").read_bytes() == compiled.getvalue(), "run: make i18n"


def test_a_sentence_without_its_thai_is_found(tmp_path: Path) -> None:
    (tmp_path / "room.py").write_text('tr("Quite new")\nmsg("{n} new", n=1)\nprint("no text")\n')
    assert sentences(tmp_path) == {"Quite new", "{n} new"}
    assert untranslated({"Quite new", "Old"}, {"Quite new": " ", "Old": "เก่า"}) == {"Quite new"}
    assert wrong_fields({"{n:.0f} m": "{n} ม.", "{a}{b}": "{b}{a}"}) == {"{n:.0f} m"}
    assert not_thai({"Save": "Save", "{text}": "{text}"}) == {"Save"}


def test_a_sentence_inside_a_sentence_is_said_in_the_same_language() -> None:
    sentence = msg("As {role} you may not: {deed}.", role=msg("viewer"), deed=msg("sign in"))
    assert say(sentence, Language.ENGLISH) == "As viewer you may not: sign in."
    assert not re.search("[a-z]", say(sentence, Language.THAI))


def test_a_paper_speaks_thai_whatever_the_windows_speak() -> None:
    with speaking(Language.ENGLISH):
        assert (tr("Radio"), say(msg("Radio"))) == ("Radio", "Radio")
        with speaking(Language.THAI):
            assert (tr("Radio"), say(msg("Radio")), language()) == ("วิทยุ", "วิทยุ", Language.THAI)
            assert say(msg("Radio"), Language.ENGLISH) == "Radio"
        assert language() is Language.ENGLISH
