"""An area has one name on the map: it steps aside for a unit instead of going, with its note."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from app.map import NIGHT
from app.map.draw_names import Name, letters
from app.map.frame import Frame
from app.map.free_names import AreaWords, draw_free_names
from app.map.labels import Label
from app.map.marks import Metres

FRAME = Frame(0.0, 0.0, 1.0, 400, 300)
COMMUNITY = "ชุมชนศรีมงคลยอดแก้ว"
NONE = np.empty((0, 2))
AREAS = AreaWords(frozenset({COMMUNITY}))


def name(text: str, x_m: float = 0.0, y_m: float = 0.0) -> Name:
    image, boxes = letters(Label(text, NIGHT.font(14), "#ffffff", "#000000", ()), 0.0, 1.0)
    return Name(text, x_m, y_m, image, boxes)


def written(
    *names: Name, taken: tuple[QRectF, ...] = (), words: AreaWords = AREAS, marks: Metres = NONE
) -> NDArray[np.bool_]:
    """Where letters are, rows and columns of pixels."""
    image = QImage(400, 300, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.black)
    with QPainter(image) as painter:
        draw_free_names(painter, FRAME, names, taken, words, marks, NIGHT)
    values = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(300, -1)
    return values[:, :400] > 60


def within(ink: NDArray[np.bool_], box: QRectF) -> bool:
    rows = slice(int(box.top()), int(box.bottom()))
    return bool(ink[rows, int(box.left()) : int(box.right())].any())


@pytest.mark.parametrize("at", [(200, 150), (180, 152)])
def test_the_name_of_an_area_steps_aside_for_a_unit(qtbot: QtBot, at: tuple[int, int]) -> None:
    unit = QRectF(0, 0, 90, 24)
    unit.moveCenter(QPointF(*at))
    ink = written(name(COMMUNITY), taken=(unit,))
    assert ink.any()
    assert not within(ink, unit)


def test_a_road_that_is_covered_goes_and_is_named_farther_on(qtbot: QtBot) -> None:
    unit = QRectF(150, 140, 90, 24)
    assert not written(name("ถนนสองนางสถิตย์"), taken=(unit,)).any()


def test_the_name_of_an_area_keeps_clear_of_other_names_and_of_marks(qtbot: QtBot) -> None:
    unit = QRectF(150, 138, 100, 24)
    below = written(name(COMMUNITY), taken=(unit,))
    road = name("ถนนสองนางสถิตย์", 0.0, -28.0)
    above = written(name(COMMUNITY), road, taken=(unit,))
    assert below[162:].any()
    assert not below[:138].any()
    assert above[:138].any()
    camera = np.array([[200.0, 178.0]])
    assert not within(
        written(name(COMMUNITY), taken=(unit,), marks=camera), QRectF(190, 168, 20, 20)
    )


def test_what_is_said_beneath_a_name_goes_with_it_and_off_the_line_in_the_hand(
    qtbot: QtBot,
) -> None:
    said = AreaWords(AREAS.names, {COMMUNITY: "อยู่ในเขต 34 % (เดิม 25 %)"})
    alone, both = written(name(COMMUNITY)), written(name(COMMUNITY), words=said)
    assert not alone[162:].any()
    assert both[162:182].any()
    corner = AreaWords(said.names, said.notes, np.array([[0.0, -20.0]]))  # 20 px below the middle
    assert not within(written(name(COMMUNITY), words=corner), QRectF(194, 164, 12, 12))
    assert not written(words=said).any()  # without its name a share says nothing
