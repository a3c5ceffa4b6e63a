"""The import as the console runs it: apart, watched, cancelled, and never half done."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from app.errors import KnownError
from app.geo.coordinates import LatLon
from app.geo.imports import job
from app.geo.imports.job import BasemapImported, bring_map
from app.geo.imports.request import ImportCancelledError, ImportRequest, Progress
from tests.geo.imports import makers
from tests.geo.imports.makers import AT, MAKERS

STATION = LatLon(AT[1], AT[0])


def request(source: Path, folder: Path) -> ImportRequest:
    return ImportRequest(source, folder, 32648, STATION)


@pytest.fixture
def basemap(tmp_path: Path) -> Path:
    """A basemap folder that holds something already."""
    folder = tmp_path / "basemap"
    folder.mkdir()
    (folder / "map.gpkg").write_bytes(b"the map that was there")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_map_is_brought_by_a_process_of_its_own_and_the_old_one_is_kept(
    tmp_path: Path, basemap: Path
) -> None:
    (basemap / f"{job.UNFINISHED_PREFIX}old").mkdir()  # of a console that was killed
    told: list[Progress] = []
    report = bring_map(
        request(makers.geojson(tmp_path), basemap), stop=threading.Event(), told=told.append
    )
    assert report.kinds == {"road_2": 1, "road_4": 1}
    assert {path.name for path in basemap.iterdir()} == {"map.gpkg", "map.gpkg.previous"}
    assert (basemap / "map.gpkg.previous").read_bytes() == b"the map that was there"
    assert told
    fact = BasemapImported(report, "roads.geojson")
    assert fact.body()["sha256"] == report.sha256
    assert len(report.sha256) == 64


def truncated(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: max(len(data) * 2 // 3, 1)])


def scrambled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    dice = np.random.default_rng(len(data))
    for at in dice.integers(min(len(data) // 10, 100), len(data), max(len(data) // 20, 8)):
        data[at] = dice.integers(0, 256)
    path.write_bytes(data)


@pytest.mark.parametrize("kind", list(MAKERS))
def test_a_broken_file_changes_nothing_and_keeps_nobody_waiting(
    kind: str, tmp_path: Path, basemap: Path
) -> None:
    before = contents(basemap)
    for breaks in (truncated, scrambled):
        source = MAKERS[kind](tmp_path)
        breaks(source)
        began_s = time.monotonic()
        try:
            bring_map(request(source, basemap), stop=threading.Event())
        except KnownError as error:
            assert error.safe is not None
            assert contents(basemap) == before
        else:  # what was broken did not matter: then the new map is whole and the old one kept
            assert not list(basemap.glob(f"{job.UNFINISHED_PREFIX}*"))
            for path in basemap.iterdir():
                path.unlink()
            (basemap / "map.gpkg").write_bytes(before["map.gpkg"])
        assert time.monotonic() - began_s < 20.0  # 10 s, and a process started when busy


def test_a_cancelled_import_leaves_the_map_that_was_there(tmp_path: Path, basemap: Path) -> None:
    before = contents(basemap)
    stop = threading.Event()
    with pytest.raises(ImportCancelledError):
        bring_map(
            request(makers.geojson(tmp_path), basemap), stop=stop, told=lambda progress: stop.set()
        )
    assert contents(basemap) == before


def test_a_reader_that_hangs_is_ended_and_said(
    tmp_path: Path, basemap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "_SILENT_MOST_S", 0.5)
    before = contents(basemap)

    def hang(progress: Progress) -> None:
        for child in multiprocessing.active_children():
            if child.name == "map import" and child.pid:
                os.kill(child.pid, signal.SIGSTOP)

    with pytest.raises(KnownError, match="did not get on"):
        bring_map(request(makers.geojson(tmp_path), basemap), stop=threading.Event(), told=hang)
    assert contents(basemap) == before


def test_a_reader_that_dies_is_a_damaged_file(tmp_path: Path, basemap: Path) -> None:
    before = contents(basemap)

    def die(progress: Progress) -> None:
        for child in multiprocessing.active_children():
            if child.name == "map import":
                child.kill()

    with pytest.raises(KnownError, match="damaged or incomplete"):
        bring_map(request(makers.geojson(tmp_path), basemap), stop=threading.Event(), told=die)
    assert contents(basemap) == before


def test_a_basemap_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "basemap"
    folder.write_text("a file where the folder should be")
    with pytest.raises(KnownError):
        bring_map(request(makers.geojson(tmp_path), folder), stop=threading.Event())
