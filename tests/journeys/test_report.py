"""An incident reported by keyboard only appears on the map, in the list and in the log file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.application import Console
from app.geo.coordinates import LatLon
from app.log.verify import verify
from app.thai.dates import to_local
from app.ui.live.incident_columns import Column
from app.views import all_views
from tests.journeys.log_file import entries
from tests.ui.driving import CONTROL, focused, press, type_text

pytestmark = pytest.mark.journey
PLACE = "16.5462, 104.7228"
WHAT_HAPPENED = "ชายต้องสงสัยเดินวนหน้าร้าน สวมหมวกกันน็อก (ตัวอย่าง)"


def test_an_incident_reported_by_keyboard_only_appears_on_map_list_and_in_the_log_file(
    console: Console, qtbot: QtBot
) -> None:
    live = console.window.live
    promised = console.desk.next_number()
    press(Qt.Key.Key_F2)
    assert focused() is live.intake.type_field.line
    type_text("51")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    type_text(PLACE)
    press(Qt.Key.Key_Return)
    type_text("นายก้อง")
    for _ in range(3):
        press(Qt.Key.Key_Tab)
    type_text(WHAT_HAPPENED)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: not live.intake.isVisible())

    incident = live.selected
    assert incident is not None and incident.number == promised
    model = live.table.model()

    def listed() -> dict[str, str]:
        return {
            model.index(row, Column.NUMBER).data(): model.index(row, Column.PLACE).data()
            for row in range(model.rowCount())
        }

    qtbot.waitUntil(lambda: promised in listed())  # after the number: it is read out first
    assert "16.546" in listed()[promised]

    console.selection.choose("")
    live.map.show_place(LatLon(16.5462, 104.7228))
    qtbot.waitUntil(live.map.is_sharp, timeout=15_000)
    at = live.map.pixel_of(LatLon(16.5462, 104.7228)).toPoint()
    target = live.map.childAt(at) or live.map
    with qtbot.waitSignal(live.map.incident_clicked) as clicked:
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(live.map, at))
    assert clicked.args == [incident.id]
    assert console.selection.incident_id == incident.id

    (written,) = entries(console.folder.root, "incident_reported", incident.id)
    assert written["number"] == promised
    assert written["narrative"] == WHAT_HAPPENED
    assert written["caller"] == "นายก้อง"
    assert (written["lat_deg"], written["lon_deg"]) == pytest.approx((16.5462, 104.7228))
    assert written["actor"] == console.desk.officer.id
    _tended_and_closed_by_keyboard(console, qtbot, incident.id)
    assert verify(console.folder.database, all_views()).ok


def _tended_and_closed_by_keyboard(console: Console, qtbot: QtBot, incident_id: str) -> None:
    """A next step, a correction, in hand a little earlier than it is told, closed with a number."""
    live = console.window.live
    live.table.setFocus()
    press(Qt.Key.Key_T)
    type_text("โทรกลับผู้แจ้ง")
    press(Qt.Key.Key_Tab)
    type_text("+30")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not live.detail.is_asking)
    press(Qt.Key.Key_U, Qt.KeyboardModifier.ShiftModifier)
    type_text(f"{to_local(console.desk.now()):%H:%M}")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not live.detail.is_asking)
    press(Qt.Key.Key_X)
    type_text("ตรวจสอบแล้วเป็นผู้มาหาญาติ")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    type_text("ปจว. ข้อ 9")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(lambda: live.selected is not None and not live.selected.is_open)
    root = console.folder.root
    (step,) = entries(root, "next_step_set", incident_id)
    assert step["text"] == "โทรกลับผู้แจ้ง" and step["due_at"]
    (in_hand,) = entries(root, "incident_under_control", incident_id)
    assert in_hand["happened_at"] <= in_hand["at"]
    (closed,) = entries(root, "incident_closed", incident_id)
    assert (closed["reference"], closed["arrest"]) == ("ปจว. ข้อ 9", False)
