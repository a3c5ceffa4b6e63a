"""Takes the names of those who asked for it out of every text that leaves the station.

What is looked for are the names and telephone numbers in the fields that name people. A name that a
narrative spells otherwise cannot be found: whoever prints is told to read it once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from app.incidents.incident import Report
from app.thai.clusters import find_spans
from app.thai.excerpt import join_spans
from app.thai.text import search_clusters

HIDDEN = "[ปกปิด]"
_SHORTEST_WORD = 3  # clusters: a shorter one is part of too many words; with its title it is found
_SHORTEST_NAME = 2
_PIECES = re.compile(r"[\n\r,;/·•]|\sและ\s|(?:^|\s)\d{1,2}[.)]\s?")
_PHONE = re.compile(r"(?<!\d)(?:\+?66|0)[\d\-– .]{7,13}\d(?!\d)")
_TITLES = (
    "นางสาว", "นาย", "นาง", "น.ส.", "ด.ช.", "ด.ญ.", "เด็กชาย", "เด็กหญิง", "พระ", "คุณ", "ท้าว",
    "พ.ต.อ.", "พ.ต.ท.", "พ.ต.ต.", "ร.ต.อ.", "ร.ต.ท.", "ร.ต.ต.", "ด.ต.", "จ.ส.ต.", "ส.ต.อ.",
    "ส.ต.ท.", "ส.ต.ต.", "Mr.", "Mrs.", "Ms.", "Miss", "Mr", "Mrs", "Ms",
)  # fmt: skip
_TITLE = re.compile(f"({'|'.join(re.escape(title) for title in _TITLES)})")
_AFTER_A_NAME = re.compile(
    r"\s*(?:\(|อายุ|โทร|อยู่บ้าน|บ้านเลขที่|เลขที่|ถูก|ได้รับ|บาดเจ็บ|เจ็บ|สัญชาติ|age\b|\d).*",
    re.DOTALL,
)
_NO_NAME = (
    "เสียหาย", "เจ้าของ", "ร้าน", "พนักงาน", "ไม่", "ผู้", "คน", "นัก", "ลูก", "ชาย", "หญิง", "เด็ก",
    "บริษัท", "โรงเรียน", "ประสงค์", "รถ",
)  # fmt: skip
"""What a word begins with that names nobody, where no title stands before it."""
_WORDS_OF_A_NAME = 3  # given name, and a surname that may be written in two


class HiddenNames:
    """Knows what must not be read. `found` counts how often something was taken out."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._words = tuple(sorted(set(words), key=lambda word: (-len(word), word)))
        self.found = 0

    @classmethod
    def of(cls, fields: Iterable[str], phones: Iterable[str] = ()) -> HiddenNames:
        """From the fields that name people, and those that hold their numbers."""
        words: set[str] = set()
        for field in fields:
            words |= _names_in(field) | _numbers_in(field)
        for phone in phones:
            words |= _numbers_in(phone) or _long_enough([phone.strip()], _SHORTEST_WORD)
        return cls(words)

    @classmethod
    def of_report(cls, report: Report) -> HiddenNames:
        """What a report names, where its caller asked to stay unnamed; nothing otherwise."""
        if not report.caller_unnamed:
            return cls()
        return cls.of((report.caller, report.victims), (report.caller_phone,))

    def out_of(self, text: str) -> str:
        """The text without them."""
        if not self._words or not text:
            return text
        spans = join_spans([span for word in self._words for span in find_spans(text, word)])
        self.found += len(spans)
        parts: list[str] = []
        done = 0
        for span in spans:
            parts += (text[done : span.start], HIDDEN)
            done = span.end
        return "".join(parts) + text[done:]


def _names_in(field: str) -> set[str]:
    """The names in a field of people: each person's whole name, and each word of it."""
    names: set[str] = set()
    for piece in _PIECES.split(_PHONE.sub("\n", field)):
        before, *titled = _TITLE.split(piece)
        if not titled:
            names |= _of_nobody_titled(before)
        for title, rest in zip(titled[::2], titled[1::2], strict=True):
            words = _words(rest)
            names |= _long_enough([" ".join(words)], _SHORTEST_NAME)
            names |= _long_enough([title + word for word in words[:1]], _SHORTEST_NAME)
            names |= _long_enough(words, _SHORTEST_WORD)
    return names


def _of_nobody_titled(text: str) -> set[str]:
    """A name without a title: whatever stands there, and its words unless they are plain words."""
    words = _words(text)
    names = [word for word in words if not word.startswith(_NO_NAME)]
    return _long_enough([" ".join(words)], _SHORTEST_WORD) | _long_enough(names, _SHORTEST_WORD)


def _words(text: str) -> list[str]:
    return _AFTER_A_NAME.sub("", text).strip(" .:–-").split()[:_WORDS_OF_A_NAME]


def _long_enough(words: Iterable[str], shortest: int) -> set[str]:
    return {word for word in words if len(search_clusters(word)) >= shortest}


def _numbers_in(text: str) -> set[str]:
    """Telephone numbers as bare digits: the search skips what stands between them."""
    return {"".join(re.findall(r"\d", found[0])) for found in _PHONE.finditer(text)}
