"""When a decode worker that died is started again, and with which cameras. Knows no process.

The first death is nobody's fault: all cameras come back at once. After a second within a minute the
cameras of that worker come back one after the other; the one whose coming brings the worker down
once more, or that was seen to hang it, goes to the ward and harms its neighbours no longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.video.workers.placement import WARD

MEMORY_S = 60.0
_WARD_MEMORY_S = 600.0
ONE_BY_ONE_S = 3.0
LONGEST_S = 30.0
_AT_ONCE = 3
"""So many starts a minute are not delayed: a worker that cannot run must not start for ever."""


@dataclass(slots=True)
class _Place:
    deaths_s: list[float] = field(default_factory=list)
    start_s: float = 0.0


class Restarts:
    """Remembers deaths. Times are on the supervisor's monotonic clock."""

    def __init__(self) -> None:
        self._places: dict[int, _Place] = {}
        self._due_s: dict[str, float] = {}
        self._on_trial: dict[int, list[str]] = {}
        self.ward: set[str] = set()

    def died(
        self, place: int, cameras: Sequence[str], now_s: float, *, culprit: str | None = None
    ) -> None:
        """The worker at `place` died with these cameras in it; `culprit` is who hung it."""
        state = self._places.setdefault(place, _Place())
        memory_s = _WARD_MEMORY_S if place == WARD else MEMORY_S
        state.deaths_s = [s for s in state.deaths_s if now_s - s <= memory_s] + [now_s]
        deaths = len(state.deaths_s)
        state.start_s = now_s + (_wait_s(deaths - _AT_ONCE) if deaths > _AT_ONCE else 0.0)
        if place == WARD:
            state.start_s = now_s + _wait_s(deaths)
        if deaths < 2 or place == WARD:
            return
        culprit = culprit or self._tried_last(place, now_s)
        self._on_trial.pop(place, None)
        if culprit is not None:
            self.ward.add(culprit)
        elif len(cameras) == 1:
            self.ward.update(cameras)
        else:
            self._try_one_by_one(place, cameras, state.start_s)

    def may_start(self, place: int, now_s: float) -> bool:
        """Whether the worker at `place` may be started now."""
        state = self._places.get(place)
        return state is None or now_s >= state.start_s

    def is_due(self, camera_id: str, now_s: float) -> bool:
        """Whether the camera may be given to its worker now."""
        return now_s >= self._due_s.get(camera_id, 0.0)

    def hold(self, camera_id: str, until_s: float) -> None:
        """Give the camera to no worker before then."""
        self._due_s[camera_id] = max(until_s, self._due_s.get(camera_id, 0.0))

    def let_go(self, camera_id: str) -> None:
        """The camera may be tried now: a person asked for it."""
        self._due_s.pop(camera_id, None)

    def forget(self, camera_id: str) -> None:
        """It is another camera now, or gone: nothing is held against it."""
        self._due_s.pop(camera_id, None)
        self.ward.discard(camera_id)

    def _try_one_by_one(self, place: int, cameras: Sequence[str], start_s: float) -> None:
        self._on_trial[place] = list(cameras)
        for turn, camera_id in enumerate(cameras):
            self.hold(camera_id, start_s + turn * ONE_BY_ONE_S)

    def _tried_last(self, place: int, now_s: float) -> str | None:
        """Who came last to a worker whose cameras come one after the other, if that is not long
        ago."""
        tried = [i for i in self._on_trial.get(place, ()) if self._due_s.get(i, 0.0) <= now_s]
        if not tried or now_s - self._due_s.get(tried[-1], 0.0) > 2 * ONE_BY_ONE_S:
            return None
        return tried[-1]


def _wait_s(times: int) -> float:
    return min(LONGEST_S, 2.0 ** (times - 1))
