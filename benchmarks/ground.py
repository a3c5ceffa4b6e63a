"""How fast the ground answers, and whether it answers right: `python -m benchmarks.ground --json`.

The figures that need no screen (docs/measurements.md says what each is). Exits 1 when one is
missed or an answer is wrong.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely

from benchmarks import ground_oracle
from benchmarks.ground_town import (
    CENTRE_LAT,
    CENTRE_LON,
    EPSG,
    SEED,
    Eye,
    Points,
    Sizes,
    Town,
    degrees,
    make_town,
    write_lines,
    write_osm,
    write_town,
)
from benchmarks.machine import machine, versions
from benchmarks.report import publish

FIGURES = (
    "import_100k_s",
    "osm_pbf_s",
    "who_sees_ms",
    "coverage_200_cameras_s",
    "point_in_zones_100k_s",
)
MOST = {
    "import_100k_s": 3.0,
    "who_sees_ms": 5.0,
    "coverage_200_cameras_s": 2.0,
    "point_in_zones_100k_s": 0.5,
}
COVERAGE_OFF_MOST = 0.01
_PACKAGES = ("numpy", "shapely", "pyproj", "pyogrio", "osmium")
_ASKED_POINTS = 300
_CHECKED_POINTS = 40
_CHECKED_MEMBERS = 5_000


class WrongError(Exception):
    """The product gave a wrong answer; the message says which."""


class Bench:
    """One product, one town, one folder."""

    def __init__(self, product: Any, sizes: Sizes, folder: Path, runs: int) -> None:
        self._product = product
        self._sizes = sizes
        self._folder = folder
        self._runs = runs
        self._town = make_town(sizes)

    def measure(self) -> dict[str, Any]:
        """Every figure in turn; those after a wrong answer are measured all the same."""
        figures: dict[str, Any] = {}
        wrong: dict[str, str] = {}
        for name, figure in self._figures().items():
            try:
                figures[name] = round(figure(), 4)
            except WrongError as error:
                figures[name] = None
                wrong[name] = str(error)
        figures["rss_mb"] = round(
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6, 1
        )
        return {**figures, "wrong": wrong}

    def _figures(self) -> Mapping[str, Callable[[], float]]:
        measured = (
            self._import_lines,
            self._import_osm,
            self._who_sees,
            self._coverage,
            self._point_in_zones,
        )
        return dict(zip(FIGURES, measured, strict=True))

    def _import_lines(self) -> float:
        source = self._folder / "lines.gpkg"
        length_m = write_lines(source, self._sizes.lines)
        taken = [self._bring(source, f"lines-{run}") for run in range(self._runs)]
        found_m, count = _roads_in(self._folder / "lines-0")
        if count != self._sizes.lines or abs(found_m / length_m - 1) > 1e-6:
            raise WrongError(f"{self._sizes.lines} lines of {length_m:.0f} m went in, "
                             f"{count} of {found_m:.0f} m came out")  # fmt: skip
        return min(taken)

    def _import_osm(self) -> float:
        source = self._folder / "town.osm.pbf"
        write_osm(source, self._town)
        seconds = self._bring(source, "osm")
        found_m, count = _roads_in(self._folder / "osm")
        length_m = float(shapely.length(self._town.streets).sum())
        if count != len(self._town.streets) or abs(found_m / length_m - 1) > 1e-4:
            raise WrongError(f"{len(self._town.streets)} streets went in, {count} came out")
        return seconds

    def _who_sees(self) -> float:
        self._open_town(self._town.eyes)
        dice = np.random.default_rng(SEED + 1)
        places = self._town.points[dice.integers(0, len(self._town.points), _ASKED_POINTS)]
        lonlat = degrees(places)
        taken_ms = []
        for number, (lon, lat) in enumerate(lonlat.tolist()):
            began_s = time.perf_counter()
            found = self._product.who_sees(lat, lon)
            taken_ms.append((time.perf_counter() - began_s) * 1000)
            if number < _CHECKED_POINTS:
                _check_sighted(self._town, places[number], found)
        return float(np.percentile(taken_ms, 95))

    def _coverage(self) -> float:
        eyes = self._town.eyes[: self._sizes.coverage_cameras]
        self._open_town(eyes)
        zone = shapely.transform(self._town.zone, degrees)
        taken = []
        for _ in range(self._runs):
            began_s = time.perf_counter()
            found = self._product.coverage(zone)
            taken.append(time.perf_counter() - began_s)
        right = ground_oracle.coverage(self._town, eyes)
        for name, one, other in zip(("ground", "seen", "seen twice"), found, right, strict=True):
            if abs(one - other) > COVERAGE_OFF_MOST * other:
                raise WrongError(f"{name}: {one:.0f} m² where the oracle has {other:.0f} m²")
        return min(taken)

    def _point_in_zones(self) -> float:
        zones = [shapely.transform(zone, degrees) for zone in self._town.zones]
        lonlat = degrees(self._town.points)
        taken = []
        for _ in range(self._runs):
            began_s = time.perf_counter()
            found = np.asarray(self._product.members(zones, lonlat))
            taken.append(time.perf_counter() - began_s)
        some = lonlat[:_CHECKED_MEMBERS]
        right = ground_oracle.members(np.array(zones, dtype=object), some)
        off = int((found[: len(some)] != right).sum())
        if off or found.shape != (len(lonlat), len(zones)):
            raise WrongError(f"{off} of {right.size} places are in the wrong zones")
        return min(taken)

    def _bring(self, source: Path, name: str) -> float:
        folder = self._folder / name
        began_s = time.perf_counter()
        self._product.bring(source, folder, CENTRE_LAT, CENTRE_LON)
        return time.perf_counter() - began_s

    def _open_town(self, eyes: Sequence[Eye]) -> None:
        folder = self._folder / "town"
        if not folder.exists():
            write_town(self._folder / "town.gpkg", self._town)
            self._product.bring(self._folder / "town.gpkg", folder, CENTRE_LAT, CENTRE_LON)
            self._product.open_map(folder)
        places = degrees(np.array([(eye.east_m, eye.north_m) for eye in eyes]))
        self._product.set_cameras(
            [
                (eye.id, lat, lon, eye.bearing_deg, eye.angle_deg, eye.range_m)
                for eye, (lon, lat) in zip(eyes, places.tolist(), strict=True)
            ]
        )


def _check_sighted(town: Town, place: Points, found: Sequence[str]) -> None:
    sure, unsure = ground_oracle.who_sees(town, place)
    if set(found) - unsure != sure or len(set(found)) != len(found):
        raise WrongError(f"{sorted(found)} are said to see a place that {sorted(sure)} see")


def _roads_in(folder: Path) -> tuple[float, int]:
    """Length and number of the roads of the map that was made, read without the product."""
    [file] = folder.glob("*.gpkg")
    _, _, wkb, _ = pyogrio.raw.read(file, layer="roads")
    lines = shapely.from_wkb(wkb)
    return float(shapely.length(lines).sum()), len(lines)


def main(arguments: Sequence[str]) -> int:
    """Measure, print, judge: 0 when every figure holds and every answer is right, else 1."""
    asked = _read(arguments)
    sizes = Sizes().scaled(asked.scale)
    with tempfile.TemporaryDirectory(prefix="benchmark-ground-") as name:
        bench = Bench(_product(asked.product), sizes, Path(name), asked.runs)
        figures = bench.measure()
    missed = [name for name, most in MOST.items() if (figures[name] or 0.0) > most]
    report = {
        **figures,
        "missed": [*missed, *(name for name in figures["wrong"] if name not in missed)],
        "most": MOST,
        "machine": machine(),
        "versions": versions(_PACKAGES),
        "seed": SEED,
        "sizes": vars(sizes),
        "runs": asked.runs,
    }
    return publish(report, as_json=asked.json)


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ground", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--runs", type=int, default=3, help="times each is done; the best counts")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the town's sizes (1)")
    default = Path(__file__).with_name("ground_product.py")
    parser.add_argument("--product", type=Path, default=default, help="what is judged")
    asked = parser.parse_args(arguments)
    if asked.runs < 1 or not 0 < asked.scale <= 1:
        parser.error("--runs must be 1 or more, --scale above 0 and up to 1")
    return asked


def _product(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("judged_product", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Product(EPSG)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
