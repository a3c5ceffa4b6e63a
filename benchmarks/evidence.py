"""Whether evidence can be trusted: `python -m benchmarks.evidence --json`.

Packages are exported, altered in ways drawn from a printed seed, and judged by what the checkers
say to a person (docs/measurements.md says exactly how); exports are timed; locks are played against
retention. Exits 1 when a figure is missed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import runpy
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.errors import KnownError
from app.evidence.verifier import check_package
from app.video.picture import Size
from benchmarks.evidence_footage import SegmentForm, Shelf, write_segment
from benchmarks.evidence_locks import measure_locks
from benchmarks.evidence_mutations import Mutation, Mutator, Seconds
from benchmarks.evidence_station import BEGINS, BenchStation, bench_station
from benchmarks.machine import machine, versions
from benchmarks.report import publish

LEAST = {"export_speed_x": 60.0}
MOST = {"undetected": 0, "wrong_second": 0, "locked_deleted": 0}
_PACKAGES = ("av", "cryptography", "numpy")
_SMALL = SegmentForm(Size(160, 90), 10, 20, 200_000, 20)
_CAMERAS = ("C01", "C02")
_LARGE = SegmentForm(Size(1920, 1080), 25, 60, 4_000_000, 4)
_PARTS = ("mutations", "export", "locks")
_NAMED = re.compile(r"\b(C\d\d) (\d\d:\d\d:\d\d)(?:–(\d\d:\d\d:\d\d))?")


@dataclass(slots=True)
class Judged:
    """What the checkers said of all mutations. The first of each fault is told in full."""

    mutations: int = 0
    undetected: int = 0
    wrong_second: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)


def main(arguments: Sequence[str]) -> int:
    """Measure, print, judge: 0 when all figures hold, 1 when one is missed."""
    asked = _read(arguments)
    if asked.product is not None:
        runpy.run_path(str(asked.product))
    report = measure(asked)
    return publish(report, as_json=asked.json)


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.evidence", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--quick", action="store_true", help="a small run of everything")
    parser.add_argument(
        "--seed", type=int, help="of mutations and interleavings; drawn if not given"
    )
    parser.add_argument("--only", choices=_PARTS, help="one part of it")
    parser.add_argument("--mutations", type=int, help="how many (10000)")
    parser.add_argument("--interleavings", type=int, help="of lock and retention (1000)")
    parser.add_argument("--minutes", type=int, help="of footage in the timed export (10)")
    parser.add_argument(
        "--product", type=Path, help="a file that is run first, to break the product"
    )
    asked = parser.parse_args(arguments)
    asked.seed = random.SystemRandom().randrange(1 << 32) if asked.seed is None else asked.seed
    asked.mutations = asked.mutations or (200 if asked.quick else 10_000)
    asked.interleavings = asked.interleavings or (40 if asked.quick else 1_000)
    asked.minutes = asked.minutes or (1 if asked.quick else 10)
    return asked


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    """Everything, or the one part that was asked for, in one temporary folder."""
    print(f"seed {asked.seed}", flush=True)
    figures: dict[str, Any] = {}
    beside: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="benchmark-evidence-") as name:
        root = Path(name)
        with bench_station(root) as station:
            if asked.only in (None, "mutations"):
                judged, both_ways = _mutations(station, root, asked)
                figures |= {
                    "mutations": judged.mutations,
                    "undetected": judged.undetected,
                    "wrong_second": judged.wrong_second,
                }
                beside |= {
                    "kinds": dict(judged.kinds.most_common()),
                    "faults": judged.faults,
                    "also_by_enclosed": both_ways,
                }
            if asked.only in (None, "export"):
                figures |= _export_speed(station, root, asked.minutes)
    if asked.only in (None, "locks"):
        locks = measure_locks(asked.interleavings, asked.seed)
        figures["locked_deleted"] = locks.locked_deleted
        beside |= {
            "interleavings": locks.interleavings,
            "locked_granted": locks.granted,
            "deleted_beside": locks.deleted,
            "first_locked_deleted": locks.first,
        }
    return {**figures, "missed": _missed(figures), "least": LEAST, "most": MOST, **beside} | {
        "seed": asked.seed,
        "machine": machine(),
        "versions": versions(_PACKAGES),
        "sizes": {
            "package": f"{len(_CAMERAS)} × {_SMALL.seconds} s of {_SMALL.size}",
            "export": f"{asked.minutes} min of {_LARGE.size}, {_LARGE.bits_per_s / 1e6:g} Mb/s",
        },
    }


def _missed(figures: Mapping[str, Any]) -> list[str]:
    low = [name for name, least in LEAST.items() if figures.get(name, least) < least]
    return low + [name for name, most in MOST.items() if figures.get(name, most) > most]


# Mutations


def _mutations(station: BenchStation, root: Path, asked: argparse.Namespace) -> tuple[Judged, int]:
    """Each mutation is checked by the station's program; every 50th also by the enclosed file."""
    shelf = Shelf()
    for seed, camera_id in enumerate(_CAMERAS):
        path = root / f"{camera_id}.mp4"
        write_segment(path, _SMALL, asked.seed % 1000 + seed)
        shelf.put(camera_id, path, BEGINS, _SMALL)
    target = root / "packages"
    target.mkdir()
    package = station.export(shelf, _CAMERAS, _SMALL.seconds, target)
    if not check_package(package.path, package.key).ok:
        raise RuntimeError("the package is not whole before anything was altered")
    mutator, judged, both_ways = Mutator(package.path, asked.seed), Judged(), 0
    enclosed = package.path / "verify.py"
    for number in range(asked.mutations):
        mutation = mutator.draw()
        altered = _altered(package.path, root / "altered", mutation)
        said = _said(altered, package.key)
        _judge(judged, mutation, said)
        if number % 50 == 0:
            both_ways += 1
            _compare(judged, mutation, said, _said_by_enclosed(enclosed, altered, package.key))
        shutil.rmtree(altered)
    return judged, both_ways


def _altered(package: Path, place: Path, mutation: Mutation) -> Path:
    """A copy by hard links, but for what the mutation writes."""
    for path in package.rglob("*"):
        name = path.relative_to(package).as_posix()
        if path.is_file() and name not in mutation.files:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            os.link(path, place / name)
    for name, data in mutation.files.items():
        if data is not None:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_bytes(data)
    return place


def _said(package: Path, key: str) -> list[str] | None:
    """What an officer reads, in English; None: it was called whole."""
    try:
        report = check_package(package, key)
    except KnownError as error:
        return [sentence.english() for sentence in error.sentences]
    return None if report.ok else [one.english() for one in report.sentences()]


def _said_by_enclosed(enclosed: Path, package: Path, key: str) -> list[str] | None:
    """The same of the file that goes into packages, run by itself."""
    command = [sys.executable, "-I", str(enclosed), str(package), "--key", key]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return None if ran.returncode == 0 else ran.stdout.splitlines()


def _judge(judged: Judged, mutation: Mutation, said: list[str] | None) -> None:
    judged.mutations += 1
    judged.kinds[mutation.kind] += 1
    named = _seconds(said or [])
    if said is None or not mutation.altered <= named:
        judged.undetected += 1
        judged.faults.setdefault(f"undetected: {mutation.kind}", str(said)[:500])
    if not named <= mutation.altered | mutation.instants:
        judged.wrong_second += 1
        judged.faults.setdefault(f"wrong second: {mutation.kind}", str(said)[:500])


def _compare(
    judged: Judged, mutation: Mutation, ours: list[str] | None, theirs: list[str] | None
) -> None:
    """Both checkers must say the same."""
    if (ours is None) != (theirs is None) or _seconds(ours or []) != _seconds(theirs or []):
        judged.undetected += 1
        judged.faults.setdefault(f"not the same: {mutation.kind}", f"{ours} / {theirs}"[:500])


def _seconds(sentences: Sequence[str]) -> Seconds:
    """Every second that stands in what was said."""
    found: set[tuple[str, str]] = set()
    for camera_id, begins, ends in _NAMED.findall("\n".join(sentences)):
        first, last = _of_day(begins), _of_day(ends or begins)
        found |= {(camera_id, _clock(at)) for at in range(first, max(last, first + 1))}
    return frozenset(found)


def _of_day(clock: str) -> int:
    hours, minutes, seconds = (int(part) for part in clock.split(":"))
    return hours * 3600 + minutes * 60 + seconds


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second % 3600 // 60:02d}:{second % 60:02d}"


# The timed export


def _export_speed(station: BenchStation, root: Path, minutes: int) -> dict[str, float]:
    """Seconds of footage a second, of one camera, from the order to the package's own name."""
    shelf, first = Shelf(), root / "large-0.mp4"
    write_segment(first, _LARGE, 1)
    for number in range(minutes):
        path = root / f"large-{number}.mp4"
        if number:
            shutil.copyfile(first, path)
        shelf.put("C01", path, BEGINS + timedelta(seconds=_LARGE.seconds * number), _LARGE)
    target = root / "timed"
    target.mkdir()
    begun_s, begun_cpu_s = time.perf_counter(), time.process_time()
    package = station.export(shelf, ("C01",), minutes * _LARGE.seconds, target)
    took_s = time.perf_counter() - begun_s
    took_cpu_s = time.process_time() - begun_cpu_s
    if not check_package(package.path, package.key).ok:
        raise RuntimeError("the timed package is not whole")
    return {
        "export_speed_x": round(minutes * _LARGE.seconds / took_s, 1),
        "export_speed_cpu_x": round(minutes * _LARGE.seconds / took_cpu_s, 1),
        "export_mb_s": round(package.size_bytes / took_s / 1e6, 1),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
