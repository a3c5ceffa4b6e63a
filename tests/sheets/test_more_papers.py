"""Summary, survey, receipt, extract and activity report as they come out of the press: every word
that was to stand there is read back from the PDF, and its ink is measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.cameras.camera import CameraRegistered
from app.clock import ScriptedClock
from app.evidence.exports import ClipExported
from app.evidence.office import EvidenceOffice
from app.incidents.incident import AreaFound
from app.incidents.workflow import add_note
from app.log import Log
from app.sheets.activity_sheet import ActivityOptions, Result, activity_sheet
from app.sheets.extract_sheet import ExtractOptions, extract_sheet
from app.sheets.press import Press
from app.sheets.receipt_sheet import ReceiptOptions, receipt_sheet
from app.sheets.summary_sheet import SummaryOptions, summary_sheet
from app.sheets.survey_sheet import SurveyForm, SurveyOptions, survey_sheet
from app.station import Disk, FileSecrets, Redactor, create_station
from app.video.archive.segment import Span
from tests.cameras.test_survey import a_camera
from tests.incidents.test_workflow import arrive, close, send
from tests.sheets.on_paper import on_paper
from tests.sheets.test_activity_sheet import a_picture
from tests.station.places import profile
from tests.station_log import MORNING, OFFICER, PROGRAM, a_station_log, form_units, take

DAY = date(2026, 11, 22)
AREAS = (
    AreaFound("zone", "zone-1", "เขตปลอดภัยเมืองมุกดาหาร", "console-1:1"),
    AreaFound("community", "community-1", "ชุมชนศรีมงคลยอดแก้ว", "console-1:2"),
    AreaFound("beat", "beat-1", "เขตตรวจ 1", "console-1:3"),
)
HOSTILE = "#strong[x] *ดาว* $y$ \\ \u202e ກ 中 😀 \x01"
AS_SEEN = "#strong[x] *ดาว* $y$ \\ [U+202E] ກ [U+4E2D] [U+1F600] [U+0001]"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        form_units(log, 1, 2)
        reached = take(log, clock, areas=AREAS, place=HOSTILE)
        take(log, clock, category="52", areas=AREAS[2:])
        send(1)(log, reached.id).result()
        clock.advance(306)
        arrive(log, reached.id).result()
        close(log, reached.id).result()
        yield log


def test_a_day_s_summary_says_its_figures_and_draws_its_hours(press: Press, log: Log) -> None:
    with log.reading() as db:
        sheet = summary_sheet(db, profile(), SummaryOptions(DAY), MORNING + timedelta(hours=1))
    paper = on_paper(press, sheet)
    for words in (
        "สรุปเหตุประจำวัน", "22 พ.ย. 2569", "วิ่งราวทรัพย์", "เสียงดังรบกวน", "ชุมชนศรีมงคลยอดแก้ว",
        "นอกชุมชน", "เขตตรวจ 1", "มุกดา 1", "05:06", "เป้าหมายของสถานี 15 นาที", "จับกุมได้", AS_SEEN,
        "สภ.เมืองมุกดาหาร", "ผู้บังคับบัญชา",
    ):  # fmt: skip
        assert paper.says(words), words
    assert paper.is_within_margins()
    assert not paper.coloured  # black and grey: a copier keeps it
    assert len(paper.texts) == 2


def test_thai_digits_are_everywhere_but_in_hashes(press: Press, log: Log) -> None:
    with log.reading() as db:
        sheet = summary_sheet(db, profile(), SummaryOptions(DAY, digits="thai"), MORNING)
    paper = on_paper(press, sheet)
    assert paper.says("๒๒ พ.ย. ๒๕๖๙") and not paper.says("2569")
    assert paper.says("9f3c71a8 04deb2c5")


def test_a_month_without_incidents_is_a_paper_too(press: Press, log: Log) -> None:
    with log.reading() as db:
        options = SummaryOptions(date(2026, 3, 1), is_month=True)
        paper = on_paper(press, summary_sheet(db, profile(), options, MORNING))
    assert paper.says("ไม่มีเหตุรับแจ้งในช่วงนี้") and paper.says("มี.ค. 2569")


def register(log: Log) -> None:
    cameras = [
        a_camera("C01", name=HOSTILE, bearing_deg=90.0, field_of_view_deg=60.0),
        a_camera("C02", checked_on="", consent_on="", owner="", notice_sign=False),
    ]
    log.append(*(CameraRegistered(one) for one in cameras), actor=PROGRAM).result()


def test_the_camera_list_names_who_is_overdue_and_what_is_missing(press: Press, log: Log) -> None:
    register(log)
    with log.reading() as db:
        sheet = survey_sheet(db, profile(), SurveyOptions(SurveyForm.LIST), MORNING)
    paper = on_paper(press, sheet)
    for words in ("ต้องไปตรวจ 1 กล้อง", "C02", "ยังไม่เคยตรวจ", "21 ธ.ค. 2569", "15 วัน",
                  "ร้านทอง", AS_SEEN):  # fmt: skip
        assert paper.says(words), words
    assert paper.is_within_margins() and len(paper.texts) == 1


def test_each_camera_s_form_fills_one_page_and_shows_where_it_looks(press: Press, log: Log) -> None:
    register(log)
    with log.reading() as db:
        sheet = survey_sheet(db, profile(), SurveyOptions(SurveyForm.FILLED), MORNING)
    paper = on_paper(press, sheet)
    assert len(paper.texts) == 2
    for words in ("90° ทิศตะวันออก", "ร้านทอง", "24 มิ.ย. 2569", "ยินยอม", "48Q VD"):
        assert "".join(words.split()) in "".join(paper.texts[0].split()), words
    assert "ยังขาด" in paper.texts[1] and "ยังไม่เคยตรวจ" in paper.texts[1]
    assert paper.is_within_margins()


def test_empty_forms_are_as_many_as_were_asked_for(press: Press, log: Log) -> None:
    with log.reading() as db:
        options = SurveyOptions(SurveyForm.BLANK, copies=3)
        paper = on_paper(press, survey_sheet(db, profile(), options, MORNING))
    assert len(paper.texts) == 3
    assert all("ยินยอม" in text and "ผู้สำรวจ" in text for text in paper.texts)
    assert paper.is_within_margins()


def test_the_receipt_says_hashes_to_the_last_digit(press: Press, log: Log) -> None:
    register(log)
    span = Span(MORNING - timedelta(minutes=20), MORNING - timedelta(minutes=8))
    manifest = "4be190c7" * 8
    exported = ClipExported(
        "mukdahan-2569-1-01", ("C01", "C02"), span, "ขอโดยพนักงานสอบสวน", "", "/media/stick",
        manifest, 84_200_000,
    )  # fmt: skip
    log.append(exported, actor=OFFICER).result()
    with log.reading() as db:
        options = ReceiptOptions(receiver="พ.ต.ต.สมชาย ตัวอย่าง", medium=HOSTILE, digits="thai")
        paper = on_paper(press, receipt_sheet(db, exported.package, options, MORNING))
    for words in (
        "ใบรับมอบหลักฐาน", "mukdahan-2569-1-01", manifest, "พ.ต.ต.สมชาย ตัวอย่าง", "ผู้ส่งมอบ", "พยาน",
        "python3 verify.py", "๘๔.๒ MB", "verify.py",
    ):  # fmt: skip
        assert paper.says(words), words
    assert paper.is_within_margins()


def test_the_usual_receipt_is_one_page(press: Press, log: Log) -> None:
    register(log)
    span = Span(MORNING - timedelta(minutes=20), MORNING - timedelta(minutes=8))
    exported = ClipExported(
        "mukdahan-2569-1-01", ("C01", "C02", "C03"), span, "พนักงานสอบสวนขอ ปจว. 14/2569", "",
        "/media/stick", "4be190c7" * 8, 84_200_000,
    )  # fmt: skip
    log.append(exported, actor=OFFICER).result()
    with log.reading() as db:
        options = ReceiptOptions("พ.ต.ต.สมชาย ตัวอย่าง", "สว.(สอบสวน)", "สภ.เมืองมุกดาหาร")
        sheet = receipt_sheet(db, exported.package, options, MORNING)
    files = [{"name": "C01_20261122T134600.123Z.mp4", "sha256": "4be190c7 " * 8, "size": "28.1 MB"}]
    cameras = [{**camera, "files": files} for camera in sheet.data["cameras"]]
    whole = replace(sheet, data={**sheet.data, "was_read": True, "cameras": cameras})
    paper = on_paper(press, whole)
    assert len(paper.texts) == 1
    assert paper.says("ลงชื่อผู้รับ") and paper.says("หน้า 1 จาก 1")


def test_an_extract_of_many_pages_names_itself_on_each(
    press: Press, log: Log, tmp_path: Path
) -> None:
    incident = take(log, ScriptedClock(MORNING))
    for number in range(120):
        add_note(log, incident.id, f"บันทึกที่ {number} {HOSTILE}", actor=OFFICER)
    add_note(log, incident.id, "ก" * 2_000, actor=OFFICER).result()
    folder = create_station(tmp_path / "keys", profile())
    secrets = FileSecrets(Redactor(), file=tmp_path / "secrets.json")
    EvidenceOffice(folder, log, secrets, Disk(), ScriptedClock(MORNING), "test 1").seal()
    with log.reading() as db:
        options = ExtractOptions(MORNING - timedelta(hours=1), MORNING + timedelta(hours=1))
        sheet = extract_sheet(db, options, MORNING)
        last = db.execute("SELECT hash FROM entries WHERE kind = 'note_added' AND n > 120"
                          " ORDER BY seq DESC LIMIT 1").fetchone()[0]  # fmt: skip
    paper = on_paper(press, sheet)
    assert len(paper.texts) > 4
    for number, text in enumerate(paper.texts, 1):
        assert f"หน้า {number} จาก {len(paper.texts)}" in text
        assert "สำเนาบันทึก" in text
    for words in ("บันทึกที่ 119", AS_SEEN, last, "ลายเซ็นถูกต้อง", "ผู้รับรอง", "คำนวณได้ตรงกับที่บันทึกไว้"):
        assert paper.says(words), words
    assert paper.is_within_margins()


@pytest.mark.parametrize("count", [0, 1, 3, 6])
def test_the_plate_takes_none_to_six_pictures(press: Press, count: int) -> None:
    report = ActivityOptions(
        "ประชาสัมพันธ์เขตปลอดภัย", DAY, hours="09.00–11.30 น.", place="ตลาดอินโดจีน", by=HOSTILE,
        results=(Result("กล้องวงจรปิดที่สำรวจ (ตัว)", "12"),),
        pictures=(a_picture(320, 240),) * count, captions=("หน้าตลาด",) * count,
    )  # fmt: skip
    paper = on_paper(press, activity_sheet(profile(), report, MORNING))
    for words in ("รายงานกิจกรรม", "หน้าตลาด" if count else "ตลาดอินโดจีน", AS_SEEN, "12", "LINE OA"):
        assert paper.says(words), words
    assert paper.is_within_margins()
    plate = paper.darkness(0, (30.0, 70.0, 190.0, 130.0))
    assert (plate > 0.2) == (count > 0)
    assert len(paper.typeset.pdf) < 1_500_000
