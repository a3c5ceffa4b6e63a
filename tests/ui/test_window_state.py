"""The window is found as it was left; a file that cannot be read gives a fresh window."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from app.application import Console
from app.clock import ScriptedClock
from app.ui import window_state
from app.ui.theme import Theme
from app.ui.wall.wall import Standing
from app.ui.wall.wall_arrangement import Arrangement
from app.ui.wall.wall_memory import WallMemory
from app.ui.wall.wall_window import WallPlace
from app.ui.window_state import WindowState
from tests.ui.conftest import running_console
from tests.ui.still_pictures import StillPictures

WALL = WallMemory(
    usual=Standing(Arrangement(("C02", "", "C01"), ("C09",)), 4, 0),
    named=Standing(Arrangement(("C05",), ("C01", "C02", "C09"), takes_new=False), 6, 0),
    layout_id="wall-2",
    zooms={"C02": (2.0, 0.5, 0.25)},
    window=WallPlace(1920, -40, 1280, 1024, maximized=True),
    is_out=True,
)
STATE = WindowState("th", 1400, 800, False, "live", 12, (500, 300), (560, 840), (854, 546),
                    16.54, 104.72, 0.9, WALL)  # fmt: skip


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    path = tmp_path / "config" / "window.json"
    window_state.save(path, STATE)
    assert window_state.load(path) == STATE


def test_a_window_from_before_the_wall_was_remembered_keeps_its_size(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    stored = asdict(STATE)
    del stored["wall"]
    path.write_text(json.dumps(stored), encoding="utf-8")
    loaded = window_state.load(path)
    assert loaded is not None and (loaded.width, loaded.wall) == (1400, WallMemory())


def test_nothing_remembered_is_a_fresh_window(tmp_path: Path) -> None:
    assert window_state.load(tmp_path / "window.json") is None


@given(content=st.binary(max_size=200))
def test_a_file_of_any_bytes_is_a_fresh_window_or_a_state(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("state") / "window.json"
    path.write_bytes(content)
    assert window_state.load(path) is None


def test_the_next_console_opens_as_the_last_one_was_left(
    station: Path, theme: Theme, clock: ScriptedClock, qtbot: QtBot
) -> None:
    with running_console(station, theme, clock, StillPictures(), qtbot) as first:
        first.window.showNormal()
        first.window.resize(1500, 850)
        first.window.live.grid.set_tile_count(6)
        first.window.show_place("setup")
        left = window_state.capture(first.window)
    with running_console(station, theme, clock, StillPictures(), qtbot) as second:
        assert second.window.place_id == "setup"
        assert second.window.live.grid.tile_count == 6
        assert (second.window.width(), second.window.height()) == (1500, 850)
        assert window_state.capture(second.window).language == left.language


def _standing_of(*places: str) -> dict[str, object]:
    arrangement = {"places": list(places), "put_away": [], "takes_new": True}
    return {"arrangement": arrangement, "tile_count": 4, "page": 0}


BROKEN: dict[str, dict[str, object]] = {
    "an unknown place": {"place": "nowhere"},
    "words for a number": {"tiles": "many"},
    "words for a width": {"width": "wide"},
    "no number at all": {"map_lat_deg": float("nan")},
    "an unknown language": {"language": "xx"},
    "a wall of words": {"wall": "many"},
    "a camera in two places": {"wall": asdict(WALL) | {"usual": _standing_of("C01", "C01")}},
    "a window of no size": {"wall": asdict(WALL) | {"window": {"left": 0, "top": 0}}},
    "a zoom that is none": {"wall": asdict(WALL) | {"zooms": {"C01": [float("nan"), "a"]}}},
    "a size below nothing": {"width": -5, "height": -5},
}


def test_a_remembered_window_that_makes_no_sense_does_not_keep_the_console_from_opening(
    console: Console, tmp_path: Path
) -> None:
    path = tmp_path / "window.json"
    for what, change in BROKEN.items():
        path.write_text(json.dumps({**asdict(STATE), **change}), encoding="utf-8")
        state = window_state.load(path)
        if state is not None:
            window_state.apply(console.window, state)
        assert console.window.place_id, what
        assert console.window.width() > 100, what
