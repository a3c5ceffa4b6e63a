"""The actions of one place: each leads there first, from wherever it was asked for.

Their keys fire in that place only, and never while a field is being typed into.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from app.ui.actions import Action

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

P = TypeVar("P")


class PlaceActions(Generic[P]):
    """Makes them, one call each; `place` is asked for when one of them is done."""

    def __init__(
        self, window: MainWindow, place_id: str, place: Callable[[], P], icon: str = "list"
    ) -> None:
        self._window, self._id, self._place, self._icon = window, place_id, place, icon

    def __call__(
        self, id_: str, words: str, act: Callable[[P], object], keys: str = "", icon: str = "",
        *, bar: bool = False, cap: str = "", listed: bool = True,
    ) -> Action:  # fmt: skip
        """`act` is given the place; the rest is as in `Action`."""
        run = functools.partial(self._run, act)
        icon = icon or self._icon
        return Action(f"{self._id}_{id_}", words, run, keys, icon, bar, cap, listed, self._id)

    def _run(self, act: Callable[[P], object]) -> None:
        if self._window.place_id != self._id:
            self._window.show_place(self._id)
        act(self._place())
