"""The summary of a day or a month: what was reported, where, when; how soon the patrols were there.

Figures and words only; how they are drawn stands in `resources/sheets/summary.typ`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.duty.period import Period, day_of, month_of
from app.duty.shift_log import shift_table
from app.incidents.hidden_names import HiddenNames
from app.incidents.incident import Incident
from app.incidents.period_figures import (
    AreaCount,
    PeriodFigures,
    PeriodIncident,
    gather,
)
from app.incidents.time_to_scene import SceneTimes
from app.log import Connection
from app.sheets.sheet import Sheet
from app.sheets.thai_words import channel_name, group_name, minutes, moment, stage_name
from app.station.profile import Profile
from app.thai.dates import month_year, short_date, short_time
from app.thai.translation import Language, speaking

KIND = "summary"
MOST_LISTED = 400
"""Incidents listed one by one: ten pages. The figures always count them all."""
_UNPLACED = "ไม่ทราบพิกัด"
_OUTSIDE = {
    "zone": "นอกเขตปลอดภัย",
    "community": "นอกชุมชน",
    "beat": "นอกเขตตรวจ",
    "tambon": "นอกตำบลที่กำหนดไว้",
}


@dataclass(frozen=True, slots=True)
class SummaryOptions:
    """What was chosen: the day, or the month in which it lies; whether to list the incidents."""

    day: date
    is_month: bool = False
    with_list: bool = True
    digits: str = "arabic"
    copy: bool = False


def summary_sheet(
    db: Connection, profile: Profile, options: SummaryOptions, now: datetime
) -> Sheet:
    """The sheet as the log stands now. Takes some 10 ms for a day, half a second for 10,000."""
    with speaking(Language.THAI):
        return _sheet(db, profile, options, now)


def _sheet(db: Connection, profile: Profile, options: SummaryOptions, now: datetime) -> Sheet:
    table = shift_table(db)
    make = month_of if options.is_month else day_of
    figures = gather(db, make(options.day, table), profile.time_to_scene_target_min * 60.0)
    period = figures.period
    listed = figures.incidents[:MOST_LISTED] if options.with_list else ()
    heading = "สรุปเหตุประจำเดือน" if options.is_month else "สรุปเหตุประจำวัน"
    data = {
        "heading": heading,
        "zone_name": profile.zone_name_th,
        "period": period.words,
        "period_short": _short(period),
        "span": f"{moment(period.begins)} ถึง {moment(period.ends)}",
        "until": moment(now) if now < period.ends else "",
        "is_month": options.is_month,
        "counts": _counts(figures),
        "categories": _categories(figures),
        "groups": [
            {"name": group_name(group), "count": count}
            for group, count in sorted(figures.groups.items(), key=lambda one: one[0] or 9)
        ],
        **{kind: _areas(figures, kind) for kind in _OUTSIDE},
        "channels": [
            {"name": channel_name(channel), "count": count} for channel, count in figures.channels
        ],
        "hours": list(figures.hours),
        "days": _days(period, figures) if options.is_month else [],
        "scene": _scene(figures),
        "with_list": options.with_list,
        "incidents": [_line(one) for one in listed],
        "left_out": len(figures.incidents) - len(listed) if options.with_list else 0,
    }
    return Sheet(
        kind=KIND,
        title=f"{heading} {period.words}",
        subject="",
        data=data,
        files={},
        options={"digits": options.digits, "copy": options.copy},
    )


def _short(period: Period) -> str:
    """`22 พ.ย. 2569`, `พ.ย. 2569`."""
    make = short_date if period.is_day else month_year
    return make(period.first, Language.THAI)


def _counts(figures: PeriodFigures) -> dict[str, int]:
    return {
        "counted": figures.counted,
        "joined": figures.joined,
        "cancelled": figures.cancelled,
        "open": figures.still_open,
        "closed": figures.closed,
        "arrests": figures.arrests,
        "urgent": figures.urgent,
        "before": figures.before,
        "unplaced": figures.unplaced,
        "erased": sum(one.incident.erased for one in figures.incidents),
    }


def _categories(figures: PeriodFigures) -> list[dict[str, Any]]:
    return [
        {
            "group": group_name(one.category.group),
            "name": one.category.name_th,
            "count": one.count,
            "arrests": one.arrests,
        }
        for one in figures.categories
    ]


def _areas(figures: PeriodFigures, kind: str) -> list[dict[str, Any]]:
    """Who lies in none of its kind because nobody knows where it was, is told apart."""
    rows: list[dict[str, Any]] = []
    for one in figures.areas[kind]:
        if one.name:
            rows.append({"name": one.name, "count": one.count, "is_outside": False})
        else:
            rows += _outside(one, figures.unplaced, kind)
    return rows


def _outside(one: AreaCount, unplaced: int, kind: str) -> list[dict[str, Any]]:
    known = one.count - min(unplaced, one.count)
    rows = [{"name": _OUTSIDE[kind], "count": known}, {"name": _UNPLACED, "count": unplaced}]
    return [row | {"is_outside": True} for row in rows if row["count"]]


def _days(period: Period, figures: PeriodFigures) -> list[dict[str, Any]]:
    return [
        {"label": str(day.day), "count": count, "is_weekend": day.weekday() >= 5}
        for day, count in figures.days
    ]


def _scene(figures: PeriodFigures) -> dict[str, Any]:
    """`target_min` is the station's own: provinces differ."""
    return {
        "target_min": round(figures.target_s / 60),
        "units": _times(figures.scene_by_unit),
        "beats": _times(figures.scene_by_beat),
        "all": _time(figures.scene),
    }


def _times(rows: Sequence[SceneTimes]) -> list[Mapping[str, Any]]:
    """What has no name, units without a beat, stands last."""
    return [_time(row) for row in sorted(rows, key=lambda row: not row.name)]


def _time(row: SceneTimes) -> dict[str, Any]:
    return {
        "name": row.name,
        "sent": row.sent,
        "arrived": row.arrived,
        "within": row.within_target,
        "share": _percent(row.share_within),
        "median": minutes(row.median_s),
        "slowest": minutes(row.slowest_s),
    }


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share * 100:.0f}"


def _line(one: PeriodIncident) -> dict[str, Any]:
    incident = one.incident
    hidden = HiddenNames.of_report(incident.report)
    return {
        "number": incident.number,
        "day": _day_words(incident),
        "time": short_time(incident.reported_at),
        "category": incident.category.name_th,
        "place": hidden.out_of(incident.report.place),
        "beat": incident.area("beat") or incident.area("community"),
        "unit": one.first_unit,
        "to_scene": minutes(one.to_scene_s),
        "stage": stage_name(incident),
        "result": hidden.out_of(one.result)
        or (f"รวมกับ {incident.joined_to}" if incident.joined_to else ""),
        "arrest": one.arrest,
        "is_counted": one.is_counted,
    }


def _joined(incident: Incident) -> str:
    return f"รวมกับ {incident.joined_to}" if incident.joined_to else ""


def _day_words(incident: Incident) -> str:
    """`22 พ.ย.`: the year stands in the head."""
    return short_date(incident.reported_at, Language.THAI).rsplit(" ", 1)[0]
