"""Every way in which a query may be meant: a word may stand in what was written, or be what the
station calls a kind of incident. Whoever types `ลักทรัพย์` wants both."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.incidents.asked import Asked, Understood, question_of
from app.incidents.categories import Category
from app.incidents.search_plan import matching
from app.incidents.search_question import Question
from app.log import Connection
from app.thai.clusters import find_spans
from app.thai.text import search_clusters

_LEAST_CLUSTERS = 3  # of a word that may stand anywhere in a kind's name
_LEAST_FIRST_CLUSTERS = 2  # of one that it begins with: `ลัก`, `วิ่ง`
_MOST = 8  # meanings of one query


def questions_of(
    asked: Asked, understood: Understood, known: Sequence[Category]
) -> tuple[Question, ...]:
    """What the log is asked; whatever answers one of them was meant. The first: all as words."""
    questions = [question_of(asked, understood)]
    for word in understood.words:
        codes = codes_named(word, known)
        if codes:
            others = (_of_a_kind(question, word, codes) for question in questions)
            questions += [one for one in others if one is not None]
    return tuple(questions[:_MOST])


def codes_named(word: str, known: Sequence[Category]) -> tuple[str, ...]:
    """The kinds of incident whose name, in either language, holds a word; of two clusters only
    those that begin with it, for so few stand in too many names."""
    length = len(search_clusters(word))
    if length < _LEAST_FIRST_CLUSTERS:
        return ()
    return tuple(
        one.code
        for one in known
        if any(
            _names(name, word, anywhere=length >= _LEAST_CLUSTERS)
            for name in (one.name_th, one.name_en)
        )
    )


def _names(name: str, word: str, *, anywhere: bool) -> bool:
    found = find_spans(name, word)
    return bool(found) and (anywhere or found[0].start == 0)


def matching_any(
    db: Connection, questions: Sequence[Question], before: int | None = None
) -> Iterator[int]:
    """The numbers of all that answer one of the questions, the newest first, each once."""
    if len(questions) == 1:
        yield from matching(db, questions[0], before)
        return
    last = None
    found = (matching(db, question, before) for question in questions)
    for no in heapq.merge(*found, reverse=True):
        if no != last:
            yield no
        last = no


def _of_a_kind(question: Question, word: str, codes: Sequence[str]) -> Question | None:
    """The question with a kind in the word's place; None when another kind is asked for."""
    if word not in question.phrases:
        return None
    kinds = tuple(code for code in codes if not question.categories or code in question.categories)
    phrases = tuple(phrase for phrase in question.phrases if phrase != word)
    return replace(question, phrases=phrases, categories=kinds) if kinds else None
