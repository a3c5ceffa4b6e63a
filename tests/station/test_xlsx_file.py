"""A workbook as others read it: GDAL's own reader, and the XML itself. Nothing in it runs."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pyogrio import raw, set_gdal_config_options

from app.station import xlsx_file
from app.station.xlsx_file import LONGEST_CELL, Cell, XlsxFile

HEADS = ("เลขรับแจ้ง", "พฤติการณ์", "ละติจูด")


def write(path: Path, rows: Sequence[Sequence[Cell]]) -> XlsxFile:
    with XlsxFile(path, "เหตุ", HEADS, (12, 60, 10)) as file:
        file.add(rows)
    return file


def read(path: Path) -> list[tuple[object, ...]]:
    """Heads and rows, as GDAL has them."""
    set_gdal_config_options({"OGR_XLSX_HEADERS": "FORCE"})  # all are texts: it would have to guess
    try:
        meta, _, _, columns = raw.read(path)
    finally:
        set_gdal_config_options({"OGR_XLSX_HEADERS": None})
    assert list(meta["fields"]) == list(HEADS)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def xml(path: Path, part: str) -> str:
    with zipfile.ZipFile(path) as file:
        return file.read(part).decode("utf-8")


def test_another_program_reads_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows: list[tuple[Cell, ...]] = [
        ("1284/2569", 'คนร้ายกระชากกระเป๋า "สีดำ" <หน้าตลาด> & หนี\nไปทางริมโขง', 16.5429),
        ("1285/2569", "ສະຫວັນນະເຂດ 👮‍♂️", 16.5431),
    ]
    write(path, rows)
    assert read(path) == rows


def test_every_part_is_well_formed_and_the_head_stays_in_sight(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [("1", "x", 1), ("2", None, None)])
    with zipfile.ZipFile(path) as file:
        for name in file.namelist():
            ElementTree.fromstring(file.read(name))
    sheet = xml(path, "xl/worksheets/sheet1.xml")
    assert 'state="frozen"' in sheet and '<autoFilter ref="A1:C3"/>' in sheet
    assert 'name="เหตุ"' in xml(path, "xl/workbook.xml")


@pytest.mark.parametrize(
    "cell", ["=1+1", "+66812345678", "-2", "@SUM(A1)", "\t=1", "＝1", '=HYPERLINK("http://x")']
)
def test_what_looks_like_a_formula_is_text_and_stays_text(tmp_path: Path, cell: str) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [("1", cell, None)])
    sheet = xml(path, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    quoted = re.search(r'<c r="B2" s="(\d)" t="inlineStr">', sheet)
    assert quoted is not None
    formats = re.findall(r"<xf [^>]*>", xml(path, "xl/styles.xml").partition("<cellXfs")[2])
    assert 'quotePrefix="1"' in formats[int(quoted[1]) - 1]  # the first is the empty <xf/>
    assert read(path)[0][1] == cell


def test_what_xml_cannot_hold_is_replaced_and_an_escape_is_not_read_as_one(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.xlsx"
    write(path, [("a\x00b\x1b", "half \ud83d letter", None), ("_x0041_", "\ufffe", None)])
    sheet = xml(path, "xl/worksheets/sheet1.xml")
    ElementTree.fromstring(sheet)
    assert "a\ufffdb\ufffd" in sheet and "half \ufffd letter" in sheet
    assert "_x005F_x0041_" in sheet


def test_a_text_longer_than_a_cell_is_cut_and_that_is_known(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    assert not write(path, [("1", "ก" * LONGEST_CELL, None)]).has_cut
    assert write(path, [("1", "ก" * 100_000, None)]).has_cut
    cut = read(path)[0][1]
    assert isinstance(cut, str) and len(cut) == LONGEST_CELL and cut.endswith("…")


def test_more_rows_than_a_sheet_holds_go_on_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_file, "ROWS_OF_A_SHEET", 3)
    path = tmp_path / "a.xlsx"
    write(path, [(str(n), "x", n) for n in range(5)])
    assert re.findall(r'sheet name="([^"]+)"', xml(path, "xl/workbook.xml")) == [
        "เหตุ", "เหตุ 2", "เหตุ 3",
    ]  # fmt: skip
    assert '<autoFilter ref="A1:C2"/>' in xml(path, "xl/worksheets/sheet3.xml")


def test_a_failure_leaves_no_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with pytest.raises(RuntimeError), XlsxFile(path, "x", HEADS, (1, 1, 1)) as file:
        file.add([("1", "x", 1)])
        raise RuntimeError
    with zipfile.ZipFile(path) as left:
        assert "xl/workbook.xml" not in left.namelist()
