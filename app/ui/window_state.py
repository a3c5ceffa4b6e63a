"""What the window remembers: size, place, splitters, layout, map, language. No reports."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.map.marks import ViewState
from app.thai.translation import Language, language
from app.ui.rail import places
from app.ui.theme import TEXT_PERCENTS
from app.ui.wall.wall_memory import WallMemory, remember_wall, restore_wall, wall_memory
from app.ui.zone_map.map_look import MapLook, map_look

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_logger = logging.getLogger(__name__)
Sizes = tuple[int, ...]
_LONGEST_PX = 100_000


@dataclass(frozen=True, slots=True)
class WindowState:
    """One window, as it stood. Lengths in logical pixels."""

    language: str
    width: int
    height: int
    maximized: bool
    place: str
    tiles: int
    halves: Sizes
    upper: Sizes
    lower: Sizes
    map_lat_deg: float
    map_lon_deg: float
    map_px_per_m: float
    wall: WallMemory = field(default_factory=WallMemory)
    map: MapLook | None = None
    """The Map place; None when it was never opened."""
    text_percent: int = 100
    map_is_home: bool = False


def capture(window: MainWindow) -> WindowState:
    """The window as it stands now."""
    live = window.live
    view = live.map.view_state()
    return WindowState(
        language=language().value,
        width=window.normalGeometry().width() or window.width(),
        height=window.normalGeometry().height() or window.height(),
        maximized=window.isMaximized(),
        place=window.place_id,
        tiles=live.grid.tile_count,
        halves=tuple(live.halves.sizes()),
        upper=tuple(live.top_split.shares()),
        lower=tuple(live.bottom_split.shares()),
        map_lat_deg=view.lat_deg,
        map_lon_deg=view.lon_deg,
        map_px_per_m=view.px_per_m,
        map_is_home=view.is_home,
        wall=remember_wall(live),
        map=window.places.map_look(),
        text_percent=window.text_percent,
    )


def apply(window: MainWindow, state: WindowState) -> None:
    """Make a window stand as another stood; sizes beyond the screen are cut to it."""
    room = window.screen().availableGeometry()
    window.resize(min(state.width, room.width()), min(state.height, room.height()))
    live = window.live
    live.halves.setSizes(list(state.halves))
    live.top_split.set_shares(list(state.upper))
    live.bottom_split.setSizes(list(state.lower))
    restore_wall(live, state.wall)
    live.grid.set_tile_count(state.tiles)
    live.map.restore_view_state(
        ViewState(state.map_lat_deg, state.map_lon_deg, state.map_px_per_m, state.map_is_home)
    )
    if state.map is not None:
        window.places.restore_map(state.map)
    window.show_place(state.place)


def load(path: Path) -> WindowState | None:
    """What was remembered; None if nothing was, or if it cannot be read: then a fresh window."""
    try:
        return _checked(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        _logger.info("the remembered window could not be read; a fresh one is shown")
        return None


def _checked(stored: dict[str, Any]) -> WindowState:
    """The state, every value of its own kind; ValueError, TypeError or KeyError otherwise."""
    state = WindowState(
        language=Language(stored["language"]).value,
        width=_length(stored["width"]),
        height=_length(stored["height"]),
        maximized=bool(stored["maximized"]),
        place=str(stored["place"]),
        tiles=_length(stored["tiles"]),
        halves=tuple(_length(size) for size in stored["halves"]),
        upper=tuple(_length(size) for size in stored["upper"]),
        lower=tuple(_length(size) for size in stored["lower"]),
        map_lat_deg=_within(stored["map_lat_deg"], -80.0, 84.0),
        map_lon_deg=_within(stored["map_lon_deg"], -180.0, 180.0),
        map_px_per_m=_within(stored["map_px_per_m"], 1e-6, 1e4),
        map_is_home=bool(stored.get("map_is_home", False)),
        wall=wall_memory(stored["wall"]) if "wall" in stored else WallMemory(),
        map=map_look(stored["map"]) if stored.get("map") else None,
        text_percent=_text_size(stored.get("text_percent", 100)),
    )
    if state.place not in {"handover", *(place.id for place in places())}:
        raise ValueError(f"no such place: {state.place[:40]!r}")
    return state


def _length(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= _LONGEST_PX:
        raise ValueError(f"not a length: {value!r:.40}")
    return value


def _text_size(value: object) -> int:
    if value not in TEXT_PERCENTS:
        raise ValueError(f"not a text size: {value!r:.40}")
    return int(str(value))


def _within(value: object, least: float, most: float) -> float:
    if not isinstance(value, int | float) or not least <= value <= most:  # NaN is in no range
        raise ValueError(f"not from {least} to {most}: {value!r:.40}")
    return float(value)


def save(path: Path, state: WindowState) -> None:
    """Remember it. Not worth an error: the next window is then a fresh one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(state)), encoding="utf-8")
    except OSError:
        _logger.info("the window's state could not be kept")
