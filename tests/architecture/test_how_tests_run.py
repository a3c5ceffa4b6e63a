"""What the tests share, and the order in which they begin."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.longest_first import SECONDS, place_in_line
from tests.made_once import copied, made_once

ROOT = Path(__file__).resolve().parents[2]


def test_every_long_file_is_there_and_begins_before_those_that_nobody_measured() -> None:
    assert SECONDS and [name for name in SECONDS if not (ROOT / name).is_file()] == []
    assert sorted([*SECONDS, "tests/new.py"], key=place_in_line)[-1] == "tests/new.py"


def test_who_asks_at_the_same_time_waits_and_finds_it_whole(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    made: list[Path] = []
    name = f"thing of {os.getpid()}"

    def make(at: Path) -> None:
        made.append(at)
        at.mkdir()
        threading.Event().wait(0.05)  # time for the others to come
        (at / "whole").touch()

    with ThreadPoolExecutor(3) as threads:
        found = list(threads.map(lambda _: made_once(tmp_path_factory, name, make), range(3)))
    assert len(made) == 1
    assert all((one / "whole").exists() for one in found)


def test_what_could_not_be_made_is_made_by_the_next(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    name = f"trouble of {os.getpid()}"

    def fail(at: Path) -> None:
        at.mkdir()
        (at / "half").touch()
        raise OSError

    with pytest.raises(OSError):
        made_once(tmp_path_factory, name, fail)
    assert not (made_once(tmp_path_factory, name, Path.mkdir) / "half").exists()


def test_a_copy_may_be_changed_but_shares_its_recordings(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    (made / "a.mp4").write_bytes(b"1")
    (made / "index.db").write_bytes(b"1")
    copy = copied(made, tmp_path / "copy")
    (copy / "index.db").write_bytes(b"2")
    assert (made / "index.db").read_bytes() == b"1"
    assert (copy / "a.mp4").samefile(made / "a.mp4")
