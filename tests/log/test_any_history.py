"""All rooms' views over random histories: every fact there is, erasures, and another origin's."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import ScriptedClock
from app.errors import KnownError
from app.incidents.incident import IncidentReported
from app.log import Entry, Fact, Log, entries_after
from app.log.verify import verify
from app.views import all_views
from tests.station_log import ADMINISTRATOR, MORNING, PROGRAM, rows_of_views
from tests.test_all_rooms import facts_with, who_may

_TEXTS = ("ท่าเรือ", "🚓 กำ่", "O'Brien {x}", "ສະຫວັນນະເຂດ")
_FACTS = tuple(fact for text in _TEXTS for fact in facts_with(text))
_THEIRS = tuple(fact for fact in _FACTS if who_may(fact) is PROGRAM)
_STEPS = st.one_of(
    st.sampled_from(_FACTS),
    st.sampled_from(_FACTS),
    st.integers(1, 40),  # an entry to erase
    st.lists(st.sampled_from(_THEIRS), min_size=1, max_size=4),  # from the recorder's chain
)


class Histories:
    """A station's log and another program's, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.clock = ScriptedClock(MORNING)
        self.path = folder / "station.db"
        self.log = self._log(self.path, "console-1")
        self.other = self._log(folder / "index.db", "recorder-1")
        self._taken = 0
        self._reports = 0

    def _log(self, path: Path, origin: str) -> Log:
        log = Log(path, origin=origin, views=all_views(), clock=self.clock)
        log.open()
        return log

    def live(self, step: Fact | int | list[Fact]) -> None:
        self.clock.advance(30)
        if isinstance(step, int):
            self._erase(step)
        elif isinstance(step, list):
            self._take_in(step)
        else:
            self._append(self.log, step)

    def _append(self, log: Log, fact: Fact) -> None:
        if isinstance(fact, IncidentReported):  # no number is given twice
            self._reports += 1
            serial = self._reports
            fact = replace(
                fact, incident_id=f"inc-{serial}", number=f"{serial}/2569", serial=serial
            )
        log.append(fact, actor=who_may(fact)).result()

    def _take_in(self, facts: list[Fact]) -> None:
        for fact in facts:
            self._append(self.other, fact)
        with self.other.reading() as db:
            new: list[Entry] = entries_after(db, "recorder-1", self._taken)
        self._taken += len(new)
        self.log.take_in(new).result()

    def _erase(self, n: int) -> None:
        with contextlib.suppress(KnownError):  # there is none, or nothing is left in it
            self.log.erase(f"console-1:{n}", reason="ขอลบ", actor=ADMINISTRATOR).result()

    def close(self) -> None:
        self.other.close()
        self.log.close()


@settings(max_examples=40)
@given(history=st.lists(_STEPS, max_size=25))
def test_whatever_happened_a_rebuild_is_what_was_kept(
    history: list[Fact | int | list[Fact]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lived = Histories(Path(folder))
        try:
            for step in history:
                lived.live(step)
            kept = rows_of_views(lived.log)
            lived.log.rebuild()
            assert rows_of_views(lived.log) == kept
            for table in kept:  # one by one too, as after a damage
                lived.log.rebuild([table])
            assert rows_of_views(lived.log) == kept
        finally:
            lived.close()
        assert verify(lived.path, all_views()).ok
