"""What a search has to find, reckoned letter by letter; shares nothing with the product.

A text is cut by `regex`'s \\X, its clusters are brought into one spelling one by one, and what is
found counts only where it begins on a cluster's border and every border inside it is the query's.
"""

from __future__ import annotations

import functools
import os
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import regex  # type: ignore[import-untyped]

from benchmarks.log_words import Invented, incidents

_CLUSTER = regex.compile(r"\X")
_INVISIBLE = regex.compile(r"\p{Cf}")
_ENDS_TEXT = "\n"
_RANKS = ("่้๊๋່້໊໋", "์໌", "ำຳ")  # tones, thanthakhat, sara am; vowels stand before them all
_NIKHAHIT = {"\u0e4d": ("\u0e32", "\u0e33"), "\u0ecd": ("\u0eb2", "\u0eb3")}


@dataclass(frozen=True, slots=True)
class Spelt:
    """A text as it is compared: its clusters that count, in one spelling."""

    clusters: tuple[str, ...]

    @property
    def letters(self) -> str:
        return "".join(self.clusters)

    @property
    def borders(self) -> str:
        """1 where a cluster begins, 0 inside one; as long as `letters`."""
        return "".join("1" + "0" * (len(cluster) - 1) for cluster in self.clusters)


def spelt(text: str) -> Spelt:
    """Cut, and each cluster brought into one spelling."""
    clusters = _whole(_CLUSTER.findall(_INVISIBLE.sub("", text)))
    return Spelt(tuple(one for cluster in clusters for one in _counting(cluster)))


def _whole(clusters: Iterable[str]) -> Iterator[str]:
    """เ and เ are แ; a nikhahit and the า after it are ำ."""
    waiting = ""
    for cluster in clusters:
        if waiting == "เ" and cluster[0] == "เ":
            waiting = "แ" + cluster[1:]
            continue
        for nikhahit, (aa, am) in _NIKHAHIT.items():
            head, found, tail = waiting.rpartition(nikhahit)
            if found and am not in tail and cluster[0] == aa:
                waiting = head + tail + am
                cluster = cluster[1:]
        if cluster:
            if waiting:
                yield waiting
            waiting = cluster
    if waiting:
        yield waiting


@functools.cache  # few hundred are different
def _counting(cluster: str) -> tuple[str, ...]:
    base, marks = cluster[0], cluster[1:]
    category = unicodedata.category(base)
    if (category[0] not in "LN" and category != "Co") or base in _RANKS[-1]:
        return ()
    if _is_thai_or_lao(base) or (base.isascii() and marks and all(map(_is_thai_or_lao, marks))):
        digit = unicodedata.decimal(base, None)
        letter = base.lower() if digit is None else str(digit)
        return (letter + "".join(sorted(set(marks), key=_rank)),)
    return tuple(regex.findall(r"\X", unicodedata.normalize("NFC", cluster.casefold())))


def _is_thai_or_lao(letter: str) -> bool:
    return "\u0e00" <= letter <= "\u0eff"


def _rank(mark: str) -> tuple[int, str]:
    ranks = [1 + place for place, marks in enumerate(_RANKS) if mark in marks]
    return (ranks[0] if ranks else 0, mark)


def texts_of(made: Invented, *, is_closed: bool = True) -> tuple[str, ...]:
    """Every text of an incident that a search looks through; an open one has no result yet."""
    serial, year = made.number
    number = f"{serial}/{year}"
    reported = (number, made.place, made.narrative, made.caller, made.phone)
    return (*reported, made.result) if is_closed else reported


@dataclass(frozen=True, slots=True)
class Expected:
    """The newest numbers that hold a query, newest first; all of them if `is_all`."""

    numbers: tuple[int, ...]
    is_all: bool


def expected(
    queries: Sequence[str],
    *,
    seed: int,
    count: int,
    closed: int,
    most: int,
    chunk: int = 25_000,
    processes: int = 0,
) -> dict[str, Expected]:
    """For each query the numbers of `count` invented incidents that hold it, up to `most`.

    Those after `closed` are still open. On all cores unless `processes` says otherwise; 1 is
    this process alone.
    """
    found: dict[str, list[int]] = {query: [] for query in queries}
    ranges = [(max(1, last - chunk + 1), last) for last in range(count, 0, -chunk)]
    workers = min(len(ranges), processes or os.cpu_count() or 1)
    if workers == 1:
        for first, last in ranges:
            wanted = _not_enough(found, most)
            _take_over(found, _in_chunk(wanted, seed, first, last, closed, most))
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for at in range(0, len(ranges), workers):
                wanted = _not_enough(found, most)
                jobs = [
                    pool.submit(_in_chunk, wanted, seed, first, last, closed, most)
                    for first, last in ranges[at : at + workers]
                ]
                for job in jobs:
                    _take_over(found, job.result())
    return {
        query: Expected(tuple(numbers[:most]), len(numbers) <= most)
        for query, numbers in found.items()
    }


def _not_enough(found: Mapping[str, list[int]], most: int) -> list[str]:
    return [query for query, numbers in found.items() if len(numbers) <= most]


def _take_over(found: Mapping[str, list[int]], older: Mapping[str, list[int]]) -> None:
    for query, numbers in older.items():
        found[query].extend(numbers)


def _in_chunk(
    queries: Sequence[str], seed: int, first: int, last: int, closed: int, most: int
) -> Mapping[str, list[int]]:
    made = sorted(incidents(seed, first, last), key=lambda one: -one.no)
    corpus = Corpus([(one.no, texts_of(one, is_closed=one.no <= closed)) for one in made])
    return {query: list(corpus.holding(query, most + 1)) for query in queries}


class Corpus:
    """Texts in one string, with the borders of their clusters in another."""

    def __init__(self, documents: Iterable[tuple[int, Sequence[str]]]) -> None:
        letters: list[str] = []
        borders: list[str] = []
        self._starts: list[int] = []
        self._numbers: list[int] = []
        length = 0
        for number, texts in documents:
            self._starts.append(length)
            self._numbers.append(number)
            for text in texts:
                one = spelt(text)
                letters += (one.letters, _ENDS_TEXT)
                borders += (one.borders, _ENDS_TEXT)
                length += len(letters[-2]) + 1
        self._starts.append(length)
        self._letters = "".join(letters)
        self._borders = "".join(borders)

    def holding(self, query: str, most: int) -> Iterator[int]:
        """The numbers of the documents that hold it, in their order."""
        one = spelt(query)
        letters, borders = one.letters, one.borders
        place = self._letters.find(letters) if letters else -1
        while place >= 0 and most > 0:
            if self._borders.startswith(borders, place):
                document = bisect_right(self._starts, place) - 1
                yield self._numbers[document]
                most -= 1
                place = self._letters.find(letters, self._starts[document + 1])
            else:
                place = self._letters.find(letters, place + 1)
