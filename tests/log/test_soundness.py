"""A damaged log is recognised before it is opened, in milliseconds; a sound or new one is not."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import KnownError
from app.log.soundness import damage_of
from app.log.verify import verify
from tests.log.material import OFFICER, log_in, noted, reported, views
from tests.log.tampering import guards_off, raw


@pytest.fixture
def path(tmp_path: Path) -> Path:
    log = log_in(tmp_path)
    for number in range(300):
        log.append(reported(str(number)), noted(str(number)), actor=OFFICER)
    log.close()
    return tmp_path / "station.db"


def test_a_sound_log_is_no_damage_and_stays_as_it_is(path: Path) -> None:
    before = path.read_bytes()
    assert damage_of(path, is_expected=True) is None
    assert path.read_bytes() == before


def test_a_missing_or_empty_file_is_damage_only_where_there_was_a_log(tmp_path: Path) -> None:
    path = tmp_path / "station.db"
    for _ in range(2):
        assert damage_of(path, is_expected=False) is None
        damage = damage_of(path, is_expected=True)
        assert damage is not None
        assert not damage.can_open
        path.touch()


@pytest.mark.parametrize(
    "name",
    [
        "entries_continue_their_chain",
        "entries_have_no_gaps",
        "entries_are_never_deleted",
        "entries_are_never_changed",
    ],
)
def test_a_guard_that_was_taken_off_is_damage_that_can_be_opened(path: Path, name: str) -> None:
    with raw(path) as db:
        db.execute(f"DROP TRIGGER {name}")
    damage = damage_of(path, is_expected=True)
    assert damage is not None
    assert damage.can_open
    assert name in damage.what[0].english()


def test_a_changed_newest_entry_is_named(path: Path) -> None:
    with guards_off(path) as db:
        db.execute("UPDATE entries SET kind = 'unit_formed' WHERE seq = 590")
    damage = damage_of(path, is_expected=True)
    assert damage is not None
    assert damage.can_open
    assert "console:590" in damage.what[0].english()


def _leaves(path: Path, name: str) -> list[int]:
    with raw(path) as db:
        rows = db.execute(
            "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path", (name,)
        ).fetchall()
    return [row[0] for row in rows]


def test_an_index_without_which_nothing_can_be_appended_is_damage(path: Path) -> None:
    recorder = log_in(path.parent, origin="recorder")
    for number in range(300):  # what the console wrote is no longer among the newest
        recorder.append(noted(str(number)), actor=OFFICER)
    recorder.close()
    whole = path.read_bytes()
    leaves = _leaves(path, "sqlite_autoindex_entries_1")
    assert len(leaves) > 3
    found = 0
    for number in leaves:
        broken = bytearray(whole)
        broken[(number - 1) * 4096 : number * 4096] = bytes(4096)
        path.write_bytes(broken)
        damage = damage_of(path, is_expected=True)
        assert damage is not None or _takes_an_entry_more(path), f"page {number}"
        found += damage is not None
    assert found >= 2


def _takes_an_entry_more(path: Path) -> bool:
    for origin in ("console", "recorder"):
        log = log_in(path.parent, origin=origin)
        log.append(noted("1"), actor=OFFICER).result()
        log.close()
    return True


@pytest.mark.parametrize(
    "content", [b"hello", b"\xff" * 5000, b"SQLite format 3\x00" + b"x" * 9000]
)
def test_what_is_no_database_cannot_be_opened(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "station.db").write_bytes(content)
    damage = damage_of(tmp_path / "station.db", is_expected=False)
    assert damage is not None
    assert not damage.can_open


def test_a_newer_programs_log_is_no_damage(path: Path) -> None:
    with raw(path) as db:
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
                   " VALUES ('log', 'm999_later', '')")  # fmt: skip
    assert damage_of(path, is_expected=True) is None


def test_bytes_flipped_anywhere_are_found_by_somebody_and_never_a_traceback(
    path: Path, tmp_path: Path
) -> None:
    """At the start, or by the night's check: in an entry, a view, an index, a guard, a page."""
    with raw(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sizes = db.execute("SELECT name, pageno FROM dbstat WHERE unused < 3500")
        pages: dict[str, list[int]] = {}
        for name, number in sizes.fetchall():
            pages.setdefault(name, []).append(number)
    whole = path.read_bytes()
    chance = random.Random(20261122)
    tables = {"entries", "incidents", "incident_notes"}
    assert tables | {"entries_subject", "notes_of"} <= set(pages)
    for name, numbers in sorted(pages.items()):
        if not name.startswith(("entries", "incident", "notes_of", "sqlite_autoindex_e")):
            continue
        for _ in range(4):
            number = chance.choice(numbers)
            broken = bytearray(whole)
            at = _in_a_cell(whole, (number - 1) * 4096, chance)
            broken[at] ^= 1 << chance.randrange(8)
            other = tmp_path / "broken" / "station.db"
            other.parent.mkdir(exist_ok=True)
            other.write_bytes(broken)
            found = damage_of(other, is_expected=True) is not None or _is_bad(other)
            assert found, f"{name}: byte {at}"


def _in_a_cell(content: bytes, page: int, chance: random.Random) -> int:
    """Where something is said: the rest of a page is left over from earlier times."""
    header = 8 if content[page] in (0x0A, 0x0D) else 12  # leaf, or internal
    cells = int.from_bytes(content[page + 3 : page + 5])
    pointer = page + header + 2 * chance.randrange(cells)
    return page + int.from_bytes(content[pointer : pointer + 2]) + chance.randrange(12)


def _is_bad(path: Path) -> bool:
    try:
        return not verify(path, views()).ok
    except KnownError:
        return True


def test_looking_loads_nothing_slow(path: Path) -> None:
    """It is done before every window: what migrates (a tenth of a second) is not needed."""
    script = (
        "import sys; from pathlib import Path; from app.log.soundness import damage_of\n"
        "assert damage_of(Path(sys.argv[1]), is_expected=True) is None\n"
        "print('sqlite_utils' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)],
        cwd=Path(__file__).resolve().parents[2], capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"
