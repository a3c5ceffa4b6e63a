"""Seals of the log: what they show that a chain alone does not, and when one is due."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.evidence.log_seals import check_seals
from app.evidence.office import EvidenceOffice
from app.evidence.seals import is_due, last_sealed_at
from app.evidence.station_check import StationReport, check_station
from app.incidents.incident import NoteAdded
from app.log import Log, all_heads, chain
from app.log.verify import verify
from app.station import Disk, FileSecrets, Redactor, StationFolder, create_station
from app.views import all_views
from tests.evidence.material import bodies
from tests.log.tampering import guards_off
from tests.station.places import profile
from tests.station_log import ADMINISTRATOR, MORNING, OFFICER, a_station_log

ROOT = Path(__file__).resolve().parents[2]


class Sealed:
    """A station whose log is sealed by hand."""

    def __init__(self, folder: StationFolder, log: Log, clock: ScriptedClock, root: Path) -> None:
        self.folder, self.log, self.clock = folder, log, clock
        self.secrets_file = root / "config" / "secrets.json"
        secrets = FileSecrets(Redactor(), file=self.secrets_file)
        self.office = EvidenceOffice(folder, log, secrets, Disk(), clock, "test 1")

    def note(self, text: str = "จดไว้") -> None:
        self.log.append(NoteAdded("inc-1", text), actor=OFFICER).result()

    def check(self, key: str = "") -> StationReport:
        return check_station(self.folder.database, all_views(), key)


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Sealed]:
    folder = create_station(tmp_path / "station", profile())
    clock = ScriptedClock(MORNING)
    with a_station_log(folder.root, clock) as log:
        made = Sealed(folder, log, clock, tmp_path)
        made.note()
        yield made


def english(report: StationReport) -> str:
    return "\n".join(sentence.english() for sentence in report.sentences())


def test_a_seal_signs_where_every_chain_stands(sealed: Sealed) -> None:
    with sealed.log.reading() as db:
        before = all_heads(db)
    seal = sealed.office.seal()
    lines = str(seal.data()["statement"]).split("\n")
    assert lines[0] == "smart-safety-zone seal 1"
    assert lines[2] == "day 2026-11-22"
    # between the two stands the entry that says that the key was made
    assert [line.split()[1] for line in lines[4:]] == [head.origin for head in before]
    assert lines[4].split()[2] == str(seal.n - 1)
    assert lines[4].split()[3] == seal.prev
    assert sealed.check(sealed.office.key().fingerprint).ok


def test_a_log_without_a_seal_is_whole_and_says_so(sealed: Sealed) -> None:
    report = sealed.check()
    assert report.ok
    assert "has not been sealed yet" in english(report)


def test_without_a_fingerprint_it_says_no_more_than_whose_key(sealed: Sealed) -> None:
    sealed.office.seal()
    fingerprint = sealed.office.key().fingerprint
    assert f"by key {fingerprint}" in english(sealed.check())
    assert "Compare this fingerprint" in english(sealed.check())
    assert "Compare this fingerprint" not in english(sealed.check(fingerprint))


def test_seals_outlive_an_erasure(sealed: Sealed) -> None:
    sealed.office.seal()
    (note,) = sealed.log.entries_of("inc-1")
    sealed.log.erase(note.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    sealed.office.seal()
    assert sealed.check(sealed.office.key().fingerprint).ok


def test_a_log_written_anew_by_somebody_else_shows_only_by_its_key(
    sealed: Sealed, tmp_path: Path
) -> None:
    """Chain, views and seals are all consistent: the paper alone tells."""
    fingerprint = sealed.office.key().fingerprint
    sealed.office.seal()
    forged = create_station(tmp_path / "forged", profile())
    with a_station_log(forged.root, ScriptedClock(MORNING)) as log:
        forger = Sealed(forged, log, ScriptedClock(MORNING), tmp_path / "forger")
        forger.note("ไม่มีอะไรเกิดขึ้น")
        forger.office.seal()
        assert forger.check().ok
        report = forger.check(fingerprint)
        assert not report.ok
        assert "by another key" in english(report)


def test_a_log_with_nobody_s_seal_is_not_by_the_key_that_was_named(sealed: Sealed) -> None:
    report = sealed.check("0" * 32)
    assert not report.ok
    assert "No seal is by the key that you named" in english(report)


def mended(database: Path, was: str, becomes: str) -> None:
    """A word changed, and every hash after it made anew, as an attacker would."""
    with guards_off(database) as db:
        prev = chain.GENESIS
        rows = db.execute("SELECT seq, origin, n, at, actor, subject, kind, body FROM entries")
        for seq, origin, n, at, actor, subject, kind, body in rows.fetchall():
            changed = body.replace(was, becomes)
            hash_of = chain.body_hash(changed)
            own = chain.entry_hash(
                prev=prev, origin=origin, n=n, at=at, actor=actor,
                subject=subject, kind=kind, body_hash=hash_of,
            )  # fmt: skip
            db.execute(
                "UPDATE entries SET body = ?, body_hash = ?, prev = ?, hash = ? WHERE seq = ?",
                (changed, hash_of, prev, own, seq),
            )
            prev = own


def test_a_word_changed_and_the_chain_mended_breaks_the_seal(sealed: Sealed) -> None:
    sealed.office.seal()
    sealed.log.close()
    mended(sealed.folder.database, "จดไว้", "จดใหม่")
    assert verify(sealed.folder.database).ok  # the chain alone does not show it
    report = sealed.check()
    assert not report.ok
    assert "does not hold" in english(report)


def test_a_seal_that_is_nonsense_does_not_hold(sealed: Sealed) -> None:
    sealed.office.seal()
    (met,) = verify(sealed.folder.database).seals
    assert check_seals([met]).ok
    for body in ("{}", "[]", "7", "not json", '{"statement": "x", "signature": "zz"}', ""):
        assert not check_seals([type(met)(met.entry_id, met.at, body, met.heads)]).ok
    assert not check_seals([type(met)(met.entry_id, met.at, met.body, ())]).ok
    assert check_seals([type(met)(met.entry_id, met.at, None, met.heads)]).ok  # erased by law


def test_a_lost_key_is_told_and_old_seals_still_hold(sealed: Sealed) -> None:
    sealed.office.seal()
    old = sealed.office.key().fingerprint
    sealed.secrets_file.unlink()
    sealed.note()
    sealed.office.seal()
    new = sealed.office.key().fingerprint
    assert old != new
    made = bodies(sealed.log, "signing_key_made")
    assert [(one["fingerprint"], one["lost"]) for one in made] == [(old, ""), (new, old)]
    report = sealed.check(new)
    assert report.ok
    assert report.seals.sealed == 2


@pytest.mark.parametrize(
    ("sealed_at", "now", "due"),
    [
        ("2026-11-22T16:59", "2026-11-22T16:59", False),
        ("2026-11-22T16:59", "2026-11-22T17:00", True),  # midnight in Mukdahan
        ("2026-11-22T17:00", "2026-11-23T16:59", False),
        ("2026-11-20T03:00", "2026-11-22T03:00", True),
    ],
)
def test_a_seal_is_due_when_a_day_has_ended_in_mukdahan(
    sealed: Sealed, sealed_at: str, now: str, due: bool
) -> None:
    sealed.clock.move_to(datetime.fromisoformat(sealed_at).replace(tzinfo=UTC))
    sealed.office.seal()
    with sealed.log.reading() as db:
        assert is_due(db, datetime.fromisoformat(now).replace(tzinfo=UTC)) is due


def test_it_is_sealed_once_a_day_and_on_the_first_day(sealed: Sealed) -> None:
    assert sealed.office.seal_if_due() is not None
    assert sealed.office.seal_if_due() is None
    sealed.clock.move_to(MORNING + timedelta(days=1))
    assert sealed.office.seal_if_due() is not None
    with sealed.log.reading() as db:
        assert last_sealed_at(db) == MORNING + timedelta(days=1)


def test_the_command_checks_a_station_with_the_fingerprint_from_paper(sealed: Sealed) -> None:
    sealed.office.seal()
    fingerprint = sealed.office.key().fingerprint
    sealed.log.close()

    def run(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "main.py", "verify", str(sealed.folder.root), *arguments]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        return ran.returncode, ran.stdout + ran.stderr

    code, said = run("--key", fingerprint)
    assert code == 0, said
    assert fingerprint in said
    assert run("--key", "0" * 32)[0] == 1
    assert run("--key", "nonsense")[0] == 2
