"""What a desk remembers of its wall: both arrangements, the layout, zooms, the other window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.ui.wall.tile_places import known_count
from app.ui.wall.tile_view import TileView
from app.ui.wall.wall import NOTHING_NAMED, Standing
from app.ui.wall.wall_arrangement import Arrangement
from app.ui.wall.wall_window import WallPlace

if TYPE_CHECKING:
    from app.ui.live.live_place import LivePlace

_LONGEST_ID = 64
_MOST_PLACES = 10_000
_FARTHEST_PX = 100_000
Zooms = Mapping[str, tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class WallMemory:
    """One wall, as it stood."""

    usual: Standing = field(default_factory=Standing)
    named: Standing = NOTHING_NAMED
    layout_id: str = ""
    zooms: Zooms = field(default_factory=dict)
    window: WallPlace | None = None
    is_out: bool = False


def remember_wall(live: LivePlace) -> WallMemory:
    """The wall as it stands now; full screen is not remembered."""
    wall, seat = live.grid.wall, live.wall_seat
    return WallMemory(
        usual=wall.usual,
        named=wall.named,
        layout_id=wall.layout.id if wall.layout else "",
        zooms=live.grid.views.stored(),
        window=seat.window_place(),
        is_out=seat.is_out or seat.opens_out,
    )


def restore_wall(live: LivePlace, memory: WallMemory) -> None:
    """Make the wall stand as another stood; the layout comes when the log has been read."""
    live.grid.views.restore(memory.zooms)
    live.grid.rearrange(lambda wall: wall.resume(memory.usual, memory.named, None))
    live.layouts.resume(memory.layout_id)
    live.wall_seat.remembered = memory.window
    live.wall_seat.opens_out = memory.is_out


def wall_memory(stored: Mapping[str, Any]) -> WallMemory:
    """From what was stored; ValueError, TypeError, KeyError or AttributeError for anything else."""
    window = stored["window"]
    return WallMemory(
        usual=_standing(stored["usual"], takes_new=True),
        named=_standing(stored["named"], takes_new=False),
        layout_id=_id(stored["layout_id"]),
        zooms={_id(camera_id): _zoom(zoom) for camera_id, zoom in stored["zooms"].items()},
        window=None if window is None else _place(window),
        is_out=bool(stored["is_out"]),
    )


def _standing(stored: Mapping[str, Any], *, takes_new: bool) -> Standing:
    arrangement = stored["arrangement"]
    places, put_away = (_ids(arrangement[name]) for name in ("places", "put_away"))
    here = [camera_id for camera_id in (*places, *put_away) if camera_id]
    if len(set(here)) != len(here):
        raise ValueError("a camera is remembered in two places")
    standing = Standing(
        Arrangement(places, put_away, takes_new),
        known_count(_whole(stored["tile_count"])),
        _whole(stored["page"]),
    )
    return standing.on_a_page_there_is()


def _ids(stored: Sequence[object]) -> tuple[str, ...]:
    if len(stored) > _MOST_PLACES:
        raise ValueError("more places than any wall has")
    return tuple(_id(one) for one in stored)


def _id(stored: object) -> str:
    if not isinstance(stored, str) or len(stored) > _LONGEST_ID:
        raise ValueError(f"not an id: {stored!r:.40}")
    return stored


def _zoom(stored: Sequence[object]) -> tuple[float, float, float]:
    numbers = [float(one) for one in stored if isinstance(one, int | float)]
    scale, centre_x, centre_y = numbers
    TileView(scale, centre_x, centre_y)  # makes sense of any numbers
    return scale, centre_x, centre_y


def _place(stored: Mapping[str, Any]) -> WallPlace:
    left, top, width, height = (
        _whole(stored[name], least=-_FARTHEST_PX if name in ("left", "top") else 1)
        for name in ("left", "top", "width", "height")
    )
    return WallPlace(left, top, width, height, bool(stored["maximized"]))


def _whole(stored: object, least: int = 0) -> int:
    if not isinstance(stored, int) or not least <= stored <= _FARTHEST_PX:
        raise ValueError(f"not a length: {stored!r:.40}")
    return stored
