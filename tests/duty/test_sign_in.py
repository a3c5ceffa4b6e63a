"""Signing in: the right password, wrong ones slowed down over restarts, nothing secret anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import ScriptedClock
from app.duty.officer import Officer
from app.duty.officer_changes import enrol, let_go
from app.duty.passwords import Argon2, OfficerPasswords, check_password, spelt
from app.duty.recovery import LETTERS, Recovery, new_code, typed_code
from app.duty.sign_in import FREE_TRIES, SIGN_IN, SignIn, wait_after
from app.duty.sign_in_entries import RECOVERY, STRANGER, OfficerSignedIn, PasswordSetBy
from app.errors import KnownError
from app.log import Log, Role
from app.station import FileSecrets, Redactor
from app.thai.translation import Language, explain
from tests.station_log import ADMINISTRATOR, MORNING, OFFICER, PROGRAM, a_station_log

FAST = Argon2(memory_kib=64, rounds=1)
PASSWORD, WRONG = "น้ำโขง-7431", "น้ำโขง-7432"
CHIEF = Officer("", "พ.ต.อ.สมบัติ ใจดี", "ผกก.", Role.ADMINISTRATOR)
STATION = "station-1"


class Counting:
    """A hasher that says what it was asked."""

    def __init__(self) -> None:
        self.compared = 0

    def hash(self, secret: str) -> str:
        return FAST.hash(secret)

    def matches(self, secret: str, hashed: str) -> bool:
        self.compared += 1
        return FAST.matches(secret, hashed)


class Desk:
    """A station's log and sign-in, as they are after a start of the program."""

    def __init__(self, log: Log, clock: ScriptedClock, secrets: FileSecrets) -> None:
        self.log, self.clock, self.hasher = log, clock, Counting()
        self.passwords = OfficerPasswords(secrets, STATION, self.hasher)
        self.sign_in = SignIn(log, self.passwords, clock)
        self.recovery = Recovery(log, self.sign_in, FAST)

    def kinds(self, about: str) -> list[str]:
        return [entry.kind for entry in self.log.entries_of(about)]

    def refused(self, officer_id: str, password: str) -> str:
        with pytest.raises(KnownError) as error:
            self.sign_in.check(officer_id, password)
        return explain(error.value, Language.ENGLISH)


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def secrets(tmp_path: Path) -> FileSecrets:
    return FileSecrets(Redactor(), file=tmp_path / "config" / "secrets.json")


@pytest.fixture
def log(tmp_path: Path, clock: ScriptedClock) -> Iterator[Log]:
    (tmp_path / "station").mkdir()
    with a_station_log(tmp_path / "station", clock) as log:
        yield log


@pytest.fixture
def desk(log: Log, clock: ScriptedClock, secrets: FileSecrets) -> Desk:
    """One officer with a password."""
    desk = Desk(log, clock, secrets)
    enrol(log, CHIEF, actor=PROGRAM).result()
    officer = Officer("officer-1", CHIEF.name, "", Role.ADMINISTRATOR)
    desk.sign_in.set_password(officer, PASSWORD, by=PasswordSetBy.FOUNDING)
    return desk


# Passwords


def test_the_right_password_is_the_officer(desk: Desk) -> None:
    assert desk.sign_in.check("officer-1", PASSWORD).name == CHIEF.name
    assert desk.kinds("officer-1") == ["officer_enrolled", "officer_password_set"]


def test_a_password_typed_with_sara_am_in_two_pieces_is_the_same(desk: Desk) -> None:
    assert desk.sign_in.check("officer-1", PASSWORD.replace("ำ", "ํา")).id == "officer-1"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("สั้นไป", "at least 8"),
        ("พ.ต.อ.สมบัติ ใจดี", "own name"),
        ("สมบัติ ใจดี", "own name"),
        ("พ.ต.อ.สมบัติใจดี1", "own name"),
        ("aaaaaaaaaa", "one letter"),
        ("ก" * 201, "at most 200"),
        ("สองบรรทัด\nหรือมากกว่า", "on one line"),
    ],
)
def test_what_a_password_must_be_is_told(password: str, why: str) -> None:
    with pytest.raises(KnownError) as error:
        check_password(password, CHIEF.name)
    assert why in explain(error.value, Language.ENGLISH)


def test_an_officer_changes_the_own_password_with_the_old_one(desk: Desk) -> None:
    with pytest.raises(KnownError, match="not right"):
        desk.sign_in.change_own("officer-1", WRONG, "แม่น้ำสองสี99")
    desk.sign_in.change_own("officer-1", PASSWORD, "แม่น้ำสองสี99")
    assert desk.sign_in.check("officer-1", "แม่น้ำสองสี99").id == "officer-1"
    assert "not right" in desk.refused("officer-1", PASSWORD)


def test_only_an_administrator_sets_the_password_of_another(desk: Desk) -> None:
    officer = desk.sign_in.check("officer-1", PASSWORD)
    by = PasswordSetBy.ADMINISTRATOR
    with pytest.raises(KnownError, match="may not: set a password"):
        desk.sign_in.set_password(officer, "แม่น้ำสองสี99", by=by, actor=OFFICER)
    assert desk.sign_in.check("officer-1", PASSWORD) == officer
    desk.sign_in.set_password(officer, "แม่น้ำสองสี99", by=by, actor=ADMINISTRATOR)
    assert desk.log.entries_of("officer-1")[-1].actor == ADMINISTRATOR.id


def test_a_password_that_cannot_be_written_down_is_not_set(desk: Desk) -> None:
    officer = desk.sign_in.check("officer-1", PASSWORD)
    desk.log.close()
    with pytest.raises(KnownError):
        desk.sign_in.set_password(officer, "แม่น้ำสองสี99", by=PasswordSetBy.OWN)
    assert holds(desk, PASSWORD) and not holds(desk, "แม่น้ำสองสี99")


def holds(desk: Desk, password: str) -> bool:
    return desk.passwords.matches("officer-1", password)


@given(st.text(max_size=40), st.text(max_size=40))
def test_two_spellings_of_one_password_are_one(first: str, second: str) -> None:
    assert (spelt(first) == spelt(second)) >= (first == second)


# Wrong ones


def test_wrong_ones_are_written_down_and_slow_the_next_try(
    desk: Desk, clock: ScriptedClock
) -> None:
    for times in range(1, FREE_TRIES):
        assert "next try" not in desk.refused("officer-1", WRONG), times
    assert "The next try is in 5 s." in desk.refused("officer-1", WRONG)
    before = desk.hasher.compared
    assert "the next try is in" in desk.refused("officer-1", PASSWORD), "even the right one waits"
    assert desk.hasher.compared == before, "nothing is hashed while one waits"
    assert desk.kinds("officer-1").count("sign_in_refused") == FREE_TRIES
    clock.advance(5)
    assert "in 10 s" in desk.refused("officer-1", WRONG)
    clock.advance(10)
    assert desk.sign_in.check("officer-1", PASSWORD).id == "officer-1", "never locked out for good"


def test_the_wait_grows_to_five_minutes_and_no_further() -> None:
    waits = [wait_after(times).total_seconds() for times in range(13)]
    assert waits == [0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300, 300]
    assert wait_after(10_000) == timedelta(minutes=5)


def test_a_restart_gives_no_new_tries(
    desk: Desk, log: Log, clock: ScriptedClock, secrets: FileSecrets
) -> None:
    for _ in range(FREE_TRIES):
        desk.refused("officer-1", WRONG)
    restarted = Desk(log, clock, secrets)
    clock.advance(2)
    assert restarted.sign_in.wait_s("officer-1") == pytest.approx(3, abs=0.01)
    log.rebuild()
    assert "the next try is in" in restarted.refused("officer-1", PASSWORD)


@pytest.mark.parametrize("step", [timedelta(days=-400), timedelta(hours=-1)])
def test_a_clock_set_back_locks_nobody_out(
    desk: Desk, clock: ScriptedClock, step: timedelta
) -> None:
    for _ in range(FREE_TRIES):
        desk.refused("officer-1", WRONG)
    clock.move_to(clock.now() + step)
    assert desk.sign_in.wait_s("officer-1") == pytest.approx(5)
    clock.advance(5)
    assert desk.sign_in.check("officer-1", PASSWORD).id == "officer-1"


def test_signing_in_forgets_the_wrong_ones(desk: Desk) -> None:
    for _ in range(FREE_TRIES - 1):
        desk.refused("officer-1", WRONG)
    desk.log.append(OfficerSignedIn("officer-1"), actor=SIGN_IN).result()
    for _ in range(FREE_TRIES - 1):
        assert "next try" not in desk.refused("officer-1", WRONG)


def test_a_stranger_costs_as_much_work_and_leaves_no_name(desk: Desk) -> None:
    before = desk.hasher.compared
    assert "not right" in desk.refused("นายแปลกหน้า", WRONG)
    assert desk.hasher.compared == before + 1
    desk.refused("officer-1", WRONG)
    assert desk.hasher.compared == before + 2
    assert desk.kinds(STRANGER) == ["sign_in_refused"]
    assert desk.log.entries_of("นายแปลกหน้า") == []


def test_who_left_or_has_no_password_here_cannot_sign_in(desk: Desk) -> None:
    enrol(desk.log, Officer("", "ด.ต.อนันต์", "", Role.DUTY_OFFICER), actor=PROGRAM).result()
    assert "No password is set" in desk.refused("officer-2", WRONG)
    second = Officer("officer-2", "ด.ต.อนันต์", "", Role.DUTY_OFFICER)
    desk.sign_in.set_password(second, PASSWORD, by=PasswordSetBy.ADMINISTRATOR)
    let_go(desk.log, "officer-2", "ย้าย", actor=ADMINISTRATOR).result()
    assert "not right" in desk.refused("officer-2", PASSWORD)


# The first officer and the code on paper


@given(st.integers(0, 50))
def test_a_code_is_long_random_and_forgiving(number: int) -> None:
    code = new_code()
    assert len(typed_code(code)) == 25 and set(typed_code(code)) <= set(LETTERS)
    assert typed_code(code.lower().replace("-", " ")) == typed_code(code)
    assert code != new_code()


def test_a_station_begins_with_one_administrator_and_a_code(
    log: Log, clock: ScriptedClock, secrets: FileSecrets
) -> None:
    desk = Desk(log, clock, secrets)
    assert desk.recovery.needs_founding()
    first, code = desk.recovery.found(CHIEF, PASSWORD)
    assert (first.id, first.role) == ("officer-1", Role.ADMINISTRATOR)
    assert desk.sign_in.check("officer-1", PASSWORD) == first
    assert not desk.recovery.needs_founding()
    with pytest.raises(KnownError, match="administrator already"):
        desk.recovery.found(CHIEF, PASSWORD)
    assert desk.kinds("officer-1") == ["officer_enrolled", "officer_password_set"]
    assert desk.kinds(RECOVERY) == ["recovery_code_made"]
    assert len(code) == 29


def test_a_station_of_an_earlier_version_keeps_its_first_officer(
    log: Log, clock: ScriptedClock, secrets: FileSecrets
) -> None:
    enrol(log, Officer("", "เจ้าหน้าที่เวร", "", Role.ADMINISTRATOR), actor=PROGRAM).result()
    desk = Desk(log, clock, secrets)
    (before,) = desk.recovery.candidates()
    named = Officer(before.id, CHIEF.name, CHIEF.position, before.role)
    first, _ = desk.recovery.found(named, PASSWORD)
    assert (first.id, first.name) == ("officer-1", CHIEF.name)
    assert desk.kinds("officer-1") == [
        "officer_enrolled",
        "officer_changed",
        "officer_password_set",
    ]


def test_on_another_computer_the_code_on_paper_opens_the_station(
    log: Log, clock: ScriptedClock, secrets: FileSecrets, tmp_path: Path
) -> None:
    _, code = Desk(log, clock, secrets).recovery.found(CHIEF, PASSWORD)
    bare = FileSecrets(Redactor(), file=tmp_path / "other" / "secrets.json")
    other = Desk(log, clock, bare)
    assert "No password is set" in other.refused("officer-1", PASSWORD)
    assert not other.recovery.needs_founding(), "who has the folder alone is not let in"
    with pytest.raises(KnownError, match="recovery code is not right"):
        other.recovery.recover(new_code(), "officer-1", "แม่น้ำสองสี99")
    officer, new = other.recovery.recover(code.lower(), "officer-1", "แม่น้ำสองสี99")
    assert other.sign_in.check("officer-1", "แม่น้ำสองสี99") == officer
    with pytest.raises(KnownError, match="recovery code is not right"):
        other.recovery.recover(code, "officer-1", "อีกครั้งหนึ่ง1")
    assert other.recovery.recover(new, "officer-1", "อีกครั้งหนึ่ง1")[0] == officer
    assert [one.data().get("by") for one in log.entries_of("officer-1")][-1] == "recovery_code"


def test_wrong_codes_are_slowed_down_too(desk: Desk) -> None:
    desk.recovery.renew(ADMINISTRATOR)
    for _ in range(FREE_TRIES):
        with pytest.raises(KnownError):
            desk.recovery.recover("7KQ2M", "officer-1", "แม่น้ำสองสี99")
    with pytest.raises(KnownError, match="next try is in"):
        desk.recovery.recover("7KQ2M", "officer-1", "แม่น้ำสองสี99")
    with pytest.raises(KnownError, match="administrator only"):
        desk.recovery.recover("7KQ2M", "officer-9", "แม่น้ำสองสี99")


def test_only_an_administrator_renews_the_code(desk: Desk) -> None:
    with pytest.raises(KnownError, match="make a recovery code"):
        desk.recovery.renew(OFFICER)
    first, second = desk.recovery.renew(ADMINISTRATOR), desk.recovery.renew(ADMINISTRATOR)
    with pytest.raises(KnownError, match="not right"):
        desk.recovery.recover(first, "officer-1", "แม่น้ำสองสี99")
    desk.recovery.recover(second, "officer-1", "แม่น้ำสองสี99")


def test_an_erased_code_opens_nothing_and_lets_nobody_begin_anew(desk: Desk) -> None:
    code = desk.recovery.renew(ADMINISTRATOR)
    (made,) = desk.log.entries_of(RECOVERY)
    desk.log.erase(made.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    with pytest.raises(KnownError, match="erased"):
        desk.recovery.recover(code, "officer-1", "แม่น้ำสองสี99")
    assert not desk.recovery.needs_founding()


# Nothing secret anywhere


def test_no_password_and_no_code_is_anywhere_and_hashes_only_among_the_secrets(
    log: Log, clock: ScriptedClock, secrets: FileSecrets, tmp_path: Path
) -> None:
    desk = Desk(log, clock, secrets)
    _, code = desk.recovery.found(CHIEF, PASSWORD)
    said = [desk.refused("officer-1", WRONG)]
    desk.sign_in.change_own("officer-1", PASSWORD, "แม่น้ำสองสี99")
    hashed = secrets.get(STATION, "officer/officer-1") or ""
    assert hashed.startswith("$argon2id$")
    _, second = desk.recovery.recover(code, "officer-1", "อีกครั้งหนึ่ง1")
    kept = secrets.get(STATION, "officer/officer-1") or ""
    texts = [PASSWORD, WRONG, "แม่น้ำสองสี99", "อีกครั้งหนึ่ง1", code, second]
    texts += [typed_code(code), typed_code(second)]
    needles = [text.encode() for text in texts] + [ascii(text)[1:-1].encode() for text in texts]
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert any(path.name == "station.db" for path in files)
    for path, data in files.items():
        assert [needle for needle in needles if needle in data] == [], path
        if path.name != "secrets.json":
            assert kept.encode() not in data and hashed.encode() not in data, path
    assert not any(text in words for text in texts for words in said)
