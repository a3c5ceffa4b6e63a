"""Officers enrolled, changed, permitted and let go: somebody always administers the station."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.duty.officer import Officer
from app.duty.officer_changes import change, enrol, let_go, permit, take_back
from app.duty.officers import OfficerChanged, officer_of, officers, serving_officers
from app.errors import KnownError
from app.log import Actor, Log, Permission, Role
from app.thai.translation import Language, explain
from tests.station_log import ADMINISTRATOR, OFFICER, PROGRAM, a_station_log

CHIEF = Officer("", "พ.ต.อ.สมบัติ ใจดี", "ผกก.", Role.ADMINISTRATOR)
DUTY = Officer("", "ร.ต.ท.ธนา วงศ์คำ", "ร้อยเวร", Role.DUTY_OFFICER)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with a_station_log(tmp_path) as log:
        enrol(log, CHIEF, actor=PROGRAM).result()
        enrol(log, DUTY, actor=PROGRAM).result()
        yield log


def now(log: Log, officer_id: str) -> Officer:
    with log.reading() as db:
        officer = officer_of(db, officer_id)
    assert officer is not None
    return officer


def kinds(log: Log, officer_id: str) -> list[str]:
    return [entry.kind for entry in log.entries_of(officer_id)]


def refused(log: Log, wanted: object) -> str:
    """What the officer reads; nothing was written."""
    head = log.head()
    with pytest.raises(KnownError) as error:
        wanted.result()  # type: ignore[attr-defined]
    assert log.head() == head
    return explain(error.value, Language.ENGLISH)


def test_ids_are_given_once_and_nobody_is_deleted(log: Log) -> None:
    let_go(log, "officer-2", "ย้าย", actor=ADMINISTRATOR).result()
    enrol(log, replace(DUTY, name="ด.ต.อนันต์ ศรีมุก"), actor=ADMINISTRATOR).result()
    with log.reading() as db:
        assert [one.id for one in officers(db)] == ["officer-1", "officer-2", "officer-3"]
        assert [one.id for one in serving_officers(db)] == ["officer-1", "officer-3"]
    assert now(log, "officer-2").name == DUTY.name
    assert log.entries_of("officer-2")[-1].data() == {"reason": "ย้าย"}


def test_an_officer_who_is_back_has_the_old_id(log: Log) -> None:
    let_go(log, "officer-2", "ย้าย", actor=ADMINISTRATOR).result()
    take_back(log, "officer-2", actor=ADMINISTRATOR).result()
    assert now(log, "officer-2") == replace(DUTY, id="officer-2")
    assert kinds(log, "officer-2") == ["officer_enrolled", "officer_left", "officer_enrolled"]


def test_a_change_says_all_and_no_change_says_nothing(log: Log) -> None:
    promoted = replace(DUTY, id="officer-2", position="  สวป.\n", role=Role.SUPERVISOR)
    change(log, promoted, actor=ADMINISTRATOR).result()
    assert now(log, "officer-2") == replace(promoted, position="สวป.")
    change(log, now(log, "officer-2"), actor=ADMINISTRATOR).result()
    assert kinds(log, "officer-2") == ["officer_enrolled", "officer_changed"]


def test_nobody_takes_away_the_last_administrator(log: Log) -> None:
    lowered = replace(CHIEF, id="officer-1", role=Role.SUPERVISOR)
    assert "only administrator" in refused(log, change(log, lowered, actor=ADMINISTRATOR))
    gone = let_go(log, "officer-1", "เกษียณ", actor=ADMINISTRATOR)
    assert "Make another officer administrator first." in refused(log, gone)
    second = replace(DUTY, id="officer-2", role=Role.ADMINISTRATOR)
    change(log, second, actor=ADMINISTRATOR).result()
    let_go(log, "officer-1", "เกษียณ", actor=ADMINISTRATOR).result()
    assert "only administrator" in refused(
        log, let_go(log, "officer-2", "ย้าย", actor=ADMINISTRATOR)
    )


def test_two_who_leave_at_once_leave_one(log: Log) -> None:
    change(log, replace(DUTY, id="officer-2", role=Role.ADMINISTRATOR), actor=PROGRAM).result()
    asked = [let_go(log, f"officer-{n}", "ย้าย", actor=ADMINISTRATOR) for n in (1, 2)]
    assert [future.exception() is None for future in asked] == [True, False]


@pytest.mark.parametrize("actor", [OFFICER, Actor("officer-3", Role.SUPERVISOR)])
def test_only_an_administrator_changes_the_list(log: Log, actor: Actor) -> None:
    for asked in (
        enrol(log, replace(DUTY, name="ใหม่"), actor=actor),
        change(log, replace(DUTY, id="officer-2", name="อื่น"), actor=actor),
        let_go(log, "officer-2", "ย้าย", actor=actor),
        permit(log, "officer-2", Permission.EXPORT, False, actor=actor),
    ):
        assert "Ask the administrator." in refused(log, asked)


@pytest.mark.parametrize("name", ["", "  \n", "ก" * 121])
def test_a_name_that_will_not_do_is_refused_at_once(log: Log, name: str) -> None:
    with pytest.raises(KnownError):
        enrol(log, replace(DUTY, name=name), actor=ADMINISTRATOR)


def test_two_of_one_name_could_not_be_told_apart(log: Log) -> None:
    assert "already" in refused(log, enrol(log, DUTY, actor=ADMINISTRATOR))
    with pytest.raises(KnownError, match="not said"):
        let_go(log, "officer-2", " ", actor=ADMINISTRATOR)


def test_a_permission_is_the_roles_until_it_is_given_or_taken_by_name(log: Log) -> None:
    duty = now(log, "officer-2")
    assert duty.permissions == frozenset(Permission)
    permit(log, "officer-2", Permission.EXPORT, True, actor=ADMINISTRATOR).result()
    assert kinds(log, "officer-2") == ["officer_enrolled"], "it was so already"
    permit(log, "officer-2", Permission.EXPORT, False, actor=ADMINISTRATOR).result()
    assert now(log, "officer-2").permissions == {Permission.FOOTAGE}
    viewer = replace(now(log, "officer-2"), role=Role.VIEWER)
    assert viewer.permissions == frozenset()
    change(log, viewer, actor=ADMINISTRATOR).result()
    permit(log, "officer-2", Permission.FOOTAGE, True, actor=ADMINISTRATOR).result()
    assert now(log, "officer-2").permissions == {Permission.FOOTAGE}
    assert kinds(log, "officer-2")[-3:] == [
        "export_withdrawn",
        "officer_changed",
        "footage_granted",
    ]


def test_an_erasure_gives_nobody_a_right(log: Log) -> None:
    """What a change said is gone; that a role was lowered by it must not come undone."""
    change(log, replace(DUTY, id="officer-2", role=Role.ADMINISTRATOR), actor=PROGRAM).result()
    change(log, replace(DUTY, id="officer-2", role=Role.SUPERVISOR), actor=PROGRAM).result()
    permit(log, "officer-2", Permission.FOOTAGE, False, actor=ADMINISTRATOR).result()
    for entry in log.entries_of("officer-2")[1:]:
        if entry.kind != OfficerChanged.kind or entry.data()["role"] == "supervisor":
            log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    log.rebuild()
    officer = now(log, "officer-2")
    assert officer.role is Role.VIEWER
    assert Permission.FOOTAGE not in officer.permissions


def test_bound_hands_may_look_and_record_nothing() -> None:
    bound = CHIEF.with_hands_bound()
    assert (bound.name, bound.role, bound.permissions) == (CHIEF.name, Role.VIEWER, frozenset())
