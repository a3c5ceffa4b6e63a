"""Writing that a power cut cannot halve, and telling a network disk from a disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import platform
from app.errors import KnownError
from app.station import Disk, Space
from app.station.disk import disk_trouble
from tests.station.places import small_disk

MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:26 / /proc rw - proc proc rw
40 22 0:41 / /mnt/share rw,relatime shared:3 - cifs //server/share rw
41 40 8:2 / /mnt/share/usb rw - vfat /dev/sdb1 rw
42 22 0:42 / /mnt/police\040station rw shared:5 master:2 - nfs4 server:/x rw
43 22 0:43 / /mnt/again rw - nfs server:/y rw
44 43 8:3 / /mnt/again rw - ext4 /dev/sdc1 rw
45 22 0:44 / /home/nong/cloud rw - fuse.sshfs nong@host: rw
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    path = tmp_path / "mountinfo"
    path.write_text(MOUNTS + "a line that is none\n")
    return path


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/srv/station", None),
        ("/mnt/share", "cifs"),
        ("/mnt/share/new/station", "cifs"),
        ("/mnt/share/usb/station", None),
        ("/mnt/shared", None),
        ("/mnt/police station/a", "nfs4"),
        ("/mnt/again/station", None),
        ("/home/nong/cloud/station", "fuse.sshfs"),
    ],
)
def test_a_network_disk_is_known_by_its_mount(mounts: Path, place: str, kind: str | None) -> None:
    assert platform.network_file_system(Path(place), mounts) == kind


def test_a_link_to_a_network_disk_is_a_network_disk(mounts: Path, tmp_path: Path) -> None:
    (tmp_path / "station").symlink_to("/mnt/share/station")
    assert platform.network_file_system(tmp_path / "station", mounts) == "cifs"


def test_a_machine_that_does_not_tell_its_mounts_is_taken_as_local(tmp_path: Path) -> None:
    assert platform.network_file_system(tmp_path, tmp_path / "none") is None
    assert platform.network_file_system(tmp_path) is None


@given(old=st.binary(max_size=50), new=st.binary(max_size=50))
def test_a_written_file_holds_what_was_written_and_nothing_is_left_beside_it(
    tmp_path_factory: pytest.TempPathFactory, old: bytes, new: bytes
) -> None:
    folder = tmp_path_factory.mktemp("written")
    path = folder / "file"
    Disk().write(path, old)
    Disk().write(path, new)
    assert path.read_bytes() == new
    assert list(folder.iterdir()) == [path]


def test_a_full_disk_keeps_the_old_file_whole(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", size_kb=64) as disk:
        path = disk / "file"
        Disk().write(path, b"old")
        with pytest.raises(KnownError, match="is full") as refused:
            Disk().write(path, bytes(100_000))
        assert path.read_bytes() == b"old"
        assert list(disk.iterdir()) == [path]
        assert refused.value.safe is not None and refused.value.do is not None


def test_a_private_file_is_private_even_in_place_of_an_open_one(tmp_path: Path) -> None:
    path = tmp_path / "file"
    Disk().write(path, b"1")
    assert not platform.is_private(path)
    Disk().write(path, b"2", private=True)
    assert platform.is_private(path)
    path.chmod(0o644)
    platform.keep_private(path)
    assert platform.is_private(path)


def test_a_renamed_folder_arrives_whole(tmp_path: Path) -> None:
    (tmp_path / "new" / "part").mkdir(parents=True)
    (tmp_path / "new" / "part" / "file").write_bytes(b"1")
    (tmp_path / "shelf").mkdir()
    Disk().sync_tree(tmp_path / "new")
    Disk().rename(tmp_path / "new", tmp_path / "shelf" / "station")
    assert (tmp_path / "shelf" / "station" / "part" / "file").read_bytes() == b"1"
    assert not (tmp_path / "new").exists()


def test_space_is_that_of_the_disk_even_for_a_folder_to_come(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", size_kb=1024) as disk:
        empty = Disk().space(disk / "to" / "come")
        assert empty == Space(free_bytes=1024 * 1024, total_bytes=1024 * 1024)
        assert empty.used_percent == 0
        (disk / "film").write_bytes(bytes(512 * 1024))
        assert Disk().space(disk).used_percent == 50


def test_a_disk_of_no_size_counts_as_full() -> None:
    assert Space(free_bytes=0, total_bytes=0).used_percent == 100


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "is full"),
        (errno.EDQUOT, "is full"),
        (errno.EROFS, "is read-only"),
        (errno.EACCES, "is read-only"),
        (errno.EIO, "failed: Input/output error"),
    ],
)
def test_every_refusal_of_the_system_is_a_sentence(number: int, sentence: str) -> None:
    error = disk_trouble(OSError(number, os.strerror(number)), Path("/srv/station"))
    said = [part.english() for part in error.sentences]
    assert sentence in said[0] and "/srv/station" in said[0]
    assert len(said) == 3


def test_the_user_and_the_computer_have_names() -> None:
    assert platform.user_name()
    assert platform.host_name()
