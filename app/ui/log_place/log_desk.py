"""The log at the desk: asks it in the background, reads rows when they are seen. Knows no widget.

The newest question wins: what an older one still finds is told to nobody.
"""

from __future__ import annotations

import functools
import itertools
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from PySide6.QtCore import QObject, Signal

from app.duty.officers import officers
from app.duty.units import units
from app.errors import KnownError
from app.geo.areas import Areas
from app.incidents.asked import Asked, Understood, understand
from app.incidents.beside import Beside, PlacedIncident, beside, number_in_order, placed
from app.incidents.category_table import offered_categories
from app.incidents.day_counts import day_counts, days_around, is_asked
from app.incidents.incident import Incident
from app.incidents.meanings import matching_any, questions_of
from app.incidents.saved_searches import SavedSearch, remove_search, save_search, saved_searches
from app.incidents.search import Hit, Question, hits_of, newest_no
from app.incidents.tally import MOST as MOST_TALLIED
from app.incidents.tally import Tally, tally_of, tally_of_all
from app.log import Actor, Log
from app.ui.background import Background
from app.ui.desk import Desk, WhenWritten
from app.ui.log_place.day_bars import DayCount
from app.ui.log_place.filter_rows import Station
from app.ui.log_place.hit_row import HitRow, RowMaker
from app.ui.log_place.hits_model import NO_KEYS, Keys
from app.ui.log_place.table_job import TableJob

_FIRST = 200  # incidents of the first answer: some screens full
_CHUNK = 20_000
MOST_ON_MAP = 3_000
Questions = Sequence[Question]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What was found so far; `keys` are the incidents' numbers, newest first. `of`: of how many.

    `is_all`: nothing more will come. `took_ms`: until the first of it was there.
    """

    number: int
    asked: Asked
    understood: Understood
    keys: Keys
    of: int
    is_all: bool
    took_ms: float | None = None


class LogDesk(QObject):
    """One desk's questions to the log. Outlives a window."""

    answered = Signal(object)  # Answer: to a new question
    grew = Signal(object)  # Answer: more of the same
    tallied = Signal(object)  # Tally
    counted_days = Signal(object)  # tuple of DayCount
    failed = Signal(object)  # KnownError

    def __init__(self, desk: Desk, log: Log, background: Background) -> None:
        super().__init__()
        self.desk = desk
        self.log = log
        self.background = background
        self.tables = TableJob(desk, log, background)
        self._number = 0
        self._began_s = 0.0

    # Asking

    def ask(self, asked: Asked, understood: Understood) -> None:
        """Ask another question; told by `answered`, at once when everything is asked for."""
        self._number += 1
        self._began_s = time.perf_counter()
        with self.log.reading() as db:
            newest = newest_no(db)
            questions = questions_of(asked, understood, offered_categories(db))
        answer = Answer(self._number, asked, understood, NO_KEYS, newest, is_all=True)
        if questions == (Question(),):
            self._tell(answer, np.arange(newest, 0, -1, dtype=np.int64), is_all=True, first=True)
        else:
            self._look(answer, questions, _FIRST, None)

    def newer_than(self, newest: int) -> Keys:
        """The numbers of the incidents that came after this one, newest first."""
        with self.log.reading() as db:
            return np.arange(newest_no(db), newest, -1, dtype=np.int64)

    def _look(self, answer: Answer, questions: Questions, most: int, before: int | None) -> None:
        def work() -> list[int]:
            with self.log.reading() as db:
                return list(itertools.islice(matching_any(db, questions, before), most))

        done = functools.partial(self._on_found, answer, questions, most)
        self.background.run(work, done, functools.partial(self._on_failed, answer.number))

    def _on_found(self, answer: Answer, questions: Questions, most: int, found: list[int]) -> None:
        if answer.number != self._number:
            return
        keys = np.concatenate((answer.keys, np.array(found, dtype=np.int64)))
        is_all, first = len(found) < most, not len(answer.keys)
        grown = self._tell(answer, keys, is_all=is_all, first=first)
        if not is_all:
            self._look(grown, questions, _CHUNK, found[-1])

    def _tell(self, answer: Answer, keys: Keys, *, is_all: bool, first: bool) -> Answer:
        took_ms = (time.perf_counter() - self._began_s) * 1000 if first else answer.took_ms
        told = Answer(
            answer.number, answer.asked, answer.understood, keys, answer.of, is_all, took_ms
        )
        (self.answered if first else self.grew).emit(told)
        return told

    def _on_failed(self, number: int, error: KnownError) -> None:
        if number == self._number:
            self.failed.emit(error)

    def tally(self, answer: Answer) -> None:
        """Count what was found for the filters; told by `tallied`, if it can be counted soon."""
        count = len(answer.keys)
        everything = answer.asked.is_empty
        if not everything and count > MOST_TALLIED:
            self.tallied.emit({})
            return
        nos = [] if everything else answer.keys.tolist()

        def work() -> Tally:
            with self.log.reading() as db:
                return tally_of_all(db) if everything else tally_of(db, nos)

        def done(tally: Tally) -> None:
            if answer.number == self._number:
                self.tallied.emit(tally)

        self.background.run(work, done, functools.partial(self._on_failed, answer.number))

    def stop(self) -> None:
        """The console ends: a table that is being taken out is taken away."""
        self.tables.cancel()
        self._number += 1  # nothing more is looked for

    def count_days(self, answer: Answer) -> None:
        """Count day by day, around the time that is asked for; told by `counted_days`."""
        now = self.desk.now()
        with self.log.reading() as db:
            known = offered_categories(db)
        questions = questions_of(answer.asked, answer.understood, known)
        shown = days_around(questions[0], now)
        if shown is None:
            self.counted_days.emit(())
            return
        first, after = shown

        def work() -> Mapping[date, int] | None:
            with self.log.reading() as db:
                return day_counts(db, questions, first, after)

        def done(counts: Mapping[date, int] | None) -> None:
            if answer.number == self._number:
                days = (first + timedelta(days=n) for n in range((after - first).days))
                self.counted_days.emit(
                    ()
                    if counts is None
                    else tuple(
                        DayCount(day, counts.get(day, 0), is_asked(questions[0], day))
                        for day in days
                    )
                )

        self.background.run(work, done, functools.partial(self._on_failed, answer.number))

    # Reading

    def rows(self, nos: Sequence[int], words: Sequence[str]) -> dict[int, HitRow]:
        """What these incidents say in the table, by number."""
        if not nos:
            return {}
        with self.log.reading() as db:
            hits = hits_of(db, nos, words)
            sides = beside(db, [hit.incident.id for hit in hits])
            names = {officer.id: officer.name for officer in officers(db)}
        maker = RowMaker(words, names, self.desk.now(), self.desk.targets)
        return {hit.no: maker.row(hit, sides.get(hit.incident.id, Beside())) for hit in hits}

    def number_of(self, incident_id: str) -> int:
        """An incident's number in the order of the log; −1 for none."""
        if not incident_id:
            return -1
        with self.log.reading() as db:
            return number_in_order(db, incident_id)

    def places(self, answer: Answer, done: Callable[[list[PlacedIncident]], None]) -> None:
        """Where the newest of what was found lie; told to `done` while nothing else is asked."""
        nos = answer.keys[:MOST_ON_MAP].tolist()

        def work() -> list[PlacedIncident]:
            with self.log.reading() as db:
                return placed(db, nos)

        def told(found: list[PlacedIncident]) -> None:
            if answer.number == self._number:
                done(found)

        self.background.run(work, told, functools.partial(self._on_failed, answer.number))

    def open_incidents(self) -> Mapping[str, Incident]:
        """The open incidents, by id."""
        return {one.id: one for one in self.desk.open_incidents()}

    def find(self, text: str, most: int, done: Callable[[Sequence[Hit]], None]) -> None:
        """The newest incidents that hold all that is typed, for the palette; bounded by `most`."""
        asked = Asked(text=text)
        understood = understand(asked, self.desk.now())
        if not understood.words:
            done(())
            return

        def work() -> Sequence[Hit]:
            with self.log.reading() as db:
                questions = questions_of(asked, understood, offered_categories(db))
                found = list(itertools.islice(matching_any(db, questions), most))
                return hits_of(db, found, understood.phrases)

        def failed(error: KnownError) -> None:
            done(())
            self.failed.emit(error)

        self.background.run(work, done, failed)

    def station(self) -> Station:
        """What the filters are made of."""
        with self.log.reading() as db:
            return Station(Areas(db).current(), units(db), officers(db), offered_categories(db))

    # Searches kept under a name

    def saved(self) -> list[SavedSearch]:
        """Those on offer."""
        with self.log.reading() as db:
            return saved_searches(db)

    def save(self, name: str, asked: Asked, when_written: WhenWritten) -> None:
        """Keep a search. KnownError at once if it will not do, or is not allowed."""
        self.desk.require_right("search_saved")
        written = save_search(self.log, SavedSearch("", name, asked), actor=self._actor())
        self.desk.follow(written, when_written)

    def remove(self, search_id: str) -> None:
        """Offer a search no longer. KnownError at once if that is not allowed."""
        self.desk.require_right("search_removed")
        held = next((one for one in self.saved() if one.id == search_id), None)
        if held is not None:
            self.desk.follow(remove_search(self.log, held, actor=self._actor()))

    def _actor(self) -> Actor:
        return self.desk.officer.actor
