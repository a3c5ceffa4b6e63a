"""A station with recorded footage, from which packages are exported: all real, in a temp folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.cameras.camera import Camera, CameraRegistered
from app.clock import ScriptedClock
from app.evidence.export import ExportedPackage, export
from app.evidence.export_order import ExportOrder
from app.evidence.export_plan import plan_export
from app.evidence.office import EvidenceOffice
from app.log import Actor, Log, Role
from app.station import Disk, FileSecrets, Redactor, StationFolder, create_station
from app.video.archive.locks import request_lock
from app.video.archive.segment import Span
from app.video.picture import Size
from tests.station.places import profile
from tests.station_log import PROGRAM, a_station_log, take
from tests.video.archive.material import EVENING, Archive, ClipForm

SUPERVISOR = Actor("officer-01", Role.SUPERVISOR)
SMALL = ClipForm(seconds=8.0, fps=10, size=Size(160, 90), gop=20)


@dataclass(frozen=True)
class Station:
    """A founded station: its folder, its open log, its recordings, its evidence office."""

    office: EvidenceOffice
    archive: Archive
    clock: ScriptedClock
    incident_id: str
    incident_number: str

    @property
    def folder(self) -> StationFolder:
        return self.office.folder

    @property
    def log(self) -> Log:
        return self.office.log

    def order(self, target: Path, **changes: Any) -> ExportOrder:
        """Ten seconds of C01, three seconds after it begins."""
        values: dict[str, Any] = {
            "camera_ids": ("C01",),
            "span": seconds(3, 13),
            "reason": "ขอโดยพนักงานสอบสวน คดีกระชากกระเป๋า",
            "target": target,
            "incident_id": self.incident_id,
            "incident_number": self.incident_number,
        }
        return ExportOrder(**{**values, **changes})

    def export(self, target: Path, **changes: Any) -> ExportedPackage:
        """Exported, as the reviewer does it."""
        plan = plan_export(self.archive.footage, self.order(target, **changes))
        package = export(plan, self.office, actor=SUPERVISOR)
        assert package is not None
        return package


def seconds(begins: float, ends: float) -> Span:
    """A span that is so many seconds after the evening's begin."""
    return Span(EVENING + timedelta(seconds=begins), EVENING + timedelta(seconds=ends))


@contextmanager
def a_station(root: Path, disk: Disk | None = None) -> Iterator[Station]:
    """With one incident, and two cameras that nothing was recorded of yet."""
    folder = create_station(root / "station", profile())
    clock = ScriptedClock(EVENING + timedelta(hours=1))
    secrets = FileSecrets(Redactor(), file=root / "config" / "secrets.json")
    with a_station_log(folder.root, clock) as log, Archive(folder.recordings, clock) as archive:
        incident = take(log, clock)
        for camera_id, name in (("C01", "ตลาดอินโดจีน ประตู 3"), ("C02", "แยกศาลากลาง <2>")):
            camera = Camera(camera_id, name, "rtsp://h/1", "", 16.54, 104.72)
            log.append(CameraRegistered(camera), actor=PROGRAM).result()
        office = EvidenceOffice(folder, log, secrets, disk or Disk(), clock, "test 1")
        yield Station(office, archive, clock, incident.id, incident.number)


def record_two_cameras(station: Station, form: ClipForm = SMALL) -> None:
    """24 s of C01 and of C02, in segments of eight, groups of two."""
    for seed, camera_id in enumerate(("C01", "C02")):
        own = ClipForm(form.seconds, form.fps, form.size, form.gop, form.codec, seed=seed)
        station.archive.record_run(camera_id, EVENING, 3, own)


def lock(station: Station) -> str:
    """A lock of both cameras for the incident, as the reviewer asks for it."""
    entries = request_lock(
        station.log, ("C01", "C02"), seconds(0, 24), "เหตุกระชากกระเป๋า",
        incident_id=station.incident_id, actor=SUPERVISOR,
    ).result()  # fmt: skip
    return str(entries[0].data()["lock_id"])


def bodies(log: Log, kind: str) -> list[Mapping[str, Any]]:
    """What the entries of a kind say, oldest first."""
    with log.reading() as db:
        ids = [row[0] for row in db.execute("SELECT subject FROM entries WHERE kind = ?", (kind,))]
    return [
        entry.data()
        for subject in dict.fromkeys(ids)
        for entry in log.entries_of(subject)
        if entry.kind == kind
    ]


class RoomyDisk(Disk):
    """Says that there is room where there is none: it fills up just after it was asked."""

    def space(self, path: Path) -> object:  # type: ignore[override]
        return type("Space", (), {"free_bytes": 10**12})()


def lying_about_room(office: EvidenceOffice) -> EvidenceOffice:
    return EvidenceOffice(
        office.folder, office.log, office.secrets, RoomyDisk(), office.clock, office.program
    )
