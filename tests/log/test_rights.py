"""Who may record what: every role against every kind, and what the refused officer reads."""

from __future__ import annotations

import pytest

from app.errors import KnownError
from app.log import Actor, Log, Role
from app.log.rights import RIGHTS, may
from app.thai.translation import Language, explain
from tests.log.material import ADMINISTRATOR, OFFICER, PROGRAM, VIEWER, Told, reported

# Written down a second time on purpose: V viewer, D duty officer, S supervisor, A administrator,
# P program. A change of rights has to be made in two places by someone who means it.
_MATRIX = """
station_created A P           officer_enrolled A P        officer_signed_in D S A P
officer_signed_out D S A P    unit_formed S A P           unit_changed S A P
camera_registered A P         camera_changed A P          camera_removed A P
area_drawn S A P              area_removed S A P          place_named D S A P
basemap_imported S A P        wall_drawn S A P            wall_removed S A P
place_removed S A P           incident_reported D S A P   note_added D S A P
unit_assigned D S A P         unit_on_the_way D S A P     unit_arrived D S A P
unit_released D S A P         incident_under_control D S A P  incident_closed D S A P
incident_reopened D S A P     incident_corrected D S A P  camera_lost P
camera_back P                 console_started P           console_stopped P
clock_stepped P               log_verified D S A P        views_rebuilt A P
register_exported S A P       register_imported A P
erased A                      alarm_raised P              alarm_acknowledged D S A
camera_masks_drawn S A P      moment_marked D S A P       moment_noted D S A P
moment_unmarked D S A P       snapshot_taken D S A P      snapshot_copied D S A P
wall_layout_saved D S A P     wall_layout_removed S A P
footage_viewed D S A P        footage_lock_requested D S A P  footage_unlock_requested S A
clip_exported D S A           export_removed D S A P      recording_stop_requested S A P
footage_locked P              footage_unlocked P          footage_deleted P
footage_missing P             footage_found P             recorder_started P
recorder_stopped P            recording_interrupted P     recording_resumed P
recording_disk_low P          recordings_sealed P         day_sealed P
signing_key_made P            place_proposals_refused D S A P
basemap_put_back S A P        backup_made D S A P       backup_failed D S A P
log_restored P
search_saved D S A P        search_removed D S A P
incidents_exported D S A
incident_cancelled D S A P  incident_marked_duplicate D S A P
incident_merged D S A P       incident_taken_in D S A P   report_attached D S A P
report_corrected D S A P      owner_set D S A P           next_step_set D S A P
escalated P                   sound_muted D S A P         category_changed S A P
unit_stood_down S A P          unit_crewed D S A P
unit_checked_in D S A P       radio_code_set S A P        radio_code_removed S A P
"""
_LETTERS = dict(zip("VDSAP", Role, strict=True))


def _matrix() -> dict[str, set[Role]]:
    kinds: dict[str, set[Role]] = {}
    for word in _MATRIX.split():
        if word in _LETTERS:
            kinds[list(kinds)[-1]].add(_LETTERS[word])
        else:
            kinds[word] = set()
    return kinds


def test_the_table_of_rights_is_the_one_agreed() -> None:
    assert {kind: set(right.roles) for kind, right in RIGHTS.items()} == _matrix()
    assert not any(may(Role.VIEWER, kind) for kind in RIGHTS)
    assert not any(may(role, "no_such_kind") for role in Role)


def test_every_cell_holds_where_entries_are_appended(log: Log) -> None:
    for kind in RIGHTS.keys() - {"erased"}:
        for role in Role:
            before = log.head()
            future = log.append(Told(kind, "x", {}), actor=Actor("someone", role))
            if role in _matrix()[kind]:
                assert future.result()[0].n == before.n + 1
            else:
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
