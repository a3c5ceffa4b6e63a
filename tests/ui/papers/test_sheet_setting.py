"""The preview's sheet: set once things settle, the newest wish wins, failures are told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.errors import KnownError, msg
from app.ui.papers.order import SheetOrder
from app.ui.papers.sheet_setting import SheetSetting

WAIT_S = 5.0


class Press:
    """Sets what it is told, when it is let."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gate = threading.Event()
        self.begun = threading.Event()
        self.gate.set()
        self.refuses: KnownError | None = None

    def set(self, order: SheetOrder) -> Any:
        self.asked.append(order.about)
        self.begun.set()
        assert self.gate.wait(WAIT_S)
        if self.refuses is not None:
            raise self.refuses
        return order.about


@pytest.fixture
def press() -> Press:
    return Press()


@pytest.fixture
def setting(press: Press, qtbot: QtBot) -> Iterator[SheetSetting]:
    made = SheetSetting(press.set, settle_ms=20)
    yield made
    press.gate.set()
    made.stop()


def about(*names: str) -> list[SheetOrder]:
    return [SheetOrder("incident", name) for name in names]


def test_what_is_typed_quickly_is_set_once(
    setting: SheetSetting, press: Press, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(setting.done) as done:
        for order in about("1", "12", "128", "1284"):
            setting.ask(order)
    assert done.args == ["1284"]
    assert press.asked == ["1284"]
    assert not setting.is_busy


def test_what_was_asked_for_last_is_shown_and_nothing_before_it(
    setting: SheetSetting, press: Press, qtbot: QtBot
) -> None:
    shown: list[object] = []
    setting.done.connect(shown.append)
    press.gate.clear()
    first, second, third = about("first", "second", "third")
    setting.ask(first, at_once=True)
    assert press.begun.wait(WAIT_S)
    setting.ask(second, at_once=True)
    setting.ask(third, at_once=True)
    press.gate.set()
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == ["third"]
    assert press.asked == ["first", "third"], "what nobody waits for any more is not begun"


def test_a_sheet_that_cannot_be_set_says_why_and_the_next_one_can(
    setting: SheetSetting, press: Press, qtbot: QtBot
) -> None:
    press.refuses = KnownError(msg("The paper could not be set: {why}", why="…"))
    with qtbot.waitSignal(setting.failed) as failed:
        setting.ask(about("1")[0], at_once=True)
    assert failed.args == [press.refuses]
    press.refuses = None
    with qtbot.waitSignal(setting.done) as done:
        setting.ask(about("2")[0], at_once=True)
    assert done.args == ["2"]


def test_what_is_being_set_already_is_waited_for_unless_the_log_has_more(
    setting: SheetSetting, press: Press, qtbot: QtBot
) -> None:
    shown: list[object] = []
    setting.done.connect(shown.append)
    press.gate.clear()
    (order,) = about("1284")
    setting.ask(order, at_once=True)
    assert press.begun.wait(WAIT_S)
    setting.ask(order, at_once=True)
    press.gate.set()
    qtbot.waitUntil(lambda: bool(shown))
    assert (shown, press.asked) == (["1284"], ["1284"])
    press.gate.clear()
    press.begun.clear()
    setting.ask(order, at_once=True)
    assert press.begun.wait(WAIT_S)
    setting.ask(order, at_once=True, anew=True)
    press.gate.set()
    qtbot.waitUntil(lambda: len(shown) == 2)
    assert press.asked == ["1284"] * 3


def test_what_was_forgotten_is_not_told(setting: SheetSetting, press: Press, qtbot: QtBot) -> None:
    shown: list[object] = []
    setting.done.connect(shown.append)
    press.gate.clear()
    setting.ask(about("1")[0], at_once=True)
    assert press.begun.wait(WAIT_S)
    setting.forget()
    press.gate.set()
    qtbot.waitUntil(lambda: not setting.is_busy)
    assert shown == []
