"""The words of police work in the interface's language: states, channels, priorities, deadlines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.cameras.camera import Camera
from app.duty.units import UnitState
from app.incidents.categories import CaseGroup, Channel, Priority
from app.incidents.deadlines import Deadline, Due, Urgency
from app.incidents.incident import Ending, Incident, IncidentState
from app.map.marks import CameraLook, UnitLook
from app.map.marks import Urgency as MapUrgency
from app.thai.dates import countdown, short_time
from app.thai.translation import tr
from app.video.health import CameraState, Freshness, Health


def state_name(state: IncidentState) -> str:
    """The stage of an incident."""
    match state:
        case IncidentState.NEW:
            return tr("New")
        case IncidentState.ASSIGNED:
            return tr("Assigned")
        case IncidentState.ON_THE_WAY:
            return tr("On the way")
        case IncidentState.ON_SCENE:
            return tr("On scene")
        case IncidentState.UNDER_CONTROL:
            return tr("Under control")
        case IncidentState.CLOSED:
            return tr("Closed")


def ending_name(ending: Ending) -> str:
    """How an incident ended."""
    match ending:
        case Ending.CANCELLED:
            return tr("Cancelled")
        case Ending.DUPLICATE:
            return tr("Duplicate")
        case Ending.MERGED:
            return tr("Merged")
        case _:
            return tr("Closed")


def stage_words(incident: Incident) -> str:
    """The stage as it is shown beside an incident: how it ended, and whether it was told late."""
    name = ending_name(incident.ending) if not incident.is_open else state_name(incident.state)
    return tr("{state} (told late)", state=name) if incident.is_late else name


def channel_name(channel: Channel) -> str:
    """How the report came."""
    match channel:
        case Channel.CALL_191:
            return "191"
        case Channel.RADIO:
            return tr("Radio")
        case Channel.PHONE:
            return tr("Phone")
        case Channel.LINE:
            return "LINE"
        case Channel.WALK_IN:
            return tr("Walk-in")
        case Channel.CAMERA:
            return tr("Camera")
        case Channel.PATROL:
            return tr("Patrol")


def priority_name(priority: Priority) -> str:
    """1 most urgent, 2 urgent, 3 normal."""
    match priority:
        case Priority.URGENT:
            return tr("Most urgent")
        case Priority.SOON:
            return tr("Urgent")
        case Priority.ROUTINE:
            return tr("Normal")


def group_name(group: CaseGroup) -> str:
    """The police manual's case group; nothing for what is no case."""
    match group:
        case CaseGroup.NONE:
            return tr("not a case")
        case CaseGroup.LIFE:
            return tr("group 1 life and body")
        case CaseGroup.PROPERTY:
            return tr("group 2 property")
        case CaseGroup.SPECIAL:
            return tr("group 3 special")
        case CaseGroup.STATE:
            return tr("group 4 state")


_NEAR_S = 15 * 60.0  # from here on the clock's running figures stand beside the time


@dataclass(frozen=True, slots=True)
class DeadlineWords:
    """`text` for the table, `short` for a narrow one, `figure` for the running clock."""

    text: str
    short: str
    figure: str
    label: str
    over: bool


def deadline_words(deadline: Deadline, now: datetime) -> DeadlineWords:
    """What is due, when, and how long is left or over."""
    left_s = deadline.left_s(now)
    figure = countdown(abs(left_s))
    over = left_s < 0
    label = _shortened(deadline.words) or _due(deadline.due)
    if over:
        text = tr("{what} overdue {time}", what=label, time=figure)
        short = tr("Overdue {time}", time=figure)
    elif left_s < _NEAR_S:
        text = tr("{what} {at} · {time} left", what=label, at=short_time(deadline.at), time=figure)
        short = tr("{time} left", time=figure)
    else:
        text = tr("{what} {at}", what=label, at=short_time(deadline.at))
        short = tr("By {at}", at=short_time(deadline.at))
    return DeadlineWords(text, short, figure, label, over)


_STEP_LETTERS = 18  # of a next step in the list: the whole of it stands in the report


def _shortened(words: str) -> str:
    return words if len(words) <= _STEP_LETTERS else words[: _STEP_LETTERS - 1] + "…"


def _due(due: Due) -> str:
    match due:
        case Due.ASSIGN:
            return tr("Assign")
        case Due.LEAVE:
            return tr("Leave")
        case Due.ARRIVE:
            return tr("Arrive")
        case Due.REPORT:
            return tr("Report")
        case Due.NEXT_STEP:
            return tr("Next step")
        case Due.CLOSE:
            return tr("Close")


_URGENCY = {
    Urgency.ACT_NOW: MapUrgency.ACT_NOW,
    Urgency.WATCH: MapUrgency.WATCH,
    Urgency.IN_HAND: MapUrgency.IN_HAND,
    Urgency.CLOSED: MapUrgency.CLOSED,
}


def map_urgency(urgency: Urgency) -> MapUrgency:
    """The map's word for it."""
    return _URGENCY[urgency]


_UNIT = {
    UnitState.FREE: UnitLook.FREE,
    UnitState.ASSIGNED: UnitLook.ON_THE_WAY,
    UnitState.ON_THE_WAY: UnitLook.ON_THE_WAY,
    UnitState.ON_SCENE: UnitLook.ON_SCENE,
    UnitState.RESTING: UnitLook.RESTING,
    UnitState.OFF_DUTY: UnitLook.RESTING,
}


def unit_look(state: UnitState) -> UnitLook:
    """The map's shape for it."""
    return _UNIT[state]


def camera_look(health: Health, now_s: float) -> CameraLook:
    """The map's mark for a camera: live only if its newest picture is young, or it stands by."""
    if health.state is CameraState.WRONG_PASSWORD:
        return CameraLook.PASSWORD
    if health.state is CameraState.STANDBY:
        return CameraLook.LIVE
    if health.state is CameraState.LIVE:
        match health.freshness(now_s):
            case Freshness.FRESH:
                return CameraLook.LIVE
            case Freshness.LATE:
                return CameraLook.LATE
            case _:
                return CameraLook.LOST
    if health.state in (CameraState.LOST, CameraState.NO_VIDEO):
        return CameraLook.LOST
    return CameraLook.CONNECTING  # who was lost stays so while it is tried again


def camera_looks(
    cameras: Iterable[Camera], health: Callable[[str], Health], now_s: float
) -> dict[str, CameraLook]:
    """The marks of these cameras now, by their ids."""
    return {camera.id: camera_look(health(camera.id), now_s) for camera in cameras}


def counts_as_well(health: Health, now_s: float) -> bool:
    """Whether the header counts it: it is well, or was, and is only being shown again."""
    is_resumed = health.state is CameraState.CONNECTING and health.last_picture_s is not None
    return is_resumed or health.is_well(now_s)


_PROGRAMS = ["console", "commands", "sign-in", "log-keeper", "sealer", "exports", "log", "restore"]


def program_names() -> dict[str, str]:
    """What is shown for the programs that write entries, by the id they write under."""
    names = dict.fromkeys(_PROGRAMS, tr("the program"))
    return {**names, "recorder": tr("the recorder"), "demo": tr("sample")}
