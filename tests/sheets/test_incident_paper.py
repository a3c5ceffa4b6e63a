"""The incident sheet on paper: its PDF's text is read, and its rendered pages are looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from app.clock import ScriptedClock
from app.geo.ground_pictures import Trouble, trouble_error
from app.incidents import workflow
from app.incidents.categories import Channel, Priority
from app.incidents.incident import IncidentReported, NoteAdded, Report
from app.incidents.report_correction import Part, correct_report
from app.log import Head, Log
from app.sheets.incident_options import MAP_MM, Form, IncidentOptions
from app.sheets.incident_sheet import incident_sheet
from app.sheets.map_on_paper import MapOnPaper, NumberedCamera, PaperBar
from app.sheets.pages import Pages
from app.sheets.press import Press
from app.sheets.sheet import Typeset
from app.station import StationFolder
from app.thai.translation import Language, say
from tests.sheets.incident_material import (
    CALLER,
    PHONE,
    RECEIVER,
    add_still,
    png_of,
    whole_incident,
)
from tests.sheets.material import CLERK, HEAD, a_station
from tests.station_log import MORNING, OFFICER, PROGRAM, a_report, a_station_log, stands, take

_DPI = 60
_LEFT_MM, _RIGHT_MM, _TOP_MM, _BOTTOM_MM = 29.0, 191.0, 10.0, 290.0
_UNSEEN = re.compile(r"[\s\u200b]+")
# what Typst 0.15 lets be copied twice, though it is drawn once: ครั้ง as ครั้รั้ง
_TWICE = re.compile("([\u0e01-\u0e2e][\u0e31\u0e34-\u0e37][\u0e48-\u0e4b])\\1")
Setting = Callable[..., Typeset]


@pytest.fixture
def station(tmp_path: Path) -> StationFolder:
    return a_station(tmp_path)


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def log(station: StationFolder, clock: ScriptedClock) -> Iterator[Log]:
    with a_station_log(station.root, clock) as log:
        yield log


@pytest.fixture
def printed(log: Log, station: StationFolder, press: Press) -> Setting:
    """Sets the sheet of an incident, always at the same time and head."""

    def set_sheet(
        incident_id: str, head: Head = HEAD, drawn: MapOnPaper | None = None, **options: Any
    ) -> Typeset:
        with log.reading() as db:
            sheet = incident_sheet(db, station, incident_id, IncidentOptions(**options), drawn)
        return press.set(sheet, MORNING, CLERK, head=head)

    return set_sheet


def text_of(paper: Typeset) -> str:
    """All its text without what separates words: wherever its lines are broken."""
    with Pages(paper.pdf) as pages:
        text = "".join(pages.text(number) for number in range(pages.count))
    return _TWICE.sub(r"\1", _UNSEEN.sub("", text))


def ink(pages: Pages, number: int) -> NDArray[np.bool_]:
    """Where a page is not white."""
    picture = pages.picture(number, _DPI)
    pixels = np.frombuffer(picture.pixels, np.uint8).reshape(-1, picture.width_px, 4)
    return (pixels[:, :, :3] < 200).any(axis=2)


def outside_the_margins(paper: Typeset) -> list[int]:
    """Pages with ink where the memo margins are to be white."""
    wrong = []
    with Pages(paper.pdf) as pages:
        for number in range(pages.count):
            drawn = ink(pages, number)
            left, right, top, bottom = (
                round(mm / 25.4 * _DPI) for mm in (_LEFT_MM, _RIGHT_MM, _TOP_MM, _BOTTOM_MM)
            )
            inside = drawn[top:bottom, left:right].sum()
            if drawn.sum() != inside or inside == 0:
                wrong.append(number)
    return wrong


def a_map(form: Form, cameras: int = 4) -> MapOnPaper:
    """A blue rectangle of the size that a map has on this form."""
    width_mm, height_mm = MAP_MM[form]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width_mm} {height_mm}"'
        f' width="{width_mm}mm" height="{height_mm}mm">'
        f'<rect width="{width_mm}" height="{height_mm}" fill="#0000ff"/></svg>'
    )
    seeing = (
        NumberedCamera(n, f"C0{n}", "ตลาดอินโดจีน ประตู 3", 40.0 * n) for n in range(1, cameras + 1)
    )
    return MapOnPaper(
        svg=svg.encode(), width_mm=width_mm, height_mm=height_mm, scale=2_500, attribution="",
        legend=(), grid_name="UTM 48N (WGS 84)", grid=(), bar=PaperBar(100, 0, 0, 40, 1),
        point_scale=0.9996, true_north_deg=0.0, sample=True, cameras=tuple(seeing),
    )  # fmt: skip


def squeezed(text: str) -> str:
    return _UNSEEN.sub("", text)


def test_it_can_be_read_and_stays_within_the_margins(
    log: Log, station: StationFolder, clock: ScriptedClock, printed: Setting
) -> None:
    found = whole_incident(log, clock)
    for colour in ((200, 30, 30), (30, 30, 200)):
        add_still(log, station, found.id, clock, png_of(1280, 720, colour))
    paper = printed(found.id)
    text = text_of(paper)
    expected = (
        "ใบรับแจ้งเหตุ", "เลขรับแจ้ง", "1/2569", "22 พ.ย. 2569 เวลา 10:46:00 น.", "วิ่งราวทรัพย์",
        "48Q VD 70786 29009", "48Q 470786 1829009", "16.54290", CALLER, PHONE, "พฤติการณ์",
        "ลำดับการปฏิบัติ", "แจ้งสกัดทุกจุด (ลงเวลาย้อนหลัง บันทึกเมื่อ 10:53:21)",
        "เวลาถึงที่เกิดเหตุ", "4 นาที 12 วินาที", "เรียกกลับก่อนถึง", "ภาพนิ่ง 2 ภาพ",
        "ผลการปฏิบัติ", "มีการจับกุม · เลขอ้างอิง คดี 5/2569", f"({RECEIVER.name})", "ผู้รับแจ้ง",
        "ผู้ตรวจ", "หน้า 1 จาก 2", HEAD.hash,
    )  # fmt: skip
    assert [words for words in expected if squeezed(words) not in text] == []
    assert outside_the_margins(paper) == []
    assert paper.notes == ()
    assert (paper.pages, len(paper.pdf) < 500_000) == (2, True)


def test_the_stills_are_seen_on_the_page_side_by_side(
    log: Log, station: StationFolder, clock: ScriptedClock, printed: Setting
) -> None:
    id_ = take(log, clock).id
    for colour in ((230, 10, 10), (10, 10, 230)):
        add_still(log, station, id_, clock, png_of(640, 360, colour))
    with Pages(printed(id_).pdf) as pages:
        picture = pages.picture(0, _DPI)
    pixels = np.frombuffer(picture.pixels, np.uint8).reshape(-1, picture.width_px, 4).astype(int)
    blue, red = pixels[:, :, 0], pixels[:, :, 2]
    wide_mm = {}
    for name, seen in (("red", (red > 200) & (blue < 60)), ("blue", (blue > 200) & (red < 60))):
        columns = np.flatnonzero(seen.any(axis=0))
        wide_mm[name] = (columns[-1] - columns[0] + 1) * 25.4 / _DPI
        assert columns[0] * 25.4 / _DPI == pytest.approx(30 if name == "red" else 111.5, abs=1.5)
    assert wide_mm == {"red": pytest.approx(78.5, abs=1), "blue": pytest.approx(78.5, abs=1)}


@pytest.mark.parametrize("form", Form)
def test_a_map_is_printed_at_exactly_its_size_with_the_cameras_that_see_the_place(
    log: Log, clock: ScriptedClock, printed: Setting, form: Form
) -> None:
    paper = printed(take(log, clock).id, form=form, drawn=a_map(form))
    with Pages(paper.pdf) as pages:
        picture = pages.picture(0, 300)
    pixels = np.frombuffer(picture.pixels, np.uint8).reshape(-1, picture.width_px, 4)
    blue = (pixels[:, :, 0] > 200) & (pixels[:, :, 2] < 60)
    seen_mm = [np.ptp(np.flatnonzero(blue.any(axis=axis))) * 25.4 / 300 for axis in (0, 1)]
    assert seen_mm == pytest.approx(MAP_MM[form], abs=0.25)
    text = text_of(paper)
    assert squeezed("มาตราส่วน 1:2,500 · UTM 48N (WGS 84)") in text
    assert squeezed("4 C04 ตลาดอินโดจีน ประตู 3 (160 ม.)") in text
    left_out = printed(take(log, clock).id, form=form, drawn=a_map(form), with_map=False)
    assert "แผนที่" not in text_of(left_out)


def test_a_picture_of_the_ground_that_is_gone_is_told_under_the_map_and_to_the_clerk(
    log: Log, clock: ScriptedClock, printed: Setting
) -> None:
    gone = trouble_error("photo.mbtiles", Trouble.GONE).what
    drawn = replace(a_map(Form.FULL), lacking=(gone,))
    paper = printed(take(log, clock).id, form=Form.FULL, drawn=drawn)
    assert squeezed(say(gone, Language.THAI)) in text_of(paper)
    assert paper.notes == (gone,)


@pytest.mark.parametrize("form", Form)
def test_an_incident_with_nothing_but_a_number_is_a_whole_sheet(
    log: Log, printed: Setting, form: Form
) -> None:
    bare = Report(Channel.CALL_191, "99", Priority.ROUTINE, place="", narrative="")
    log.append(IncidentReported("inc-bare", "7/2569", 2569, 7, bare), actor=PROGRAM).result()
    paper = printed("inc-bare", form=form)
    text = text_of(paper)
    assert "7/2569" in text and "อยู่ระหว่างดำเนินการ" in text
    assert squeezed("ไม่ได้บันทึกพิกัดของเหตุนี้ไว้ จึงไม่มีแผนที่") in text
    assert (paper.pages, outside_the_margins(paper)) == (1, [])


def test_five_hundred_entries_sixty_stills_and_a_narrative_without_a_space(
    log: Log, station: StationFolder, clock: ScriptedClock, printed: Setting
) -> None:
    words = "กระชากกระเป๋าสะพายสีน้ำตาลแล้วขับหลบหนี"
    narrative = (words * 520)[:20_000]
    id_ = take(log, clock, narrative=narrative).id
    for number in range(500):
        clock.advance(61)
        log.append(NoteAdded(id_, f"บันทึกที่ {number:03d}"), actor=OFFICER)
    for number in range(60):
        add_still(log, station, id_, clock, png_of(64, 36, (number, 90, 20)))
    paper = printed(id_)
    text = text_of(paper)
    assert all(f"บันทึกที่{number:03d}" in text for number in range(500))
    assert text.count("SHA-256") == 61 + paper.pages  # the stills, the seal, every foot
    whole, broken = narrative.count(words), paper.pages  # a foot stands where a page ends
    assert whole - broken <= text.count(words) <= whole
    assert outside_the_margins(paper) == []
    assert 20 < paper.pages < 60
    short = printed(id_, form=Form.SHORT)
    assert (short.pages, outside_the_margins(short)) == (1, [])
    assert squeezed("ลำดับการปฏิบัติ 561 รายการ · ภาพนิ่ง 60 ภาพ") in text_of(short)


_HOSTILE = (
    '#panic("x") $ x^2 $ *b* _i_ `c` <l> @ref = h \\ // c /* */ [a](b) <b>&amp;</b> https://a.b '
    "😀👨‍👩‍👧 ສະຫວັນນະເຂດ 湄公河 مرحبا שלום \u202egnp.exe\u202c \x00\x01\x1b[31m\x7f\u0085"
    " \u200f\u2066"
    " น้ำ\u0e4d\u0e32 e\u0301 \ufeff\u2028\u2029 A\tB"
)
_SHOWN = (
    '#panic("x") $ x^2 $ *b* _i_ `c` <l> @ref', "<b>&amp;</b>", "ສະຫວັນນະເຂດ", "[U+6E44]",
    "[U+1F600]", "[U+202E]gnp.exe[U+202C]", "[U+0000]", "[U+0001]", "[U+001B][31m",
)  # fmt: skip


@pytest.mark.parametrize("form", Form)
def test_markup_signs_and_letters_of_the_world_print_as_they_were_typed(
    log: Log, printed: Setting, form: Form
) -> None:
    fields = ("place", "narrative", "address", "caller", "caller_phone", "victims", "suspects",
              "vehicles", "daily_log")  # fmt: skip
    hostile = {name: f"{name}: {_HOSTILE}" for name in fields}
    report = Report(
        Channel.LINE,
        "23",
        Priority.URGENT,
        lat_deg=16.5,
        lon_deg=104.7,
        plates=(_HOSTILE,),
        **hostile,
    )
    log.append(IncidentReported("inc-x", "8/2569", 2569, 8, report), actor=PROGRAM).result()
    log.append(NoteAdded("inc-x", _HOSTILE), actor=PROGRAM).result()
    workflow.close(log, "inc-x", result=_HOSTILE, reference=_HOSTILE[:300], actor=OFFICER).result()
    paper = printed("inc-x", form=form, drawn=a_map(form, cameras=9))
    text = text_of(paper)
    assert [shown for shown in _SHOWN if squeezed(shown) not in text] == []
    assert (outside_the_margins(paper), paper.notes) == ([], ())
    assert form is Form.FULL or paper.pages == 1
    assert b"\\u202e" in paper.data or "\u202e".encode() in paper.data, "the data are as typed"


@pytest.mark.parametrize("run", ["W" * 4_000, "๙" * 4_000, "ກ" * 4_000, "ฮฺ" * 2_000, "-" * 4_000])
def test_a_run_without_a_place_to_break_stays_on_the_paper(
    log: Log, clock: ScriptedClock, printed: Setting, run: str
) -> None:
    id_ = take(log, clock, narrative=run, suspects=run, victims=run, caller=run[:500]).id
    for form in Form:
        assert outside_the_margins(printed(id_, form=form)) == []


def test_a_still_that_is_gone_says_so_in_its_place(
    log: Log, station: StationFolder, clock: ScriptedClock, printed: Setting
) -> None:
    id_ = take(log, clock).id
    gone, changed = (
        add_still(log, station, id_, clock, png_of(64, 48, (0, 0, blue))) for blue in (1, 2)
    )
    (station.evidence / gone.file_name).unlink()
    (station.evidence / changed.file_name).write_bytes(b"something else")
    text = text_of(printed(id_))
    for words in ("ไม่พบไฟล์ภาพในสถานี", "ไฟล์ภาพไม่ตรงกับที่บันทึกไว้", gone.sha256, changed.sha256):
        assert squeezed(words) in text


def test_a_hidden_name_is_neither_on_the_paper_nor_in_what_is_attached(
    log: Log, clock: ScriptedClock, printed: Setting
) -> None:
    found = whole_incident(log, clock, caller_unnamed=True)
    paper = printed(found.id)
    text = text_of(paper) + paper.data.decode()
    assert [name for name in ("มาลี", "ใจดี", "สมศรี", "0812345678", PHONE) if name in text] == []
    assert squeezed("ปกปิดชื่อผู้แจ้งและผู้เสียหายตามคำขอ") in text_of(paper)


def test_the_same_state_of_the_log_is_the_same_paper_and_a_correction_another(
    log: Log, clock: ScriptedClock, printed: Setting
) -> None:
    found = take(log, clock)
    first = printed(found.id)
    assert printed(found.id).pdf == first.pdf
    new = a_report(narrative="กระเป๋าสีดำ")
    correct_report(log, stands(log, found.id), Part.NARRATIVE, new, "ยืนยัน", actor=OFFICER).result()
    text = text_of(printed(found.id))
    assert squeezed("แก้ไข 1 ครั้ง") in text and "กระเป๋าสีดำ" in text
    assert "กระเป๋าสีดำ" not in text_of(first)


def test_thai_digits_are_for_words_not_for_hashes_and_coordinates(
    log: Log, clock: ScriptedClock, printed: Setting
) -> None:
    text = text_of(printed(take(log, clock).id, digits="thai"))
    assert squeezed("๒๒ พ.ย. ๒๕๖๙ เวลา ๑๐:๔๖:๐๐ น.") in text
    assert squeezed("48Q VD 70786 29009") in text and HEAD.hash in text
