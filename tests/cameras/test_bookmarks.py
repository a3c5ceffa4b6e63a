"""Marked moments: kept at once, noted and taken back later, found by time; nothing overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from app.cameras.bookmarks import (
    NOTE_LIMIT,
    Bookmark,
    bookmarks_between,
    mark_moment,
    note_moment,
    unmark_moment,
)
from app.errors import KnownError
from app.log import Log
from tests.station_log import ADMINISTRATOR, MORNING, OFFICER, a_station_log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with a_station_log(tmp_path) as log:
        yield log


def marked(log: Log, camera_id: str = "C03", minutes: float = 0, incident_id: str = "") -> str:
    at = MORNING + timedelta(minutes=minutes)
    (entry,) = mark_moment(log, camera_id, at, incident_id=incident_id, actor=OFFICER).result()
    return entry.id


def found(log: Log, camera_id: str = "", minutes: float = 60) -> list[Bookmark]:
    with log.reading() as db:
        return bookmarks_between(db, MORNING, MORNING + timedelta(minutes=minutes), camera_id)


def test_a_moment_is_marked_at_once_and_noted_afterwards(log: Log) -> None:
    mark_id = marked(log, minutes=2.5)
    (mark,) = found(log)
    assert (mark.id, mark.camera_id, mark.note) == (mark_id, "C03", "")
    assert (mark.at, mark.actor) == (MORNING + timedelta(minutes=2.5), OFFICER.id)
    note_moment(log, mark_id, "  เสื้อแดงวิ่งไปทางท่าเรือ ", actor=OFFICER).result()
    assert found(log)[0].note == "เสื้อแดงวิ่งไปทางท่าเรือ"


def test_marks_are_found_by_time_and_camera(log: Log) -> None:
    later, first = marked(log, minutes=20), marked(log, minutes=5)
    other = marked(log, "C04", minutes=10)
    assert [mark.id for mark in found(log)] == [first, other, later]
    assert [mark.id for mark in found(log, "C04")] == [other]
    assert [mark.id for mark in found(log, minutes=20)] == [first, other], "the end is not in it"


def test_a_mark_belongs_to_the_incident_that_was_selected_and_stands_in_its_story(
    log: Log,
) -> None:
    mark_id = marked(log, incident_id="inc-1")
    note_moment(log, mark_id, "รถกระบะสีขาว", actor=OFFICER).result()
    kinds = [entry.kind for entry in log.entries_of("inc-1")]
    assert kinds == ["moment_marked", "moment_noted"]
    assert found(log)[0].incident_id == "inc-1"


def test_a_mark_taken_back_is_gone_from_the_list_but_not_from_the_log(log: Log) -> None:
    mark_id = marked(log)
    unmark_moment(log, mark_id, actor=OFFICER).result()
    assert found(log) == []
    assert len(log.entries_of("C03")) == 2
    for act in (unmark_moment(log, mark_id, actor=OFFICER),
                note_moment(log, mark_id, "ช้าไป", actor=OFFICER)):  # fmt: skip
        with pytest.raises(KnownError, match="not marked any more"):
            act.result()
    assert len(log.entries_of("C03")) == 2


@pytest.mark.parametrize("note", ["", "  ", "x" * (NOTE_LIMIT + 1), "สอง\nบรรทัด"])
def test_a_note_that_is_none_is_refused_and_the_mark_stays(log: Log, note: str) -> None:
    mark_id = marked(log)
    with pytest.raises(KnownError):
        note_moment(log, mark_id, note, actor=OFFICER)
    assert found(log)[0].note == ""


def test_an_erased_note_leaves_the_mark(log: Log) -> None:
    mark_id = marked(log)
    (entry,) = note_moment(log, mark_id, "ชื่อบุคคล", actor=OFFICER).result()
    log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    assert [(mark.id, mark.note) for mark in found(log)] == [(mark_id, "")]
