"""What somebody asks of the log, as it was typed and ticked. Knows no database and no screen.

Words of time stay words: “last night” is another night tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from app.errors import KnownError, msg
from app.incidents.categories import CaseGroup, Channel
from app.incidents.incident import IncidentState
from app.incidents.search_question import Question, phrases_of
from app.thai.when import TimeSpan, find_when, read_when

TEXT_LIMIT = 200  # characters
_QUOTES = '"“”'
_FROM_ABROAD = re.compile(r"\+66[-.]?0?([1-9][-.\d]{7,11})")


@dataclass(frozen=True, slots=True)
class Asked:
    """`text` and `when` as typed; the others ids and codes of which one must hold, none: any."""

    text: str = ""
    when: str = ""
    states: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    communities: tuple[str, ...] = ()
    beats: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for."""
        return self == Asked()

    def with_one(self, name: str, value: str, on: bool) -> Asked:
        """One more, or one less, of a list: `("states", "closed", True)`."""
        values: tuple[str, ...] = getattr(self, name)
        kept = tuple(one for one in values if one != value)
        changed: dict[str, Any] = {name: (*kept, value) if on else kept}
        return replace(self, **changed)

    def body(self) -> dict[str, Any]:
        """What is not empty, for an entry."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value
        }


LISTS = tuple(one.name for one in fields(Asked) if one.name not in ("text", "when"))


def asked_from(body: Mapping[str, Any]) -> Asked:
    """From an entry's body; what a later version added is left out."""
    lists = {name: tuple(map(str, body.get(name, ()))) for name in LISTS}
    return Asked(text=str(body.get("text", "")), when=str(body.get("when", "")), **lists)


@dataclass(frozen=True, slots=True)
class Understood:
    """How a question was read: shown beside the field, so that a misunderstanding is seen.

    `words` must all be there; `when_words` are those of the query that mean the span, empty if the
    span came from the field of times. `trouble`: what looked like a time and is none.
    """

    words: tuple[str, ...] = ()
    span: TimeSpan | None = None
    when_words: str = ""
    trouble: KnownError | None = None

    @property
    def phrases(self) -> tuple[str, ...]:
        """The words as they are looked for."""
        return tuple(map(_as_written, self.words))


def understand(asked: Asked, now: datetime) -> Understood:
    """Words and span. Raises nothing: what is wrong is told beside what is right."""
    found = find_when(asked.text[:TEXT_LIMIT], now)
    words = phrases_of(found.rest)
    span, trouble = found.span, found.trouble
    if asked.when.strip():
        try:
            own = read_when(asked.when, now)
        except KnownError as error:
            return Understood(words, span, found.words, error)
        if span is None:
            return Understood(words, own, "", trouble)
        span, nothing = _both(own, span)
        trouble = trouble or nothing
    return Understood(words, span, found.words, trouble)


def without_word(text: str, word: str) -> str:
    """The query without one of the words it was understood to hold, or its words of time."""
    pattern = r"\s+".join(re.escape(part) for part in word.split())
    whole = rf"[{_QUOTES}]{pattern}[{_QUOTES}]?|(?<!\S){pattern}(?!\S)"
    found = re.search(whole, text) or re.search(pattern, text)
    if found is not None:
        return " ".join((text[: found.start()] + " " + text[found.end() :]).split())
    for part in word.split():  # words of time that did not stand together
        text = text.replace(part, " ", 1)
    return " ".join(text.split())


def _both(first: TimeSpan, second: TimeSpan) -> tuple[TimeSpan, KnownError | None]:
    """What lies in both spans; the first, and why, when nothing does."""
    since = max((one for one in (first.since, second.since) if one), default=None)
    until = min((one for one in (first.until, second.until) if one), default=None)
    if since is not None and until is not None and since >= until:
        return first, KnownError(
            msg("The two times have nothing in common."),
            do=msg("Take one of them away."),
        )
    return TimeSpan(since, until), None


def question_of(asked: Asked, understood: Understood) -> Question:
    """What the log is asked. What this version knows no more of is found in nothing."""
    span = understood.span
    return Question(
        phrases=understood.phrases,
        since=span.since if span is not None else None,
        until=span.until if span is not None else None,
        zones=asked.zones,
        communities=asked.communities,
        beats=asked.beats,
        categories=asked.categories,
        groups=tuple(CaseGroup(int(group)) for group in asked.groups if group in _GROUPS),
        channels=tuple(Channel(one) for one in asked.channels if one in _CHANNELS),
        officers=asked.officers,
        units=asked.units,
        states=tuple(IncidentState(state) for state in asked.states if state in _STATES),
    )


def _as_written(word: str) -> str:
    """A telephone number as LINE gives it, without what stands for Thailand: so it is found however
    it was written down, `+66812345678` or `081-234-5678`."""
    number = _FROM_ABROAD.fullmatch(word)
    return number[1] if number is not None else word


_GROUPS = frozenset(str(int(group)) for group in CaseGroup)
_CHANNELS = frozenset(channel.value for channel in Channel)
_STATES = frozenset(state.value for state in IncidentState)
