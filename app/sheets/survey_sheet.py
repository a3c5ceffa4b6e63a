"""The survey of cameras on paper: an empty form, a form for each camera, the list of all of them.

What the register holds, in words; how the form is ruled stands in `resources/sheets/survey.typ`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from app.cameras.camera import Camera
from app.cameras.register import cameras, in_use
from app.cameras.survey import Lack, Surveyed, survey
from app.errors import KnownError, msg
from app.geo.areas import AreaKind, Areas
from app.geo.coordinates import LatLon, as_decimal, as_mgrs, as_utm
from app.geo.lookup import AreaIndex
from app.log import Connection
from app.sheets.sheet import Sheet
from app.station.profile import Profile
from app.thai.dates import short_date, to_local
from app.thai.translation import Language

KIND = "survey"
MOST_FORMS = 400
_NAMED = {
    "community": AreaKind.COMMUNITY,
    "beat": AreaKind.BEAT,
    "zone": AreaKind.ZONE,
    "tambon": AreaKind.TAMBON,
}
_LACKS = {
    Lack.OWNER: "เจ้าของ",
    Lack.CONTACT: "ผู้ติดต่อ",
    Lack.RETENTION: "ระยะเก็บภาพ",
    Lack.CONSENT: "ความยินยอม",
    Lack.SIGN: "ป้ายแจ้ง",
}
_POINTS = (
    "เหนือ", "ตะวันออกเฉียงเหนือ", "ตะวันออก", "ตะวันออกเฉียงใต้",
    "ใต้", "ตะวันตกเฉียงใต้", "ตะวันตก", "ตะวันตกเฉียงเหนือ",
)  # fmt: skip


class SurveyForm(StrEnum):
    """Which paper of the survey."""

    BLANK = "blank"
    FILLED = "filled"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class SurveyOptions:
    """What was chosen. `camera_ids`: whose forms; none: everyone's. `copies` of the empty form."""

    form: SurveyForm = SurveyForm.LIST
    camera_ids: tuple[str, ...] = ()
    copies: int = 1
    digits: str = "arabic"
    copy: bool = False


def survey_sheet(db: Connection, profile: Profile, options: SurveyOptions, now: datetime) -> Sheet:
    """The sheet as the register stands now. KnownError: no such camera, or none at all."""
    day = to_local(now).date()
    match options.form:
        case SurveyForm.BLANK:
            title, data = "แบบสำรวจกล้องวงจรปิด (แบบเปล่า)", _blank(options)
        case SurveyForm.FILLED:
            title, data = _filled(db, options, day, profile.survey_days)
        case SurveyForm.LIST:
            title, data = "บัญชีกล้องวงจรปิดและกำหนดสำรวจ", _list(db, day, profile.survey_days)
    about = options.camera_ids[0] if len(options.camera_ids) == 1 else ""
    zone = {"zone_name": profile.zone_name_th}
    return Sheet(
        kind=KIND,
        title=title,
        subject=about if options.form is SurveyForm.FILLED else "",
        data={"variant": options.form.value, **zone, **data},
        files={},
        options={"digits": options.digits, "copy": options.copy},
    )


def _blank(options: SurveyOptions) -> dict[str, Any]:
    count = min(max(options.copies, 1), MOST_FORMS)
    return {"forms": [{"is_blank": True}] * count}


# A form for each camera


def _filled(
    db: Connection, options: SurveyOptions, day: date, every_days: int
) -> tuple[str, dict[str, Any]]:
    known = cameras(db)
    wanted = [in_use(known, one) for one in options.camera_ids] or known
    _refuse_none(wanted)
    if len(wanted) > MOST_FORMS:
        raise KnownError(
            msg("{count} forms are more than one paper takes ({most}).",
                count=len(wanted), most=MOST_FORMS),
            do=msg("Choose fewer cameras."),
        )  # fmt: skip
    areas = AreaIndex(Areas(db).current())
    found = {one.camera.id: one for one in survey(wanted, day, every_days)}
    forms = [_form(camera, found[camera.id], areas) for camera in wanted]
    if len(wanted) == 1:
        return f"แบบสำรวจกล้องวงจรปิด {wanted[0].id} {wanted[0].name}", {"forms": forms}
    return f"แบบสำรวจกล้องวงจรปิด {len(wanted)} กล้อง", {"forms": forms}


def _form(camera: Camera, state: Surveyed, areas: AreaIndex) -> dict[str, Any]:
    place = LatLon(camera.lat_deg, camera.lon_deg)
    inside = areas.containing(place)
    names = {
        name: ", ".join(area.name_th for area in inside[kind]) for name, kind in _NAMED.items()
    }
    return {
        "is_blank": False,
        "id": camera.id,
        "name": camera.name,
        "owner": camera.owner,
        "contact": camera.contact,
        "maker": camera.maker,
        "model": camera.model,
        "lat_lon": as_decimal(place),
        "mgrs": as_mgrs(place),
        "utm": as_utm(place),
        **names,
        "bearing_deg": round(camera.bearing_deg, 1),
        "bearing": bearing_words(camera.bearing_deg),
        "field_of_view_deg": round(camera.field_of_view_deg, 1),
        "range_m": round(camera.range_m),
        "night_range_m": round(camera.night_range_m or camera.range_m),
        "is_indoor": camera.indoor,
        "retention_days": camera.retention_days,
        "consent_on": _date(camera.consent_on),
        "notice_sign": camera.notice_sign,
        "checked_on": _date(camera.checked_on),
        "due": due_words(state),
        "is_overdue": state.is_overdue,
        "lacks": [_LACKS[lack] for lack in state.lacks],
        "is_sample": camera.sample,
    }


def bearing_words(bearing_deg: float) -> str:
    """`186° ทิศใต้`: the nearest of eight points of the compass."""
    point = _POINTS[round(bearing_deg / 45) % 8]
    return f"{bearing_deg:.0f}° ทิศ{point}"


# The list


def _list(db: Connection, day: date, every_days: int) -> dict[str, Any]:
    found = survey(cameras(db), day, every_days)
    _refuse_none(found)
    overdue = [one for one in found if one.is_overdue]
    return {
        "day": short_date(day, Language.THAI),
        "every_days": every_days,
        "overdue": [_row(one) for one in overdue],
        "in_time": [_row(one) for one in found if not one.is_overdue],
        "counts": _counts(found),
    }


def _row(one: Surveyed) -> Mapping[str, Any]:
    camera = one.camera
    return {
        "id": camera.id,
        "name": camera.name,
        "owner": camera.owner,
        "contact": camera.contact,
        "retention_days": camera.retention_days,
        "consent_on": _date(camera.consent_on),
        "notice_sign": camera.notice_sign,
        "checked_on": _date(camera.checked_on),
        "due": due_words(one).removeprefix("ภายใน "),
        "lacks": [_LACKS[lack] for lack in one.lacks],
    }


def _counts(found: Sequence[Surveyed]) -> dict[str, int]:
    counts = {"all": len(found), "overdue": sum(one.is_overdue for one in found)}
    counts["never"] = sum(one.checked_on is None for one in found)
    for lack in Lack:
        counts[lack.value] = sum(lack in one.lacks for one in found)
    return counts


def due_words(one: Surveyed) -> str:
    """`เกิน 12 วัน`, `ยังไม่เคยตรวจ`, `ภายใน 4 มี.ค. 2570`."""
    if one.due_on is None:
        return "ยังไม่เคยตรวจ"
    if one.late_days:
        return f"เกิน {one.late_days} วัน"
    return f"ภายใน {short_date(one.due_on, Language.THAI)}"


def _date(stored: str) -> str:
    """`22 พ.ย. 2569` for an ISO date; nothing for nothing."""
    return short_date(date.fromisoformat(stored), Language.THAI) if stored else ""


def _refuse_none(found: Sequence[object]) -> None:
    if not found:
        raise KnownError(
            msg("There is no camera on the register yet."),
            do=msg("Add cameras in Setup, or print the empty form and survey them."),
        )
