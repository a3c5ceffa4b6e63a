"""Whether the log is quick, exact and whole: `python -m benchmarks.log --json`.

A station with a million incidents is built through the product's own log (minutes; `--keep DIR`
keeps it for the next run), then measured part by part (docs/measurements.md says exactly what).
Exits 1 when a figure is missed.

A part is one line in PARTS: a function from the built station to its figures, with their limits.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import log_append, log_intake, log_integrity, log_screen, log_search
from benchmarks.log_product import Product
from benchmarks.log_station import Station, built
from benchmarks.machine import machine, versions
from benchmarks.report import publish
from benchmarks.runs import BrokenError

INCIDENTS = 1_000_000
_PACKAGES = ("PySide6-Essentials", "sqlite-utils", "numpy", "regex")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is measured; `most` and `least` are the limits of its figures."""

    measure: Callable[[Station], Mapping[str, Any]]
    most: Mapping[str, float] = field(default_factory=dict)
    least: Mapping[str, float] = field(default_factory=dict)


PARTS: dict[str, Part] = {
    "search": Part(log_search.measure_search, log_search.MOST, log_search.LEAST),
    "append": Part(log_append.measure_appends, log_append.MOST),
    "screen": Part(log_screen.measure_screen, log_screen.MOST),
    "integrity": Part(log_integrity.measure_integrity, log_integrity.MOST, log_integrity.LEAST),
    "intake": Part(log_intake.measure_intake, log_intake.MOST),
}


def main(arguments: Sequence[str]) -> int:
    """Measure, print, judge: 0 when all figures hold, 1 when one is missed."""
    asked = _read(arguments)
    try:
        report = measure(asked)
    except BrokenError as error:
        limits = [name for part in asked.parts for name in _limits(PARTS[part])]
        report = {"broken": str(error), "missed": sorted(limits)}
    return publish(report, as_json=asked.json)


def measure(asked: argparse.Namespace) -> dict[str, Any]:
    """Build the station, then every part in turn. Raises BrokenError."""
    with tempfile.TemporaryDirectory(prefix="benchmark-log-", dir=asked.keep) as name:
        root = asked.keep or Path(name)
        folder = root / f"station-{asked.incidents}-{asked.seed}"
        told = built(folder, asked.product, asked.incidents, asked.seed)
        station = Station(
            folder=folder,
            product=asked.product,
            incidents=asked.incidents,
            entries=told["entries"],
            seed=asked.seed,
            scratch=Path(name),
            amounts={
                "queries": asked.queries,
                "appends": asked.appends,
                "rounds": asked.rounds,
                "likes": asked.likes,
                "filtered": asked.filtered,
                "kills": asked.kills,
            },
        )
        figures: dict[str, Any] = {}
        for part in asked.parts:
            figures |= PARTS[part].measure(station)
    return {**figures, **_judged(figures, asked.parts), **_circumstances(asked, told)}


def _judged(figures: Mapping[str, Any], parts: Sequence[str]) -> dict[str, Any]:
    """Which limits are missed. A figure that is not there although its part ran is missed too."""
    most = {name: limit for part in parts for name, limit in PARTS[part].most.items()}
    least = {name: limit for part in parts for name, limit in PARTS[part].least.items()}
    missed = [name for name in (*most, *least) if figures.get(name) is None]
    missed += [name for name, limit in most.items() if _number(figures, name, 0.0) > limit]
    missed += [name for name, limit in least.items() if _number(figures, name, limit) < limit]
    return {"missed": sorted(missed), "most": most, "least": least}


def _number(figures: Mapping[str, Any], name: str, otherwise: float) -> float:
    value = figures.get(name)
    return otherwise if value is None else float(value)


def _limits(part: Part) -> tuple[str, ...]:
    return (*part.most, *part.least)


def _circumstances(asked: argparse.Namespace, told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "parts": ",".join(asked.parts),
        "incidents": asked.incidents,
        "entries": told["entries"],
        "build_s": told["build_s"],
        "station_kept": told["kept"],
        "seed": asked.seed,
        "queries": asked.queries,
        "appends": asked.appends,
        "machine": machine(),
        "versions": versions(_PACKAGES),
    }


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.log", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--parts", help="some of " + ",".join(PARTS) + ", with commas (all)")
    parser.add_argument("--incidents", type=int, default=INCIDENTS, help=f"({INCIDENTS:,})")
    parser.add_argument("--queries", type=int, default=2_000, help="how many (2,000)")
    parser.add_argument("--rounds", type=int, default=5, help="of the scripted calls (5)")
    parser.add_argument("--appends", type=int, default=2_000, help="how many (2,000)")
    parser.add_argument("--likes", type=int, default=60, help="queries asked with LIKE too (60)")
    parser.add_argument("--filtered", type=int, default=200, help="questions with filters (200)")
    parser.add_argument("--kills", type=int, default=200, help="of a writer (200)")
    parser.add_argument("--seed", type=int, default=1, help="of all that is invented (1)")
    parser.add_argument("--keep", type=Path, help="build the station here, for other runs too")
    parser.add_argument("--product", type=Path, help="a module whose Product is judged instead")
    asked = parser.parse_args(arguments)
    asked.parts = tuple(asked.parts.split(",")) if asked.parts else tuple(PARTS)
    if not set(asked.parts) <= set(PARTS):
        parser.error("--parts must be some of " + ",".join(PARTS))
    if asked.incidents < 100 or asked.queries < 10 or asked.likes < 1:
        parser.error("too few to measure")
    if asked.keep is not None:
        asked.keep = asked.keep.resolve()
        asked.keep.mkdir(parents=True, exist_ok=True)
    asked.product = _product(asked.product)
    return asked


def _product(path: Path | None) -> Any:
    if path is None:
        return Product
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise BrokenError(f"{path} is no module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Product


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
