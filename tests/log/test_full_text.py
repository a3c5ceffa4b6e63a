"""A full-text index written in one go: SQLite's own code reads it, checks it and goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.log import full_text
from app.log.full_text import Lists, merge_a_little, merge_evenly, write_at_once

words = st.text("¡¢£a1\x81ÿ", min_size=1, max_size=4)
documents = st.dictionaries(
    st.integers(1, 3_000_000), st.sets(words, min_size=1, max_size=8), max_size=20
)


@pytest.fixture
def db() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        for name in ("quick", "usual"):
            _create(opened, name)
        yield opened


@settings(max_examples=150, deadline=None)
@given(documents, st.integers(1, 5))
@example({1: {"¡"}}, 1)
@example({}, 1)
@example({5: {"a", "aa", "aaa"}, 300: {"aa"}, 70_000: {"aaa", "a"}}, 2)
def test_it_holds_what_one_made_row_by_row_holds(
    documents: Mapping[int, set[str]], stretches: int
) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        _make_both(db, documents, stretches)
        _check_both_are_the_same(db, documents)


def test_words_that_stand_in_more_rows_than_a_page_holds(db: sqlite3.Connection) -> None:
    rare = {7: {"once"}, 39_999: {"once", "twice"}, 12_345: {"twice"}}
    everywhere = {row: {"all", "zz"} | ({"even"} if row % 2 else set()) for row in range(1, 40_000)}
    far = {1_000_000 + 20_000 * row: {"far"} for row in range(4_000)}  # steps of three bytes
    documents = {
        row: everywhere.get(row, set()) | rare.get(row, set()) | far.get(row, set())
        for row in {*everywhere, *rare, *far}
    }
    _make_both(db, documents, 2)
    _check_both_are_the_same(db, documents)
    (pages,) = db.execute("SELECT count(*) FROM quick_data WHERE id > 10").fetchone()
    assert pages > 20


def test_many_words(db: sqlite3.Connection) -> None:
    documents = {row: {f"{row * 31 % 9973:x}", f"{row % 997:03x}"} for row in range(1, 9_000)}
    _make_both(db, documents, 7)
    _check_both_are_the_same(db, documents)
    assert _pieces(db, "quick") == 1


def test_what_comes_later_is_found_beside_it(db: sqlite3.Connection) -> None:
    _make_both(db, {row: {"old", f"{row}"} for row in range(1, 3_000)}, 3)
    for row in range(3_000, 3_200):
        _insert(db, row, "old new")
    _insert(db, 17, "afterwards")
    assert _found(db, "quick", '"old" AND "new"') == list(range(3_199, 2_999, -1))
    assert _found(db, "quick", '"old" AND "afterwards"') == [17]
    _check(db, "quick")
    db.execute("INSERT INTO quick(quick) VALUES('optimize')")
    assert _pieces(db, "quick") == 1
    _check_both_count_the_same(db)


def test_many_pieces_become_one_a_little_at_a_time(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also while rows come."""
    monkeypatch.setattr(full_text, "_PAGES_A_TIME", 20)
    _make_both(db, {row: {"old", f"{row}"} for row in range(1, 30_000)}, 3)
    for name in ("quick", "usual"):
        db.execute(f"INSERT INTO {name}({name}, rank) VALUES('automerge', 0)")
    for row in range(30_000, 30_040):
        _insert(db, row, " ".join(["old", "new", *(f"{row}x{one}" for one in range(300))]))
    assert _pieces(db, "quick") > 5
    calls = 0
    while merge_a_little(db, "quick"):
        calls += 1
        if calls == 2:
            _insert(db, 30_040, "meanwhile")
    assert calls > 2, "in one go it would keep a report waiting"
    assert _pieces(db, "quick") <= 2
    _check_both_count_the_same(db)
    assert _found(db, "quick", '"new"') == list(range(30_039, 29_999, -1))
    assert _found(db, "quick", '"meanwhile"') == [30_040]


def test_merging_evenly_leaves_no_row_much_to_merge(db: sqlite3.Connection) -> None:
    worst = {}
    for name in ("quick", "usual"):
        written = []
        for row in range(1, 700):
            before = db.total_changes
            db.execute("BEGIN")
            _insert_in(db, name, row, " ".join(f"{row * one % 9973:x}" for one in range(1, 400)))
            if name == "quick":
                merge_evenly(db, name)
            db.execute("COMMIT")
            written.append(db.total_changes - before)
        worst[name] = max(written)
    assert worst["quick"] * 3 < worst["usual"]
    assert _pieces(db, "quick") <= _pieces(db, "usual") + 4, "a search looks into each"
    _check_both_count_the_same(db)


def test_merging_can_be_put_off_and_is_made_up_for_at_rest(db: sqlite3.Connection) -> None:
    """What was put off waits also when the haste is over: no row pays for the others."""
    for row in range(1, 61):
        _insert_many_words(db, row)
        merge_evenly(db, "quick", put_off=row <= 50)
    assert _pieces(db, "quick") == 60
    while merge_a_little(db, "quick"):
        pass
    assert _pieces(db, "quick") < 6
    for row in range(61, 91):
        _insert_many_words(db, row)
        merge_evenly(db, "quick")
    assert _pieces(db, "quick") < 12, "it goes on as before"
    _check_both_count_the_same(db)


def test_more_than_some_hundred_pieces_are_not_put_off(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search looks into each of them, and FTS5 can have no more than two thousand."""
    monkeypatch.setattr(full_text, "_MOST_PUT_OFF", 30)
    most = 0
    for row in range(1, 200):
        _insert_many_words(db, row)
        merge_evenly(db, "quick", put_off=True)
        most = max(most, _pieces(db, "quick"))
    assert 30 < most < 40
    _check_both_count_the_same(db)


def test_what_fts5_shall_leave_to_us_is_said_to_it_once(db: sqlite3.Connection) -> None:
    """Also on a connection with rows of SQLite's own kind, as the log's is."""
    db.row_factory = sqlite3.Row
    _insert_in(db, "quick", 1, "once")
    merge_evenly(db, "quick")
    told = full_text._structure(db, "quick").settings
    _insert_in(db, "quick", 2, "twice")
    merge_evenly(db, "quick")
    assert full_text._structure(db, "quick").settings == told


def test_a_large_piece_is_not_written_anew_for_a_few_words(db: sqlite3.Connection) -> None:
    _make_both(db, {row: {"old", f"{row}"} for row in range(1, 30_000)}, 3)
    before = set(db.execute("SELECT id FROM quick_data WHERE id > 10").fetchall())
    for row in range(30_000, 30_011):
        _insert(db, row, "new")
    while merge_a_little(db, "quick"):
        pass
    assert _pieces(db, "quick") <= 4
    assert before <= set(db.execute("SELECT id FROM quick_data WHERE id > 10").fetchall())
    _check_both_count_the_same(db)


def test_however_often_all_is_merged_it_keeps_few_levels(
    db: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report that comes while a merge is under way does as much of it as there are levels."""
    monkeypatch.setattr(full_text, "_MANY_PIECES", 2)
    monkeypatch.setattr(full_text, "_FAIR_SHARE", 1_000_000)
    _make_both(db, {row: {"old", f"{row}"} for row in range(1, 3_000)}, 3)
    levels = []
    for row in range(3_000, 3_030):
        _insert(db, row, "new")
        db.execute("BEGIN")
        while merge_a_little(db, "quick"):
            pass
        db.execute("COMMIT")
        assert _pieces(db, "quick") == 1
        levels.append(len(full_text._structure(db, "quick").levels))
        assert _found(db, "quick", '"new"')[0] == row
    assert max(levels) <= 14
    _check_both_count_the_same(db)


def test_a_word_too_long_is_refused(db: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="too long"):
        write_at_once(db, "quick", [_lists({1: {"a" * 101}})], [(1, 1)])


def test_few_pieces_are_left_alone(db: sqlite3.Connection) -> None:
    _make_both(db, {row: {"old", f"{row}"} for row in range(1, 3_000)}, 3)
    db.execute("INSERT INTO quick(rowid, words) VALUES(3000, 'new')")
    before = db.execute("SELECT id, block FROM quick_data").fetchall()
    assert not merge_a_little(db, "quick")
    assert db.execute("SELECT id, block FROM quick_data").fetchall() == before


def test_nothing_is_written_over(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO quick(rowid, words) VALUES(1, 'here')")
    with pytest.raises(ValueError, match="not empty"):
        write_at_once(db, "quick", [_lists({2: {"there"}})], [(2, 1)])
    assert _found(db, "quick", '"here"') == [1]


def test_a_row_too_large_is_refused(db: sqlite3.Connection) -> None:
    with pytest.raises(ValueError, match="too large"):
        write_at_once(db, "quick", [_lists({1 << 28: {"far"}})], [(1 << 28, 1)])


def _create(db: sqlite3.Connection, name: str) -> None:
    db.execute(
        f"CREATE VIRTUAL TABLE {name} USING fts5(words, content='', detail=none, tokenize='ascii')"
    )
    db.execute(f"CREATE VIRTUAL TABLE {name}_counts USING fts5vocab({name}, row)")


def _make_both(db: sqlite3.Connection, documents: Mapping[int, set[str]], stretches: int) -> None:
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'quick'").fetchone():
        for name in ("quick", "usual"):
            _create(db, name)
    db.execute("BEGIN")
    for row in sorted(documents):
        values = (row, " ".join(documents[row]))
        db.execute("INSERT INTO usual(rowid, words) VALUES(?, ?)", values)
    db.execute("COMMIT")
    known = sorted({word for found in documents.values() for word in found})
    step = max(1, -(-len(known) // stretches))
    parts = [known[at : at + step] for at in range(0, len(known), step)]
    sizes = [(row, len(documents[row])) for row in sorted(documents)]
    db.execute("BEGIN")
    write_at_once(db, "quick", (_lists(documents, part) for part in parts), sizes)
    db.execute("COMMIT")


def _insert(db: sqlite3.Connection, row: int, words: str) -> None:
    for name in ("quick", "usual"):
        _insert_in(db, name, row, words)


def _insert_in(db: sqlite3.Connection, name: str, row: int, words: str) -> None:
    db.execute(f"INSERT INTO {name}(rowid, words) VALUES(?, ?)", (row, words))


def _insert_many_words(db: sqlite3.Connection, row: int) -> None:
    _insert(db, row, " ".join(f"{row * one % 9973:x}" for one in range(1, 200)))


def _lists(documents: Mapping[int, set[str]], known: list[str] | None = None) -> Lists:
    wanted = known or sorted({word for found in documents.values() for word in found})
    holding: dict[str, list[int]] = {word: [] for word in wanted}
    for row in sorted(documents):
        for word in documents[row]:
            if word in holding:
                holding[word].append(row)
    rows = [holding[word] for word in wanted]
    ends = np.cumsum([len(one) for one in rows]).astype(np.int64)
    return Lists(
        [word.encode() for word in wanted],
        ends,
        np.concatenate([np.array(one, np.uint32) for one in rows]),
    )


def _check_both_are_the_same(db: sqlite3.Connection, documents: Mapping[int, set[str]]) -> None:
    _check_both_count_the_same(db)
    known = sorted({word for found in documents.values() for word in found})
    for one, other in zip(known[:200], known[-200:], strict=True):
        for asked in (f'"{one}"', f'"{one}" AND "{other}"', f'"{one}" OR "{other}"'):
            assert _found(db, "quick", asked) == _found(db, "usual", asked), asked
            for low, high in ((0, 1 << 30), (5_000, 20_000), (1_000_000, 1_100_000)):
                found = _found(db, "usual", asked, low, high)
                assert _found(db, "quick", asked, low, high) == found
    rows = "SELECT rowid FROM {} ORDER BY 1"
    assert (
        db.execute(rows.format("quick")).fetchall() == db.execute(rows.format("usual")).fetchall()
    )


def _check_both_count_the_same(db: sqlite3.Connection) -> None:
    _check(db, "quick")
    assert _counts(db, "quick") == _counts(db, "usual")


def _check(db: sqlite3.Connection, name: str) -> None:
    """FTS5's own look at every page: it raises when one is not as it should be."""
    db.execute(f"INSERT INTO {name}({name}) VALUES('integrity-check')")


def _counts(db: sqlite3.Connection, name: str) -> list[tuple[str, int]]:
    return db.execute(f"SELECT term, doc FROM {name}_counts ORDER BY term").fetchall()


def _pieces(db: sqlite3.Connection, name: str) -> int:
    count: int = db.execute(f"SELECT count(DISTINCT segid) FROM {name}_idx").fetchone()[0]
    return count


def _found(
    db: sqlite3.Connection, name: str, asked: str, low: int = 0, high: int = 1 << 62
) -> list[int]:
    rows = db.execute(
        f"SELECT rowid FROM {name} WHERE {name} MATCH ? AND rowid BETWEEN ? AND ?"
        " ORDER BY rowid DESC",
        (asked, low, high),
    )
    return [row[0] for row in rows]
