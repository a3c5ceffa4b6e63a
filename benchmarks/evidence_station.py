"""A founded station in a temporary folder, and packages exported from it, for the benchmark."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.cameras.camera import Camera, CameraRegistered
from app.clock import ScriptedClock
from app.evidence.export import ExportedPackage, export
from app.evidence.export_order import ExportOrder
from app.evidence.export_plan import plan_export
from app.evidence.office import EvidenceOffice
from app.log import Actor, Log, Role
from app.station import Disk, FileSecrets, Profile, Redactor, create_station
from app.video.archive.footage import Footage
from app.video.archive.segment import Span
from app.views import all_views

BEGINS = datetime(2026, 11, 22, 14, 40, tzinfo=UTC)  # 21:40 in Mukdahan
REVIEWER = Actor("officer-1", Role.SUPERVISOR)
PROGRAM = Actor("console", Role.PROGRAM)


@dataclass(frozen=True, slots=True)
class BenchStation:
    """What an export needs of a station."""

    office: EvidenceOffice

    def export(
        self, footage: Footage, camera_ids: tuple[str, ...], seconds: int, target: Path
    ) -> ExportedPackage:
        """From `BEGINS` on, as the reviewer does it."""
        span = Span(BEGINS, BEGINS + timedelta(seconds=seconds))
        order = ExportOrder(camera_ids, span, "การวัด", target)
        package = export(plan_export(footage, order), self.office, actor=REVIEWER)
        if package is None:
            raise RuntimeError("the export was called off by nobody")
        return package


@contextmanager
def bench_station(root: Path) -> Iterator[BenchStation]:
    """A station of the benchmark's own: nobody's secrets are touched."""
    profile = Profile("bench", "bench-console", "สถานีวัด", "Bench", "เขต", "Zone")
    folder = create_station(root / "station", profile)
    clock = ScriptedClock(BEGINS + timedelta(hours=1))
    secrets = FileSecrets(Redactor(), file=root / "secrets" / "secrets.json")
    log = Log(folder.database, origin=profile.origin, views=all_views(), clock=clock)
    log.open()
    try:
        for camera_id in ("C01", "C02"):
            camera = Camera(camera_id, f"กล้อง {camera_id}", "rtsp://h/1", "", 16.54, 104.72)
            log.append(CameraRegistered(camera), actor=PROGRAM).result()
        yield BenchStation(EvidenceOffice(folder, log, secrets, Disk(), clock, "bench 1"))
    finally:
        log.close()
