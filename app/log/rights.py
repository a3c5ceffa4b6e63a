"""Which role may record which kind of entry: one table, asked where entries are appended.

Knows no officer and no screen; a new screen therefore cannot forget it. `docs/rights.md` shows it,
and a test holds the two together and tries every cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.errors import KnownError, Message, msg
from app.log.entry import Actor, Permission, Role

ERASED = "erased"
VIEWS_REBUILT = "views_rebuilt"
LOG_RESTORED = "log_restored"

ROLE_NAMES: Mapping[Role, Message] = MappingProxyType(
    {
        Role.VIEWER: msg("viewer"),
        Role.DUTY_OFFICER: msg("duty officer"),
        Role.SUPERVISOR: msg("supervisor"),
        Role.ADMINISTRATOR: msg("administrator"),
        Role.PROGRAM: msg("the program"),
    }
)


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do a deed; `deed` completes the sentence “… may not: {deed}”.

    With a `permission`, `roles` says who has it by default: whoever was given it may, whoever it
    was taken from may not, whatever the role.
    """

    deed: Message
    roles: frozenset[Role]
    permission: Permission | None = None


_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_SUPERVISOR = _ADMINISTRATOR | {Role.SUPERVISOR}
_DUTY = _SUPERVISOR | {Role.DUTY_OFFICER}
_PROGRAM = frozenset({Role.PROGRAM})

PERMITTED: Mapping[Permission, frozenset[Role]] = MappingProxyType(
    {Permission.FOOTAGE: _DUTY, Permission.EXPORT: _DUTY}
)
"""Which roles have a permission as long as nobody gave or took it."""

# A viewer records nothing; that a viewer signed in, the program records.
#
# The program has its own kinds (cameras lost and back, start, stop, the clock, alarms). It also
# writes the registers, areas, units, officers and incidents, because a station is founded, imported
# and demonstrated before any officer is enrolled; such entries carry the program's name as actor
# and can never pass for an officer's. It may not acknowledge an alarm and may not erase: those
# two need a person who answers for it.
RIGHTS: Mapping[str, Right] = MappingProxyType(
    {
        "station_created": Right(msg("create a station"), _ADMINISTRATOR | _PROGRAM),
        "officer_enrolled": Right(msg("enrol an officer"), _ADMINISTRATOR | _PROGRAM),
        "officer_changed": Right(
            msg("change an officer's name or role"), _ADMINISTRATOR | _PROGRAM
        ),
        "officer_left": Right(msg("let an officer leave"), _ADMINISTRATOR | _PROGRAM),
        "officer_password_set": Right(msg("set a password"), _ADMINISTRATOR | _PROGRAM),
        "footage_granted": Right(msg("permit watching footage"), _ADMINISTRATOR),
        "footage_withdrawn": Right(msg("forbid watching footage"), _ADMINISTRATOR),
        "export_granted": Right(msg("permit taking things out"), _ADMINISTRATOR),
        "export_withdrawn": Right(msg("forbid taking things out"), _ADMINISTRATOR),
        "recovery_code_made": Right(msg("make a recovery code"), _ADMINISTRATOR | _PROGRAM),
        "officer_signed_in": Right(msg("sign in"), _DUTY | _PROGRAM),
        "officer_signed_out": Right(msg("sign out"), _DUTY | _PROGRAM),
        "sign_in_refused": Right(msg("record a refused sign-in"), _PROGRAM),
        "console_locked": Right(msg("record that the console was locked"), _PROGRAM),
        "console_unlocked": Right(msg("record that the console was unlocked"), _PROGRAM),
        "shift_table_set": Right(msg("change the hours of the shifts"), _SUPERVISOR | _PROGRAM),
        "shift_rostered": Right(msg("write a roster"), _DUTY | _PROGRAM),
        "shift_started": Right(msg("begin a shift"), _DUTY | _PROGRAM),
        "shift_ended": Right(msg("end a shift"), _DUTY | _PROGRAM),
        "handover_written": Right(msg("hand a shift over"), _DUTY),
        "handover_returned": Right(msg("give a handover back"), _DUTY),
        "handover_accepted": Right(msg("take a shift over"), _DUTY),
        "unit_formed": Right(msg("form a unit"), _SUPERVISOR | _PROGRAM),
        "unit_changed": Right(msg("change a unit"), _SUPERVISOR | _PROGRAM),
        "unit_stood_down": Right(msg("stand down a unit"), _SUPERVISOR | _PROGRAM),
        "unit_crewed": Right(msg("say who rides in a unit"), _DUTY | _PROGRAM),
        "unit_checked_in": Right(msg("write down what a unit reports"), _DUTY | _PROGRAM),
        "radio_code_set": Right(msg("set a radio code"), _SUPERVISOR | _PROGRAM),
        "radio_code_removed": Right(msg("remove a radio code"), _SUPERVISOR | _PROGRAM),
        "camera_registered": Right(msg("register a camera"), _ADMINISTRATOR | _PROGRAM),
        "camera_changed": Right(msg("change a camera"), _ADMINISTRATOR | _PROGRAM),
        "camera_removed": Right(msg("remove a camera"), _ADMINISTRATOR | _PROGRAM),
        "camera_masks_drawn": Right(msg("draw privacy masks"), _SUPERVISOR | _PROGRAM),
        "moment_marked": Right(msg("mark a moment"), _DUTY | _PROGRAM),
        "moment_noted": Right(msg("note what a marked moment shows"), _DUTY | _PROGRAM),
        "moment_unmarked": Right(msg("take back a mark"), _DUTY | _PROGRAM),
        "snapshot_taken": Right(msg("attach a still picture"), _DUTY | _PROGRAM),
        "snapshot_copied": Right(
            msg("copy a still picture"),
            PERMITTED[Permission.EXPORT] | _PROGRAM,
            Permission.EXPORT,
        ),
        "wall_layout_saved": Right(msg("save a camera layout"), _DUTY | _PROGRAM),
        "wall_layout_removed": Right(msg("remove a camera layout"), _SUPERVISOR | _PROGRAM),
        "register_exported": Right(msg("export the camera register"), _SUPERVISOR | _PROGRAM),
        "register_imported": Right(msg("import cameras"), _ADMINISTRATOR | _PROGRAM),
        "area_drawn": Right(msg("draw an area"), _SUPERVISOR | _PROGRAM),
        "area_removed": Right(msg("remove an area"), _SUPERVISOR | _PROGRAM),
        "place_named": Right(msg("name a place"), _DUTY | _PROGRAM),
        "place_removed": Right(msg("remove a place"), _SUPERVISOR | _PROGRAM),
        "place_proposals_refused": Right(msg("refuse proposed places"), _DUTY | _PROGRAM),
        "wall_drawn": Right(msg("draw a wall"), _SUPERVISOR | _PROGRAM),
        "wall_removed": Right(msg("remove a wall"), _SUPERVISOR | _PROGRAM),
        "basemap_imported": Right(msg("bring a map"), _SUPERVISOR | _PROGRAM),
        "basemap_put_back": Right(msg("put back the map from before"), _SUPERVISOR | _PROGRAM),
        "ground_picture_put_aside": Right(
            msg("take a picture of the ground off the map"), _SUPERVISOR | _PROGRAM
        ),
        "ground_picture_put_back": Right(
            msg("put a picture of the ground back on the map"), _SUPERVISOR | _PROGRAM
        ),
        "incident_reported": Right(msg("report an incident"), _DUTY | _PROGRAM),
        "note_added": Right(msg("add a note"), _DUTY | _PROGRAM),
        "unit_assigned": Right(msg("assign a unit"), _DUTY | _PROGRAM),
        "unit_on_the_way": Right(msg("set a unit on the way"), _DUTY | _PROGRAM),
        "unit_arrived": Right(msg("record a unit's arrival"), _DUTY | _PROGRAM),
        "unit_released": Right(msg("release a unit"), _DUTY | _PROGRAM),
        "incident_under_control": Right(msg("set an incident under control"), _DUTY | _PROGRAM),
        "incident_closed": Right(msg("close an incident"), _DUTY | _PROGRAM),
        "incident_reopened": Right(msg("reopen an incident"), _DUTY | _PROGRAM),
        "incident_corrected": Right(msg("correct an incident"), _DUTY | _PROGRAM),
        "search_saved": Right(msg("save a search"), _DUTY | _PROGRAM),
        "search_removed": Right(msg("remove a saved search"), _DUTY | _PROGRAM),
        "incidents_exported": Right(
            msg("take incidents out of the station"),
            PERMITTED[Permission.EXPORT],
            Permission.EXPORT,
        ),
        "incident_cancelled": Right(msg("cancel an incident"), _DUTY | _PROGRAM),
        "incident_marked_duplicate": Right(msg("call an incident a duplicate"), _DUTY | _PROGRAM),
        "incident_merged": Right(msg("merge incidents"), _DUTY | _PROGRAM),
        "incident_taken_in": Right(msg("take in another incident"), _DUTY | _PROGRAM),
        "report_attached": Right(msg("attach a report to an incident"), _DUTY | _PROGRAM),
        "report_corrected": Right(msg("correct a report"), _DUTY | _PROGRAM),
        "owner_set": Right(msg("say who answers for an incident"), _DUTY | _PROGRAM),
        "next_step_set": Right(msg("set the next step"), _DUTY | _PROGRAM),
        "escalated": Right(msg("record that a supervisor was told"), _PROGRAM),
        "sound_muted": Right(msg("mute the sound for a while"), _DUTY | _PROGRAM),
        "category_changed": Right(msg("change the types of incidents"), _SUPERVISOR | _PROGRAM),
        "footage_viewed": Right(
            msg("watch recorded footage"),
            PERMITTED[Permission.FOOTAGE] | _PROGRAM,
            Permission.FOOTAGE,
        ),
        "footage_lock_requested": Right(msg("lock footage"), _DUTY | _PROGRAM),
        "footage_unlock_requested": Right(msg("unlock footage"), _SUPERVISOR),
        "clip_exported": Right(
            msg("take footage out of the station"),
            PERMITTED[Permission.EXPORT],
            Permission.EXPORT,
        ),
        "export_removed": Right(msg("remove an unfinished export"), _DUTY | _PROGRAM),
        "recording_stop_requested": Right(msg("stop the recorder"), _SUPERVISOR | _PROGRAM),
        "footage_locked": Right(msg("record that footage was locked"), _PROGRAM),
        "footage_unlocked": Right(msg("record that footage was unlocked"), _PROGRAM),
        "footage_deleted": Right(msg("record that footage was deleted"), _PROGRAM),
        "footage_missing": Right(msg("record that footage is missing"), _PROGRAM),
        "footage_found": Right(msg("record that footage was found"), _PROGRAM),
        "recorder_started": Right(msg("record the recorder's start"), _PROGRAM),
        "recorder_stopped": Right(msg("record the recorder's stop"), _PROGRAM),
        "recording_interrupted": Right(msg("record that recording was interrupted"), _PROGRAM),
        "recording_resumed": Right(msg("record that recording went on"), _PROGRAM),
        "recording_disk_low": Right(msg("record that the disk fills"), _PROGRAM),
        "recordings_sealed": Right(msg("seal recorded segments"), _PROGRAM),
        "signing_key_made": Right(msg("make a signing key"), _PROGRAM),
        "day_sealed": Right(msg("seal the log"), _PROGRAM),
        "attachment_added": Right(msg("attach a file"), _DUTY | _PROGRAM),
        "attachment_taken_out": Right(
            msg("take a file out of the station"),
            PERMITTED[Permission.EXPORT] | _PROGRAM,
            Permission.EXPORT,
        ),
        "sheet_printed": Right(msg("print a sheet"), _DUTY),
        "sheet_printed_again": Right(msg("print a sheet again"), _DUTY),
        "log_extracted": Right(msg("print an extract of the log"), _SUPERVISOR),
        "camera_lost": Right(msg("record that a camera was lost"), _PROGRAM),
        "camera_back": Right(msg("record that a camera is back"), _PROGRAM),
        "console_started": Right(msg("record the console's start"), _PROGRAM),
        "console_stopped": Right(msg("record the console's stop"), _PROGRAM),
        "clock_stepped": Right(msg("record a step of the clock"), _PROGRAM),
        "log_verified": Right(msg("record a check of the log"), _DUTY | _PROGRAM),
        "backup_made": Right(msg("back up the log"), _DUTY | _PROGRAM),
        "backup_failed": Right(msg("record that a backup failed"), _DUTY | _PROGRAM),
        LOG_RESTORED: Right(msg("put the log back from a backup"), _PROGRAM),
        VIEWS_REBUILT: Right(msg("rebuild the views"), _ADMINISTRATOR | _PROGRAM),
        ERASED: Right(msg("erase what an entry says"), _ADMINISTRATOR),
        "alarm_raised": Right(msg("raise an alarm"), _PROGRAM),
        "alarm_acknowledged": Right(msg("acknowledge an alarm"), _DUTY),
    }
)

_ASK: Mapping[Role, Message] = MappingProxyType(
    {
        Role.DUTY_OFFICER: msg("Ask the duty officer."),
        Role.SUPERVISOR: msg("Ask a supervisor."),
        Role.ADMINISTRATOR: msg("Ask the administrator."),
        Role.PROGRAM: msg("Only the program itself records this."),
    }
)


def may(role: Role, kind: str) -> bool:
    """Whether a role by itself may record a kind; False for a kind nobody knows."""
    right = RIGHTS.get(kind)
    return right is not None and role in right.roles


def allows(actor: Actor, kind: str) -> bool:
    """Whether this actor may record a kind: by role, or by what was given and taken beside it."""
    right = RIGHTS.get(kind)
    if right is None or right.permission is None or actor.permissions is None:
        return may(actor.role, kind)
    return right.permission in actor.permissions


def require(actor: Actor, kind: str) -> None:
    """KnownError, saying why and whom to ask, unless the actor may record this kind."""
    if allows(actor, kind):
        return
    right = RIGHTS.get(kind)
    if right is None:
        raise KnownError(
            msg("This version of the program does not know the kind of entry “{kind}”.", kind=kind),
            safe=msg("Nothing was saved; what you typed is still here."),
            do=msg("Install the newer version of the program."),
        )
    if right.permission is not None and actor.role in right.roles:
        raise KnownError(
            msg("You yourself are not permitted to: {deed}.", deed=right.deed),
            safe=msg("Nothing was saved; what you typed is still here."),
            do=_ASK[Role.ADMINISTRATOR],
        )
    raise KnownError(
        msg("As {role} you may not: {deed}.", role=ROLE_NAMES[actor.role], deed=right.deed),
        safe=msg("Nothing was saved; what you typed is still here."),
        do=_whom_to_ask(right),
    )


def _whom_to_ask(right: Right) -> Message:
    """The lowest role that may: the one most likely to be in the building."""
    lowest = next(role for role in _ASK if role in right.roles)
    return _ASK[lowest]
