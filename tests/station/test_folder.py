"""A station is made whole or not at all, and a folder that is none is refused in one sentence."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from app.errors import KnownError
from app.station import Disk, StationFolder, create_station, open_station
from tests.station.places import ordinary_user, profile, small_disk

ROOMS = ["basemap", "evidence", "logs", "papers", "recordings", "station.toml"]


def on_nfs(_path: Path) -> str:
    return "nfs4"


def everything(root: Path) -> dict[str, bytes | None]:
    return {
        str(path.relative_to(root)): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def test_a_new_station_opens_with_what_it_was_made_with(tmp_path: Path) -> None:
    made = create_station(tmp_path / "mukdahan", profile())
    opened = open_station(tmp_path / "mukdahan")

    assert opened == made
    assert opened.profile == profile()
    assert opened.warnings == ()
    assert sorted(path.name for path in opened.root.iterdir()) == ROOMS
    assert [path.name for path in tmp_path.iterdir()] == ["mukdahan"]


def test_a_station_may_be_made_in_an_empty_folder_and_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "disk")

    made = create_station(tmp_path / "link", profile())

    assert made.root == tmp_path / "disk"
    assert open_station(tmp_path / "link") == made


def test_what_fills_a_new_station_is_there_when_the_station_is(tmp_path: Path) -> None:
    def fill(folder: StationFolder) -> None:
        assert not (tmp_path / "demo").exists()
        folder.database.write_bytes(b"entries")

    made = create_station(tmp_path / "demo", profile(), fill=fill)

    assert made.database.read_bytes() == b"entries"


def test_a_station_that_cannot_be_filled_is_not_there_at_all(tmp_path: Path) -> None:
    def fill(folder: StationFolder) -> None:
        folder.database.write_bytes(b"half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        create_station(tmp_path / "demo", profile(), fill=fill)

    assert list(tmp_path.iterdir()) == []


def test_a_power_cut_while_a_station_is_made_leaves_no_half_station(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path\n"
        "from app.station import create_station; from tests.station.places import profile\n"
        "create_station(Path(sys.argv[1]), profile(),"
        " fill=lambda folder: os.kill(os.getpid(), signal.SIGKILL))\n"
    )
    died = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "demo")],
        cwd=Path(__file__).resolve().parents[2],
        check=False,
    )

    assert died.returncode == -signal.SIGKILL
    assert not (tmp_path / "demo").exists()
    assert open_station(create_station(tmp_path / "demo", profile()).root).profile == profile()


@pytest.mark.parametrize("what", ["a file", "a full folder", "a station"])
def test_nothing_that_exists_is_made_into_a_station(tmp_path: Path, what: str) -> None:
    root = tmp_path / "there"
    if what == "a file":
        root.write_text("letter")
    elif what == "a station":
        create_station(root, profile())
    else:
        root.mkdir()
        (root / "letter.txt").write_text("dear sir")
    before = everything(tmp_path)

    with pytest.raises(KnownError, match=r"There is something at .*there already"):
        create_station(root, profile(name_en="Another"))

    assert everything(tmp_path) == before


def test_a_station_is_not_made_in_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"The folder .*nowhere does not exist"):
        create_station(tmp_path / "nowhere" / "mukdahan", profile())
    assert list(tmp_path.iterdir()) == []


def test_a_station_is_not_made_with_a_wrong_value(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"the value of station\.id is not right"):
        create_station(tmp_path / "mukdahan", profile(station_id="Mukdahan!"))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_no_half_station(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", size_kb=64) as disk:
        (disk / "film").write_bytes(bytes(64 * 1024))
        with pytest.raises(KnownError, match="is full"):
            create_station(disk / "mukdahan", profile())
        assert [path.name for path in disk.iterdir()] == ["film"]


def test_a_place_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"There is no station at .*that folder does not exist"):
        open_station(tmp_path / "nothing")


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(KnownError, match="There is no station at"):
        open_station(tmp_path / "a")


def test_a_name_too_long_for_any_disk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read"):
        open_station(tmp_path / ("x" * 300))


@pytest.mark.parametrize("what", ["a file", "an empty folder", "a folder of letters"])
def test_what_is_not_a_station_is_refused_and_not_touched(tmp_path: Path, what: str) -> None:
    root = tmp_path / "there"
    if what == "a file":
        root.write_text("letter")
    else:
        root.mkdir()
        if what == "a folder of letters":
            (root / "letter.txt").write_text("dear sir")
    before = everything(tmp_path)

    with pytest.raises(KnownError, match="there is not a station") as refused:
        open_station(root)

    assert refused.value.do is not None and "station.toml" in refused.value.do.english()
    assert everything(tmp_path) == before


def test_a_station_without_its_profile_says_that_its_log_is_still_there(tmp_path: Path) -> None:
    root = create_station(tmp_path / "mukdahan", profile()).root
    (root / "station.db").write_bytes(b"entries")
    (root / "station.toml").unlink()

    with pytest.raises(KnownError, match=r"has lost its file station\.toml") as refused:
        open_station(root)

    assert [part.english() for part in refused.value.sentences][1] == "Its log is still there."


def test_a_station_made_by_a_newer_program_is_refused(tmp_path: Path) -> None:
    root = create_station(tmp_path / "mukdahan", profile()).root
    text = (root / "station.toml").read_text("utf-8").replace("format = 1", "format = 2")
    (root / "station.toml").write_text(text, "utf-8")
    before = everything(root)

    with pytest.raises(KnownError, match="was made by a newer program"):
        open_station(root)

    assert everything(root) == before


def test_a_station_on_a_network_disk_is_refused_both_ways(tmp_path: Path) -> None:
    root = create_station(tmp_path / "mukdahan", profile()).root
    with pytest.raises(KnownError, match=r"is on a network disk \(nfs4\)"):
        open_station(root, Disk(network_kind=on_nfs))
    with pytest.raises(KnownError, match=r"is on a network disk \(nfs4\)"):
        create_station(tmp_path / "new", profile(), Disk(network_kind=on_nfs))
    assert [path.name for path in tmp_path.iterdir()] == ["mukdahan"]


@pytest.mark.parametrize("part", [".", "station.toml"])
def test_a_station_that_may_not_be_read_is_refused(part: str) -> None:
    with ordinary_user() as home:
        root = create_station(home / "mukdahan", profile()).root
        (root / part).chmod(0)
        try:
            with pytest.raises(KnownError, match="This user may not read"):
                open_station(root)
        finally:
            (root / part).chmod(0o700)


@pytest.mark.parametrize("part", [".", "recordings", "station.db"])
def test_a_station_that_may_not_be_written_is_refused(part: str) -> None:
    with ordinary_user() as home:
        root = create_station(home / "mukdahan", profile()).root
        (root / "station.db").write_bytes(b"entries")
        (root / part).chmod(0o500)
        try:
            with pytest.raises(KnownError, match="it is read-only"):
                open_station(root)
            assert open_station(root, read_only=True).profile == profile()
        finally:
            (root / part).chmod(0o700)


def test_a_folder_that_may_not_be_written_gets_no_station() -> None:
    with ordinary_user() as home:
        (home / "archive").mkdir(mode=0o500)
        with pytest.raises(KnownError, match="it is read-only"):
            create_station(home / "archive" / "mukdahan", profile())
        assert list((home / "archive").iterdir()) == []


def test_empty_rooms_that_a_copy_has_dropped_are_made_again(tmp_path: Path) -> None:
    root = create_station(tmp_path / "mukdahan", profile()).root
    (root / "papers").rmdir()

    open_station(root, read_only=True)
    assert not (root / "papers").exists()

    open_station(root)
    assert sorted(path.name for path in root.iterdir()) == ROOMS
