"""The Log place in little room: what is typed can be read, the state of each row too."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from app.application import Console
from app.incidents.incident import IncidentState
from app.ui.log_place.hits_model import Column
from app.ui.log_place.search_bar import SearchBar
from app.ui.theme import Theme
from app.ui.words import state_name


@pytest.mark.parametrize("percent", [100, 125, 150])
def test_on_a_small_screen_the_field_and_the_states_have_their_room(
    console: Console, theme: Theme, qtbot: QtBot, percent: int
) -> None:
    console.set_text_size(percent)
    console.window.showNormal()
    console.window.resize(1366, 768)
    console.window.show_place("log")
    place, scale = console.window.log, percent / 100
    qtbot.waitUntil(lambda: place.isVisible() and place.model.rowCount() > 0, timeout=10_000)
    buttons = (place.bar.save, place.bar.export)
    qtbot.waitUntil(
        lambda: (
            place.bar._box.width() >= 260 * scale
            and all(button.width() >= button.sizeHint().width() for button in buttons)
        )
    )
    state = place.table.columnViewportPosition(Column.STATE)
    assert state + place.table.columnWidth(Column.STATE) <= place.table.viewport().width()
    metrics = QFontMetrics(replace(theme, scale=scale).font("body"))
    widest = max(metrics.horizontalAdvance(state_name(each)) for each in IncidentState)
    assert place.table.columnWidth(Column.STATE) >= widest + 16


def test_the_buttons_lose_their_words_and_then_their_caps_to_the_field(
    theme: Theme, qtbot: QtBot
) -> None:
    bar = SearchBar(theme)
    qtbot.addWidget(bar)
    bar.show()
    bar.fit(roomy=True)
    seen = []
    for width in range(1000, 420, -5):
        bar.resize(width, 100)
        shown = (not bar.hint.isHidden(), bool(bar.save.text()), bool(bar.save._key))
        if not seen or seen[-1] != shown:
            seen.append(shown)
        QCoreApplication.sendPostedEvents(bar, QEvent.Type.LayoutRequest)
        assert bar._box.width() >= 260, width
        assert bar.export.width() >= bar.export.sizeHint().width(), width
    assert seen == [(True, True, True), (False, True, True), (False, False, True), (False,) * 3]
    assert "Ctrl S" in bar.save.toolTip() and "Ctrl S" in bar.save.accessibleName()
    bar.resize(1000, 100)
    assert bar.save.text() and bar.save._key and not bar.save.toolTip()
