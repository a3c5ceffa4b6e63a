"""Which letters a Shapefile's table is written in: UTF-8 or the Thai of old Windows (cp874).

Looked for in the .cpg, then in the table's language byte, then recognised from the text itself.
Knows the table's layout, no GDAL.
"""

from __future__ import annotations

import codecs
import struct
from dataclasses import dataclass
from pathlib import Path

from app.errors import Message, msg

_THAI_LANGUAGE_BYTES = frozenset({0x50, 0x7C})  # 874, Thai
_UTF8_PAGES = ("utf-8", "utf8", "65001")
_SAMPLE_BYTES = 4_000_000
_DBF_HEADER_BYTES = 32


@dataclass(frozen=True, slots=True)
class Letters:
    """A Python codec, and a notice when the file did not say or said otherwise."""

    encoding: str
    notice: Message | None = None


def letters_of(shapefile: Path) -> Letters:
    """How the table beside `shapefile` is to be read; UTF-8 when there is no table."""
    said = _said_by_cpg(shapefile)
    table = _sibling(shapefile, ".dbf")
    if table is None:
        return Letters(said or "utf-8")
    try:
        with table.open("rb") as file:
            head = file.read(_DBF_HEADER_BYTES)
            if len(head) < _DBF_HEADER_BYTES:
                return Letters(said or "utf-8")
            header_bytes = struct.unpack_from("<H", head, 8)[0]
            file.seek(header_bytes)
            text = file.read(_SAMPLE_BYTES)
    except OSError:
        return Letters(said or "utf-8")
    if said is None and head[29] in _THAI_LANGUAGE_BYTES:
        said = "cp874"
    found = _recognised(text)
    if said is None or (found is not None and found != said and not _is_ascii(text)):
        chosen = found or said or "utf-8"
        if _is_ascii(text):
            return Letters(chosen)
        return Letters(chosen, msg("The letters were recognised as {encoding}.", encoding=chosen))
    return Letters(said)


def _said_by_cpg(shapefile: Path) -> str | None:
    page = _sibling(shapefile, ".cpg")
    if page is None:
        return None
    try:
        name = page.read_bytes()[:40].decode("ascii", "ignore").strip().lower()
    except OSError:
        return None
    if name in _UTF8_PAGES:
        return "utf-8"
    if "874" in name or "tis" in name:
        return "cp874"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _recognised(text: bytes) -> str | None:
    """UTF-8 and cp874 are hardly ever taken for each other: most bytes of one break the other."""
    if _is_ascii(text):
        return None
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(text) - 3:  # cut within a letter
            return "utf-8"
    else:
        return "utf-8"
    thai = sum(0xA1 <= byte <= 0xFB for byte in text if byte > 0x7F)
    high = sum(byte > 0x7F for byte in text)
    return "cp874" if thai > 0.95 * high else None


def _is_ascii(text: bytes) -> bool:
    return text.isascii()


def _sibling(shapefile: Path, suffix: str) -> Path | None:
    for name in (suffix, suffix.upper()):
        beside = shapefile.with_suffix(name)
        if beside.is_file():
            return beside
    return None
