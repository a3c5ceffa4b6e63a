"""A sheet is lent again only when nobody looks at it any more, and leaves no name."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from app.map.apart.sheets import Papers, Sheet, Sheets, bytes_for

SIZE = (40, 30)
BYTES = bytes_for(SIZE)
RGB = QImage.Format.Format_RGB32
WHOLE = QRect(0, 0, *SIZE)


def names() -> set[str]:
    return {one.name for one in Path("/dev/shm").glob(f"ssz-{os.getpid()}-*-map")}


def draw(sheet: Sheet, colour: str) -> None:
    """As the other process does."""
    paper = Papers().paper(sheet.name, SIZE, RGB, 1.0)
    paper.fill(QColor("black"))
    painter = QPainter(paper)
    painter.fillRect(10, 5, 20, 15, QColor(colour))
    painter.end()


def test_what_is_drawn_there_is_seen_here_in_whole_and_in_part() -> None:
    sheets = Sheets()
    sheet = sheets.take(BYTES, 1)
    assert len(names()) == 1
    draw(sheet, "red")
    assert not names()  # whoever attaches takes the name away
    whole = sheet.image(WHOLE, SIZE[0], RGB, 1.0)
    part = sheet.image(QRect(10, 5, 20, 15), SIZE[0], RGB, 1.0)
    assert whole.pixelColor(9, 5) == QColor("black")
    assert whole.pixelColor(10, 5) == QColor("red")
    assert (part.width(), part.height()) == (20, 15)
    assert {part.pixelColor(x, y).name() for x in (0, 19) for y in (0, 14)} == {"#ff0000"}
    sheets.close()


def test_a_sheet_comes_again_when_it_is_given_back_and_nothing_of_it_is_shown() -> None:
    sheets = Sheets()
    sheet = sheets.take(BYTES, 1)
    image = sheet.image(WHOLE, SIZE[0], RGB, 1.0)
    kept = QImage(image)  # Qt's own, on the same memory
    other = sheets.take(BYTES, 2)
    assert other is not sheet
    sheets.give_back(1)
    assert not sheet.is_free
    del image
    assert not sheet.is_free
    del kept
    assert sheet.is_free
    assert not other.is_free
    assert sheets.take(BYTES, 3) is sheet
    sheets.close()


def test_sheets_of_another_size_and_spare_ones_are_let_go_of() -> None:
    sheets = Sheets()
    for number in (1, 2, 3):
        sheets.take(BYTES, number)
    sheets.give_back(2)
    assert sheets.trim(1)
    assert len(sheets.names) == 2
    assert not sheets.trim(1)
    larger = sheets.take(bytes_for((50, 50)), 4)
    assert len(sheets.names) == 2  # the one under way and the new one
    assert larger.name.name in sheets.names
    sheets.close()
    assert not names()


def test_a_picture_outlives_its_sheet() -> None:
    sheets = Sheets()
    sheet = sheets.take(BYTES, 1)
    draw(sheet, "blue")
    image = sheet.image(WHOLE, SIZE[0], RGB, 1.0)
    sheets.close()
    del sheets, sheet
    assert image.pixelColor(15, 10) == QColor("blue")
