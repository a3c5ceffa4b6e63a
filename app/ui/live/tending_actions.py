"""The keys of what is done with the selected incident beside its stages. Knows the window."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.duty.quiet import MINUTES_TO_MUTE
from app.thai.translation import tr
from app.ui.actions import LIVE, Action

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def tending_actions(window: MainWindow) -> tuple[Action, ...]:
    """In the order of the `?` card."""
    tending = window.live.tending
    ask = functools.partial(functools.partial, tending.ask)
    rows: tuple[tuple[str, str, Callable[[], None], str, str], ...] = (
        ("report", tr("The whole report"), tending.toggle_report, "I", "notebook-text"),
        ("correct", tr("Correct the report"), tending.correct_now, "C", "undo-2"),
        ("next_step", tr("Next step and its time"), ask("next_step"), "T", "calendar-clock"),
        ("owner", tr("Who answers for it"), ask("owner"), "O", "user"),
        ("late", tr("Under control, but earlier"), ask("late"), "Shift+U", "clock"),
        ("join", tr("Part of another incident"), ask("join"), "J", "combine"),
        ("cancel", tr("Cancel the incident"), ask("cancel"), "Shift+X", "x"),
        ("reopen", tr("Reopen the incident"), ask("reopen"), "Shift+O", "repeat"),
    )
    return tuple(
        Action(f"incident_{id_}", words, functools.partial(_run, window, run), keys, icon,
               bar=id_ == "report", place=LIVE)
        for id_, words, run, keys, icon in rows
    )  # fmt: skip


def sound_actions(window: MainWindow) -> tuple[Action, ...]:
    """The sound of overdue deadlines: tried, muted for a named time, heard again."""
    overdue = window.live.overdue
    mute = functools.partial(functools.partial, _mute, window)
    return (
        Action("sound_test", tr("Test the sound"), overdue.test, icon="bell"),
        *(
            Action(
                f"sound_mute_{minutes}",
                tr("Mute the sound for {minutes} minutes", minutes=minutes),
                mute(minutes),
                icon="bell-off",
            )
            for minutes in MINUTES_TO_MUTE
        ),
        Action("sound_on", tr("Let the sound be heard again"), mute(0), icon="bell"),
    )


def _mute(window: MainWindow, minutes: int) -> None:
    window.live.overdue.mute(minutes)


def _run(window: MainWindow, run: Callable[[], None]) -> None:
    window.show_place("live")
    run()
