"""A hand that goes on moving the map gets a process of its own to draw with, and never waits."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from app.map.apart.process import DrawingProcess
from app.map.drawing import STEPS_BEFORE_PROCESS
from app.map.still_pictures import StillPictures
from tests.map.conftest import ShowMap
from tests.map.oracle import picture, pond, wait_until_sharp
from tests.map.test_alignment import assert_pond
from tests.map.test_clicking import wheel

MIDDLE = QPointF(400, 300)


def process_of(view: object) -> DrawingProcess:
    pictures = view.findChild(StillPictures)  # type: ignore[attr-defined]
    return pictures._drawing.process  # type: ignore[no-any-return]


def test_the_hand_begins_it_and_the_map_goes_on_when_it_is_gone(
    show_map: ShowMap, qtbot: QtBot, expected_log: Callable[[str], None]
) -> None:
    expected_log("drawing process is gone")
    view = show_map()
    view.set_basemap(pond(0, 0, side_m=60))
    wait_until_sharp(qtbot, view)
    process = process_of(view)
    for step in range(STEPS_BEFORE_PROCESS):
        assert process.pid is None
        wheel(view, MIDDLE, 1 if step % 2 else -1)
    qtbot.waitUntil(lambda: process.is_ready, timeout=20_000)
    wheel(view, MIDDLE, 2)
    wait_until_sharp(qtbot, view)
    assert_pond(picture(view), 400, 300, 54 * 1.25**2)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    wheel(view, MIDDLE, -1)
    wait_until_sharp(qtbot, view)
    assert_pond(picture(view), 400, 300, 54 * 1.25)
