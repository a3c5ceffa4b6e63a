"""The report of an activity with its picture plate: what the station's patrols did with the people.

As the public notice of June 2565 did: who went out, where, what for, what came of it, and pictures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.errors import KnownError, msg
from app.sheets.plate_pictures import PlatePicture
from app.sheets.sheet import Sheet
from app.station.profile import Profile
from app.thai.dates import short_date, to_local
from app.thai.translation import Language

KIND = "activity"
MOST_PICTURES = 6
TITLE_LIMIT, LINE_LIMIT, TEXT_LIMIT = 160, 200, 6_000
MOST_RESULTS = 8
_SHORT = 48
PROGRAMME = "โครงการ Smart Safety Zone 4.0"

DRAFT_TEXT = (
    "เจ้าหน้าที่ตำรวจสายตรวจเขตและเจ้าหน้าที่ตำรวจจราจร ออกประชาสัมพันธ์โครงการ Smart Safety Zone 4.0"
    " เชิญชวนประชาชนเพิ่มเพื่อน LINE OA ของสถานี เข้าร่วมกลุ่ม LINE ของชุมชน"
    " เพื่อแจ้งเหตุและขอความช่วยเหลือได้ตลอด 24 ชั่วโมง"
    " และสำรวจกล้องวงจรปิดในพื้นที่"
)
"""What such reports say, to begin with."""
RESULTS = (
    "ประชาชนเพิ่มเพื่อน LINE OA (คน)",
    "เข้าร่วมกลุ่ม LINE (คน)",
    "กล้องวงจรปิดที่สำรวจ (ตัว)",
    "บ้านและร้านค้าที่เยี่ยม (แห่ง)",
)


@dataclass(frozen=True, slots=True)
class Result:
    """One line of what came of it: `กล้องวงจรปิดที่สำรวจ (ตัว)`, `12`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ActivityOptions:
    """What was typed. `hours` as typed (`09.00–11.30 น.`); `by` leads, `with_whom` went along."""

    title: str
    held_on: date
    hours: str = ""
    place: str = ""
    by: str = ""
    with_whom: str = ""
    text: str = DRAFT_TEXT
    results: tuple[Result, ...] = ()
    pictures: tuple[PlatePicture, ...] = ()
    captions: tuple[str, ...] = ()
    digits: str = "arabic"
    copy: bool = False


def activity_sheet(profile: Profile, options: ActivityOptions, now: datetime) -> Sheet:
    """The sheet. KnownError: it has no title, is held in the future, or is too long for paper."""
    _refuse(options, to_local(now).date())
    files = {f"picture-{number}.jpg": one.jpeg for number, one in enumerate(options.pictures, 1)}
    data = {
        "title": " ".join(options.title.split()),
        "programme": PROGRAMME,
        "zone_name": profile.zone_name_th,
        "day": short_date(options.held_on, Language.THAI),
        "hours": options.hours.strip(),
        "place": options.place.strip(),
        "by": options.by.strip(),
        "with_whom": options.with_whom.strip(),
        "paragraphs": [part.strip() for part in options.text.split("\n") if part.strip()],
        "results": [
            {"name": one.name.strip(), "value": one.value.strip()}
            for one in options.results
            if one.name.strip() and one.value.strip()
        ],
        "pictures": _plate(options.pictures, options.captions),
    }
    return Sheet(
        kind=KIND,
        title=f"รายงานกิจกรรม {_shortened(str(data['title']))}",
        subject="",
        data=data,
        files=files,
        options={"digits": options.digits, "copy": options.copy},
    )


def _shortened(title: str) -> str:
    """What the foot of a page and a list have room for."""
    return title if len(title) <= _SHORT else f"{title[: _SHORT - 1]}…"


def _plate(pictures: Sequence[PlatePicture], captions: Sequence[str]) -> list[Mapping[str, Any]]:
    return [
        {
            "file": f"picture-{number}.jpg",
            "caption": captions[number - 1].strip() if number <= len(captions) else "",
            "width_px": one.width_px,
            "height_px": one.height_px,
            "sha256": one.source_sha256,
        }
        for number, one in enumerate(pictures, 1)
    ]


def _refuse(options: ActivityOptions, today: date) -> None:
    if not options.title.strip():
        raise KnownError(
            msg("The report has no title."), do=msg("Type what was done, in one line.")
        )
    if options.held_on > today:
        raise KnownError(
            msg("The day of the activity has not come yet."), do=msg("Choose the day it was held.")
        )
    if len(options.pictures) > MOST_PICTURES:
        raise KnownError(
            msg("The plate takes {most} pictures.", most=MOST_PICTURES),
            do=msg("Take some of them away."),
        )
    lines = (options.hours, options.place, options.by, options.with_whom, *options.captions)
    longest = max((len(line) for line in lines), default=0)
    too_long = (
        len(options.title) > TITLE_LIMIT or longest > LINE_LIMIT or len(options.text) > TEXT_LIMIT
    )
    if too_long:
        raise KnownError(
            msg("The report is longer than its paper takes."),
            do=msg("Shorten it: {text:,} letters of text, {line} in each line.",
                   text=TEXT_LIMIT, line=LINE_LIMIT),
        )  # fmt: skip
