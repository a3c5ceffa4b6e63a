"""A report of an activity: what is taken, what is refused, and pictures that people bring."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.errors import KnownError
from app.sheets.activity_sheet import ActivityOptions, Result, activity_sheet
from app.sheets.plate_pictures import LARGEST_PX, PlatePicture, as_jpeg, bring_picture
from tests.station.places import profile
from tests.station_log import MORNING

REPORT = ActivityOptions(
    title="ประชาสัมพันธ์เขตปลอดภัย ชุมชนศรีมงคลยอดแก้ว",
    held_on=date(2026, 11, 20),
    hours="09.00–11.30 น.",
    place="ตลาดอินโดจีน",
    results=(Result("กล้องวงจรปิดที่สำรวจ (ตัว)", "12"), Result("", "3"), Result("ว่าง", " ")),
)


def a_picture(width: int, height: int) -> PlatePicture:
    across = np.linspace(40, 220, width, dtype=np.uint8)
    pixels = np.repeat(np.tile(across, (height, 1))[:, :, None], 3, axis=2)
    return PlatePicture("p.jpg", as_jpeg(pixels.tobytes(), width, height), width, height, "0" * 64)


def test_only_what_was_said_stands_on_it() -> None:
    sheet = activity_sheet(profile(), REPORT, MORNING)
    assert sheet.data["results"] == [{"name": "กล้องวงจรปิดที่สำรวจ (ตัว)", "value": "12"}]
    assert sheet.data["day"] == "20 พ.ย. 2569"
    assert sheet.files == {}


def test_pictures_come_with_their_captions_and_the_hash_of_what_was_brought() -> None:
    pictures = (a_picture(64, 48), a_picture(48, 64))
    report = replace(REPORT, pictures=pictures, captions=("หน้าตลาด",))
    sheet = activity_sheet(profile(), report, MORNING)
    assert list(sheet.files) == ["picture-1.jpg", "picture-2.jpg"]
    assert [one["caption"] for one in sheet.data["pictures"]] == ["หน้าตลาด", ""]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": " "}, "has no title"),
        ({"held_on": date(2026, 11, 23)}, "has not come yet"),
        ({"title": "ก" * 161}, "longer than its paper takes"),
        ({"captions": ("ก" * 201,)}, "longer than its paper takes"),
        ({"text": "ก" * 6_001}, "longer than its paper takes"),
        ({"pictures": (a_picture(16, 16),) * 7}, "takes 6 pictures"),
    ],
)
def test_what_its_paper_does_not_take_is_refused(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(KnownError, match=sentence):
        activity_sheet(profile(), replace(REPORT, **change), MORNING)  # type: ignore[arg-type]


def jpeg_of(path: Path, width: int, height: int, turned: int = 0) -> Path:
    """A file as a telephone makes it; `turned`: what its EXIF says of how it was held (1 to 8)."""
    data = a_picture(width, height).jpeg
    if turned:
        tiff = (
            b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0" + bytes([turned, 0, 0, 0]) + bytes(4)
        )
        exif = b"Exif\0\0" + tiff
        data = data[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + data[2:]
    path.write_bytes(data)
    return path


def test_a_large_picture_is_made_small_enough_for_paper(tmp_path: Path) -> None:
    brought = bring_picture(jpeg_of(tmp_path / "p.jpg", 3_200, 1_200))
    assert (brought.width_px, brought.height_px) == (LARGEST_PX[0], 600)
    assert brought.jpeg.startswith(b"\xff\xd8") and b"Exif" not in brought.jpeg
    assert len(brought.jpeg) < 400_000


def test_a_picture_stands_as_the_telephone_was_held(tmp_path: Path) -> None:
    upright = bring_picture(jpeg_of(tmp_path / "p.jpg", 320, 160, turned=6))
    assert (upright.width_px, upright.height_px) == (160, 320)
    assert _brightness(upright.jpeg, top=True) < _brightness(upright.jpeg, top=False)


def _brightness(jpeg: bytes, *, top: bool) -> float:
    import av

    with av.open(io.BytesIO(jpeg)) as container:
        grey = next(container.decode(video=0)).to_ndarray(format="gray")
    return float(grey[:20].mean() if top else grey[-20:].mean())


def test_what_is_no_picture_is_refused_and_named(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("ไม่ใช่ภาพ", "utf-8")
    with pytest.raises(KnownError, match=r"“notes\.txt” is no picture"):
        bring_picture(text)
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"\xff\xd8\xff" + bytes(64))
    with pytest.raises(KnownError):
        bring_picture(broken)
