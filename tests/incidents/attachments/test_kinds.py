"""A file is what its content says, whatever it is called; what may harm is not taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import KnownError
from app.incidents.attachments import kinds
from app.incidents.attachments.kinds import BY_MEDIA_TYPE, FORMATS, HEAD_BYTES, FileKind, recognise
from tests.incidents.attachments.material import a_file, a_png, a_wav, an_archive

WORD = ("[Content_Types].xml", "word/document.xml")
SHEET = ("[Content_Types].xml", "xl/workbook.xml")
BMP = b"BM" + bytes(12) + (40).to_bytes(4, "little") + bytes(40)


@pytest.mark.parametrize(
    ("content", "suffix", "kind"),
    [
        (a_png(), ".png", FileKind.PICTURE),
        (b"\xff\xd8\xff\xe0" + bytes(60), ".jpg", FileKind.PICTURE),
        (b"GIF89a" + bytes(60), ".gif", FileKind.PICTURE),
        (BMP, ".bmp", FileKind.PICTURE),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(40), ".webp", FileKind.PICTURE),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), ".heic", FileKind.PICTURE),
        (b"\x00\x00\x00\x18ftypisom" + bytes(40), ".mp4", FileKind.VIDEO),
        (b"\x00\x00\x00\x18ftypM4A " + bytes(40), ".m4a", FileKind.SOUND),
        (b"\x1aE\xdf\xa3" + bytes(40), ".mkv", FileKind.VIDEO),
        (b"RIFF\x00\x00\x00\x00AVI LIST" + bytes(40), ".avi", FileKind.VIDEO),
        (a_wav(), ".wav", FileKind.SOUND),
        (b"ID3\x04" + bytes(40), ".mp3", FileKind.SOUND),
        (b"\xff\xfb\x90\x64" + bytes(40), ".mp3", FileKind.SOUND),
        (b"OggS" + bytes(40), ".ogg", FileKind.SOUND),
        (b"#!AMR\n" + bytes(40), ".amr", FileKind.SOUND),
        (b"%PDF-1.7\n" + bytes(40), ".pdf", FileKind.DOCUMENT),
        ("คำให้การของพยาน (ตัวอย่าง)\r\nบรรทัดที่สอง".encode(), ".txt", FileKind.DOCUMENT),
        ("ก".encode() * HEAD_BYTES, ".txt", FileKind.DOCUMENT),  # cut inside a letter
        (an_archive(*WORD), ".docx", FileKind.DOCUMENT),
        (an_archive(*SHEET), ".xlsx", FileKind.DOCUMENT),
    ],
)
def test_the_content_decides(tmp_path: Path, content: bytes, suffix: str, kind: FileKind) -> None:
    found = recognise(a_file(tmp_path, "ภาพถ่าย.exe", content))
    assert (found.suffix, found.kind) == (suffix, kind)
    assert BY_MEDIA_TYPE[found.media_type] == found


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00" + bytes(60),
        b"\x7fELF\x02\x01" + bytes(60),
        b"#!/bin/sh\nrm -rf /\n",
        b"@echo off\r\ndel *.*\r\n",
        b"<!DOCTYPE html><script>alert(1)</script>",
        b"  <svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60),
        an_archive("readme.txt", "setup.exe"),
        an_archive(*WORD, "word/vbaProject.bin"),
        an_archive(*(f"word/{number}" for number in range(5_001)), *WORD),
        b"PK\x03\x04 and no end",
        "ข้อความ\x00ซ่อน".encode(),
        "ภาษาไทย".encode("cp874"),
        bytes(100),
    ],
)
def test_programs_scripts_archives_and_what_nobody_knows_are_refused(
    tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(KnownError, match="no picture, video, sound or document"):
        recognise(a_file(tmp_path, "photo.jpg", content))


def test_an_empty_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="is empty"):
        recognise(a_file(tmp_path, "empty.png", b""))
    with pytest.raises(KnownError, match="cannot be read"):
        recognise(tmp_path)
    with pytest.raises(KnownError, match="cannot be read"):
        recognise(tmp_path / "gone.png")


def test_what_is_too_large_is_refused_with_both_sizes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(kinds.MOST_BYTES, FileKind.PICTURE, 50)
    with pytest.raises(KnownError, match="of this kind up to 0 MB are taken"):
        recognise(a_file(tmp_path, "large.png", a_png(40, 40)))


def test_every_format_is_kept_under_a_suffix_of_its_own() -> None:
    assert len({one.media_type for one in FORMATS}) == len(FORMATS)
    assert len({one.suffix for one in FORMATS}) == len(FORMATS)
