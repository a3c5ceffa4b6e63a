"""Thai text as it is compared, searched and marked. Knows letters, not words and not databases.

The unit of search is the grapheme cluster: a base letter with its vowels and tone above or below.
Thai writes no spaces between words and a word list misses compounds, so clusters are what is
counted, indexed and highlighted.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

# marks that stand on the letter before them: Thai, Lao, and what other scripts combine
_THAI_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_LAO_MARKS = "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
_OTHER_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1ace\u1dc0-\u1dff\u200c\u200d\u20d0-\u20f0"
    "\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
_EXTENDING = f"{_THAI_MARKS}{_LAO_MARKS}\u0e33\u0eb3{_OTHER_MARKS}"  # sara am belongs to its letter
_CONTROLS = "\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
_PICTURES = "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f"
_PICTURES += "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa"
_PICTURES += "\U0001f400-\U0001faff"

# Unicode's extended grapheme clusters (UAX #29) for Thai, Lao, Latin, flags and emoji; a cluster
# never begins with a mark unless nothing stands before it
CLUSTER = re.compile(
    "\r\n"
    f"|[{_CONTROLS}]"
    f"|[{_PICTURES}][{_EXTENDING}]*(?:(?<=\u200d)[{_PICTURES}][{_EXTENDING}]*)*"
    f"|[\U0001f1e6-\U0001f1ff]{{2}}[{_EXTENDING}]*"
    f"|[^{_CONTROLS}][{_EXTENDING}]*"
)
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""What normalising takes away, for a class of a regular expression."""
_LOST_MARK = re.compile(f"[{_EXTENDING}]")


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in a text: `text[start:end]`, on cluster borders."""

    start: int
    end: int


def normalise(text: str) -> str:
    """One spelling for what looks the same, for comparing and searching; never for storing.

    ํา is ำ, เเ is แ, marks once and in one order, Arabic digits, no zero-width characters, one case.
    """
    for pattern, replace in _STEPS:
        text = pattern.sub(replace, text)
    return text


def clusters(text: str) -> list[str]:
    """The text cut into grapheme clusters; joined they are the text again."""
    return CLUSTER.findall(text)


def search_clusters(text: str) -> list[str]:
    """The clusters that are searched: of the normalised text, without spaces and punctuation."""
    return [cluster for cluster in CLUSTER.findall(normalise(text)) if _is_written(cluster)]


def find_matches(text: str, query: str) -> tuple[Span, ...]:
    """Where `query` stands in `text`, as written there, left to right and without overlap.

    Spelling differences, spaces and punctuation do not matter; the last cluster may be one still
    being typed (`ก` finds `กี่`). Nothing is found for a query without a letter or digit.
    """
    wanted = search_clusters(query)
    if not wanted:
        return ()
    found = _traced_clusters(text)
    spans: list[Span] = []
    first, last = 0, len(wanted) - 1
    while first + last < len(found):
        here = found[first : first + len(wanted)]
        whole = all(here[i][0] == wanted[i] for i in range(last))
        if whole and here[last][0].startswith(wanted[last]):
            spans.append(Span(here[0][1].start, here[last][1].end))
            first += len(wanted)
        else:
            first += 1
    return tuple(spans)


# -- normalising -------------------------------------------------------------------------------

_TONES = "\u0e48\u0e49\u0e4a\u0e4b\u0ec8\u0ec9\u0eca\u0ecb"
# vowels, nikhahit, tones, thanthakhat, sara am
_ORDER = {"\u0e4d": 1, "\u0ecd": 1, "\u0e4c": 3, "\u0ecc": 3, "\u0e33": 4, "\u0eb3": 4}
_ORDER |= dict.fromkeys(_TONES, 2)


def _ordered_marks(found: re.Match[str]) -> str:
    return "".join(sorted(set(found[0]), key=lambda mark: (_ORDER.get(mark, 0), mark)))


def _one_case(found: re.Match[str]) -> str:
    folded = unicodedata.normalize("NFD", found[0]).casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", folded).casefold())


def _arabic_digit(found: re.Match[str]) -> str:
    return str(unicodedata.digit(found[0]))


_Step = tuple[re.Pattern[str], "str | Callable[[re.Match[str]], str]"]
_STEPS: tuple[_Step, ...] = (
    (re.compile(f"[{INVISIBLE}]+"), ""),
    (
        re.compile("[a-zA-Z][\u0300-\u036f]+|[A-Z]|[^\x00-\x7f\u0e00-\u0eff][\u0300-\u036f]*"),
        _one_case,
    ),
    (re.compile("[\u0e50-\u0e59\u0ed0-\u0ed9]"), _arabic_digit),
    (re.compile("\u0e40\u0e40"), "\u0e41"),
    (re.compile(f"\u0e4d([{_THAI_MARKS}]*)\u0e32"), "\\1\u0e33"),
    (re.compile(f"\u0ecd([{_LAO_MARKS}]*)\u0eb2"), "\\1\u0eb3"),
    (re.compile(f"[{_THAI_MARKS}\u0e33]{{2,}}"), _ordered_marks),
    (re.compile(f"[{_LAO_MARKS}\u0eb3]{{2,}}"), _ordered_marks),
)


# -- where normalised clusters stood ------------------------------------------------------------


@functools.lru_cache(maxsize=256)  # one text is held against what is typed at every letter
def _traced_clusters(text: str) -> list[tuple[str, Span]]:
    """Each searched cluster of the normalised text, and where it stands in the text as written."""
    plain, came_from = _traced_normalise(text)
    ends = {found.end(): found.start() for found in CLUSTER.finditer(text)}
    starts = {start: end for end, start in ends.items()}
    traced: list[tuple[str, Span]] = []
    for found in CLUSTER.finditer(plain):
        if _is_written(found[0]):
            sources = came_from[found.start() : found.end()]
            start = min(span.start for span in sources)
            end = max(span.end for span in sources)
            while start not in starts:  # out to the borders of what is written
                start -= 1
            while end not in ends:
                end += 1
            traced.append((found[0], Span(start, end)))
    return traced


def _traced_normalise(text: str) -> tuple[str, list[Span]]:
    """`normalise`, and for each character of the result the span it came from."""
    came_from = [Span(place, place + 1) for place in range(len(text))]
    for pattern, replace in _STEPS:
        parts: list[str] = []
        kept: list[Span] = []
        done = 0
        for found in pattern.finditer(text):
            made = found.expand(replace) if isinstance(replace, str) else replace(found)
            source = came_from[found.start() : found.end()]
            whole = Span(min(s.start for s in source), max(s.end for s in source))
            parts += (text[done : found.start()], made)
            kept += came_from[done : found.start()] + [whole] * len(made)
            done = found.end()
        text = "".join(parts) + text[done:]
        came_from = kept + came_from[done:]
    return text, came_from


def _is_written(cluster: str) -> bool:
    """Letters, numbers and private use with their marks; not a mark that has lost its letter."""
    if _LOST_MARK.match(cluster):
        return False
    category = unicodedata.category(cluster[0])
    return category[0] in "LNM" or category == "Co"
