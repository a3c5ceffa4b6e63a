"""The forms about units by themselves: what digits, Enter and Esc do, and what is handed on."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.cameras.ground import Ground
from app.duty.radio_codes import RadioCode
from app.duty.unit_keeping import Crew
from app.duty.units import UnitState
from app.geo.coordinates import LatLon
from app.geo.projection import Projection
from app.incidents.place_finder import PlaceFinder
from app.ui.theme import Theme
from app.ui.units.check_in_form import CheckInForm
from app.ui.units.crew_form import CrewForm
from app.ui.units.unit_picker import UnitChoice, UnitPicker
from tests.station_log import a_unit
from tests.ui.driving import CONTROL, press, type_text

CHOICES = [
    UnitChoice(f"unit-{n}", f"มุกดา {n} · {n}00 ม.", n * 100.0, "ใกล้ที่สุด") for n in range(1, 12)
]


@pytest.fixture
def picker(theme: Theme, qtbot: QtBot) -> UnitPicker:
    picker = UnitPicker(theme)
    qtbot.addWidget(picker)
    picker.resize(420, 260)
    picker.show()
    qtbot.waitUntil(picker.isActiveWindow)
    picker.offer(CHOICES)
    return picker


def chosen_by(picker: UnitPicker) -> list[tuple[str, ...]]:
    chosen: list[tuple[str, ...]] = []
    picker.units_chosen.connect(chosen.append)
    return chosen


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_without_a_tick_enter_sends_the_marked_unit_once(picker: UnitPicker, key: Qt.Key) -> None:
    chosen = chosen_by(picker)
    press(Qt.Key.Key_Down)
    press(key)
    press(key)
    assert chosen == [("unit-2",)]


def test_digits_tick_several_and_one_enter_sends_them_in_the_lists_order(
    picker: UnitPicker,
) -> None:
    chosen = chosen_by(picker)
    for digit in "3194":
        press(Qt.Key(Qt.Key.Key_0.value + int(digit)))
    press(Qt.Key.Key_4)  # taken back
    press(Qt.Key.Key_Return)
    assert chosen == [("unit-1", "unit-3", "unit-9")]


def test_a_digit_with_no_unit_ticks_nobody(picker: UnitPicker) -> None:
    picker.offer(CHOICES[:2])
    chosen = chosen_by(picker)
    press(Qt.Key.Key_7)
    press(Qt.Key.Key_Return)
    assert chosen == [("unit-1",)]


def test_space_ticks_and_the_button_sends(picker: UnitPicker, qtbot: QtBot) -> None:
    chosen = chosen_by(picker)
    press(Qt.Key.Key_Space)
    QTest.mouseClick(picker._send, Qt.MouseButton.LeftButton)
    assert chosen == [("unit-1",)]
    with qtbot.waitSignal(picker.cancelled):
        press(Qt.Key.Key_Escape)


def test_when_no_unit_is_free_it_says_so_and_offers_no_dead_button(picker: UnitPicker) -> None:
    picker.offer([])
    assert picker._empty.isVisible() and picker._empty.text()
    assert not picker._send.isEnabled()


def check_in_form(theme: Theme, qtbot: QtBot) -> CheckInForm:
    form = CheckInForm(theme, PlaceFinder(Ground(Projection())))
    qtbot.addWidget(form)
    form.resize(600, 300)
    form.show()
    qtbot.waitUntil(form.isActiveWindow)
    form.begin(a_unit(1), [RadioCode("ว.22", "ถึงที่หมาย", UnitState.ON_SCENE)])
    return form


def test_what_a_code_does_is_told_while_it_is_typed(theme: Theme, qtbot: QtBot) -> None:
    form = check_in_form(theme, qtbot)
    type_text("ว.22")
    assert form.said.words.text() == "ว.22 = ถึงที่หมาย", "it is on no incident: words only"
    sent = replace(a_unit(1), state=UnitState.ASSIGNED, incident="inc-1")
    form.begin(sent, [RadioCode("ว.22", "ถึงที่หมาย", UnitState.ON_SCENE)])
    type_text("ว.22")
    assert form.said.words.text() == "ว.22 = ถึงที่หมาย · บันทึกว่า: ถึงที่เกิดเหตุ"


def test_enter_hands_on_words_and_a_place_by_coordinates_once(theme: Theme, qtbot: QtBot) -> None:
    form = check_in_form(theme, qtbot)
    saved: list[tuple[object, ...]] = []
    form.saved.connect(lambda *what: saved.append(what))
    form.place.line.setText("16.5462, 104.7228")
    form.place.line.setFocus()
    press(Qt.Key.Key_Return)
    form.said.line.setFocus()
    press(Qt.Key.Key_Return)
    assert saved == [("", "16.5462, 104.7228", LatLon(16.5462, 104.7228))]


def test_a_place_that_cannot_be_is_told_in_the_form(theme: Theme, qtbot: QtBot) -> None:
    form = check_in_form(theme, qtbot)
    saved: list[object] = []
    form.saved.connect(lambda *what: saved.append(what))
    form.place.line.setText("99.5, 104.7")
    form.said.line.setFocus()
    press(Qt.Key.Key_Return)
    assert form._problem.isVisible() and not saved
    form.place.line.setText("หน้าวัด")
    press(Qt.Key.Key_Return)
    assert saved == [("", "หน้าวัด", None)]


def test_a_crew_is_typed_line_by_line_and_known_names_become_officers(
    theme: Theme, qtbot: QtBot
) -> None:
    form = CrewForm(theme)
    qtbot.addWidget(form)
    form.show()
    qtbot.waitUntil(form.isActiveWindow)
    form.begin(a_unit(1), {"officer-2": "ร.ต.อ.พิชัย"})
    assert form.fields.members.toPlainText() == "ส.ต.อ.วีระ (ตัวอย่าง)"
    saved: list[Crew] = []
    form.saved.connect(saved.append)
    form.fields.members.setPlainText("ร.ต.อ.พิชัย\n\n ด.ต.ชาติ ")
    form.fields.vehicle.line.setText("โล่ 12")
    press(Qt.Key.Key_Return, CONTROL)
    press(Qt.Key.Key_Return, CONTROL)
    assert saved == [Crew(("officer-2", "ด.ต.ชาติ"), "โล่ 12")]
