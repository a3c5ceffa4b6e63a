"""What a report says, field by field, in Thai as it is printed. Knows no page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.clock import from_stored
from app.errors import Message, msg
from app.geo.areas import AreaKind, Areas
from app.geo.coordinates import LatLon, as_decimal, as_mgrs, as_utm
from app.incidents.categories import Priority
from app.incidents.incident import AreaFound, Incident, Report
from app.log import Connection
from app.sheets.thai_words import channel_name, group_name
from app.thai.dates import paper_minute, paper_time, short_date, short_time
from app.thai.translation import Language, say

_PRIORITIES: Mapping[Priority, Message] = {
    Priority.URGENT: msg("Most urgent"),
    Priority.SOON: msg("Urgent"),
    Priority.ROUTINE: msg("Normal"),
}
NOTHING = ""


def head_fields(found: Incident) -> dict[str, str]:
    """When, how, what. Of a report that was erased only when and its number are known."""
    report = found.report
    said = {
        "reported": paper_time(found.reported_at),
        "reported_day": short_date(found.reported_at, Language.THAI),
        "happened": happened_words(report),
        "daily_log": report.daily_log,
    }
    if found.erased:
        return said | {"channel": NOTHING, "category": NOTHING, "group": NOTHING,
                       "priority": NOTHING}  # fmt: skip
    priority = say(_PRIORITIES[report.priority])
    return said | {
        "channel": channel_name(report.channel),
        "category": found.category.name,
        "group": group_name(found.category.group),
        "priority": f"{int(report.priority)} {priority}",
    }


def happened_words(report: Report) -> str:
    """`22 พ.ย. 2569 เวลา 10:30–10:42 น.`; both days where it went over midnight."""
    begins = from_stored(report.happened_from) if report.happened_from else None
    ends = from_stored(report.happened_to) if report.happened_to else None
    if begins is None or ends is None:
        only = begins or ends
        return paper_minute(only) if only is not None else NOTHING
    first, last = (short_date(at, Language.THAI) for at in (begins, ends))
    if first == last:
        return f"{first} เวลา {short_time(begins)}–{short_time(ends)} น."
    return f"{paper_minute(begins)} – {paper_minute(ends)}"


def place_fields(db: Connection, found: Incident) -> dict[str, Any]:
    """Where: words, coordinates in the three notations, and the areas that hold it."""
    report = found.report
    said: dict[str, Any] = {
        "place": _place_words(found),
        "mgrs": NOTHING,
        "utm": NOTHING,
        "degrees": NOTHING,
        "sample_areas": False,
    }
    if report.lat_deg is not None and report.lon_deg is not None:
        at = LatLon(report.lat_deg, report.lon_deg)
        said |= {"mgrs": as_mgrs(at), "utm": as_utm(at), "degrees": as_decimal(at)}
    drawn = {area.id: _drawn(db, area) for area in report.areas}
    said["sample_areas"] = any(sample for _, sample in drawn.values())
    for kind in (AreaKind.ZONE, AreaKind.BEAT, AreaKind.COMMUNITY, AreaKind.TAMBON):
        of_kind = [area for area in report.areas if area.kind == kind]
        said[kind.value] = ", ".join(_area_words(area, drawn[area.id][0]) for area in of_kind)
    return said


def people_words(report: Report) -> dict[str, str]:
    """Suspects and vehicles; plates that were read stand behind, unless they are written so."""
    plates = [plate for plate in report.plates if plate not in report.vehicles]
    vehicles = " · ".join(part for part in (report.vehicles, ", ".join(plates)) if part)
    return {"suspects": report.suspects, "vehicles": vehicles}


def _place_words(found: Incident) -> str:
    """The place, the address, and community and tambon where those are not written already."""
    report = found.report
    words = [report.place, report.address]
    for kind in (AreaKind.COMMUNITY, AreaKind.TAMBON):
        name = found.area(kind)
        if name and not any(name in word for word in words):
            words.append(name)
    return " ".join(word for word in words if word)


def _area_words(area: AreaFound, version: int) -> str:
    """`เขตปลอดภัยเมืองมุกดาหาร (รุ่น 4)`: which drawing of it was asked, if there was another."""
    if area.kind != AreaKind.ZONE or not version:
        return area.name
    return say(msg("{name} (version {number})", name=area.name, number=version))


def _drawn(db: Connection, area: AreaFound) -> tuple[int, bool]:
    """Which of its drawings this was, counted from 1, and whether it is a sample; (0, False) for
    one that was erased since.
    """
    for number, drawing in enumerate(Areas(db).versions(area.id), 1):
        if drawing.version == area.version:
            return number, drawing.sample
    return 0, False
