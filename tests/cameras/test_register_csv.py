"""The register as a CSV file: round trip, what spreadsheets do to it, what is wrong in it."""

from __future__ import annotations

import csv
import io
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.cameras.camera import Camera
from app.cameras.register_columns import COLUMNS
from app.cameras.register_csv import RegisterFile, read_register, write_register
from app.errors import KnownError
from app.thai.translation import Language

TODAY = date(2026, 11, 22)
LETTERS = "กล้ำเ๑aZ09 '\"=+-@＝,;\t\r\n|!#😀ລ\x00"
words = st.one_of(st.text(LETTERS, max_size=12), st.text(max_size=12))
urls = st.sampled_from(
    ("rtsp://10.0.0.1/1", "RTSP://[::1]:99/x?y=1&z=2", "http://ก.th/a", "https://h/a@b", "rtsp://h")
)
days = st.one_of(st.just(""), st.dates(date(1970, 1, 1), date(2090, 1, 1)).map(date.isoformat))


def floats(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, exclude_max=True)


cameras = st.builds(
    Camera,
    id=st.one_of(st.just(""), st.integers(1, 999_999).map("C{:02d}".format)),
    name=words.filter(str.strip),
    main_url=urls,
    sub_url=st.one_of(st.just(""), urls),
    lat_deg=floats(5.7, 20.4),
    lon_deg=floats(97.4, 105.6),
    bearing_deg=floats(0.0, 360.0),
    field_of_view_deg=floats(1.0, 360.0),
    range_m=floats(1.0, 2000.0),
    owner=words,
    username=words,
    sample=st.booleans(),
    maker=words,
    model=words,
    contact=words,
    retention_days=st.integers(0, 3650),
    consent_on=days,
    notice_sign=st.booleans(),
    checked_on=days,
    night_range_m=floats(0.0, 2000.0),
    indoor=st.booleans(),
)


def a_camera(**changes: object) -> Camera:
    camera = Camera("C01", "ตลาด ประตู 3", "rtsp://10.0.0.1/1", "", 16.5429, 104.7262)
    return replace(camera, **changes)  # type: ignore[arg-type]


def read(text: str, encoding: str = "utf-8") -> RegisterFile:
    return read_register(text.encode(encoding), TODAY)


def read_one(text: str, encoding: str = "utf-8") -> Camera:
    file = read(text, encoding)
    assert [one.sentence.english() for one in file.troubles] == []
    (row,) = file.rows
    return row.camera


def wrong(text: str) -> list[str]:
    return [trouble.sentence.english() for trouble in read(text).troubles]


# Out and in again


@settings(max_examples=150, deadline=None)
@given(st.lists(cameras, min_size=1, max_size=4), st.sampled_from(Language))
def test_a_register_comes_back_from_its_file_as_it_was(
    known: list[Camera], language: Language
) -> None:
    file = read_register(write_register(known, language), TODAY)
    assert [one.sentence.english() for one in file.troubles] == []
    assert [row.camera for row in file.rows] == known
    assert [row.password for row in file.rows] == [""] * len(known)
    assert file.unknown_heads == ()


@given(words)
def test_no_spreadsheet_finds_a_formula_in_the_file(text: str) -> None:
    data = write_register([a_camera(name=text, owner=text, contact=text)], Language.THAI)
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert cell.lstrip()[:1] not in tuple("=+-@＝＋－＠"), cell
            assert cell[:1] not in tuple("\t\r\n"), cell


def test_a_formula_of_a_stranger_is_text_and_stays_what_it_was() -> None:
    for name in ("=cmd|'/C calc'!A0", "'=1+1", "''x", "'ร้านสมชาย'", "-ซอย 4-", "@home", "+66"):
        data = write_register([a_camera(name=name)], Language.ENGLISH)
        assert read_register(data, TODAY).rows[0].camera.name == name


def test_the_file_is_what_excel_in_thailand_opens_without_asking() -> None:
    data = write_register([a_camera()], Language.THAI)
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("รหัสกล้อง,ชื่อกล้อง,ที่อยู่ภาพหลัก")
    assert lines[1].startswith("C01,ตลาด ประตู 3,rtsp://10.0.0.1/1,")


def test_every_field_of_a_camera_has_a_column() -> None:
    assert {column.field for column in COLUMNS} == set(Camera.__dataclass_fields__)


def test_an_address_with_a_password_from_before_does_not_leave_with_it() -> None:
    old = [
        a_camera(main_url="rtsp://h/user=a_password=geheim_channel=1", sub_url="rtsp://a:geheim@h/")
    ]
    assert b"geheim" not in write_register(old, Language.THAI)


# What people's files look like

HEAD = "ชื่อกล้อง,ที่อยู่ภาพหลัก,ละติจูด,ลองจิจูด"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_thai_files_of_every_kind_are_read(encoding: str, delimiter: str) -> None:
    text = f"{HEAD}\r\nกล้องตลาด ๓,rtsp://10.0.0.1/1,16.5429,104.7262\r\n"
    camera = read_one(text.replace(",", delimiter), encoding)
    assert camera == a_camera(id="", name="กล้องตลาด ๓")


def test_heads_in_english_and_a_place_in_any_notation() -> None:
    text = "sep=;\nURL;Place;NAME;Bearing (degrees);fov\nrtsp://h/1;48Q VD 70423 29031;a, b;๙๐°;\n"
    camera = read_one(text)
    assert (camera.name, camera.main_url, camera.bearing_deg) == ("a, b", "rtsp://h/1", 90.0)
    assert camera.field_of_view_deg == Camera("", "", "", "", 0, 0).field_of_view_deg
    assert camera.lat_deg == pytest.approx(16.5431, abs=1e-4)
    assert camera.lon_deg == pytest.approx(104.7228, abs=1e-4)


def test_what_a_person_writes_by_hand_is_understood() -> None:
    text = f"{HEAD},รหัส,มีป้ายแจ้ง,ตรวจล่าสุด,เก็บภาพ (วัน),หมายเหตุ\n\n"
    text += "ก,rtsp://h/1,๑๖.๕,104.7,c7,มี,22/11/2569,30,ไม่รู้\n,,,,\n"
    file = read(text)
    camera = file.rows[0].camera
    assert (camera.id, camera.notice_sign, camera.checked_on) == ("C07", True, "2026-11-22")
    assert (camera.lat_deg, camera.retention_days) == (16.5, 30)
    assert file.rows[0].row == 3
    assert file.unknown_heads == ("หมายเหตุ",)


def test_a_password_in_the_file_is_taken_out_and_set_apart() -> None:
    text = f"{HEAD},ชื่อผู้ใช้,รหัสผ่าน\n"
    text += "ก,rtsp://admin:p%40ss@h/1,16.5,104.7,,\nข,rtsp://a:x@h/2,16.5,104.7,chief,geheim\n"
    first, second = read(text).rows
    assert (first.camera.main_url, first.camera.username) == ("rtsp://h/1", "admin")
    assert (second.camera.main_url, second.camera.username) == ("rtsp://h/2", "chief")
    assert (first.password, second.password) == ("p@ss", "geheim")
    assert "p@ss" not in repr(first)
    assert "geheim" not in repr(second)
    assert "geheim" not in repr(read(text))


# What is wrong in them


def test_all_that_is_wrong_is_named_at_once_by_row_and_column() -> None:
    text = f"{HEAD},ทิศ (องศา),รหัส,มีป้ายแจ้ง,เก็บภาพ (วัน)\n"
    text += '"ก\nข",rtsp://h/1,16.5,104.7,เหนือ,กล้อง1,อาจจะ,1.5\n'
    text += ",ftp://h/1,,104.7,400,,,\n"
    text += "ค,rtsp://h/1,48.8,2.3,400,C00,,-1\n"
    assert wrong(text) == [
        "Row 2, “รหัส”: “กล้อง1” is not a camera's id: one looks like C07.",
        "Row 2, “ทิศ (องศา)”: “เหนือ” is not a number.",
        "Row 2, “เก็บภาพ (วัน)”: “1.5” is not a number of days.",
        "Row 2, “มีป้ายแจ้ง”: “อาจจะ” is neither yes nor no.",
        "Row 3, “ที่อยู่ภาพหลัก”: A camera address cannot begin with “ftp://”.",
        "Row 3, “ละติจูด”: Nothing stands here.",
        "Row 4, “รหัส”: “C00” is not a camera's id: one looks like C07.",
    ]
    text = f"{HEAD},ทิศ (องศา)\n ,rtsp://h/1,48.8,2.3,400\n"
    assert wrong(text) == [
        "Row 2, “ชื่อกล้อง”: The camera has no name.",
        "Row 2, “ละติจูด”: The place 48.80000, 2.30000 is outside Thailand.",
        "Row 2, “ทิศ (องศา)”: The camera's bearing cannot be 400.",
    ]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "This file is empty."),
        (b"\xef\xbb\xbf\r\n\r\n", "This file is empty."),
        (b"\x89PNG\r\n\x1a\n\x81\x82", "The letters of this file cannot be read."),
        (b"\xff\xfea", "The letters of this file cannot be read."),
        (b"x" * 9_000_000, "This file is larger than a register can be."),
        (b'name,"' + b"x" * 200_000, "This file is not a table that can be read."),
        (b"name,url,owner\na,b,c\n", "The file lacks the columns"),
        (b"name,url,lat,lon,Latitude\n", "The columns “lat” and “Latitude” mean the same."),
    ],
)
def test_what_is_no_register_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(KnownError) as refused:
        read_register(data, TODAY)
    assert refused.value.what.english().startswith(says)
    assert len(refused.value.sentences) == 3


@given(st.binary(max_size=300), st.text(LETTERS, max_size=60))
def test_any_bytes_are_a_register_or_a_clear_sentence(data: bytes, text: str) -> None:
    for one in (data, f"{HEAD}\n{text}".encode()):
        try:
            read_register(one, TODAY)
        except KnownError as error:
            assert error.do is not None


def test_a_thousand_cameras_are_read_in_no_time() -> None:
    known = [a_camera(id=f"C{n:02d}", name=f"กล้อง {n}") for n in range(1, 1001)]
    data = write_register(known, Language.THAI)
    began_s = time.process_time()
    assert [row.camera for row in read_register(data, TODAY).rows] == known
    assert time.process_time() - began_s < 2.0
