"""Tables as spreadsheets save them: bytes to rows of cells and back. Knows no camera.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, and loses it again
when it is read; a name that truly begins so comes back as it was.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence

from app.errors import KnownError, msg

LARGEST_BYTES = 8 * 1024 * 1024

_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_ESCAPED = re.compile(r"'+(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_DELIMITERS = ",;\t"
_NOTHING_TAKEN = msg("Nothing was taken from the file.")


def written(rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark, without which Excel in Thailand shows other letters."""
    return codecs.BOM_UTF8 + lines(rows)


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """More rows for a file that begins with `written` ones; half a letter becomes `?`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_escaped(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")


def read(data: bytes, likeness: Callable[[Sequence[str]], int]) -> list[list[str]]:
    """The rows of cells, empty rows as empty lists. KnownError for what is no table.

    `likeness` says how much a row looks like the heads that are wanted: that tells comma,
    semicolon and tab apart.
    """
    if len(data) > LARGEST_BYTES:
        raise KnownError(
            msg("This file is larger than a register can be."),
            safe=_NOTHING_TAKEN,
            do=msg("Choose the file that was exported as CSV."),
        )
    text = _decoded(data)
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\r?", first):  # Excel's own note of the delimiter; we look ourselves
        text = rest
    tables = (_parsed(text, delimiter) for delimiter in _DELIMITERS)
    return max(tables, key=lambda rows: likeness(next((row for row in rows if row), [])))


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise KnownError(
            msg("This file is not a table that can be read."),
            safe=_NOTHING_TAKEN,
            do=msg("Open it in a spreadsheet and save it as “CSV UTF-8”."),
        ) from None
    return [[_plain(cell) for cell in row] if any(map(str.strip, row)) else [] for row in rows]


def _decoded(data: bytes) -> str:
    """UTF-8, with its mark or without; UTF-16 with its mark; else the Thai of old Windows."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp874"]  # which holds all of TIS-620
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    raise KnownError(
        msg("The letters of this file cannot be read."),
        safe=_NOTHING_TAKEN,
        do=msg("Open it in a spreadsheet and save it as “CSV UTF-8”."),
    )


def looks_like_a_formula(cell: str) -> bool:
    """Whether a spreadsheet may run it."""
    return _FORMULA.match(cell) is not None


def _escaped(cell: str) -> str:
    return f"'{cell}" if looks_like_a_formula(cell) else cell


def _plain(cell: str) -> str:
    return cell[1:] if _ESCAPED.match(cell) else cell
