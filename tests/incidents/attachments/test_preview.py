"""What a file shows is seen in a process of its own; what is damaged is told, and harms nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.errors import KnownError
from app.incidents.attachments import preview as looking
from app.incidents.attachments.kinds import recognise
from app.incidents.attachments.preview import Preview, preview
from app.incidents.attachments.preview_worker import PICTURE_NAME, RESULT_NAME, look
from tests.incidents.attachments.material import (
    a_file,
    a_png,
    a_png_that_says_it_is_huge,
    a_wav,
)


def test_a_picture_is_seen_through_a_process_of_its_own(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.png", a_png(960, 540, b"\xff\x80\x00"))
    seen = preview(path, recognise(path))
    assert (seen.width_px, seen.height_px, seen.codec) == (960, 540, "png")
    assert (seen.shown_width_px, seen.shown_height_px) == (480, 270)
    assert len(seen.pixels) == 480 * 270 * 3
    assert seen.pixels[:3] == b"\xff\x80\x00"


def test_the_length_of_a_sound_is_told(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.wav", a_wav(1.5))
    said = look(path, recognise(path).demuxer, tmp_path)
    assert said["duration_s"] == pytest.approx(1.5)
    assert not (tmp_path / PICTURE_NAME).exists()


def test_what_cannot_be_read_is_told_and_stays(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.png", a_png()[:40])
    with pytest.raises(KnownError, match="cannot be looked into"):
        preview(path, recognise(path))
    assert path.read_bytes() == a_png()[:40]


def test_a_picture_that_says_it_is_huge_is_not_decoded(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.png", a_png_that_says_it_is_huge())
    try:
        said = look(path, recognise(path).demuxer, tmp_path)
    except (OSError, ValueError):
        return  # FFmpeg refuses it by itself
    assert "shown_width_px" not in said and not (tmp_path / PICTURE_NAME).exists()


def test_a_document_is_not_looked_into(tmp_path: Path) -> None:
    path = a_file(tmp_path, "a.pdf", b"%PDF-1.7\n" + bytes(40))
    assert preview(path, recognise(path)) == Preview()


@pytest.mark.parametrize(
    "said",
    [
        "{", "[]", "{}",
        json.dumps({"width_px": 1, "height_px": 1, "duration_s": None, "codec": "png",
                    "shown_width_px": 5_000, "shown_height_px": 1}),
        json.dumps({"width_px": 1, "height_px": 1, "duration_s": None, "codec": "png",
                    "shown_width_px": 9, "shown_height_px": 9}),
        json.dumps({"width_px": -1, "height_px": 1, "duration_s": None, "codec": "png"}),
        json.dumps({"width_px": 1, "height_px": 1, "duration_s": "x", "codec": "png"}),
    ],
)  # fmt: skip
def test_nothing_is_believed_of_a_process_that_a_file_may_have_taken_over(
    tmp_path: Path, said: str
) -> None:
    (tmp_path / RESULT_NAME).write_text(said)
    (tmp_path / PICTURE_NAME).write_bytes(b"123")
    with pytest.raises((OSError, ValueError, KeyError, TypeError, AttributeError)):
        looking._read(tmp_path)
