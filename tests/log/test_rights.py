"""Who may record what: every role against every kind, and what the refused officer reads."""

from __future__ import annotations

import pytest

from app.errors import KnownError
from app.log import Actor, Log, Permission, Role
from app.log.rights import RIGHTS, allows, may
from app.thai.translation import Language, explain
from tests.log.material import ADMINISTRATOR, OFFICER, PROGRAM, VIEWER, Told, reported
from tests.log.rights_page import PAGE, agreed, page

KINDS = tuple(RIGHTS)
UNTRUSTED = Actor("officer-08", Role.SUPERVISOR, frozenset())


def test_the_page_shows_the_table_that_holds() -> None:
    """A right is changed in two places by someone who means it."""
    assert PAGE.read_text("utf-8") == page(), "run: .venv/bin/python -m tests.log.rights_page"
    assert agreed() == {kind: (one.roles, one.permission) for kind, one in RIGHTS.items()}


def test_a_viewer_records_nothing_and_nobody_what_nobody_knows() -> None:
    assert not any(may(Role.VIEWER, kind) for kind in RIGHTS)
    assert not any(may(role, "no_such_kind") for role in Role)


def test_every_cell_holds_where_entries_are_appended(log: Log) -> None:
    wanted = agreed()
    assert len(wanted) == len(KINDS) >= 75
    for kind in wanted.keys() - {"erased"}:
        for role in Role:
            tried(log, kind, Actor("someone", role), role in wanted[kind][0])


@pytest.mark.parametrize("permission", Permission)
def test_a_permission_counts_more_than_the_role_where_entries_are_appended(
    log: Log, permission: Permission
) -> None:
    """Every role, with it and without it, against every kind: only its own kinds mind."""
    others = frozenset(Permission) - {permission}
    own = {kind for kind, (_, beside) in agreed().items() if beside is permission}
    assert own
    for role in Role:
        for held in (others, others | {permission}):
            actor = Actor("someone", role, held)
            for kind in own:
                tried(log, kind, actor, permission in held)
            for kind, (roles, beside) in agreed().items():
                assert allows(actor, kind) is (beside in held if beside else role in roles)


def tried(log: Log, kind: str, actor: Actor, allowed: bool) -> None:
    before = log.head()
    future = log.append(Told(kind, "x", {}), actor=actor)
    if allowed:
        assert future.result()[0].n == before.n + 1
        return
    with pytest.raises(KnownError):
        future.result()
    assert log.head() == before


@pytest.mark.parametrize(
    ("actor", "kind", "why", "whom"),
    [
        (VIEWER, "incident_reported", "As viewer you may not: report an incident.", "duty officer"),
        (OFFICER, "area_drawn", "As duty officer you may not: draw an area.", "a supervisor"),
        (OFFICER, "camera_removed", "As duty officer you may not: remove a cam", "administrator"),
        (ADMINISTRATOR, "camera_lost", "As administrator you may not: record that", "the program"),
        (PROGRAM, "alarm_acknowledged", "As the program you may not: ack", "duty officer"),
        (UNTRUSTED, "clip_exported", "You yourself are not permitted to: take", "administrator"),
        (UNTRUSTED, "footage_viewed", "You yourself are not permitted to: watch", "administrator"),
        (VIEWER, "footage_viewed", "As viewer you may not: watch recorded", "duty officer"),
    ],
)
def test_an_officer_without_the_right_reads_why_and_whom_to_ask(
    log: Log, actor: Actor, kind: str, why: str, whom: str
) -> None:
    with pytest.raises(KnownError) as refused:
        log.append(Told(kind, "x", {}), actor=actor).result()
    said = explain(refused.value, Language.ENGLISH)
    assert why in said
    assert whom in said.splitlines()[-1]


def test_a_kind_nobody_knows_is_refused(log: Log) -> None:
    with pytest.raises(KnownError, match="does not know the kind"):
        log.append(Told("gate_opened", "x", {}), actor=PROGRAM).result()
    log.append(reported("1"), actor=OFFICER).result()
