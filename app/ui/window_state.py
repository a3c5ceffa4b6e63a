"""What the window remembers: size, place, splitters, layout, map, language. No reports."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.map.marks import ViewState
from app.thai.translation import Language, language

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_logger = logging.getLogger(__name__)
Sizes = tuple[int, ...]


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
        upper=tuple(live.top_split.sizes()),
        lower=tuple(live.bottom_split.sizes()),
        map_lat_deg=view.lat_deg,
        map_lon_deg=view.lon_deg,
        map_px_per_m=view.px_per_m,
    )


def apply(window: MainWindow, state: WindowState) -> None:
    """Make a window stand as another stood; sizes beyond the screen are cut to it."""
    room = window.screen().availableGeometry()
    window.resize(min(state.width, room.width()), min(state.height, room.height()))
    live = window.live
    live.halves.setSizes(list(state.halves))
    live.top_split.setSizes(list(state.upper))
    live.bottom_split.setSizes(list(state.lower))
    live.grid.set_tile_count(state.tiles)
    live.map.restore_view_state(ViewState(state.map_lat_deg, state.map_lon_deg, state.map_px_per_m))
    window.show_place(state.place)


def load(path: Path) -> WindowState | None:
    """What was remembered; None if nothing was, or if it cannot be read: then a fresh window."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        for name in ("halves", "upper", "lower"):
            stored[name] = tuple(int(size) for size in stored[name])
        state = WindowState(**stored)
        Language(state.language)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        _logger.info("the remembered window could not be read; a fresh one is shown")
        return None
    return state


def save(path: Path, state: WindowState) -> None:
    """Remember it. Not worth an error: the next window is then a fresh one."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(state)), encoding="utf-8")
    except OSError:
        _logger.info("the window's state could not be kept")
