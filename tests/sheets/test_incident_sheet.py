"""What an incident's sheet says: every field, every step, and nobody's name who asked for that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.clock import ScriptedClock
from app.errors import KnownError
from app.evidence.exports import ClipExported
from app.geo.areas import AreaKind
from app.incidents.attached import attach_report
from app.incidents.attachments.attachment import AttachmentAdded, FileKind, KeptFile
from app.incidents.endings import cancel, join
from app.incidents.hidden_names import HIDDEN, HiddenNames
from app.incidents.incident import AreaFound, Ending
from app.incidents.report_correction import Part, correct_report
from app.incidents.runs import runs_of
from app.incidents.workflow import add_note
from app.log import Log
from app.sheets.incident_options import Form, IncidentOptions
from app.sheets.incident_sheet import incident_sheet
from app.sheets.incident_stills import STILL_MM, kept_stills
from app.sheets.sheet import Sheet
from app.sheets.shortened import cut
from app.sheets.still_jpeg import printed_still
from app.station import StationFolder
from app.thai.translation import Language, set_language
from app.video.archive.locks import FootageLocked, FootageLockRequested, LockedFootage
from app.video.archive.segment import Span
from tests.sheets.incident_material import (
    CALLER,
    CHECKER,
    LEADER,
    NARRATIVE,
    PHONE,
    RECEIVER,
    VICTIMS,
    add_still,
    png_of,
    whole_incident,
)
from tests.sheets.material import a_station
from tests.station_log import (
    ADMINISTRATOR,
    MORNING,
    OFFICER,
    PROGRAM,
    a_report,
    a_station_log,
    stands,
    take,
)


@pytest.fixture
def folder(tmp_path: Path) -> StationFolder:
    return a_station(tmp_path)


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def log(folder: StationFolder, clock: ScriptedClock) -> Iterator[Log]:
    with a_station_log(folder.root, clock) as log:
        yield log


def sheet_of(log: Log, folder: StationFolder, incident_id: str, **options: Any) -> Sheet:
    with log.reading() as db:
        return incident_sheet(db, folder, incident_id, IncidentOptions(**options))


def said(sheet: Sheet) -> str:
    """Every word of it."""
    return json.dumps(dict(sheet.data), ensure_ascii=False)


def test_every_field_of_the_forms_stands_on_it(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    areas = (
        AreaFound(AreaKind.ZONE.value, "zone-1", "เขตปลอดภัย", "console-1:9"),
        AreaFound(AreaKind.BEAT.value, "beat-2", "เขตตรวจ 2", "console-1:9"),
        AreaFound(AreaKind.COMMUNITY.value, "c-1", "ชุมชนศรีมงคลยอดแก้ว", "console-1:9"),
    )
    found = whole_incident(log, clock, areas=areas)
    sheet = sheet_of(log, folder, found.id)
    data = sheet.data
    assert (sheet.kind, sheet.subject, sheet.title) == (
        "incident", found.id, "ใบรับแจ้งเหตุ 1/2569",
    )  # fmt: skip
    expected = {
        "number": "1/2569",
        "reported": "22 พ.ย. 2569 เวลา 10:46:00 น.",
        "happened": "22 พ.ย. 2569 เวลา 10:30–10:42 น.",
        "channel": "191",
        "category": "วิ่งราวทรัพย์",
        "group": "กลุ่ม 2 ทรัพย์",
        "priority": "1 ด่วนที่สุด",
        "place": "ตลาดอินโดจีน ประตู 3 ถนนสำราญชายโขง ชุมชนศรีมงคลยอดแก้ว",
        "mgrs": "48Q VD 70786 29009",
        "utm": "48Q 470786 1829009",
        "degrees": "16.54290, 104.72620",
        "zone": "เขตปลอดภัย",
        "beat": "เขตตรวจ 2",
        "caller": CALLER,
        "phone": PHONE,
        "victims": VICTIMS,
        "narrative": NARRATIVE,
        "daily_log": "8/2569",
    }
    assert {name: data[name] for name in expected} == expected
    assert "170 ซม." in data["suspects"] and "กขค 123" in data["vehicles"]
    assert data["result"] == {
        "text": "จับกุมผู้ต้องสงสัยได้", "arrest": True, "reference": "คดี 5/2569",
        "cancelled": False,
    }  # fmt: skip


def test_units_say_when_they_came_and_how_long_it_took(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    found = whole_incident(log, clock)
    first, second = sheet_of(log, folder, found.id).data["units"]
    assert (first["call_sign"], first["sent"], first["left"], first["arrived"]) == (
        "มุกดา 1", "10:47:03", "10:49:09", "10:51:15",
    )  # fmt: skip
    assert (first["to_scene"], first["distance"]) == ("4 นาที 12 วินาที", "640")
    assert (second["to_scene"], second["called_back"]) == ("", True)


def test_who_signs_is_who_took_it_who_led_the_first_unit_there_and_who_checks(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    found = whole_incident(log, clock)
    people = sheet_of(log, folder, found.id, checked_by=CHECKER.id).data["signatures"]
    assert [(one["role"], one["name"], one["position"]) for one in people] == [
        ("received", RECEIVER.name, RECEIVER.position),
        ("led", LEADER.name, LEADER.position),
        ("checked", CHECKER.name, CHECKER.position),
    ]
    assert sheet_of(log, folder, found.id).data["signatures"][2]["name"] == ""


def test_a_crew_that_changed_since_does_not_sign_for_that_day(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    from app.duty.unit_facts import UnitCrewed

    found = whole_incident(log, clock)
    clock.advance(60)
    log.append(UnitCrewed("unit-1", ("ส.ต.ต.ใหม่",)), actor=OFFICER).result()
    assert sheet_of(log, folder, found.id).data["signatures"][1]["name"] == LEADER.name
    with log.reading() as db:
        assert [run.unit_id for run in runs_of(db, found.id)] == ["unit-1", "unit-2"]


def test_a_late_entry_stands_where_it_happened_and_says_when_it_was_recorded(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    rows = sheet_of(log, folder, whole_incident(log, clock).id).data["story"]
    times = [row["time"] for row in rows]
    assert times == sorted(times)
    assert rows[0] == {
        "day": "", "time": "10:46:00", "by": RECEIVER.name, "text": "รับแจ้งเหตุ ออกเลข 1/2569",
        "late": "", "mark": "",
    }  # fmt: skip
    (late,) = [row for row in rows if row["late"]]
    assert (late["time"], late["late"], late["text"]) == ("10:48:51", "10:53:21", "แจ้งสกัดทุกจุด")
    assert not any(row["day"] for row in rows)


def test_a_correction_is_marked_and_both_words_stand_there(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    found = whole_incident(log, clock)
    clock.advance(86_400)
    new = a_report(narrative="กระเป๋าสีดำ")
    correct_report(log, found, Part.NARRATIVE, new, "ผู้เสียหายยืนยัน", actor=OFFICER).result()
    data = sheet_of(log, folder, found.id).data
    assert (data["narrative"], data["corrections"]) == ("กระเป๋าสีดำ", 1)
    last = data["story"][-1]
    assert (last["mark"], last["day"]) == ("correction", "23 พ.ย. 2569")
    assert "กระเป๋าสะพายสีน้ำตาล" in last["text"] and "กระเป๋าสีดำ" in last["text"]


@pytest.mark.parametrize("form", Form)
def test_whoever_asked_not_to_be_named_is_named_nowhere(
    log: Log, folder: StationFolder, clock: ScriptedClock, form: Form
) -> None:
    found = whole_incident(log, clock, caller_unnamed=True, place="หน้าบ้านนางมาลี ใจดี")
    new = a_report(victims="นายก้อง เสียงดัง", caller="นายใหม่ แซ่ลี้", caller_phone="0611111111")
    for part in (Part.VICTIMS, Part.CALLER):
        correct_report(log, stands(log, found.id), part, new, "แก้ไข", actor=OFFICER).result()
    sheet = sheet_of(log, folder, found.id, form=form, hide=True)
    text = said(sheet)
    names = "มาลี ใจดี สมศรี มีสุข ก้อง เสียงดัง ใหม่ แซ่ลี้ 081-234 0812345678 0898765432 0611111111"
    assert [name for name in names.split() if name in text] == []
    assert sheet.data["caller"] == "ปกปิดตามคำขอ"
    assert (sheet.data["victims"], sheet.data["phone"]) == ("ปกปิดตามคำขอ", "ปกปิด")
    assert HIDDEN in sheet.data["narrative"] and HIDDEN in sheet.data["place"]
    assert sheet.data["names_hidden"] and sheet.data["hidden_count"] >= 3


def test_a_further_caller_is_hidden_with_the_first(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    found = take(log, clock, caller=CALLER, caller_unnamed=True)
    other = a_report(caller="นายสมหมาย รักถิ่น", narrative="สมหมายเห็นคนร้าย")
    attach_report(log, found.id, other, actor=OFFICER).result()
    assert "สมหมาย" not in said(sheet_of(log, folder, found.id))
    assert "นายสมหมาย รักถิ่น" in said(sheet_of(log, folder, found.id, hide=False))


def test_whoever_asked_elsewhere_or_later_is_not_named_on_a_named_callers_sheet(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    """The first caller goes on being named; whose incident became part of it, or who called again,
    asked not to be."""
    found = take(log, clock, caller=CALLER, caller_phone="0811111111")
    other = take(log, clock, caller="นายแดง ใจกล้า", caller_phone="0899999999",
                 narrative="นายแดง ใจกล้า เห็นคนร้าย")  # fmt: skip
    unnamed = replace(other.report, caller_unnamed=True)
    correct_report(log, other, Part.CALLER, unnamed, "ขอปกปิด", actor=OFFICER).result()
    add_note(log, other.id, "โทรกลับนายแดง ใจกล้า 089-999-9999", actor=OFFICER).result()
    again = a_report(caller="นายดำ ซ่อนเร้น", caller_phone="0877777777", caller_unnamed=True)
    attach_report(log, found.id, again, actor=OFFICER).result()
    add_note(log, found.id, "นายดำ ซ่อนเร้น 0877777777 ให้การเพิ่ม", actor=OFFICER).result()
    join(log, other.id, found.id, Ending.MERGED, actor=OFFICER).result()
    sheet = sheet_of(log, folder, found.id)
    names = "แดง ใจกล้า นายดำ ซ่อนเร้น 0899999999 999-9999 0877777777"
    assert [name for name in names.split() if name in said(sheet)] == []
    assert (sheet.data["caller"], sheet.data["phone"]) == (CALLER, "0811111111")
    assert sheet.data["hidden_count"] >= 4 and not sheet.data["names_hidden"]
    assert "แดง ใจกล้า" in said(sheet_of(log, folder, found.id, hide=False))


def test_names_are_hidden_as_the_caller_asked_unless_somebody_chose(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    unnamed = take(log, clock, caller=CALLER, caller_unnamed=True).id
    named = take(log, clock, caller=CALLER).id
    assert sheet_of(log, folder, unnamed).data["caller"] == "ขอปกปิดชื่อ"
    assert sheet_of(log, folder, unnamed, hide=False).data["caller"] == f"{CALLER} · ขอปกปิดชื่อ"
    assert sheet_of(log, folder, named).data["caller"] == CALLER
    assert sheet_of(log, folder, named, hide=True).data["caller"] == "ปกปิดตามคำขอ"


@pytest.mark.parametrize(
    ("field", "text", "left"),
    [
        ("นางมาลี ใจดี", "แจ้งโดยนาง มาลี  ใจดี และลูก", "แจ้งโดย[ปกปิด] และลูก"),
        ("นางมาลี ใจดี", "มาลีเห็นคนร้าย", "[ปกปิด]เห็นคนร้าย"),
        ("1) นายดำ แดงดี 2) ด.ช.ขาว แดงดี", "นายดำกับขาว แดงดี", "[ปกปิด]กับ[ปกปิด]"),
        ("Mr. John Smith, age 40", "john SMITH ran", "[ปกปิด] ran"),
        ("โทร 081 234 5678", "เบอร์ 081-2345678 ครับ", "เบอร์ [ปกปิด] ครับ"),
        ("เจ้าของร้าน เสียหาย 2,300 บาท", "ทรัพย์เสียหายหลายรายการ", "ทรัพย์เสียหายหลายรายการ"),
        ("ນາງ ສົມສີ", "ຂ້ອຍແມ່ນ ສົມສີ", "ຂ້ອຍແມ່ນ [ปกปิด]"),
        ("", "ไม่มีชื่อ", "ไม่มีชื่อ"),
    ],
)
def test_names_are_found_however_they_are_written(field: str, text: str, left: str) -> None:
    assert HiddenNames.of([field]).out_of(text) == left


def test_an_erased_report_leaves_its_number_and_its_times(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    found = whole_incident(log, clock)
    (first, *_) = log.entries_of(found.id)
    log.erase(first.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    sheet = sheet_of(log, folder, found.id)
    assert sheet.data["erased"] and sheet.data["number"] == "1/2569"
    assert (sheet.data["category"], sheet.data["channel"], sheet.data["mgrs"]) == ("", "", "")
    assert sheet.data["story"][0]["mark"] == "erased"
    assert "มาลี" not in said(sheet) and "กระชาก" not in said(sheet)


def test_a_sheet_is_thai_whatever_the_windows_speak(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    id_ = whole_incident(log, clock).id
    thai = sheet_of(log, folder, id_)
    set_language(Language.ENGLISH)
    try:
        assert sheet_of(log, folder, id_) == thai
    finally:
        set_language(Language.THAI)


def test_what_is_kept_for_it_stands_there_with_its_hashes(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    id_ = take(log, clock).id
    span = Span(MORNING, MORNING + timedelta(minutes=14))
    log.append(
        FootageLockRequested("lock-1", ("C01", "C02"), span, "พนักงานสอบสวนขอ", id_),
        ClipExported("mukdahan-1-01", ("C01",), span, "ส่งศาล", id_, "/media", "ab" * 32, 9),
        AttachmentAdded(
            id_, KeptFile("x.pdf", "ใบแจ้งความ.pdf", FileKind.DOCUMENT, "a/b", "cd" * 32, 7), "สแกน"
        ),
        actor=ADMINISTRATOR,
    ).result()
    kept = LockedFootage("C01", span.begins - timedelta(seconds=2), span.ends, 5_000)
    nothing = LockedFootage("C02", span.begins, span.begins, 0)
    log.append(FootageLocked("lock-1", id_, (kept, nothing)), actor=PROGRAM).result()
    data = sheet_of(log, folder, id_).data
    (lock,) = data["footage"]
    assert (lock["cameras"], lock["span"], lock["state"]) == (
        "C01", "22 พ.ย. 2569 10:45:58–11:00:00", "ล็อก",
    )  # fmt: skip
    assert data["packages"][0]["sha256"] == "ab" * 32
    assert data["attachments"][0] | {"at": ""} == {
        "name": "ใบแจ้งความ.pdf", "note": "สแกน", "at": "", "sha256": "cd" * 32,
    }  # fmt: skip
    short = sheet_of(log, folder, id_, form=Form.SHORT).data
    assert (short["footage"], short["footage_count"], short["attachments_count"]) == ([], 1, 1)


def test_one_page_cuts_between_clusters_and_says_so(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    long = take(log, clock, narrative="ปู่ย่าตายาย" * 400, suspects="น้ำ\n" * 300)
    data = sheet_of(log, folder, long.id, form=Form.SHORT).data
    assert data["cut"] and data["narrative"].endswith(" …") and data["suspects"].endswith(" …")
    assert len(data["narrative"]) < 450
    assert not sheet_of(log, folder, take(log, clock).id, form=Form.SHORT).data["cut"]
    assert cut("ก" * 7 + "ปู่" * 9, 10) == "ก" * 7 + "ปู่ …"
    assert cut("\u202e" * 9, 17) == "\u202e\u202e …", "eight are printed for each"


def test_how_it_ended_without_a_result(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    open_one = take(log, clock).id
    assert sheet_of(log, folder, open_one).data["result"]["text"] == ""
    cancel(log, open_one, reason="แจ้งเท็จ", actor=OFFICER).result()
    result = sheet_of(log, folder, open_one).data["result"]
    assert (result["text"], result["cancelled"]) == ("แจ้งเท็จ", True)


def test_stills_are_no_more_than_300_dots_an_inch(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    id_ = take(log, clock).id
    still = add_still(log, folder, id_, clock, png_of(1920, 1080))
    sheet = sheet_of(log, folder, id_)
    (row,) = sheet.data["stills"]
    wide_mm, _ = STILL_MM[Form.FULL]
    assert row["width_px"] <= wide_mm / 25.4 * 300
    assert row["width_px"] / row["height_px"] == pytest.approx(16 / 9, rel=0.01)
    assert sheet.files["still-1.jpg"][:2] == b"\xff\xd8"
    assert (row["camera"], row["sha256"], row["time"]) == ("C01", still.sha256, "10:46:00.000")


@pytest.mark.parametrize(
    ("spoil", "trouble"),
    [
        (lambda path: path.unlink(), "missing"),
        (lambda path: path.write_bytes(png_of(64, 48, (0, 0, 9))), "changed"),
    ],
)
def test_a_still_that_is_not_the_one_in_the_log_is_not_printed(
    log: Log, folder: StationFolder, clock: ScriptedClock, spoil: Any, trouble: str
) -> None:
    id_ = take(log, clock).id
    still = add_still(log, folder, id_, clock, png_of(640, 360))
    spoil(folder.evidence / still.file_name)
    sheet = sheet_of(log, folder, id_)
    assert sheet.data["stills"][0]["trouble"] == trouble
    assert not sheet.files


def test_a_file_that_is_no_picture_is_not_printed(tmp_path: Path) -> None:
    import hashlib

    for data in (b"", b"no picture", png_of(64, 48)[:90]):
        path = tmp_path / "still.png"
        path.write_bytes(data)
        made = printed_still(path, hashlib.sha256(data).hexdigest(), (78.5, 60.0))
        assert (made.jpeg, made.trouble) == (b"", "unreadable")


def test_only_the_stills_that_were_ticked_are_printed(
    log: Log, folder: StationFolder, clock: ScriptedClock
) -> None:
    id_ = take(log, clock).id
    for green in range(3):
        add_still(log, folder, id_, clock, png_of(64, 48, (0, green, 0)))
    with log.reading() as db:
        ids = [still.id for still in kept_stills(db, id_)]
    chosen = sheet_of(log, folder, id_, stills=(ids[2], ids[0]))
    assert [row["time"] for row in chosen.data["stills"]] == ["10:46:00.000", "10:46:02.000"]
    assert len(sheet_of(log, folder, id_).data["stills"]) == 3
    assert sheet_of(log, folder, id_, form=Form.SHORT).data["stills"] == []


def test_an_incident_that_is_not_there_is_said_so(log: Log, folder: StationFolder) -> None:
    with pytest.raises(KnownError, match="no such incident"):
        sheet_of(log, folder, "inc-000000000000")


def test_what_was_chosen_goes_into_the_history_and_back() -> None:
    chosen = IncidentOptions(Form.SHORT, False, 5_000, ("a:1",), True, "officer-1", "thai", True)
    assert IncidentOptions.from_order(json.loads(json.dumps(chosen.to_order()))) == chosen
    assert IncidentOptions.from_order({}) == IncidentOptions()
