"""Privacy masks hold in footage too; changing the language in Review leaves nothing behind."""

from __future__ import annotations

import gc

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Console
from app.cameras.masks import PrivacyMask
from app.ui.review.review_place import ReviewPlace
from app.video.playback.shown import Shown
from tests.ui.review.test_review_place import open_market

LEFT_HALF = PrivacyMask(((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0)))


def test_a_mask_drawn_now_hides_what_was_recorded_before(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)
    tile = review.grid.tile_of("C01")
    assert tile is not None

    def is_hidden() -> bool:
        shown = tile.shown
        if not isinstance(shown, Shown):
            return False
        grey = shown.pixels[:, :, :3].astype(int)
        middle = grey.shape[1] // 2
        return bool(grey[:, : middle - 2].max() == 0 and grey[:, middle + 2 :].max() > 50)

    assert not is_hidden()
    console.desk.draw_masks("C01", (LEFT_HALF,), "หน้าต่างบ้าน", print)
    qtbot.waitUntil(is_hidden, timeout=8_000)
    other = review.grid.tile_of("C02")
    assert other is not None and isinstance(other.shown, Shown)
    assert np.asarray(other.shown.pixels)[:, :10, :3].max() > 50


def test_ten_changes_of_language_in_review_leave_no_widget_behind(
    review: ReviewPlace, console: Console, qtbot: QtBot
) -> None:
    open_market(review, console, qtbot)

    def widgets() -> int:
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(QApplication.allWidgets())

    console.set_language("en")
    console.set_language("th")
    before = widgets()
    for _ in range(5):
        console.set_language("en")
        console.set_language("th")
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert widgets() <= before
