"""A right click on the map copies the place there; Setup's form says so and understands it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.application import Console
from app.geo.coordinate_reader import read_coordinates
from app.ui.actions import Action


@pytest.mark.qt_log_ignore("This plugin does not support")  # the off-screen display's pop-ups
@pytest.mark.parametrize("row", [3, 4, 5])  # under the footage of the place
def test_what_the_map_copies_is_the_place_under_the_pointer_in_any_way_of_writing(
    console: Console, row: int
) -> None:
    pane = console.window.live._map_pane
    at = QPoint(pane.view.width() // 2, pane.view.height() // 2)
    told: list[tuple[float, float]] = []
    pane.view.pointer_moved.connect(lambda lat, lon: told.append((lat, lon)))
    canvas = pane.view.focusProxy()
    assert canvas is not None
    QTest.mouseMove(canvas, at)
    QTest.mouseMove(canvas, at + QPoint(3, 2))
    where = pane.view.mapTo(pane, at)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, pane.mapToGlobal(where))
    QApplication.sendEvent(pane, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.actions()[row].trigger()
    menu.close()
    copied = read_coordinates(QGuiApplication.clipboard().text()).place
    lat_deg, lon_deg = told[-1]
    assert copied.lat_deg == pytest.approx(lat_deg, abs=2e-5)
    assert copied.lon_deg == pytest.approx(lon_deg, abs=2e-5)


def test_the_form_says_how_to_give_a_place_until_it_has_something_else_to_say(
    console: Console,
) -> None:
    console.window.show_place("setup")
    fields = console.window.setup.cameras.form.fields
    box = fields["place"]
    help_words = box.words.text()
    assert help_words and not box.words.isHidden()
    QTest.keyClicks(box.line, "48Q VD 70775 28972")
    fields.tell_understood()
    assert box.words.text() != help_words
    box.fill("")
    assert box.words.text() == help_words


def test_plus_is_a_key_of_its_own() -> None:
    def shown(keys: str) -> str:
        return Action("a", "", print, keys).shown

    assert [shown(keys) for keys in ("Ctrl++", "Ctrl+-", "Ctrl+Shift+L", "+", "F5", "")] == [
        "Ctrl +", "Ctrl -", "Ctrl Shift L", "+", "F5", "",
    ]  # fmt: skip


def test_only_rows_of_cameras_can_be_carried_out_of_what_ctrl_k_found(console: Console) -> None:
    console.window.open_palette()
    card = console.window.palette_card
    card.line.setText("C0")
    rows = card.list.rows
    carried = {
        rows.index(number, 0).data(): bool(
            rows.flags(rows.index(number, 0)) & Qt.ItemFlag.ItemIsDragEnabled
        )
        for number in range(rows.rowCount())
        if rows.index(number, 0).data(Qt.ItemDataRole.UserRole).camera_id
    }
    assert carried and all(carried.values())
    card.line.setText("")
    flags = [rows.flags(rows.index(number, 0)) for number in range(rows.rowCount())]
    assert not any(flag & Qt.ItemFlag.ItemIsDragEnabled for flag in flags)
    card.close_quietly()
