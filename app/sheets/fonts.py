"""The letters of papers: the shipped fonts and no others, and which characters they draw."""

from __future__ import annotations

import functools
import struct
from pathlib import Path

from app.errors import KnownError, msg
from app.thai.fonts import FONT_FILES

_WINDOWS = 3
_UNICODE_BMP, _UNICODE_FULL = 1, 10  # encodings of the platform above: OpenType, "cmap"
_SEGMENTS, _GROUPS = 4, 12  # formats of a subtable


def paper_fonts() -> tuple[Path, ...]:
    """The files that Typst is given. Raises KnownError when one is missing: a paper with letters
    of another font is another paper."""
    for path in FONT_FILES:
        if not path.is_file():
            raise _missing(path)
    return FONT_FILES


@functools.lru_cache(maxsize=1)
def drawn_characters() -> frozenset[int]:
    """Code points that can be set in every weight: all of a family's fonts draw them.

    Raises KnownError when a font is missing or cannot be read.
    """
    families: dict[str, set[int]] = {}
    for path in paper_fonts():
        try:
            drawn = _code_points(path.read_bytes())
        except (OSError, struct.error, ValueError) as error:
            raise _missing(path) from error
        family = path.name.partition("-")[0]
        families[family] = families.get(family, drawn) & drawn
    return frozenset().union(*families.values())


def _missing(path: Path) -> KnownError:
    return KnownError(
        msg("The font {file} that papers are set in is missing or damaged.", file=path.name),
        safe=msg("Nothing was printed; what is in the log is safe."),
        do=msg("Install the program anew with ./run, then print again."),
    )


def _code_points(font: bytes) -> set[int]:
    """What the font's `cmap` table maps to a glyph other than 0 (.notdef)."""
    (count,) = struct.unpack_from(">H", font, 4)
    for number in range(count):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"cmap":
            return _mapped(font, start)
    raise ValueError("a font without a cmap")


def _mapped(font: bytes, cmap: int) -> set[int]:
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    found: set[int] = set()
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * number)
        if platform == _WINDOWS and encoding in (_UNICODE_BMP, _UNICODE_FULL):
            (form,) = struct.unpack_from(">H", font, cmap + offset)
            if form == _SEGMENTS:
                found |= _from_segments(font, cmap + offset)
            elif form == _GROUPS:
                found |= _from_groups(font, cmap + offset)
    return found


def _from_segments(font: bytes, at: int) -> set[int]:
    """Format 4: segments of code points, each with a delta or a row of glyph numbers."""
    (twice,) = struct.unpack_from(">H", font, at + 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + twice)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * twice)
    rows = at + 16 + 3 * twice
    offsets = struct.unpack_from(f">{count}H", font, rows)
    found: set[int] = set()
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, end + 1):
            glyph = code
            if offsets[number]:
                place = rows + 2 * number + offsets[number] + 2 * (code - start)
                (glyph,) = struct.unpack_from(">H", font, place)
                if glyph == 0:
                    continue
            if (glyph + deltas[number]) & 0xFFFF:
                found.add(code)
    return found - {0xFFFF}


def _from_groups(font: bytes, at: int) -> set[int]:
    """Format 12: groups of code points with consecutive glyph numbers."""
    (count,) = struct.unpack_from(">I", font, at + 12)
    found: set[int] = set()
    for number in range(count):
        start, end, glyph = struct.unpack_from(">III", font, at + 16 + 12 * number)
        found.update(code for code in range(start, end + 1) if glyph + code - start)
    return found
