"""A table as a workbook for spreadsheets, written row by row. Knows no incident.

Office Open XML as ECMA-376 has it: a ZIP of XML parts. Texts stand in the cells as inline strings,
which no spreadsheet runs as a formula; those that look like one are also marked as quoted, so that
they stay text when somebody edits them.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO
from xml.sax.saxutils import escape

from app.station.csv_cells import looks_like_a_formula

Cell = str | float | int | None
ROWS_OF_A_SHEET = 1_048_576  # with its head
LONGEST_CELL = 32_767  # UTF-16 units
_CUT = " …"
_HEAD, _PLAIN, _QUOTED = 1, 2, 3  # formats in _STYLES

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2">'
    '<font><sz val="11"/><name val="Sarabun"/></font>'
    '<font><b/><sz val="11"/><name val="Sarabun"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE6EAEE"/></patternFill></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/>'
    '<xf fontId="1" fillId="2" applyFont="1" applyFill="1"/>'
    '<xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    "</cellXfs></styleSheet>"
)
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # which spreadsheets would read as one character


class XlsxFile:
    """For a `with` block: open it, `add` rows, and it is whole when the block ends well.

    More rows than a sheet holds go on another sheet. Raises OSError.
    """

    def __init__(self, path: Path, title: str, heads: Sequence[str], widths: Sequence[int]) -> None:
        """`widths` of the columns in characters."""
        self._title, self._heads, self._widths = title, tuple(heads), tuple(widths)
        self._file = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
        self._sheets = 0
        self._row = 0
        self._sheet: IO[bytes] | None = None
        self.has_cut = False
        """Whether a text was longer than a cell can be."""

    def __enter__(self) -> XlsxFile:
        self._begin_sheet()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._end_sheet()
            self._write_rest()
        elif self._sheet is not None:
            self._sheet.close()
        self._file.close()

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Put rows under those that are there."""
        for row in rows:
            if self._row == ROWS_OF_A_SHEET:
                self._end_sheet()
                self._begin_sheet()
            self._write_row(row, None)

    def _begin_sheet(self) -> None:
        self._sheets += 1
        self._row = 0
        name = f"xl/worksheets/sheet{self._sheets}.xml"
        self._sheet = self._file.open(name, "w", force_zip64=True)
        columns = "".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, width in enumerate(self._widths, start=1)
        )
        self._put(
            f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            f"</sheetView></sheetViews><cols>{columns}</cols><sheetData>"
        )
        self._write_row(self._heads, _HEAD)

    def _end_sheet(self) -> None:
        assert self._sheet is not None
        last = f"{_letters(len(self._heads))}{self._row}"
        self._put(f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>')
        self._sheet.close()
        self._sheet = None

    def _write_row(self, cells: Sequence[Cell], look: int | None) -> None:
        self._row += 1
        written = (
            self._cell(f"{_letters(number)}{self._row}", cell, look)
            for number, cell in enumerate(cells, start=1)
            if cell is not None and cell != ""
        )
        self._put(f'<row r="{self._row}">{"".join(written)}</row>')

    def _cell(self, at: str, cell: str | float, look: int | None) -> str:
        if isinstance(cell, int | float):
            return f'<c r="{at}" s="{look or _PLAIN}"><v>{cell!r}</v></c>'
        text = self._fitted(cell)
        style = look or (_QUOTED if looks_like_a_formula(text) else _PLAIN)
        plain = _ESCAPE_LIKE.sub("_x005F_", _IMPOSSIBLE.sub("\ufffd", text))
        inner = f'<t xml:space="preserve">{escape(plain)}</t>'
        return f'<c r="{at}" s="{style}" t="inlineStr"><is>{inner}</is></c>'

    def _fitted(self, text: str) -> str:
        """As much of a text as a cell holds."""
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        beyond = sum(letter > "\uffff" for letter in text)
        if len(text) + beyond <= LONGEST_CELL:
            return text
        self.has_cut = True
        kept = LONGEST_CELL - len(_CUT) - beyond
        return text[: max(kept, LONGEST_CELL // 2 - len(_CUT))] + _CUT

    def _put(self, text: str) -> None:
        assert self._sheet is not None
        self._sheet.write(text.encode("utf-8"))

    def _write_rest(self) -> None:
        numbers = range(1, self._sheets + 1)
        names = {n: self._title if n == 1 else f"{self._title} {n}" for n in numbers}
        sheets = "".join(
            f'<sheet name="{escape(_sheet_name(names[n]), {chr(34): "&quot;"})}" sheetId="{n}"'
            f' r:id="rId{n}"/>'
            for n in numbers
        )
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml"'
            f' ContentType="{_OFFICE}.worksheet+xml"/>'
            for n in numbers
        )
        related = "".join(
            f'<Relationship Id="rId{n}" Type="{_RELATED}/worksheet"'
            f' Target="worksheets/sheet{n}.xml"/>'
            for n in numbers
        )
        last = self._sheets + 1
        for name, text in (
            ("xl/workbook.xml", (f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}">'
             f"<sheets>{sheets}</sheets></workbook>")),
            ("xl/_rels/workbook.xml.rels", (f'<Relationships xmlns="{_PACKAGE}/relationships">'
             f'{related}<Relationship Id="rId{last}" Type="{_RELATED}/styles"'
             ' Target="styles.xml"/></Relationships>')),
            ("_rels/.rels", (f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship'
             f' Id="rId1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/>'
             "</Relationships>")),
            ("[Content_Types].xml", (f'<Types xmlns="{_PACKAGE}/content-types"><Default'
             ' Extension="rels" ContentType='
             '"application/vnd.openxmlformats-package.relationships+xml"/>'
             '<Default Extension="xml" ContentType="application/xml"/>'
             f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.sheet.main+xml"/>'
             f'{parts}<Override PartName="/xl/styles.xml"'
             f' ContentType="{_OFFICE}.styles+xml"/></Types>')),
        ):  # fmt: skip
            self._file.writestr(name, _XML + text)
        self._file.writestr("xl/styles.xml", _STYLES)


def _sheet_name(title: str) -> str:
    """As spreadsheets allow it: up to 31 characters, none of seven signs."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "1"


def _letters(number: int) -> str:
    """1 is A, 27 is AA."""
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
