"""Text packed for searching: one byte for a Thai letter, so that SQLite itself can look through it.

What a search means, here and everywhere: *the clusters of the normalised query stand in a row in
one text*. Exactly:

1. Both sides are normalised (`text.normalise`): ํา is ำ, เเ is แ, marks once and in one order,
   Arabic digits, one case, no zero-width characters.
2. Both are cut into grapheme clusters; what is no letter, number or private character with its
   marks does not count: spaces, punctuation, symbols, emoji, marks that have lost their letter.
   So `กข 1234` finds `กข1234`, and `081-234-5678` finds `0812345678`.
3. The query is found where its clusters follow each other. All but the last must be the same; the
   last one is the beginning of the one that stands there, for it may still be typed: `ก` finds
   `กี่`, `กี` too, and `กมล` does not find `กี่มล`.
4. A query without anything that counts finds nothing.

`text.find_matches` does this cluster by cluster and is the definition. Packed texts do the same as
a search for bytes: every cluster that counts begins with a letter, which no cluster can hold in its
middle, so bytes that are found always begin and go on from cluster to cluster.
"""

from __future__ import annotations

import codecs
import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress, count

import numpy as np

from app.thai.text import CLUSTER, INVISIBLE, Span, find_matches, search_clusters

SEPARATOR = b"\0"
"""Between two packed texts: no packed text holds it, so nothing is found across it."""

_APART = SEPARATOR.decode()

# ISO 8859-11 is Thai in one byte, A0 to FB. What it lacks becomes FF and five digits of 32, written
# as 80 to 9F: no letter of ours has these bytes, so nothing is found half-way into one.
_CODEC = "iso8859_11"
_FOREIGN = 0xFF
_AS_FOREIGN = f"{__name__}: a byte for every letter that has none"
_DIGIT_0, _DIGIT_BITS, _DIGITS = 0x80, 5, 5
_DOUBLED, _ONE = "\u0e40\u0e40", "\u0e41"  # เเ, แ
# What makes one cluster of two, or lets a mark go to another: เเ, ํา, what is invisible.
_CROSSES = re.compile(f"{_DOUBLED}|[\u0e4d\u0ecd{INVISIBLE}]")
_HIDDEN = re.compile(f"[{INVISIBLE}]+")
_SHOWN = re.compile(f"\u0e40[{INVISIBLE}]*\u0e40|[^{INVISIBLE}]")
"""As it is written, each letter of a text that `_shown` shows."""


def packed(text: str) -> bytes:
    """The clusters of a text that count, normalised, as bytes: `packed(query) in packed(text)`."""
    plain = _plain(text)
    if plain is not None:
        return plain.translate(None, _UNWRITTEN)
    if _CROSSES.search(text):
        shown = _shown(text)
        return _encoded("".join(search_clusters(text))) if shown is None else packed(shown)
    return b"".join(map(_packed_cluster, CLUSTER.findall(text)))


def packed_each(texts: Sequence[str]) -> bytes:
    """Each of the texts packed, those left out in which nothing counts, with `SEPARATOR` between.

    All of them are packed in one go where that says the same, as with nearly everything written.
    """
    return SEPARATOR.join(filter(None, _each_packed(texts)))


def from_its_rarest(words: bytes) -> bytes:
    """The end of a packed text, half of it or more, that begins with the letter which is rarest in
    reports: looked for byte by byte, it is found or missed the soonest."""
    firsts = range(len(words) // 2 + 1)
    return words[max(firsts, key=lambda at: _RANKS[words[at]] if words else 0) :]


def spans_in_each(
    texts: Sequence[str], queries: Sequence[str]
) -> list[tuple[int, tuple[Span, ...]]]:
    """The places of those texts in which `find_spans` finds one of the queries, in order, and what
    it finds there, query by query: told for hundreds of them in little more than the time of one.
    """
    joined = _joined(texts)
    found: dict[int, list[Span]] = {}
    for at in joined.unusual:
        spans = [span for query in queries for span in find_spans(texts[at], query)]
        if spans:
            found[at] = spans
    written = joined.plain.translate(None, _UNWRITTEN_IN_ONE)
    wanted = [one for one in map(_packed_query, queries) if one and one in written]
    if wanted:
        places = np.flatnonzero(np.frombuffer(joined.plain.translate(_IS_WRITTEN_IN_ONE), bool))
        for one in wanted:
            for first, last in _stretches(written, one):
                at = joined.text_at(int(places[first]))
                if at not in joined.unusual:
                    begin = joined.begins[at]
                    span = Span(int(places[first]) - begin, int(places[last]) + 1 - begin)
                    found.setdefault(at, []).append(span)
    return [(at, tuple(found[at])) for at in sorted(found)]


def find_spans(text: str, query: str) -> tuple[Span, ...]:
    """What `find_matches` answers, in a tenth of its time for Thai as people type it."""
    wanted = _packed_query(query)
    if not wanted:
        return ()
    plain = _plain(text)
    if plain is None:
        crosses = _CROSSES.search(text) is not None
        return _find_crossing(text, query) if crosses else _find_by_clusters(text, wanted)
    written = plain.translate(None, _UNWRITTEN)
    if wanted not in written:  # as nearly always
        return ()
    places = list(compress(count(), plain.translate(_IS_WRITTEN)))
    stretches = _stretches(written, wanted)
    return tuple(Span(places[first], places[last] + 1) for first, last in stretches)


def _stretches(written: bytes, wanted: bytes) -> Iterator[tuple[int, int]]:
    """From which byte to which it stands there, with the rest of the cluster whose beginning was
    typed."""
    found = written.find(wanted)
    while found >= 0:
        last = found + len(wanted) - 1
        while last + 1 < len(written) and written[last + 1] in _MARKS:
            last += 1
        yield found, last
        found = written.find(wanted, last + 1)


@dataclass(frozen=True, slots=True)
class _Joined:
    """Several texts, a byte a character, with a separator before each. `unusual`: the places of
    those of which the bytes do not say what normalising them would."""

    plain: bytes
    begins: Sequence[int]
    unusual: frozenset[int]

    def text_at(self, byte: int) -> int:
        """The place of the text that holds this byte."""
        return bisect_right(self.begins, byte) - 1


def _joined(texts: Sequence[str]) -> _Joined:
    whole = "".join([_APART + text for text in texts])
    if whole.count(_APART) != len(texts):
        return _joined([text.replace(_APART, " ") for text in texts])  # which counts as little
    plain = whole.encode(_CODEC, _AS_FOREIGN).translate(_ONE_CASE)
    begins = list(accumulate((len(text) + 1 for text in texts), initial=1))
    unusual = _UNUSUAL.finditer(plain.translate(_BY_ROLE))
    at = frozenset(bisect_right(begins, one.end() - 1) - 1 for one in unusual)
    return _Joined(plain, begins, at)


def _each_packed(texts: Sequence[str]) -> list[bytes]:
    joined = _APART.join(texts)
    plain = _plain(joined) if joined.count(_APART) == len(texts) - 1 else None
    if plain is None:  # one of a report's few texts is not as most are
        return list(map(packed, texts))
    return plain.translate(None, _UNWRITTEN_IN_ONE).split(SEPARATOR)


def _shown(text: str) -> str | None:
    """Without what is invisible, แ for เเ; None when a mark may still go to another letter."""
    shown = _HIDDEN.sub("", text).replace(_DOUBLED, _ONE)
    return None if _CROSSES.search(shown) else shown


def _find_crossing(text: str, query: str) -> tuple[Span, ...]:
    """In what it shows, and from there out to the borders of what is written."""
    shown = _shown(text)
    if shown is None:
        return find_matches(text, query)
    spans = find_spans(shown, query)
    if not spans:  # as nearly always
        return ()
    letters = list(_SHOWN.finditer(text))
    borders = list(accumulate(map(len, CLUSTER.findall(text)), initial=0))
    return tuple(
        Span(
            borders[bisect_right(borders, letters[span.start].start()) - 1],
            borders[bisect_left(borders, letters[span.end - 1].end())],
        )
        for span in spans
    )


def _find_by_clusters(text: str, wanted: bytes) -> tuple[Span, ...]:
    """For other letters, and marks in disorder: where no cluster needs the next."""
    clusters = CLUSTER.findall(text)
    pieces = list(map(_packed_cluster, clusters))
    whole = b"".join(pieces)
    at = whole.find(wanted)
    if at < 0:  # as nearly always
        return ()
    ends = list(accumulate(map(len, pieces)))
    borders = list(accumulate(map(len, clusters), initial=0))
    spans = []
    while at >= 0:
        first, last = bisect_right(ends, at), bisect_left(ends, at + len(wanted))
        spans.append(Span(borders[first], borders[last + 1]))
        at = whole.find(wanted, ends[last])
    return tuple(spans)


@functools.lru_cache(maxsize=4096)  # a language has no more
def _packed_cluster(cluster: str) -> bytes:
    return _encoded("".join(search_clusters(cluster)))


@functools.lru_cache(maxsize=32)
def _packed_query(query: str) -> bytes:
    """One query is held against many texts."""
    return packed(query)


def _plain(text: str) -> bytes | None:
    """A byte a character, one case, Arabic digits; None when normalising would move something."""
    try:
        raw = text.encode(_CODEC)
    except UnicodeEncodeError:
        return None
    plain = raw.translate(_ONE_CASE)
    return None if _may_move(plain) else plain


def _encoded(clusters: str) -> bytes:
    try:
        return clusters.encode(_CODEC)
    except UnicodeEncodeError:
        return b"".join(map(_encoded_letter, clusters))


def _encoded_letter(letter: str) -> bytes:
    if letter in _THAI_AND_ASCII:
        return letter.encode(_CODEC)
    number = ord(letter)
    shifts = range(_DIGIT_BITS * (_DIGITS - 1), -1, -_DIGIT_BITS)
    return bytes([_FOREIGN, *(_DIGIT_0 + (number >> shift & 31) for shift in shifts)])


def _foreign(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return bytes([_FOREIGN]) * (error.end - error.start), error.end


codecs.register_error(_AS_FOREIGN, _foreign)

# -- tables, made from what text.py says of each letter -----------------------------------------

_LETTERS = bytes(range(256)).decode(_CODEC, "replace").replace("\ufffd", "\0")
_THAI_AND_ASCII = frozenset(letter for letter in _LETTERS if not "\x7f" <= letter <= "\xa0")
_MARKS = frozenset(
    byte for byte, letter in enumerate(_LETTERS) if search_clusters(f"ก{letter}") == [f"ก{letter}"]
)
_UNWRITTEN_SET = frozenset(
    byte
    for byte, letter in enumerate(_LETTERS)
    if byte not in _MARKS and not search_clusters(letter)
)
_UNWRITTEN = bytes(sorted(_UNWRITTEN_SET))
_UNWRITTEN_IN_ONE = bytes(sorted(_UNWRITTEN_SET.difference(SEPARATOR)))
_IS_WRITTEN = bytes(byte not in _UNWRITTEN_SET for byte in range(256))
_IS_WRITTEN_IN_ONE = bytes(byte not in _UNWRITTEN_IN_ONE for byte in range(256))


def _same_byte(byte: int) -> int:
    """The byte a letter has after normalising: a–z for A–Z, 0–9 for Thai digits."""
    made = search_clusters(_LETTERS[byte])
    return made[0].encode(_CODEC)[0] if made and len(made[0]) == 1 else byte


_ONE_CASE = bytes(map(_same_byte, range(256)))

# The most frequent first, as they stand in packed reports; all others are rarer.
_FREQUENT = "าน้เงรวยก่สมลอีัดบ2ทจห15พ0แตูิ34ุไผะ68ป9ข7์คืช".encode(_CODEC)
_RANKS = [_FREQUENT.find(byte) % (len(_FREQUENT) + 1) for byte in range(256)]


def _role(byte: int) -> str:
    """What a byte is in a cluster: e เ, n ํ, t a tone, h ์, a ำ, v another mark, u unwritten, f for
    a letter that has no byte."""
    letter = _LETTERS[byte]
    if byte == _FOREIGN:
        return "f"
    if letter in _ROLES:
        return _ROLES[letter]
    return "v" if byte in _MARKS else "u" if byte in _UNWRITTEN_SET else "-"


_ROLES = {"เ": "e", "\u0e4d": "n", "\u0e4c": "h", "\u0e33": "a"}
_ROLES |= dict.fromkeys("\u0e48\u0e49\u0e4a\u0e4b", "t")
_BY_ROLE = "".join(map(_role, range(256))).encode()
# Where normalising could move something: เเ, ํ, a mark after none of its own, twice, in disorder.
# It may also be met where nothing would move; the slow way gives the same answer.
_UNUSUAL = re.compile(rb"ee|n|f+|v[va]|t[vth]|h[vtha]|a[vtha]|u[vtha]")


def _may_move(plain: bytes) -> bool:
    return plain[:1] in _FIRST or _UNUSUAL.search(plain.translate(_BY_ROLE)) is not None


_FIRST = frozenset(bytes([byte]) for byte in _MARKS)
