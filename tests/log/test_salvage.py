"""What a damaged log still holds comes to a copy of it, and nothing that does not belong there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from app.log import Log, entries_after
from app.log.copying import copy_log
from app.log.salvage import Salvaged, salvage
from app.log.verify import verify
from tests.log.material import (
    ADMINISTRATOR,
    NOON,
    OFFICER,
    PROGRAM,
    Told,
    log_in,
    noted,
    reported,
    views,
)
from tests.log.tampering import guards_off, raw


class Copied:
    """A log of 40 entries, a copy of its first 20, and both files closed."""

    def __init__(self, folder: Path) -> None:
        self.path, self.copy = folder / "station.db", folder / "copy.db"
        log = log_in(folder)
        self._write(log, 0, 10)
        copy_log(self.path, self.copy)
        self._write(log, 10, 20)
        log.erase("console:4", reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
        log.close()

    def _write(self, log: Log, first: int, last: int) -> None:
        for number in range(first, last):
            log.append(reported(str(number)), noted(str(number), "ก" * 900), actor=OFFICER).result()

    def salvage(self) -> Salvaged:
        found = salvage(self.copy, self.path, views(), NOON)
        report = verify(self.copy, views())
        assert report.ok, report.findings
        assert report.entries == found.entries
        return found


@pytest.fixture
def copied(tmp_path: Path) -> Copied:
    return Copied(tmp_path)


def test_everything_after_the_copy_is_taken_over_with_its_erasures(copied: Copied) -> None:
    found = copied.salvage()
    assert (found.kept, found.taken_over, found.lost) == (20, 21, 0)
    with raw(copied.copy) as db:
        assert db.execute("SELECT body FROM entries WHERE seq = 4").fetchone() == (None,)
        assert db.execute("SELECT count(*) FROM incidents").fetchone() == (20,)
    assert verify(copied.path, views()).ok  # the damaged one was only read


def test_it_ends_at_the_first_entry_that_was_changed(copied: Copied) -> None:
    with guards_off(copied.path) as db:
        db.execute("UPDATE entries SET actor = 'officer-08' WHERE seq = 31")
    found = copied.salvage()
    assert (found.kept, found.taken_over, found.lost) == (20, 10, 11)


@pytest.fixture
def erased(tmp_path: Path) -> Copied:
    """As `copied`; of what the copy has not, entry 30 is erased by 42 and 28 by 43."""
    made = Copied(tmp_path)
    log = log_in(tmp_path)
    for number in (30, 28):
        log.erase(f"console:{number}", reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    log.close()
    return made


@pytest.mark.parametrize(("changed", "end"), [(44, 43), (43, 27), (42, 27), (35, 27), (29, 27)])
def test_it_ends_before_an_entry_whose_erasure_cannot_come(
    erased: Copied, changed: int, end: int
) -> None:
    with guards_off(erased.path) as db:
        db.execute("UPDATE entries SET actor = 'officer-08' WHERE seq = ?", (changed,))
    found = erased.salvage()
    assert (found.kept, found.taken_over, found.lost) == (20, end - 20, 43 - end)


def test_an_erasure_that_is_cut_off_so_is_missing_for_an_earlier_entry(tmp_path: Path) -> None:
    """Entry 30 cannot stay, so 31, which erased 25, goes with it, and so does 25."""
    log = log_in(tmp_path)
    log.append(*(noted(str(number)) for number in range(30)), actor=OFFICER).result()
    for number in (25, 30):
        log.erase(f"console:{number}", reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    log.close()
    with guards_off(tmp_path / "station.db") as db:
        db.execute("UPDATE entries SET actor = 'officer-08' WHERE seq = 32")
    found = salvage(tmp_path / "made.db", tmp_path / "station.db", views(), NOON)
    assert (found.taken_over, found.lost) == (24, 8)
    assert verify(tmp_path / "made.db", views()).ok


def test_a_body_that_somebody_took_out_ends_it(copied: Copied) -> None:
    with guards_off(copied.path) as db:
        db.execute("UPDATE entries SET body = NULL WHERE seq = 31")
    found = copied.salvage()
    assert (found.kept, found.taken_over, found.lost) == (20, 10, 11)


def test_a_page_that_cannot_be_read_ends_it(copied: Copied) -> None:
    with raw(copied.path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (body,) = db.execute("SELECT body FROM entries WHERE seq = 36").fetchone()
    content = bytearray(copied.path.read_bytes())
    page = content.index(body.encode()[:200]) // 4096 * 4096
    content[page : page + 16] = b"\xff" * 16
    copied.path.write_bytes(content)
    found = copied.salvage()
    assert found.kept == 20
    assert 5 < found.taken_over < 21
    assert found.lost is None or found.lost == 21 - found.taken_over


@pytest.mark.parametrize("what", ["gone", "letter", "another table", "another log"])
def test_what_is_no_continuation_gives_nothing(copied: Copied, tmp_path: Path, what: str) -> None:
    if what == "gone":
        copied.path.unlink()
    elif what == "letter":
        copied.path.write_bytes("เรียน ผู้กำกับการ".encode() * 500)
    elif what == "another table":
        with guards_off(copied.path) as db:
            db.execute("ALTER TABLE entries ADD COLUMN colour TEXT")
    else:
        other = tmp_path / "other"
        other.mkdir()
        Copied(other)
        shutil.copy(other / "station.db", copied.path)
    found = copied.salvage()
    assert (found.kept, found.taken_over) == (20, 0)


def test_without_any_copy_all_comes_from_the_damaged_file(copied: Copied, tmp_path: Path) -> None:
    with raw(copied.path) as db:
        db.execute("DROP TABLE incident_notes")
        db.execute("DROP TRIGGER entries_are_never_deleted")
    made = tmp_path / "made.db"
    found = salvage(made, copied.path, views(), NOON)
    assert (found.kept, found.taken_over, found.lost) == (0, 41, 0)
    assert verify(made, views()).ok


class Branched:
    """A log of 20 entries that went on in two files: one by `longer` entries of the same console,
    which is the copy; the damaged one, put back after the 20, by `lost` of another console."""

    def __init__(self, folder: Path, longer: int, lost: int) -> None:
        for name in ("copy", "damaged", "recordings"):
            (folder / name).mkdir()
        self.copy, self.damaged = (folder / name / "station.db" for name in ("copy", "damaged"))
        self._recorder = log_in(folder / "recordings", origin="recorder-1", kept=[])
        self._recorder.append(*_lost_cameras(5), actor=PROGRAM).result()
        log = log_in(folder / "copy")
        log.append(*(reported(str(number)) for number in range(20)), actor=OFFICER).result()
        copy_log(self.copy, self.damaged)
        self._go_on(log, longer)
        self._go_on(log_in(folder / "damaged", origin="console-2"), lost)
        self._recorder.close()

    def _go_on(self, log: Log, entries: int) -> None:
        for number in range(entries):
            log.append(noted(str(number)), actor=OFFICER).result()
        with self._recorder.reading() as db:
            log.take_in(entries_after(db, "recorder-1", 0)).result()
        log.close()

    def salvage(self) -> Salvaged:
        return salvage(self.copy, self.damaged, views(), NOON)


def _lost_cameras(count: int) -> list[Told]:
    return [Told("camera_lost", f"C{number}", {}) for number in range(count)]


@pytest.mark.parametrize(("longer", "lost"), [(40, 30), (30, 40), (1, 1), (0, 7), (40, 0)])
def test_what_only_the_damaged_file_has_is_counted_not_what_it_has_more(
    tmp_path: Path, longer: int, lost: int
) -> None:
    """Both took in the same entries of the recorder, at other places."""
    found = Branched(tmp_path, longer, lost).salvage()
    assert (found.kept, found.taken_over, found.lost) == (25 + longer, 0, lost)


def test_a_changed_row_of_the_damaged_file_does_not_hide_where_they_part(tmp_path: Path) -> None:
    branched = Branched(tmp_path, 40, 30)
    with guards_off(branched.damaged) as db:
        db.execute("UPDATE entries SET actor = 'officer-08' WHERE seq BETWEEN 12 AND 20")
        db.execute("UPDATE entries SET hash = replace(hash, 'a', 'b') WHERE seq = 50")
    assert branched.salvage().lost == 30


def test_one_name_in_two_files_is_compared_by_what_they_say(copied: Copied) -> None:
    folder = copied.copy.parent / "again"
    folder.mkdir()
    shutil.copy(copied.copy, folder / "station.db")
    log = log_in(folder)
    log.append(*(noted(str(number)) for number in range(10)), actor=OFFICER).result()
    log.close()
    shutil.copy(folder / "station.db", copied.copy)
    found = copied.salvage()
    assert (found.kept, found.taken_over, found.lost) == (30, 0, 21)


def test_where_its_rows_cannot_be_read_they_are_counted(copied: Copied) -> None:
    with guards_off(copied.path) as db:
        db.execute("UPDATE entries SET origin = 'x' WHERE seq = 41")  # its chains are not all of it
    found = copied.salvage()
    assert (found.kept, found.taken_over, found.lost) == (20, 20, 1)
