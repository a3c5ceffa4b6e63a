"""The station's own radio codes: what ว.10 and the like stand for. Every set is an entry.

No official list is shipped: codes differ from province to province, and some are not public.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from app.duty.units import UnitState
from app.errors import KnownError, msg
from app.log import Actor, Connection, Entry, Log, Row
from app.thai.collation import sort_key
from app.thai.digits import to_arabic

CODE_LIMIT = 12  # characters
WORDS_LIMIT = 120
MEANINGS = (UnitState.FREE, UnitState.RESTING, UnitState.ON_THE_WAY, UnitState.ON_SCENE)
"""What a code may say of the unit that gives it, beside its words."""

_LETTER = "\\w\u0e00-\u0e7f"  # Thai vowels and tones are no \\w


@dataclass(frozen=True, slots=True)
class RadioCode:
    """A code and its words. `state` is what a unit does that gives it, or nothing."""

    code: str
    words: str
    state: UnitState | None = None
    sample: bool = False

    @property
    def key(self) -> str:
        """What it is known by: `ว10` for ว.10, ว 10 and ว.๑๐."""
        return code_key(self.code)

    def checked(self) -> RadioCode:
        """Itself trimmed, or a `KnownError` that says what is wrong with it."""
        code, words = self.code.strip(), self.words.strip()
        if not self.key or len(code) > CODE_LIMIT or not code.isprintable():
            raise KnownError(
                msg("A radio code has 1 to {limit} letters and digits.", limit=CODE_LIMIT),
                safe=msg("Nothing was saved; what you typed is still here."),
                do=msg("Type it as it is said: a letter and its number."),
            )
        if not words or len(words) > WORDS_LIMIT or not words.isprintable():
            raise KnownError(
                msg("The words of a code have 1 to {limit} characters.", limit=WORDS_LIMIT),
                safe=msg("Nothing was saved; what you typed is still here."),
                do=msg("Type what the code stands for."),
            )
        return replace(self, code=code, words=words)


def code_key(code: str) -> str:
    """A code without dots, spaces and hyphens at its ends, in Arabic digits and one case."""
    return re.sub(r"[.\s]+", "", to_arabic(code)).strip("-–").casefold()


@dataclass(frozen=True, slots=True)
class RadioCodeSet:
    """A code stands for these words from now on."""

    kind: ClassVar[str] = "radio_code_set"
    code: RadioCode

    @property
    def subject(self) -> str:
        return f"radio-{self.code.key}"

    def body(self) -> Mapping[str, Any]:
        code = self.code
        return {
            "code": code.code,
            "words": code.words,
            "state": code.state.value if code.state else "",
            "sample": code.sample,
        }


@dataclass(frozen=True, slots=True)
class RadioCodeRemoved:
    """A code stands for nothing any more; what was written with it is spelt out already."""

    kind: ClassVar[str] = "radio_code_removed"
    code: str

    @property
    def subject(self) -> str:
        return f"radio-{code_key(self.code)}"

    def body(self) -> Mapping[str, Any]:
        return {}


class RadioCodesView:
    """The table `radio_codes`: what each code stands for now."""

    tables = ("radio_codes",)
    kinds = frozenset({RadioCodeSet.kind, RadioCodeRemoved.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS radio_codes(id TEXT PRIMARY KEY, code TEXT NOT NULL,"
            " words TEXT NOT NULL, state TEXT NOT NULL, sample INTEGER NOT NULL) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        """An erased one leaves nothing: no older words come back in its place."""
        db.execute("DELETE FROM radio_codes WHERE id = ?", (entry.subject,))
        data = entry.data()
        if entry.kind == RadioCodeSet.kind and data:
            db.execute(
                "INSERT INTO radio_codes VALUES(?, ?, ?, ?, ?)",
                (entry.subject, data["code"], data["words"], data["state"], int(data["sample"])),
            )


def radio_codes(db: Connection) -> list[RadioCode]:
    """The station's codes, in their order."""
    rows = db.execute("SELECT code, words, state, sample FROM radio_codes")
    return sorted((_code(row) for row in rows), key=lambda one: sort_key(one.code))


def set_radio_code(log: Log, code: RadioCode, *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """Give a code its words. KnownError at once if either will not do."""
    return log.append(RadioCodeSet(code.checked()), actor=actor)


def remove_radio_code(log: Log, code: str, *, actor: Actor) -> Future[tuple[Entry, ...]]:
    """The station uses this code no longer."""
    return log.append(RadioCodeRemoved(code), actor=actor)


class CodeBook:
    """The codes of one moment, found in what people type."""

    def __init__(self, codes: Iterable[RadioCode]) -> None:
        self._codes = {code.key: code for code in codes}
        longest_first = sorted(self._codes, key=len, reverse=True)
        self._pattern = re.compile(
            f"(?<![{_LETTER}])(?:{'|'.join(_spelling(key) for key in longest_first)})"
            f"(?![{_LETTER}]|[.-]\\d)",
            re.IGNORECASE,
        )

    def first(self, text: str) -> RadioCode | None:
        """The code a text begins with."""
        found = self._pattern.match(text.lstrip()) if self._codes else None
        return self._codes[code_key(found[0])] if found else None

    def spell_out(self, text: str) -> str:
        """The text with the words of each code behind it: `ว.22 (ถึงที่หมาย) หน้าวัด`.

        A code whose words stand behind it already is left as it is.
        """
        if not self._codes:
            return text
        return self._pattern.sub(lambda found: self._spelt(found, text), text)

    def _spelt(self, found: re.Match[str], text: str) -> str:
        words = f" ({self._codes[code_key(found[0])].words})"
        return found[0] if text.startswith(words, found.end()) else found[0] + words


def _spelling(key: str) -> str:
    """Each letter of a code, its digits in either script, with a dot or a space before them."""
    return "".join(
        _letter(letter) + ("" if letter.isdigit() else r"[.\s]?") for letter in key[:-1]
    ) + _letter(key[-1])


def _letter(letter: str) -> str:
    if letter.isascii() and letter.isdigit():
        return f"[{letter}{chr(0x0E50 + int(letter))}]"
    return re.escape(letter)


def _code(row: Row) -> RadioCode:
    return RadioCode(row[0], row[1], UnitState(row[2]) if row[2] else None, bool(row[3]))
