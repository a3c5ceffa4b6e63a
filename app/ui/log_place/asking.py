"""What is asked in the Log place and what came back: field, filters, chips, rows. Knows the panes.

It asks the desk and shows the answer; how an answer is found is the desk's affair.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import KnownError
from app.incidents.asked import LISTS, Asked, Understood, understand, without_word
from app.incidents.tally import Tally
from app.thai.dates import short_date
from app.thai.span_words import span_words
from app.thai.translation import explain, language, tr
from app.ui.log_place.chip_row import ChipWords
from app.ui.log_place.day_bars import DayCount
from app.ui.log_place.filter_list import FilterRow
from app.ui.log_place.filter_rows import chips_of, filter_rows
from app.ui.log_place.log_desk import Answer, LogDesk
from app.ui.log_place.log_map import LogMap

if TYPE_CHECKING:
    from app.ui.log_place.log_place import LogPlace

_WHEN_MS = 250  # of rest in the field of times
_TALLY_MS = 150  # after the rows are there


class Asking(QObject):
    """One question at a time."""

    def __init__(self, place: LogPlace, desk: LogDesk) -> None:
        super().__init__(place)
        self._place, self._desk = place, desk
        self.asked = Asked()
        self.understood = Understood()
        self.answer: Answer | None = None
        self._rows: list[FilterRow] = []
        self._is_quiet = False
        """Whether the same question is asked again, because the log has grown."""
        self._is_stale = False
        """Whether the log has grown again meanwhile."""
        self._when_timer = _once(self, _WHEN_MS, self._on_when_rest)
        self._tally_timer = _once(self, _TALLY_MS, self._tally)
        self._connect()

    def _connect(self) -> None:
        place, desk = self._place, self._desk
        place.bar.edited.connect(self._on_text)
        place.bar.chip_taken_away.connect(self._on_chip)
        place.bar.save_requested.connect(self.ask_name)
        place.filters.when_edited.connect(self._on_when)
        place.filters.list.ticked.connect(self._on_ticked)
        place.filters.cleared.connect(self.clear)
        place.filters.saved_chosen.connect(self._on_saved_chosen)
        place.filters.saved_removed.connect(self._on_saved_removed)
        place.form.answered.connect(self._on_name)
        desk.answered.connect(self._on_answered)
        desk.grew.connect(self._on_grew)
        desk.tallied.connect(self._on_tallied)
        desk.counted_days.connect(self._on_days)
        place.filters.bars.day_chosen.connect(self._on_day)
        desk.failed.connect(place.failed)

    @property
    def words(self) -> tuple[str, ...]:
        """What is marked in the rows."""
        return self.understood.phrases

    def leave(self) -> None:
        """The window is going."""
        self._when_timer.stop()
        self._tally_timer.stop()
        desk = self._desk
        desk.answered.disconnect(self._on_answered)
        desk.grew.disconnect(self._on_grew)
        desk.tallied.disconnect(self._on_tallied)
        desk.counted_days.disconnect(self._on_days)

    # Asking

    def fill(self) -> None:
        """Read the station's words, and ask for everything."""
        self.show_station()
        self.show_saved()
        self.ask(self.asked)

    def ask(self, asked: Asked) -> None:
        """Ask this, and show how it was understood."""
        self.asked, self._is_quiet = asked, False
        self._desk_asks()

    def look_again(self) -> None:
        """The log has grown: the same question, nothing moves that need not."""
        if self.answer is None:
            return
        if self.asked.is_empty and self.answer.is_all:
            self._add_newer()
        elif self._is_quiet:
            self._is_stale = True
        elif self.answer.is_all:
            self._is_quiet, self._is_stale = True, False
            self._desk_asks()

    def _desk_asks(self) -> None:
        self.understood = understand(self.asked, self._desk.desk.now())
        if not self._is_quiet:  # who is typing meanwhile goes on typing
            self._show_understood()
        self._desk.ask(self.asked, self.understood)

    def _add_newer(self) -> None:
        keys = self._place.model.keys
        newer = self._desk.newer_than(int(keys[0]) if len(keys) else 0)
        if len(newer) and self.answer is not None:
            self._place.table.prepend(newer)
            all_keys = self._place.model.keys
            self.answer = replace(self.answer, keys=all_keys, of=len(all_keys))
            self._show_count(self.answer)
            self._place.answer_shown()
            self._tally_timer.start()

    def clear(self) -> bool:
        """Everything again; whether anything was asked."""
        was_empty = self.asked.is_empty
        if not was_empty:
            self.ask(Asked())
        return not was_empty

    def clear_text(self) -> bool:
        """The field is emptied; whether anything stood in it."""
        if not self.asked.text and not self._place.bar.line.text():
            return False
        self._place.bar.show_text("")
        self.ask(replace(self.asked, text=""))
        return True

    def _typed(self) -> Asked:
        """What is asked, with what was typed a moment ago."""
        self._when_timer.stop()
        place = self._place
        return replace(self.asked, text=place.bar.line.text(), when=place.filters.when.text())

    # What was asked for

    def _on_text(self, text: str) -> None:
        if text != self.asked.text:
            self.ask(self._typed())

    def _on_when(self, _text: str) -> None:
        self._when_timer.start()

    def _on_when_rest(self) -> None:
        self.ask(self._typed())

    def _on_ticked(self, list_name: str, value: str, on: bool) -> None:
        self.ask(self._typed().with_one(list_name, value, on))

    def _on_chip(self, name: str, value: str) -> None:
        asked = self._typed()
        if name == "word":
            self.ask(replace(asked, text=without_word(asked.text, value)))
        elif name == "when":
            self.ask(replace(asked, when=""))
        else:
            self.ask(asked.with_one(name, value, on=False))

    # What came back

    def _on_answered(self, answer: Answer) -> None:
        if self._is_quiet:
            self._on_same(answer)
            return
        self.answer = answer
        chosen = self._desk.number_of(self._place.selection_id)
        self._place.table.show_keys(answer.keys, chosen)
        self._place.words_changed()
        self._show_answer(answer)

    def _on_grew(self, answer: Answer) -> None:
        if self._is_quiet:
            self._on_same(answer)
            return
        self.answer = answer
        self._place.model.extend(answer.keys)
        self._show_answer(answer)

    def _on_same(self, answer: Answer) -> None:
        """The same question again: shown when all of its answer is there."""
        if not answer.is_all:
            return
        self._is_quiet, self.answer = False, answer
        self._place.table.replace(answer.keys)
        self._show_answer(answer)
        if self._is_stale:
            self.look_again()

    def _show_answer(self, answer: Answer) -> None:
        place = self._place
        self._show_count(answer)
        place.emptiness.explain(self.asked, self.understood, is_all=answer.is_all)
        place.answer_shown()
        if answer.is_all:
            self._tally_timer.start()

    def _show_count(self, answer: Answer) -> None:
        took_ms = None if self.asked.is_empty else answer.took_ms
        self._place.bar.show_count(
            len(answer.keys), answer.of, is_all=answer.is_all, took_ms=took_ms
        )

    def show_places(self, shown: LogMap) -> None:
        """The marks of what was found."""
        answer = self.answer
        if answer is None or not answer.is_all:
            return
        open_ones = self._desk.open_incidents()
        found = len(answer.keys)
        self._desk.places(answer, lambda places: shown.show_places(places, open_ones, found))

    def _tally(self) -> None:
        if self.answer is not None:
            self._desk.tally(self.answer)
            self._desk.count_days(self.answer)

    def _on_tallied(self, tally: Tally) -> None:
        self._place.filters.list.rows.count(tally)

    def _on_days(self, days: tuple[DayCount, ...]) -> None:
        self._place.filters.bars.show_days(days)

    def _on_day(self, day: date) -> None:
        """A bar was clicked: that day, in place of all other times."""
        text = self.asked.text
        if self.understood.when_words:
            text = without_word(text, self.understood.when_words)
        self.ask(replace(self.asked, text=text, when=short_date(day, language())))

    # How it was understood

    def _show_understood(self) -> None:
        asked, understood = self.asked, self.understood
        place = self._place
        place.bar.show_text(asked.text)
        place.bar.show_chips(self._chips())
        place.filters.list.rows.tick(
            frozenset((name, value) for name in LISTS for value in getattr(asked, name))
        )
        typed = bool(asked.when.strip())
        of_field = typed and understood.span is not None and not understood.when_words
        words = span_words(understood.span, language()) if of_field and understood.span else ""
        trouble = understood.trouble
        place.filters.show_when(asked.when, words, trouble if typed else None)
        place.bar.show_trouble(None if typed else trouble)
        place.filters.clear.setEnabled(not asked.is_empty)
        place.bar.save.setEnabled(not asked.is_empty)

    def _chips(self) -> list[ChipWords]:
        understood = self.understood
        chips = [ChipWords("word", word, word) for word in understood.words]
        if understood.span is not None:
            words = span_words(understood.span, language())
            if understood.when_words:
                chips.append(ChipWords("word", understood.when_words, words, "clock"))
            else:
                chips.append(ChipWords("when", "", words, "clock"))
        ticked = chips_of(self.asked, self._rows)
        return chips + [ChipWords(row.list_name, row.value, row.words) for row in ticked]

    def show_station(self) -> None:
        """The filters as the station is now."""
        self._rows = filter_rows(self._desk.station())
        self._place.filters.list.rows.show(self._rows)

    # Searches kept under a name

    def show_saved(self) -> None:
        """Those on offer."""
        self._place.filters.show_saved(self._desk.saved())

    def ask_name(self) -> None:
        """Ctrl+S: a name for what is asked."""
        if self.asked.is_empty:
            return
        self._place.form.ask_name(tr("Save the search as"), self.asked.text[:40])

    def _on_name(self, name: str) -> None:
        try:
            self._desk.save(name, self.asked, lambda _entries: self._on_named(name))
        except KnownError as error:
            self._place.form.complain(explain(error))

    def _on_named(self, name: str) -> None:
        self._place.form.leave()
        self._place.told.emit(tr("The search “{name}” was saved.", name=name.strip()))

    def complain(self, error: KnownError) -> bool:
        """Why a search was not saved; whether one was being saved."""
        return self._place.form.complain(explain(error))

    def _on_saved_chosen(self, search_id: str) -> None:
        found = next((one for one in self._desk.saved() if one.id == search_id), None)
        if found is not None:
            self.ask(found.asked)
            self._place.table.setFocus()

    def _on_saved_removed(self, search_id: str) -> None:
        try:
            self._desk.remove(search_id)
        except KnownError as error:
            self._place.failed.emit(error)


def _once(parent: QObject, interval_ms: int, run: Callable[[], object]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(interval_ms)
    timer.timeout.connect(run)
    return timer
