"""The papers' benchmark on the program, on one that does everything wrong, and on drawn pages."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fontpkg_sarabun
import numpy as np
import pytest
import typst

from app.geo.coordinates import LatLon, utm_grid
from benchmarks.papers import LEAST, MOST, TRUE
from benchmarks.papers_eye import (
    MM,
    UnseenError,
    grid_error_mm,
    measure,
    scale_error_pct,
)
from benchmarks.papers_grid import OnGrid, on_grid
from benchmarks.papers_words import body_of, found_in, stress_words
from benchmarks.pdfa_rules import faults

ROOT = Path(__file__).resolve().parents[2]
BROKEN = Path(__file__).parent / "broken"
LONG_S = 240.0
SMALL = (
    *("--timed", "2", "--random", "1", "--shift", "5"),
    *("--maps", "1", "--scales", "1"),
)
_SOURCE = """
#pdf.attach(
  "a.json", bytes("{}"), relationship: "data", mime-type: "text/json", description: "said",
)
ก"""
_FONTS = [str(Path(fontpkg_sarabun.__file__).parent / "files")]


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the small station is built once."""
    return tmp_path_factory.mktemp("papers") / "station"


def bench(station: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    """One run on a few incidents: its exit code, and the object on its last line."""
    command = [sys.executable, "-m", "benchmarks.papers", "--json", *SMALL]
    command += ["--station", str(station), *arguments]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONG_S)
    assert ran.returncode in (0, 1), ran.stderr
    report: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    assert "broken" not in report, report
    return ran.returncode, report


def test_the_programs_papers_are_right_and_every_figure_is_told(station: Path) -> None:
    code, report = bench(station)
    assert code == bool(report["missed"])  # two noisy cores: how fast it was is not judged here
    assert report["faults"] == []
    assert [name for name in TRUE if report[name] is not True] == []
    slow = {name for name in MOST if name.endswith("_ms")}
    assert set(report["missed"]) <= slow
    assert all(report[name] > 0 for name in (*MOST, *LEAST))
    assert report["same_bytes_from_data"] == 1


def test_a_program_that_does_it_all_wrong_misses_every_figure(station: Path) -> None:
    code, report = bench(station, "--product", str(BROKEN / "papers_spoilt.py"))
    assert code == 1
    assert set(report["missed"]) == {*MOST, *LEAST, *TRUE, "papers"}
    assert report["scale_error_pct"] == pytest.approx(0.5, abs=0.1)
    told = " ".join(report["faults"])
    assert "stills" in told and "other bytes" in told and "another page" in told


# -- the ruler ----------------------------------------------------------------------------------

_PLACE = OnGrid(470_978.0, 1_829_035.0, 0.9996)


def a_page(*, bar_mm: float = 40.0, line_off_mm: float = 0.0, lines: bool = True) -> Any:
    """A map of 160 × 90 mm at 1:2,500 on a white page, with its mark in the middle."""
    page = np.full((round(110 * MM), round(210 * MM), 3), 250, np.uint8)
    left, top, right, bottom = (round(mm * MM) for mm in (30, 10, 190, 100))
    x, y = left + round(80 * MM), top + round(45 * MM)
    mm_a_metre = 0.4 / _PLACE.scale
    for hundred in range(-3, 4) if lines else ():
        east = 100 * (round(_PLACE.east_m / 100) + hundred)
        north = 100 * (round(_PLACE.north_m / 100) + hundred)
        across = x + round(((east - _PLACE.east_m) * mm_a_metre + line_off_mm) * MM)
        down = y - round((north - _PLACE.north_m) * mm_a_metre * MM)
        if left < across < right - 4:
            page[top:bottom, across - 2 : across + 3] = 120
        if top < down < bottom - 4:
            page[down - 2 : down + 3, left:right] = 120
    page[top : top + 10, left:right] = page[bottom - 10 : bottom, left:right] = 0
    page[top:bottom, left : left + 10] = page[top:bottom, right - 10 : right] = 0
    page[y - 60 : y + 61, x - 60 : x + 61] = (180, 40, 30)
    bar = round(140 * MM)
    page[bottom - 200 : bottom - 180, bar : bar + round(bar_mm * MM)] = 10
    return page


def test_a_map_that_is_right_is_found_right() -> None:
    seen = measure(a_page())
    assert scale_error_pct(seen, 2_500) < 0.1
    assert grid_error_mm(seen, 2_500, _PLACE) < 0.1


@pytest.mark.parametrize(
    ("bar_mm", "error_pct"), [(40.16, 0.4), (39.8, 0.5), (42.0, 5.0), (20.1, 0.5)]
)
def test_a_bar_that_is_too_long_or_too_short_is_found(bar_mm: float, error_pct: float) -> None:
    seen = measure(a_page(bar_mm=bar_mm))
    assert scale_error_pct(seen, 2_500) == pytest.approx(error_pct, abs=0.1)


def test_a_line_that_lies_beside_its_place_is_found() -> None:
    seen = measure(a_page(line_off_mm=0.4))
    assert grid_error_mm(seen, 2_500, _PLACE) == pytest.approx(0.4, abs=0.06)


def test_a_map_without_lines_or_frame_is_no_right_map() -> None:
    with pytest.raises(UnseenError, match="0 lines"):
        grid_error_mm(measure(a_page(lines=False)), 2_500, _PLACE)
    with pytest.raises(UnseenError, match="frame"):
        measure(np.full((3_000, 2_000, 3), 255, np.uint8))


@pytest.mark.parametrize("place", [(16.5431, 104.7228), (15.1, 102.05), (18.2, 107.9)])
def test_the_benchmarks_own_grid_is_the_projections(place: tuple[float, float]) -> None:
    mine = on_grid(*place, 48)
    east_m, north_m = utm_grid(48).point_to_metres(LatLon(*place))
    assert (mine.east_m, mine.north_m) == pytest.approx((east_m, north_m), abs=1e-3)
    east = on_grid(place[0], place[1] + 1e-5, 48)
    away_m = 1e-5 * np.pi / 180 * 6378137 * np.cos(np.radians(place[0]))
    away_m /= np.sqrt(1 - 0.00669438 * np.sin(np.radians(place[0])) ** 2)
    walked = np.hypot(east.east_m - mine.east_m, east.north_m - mine.north_m)
    assert mine.scale == pytest.approx(walked / away_m, rel=1e-5)


# -- the reader ---------------------------------------------------------------------------------


def test_a_word_with_a_mark_astray_is_not_found() -> None:
    words = stress_words()
    assert len(words) == len(set(words)) == 200
    body = body_of(words, 1)
    assert found_in(body.replace(" ", "\n"), words) == set(words)
    astray = body.replace("น้ำ", "นํ้า")
    assert 0 < len(words) - len(found_in(astray, words)) < 10


def a_pdf(source: str, standard: str = "a-3b") -> bytes:
    """Set by Typst itself."""
    head = '#set document(title: "ก")\n#set text(font: "Sarabun")\n'
    made: bytes = typst.compile(
        {"main.typ": (head + source).encode()},
        font_paths=_FONTS,
        ignore_system_fonts=True,
        pdf_standards=[standard] if standard else [],
        timestamp=datetime(2026, 11, 22, tzinfo=UTC),
    )
    return made


def test_what_typst_calls_pdf_a_keeps_the_rules_and_other_pdf_does_not() -> None:
    assert faults(a_pdf(_SOURCE)) == []
    clauses = {fault.split()[0] for fault in faults(a_pdf("ก", standard=""))}
    assert {"6.2.3", "6.6.4"} <= clauses
    assert faults(b"no PDF")[0].startswith("cannot be read")


@pytest.mark.parametrize(
    ("found", "put", "clause"),
    [
        (b"%PDF-1.", b"%PDF-2.", "6.1.2"),
        (b"/Type/Catalog", b"/AA<<>>/Type/Catalog", "6.5.2"),
        (b"/FontFile", b"/FontGone", "6.2.11.4"),
        (b"/GTS_PDFA1", b"/GTS_PDFX9", "6.2.3"),
        (b"pdfaid:conformance>B", b"pdfaid:conformance>X", "6.6.4"),
        (b"/AFRelationship", b"/AFRelationshop", "6.8"),
    ],
)
def test_a_rule_that_is_broken_is_named(found: bytes, put: bytes, clause: str) -> None:
    pdf = a_pdf(_SOURCE)
    assert found in pdf
    assert any(fault.startswith(clause) for fault in faults(pdf.replace(found, put)))
