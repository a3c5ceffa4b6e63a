"""Views may be thrown away at any time: what a rebuild makes is what was kept."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.log import Changed, Connection, Entry, Log
from app.log.verify import tail_check, verify
from tests.log.material import (
    ADMINISTRATOR,
    OFFICER,
    CountingView,
    IncidentView,
    Told,
    all_views,
    closed,
    log_in,
    noted,
    reported,
    rows_of,
    views,
)
from tests.log.tampering import raw

_NUMBERS = st.sampled_from(["1", "2", "3"])
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_FACTS = st.one_of(
    st.builds(reported, _NUMBERS, _TEXT),
    st.builds(noted, _NUMBERS, _TEXT),
    st.builds(closed, _NUMBERS),
    st.builds(Told, st.just("incident_reopened"), _NUMBERS, st.just({})),
    st.builds(Told, st.just("log_verified"), st.just("console"), st.just({"ok": True})),
)
_HISTORIES = st.lists(
    st.one_of(st.lists(_FACTS, min_size=1, max_size=4), st.integers(1, 20)), max_size=15
)


@settings(max_examples=40, deadline=None)
@given(_HISTORIES)
def test_after_any_history_a_rebuild_gives_the_rows_that_were_kept(
    history: list[list[Told] | int],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = log_in(Path(folder))
        _live_through(log, history)
        kept = all_views(log)
        log.rebuild()
        assert all_views(log) == kept
        log.close()
        path = Path(folder) / "station.db"
        assert verify(path, views()).ok
        assert tail_check(path, 3).ok


def _live_through(log: Log, history: list[list[Told] | int]) -> None:
    """A list is appended at once; a number is an entry to erase, if it is there and still whole."""
    erased: set[int] = set()
    for step in history:
        if isinstance(step, list):
            log.append(*step, actor=OFFICER).result()
        elif step <= log.count() and step not in erased:
            log.erase(f"console:{step}", reason="ศาลสั่ง", actor=ADMINISTRATOR).result()
            erased.add(step)


def test_a_view_damaged_by_hand_is_whole_again_after_a_rebuild(log: Log, tmp_path: Path) -> None:
    log.append(reported("1"), noted("1"), actor=OFFICER).result()
    kept = all_views(log)
    with raw(tmp_path / "station.db") as db:
        db.execute("UPDATE incidents SET text = 'x'")
    told: list[Changed] = []
    log.subscribe(told.append)
    log.rebuild()
    assert all_views(log) == kept
    assert "incident_reported" in told[0].kinds
    assert log.entries_of("console")[0].kind == "views_rebuilt"


def test_a_view_dropped_by_hand_is_there_again_after_the_next_start(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), actor=OFFICER).result()
    kept = all_views(log)
    log.close()
    with raw(tmp_path / "station.db") as db:
        db.execute("DROP TABLE incidents")
    log = log_in(tmp_path)
    assert all_views(log) == kept
    assert log.entries_of("console")[0].data()["tables"] == ["incidents", "incident_notes"]
    log.close()


def test_a_fingerprint_that_is_no_text_has_its_view_made_anew(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), actor=OFFICER).result()
    kept = all_views(log)
    log.close()
    with raw(tmp_path / "station.db") as db:
        db.execute("UPDATE kept_views SET fingerprint = CAST(x'ff41' AS TEXT)"
                   " WHERE tables = 'kind_counts'")  # fmt: skip
    log = log_in(tmp_path)
    assert all_views(log) == kept
    assert log.entries_of("console")[0].data()["tables"] == ["kind_counts"]
    log.close()
    log = log_in(tmp_path)
    assert log.count() == 2  # and only once
    log.close()


@pytest.mark.parametrize("table", ["entries", "kept_views", "_sqlite_migrations"])
def test_a_note_that_names_the_logs_own_table_drops_nothing(tmp_path: Path, table: str) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), actor=OFFICER).result()
    log.close()
    with raw(tmp_path / "station.db") as db:
        db.execute("INSERT INTO kept_views VALUES (?, 'x')", (f"gone,{table}",))
    for _ in range(2):
        log = log_in(tmp_path)
        log.append(noted("1"), actor=OFFICER).result()
        log.close()
    assert verify(tmp_path / "station.db", views()).entries == 3


@pytest.mark.parametrize("table", ["incidents", "kind_counts"])
def test_a_table_that_was_made_a_view_is_a_table_again(tmp_path: Path, table: str) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), noted("1"), actor=OFFICER).result()
    kept = all_views(log)
    log.close()
    with raw(tmp_path / "station.db") as db:
        db.execute(f"ALTER TABLE {table} RENAME TO other")
        db.execute(f"CREATE VIEW {table} AS SELECT * FROM other")
    log = log_in(tmp_path)
    assert all_views(log) == kept
    log.append(noted("1"), actor=OFFICER).result()
    log.rebuild()
    log.close()
    assert verify(tmp_path / "station.db", views()).ok


class _WiderView(CountingView):
    kinds = CountingView.kinds | {"note_added"}


class _SameTablesOtherRule(CountingView):
    version = 2

    def apply(self, db: Connection, entry: Entry) -> None:
        super().apply(db, entry)
        super().apply(db, entry)


class _OtherColumns(CountingView):
    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS kind_counts"
            " (kind TEXT PRIMARY KEY, n INTEGER, last TEXT) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        db.execute(
            "INSERT INTO kind_counts VALUES (?, 1, ?)"
            " ON CONFLICT (kind) DO UPDATE SET n = n + 1, last = excluded.last",
            (entry.kind, entry.at),
        )


@pytest.mark.parametrize(
    ("view", "rows"),
    [
        (_WiderView(), [("incident_reported", 1), ("note_added", 1)]),
        (_SameTablesOtherRule(), [("incident_reported", 2)]),
        (_OtherColumns(), [("incident_reported", 1, "2026-11-22T05:00:00.000Z")]),
    ],
)
def test_an_updated_program_finds_its_changed_view_rebuilt(
    tmp_path: Path, view: CountingView, rows: list[tuple[object, ...]]
) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), noted("1"), actor=OFFICER).result()
    log.close()
    log = log_in(tmp_path, kept=[IncidentView(), view])
    with log.reading() as db:
        assert rows_of(db, "kind_counts") == rows
    assert log.entries_of("console")[-1].data()["tables"] == ["kind_counts"]
    log.close()
    assert verify(tmp_path / "station.db", [IncidentView(), view]).ok


def test_a_start_without_changes_rebuilds_nothing_and_says_nothing(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), actor=OFFICER).result()
    head = log.head()
    log.close()
    log = log_in(tmp_path)
    assert log.head() == head
    log.close()


def test_tables_of_a_view_that_is_no_more_are_taken_away(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), actor=OFFICER).result()
    log.close()
    log = log_in(tmp_path, kept=[IncidentView()])
    with log.reading() as db:
        names = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    assert "kind_counts" not in names
    log.close()


def test_two_views_may_not_share_a_table(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="kind_counts"):
        log_in(tmp_path, kept=[CountingView(), _WiderView()])


class _Committing(CountingView):
    def create(self, db: Connection) -> None:
        db.executescript("CREATE TABLE IF NOT EXISTS kind_counts (kind TEXT, n INTEGER) STRICT;")


def test_a_view_that_commits_on_its_own_is_found_out_at_the_first_start(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended the log's transaction"):
        log_in(tmp_path, kept=[_Committing()])
