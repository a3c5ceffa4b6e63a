"""Views of a large log are made by a second process: the same rows, and nothing left of it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.clock import ScriptedClock
from app.incidents.incident import IncidentReported
from app.incidents.search import Question, search
from app.log import Connection, Entry, Log, made_apart
from app.log.verify import verify
from app.views import all_views
from tests.log.material import (
    ADMINISTRATOR,
    OFFICER,
    CountingView,
    IncidentView,
    log_in,
    reported,
)
from tests.log.material import (
    all_views as rows_of_all,
)
from tests.station_log import MORNING, PROGRAM, a_report, a_station_log, rows_of_views

_INDEXED = 640  # reports: enough for some blocks of the full-text index


@pytest.fixture(autouse=True)
def _any_log_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_apart, "LARGE", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Those that were begun to make views."""
    begun: list[object] = []
    made = made_apart.made_apart

    def told(*arguments: Any) -> object:
        begun.append(arguments)
        return made(*arguments)

    monkeypatch.setattr("app.log.kept_views.made_apart", told)
    yield begun


def test_the_search_made_apart_is_the_one_that_was_kept_and_goes_on(
    tmp_path: Path, processes: list[object]
) -> None:
    with a_station_log(tmp_path, ScriptedClock(MORNING)) as log:
        for first in range(1, _INDEXED, 80):
            _report(log, first, first + 79)
        assert _pieces_of_the_index(log) > 1
        kept = rows_of_views(log)
        log.rebuild()
        assert len(processes) == 1
        assert rows_of_views(log) == kept
        assert _pieces_of_the_index(log) == 1
        assert _found(log, "พยาน7ซ") == ["inc-7"]  # in the index
        _report(log, _INDEXED + 1, _INDEXED + 100)  # the writer's connection has its old index
        assert _found(log, "พยาน7ซ") == ["inc-7"]
        assert _found(log, f"พยาน{_INDEXED + 3}ซ") == [f"inc-{_INDEXED + 3}"]
    assert verify(tmp_path / "station.db", all_views()).ok
    assert not list(tmp_path.glob("*being-made*"))


class _BreaksApart(CountingView):
    """Cannot be made in another process."""

    takes_long = True

    def apply(self, db: Connection, entry: Entry) -> None:
        if multiprocessing.parent_process() is not None:
            raise MemoryError
        super().apply(db, entry)


@pytest.mark.expected_log("views made apart ended with code 1")
def test_views_whose_process_fails_are_made_here(
    tmp_path: Path, processes: list[object], capfd: pytest.CaptureFixture[str]
) -> None:
    log = log_in(tmp_path, kept=[IncidentView(), _BreaksApart()])
    log.append(reported("1"), reported("2"), actor=OFFICER).result()
    kept = rows_of_all(log)
    log.rebuild()
    assert len(processes) == 1
    assert "MemoryError" in capfd.readouterr().err
    assert rows_of_all(log) == kept
    log.close()
    assert verify(tmp_path / "station.db", [IncidentView(), CountingView()]).ok


def test_what_is_being_erased_is_never_read_by_another_process(
    tmp_path: Path, processes: list[object]
) -> None:
    """It sees what is committed: the words would still be there."""
    with a_station_log(tmp_path, ScriptedClock(MORNING)) as log:
        _report(log, 1, 3)
        log.erase("console-1:2", reason="ขอลบ", actor=ADMINISTRATOR).result()
        assert not processes
        assert _found(log, "พยาน2ซ") == []
        assert _found(log, "พยาน3ซ") == ["inc-3"]


def test_what_a_killed_program_left_is_gone_after_the_next_start(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        _report(log, 1, 1)
    left = tmp_path / "station.db-being-made"
    left.write_bytes(b"half of it")
    with a_station_log(tmp_path):
        assert not left.exists()


def _report(log: Log, first: int, last: int) -> None:
    facts = [
        IncidentReported(
            f"inc-{no}", f"{no}/2569", 2569, no, a_report(narrative=f"ผู้แจ้งเป็นพยาน{no}ซึ่งเห็นเหตุการณ์")
        )
        for no in range(first, last + 1)
    ]
    log.append(*facts, actor=PROGRAM).result()


def _pieces_of_the_index(log: Log) -> int:
    with log.reading() as db:
        pieces: int = db.execute("SELECT count(DISTINCT segid) FROM incident_grams_idx").fetchone()[
            0
        ]
    return pieces


def _found(log: Log, words: str) -> list[str]:
    with log.reading() as db:
        return [hit.incident.id for hit in search(db, Question((words,)), limit=9).hits]
