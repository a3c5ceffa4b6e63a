"""What can be done with one tile, as actions with their keys. Knows the window."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.thai.translation import tr
from app.ui.actions import Action

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow


def tile_actions(window: MainWindow) -> tuple[Action, ...]:
    """For the selected tile, else the one under the pointer."""
    acts = window.live.acts
    run = functools.partial(functools.partial, _on_live, window)
    still = Action("camera_still", tr("Still picture"), run(acts.snapshot), "F5", "image", bar=True)
    return (
        still,
        Action("camera_mark", tr("Mark this moment"), run(acts.mark), "Ctrl+B", "bookmark"),
        Action("camera_closer", tr("Camera picture: closer"),
               run(functools.partial(acts.zoom, True)), "Alt+PgUp", "zoom-in"),
        Action("camera_farther", tr("Camera picture: farther"),
               run(functools.partial(acts.zoom, False)), "Alt+PgDown", "zoom-out"),
        Action("camera_whole", tr("The whole picture of the camera"), run(acts.whole), "Ctrl+0",
               "zoom-out"),
        *_pulls(window),
        Action("camera_retry", tr("Try the camera again now"), run(acts.retry), "Ctrl+R",
               "refresh-cw"),
        Action("camera_masks", tr("Privacy masks of the camera"), run(acts.draw_masks), "Ctrl+M",
               "eye-off"),
        Action("camera_take_off", tr("Take the camera off its tile"), run(acts.take_off),
               "Ctrl+Del", "x"),
        Action("camera_menu", tr("Menu of the tile"), run(acts.open_menu), "Shift+F10", "list"),
    )  # fmt: skip


def _pulls(window: MainWindow) -> tuple[Action, ...]:
    """Ctrl+Shift and an arrow: what lies that way comes into view."""
    look = window.live.acts.look
    ways = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}
    words = tr("Camera picture: look beside, above, below")
    keys = tuple(
        Action(f"camera_look_{way.lower()}", words,
               functools.partial(_on_live, window, functools.partial(look, *by)),
               f"Ctrl+Shift+{way}", "zoom-in", listed=False)
        for way, by in ways.items()
    )  # fmt: skip
    first = keys[0]
    return (
        Action("camera_look", words, first.run, cap="Ctrl Shift ↑ ↓ ← →", icon="zoom-in"),
        *keys,
    )


def _on_live(window: MainWindow, act: Callable[[], object]) -> None:
    """The tiles are seen in the Live place only, or in a window of their own."""
    if not window.live.grid.isVisible():
        window.show_place("live")
    act()
