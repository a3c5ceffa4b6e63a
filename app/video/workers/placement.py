"""Which camera lives in which decode worker. Knows no process.

Shown cameras are spread evenly, since a worker that ends takes all of its cameras along. A camera
that is shown is never moved; one that comes into view may be, for nothing of it is open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from app.platform import FFMPEG_IS_THREAD_SAFE

MOST_WORKERS = 8
_SMALL_WALL = 8  # cameras
WARD = MOST_WORKERS
"""The place of cameras that brought their worker down again and again: they share one that is not
counted, so that they can harm only each other."""


class Placement:
    """Places 0 … `MOST_WORKERS` - 1, one for every two cameras, later six, and the ward."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self._shown: frozenset[str] = frozenset()

    def arrange(
        self, cameras: Sequence[str], shown: Sequence[str], ward: Collection[str] = ()
    ) -> Mapping[str, int]:
        """The place of every camera; ids in `shown` are all in `cameras`, the most urgent first."""
        known = set(cameras)
        kept = {i: place for i, place in self._places.items() if i in known and i not in ward}
        kept = {i: place for i, place in kept.items() if place != WARD}
        workers = max(_workers_for(len(cameras)), 1 + max(kept.values(), default=-1))
        in_view = [camera_id for camera_id in shown if camera_id not in ward]
        staying = [i for i in in_view if i in self._shown and i in kept]
        seen = Counter(kept[camera_id] for camera_id in staying)
        most_seen = -(-len(in_view) // workers)
        for camera_id in in_view:
            if camera_id in staying:
                continue
            if camera_id not in kept or seen[kept[camera_id]] >= most_seen:
                kept[camera_id] = _emptiest(workers, seen, Counter(kept.values()))
            seen[kept[camera_id]] += 1
        for camera_id in cameras:
            if camera_id not in kept and camera_id not in ward:
                kept[camera_id] = _emptiest(workers, Counter(kept.values()))
        self._places = kept | dict.fromkeys((i for i in cameras if i in ward), WARD)
        self._shown = frozenset(shown)
        return dict(self._places)


def _workers_for(cameras: int) -> int:
    """One for two cameras, so that a crash costs no more. A large wall costs a twelfth less with
    six to a worker, which opens them at the same time; where it cannot, they would wait."""
    each = 6 if FFMPEG_IS_THREAD_SAFE and cameras > _SMALL_WALL else 2
    least = 3 if cameras > _SMALL_WALL else 1
    return max(least, min(MOST_WORKERS, -(-cameras // each)))


def _emptiest(workers: int, *counts: Counter[int]) -> int:
    """The place with the smallest first count; among equals the second count decides."""

    def load(place: int) -> Iterable[int]:
        return [count[place] for count in counts]

    return min(range(workers), key=lambda place: [*load(place), place])
