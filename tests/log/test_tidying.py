"""What can wait is done while nobody writes, a little at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.incidents.incident import IncidentReported
from app.log import Connection, Entry, Log, writer
from tests.station_log import MORNING, PROGRAM, a_report

_SOON_S = 20.0


class PatientView:
    """Notes what it is asked to do; has more to do as often as it was told."""

    tables = ("patient",)
    kinds = frozenset({IncidentReported.kind})

    def __init__(self) -> None:
        self.left = 0
        self.fails: Exception | None = None
        self.at_rest = threading.Event()
        self.done: list[str] = []

    def create(self, db: Connection) -> None:
        db.execute("CREATE TABLE IF NOT EXISTS patient(what TEXT NOT NULL) STRICT")

    def apply(self, db: Connection, entry: Entry) -> None:
        self.done.append(entry.subject)

    def tidy(self, db: Connection) -> bool:
        if self.fails:
            self.at_rest.set()
            raise self.fails
        if not self.left:
            self.at_rest.set()
            return False
        self.left -= 1
        self.done.append("tidied")
        db.execute("INSERT INTO patient VALUES('tidied')")
        return True


@pytest.fixture
def view(monkeypatch: pytest.MonkeyPatch) -> PatientView:
    monkeypatch.setattr(writer, "RESTS_AFTER_S", 0.05)
    monkeypatch.setattr(writer, "_BETWEEN_S", 0.001)
    return PatientView()


@pytest.fixture
def log(view: PatientView, tmp_path: Path) -> Iterator[Log]:
    made = Log(
        tmp_path / "station.db", origin="console-1", views=[view], clock=ScriptedClock(MORNING)
    )
    made.open()
    yield made
    made.close()


def test_it_is_done_after_what_was_to_be_written_and_until_nothing_is_left(
    log: Log, view: PatientView
) -> None:
    assert view.at_rest.wait(_SOON_S)
    view.left = 3
    view.at_rest.clear()
    _report(log, 1)
    assert view.at_rest.wait(_SOON_S)
    assert view.done == ["inc-1", "tidied", "tidied", "tidied"]
    with log.reading() as db:
        assert db.execute("SELECT count(*) FROM patient").fetchone()[0] == 3


def test_without_another_job_it_is_not_asked_again(log: Log, view: PatientView) -> None:
    assert view.at_rest.wait(_SOON_S)
    view.left = 1
    view.at_rest.clear()
    assert not view.at_rest.wait(0.5)
    assert view.done == []


@pytest.mark.expected_log("could not be tidied")
@pytest.mark.parametrize(
    "fault", [sqlite3.OperationalError("database or disk is full"), RuntimeError("a bug")]
)
def test_what_goes_wrong_then_does_not_end_the_writing(
    log: Log, view: PatientView, fault: Exception
) -> None:
    assert view.at_rest.wait(_SOON_S)
    view.fails = fault
    view.at_rest.clear()
    _report(log, 1)
    assert view.at_rest.wait(_SOON_S)
    _report(log, 2)
    assert view.done == ["inc-1", "inc-2"]


def _report(log: Log, no: int) -> None:
    fact = IncidentReported(f"inc-{no}", f"{no}/2569", 2569, no, a_report())
    log.append(fact, actor=PROGRAM).result()
