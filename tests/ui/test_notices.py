"""A notice covers something: it goes by itself, and at once when it was read."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.notices import Notice
from app.ui.theme import Theme


def test_a_click_puts_a_notice_away(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    notice = Notice(theme, window)
    notice.warn_of("พิมพ์ไม่สำเร็จ\nกระดาษหมด")
    assert notice.isVisible()
    assert notice.geometry().bottom() < window.height(), "it stands inside the window"
    QTest.mouseClick(notice, Qt.MouseButton.LeftButton)
    assert not notice.isVisible()
    notice.tell("บันทึกแล้ว")
    assert notice.isVisible(), "the next one is told all the same"
