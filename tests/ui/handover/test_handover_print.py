"""The handover's print button: what was signed goes on paper, what still writes itself does not."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.clock import ScriptedClock
from app.ui.theme import Theme
from tests.ui.handover.room import a_room


def test_only_a_signed_handover_can_be_printed(
    tmp_path: Path, clock: ScriptedClock, theme: Theme, qtbot: QtBot
) -> None:
    with a_room(tmp_path, clock, theme, qtbot) as room:
        place, button = room.place, room.place.signing.print
        assert (place.printable_id, button.isEnabled()) == ("", False)
        room.write("ขบวนแห่ 19:00")
        assert room.handover.waiting is not None
        assert place.printable_id == room.handover.waiting.id
        with qtbot.waitSignal(place.print_requested):
            button.click()
