"""An export that cannot end well leaves nothing half, says why, and the log tells no lie."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import platform
from app.clock import ScriptedClock
from app.duty.console import ConsoleStopped
from app.errors import KnownError
from app.evidence.export import export
from app.evidence.export_order import PackageForm
from app.evidence.export_plan import ExportPlan, plan_export
from app.evidence.exports import ExportRemoved
from app.evidence.office import EvidenceOffice
from app.evidence.package_writer import check_target, writing_trouble
from app.evidence.unfinished_exports import remove_unfinished
from app.evidence.verifier import check_package
from app.incidents.incident import NoteAdded
from app.log.verify import verify
from app.station import Disk, FileSecrets, Redactor, open_station
from app.station.disk import GrowingFile
from app.thai.translation import Language, explain
from app.views import all_views
from tests.evidence.material import (
    SUPERVISOR,
    RoomyDisk,
    Station,
    bodies,
    lying_about_room,
    seconds,
)
from tests.station.places import small_disk
from tests.station_log import PROGRAM, a_station_log, on_a_full_disk, with_room_again
from tests.video.archive.material import EVENING

FORMS = pytest.mark.parametrize("form", list(PackageForm))


def plan_of(station: Station, target: Path, form: PackageForm = PackageForm.FOLDER) -> ExportPlan:
    order = station.order(target, form=form, camera_ids=("C01", "C02"), span=seconds(0, 24))
    return plan_export(station.archive.footage, order)


def assert_nothing_left(station: Station, target: Path | None) -> None:
    """Neither at the target nor in the station; the log does not say that anything left."""
    if target is not None:
        assert list(target.iterdir()) == []
    assert list(station.folder.evidence.iterdir()) == []
    exported = [one["package"] for one in bodies(station.log, "clip_exported")]
    removed = [one["package"] for one in bodies(station.log, "export_removed")]
    assert set(exported) <= set(removed)
    assert len(set(removed)) == len(removed)
    assert verify(station.folder.database, all_views()).ok


def said(trouble: KnownError) -> str:
    assert trouble.safe is not None
    assert trouble.do is not None
    assert explain(trouble, Language.THAI) != explain(trouble, Language.ENGLISH)
    return trouble.what.english()


@FORMS
def test_a_full_disk_in_the_middle(recorded: Station, tmp_path: Path, form: PackageForm) -> None:
    with small_disk(tmp_path / "small", 500) as target:
        plan = plan_of(recorded, target, form)
        with pytest.raises(KnownError) as caught:
            export(plan, lying_about_room(recorded.office), actor=SUPERVISOR)
        assert "is full" in said(caught.value)
        assert_nothing_left(recorded, target)


def test_too_little_room_is_said_before_anything_is_written(
    recorded: Station, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "small", 500) as small:
        with pytest.raises(KnownError) as caught:
            export(plan_of(recorded, small), recorded.office, actor=SUPERVISOR)
        assert "MB free" in said(caught.value)
        assert_nothing_left(recorded, small)


@FORMS
def test_a_memory_stick_that_is_pulled_out(
    recorded: Station, tmp_path: Path, form: PackageForm
) -> None:
    target = tmp_path / "stick"
    target.mkdir()
    away = tmp_path / "pulled"

    def pull(share: float, doing: object) -> None:
        if share > 0.4 and target.exists():
            target.rename(away)

    with pytest.raises(KnownError) as caught:
        export(plan_of(recorded, target, form), recorded.office, actor=SUPERVISOR, progress=pull)
    assert "is not there" in said(caught.value)
    assert not target.exists()  # nor made anew on the computer's own disk
    away.rename(target)  # the stick is back, and the console starts again
    remove_unfinished(recorded.office)
    assert_nothing_left(recorded, target)


def test_a_target_that_is_not_there(recorded: Station, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        export(plan_of(recorded, tmp_path / "nowhere"), recorded.office, actor=SUPERVISOR)
    assert "is not there" in said(caught.value)
    assert_nothing_left(recorded, None)


def test_nothing_is_put_among_the_station_s_own_files(recorded: Station, tmp_path: Path) -> None:
    inside = recorded.folder.recordings
    link = tmp_path / "link"
    link.symlink_to(recorded.folder.root)
    for target in (recorded.folder.root, inside, link):
        with pytest.raises(KnownError) as caught:
            check_target(recorded.folder, target, PackageForm.FOLDER, 1, Disk())
        assert "inside the station" in said(caught.value)


def test_the_station_s_evidence_folder_is_a_place_for_packages(recorded: Station) -> None:
    package = recorded.export(recorded.folder.evidence)
    assert package.path.parent == recorded.folder.evidence
    assert [path.name for path in recorded.folder.evidence.iterdir()] == [package.package]


def test_a_network_disk_is_refused(recorded: Station, stick: Path) -> None:
    with pytest.raises(KnownError) as caught:
        check_target(recorded.folder, stick, PackageForm.ZIP, 1, Disk(lambda path: "cifs"))
    assert "network disk (cifs)" in said(caught.value)


# A memory stick with FAT: no file of 4 GB. The limit is the system's own, set for this process.


@contextmanager
def files_no_larger_than(size_bytes: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_too_large_for_the_stick_is_said_so(recorded: Station, stick: Path) -> None:
    plan = plan_of(recorded, stick, PackageForm.ZIP)
    assert plan.size_bytes > 300_000
    with files_no_larger_than(300_000), pytest.raises(KnownError) as caught:
        export(plan, recorded.office, actor=SUPERVISOR)
    assert "4 GB" in said(caught.value)
    assert_nothing_left(recorded, stick)


def test_a_large_zip_is_refused_for_fat_before_it_is_begun(
    recorded: Station, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = stick.parent / "mountinfo"
    mounts.write_text(f"36 35 98:0 / {stick} rw - vfat /dev/sdb1 rw\n")
    assert platform.largest_file_bytes(stick, mounts) == 2**32 - 1
    assert platform.largest_file_bytes(stick.parent, mounts) is None
    monkeypatch.setattr(platform, "largest_file_bytes", lambda path: 2**32 - 1)
    huge = 5_000_000_000
    with pytest.raises(KnownError) as caught:
        check_target(recorded.folder, stick, PackageForm.ZIP, huge, RoomyDisk())
    assert "4 GB" in said(caught.value)
    check_target(recorded.folder, stick, PackageForm.FOLDER, huge, RoomyDisk())


# Called off, at any moment


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(share=st.floats(0, 1), form=st.sampled_from(PackageForm), burned=st.booleans())
def test_an_export_that_is_called_off_leaves_nothing(
    recorded: Station, stick: Path, share: float, form: PackageForm, burned: bool
) -> None:
    cancelled = threading.Event()

    def stop(done: float, doing: object) -> None:
        if done >= share and done < 1:
            cancelled.set()

    order = recorded.order(stick, form=form, burned_copy=burned, span=seconds(0, 8))
    plan = plan_export(recorded.archive.footage, order)
    package = export(
        plan, recorded.office, actor=SUPERVISOR, progress=stop, cancelled=cancelled
    )  # fmt: skip
    if package is None:
        assert_nothing_left(recorded, stick)
    else:
        assert share > 0.9
        if package.path.is_file():
            package.path.unlink()
        else:
            shutil.rmtree(package.path)
        removed = ExportRemoved(package.package, recorded.incident_id, str(stick), "test")
        recorded.log.append(removed, actor=SUPERVISOR).result()


@pytest.mark.expected_log("the log could not be written")
def test_a_log_that_cannot_be_written_lets_nothing_out(recorded: Station, stick: Path) -> None:
    plan = plan_of(recorded, stick)
    recorded.log.write(on_a_full_disk, actor=SUPERVISOR).result()
    small = ConsoleStopped("console-1")  # no view wants it: it needs no room but the log's own
    for fact in (NoteAdded(recorded.incident_id, "ก" * 200), small):
        with pytest.raises(KnownError):
            while True:  # what is left of the last pages
                recorded.log.append(fact, actor=PROGRAM).result()
    with pytest.raises(KnownError):
        export(plan, recorded.office, actor=SUPERVISOR)
    recorded.log.write(with_room_again, actor=SUPERVISOR).result()
    assert_nothing_left(recorded, stick)


class FailingDisk(Disk):
    """Fails at the nth thing it is asked to keep."""

    left: int

    def sync(self, path: Path) -> None:
        self._count()
        super().sync(path)

    def rename(self, source: Path, target: Path) -> None:
        self._count()
        super().rename(source, target)

    def create(self, path: Path) -> GrowingFile:
        self._count()
        return super().create(path)

    def _count(self) -> None:
        object.__setattr__(self, "left", self.left - 1)
        if self.left == 0:
            raise OSError(errno.EIO, "the disk failed")


@FORMS
def test_a_disk_that_fails_at_any_step_leaves_nothing(
    recorded: Station, stick: Path, form: PackageForm
) -> None:
    for step in range(1, 40):
        disk = FailingDisk()
        object.__setattr__(disk, "left", step)
        office = recorded.office
        failing = EvidenceOffice(
            office.folder, office.log, office.secrets, disk, office.clock, office.program
        )
        try:
            export(plan_of(recorded, stick, form), failing, actor=SUPERVISOR)
        except KnownError:
            assert_nothing_left(recorded, stick)
        else:
            assert step > 2
            return
    pytest.fail("it never came to its end")


def test_footage_deleted_meanwhile_is_told_and_not_half_written(
    recorded: Station, stick: Path
) -> None:
    plan = plan_of(recorded, stick)
    for path in recorded.archive.recordings.rglob("*.mp4"):
        path.unlink()
    with pytest.raises(KnownError) as caught:
        export(plan, recorded.office, actor=SUPERVISOR)
    assert "can be read any more" in said(caught.value)
    assert_nothing_left(recorded, stick)


# A crash, which takes the whole process: found by its journal at the next start.

CHILD = """
import os, signal, sys
from pathlib import Path
from tests.evidence import material
from app.evidence.export import export
from app.evidence.export_order import PackageForm
from app.evidence.export_plan import plan_export

root, form, share = Path(sys.argv[1]), PackageForm(sys.argv[2]), float(sys.argv[3])
def die(done, doing):
    if done >= share:
        os.kill(os.getpid(), signal.SIGKILL)
with material.a_station(root) as station:
    material.record_two_cameras(station)
    (root / "stick").mkdir()
    order = station.order(root / "stick", form=form, camera_ids=("C01", "C02"))
    export(plan_export(station.archive.footage, order), station.office,
           actor=material.SUPERVISOR, progress=die)
"""


@pytest.mark.parametrize(
    ("form", "share", "removed"),
    [("folder", 0.1, 1), ("zip", 0.5, 1), ("folder", 0.99, 1), ("folder", 1.0, 0)],
)
def test_an_export_cut_short_by_a_crash_is_taken_away_at_the_next_start(
    tmp_path: Path, form: str, share: float, removed: int
) -> None:
    command = [sys.executable, "-c", CHILD, str(tmp_path), form, str(share)]
    ran = subprocess.run(command, cwd=Path(__file__).resolve().parents[2], capture_output=True)
    assert ran.returncode == -signal.SIGKILL, ran.stderr.decode()
    stick = tmp_path / "stick"
    assert len(list(stick.iterdir())) == 1
    with reopened(tmp_path) as office:
        found = remove_unfinished(office)
        assert len(found) == removed
        assert len(list(stick.iterdir())) == 1 - removed
        assert list(office.folder.evidence.iterdir()) == []
        assert len(bodies(office.log, "export_removed")) == removed
        assert remove_unfinished(office) == []


@contextmanager
def reopened(root: Path) -> Iterator[EvidenceOffice]:
    folder = open_station(root / "station")
    secrets = FileSecrets(Redactor(), file=root / "config" / "secrets.json")
    clock = ScriptedClock(EVENING)
    with a_station_log(folder.root, clock) as log:
        yield EvidenceOffice(folder, log, secrets, Disk(), clock, "test 1")


@pytest.mark.expected_log("a journal of an export that cannot be read")
@pytest.mark.parametrize(
    "journal",
    [
        b"not json",
        b'{"package": "../x", "about": "a", "target": "/tmp", "form": "folder"}',
        b'{"package": "x-1", "about": "a", "target": "/tmp", "form": "tape"}',
        b'{"package": "x-1", "about": "a", "target": 7, "form": "folder"}',
        b"[]",
    ],
)
def test_nothing_is_deleted_on_the_word_of_a_journal_that_is_none(
    station: Station, journal: bytes
) -> None:
    path = station.folder.evidence / "x-1.export.json"
    path.write_bytes(journal)
    assert remove_unfinished(station.office) == []
    assert path.read_bytes() == journal


def test_a_stick_that_is_not_there_is_looked_at_again_at_the_next_start(
    recorded: Station, tmp_path: Path
) -> None:
    path = recorded.folder.evidence / "x-1.export.json"
    stick = tmp_path / "later"
    path.write_text(f'{{"package": "x-1", "about": "a", "target": "{stick}", "form": "folder"}}')
    assert remove_unfinished(recorded.office) == []
    (stick / ".x-1.exporting" / "media").mkdir(parents=True)
    (removed,) = remove_unfinished(recorded.office)
    assert (removed.package, removed.why) == ("x-1", "cut short")
    assert list(stick.iterdir()) == []


def test_an_export_under_way_is_no_leftover(recorded: Station, stick: Path) -> None:
    found: list[object] = []

    def look(share: float, doing: object) -> None:
        found.extend(remove_unfinished(recorded.office))

    plan = plan_of(recorded, stick)
    package = export(plan, recorded.office, actor=SUPERVISOR, progress=look)
    assert package is not None
    assert check_package(package.path, package.key).ok
    assert found == []
    assert recorded.office.under_way == set()


def test_every_refusal_of_the_system_has_its_sentence(stick: Path) -> None:
    for number in (errno.ENOSPC, errno.EFBIG, errno.EROFS, errno.EIO):
        said(writing_trouble(OSError(number, os.strerror(number)), stick))
