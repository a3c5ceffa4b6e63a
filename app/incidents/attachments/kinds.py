"""What a file is, by its first bytes and never by its name. Reads no more than those."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.errors import KnownError, msg

HEAD_BYTES = 4_096
_END_BYTES = 22 + 65_535  # the end record of an archive, with the longest comment
_MOST_MEMBERS, _LONGEST_DIRECTORY = 5_000, 1_000_000


class FileKind(StrEnum):
    """What a person calls it."""

    PICTURE = "picture"
    VIDEO = "video"
    SOUND = "sound"
    DOCUMENT = "document"


MOST_BYTES = {
    FileKind.PICTURE: 100_000_000,
    FileKind.VIDEO: 4_000_000_000,
    FileKind.SOUND: 500_000_000,
    FileKind.DOCUMENT: 100_000_000,
}


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One format: its kind, its media type, the suffix it is kept under, and what FFmpeg calls it
    (empty: nothing is looked into)."""

    kind: FileKind
    media_type: str
    suffix: str
    demuxer: str = ""


_PNG = FileFormat(FileKind.PICTURE, "image/png", ".png", "png_pipe")
_JPEG = FileFormat(FileKind.PICTURE, "image/jpeg", ".jpg", "jpeg_pipe")
_GIF = FileFormat(FileKind.PICTURE, "image/gif", ".gif", "gif")
_BMP = FileFormat(FileKind.PICTURE, "image/bmp", ".bmp", "bmp_pipe")
_TIFF = FileFormat(FileKind.PICTURE, "image/tiff", ".tif", "tiff_pipe")
_WEBP = FileFormat(FileKind.PICTURE, "image/webp", ".webp", "webp_pipe")
_HEIC = FileFormat(FileKind.PICTURE, "image/heic", ".heic")
_MP4 = FileFormat(FileKind.VIDEO, "video/mp4", ".mp4", "mov")
_MATROSKA = FileFormat(FileKind.VIDEO, "video/x-matroska", ".mkv", "matroska")
_AVI = FileFormat(FileKind.VIDEO, "video/x-msvideo", ".avi", "avi")
_M4A = FileFormat(FileKind.SOUND, "audio/mp4", ".m4a", "mov")
_WAV = FileFormat(FileKind.SOUND, "audio/wav", ".wav", "wav")
_MP3 = FileFormat(FileKind.SOUND, "audio/mpeg", ".mp3", "mp3")
_OGG = FileFormat(FileKind.SOUND, "audio/ogg", ".ogg", "ogg")
_FLAC = FileFormat(FileKind.SOUND, "audio/flac", ".flac", "flac")
_AMR = FileFormat(FileKind.SOUND, "audio/amr", ".amr", "amr")
_PDF = FileFormat(FileKind.DOCUMENT, "application/pdf", ".pdf")
_TEXT = FileFormat(FileKind.DOCUMENT, "text/plain", ".txt")
_DOCX = FileFormat(
    FileKind.DOCUMENT,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".docx",
)
_XLSX = FileFormat(
    FileKind.DOCUMENT,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsx",
)
_ODT = FileFormat(FileKind.DOCUMENT, "application/vnd.oasis.opendocument.text", ".odt")

FORMATS = (
    _PNG, _JPEG, _GIF, _BMP, _TIFF, _WEBP, _HEIC, _MP4, _MATROSKA, _AVI, _M4A, _WAV, _MP3, _OGG,
    _FLAC, _AMR, _PDF, _TEXT, _DOCX, _XLSX, _ODT,
)  # fmt: skip
BY_MEDIA_TYPE = {one.media_type: one for one in FORMATS}

_BEGINNINGS: tuple[tuple[bytes, FileFormat], ...] = (
    (b"\x89PNG\r\n\x1a\n", _PNG),
    (b"\xff\xd8\xff", _JPEG),
    (b"GIF87a", _GIF),
    (b"GIF89a", _GIF),
    (b"II*\x00", _TIFF),
    (b"MM\x00*", _TIFF),
    (b"\x1aE\xdf\xa3", _MATROSKA),
    (b"fLaC", _FLAC),
    (b"OggS", _OGG),
    (b"ID3", _MP3),
    (b"#!AMR", _AMR),
    (b"%PDF-", _PDF),
)
_OF_RIFF = {b"WAVE": _WAV, b"AVI ": _AVI, b"WEBP": _WEBP}
_HEIC_BRANDS = frozenset((b"heic", b"heix", b"mif1", b"msf1", b"avif"))
_SOUND_BRANDS = frozenset((b"M4A ", b"M4B "))
_SCRIPTS = (
    b"#!",
    b"<?php",
    b"<script",
    b"<!doctype html",
    b"<html",
    b"<svg",
    b"<?xml",
    b"@echo off",
)


def recognise(path: Path) -> FileFormat:
    """The format of a file. Raises KnownError when it is none that an incident takes, or too large.

    An archive is opened only so far as to see which office document it is.
    """
    head, size = _begin(path)
    found = format_of(head) or _of_archive(path, head)
    if found is None:
        raise KnownError(
            msg("“{name}” is no picture, video, sound or document.", name=path.name[:80]),
            safe=msg("Nothing was attached; the file is where it was."),
            do=msg("Attach PNG, JPEG, MP4, MKV, MP3, WAV, PDF, Word, Excel or plain text."),
        )
    most = MOST_BYTES[found.kind]
    if size > most:
        raise KnownError(
            msg(
                "“{name}” has {size:,} MB; of this kind up to {most:,} MB are taken.",
                name=path.name[:80],
                size=size // 1_000_000,
                most=most // 1_000_000,
            ),
            safe=msg("Nothing was attached; the file is where it was."),
            do=msg("Attach the part that matters, and note where the whole is kept."),
        )
    return found


def format_of(head: bytes) -> FileFormat | None:
    """By the first bytes alone; None for archives, programs, scripts and what nobody knows."""
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    if head[:4] == b"RIFF":
        return _OF_RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12])
    if head[:2] == b"BM" and len(head) > 26 and int.from_bytes(head[14:18], "little") in _BMP_HEADS:
        return _BMP
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2:
        return _MP3  # MPEG audio, layer III, without a tag before it (ISO 11172-3, 2.4.1.3)
    return _TEXT if _is_text(head) else None


_BMP_HEADS = frozenset((12, 40, 52, 56, 108, 124))  # lengths of its second header, wingdi.h


def _of_brand(brand: bytes) -> FileFormat:
    if brand in _HEIC_BRANDS:
        return _HEIC
    return _M4A if brand in _SOUND_BRANDS else _MP4


def _is_text(head: bytes) -> bool:
    """Words in UTF-8, cut anywhere, with no control but line breaks; no script and no markup."""
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if not plain.strip() or plain.lstrip().lower().startswith(_SCRIPTS):
        return False
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(head) < HEAD_BYTES or error.start < len(plain) - 3:
            return False
        text = plain[: error.start].decode("utf-8")
    return all(letter >= " " or letter in "\t\n\r\f" for letter in text)


def _of_archive(path: Path, head: bytes) -> FileFormat | None:
    """Office documents are archives that say so in a member's name or first bytes."""
    if not head.startswith(b"PK\x03\x04"):
        return None
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:120]:
        return _ODT
    try:
        if not _has_small_directory(path):
            return None
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    if "word/document.xml" in names:
        return None if _has_macros(names) else _DOCX
    if "xl/workbook.xml" in names:
        return None if _has_macros(names) else _XLSX
    return None


def _has_small_directory(path: Path) -> bool:
    """Whether the archive lists few enough members to be looked at in this process."""
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - _END_BYTES))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")  # end of central directory, APPNOTE.TXT 4.3.16
    if at < 0 or len(tail) < at + 22:
        return False
    members = int.from_bytes(tail[at + 10 : at + 12], "little")
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    return members <= _MOST_MEMBERS and length <= _LONGEST_DIRECTORY


def _has_macros(names: set[str]) -> bool:
    return any(name.endswith("vbaProject.bin") for name in names)


def _begin(path: Path) -> tuple[bytes, int]:
    """The first bytes and the size. KnownError for what is no plain file, empty, or unreadable."""
    wrong: Callable[[str], KnownError] = _unreadable(path)
    try:
        if not path.is_file():
            raise wrong("no file")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        size = path.stat().st_size
    except OSError as error:
        raise wrong(error.strerror or type(error).__name__) from error
    if not head:
        raise KnownError(
            msg("“{name}” is empty.", name=path.name[:80]),
            safe=msg("Nothing was attached; the file is where it was."),
        )
    return head, size


def _unreadable(path: Path) -> Callable[[str], KnownError]:
    def wrong(why: str) -> KnownError:
        return KnownError(
            msg("“{name}” cannot be read: {why}.", name=path.name[:80], why=why),
            safe=msg("Nothing was attached; the file is where it was."),
            do=msg("Copy it to this computer first, then attach it."),
        )

    return wrong
