"""Whether what the clerk prints is right the first time: `python -m benchmarks.papers --json`.

Papers of invented incidents are printed by the program, in processes of their own, and judged by
their stored bytes and by the pixels of their rendered pages (docs/measurements.md says how).
Exits 1 when a figure is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.machine import machine, versions
from benchmarks.papers_eye import UnseenError, grid_error_mm, measure, page_pixels, scale_error_pct
from benchmarks.papers_grid import on_grid
from benchmarks.papers_judge import (
    attached_bytes,
    is_same_page,
    paper_faults,
    pdfa_checker,
    pdfa_faults,
    pdfium_text,
    words_found_pct,
)
from benchmarks.papers_station import Known, Sizes, Station, build
from benchmarks.percentiles import percentile
from benchmarks.report import publish
from benchmarks.runs import BrokenError

ROOT = Path(__file__).resolve().parents[1]
MOST = {
    "incident_sheet_first_ms": 900.0,
    "incident_sheet_p95_ms": 400.0,
    "handover_500_incidents_ms": 3000.0,
    "scale_error_pct": 0.3,
    "grid_error_mm": 0.3,
    "pdf_kb": 1500.0,
    "preview_ms": 150.0,
}
LEAST = {"thai_words_found_pct": 97.0}
TRUE = ("reprint_identical", "same_page_from_data", "pdfa_valid")
SCALES = (2_500, 5_000, 10_000)
"""Maps are measured at each of these; times are those of the first."""
_PACKAGES = ("typst", "pypdfium2", "PySide6-Essentials", "numpy", "segno")
_PROBE_S = 1200.0
_MOST_FAULTS = 20
_ZONE = 48


def main(arguments: Sequence[str]) -> int:
    """Measure, print, judge: 0 when all figures hold, 1 when one is missed."""
    asked = _read(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="benchmark-papers-") as name:
            report = measure_all(asked, Path(name))
    except BrokenError as error:
        report = {"broken": str(error), "missed": sorted([*MOST, *LEAST, *TRUE])}
    return publish(report, as_json=asked.json)


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.papers", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--timed", type=int, default=40, help="incidents that are timed (40)")
    parser.add_argument("--random", type=int, default=200, help="printed again and anew (200)")
    parser.add_argument("--shift", type=int, default=500, help="incidents on the handover (500)")
    parser.add_argument("--seed", type=int, default=1, help="of the incidents (1)")
    parser.add_argument("--product", type=Path, help="a broken product in place of the program")
    parser.add_argument("--maps", type=int, default=4, help="maps measured at each scale (4)")
    parser.add_argument(
        "--scales", type=int, default=len(SCALES), help="of them: the first so many"
    )
    parser.add_argument("--station", type=Path, help="use the station here; made if there is none")
    return parser.parse_args(arguments)


def measure_all(asked: argparse.Namespace, scratch: Path) -> dict[str, Any]:
    """Everything. Raises BrokenError: the program did not print."""
    station = _station(asked, scratch)
    where = scratch / "work"
    where.mkdir()
    told = _run(asked, station, _first_tasks(asked, station, where))
    timed = [Path(path) for path in (*told["first"]["paths"], *told["timed"]["paths"])]
    papers = list(zip(station.timed, timed, strict=True))
    faults = [fault for known, path in papers for fault in paper_faults(known, path, pages=2)]
    handover = Path(told["handover"]["paths"][0])
    faults += _missing_numbers(station, handover)
    scale_pct, grid_mm, unseen = _maps(asked, station, told)
    same, preview = _printed_again(asked, station, where, told["random"]["hashes"], timed)
    faults += [*unseen, *same.pop("faults")]
    not_pdfa = [fault for path in (*timed, handover) for fault in pdfa_faults(path)]
    figures: dict[str, Any] = {
        "incident_sheet_first_ms": round(told["first"]["ms"][0], 1),
        "incident_sheet_p95_ms": round(percentile(told["timed"]["ms"], 95), 1),
        "incident_sheet_median_ms": round(statistics.median(told["timed"]["ms"]), 1),
        "handover_500_incidents_ms": round(told["handover"]["ms"][0], 1),
        "scale_error_pct": round(scale_pct, 4),
        "grid_error_mm": round(grid_mm, 4),
        **same,
        "thai_words_found_pct": round(words_found_pct(papers), 1),
        "pdf_kb": round(max(path.stat().st_size for path in timed) / 1000, 1),
        "preview_ms": round(percentile(preview["ms"], 95), 1),
        "pdfa_valid": not not_pdfa,
    }
    faults += [f"the preview is {size}" for size in preview["sizes"] if min(size) < 8]
    return {
        **figures,
        "missed": sorted([*_missed(figures), *(["papers"] if faults else [])]),
        "faults": faults[:_MOST_FAULTS],
        "pdfa_checker": pdfa_checker(),
        "pdfa_faults": sorted(set(not_pdfa))[:_MOST_FAULTS],
        "most": MOST | {name: f"at least {least}" for name, least in LEAST.items()},
        "machine": machine(),
        "versions": versions(_PACKAGES),
        "seed": asked.seed,
        "sizes": {"timed": asked.timed, "random": asked.random, "shift": asked.shift},
        "platform": "offscreen",
    }


def _missed(figures: Mapping[str, Any]) -> list[str]:
    missed = [name for name, most in MOST.items() if not figures[name] <= most]
    missed += [name for name, least in LEAST.items() if not figures[name] >= least]
    return missed + [name for name in TRUE if figures[name] is not True]


def _station(asked: argparse.Namespace, scratch: Path) -> Station:
    """Built, or a copy of one that was: printing writes into it."""
    sizes = Sizes(asked.timed, asked.random, asked.shift, asked.seed)
    if asked.station is None:
        scratch.joinpath("made").mkdir()
        return build(scratch / "made", sizes)
    if not (asked.station / "station.json").is_file():
        asked.station.mkdir(parents=True, exist_ok=True)
        build(asked.station, sizes)
    shutil.copytree(asked.station, scratch / "made")
    return Station.read(scratch / "made")


def _first_tasks(asked: argparse.Namespace, station: Station, where: Path) -> dict[str, Any]:
    """What the first process does. The first sheet of all is timed by itself."""
    first, *others = [known.id for known in station.timed]
    shown = [known.id for known in station.timed[: asked.maps]]
    return {
        "first": {"do": "print", "kind": "incident", "about": [first]},
        "timed": {"do": "print", "kind": "incident", "about": others},
        "handover": {"do": "print", "kind": "handover", "about": [station.handover]},
        "random": {
            "do": "print", "kind": "incident", "about": [known.id for known in station.random],
            "files": str(where / "files"),
        },
        **{
            f"map {scale}": {"do": "print", "kind": "incident", "about": shown,
                             "options": {"scale": scale, "stills": []}}
            for scale in SCALES[: asked.scales]
        },
        "correct": {"do": "correct", "about": [known.id for known in station.random]},
    }  # fmt: skip


def _run(asked: argparse.Namespace, station: Station, tasks: Mapping[str, Any]) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.papers_probe", str(station.folder)]
    command += ["--product", str(asked.product)] if asked.product else []
    env = {name: value for name, value in os.environ.items() if name != "DISPLAY"}
    env |= {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    try:
        ran = subprocess.run(
            command, input=json.dumps(tasks), cwd=ROOT, env=env, capture_output=True, text=True,
            timeout=_PROBE_S,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise BrokenError(f"the papers were not printed within {_PROBE_S:.0f} s") from error
    if ran.returncode != 0:
        raise BrokenError(" | ".join((ran.stderr or ran.stdout).splitlines()[-4:]))
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def _missing_numbers(station: Station, handover: Path) -> list[str]:
    text = pdfium_text(handover)
    missing = [number for number in station.shift if number not in text]
    return [f"the handover lacks {len(missing)} incidents: {missing[:3]}"] if missing else []


def _maps(
    asked: argparse.Namespace, station: Station, told: Mapping[str, Any]
) -> tuple[float, float, list[str]]:
    """The worst bar and the worst line of the grid, and what could not be seen."""
    scale_pct = grid_mm = 0.0
    unseen: list[str] = []
    for scale in SCALES[: asked.scales]:
        for known, path in zip(station.timed, told[f"map {scale}"]["paths"], strict=False):
            try:
                bar, line = _map_errors(known, Path(path), scale)
            except UnseenError as error:
                bar = line = float("inf")
                unseen.append(f"{known.number} at 1:{scale}: {error}")
            scale_pct, grid_mm = max(scale_pct, bar), max(grid_mm, line)
    return scale_pct, grid_mm, unseen


def _map_errors(known: Known, path: Path, scale: int) -> tuple[float, float]:
    if f"1:{scale:,}" not in pdfium_text(path):
        raise UnseenError("the page does not say its scale")
    seen = measure(page_pixels(path.read_bytes(), 0))
    place = on_grid(known.lat_deg, known.lon_deg, _ZONE)
    return scale_error_pct(seen, scale), grid_error_mm(seen, scale, place)


def _printed_again(
    asked: argparse.Namespace,
    station: Station,
    where: Path,
    hashes: Sequence[str],
    timed: Sequence[Path],
) -> tuple[dict[str, Any], dict[str, Any]]:
    """In a new process, after every incident was added to: the stored bytes, pages made anew from
    the data that the stored papers carry, and previews of the timed ones.
    """
    first = {
        sha256: (station.folder / "papers" / f"{sha256}.pdf").read_bytes() for sha256 in hashes
    }
    data = where / "data"
    data.mkdir()
    for sha256, pdf in first.items():
        (data / f"{sha256}.json").write_bytes(attached_bytes(pdf))
    again, anew = where / "again", where / "anew"
    named = {"hashes": list(first)}
    tasks = {
        "again": {"do": "again", "out": str(again), **named},
        "anew": {"do": "from_data", "out": str(anew), "data": str(data),
                 "files": str(where / "files"), **named},
        "preview": {"do": "preview", "paths": [str(path) for path in timed]},
    }  # fmt: skip
    preview = _run(asked, station, tasks)["preview"]
    others = [sha for sha, pdf in first.items() if (again / f"{sha}.pdf").read_bytes() != pdf]
    pages = [
        sha
        for sha, pdf in first.items()
        if not is_same_page(pdf, (anew / f"{sha}.pdf").read_bytes())
    ]
    alike = sum((anew / f"{sha}.pdf").read_bytes() == pdf for sha, pdf in first.items())
    faults = [f"printed again, {sha[:12]} is other bytes" for sha in others]
    faults += [f"set from its data, {sha[:12]} is another page" for sha in pages]
    if len(first) < len(station.random):
        faults.append(f"{len(station.random)} incidents gave {len(first)} papers")
    same = {
        "reprint_identical": bool(first) and not others,
        "same_page_from_data": bool(first) and not pages,
        "same_bytes_from_data": alike,
        "faults": faults,
    }
    return same, preview


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
