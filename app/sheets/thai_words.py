"""The words of police work in Thai, for papers: a sheet is Thai, whatever the interface speaks."""

from __future__ import annotations

from datetime import datetime

from app.errors import Message, msg
from app.incidents.categories import CaseGroup, Channel
from app.incidents.incident import Ending, Incident, IncidentState
from app.thai.dates import clock_time, countdown, short_date, short_time
from app.thai.translation import Language, say

_CHANNELS = {
    Channel.CALL_191: msg("{text}", text="191"),
    Channel.RADIO: msg("Radio"),
    Channel.PHONE: msg("Phone"),
    Channel.LINE: msg("{text}", text="LINE"),
    Channel.WALK_IN: msg("Walk-in"),
    Channel.CAMERA: msg("Camera"),
    Channel.PATROL: msg("Patrol"),
}
_GROUPS = {
    CaseGroup.NONE: msg("not a case"),
    CaseGroup.LIFE: msg("group 1 life and body"),
    CaseGroup.PROPERTY: msg("group 2 property"),
    CaseGroup.SPECIAL: msg("group 3 special"),
    CaseGroup.STATE: msg("group 4 state"),
}
_STAGES = {
    IncidentState.NEW: msg("New"),
    IncidentState.ASSIGNED: msg("Assigned"),
    IncidentState.ON_THE_WAY: msg("On the way"),
    IncidentState.ON_SCENE: msg("On scene"),
    IncidentState.UNDER_CONTROL: msg("Under control"),
    IncidentState.CLOSED: msg("Closed"),
}
_ENDINGS = {
    Ending.CANCELLED: msg("Cancelled"),
    Ending.DUPLICATE: msg("Duplicate"),
    Ending.MERGED: msg("Merged"),
}


def in_thai(message: Message) -> str:
    """The sentence in Thai."""
    return say(message, Language.THAI)


def channel_name(channel: Channel) -> str:
    """How the report came."""
    return in_thai(_CHANNELS[channel])


def group_name(group: CaseGroup) -> str:
    """The police manual's case group."""
    return in_thai(_GROUPS[group])


def stage_name(incident: Incident) -> str:
    """Its stage, or how it ended."""
    if incident.is_open:
        return in_thai(_STAGES[incident.state])
    return in_thai(_ENDINGS.get(incident.ending, _STAGES[IncidentState.CLOSED]))


def day(at: datetime) -> str:
    """`22 พ.ย. 2569`."""
    return short_date(at, Language.THAI)


def moment(at: datetime) -> str:
    """`22 พ.ย. 2569 10:46 น.`."""
    return f"{day(at)} {short_time(at)} น."


def exact_moment(at: datetime) -> str:
    """`22 พ.ย. 2569 10:46:31 น.`."""
    return f"{day(at)} {clock_time(at)} น."


def minutes(seconds: float | None) -> str:
    """`05:06` in minutes and seconds; a dash for nothing."""
    return "–" if seconds is None else countdown(seconds)
