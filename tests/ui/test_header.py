"""The header in little room: whole things go, in an order; no word is cut in the middle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.duty.officer import Officer
from app.log import Role
from app.station.profile import Profile
from app.ui.header import Header
from app.ui.live.overdue_watch import OverdueWords
from app.ui.log_words import LogWords
from app.ui.recording_words import RecordingWords
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel
from tests.ui.conftest import NOW

PROFILE = Profile(
    "s-1", "c-1", "สภ.เมืองมุกดาหาร", "Mukdahan", "เขตปลอดภัยเมืองมุกดาหาร", "Zone", sample=True
)
OFFICER = Officer("officer-1", "ร.ต.ท.ธนา วงศ์คำ", "ร้อยเวร", Role.SUPERVISOR)
SUPERVISOR = OverdueWords("triangle-alert", "red", "แจ้งหัวหน้า: เกินกำหนด 2", "24/2569")
Make = Callable[[float, int], Header]


@pytest.fixture
def make(theme: Theme, qtbot: QtBot) -> Make:
    def made(scale: float, width: int) -> Header:
        header = Header(replace(theme, scale=scale), PROFILE, OFFICER)
        header.setStyleSheet(replace(theme, scale=scale).stylesheet())
        header.setMinimumWidth(1)
        qtbot.addWidget(header)
        header.resize(width, header.height())
        header.show()
        header.fit(width >= 1500 * scale)
        header.show_cameras(8, 8)
        header.show_recorder(RecordingWords("dot", "green", "กำลังบันทึก"))
        header.show_disk(70)
        header.tick(NOW)
        return header

    return made


def all_is_wrong(header: Header) -> None:
    header.show_log(LogWords("x", "red", "บันทึกไม่ครบถ้วน"))
    header.show_overdue(SUPERVISOR)
    header.show_cameras(7, 8)
    header.show_recorder(RecordingWords("x", "red", "ไม่ได้บันทึกภาพ"))
    header.show_disk(97)


def cut(header: Header) -> list[str]:
    """The words of what has no room for all of them, but where … says so."""
    buttons: list[QWidget] = [header.intake, header.search, header.officer]
    plain = [label for label in header.findChildren(QLabel) if not isinstance(label, ElidedLabel)]
    header.grab()
    return [
        widget.accessibleName() or getattr(widget, "text", str)()
        for widget in [*buttons, *plain]
        if widget.isVisible()
        and (
            widget.width() < widget.sizeHint().width()
            or widget.mapTo(header, widget.rect().topRight()).x() > header.width()
        )
    ]


def said(header: Header) -> set[str]:
    return {label.text() for label in header.findChildren(QLabel) if label.isVisible()}


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("width", [1366, 1600, 1920])
def test_no_word_is_cut_and_what_is_wrong_is_said_in_full(
    make: Make, scale: float, width: int
) -> None:
    header = make(scale, width)
    assert not cut(header)
    header.show_overdue(SUPERVISOR)
    header.show_log(LogWords("x", "red", "บันทึกไม่ครบถ้วน"))
    assert not cut(header)
    all_is_wrong(header)
    assert not cut(header)
    warnings = {"บันทึกไม่ครบถ้วน", SUPERVISOR.text, "กล้อง 7/8", "ไม่ได้บันทึกภาพ", "ดิสก์ 97 %"}
    assert {*warnings, "10:46:31"} <= said(header)
    assert header.intake.text() == "รับแจ้งเหตุ"
    assert header._station.width() >= 64 * scale


def test_with_less_and_less_room_what_matters_least_at_night_goes_first(make: Make) -> None:
    header = make(1.0, 1900)
    header.show_overdue(SUPERVISOR)
    seen = []
    for width in range(1900, 560, -5):
        header.resize(width, header.height())
        words = said(header)
        state = (
            any("Smart" in each for each in words),
            "อา. 22 พ.ย. 2569" in words,
            bool(header.search.text()),
            "ดิสก์ 70 %" in words,
            "กล้อง 8/8" in words,
            "กำลังบันทึก" in words,
            header.officer.shift.isVisible(),
            bool(header.search._key),
            header._station.width() >= header._station.sizeHint().width(),
            header.officer.name.isVisible(),
        )
        if not seen or seen[-1] != state:
            seen.append(state)
        if not state[-1]:
            break  # the station's name has that room
    assert seen[:10] == [tuple(n >= gone for n in range(10)) for gone in range(10)]
    assert not seen[10][-1]


def test_room_that_comes_back_is_filled_again(make: Make) -> None:
    header = make(1.5, 1366)
    before = said(header)
    all_is_wrong(header)
    assert said(header) != before
    assert "Ctrl K" in header.search.toolTip()
    header.show_log(None)
    header.show_overdue(OverdueWords())
    header.show_cameras(8, 8)
    header.show_recorder(RecordingWords("dot", "green", "กำลังบันทึก"))
    header.show_disk(70)
    assert said(header) == before
    assert header.search.text() and not header.search.toolTip()


def test_a_button_that_says_something_else_keeps_its_tool_tip(theme: Theme, qtbot: QtBot) -> None:
    button = KeyButton(theme, "เก็บ", key="K")
    qtbot.addWidget(button)
    button.setToolTip("ไว้จนครบกำหนด")
    button.show_words("เก็บต่อ", "K")
    assert button.toolTip() == "ไว้จนครบกำหนด"


def test_a_healthy_state_without_words_tells_them_on_hover(make: Make) -> None:
    header = make(1.5, 1366)
    all_is_wrong(header)
    header.show_disk(70)
    assert "ดิสก์ 70 %" not in said(header)
    assert header.disk.toolTip() == "ดิสก์ 70 %"
