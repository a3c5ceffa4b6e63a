"""The run of the faults, part by part: what is done to the cameras, what the wall made of it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.demo.simulated_cameras import Fault
from benchmarks.fault_cameras import FAULTY, HEALTHY, FaultCameras
from benchmarks.fault_watch import Watch
from benchmarks.leftovers import Holdings
from benchmarks.processes import resident_mb
from benchmarks.runs import Program

_ALL = (*HEALTHY, *FAULTY)
_STEP_S = 0.25
_LOOK_EVERY_S = 0.01
_SETTLE_S = 1.0
_DETECT_S = 10.0
_RECOVER_S = 20.0
_BEFORE_DIMMED_S = 4.0
_STARVED_S = 1.0  # five times the jitter
# A camera that was well for so long is not waited for longer than for a first loss.
_LIVE_BETWEEN_RECONNECTS_S = 5.2


@dataclass(frozen=True, slots=True)
class Plan:
    """Which faults, and how long each part lasts."""

    faults: tuple[Fault, ...]
    jitter_s: float
    rounds_of_each: int
    hold_s: float
    back_s: float
    away_s: float
    away_times: int
    reconnects: int
    threads_settle_s: float
    """Idle threads of a pool leave by themselves (Qt: after 30 s); they are no leak."""


@dataclass(frozen=True, slots=True)
class Played:
    """What was wrong with a camera from a moment on."""

    camera: int
    fault: str
    from_s: float


@dataclass(slots=True)
class Findings:
    """What was measured so far. None: not measured."""

    false_lost: int | None = None
    starved: list[tuple[int, float]] = field(default_factory=list)
    healthy_fps: list[float] = field(default_factory=list)
    healthy_sent_fps: list[float] = field(default_factory=list)
    detect_s: list[float] = field(default_factory=list)
    recover_s: list[float] = field(default_factory=list)
    not_back: list[str] = field(default_factory=list)
    played: list[Played] = field(default_factory=list)
    reconnects: int = 0
    rss_before_mb: float | None = None
    rss_after_mb: float | None = None
    leaked_threads: int | None = None
    threads: list[list[int]] = field(default_factory=list)  # by process, before and after


class Run:
    """One console, its cameras and its judge, through all parts. Raises BrokenError when the
    console ends."""

    def __init__(
        self, program: Program, cameras: FaultCameras, watch: Watch, holdings: Holdings
    ) -> None:
        self._program = program
        self._cameras = cameras
        self._watch = watch
        self._holdings = holdings
        self.found = Findings()

    def play(self, plan: Plan) -> None:
        """All parts."""
        if plan.jitter_s:
            self._jitter(plan.jitter_s)
        threads_before = self._holdings.threads()
        self.found.threads.append(self._holdings.threads_by_process())
        last = Fault.WRONG_PASSWORD  # not asked again for minutes: nothing comes after it
        self._rounds(plan, tuple(fault for fault in plan.faults if fault is not last))
        for _ in range(plan.away_times):
            self._away(plan)
        if plan.reconnects:
            self._reconnect(plan.reconnects)
        most = self._holdings.fewest_threads(threads_before, plan.threads_settle_s)
        self.found.leaked_threads = max(0, most - threads_before)
        self.found.threads.append(self._holdings.threads_by_process())
        if last in plan.faults:
            self._hold([(FAULTY[-1], last)], plan.hold_s)
            self._heal(FAULTY[-1])

    def _fault(self, camera: int, fault: Fault) -> None:
        self.found.played.append(Played(camera, fault.value, time.monotonic()))
        self._cameras.fault(camera, fault)

    def _heal(self, camera: int) -> None:
        self._cameras.heal(camera)
        self.found.played.append(Played(camera, "well again", time.monotonic()))

    def _jitter(self, seconds: float) -> None:
        """The healthy cameras' pictures come unevenly; none of them may be called lost."""
        for camera in HEALTHY:
            self._fault(camera, Fault.JITTER)
        self._pause(_SETTLE_S)
        begin_s = time.monotonic()
        self._pause(seconds)
        self._count_false_lost(begin_s)
        for camera in HEALTHY:
            self._heal(camera)
        self._pause(_SETTLE_S)

    def _rounds(self, plan: Plan, faults: Sequence[Fault]) -> None:
        """Each fault in its turn on one camera after the other, eight at a time."""
        wanted = [fault for _ in range(plan.rounds_of_each) for fault in faults]
        for at in range(0, len(wanted), len(FAULTY)):
            together = list(zip(FAULTY, wanted[at:], strict=False))
            self._hold(together, plan.hold_s)
            healed_unix_s = time.time()
            for camera, _ in together:
                self._heal(camera)
            self._wait_back(together, healed_unix_s, plan.back_s)

    def _hold(self, together: Sequence[tuple[int, Fault]], seconds: float) -> None:
        for camera, fault in together:
            self._fault(camera, fault)
        begin_s = time.monotonic()
        self._pause(seconds)
        self._judge_healthy(begin_s)

    def _wait_back(
        self, together: Sequence[tuple[int, Fault]], since_unix_s: float, wait_s: float
    ) -> None:
        def missing() -> list[str]:
            return [
                f"{fault.value} on {camera}"
                for camera, fault in together
                if not self._watch.is_live(camera, since_unix_s)
            ]

        self._wait(lambda: not missing(), wait_s)
        self.found.not_back += missing()

    def _away(self, plan: Plan) -> None:
        """Some freeze, some hang up, some shut their port; after a while all are well again."""
        frozen, gone = FAULTY[:2], FAULTY[2:6]
        began_s = self._freeze(frozen)
        for camera in gone:
            self._fault(camera, Fault.DROP if camera % 2 else Fault.REFUSE)
        self.found.detect_s += self._times_until(
            frozen, lambda camera: not self._watch.is_lit(camera), began_s, _DETECT_S
        )
        self._pause(max(0.0, began_s[frozen[0]] + plan.away_s - time.monotonic()))
        self._judge_healthy(began_s[frozen[0]])
        healed_s, healed_unix_s = {}, time.time()
        for camera in (*gone, *frozen):
            healed_s[camera] = time.monotonic()
            self._heal(camera)
        self.found.recover_s += self._times_until(
            gone, lambda camera: self._watch.is_live(camera, healed_unix_s), healed_s, _RECOVER_S
        )
        self._wait_back([(camera, Fault.FREEZE) for camera in frozen], healed_unix_s, plan.back_s)
        self._pause(_LIVE_BETWEEN_RECONNECTS_S)

    def _freeze(self, cameras: Sequence[int]) -> dict[int, float]:
        began_s = {}
        for camera in cameras:
            began_s[camera] = time.monotonic()
            self._fault(camera, Fault.FREEZE)
        return began_s

    def _times_until(
        self,
        cameras: Sequence[int],
        is_seen: Callable[[int], bool],
        since_s: Mapping[int, float],
        deadline_s: float,
    ) -> list[float]:
        """How long each took; the deadline for one that did not come."""
        took: dict[int, float] = {}

        def all_seen() -> bool:
            for camera in cameras:
                if camera not in took and is_seen(camera):
                    took[camera] = time.monotonic() - since_s[camera]
            return len(took) == len(cameras)

        self._wait(all_seen, deadline_s)
        return [took.get(camera, deadline_s) for camera in cameras]

    def _reconnect(self, wanted: int) -> None:
        """All cameras hang up and are there again, over and over."""
        self._pause(_LIVE_BETWEEN_RECONNECTS_S)
        self.found.rss_before_mb = self._resident_mb()
        while self.found.reconnects < wanted:
            for camera in _ALL:
                self._fault(camera, Fault.DROP)
                self._heal(camera)
            since_unix_s = time.time()
            together = [(camera, Fault.DROP) for camera in _ALL]
            missing_before = len(self.found.not_back)
            self._wait_back(together, since_unix_s, _RECOVER_S)
            back = len(_ALL) - (len(self.found.not_back) - missing_before)
            if not back:
                return  # nothing comes back any more; the figures say so
            self.found.reconnects += back
            self._pause(_LIVE_BETWEEN_RECONNECTS_S)
        self.found.rss_after_mb = self._resident_mb()

    def _resident_mb(self) -> float:
        looks = []
        for _ in range(5):
            looks.append(resident_mb(self._holdings.living()))
            self._pause(_STEP_S)
        return statistics.median(looks)

    def _judge_healthy(self, begin_s: float) -> None:
        """From the first moment of the faults until now."""
        now_s = time.monotonic()
        for one in HEALTHY:
            self.found.healthy_fps.append(self._watch.fps(one, begin_s, now_s))
            self.found.healthy_sent_fps.append(self._cameras.sent_fps(one, begin_s, now_s))
        self._count_false_lost(begin_s)

    def _count_false_lost(self, begin_s: float) -> None:
        """A camera that the machine itself kept from sending was lost indeed."""
        now_s = time.monotonic()
        self.found.false_lost = self.found.false_lost or 0
        for camera in HEALTHY:
            for at_s in self._watch.dimmed_at(camera, begin_s, now_s):
                gap_s = self._cameras.longest_gap_s(camera, at_s - _BEFORE_DIMMED_S, at_s)
                if gap_s > _STARVED_S:
                    self.found.starved.append((camera, round(gap_s, 2)))
                else:
                    self.found.false_lost += 1

    def _wait(self, seen: Callable[[], bool], deadline_s: float) -> None:
        until_s = time.monotonic() + deadline_s
        look_s = time.monotonic()
        while not seen() and time.monotonic() < until_s:
            self._program.pause(_LOOK_EVERY_S)
            if time.monotonic() >= look_s:
                look_s += 1.0
                self._look_at_program()

    def _pause(self, seconds: float) -> None:
        self._wait(lambda: False, seconds)

    def _look_at_program(self) -> None:
        self._program.check()
        self._holdings.look()
