"""Whatever was written, in any order: the index finds it, and a rebuild makes the same rows."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import ScriptedClock
from app.incidents import search_index, search_plan, search_rows
from app.incidents.incident import IncidentReported, NoteAdded
from app.incidents.search import Question, search
from app.incidents.search_grams import blocks_with, grams
from app.log import Log, Said
from app.log.verify import verify
from app.thai.clusters import SEPARATOR, packed
from app.thai.text import find_matches
from app.views import all_said, all_views
from tests.station_log import (
    ADMINISTRATOR,
    MORNING,
    OFFICER,
    a_report,
    a_station_log,
    rows_of_views,
)

_TEXTS = st.text(st.sampled_from("กขนแเํ้่ีา 12-aÉ🙂"), max_size=10)
_STEPS = st.one_of(
    _TEXTS,  # a report
    st.tuples(st.integers(0, 9), _TEXTS),  # a note about the one so many before
    st.integers(1, 20),  # an entry to erase
)


@settings(max_examples=40, deadline=None)
@given(
    history=st.lists(_STEPS, min_size=1, max_size=24),
    query=_TEXTS,
    waiting=st.sampled_from((1, 3, search_rows.WAITING)),
)
def test_any_history_is_found_and_rebuilt(
    history: list[str | tuple[int, str] | int], query: str, waiting: int
) -> None:
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(search_index, "BLOCK", 2)
        patch.setattr(search_index, "OPEN", 2)
        patch.setattr(search_plan, "BLOCK", 2)
        patch.setattr(search_rows, "WAITING", waiting)
        with a_station_log(Path(folder), ScriptedClock(MORNING)) as log:
            ids = _live_through(log, history)
            kept = rows_of_views(log)
            _check_what_is_found(log, ids, query)
            log.rebuild()
            assert rows_of_views(log) == kept
            _check_what_is_found(log, ids, query)
        assert verify(Path(folder) / "station.db", all_views()).ok


def _check_what_is_found(log: Log, ids: list[str], query: str) -> None:
    for asked in (query, query[:2], query[:1], "น้ำ", "1"):
        assert _found(log, asked) == _holding(log, ids, asked), asked


def _live_through(log: Log, history: list[str | tuple[int, str] | int]) -> list[str]:
    ids: list[str] = []
    for step in history:
        if isinstance(step, str):
            ids.append(f"inc-{len(ids) + 1}")
            report = a_report(narrative=step, place="", caller="", caller_phone="")
            number = len(ids)
            fact = IncidentReported(ids[-1], f"{number}/2569", 2569, number, report)
            log.append(fact, actor=OFFICER).result()
        elif isinstance(step, tuple) and step[0] < len(ids):
            log.append(NoteAdded(ids[-1 - step[0]], step[1]), actor=OFFICER).result()
        elif isinstance(step, int) and step <= log.count() and _is_whole(log, step):
            log.erase(f"console-1:{step}", reason="ศาลสั่ง", actor=ADMINISTRATOR).result()
    return ids


def _is_whole(log: Log, n: int) -> bool:
    with log.reading() as db:
        kind, body = db.execute("SELECT kind, body FROM entries WHERE n = ?", (n,)).fetchone()
    return kind != "erased" and body is not None


def _found(log: Log, query: str) -> list[str]:
    with log.reading() as db:
        hits = search(db, Question(phrases=(query if query.strip() else "-",)), limit=99).hits
    for hit in hits:
        assert all(one.spans == find_matches(one.text, query) for one in hit.found)
        assert hit.found
    return [hit.incident.id for hit in hits]


def _holding(log: Log, ids: list[str], query: str) -> list[str]:
    said = {one.kind: one for one in all_said()}
    return [
        incident_id
        for incident_id in reversed(ids)
        if any(
            find_matches(text, query)
            for entry in log.entries_of(incident_id)
            for _, text in said[entry.kind].texts(entry.data())
        )
    ]


def test_a_block_names_every_run_and_none_across_a_separator() -> None:
    words = grams(SEPARATOR.join((packed("กข1"), packed("ข"), b"")))
    (k, kh) = (packed(letter).decode("latin-1") for letter in "กข")
    assert sorted(words.split()) == sorted(["1", k, kh, f"{k}{kh}", f"{kh}1", f"{k}{kh}1"])
    assert grams(b"") == ""


def test_a_query_asks_for_runs_of_four_and_not_for_more_than_are_of_use() -> None:
    assert blocks_with([b"ab"]) == '"ab"'
    assert blocks_with([b"abcde", b"bcde"]) == '"abcd" AND "bcde"'
    words = blocks_with([bytes(range(0x61, 0x7B)) + bytes(range(0x41, 0x5B))]).split(" AND ")
    assert words[0] == '"abcd"'
    assert words[-1] == '"WXYZ"'
    assert len(words) <= 25


def test_a_kind_is_named_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        search_index.IncidentSearchView((Said("note_added"), Said("note_added", ("text",))))


def test_what_is_looked_through_is_part_of_the_view_s_definition() -> None:
    versions = {
        search_index.IncidentSearchView(said).version
        for said in ((), (Said("note_added"),), (Said("note_added", ("text",)),))
    }
    assert len(versions) == 3
