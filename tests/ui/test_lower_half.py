"""The list and the selected incident, and the room they get beside a panel that lies over them."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.live.split import LowerHalf


def test_beside_a_panel_the_list_has_all_the_room_and_afterwards_what_it_had(qtbot: QtBot) -> None:
    window, listed, incident = QWidget(), QLabel("รายการ"), QLabel("เหตุ")
    incident.setMinimumWidth(500)
    half = LowerHalf(listed, incident, (61, 39))
    half.setParent(window)
    panel = QWidget(window)
    panel.hide()
    half.lie_under(panel)
    qtbot.addWidget(window)
    window.resize(1300, 300)
    half.resize(1300, 300)
    window.show()
    before = half.shares()
    panel.setGeometry(840, 0, 460, 300)  # narrower than the incident may be
    panel.show()
    assert abs(listed.width() - 840) <= 2
    assert not incident.isVisible()
    assert half.shares() == before, "what is remembered is how it was shared without the panel"
    panel.setGeometry(800, 0, 500, 300)
    assert abs(listed.width() - 800) <= 2
    panel.hide()
    assert incident.isVisible()
    assert abs(listed.width() - before[0]) <= 2
