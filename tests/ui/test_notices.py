"""A notice covers something: it goes by itself, and at once when it was read."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.application import Console
from app.incidents.incident import IncidentState
from app.ui.notices import Notice
from app.ui.theme import Theme
from tests.ui.driving import press
from tests.ui.test_steps import choose


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


def test_a_notice_leaves_the_right_columns_free(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    for width in (1366, 1920):
        window.resize(width, 768)
        notice = Notice(theme, window)
        for words in ("บันทึกแล้ว", "ยังไม่ได้สั่งหน่วยไปยังเหตุนี้ " * 6):
            notice.warn_of(words)
            assert notice.geometry().right() <= 0.43 * width
            assert notice.geometry().left() >= theme.px(76)


def test_what_was_done_afterwards_ends_a_refusal_and_no_other_notice(
    console: Console, qtbot: QtBot
) -> None:
    notice = console.window.notice
    choose(console, IncidentState.NEW)
    press(Qt.Key.Key_A)  # nobody was sent
    qtbot.waitUntil(notice.isVisible)
    detail = console.window.live.detail
    left = detail.mapTo(console.window, QPoint(0, 0)).x()
    assert notice.geometry().right() < left, "what can be done next is not covered"
    choose(console, IncidentState.ON_SCENE)
    press(Qt.Key.Key_U)
    qtbot.waitUntil(notice.isHidden)

    notice.warn_of("ปลุกหัวหน้าเวร")
    console.desk.done.emit()
    assert notice.isVisible()
