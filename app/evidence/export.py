"""Writes an evidence package from first byte to seal: all of it under its own name, or nothing.

A background job: never in the Qt thread. docs/evidence.md says what a package is.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.cameras.drawn_masks import masks_of
from app.cameras.register import name_of
from app.duty.officers import officers
from app.errors import KnownError, Message, msg
from app.evidence.camera_export import CameraExport
from app.evidence.clip_writer import CancelledError, ClipNames
from app.evidence.export_order import ExportOrder
from app.evidence.export_plan import CameraPlan, ExportPlan
from app.evidence.exports import ClipExported, ExportRemoved, package_names
from app.evidence.manifest import (
    ENTRIES,
    MANIFEST,
    MANIFEST_SIGNATURE,
    PUBLIC_KEY,
    README,
    SEAL,
    SEAL_SIGNATURE,
    VERIFY,
    ExportedCamera,
    Heading,
    WrittenFile,
    manifest_bytes,
)
from app.evidence.office import EvidenceOffice
from app.evidence.package_log import concerned_entries, seal_bytes, write_entries
from app.evidence.package_page import page_bytes
from app.evidence.package_writer import (
    PackageWriter,
    check_target,
    final_path,
    package_writer,
    unfinished_path,
    vanished,
    writing_trouble,
)
from app.evidence.unfinished_exports import Journal, begin_journal, names_under_way
from app.log import Actor, Entry
from app.log.rights import require
from app.station.signing_key import SigningKey, public_key_text
from app.thai.dates import buddhist_year, to_local

Progress = Callable[[float, Message], None]
"""How much is done, 0 to 1, and what is being done. Called in the job's thread."""

ENCLOSED_VERIFY = Path(__file__).parent / "enclosed" / "verify.py"

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ExportedPackage:
    """A package that is on the disk, whole. `key`: fingerprint to be compared with the paper."""

    path: Path
    package: str
    manifest_sha256: str
    size_bytes: int
    key: str
    cameras: tuple[ExportedCamera, ...]
    seal: Entry

    @property
    def altered_sources(self) -> int:
        """How many segments were not what the recorder had written any more."""
        sources = [source for camera in self.cameras for source in camera.sources]
        return sum(source.as_recorded is False for source in sources)


def export(
    plan: ExportPlan,
    office: EvidenceOffice,
    *,
    actor: Actor,
    progress: Progress = lambda share, doing: None,
    cancelled: threading.Event | None = None,
) -> ExportedPackage | None:
    """Write the package, record it, seal the log. None if `cancelled` was set meanwhile.

    Raises the KnownError that says why it cannot be: no right, nothing recorded, the target is
    full, gone or read-only, the log cannot be written. In no case is half a package left.
    """
    require(actor, ClipExported.kind)
    order = plan.order
    if plan.is_empty:
        raise KnownError(
            msg("There is no footage of these cameras at this time."),
            safe=msg("Nothing was exported."),
            do=msg("Look at the timeline for where there is some, and why there is none here."),
        )
    check_target(office.folder, order.target, order.form, plan.size_bytes, office.disk)
    package = _name(office, order)
    journal = Journal(
        package, order.incident_id or package, str(order.target.resolve()), order.form
    )
    office.under_way.add(package)
    journal_path = begin_journal(office, journal)
    job = _Job(plan, office, actor, package, progress, cancelled or threading.Event())
    try:
        return job.run()
    except CancelledError:
        job.record_removed("cancelled")
        return None
    except (OSError, KnownError) as error:
        job.record_removed("failed")
        if isinstance(error, OSError):
            raise writing_trouble(error, order.target) from error
        if not order.target.is_dir():
            raise vanished(order.target) from error
        raise
    except BaseException:
        job.record_removed("failed")
        raise
    finally:
        if not journal.unfinished.exists() and order.target.is_dir():
            office.disk.remove(journal_path)
        # else: what is left on a stick that was pulled out goes when it is back
        office.under_way.discard(package)


def _name(office: EvidenceOffice, order: ExportOrder) -> str:
    """`mukdahan-2569-1284-01`: from ids and numbers alone, and never given twice."""
    number = [
        part for part in order.incident_number.split("/") if part.isascii() and part.isdigit()
    ]
    if len(number) == 2:
        about = f"{number[1]}-{number[0]}"
    else:
        local = to_local(order.span.begins)
        about = f"{buddhist_year(order.span.begins)}{local:%m%d}"
    prefix = f"{office.folder.profile.station_id}-{about[:20]}-"
    with office.log.reading() as db:
        taken = package_names(db, prefix)
    taken |= names_under_way(office.folder.evidence)
    serial = 1
    while True:
        name = f"{prefix}{serial:02d}"
        paths = (
            final_path(order.target, name, order.form),
            unfinished_path(order.target, name, order.form),
        )
        if name not in taken and not any(path.exists() for path in paths):
            return name
        serial += 1


@dataclass(slots=True)
class _Job:
    """One export under way."""

    plan: ExportPlan
    office: EvidenceOffice
    actor: Actor
    package: str
    progress: Progress
    cancelled: threading.Event
    _writer: PackageWriter | None = None
    _exported: Entry | None = None
    _done_bytes: int = 0
    _size_bytes: int = 0
    _said_share: float = -1.0
    _camera_id: str = ""
    _names: ClipNames = field(default_factory=ClipNames)
    _papers: list[WrittenFile] = field(default_factory=list)

    @property
    def order(self) -> ExportOrder:
        return self.plan.order

    def run(self) -> ExportedPackage:
        """From the first byte to the package's own name; what there is of it goes if it fails."""
        key = self.office.key()
        writer = self._writer = package_writer(
            self.order.target, self.package, self.order.form, self.office.disk, self.office.clock
        )
        try:
            cameras = [self._camera(camera) for camera in self.plan.cameras]
            if not any(camera.clips for camera in cameras):
                raise _unreadable()
            self._size_bytes = _size_bytes(cameras)
            manifest = self._describe(key, cameras)
            seal = self._seal(key, manifest)
            self._stop_if_cancelled()
            path = writer.finish()
        except BaseException:
            writer.abandon()
            raise
        _logger.info("exported %s", self.package)
        self.progress(1.0, msg("The package is finished."))
        return ExportedPackage(
            path, self.package, hashlib.sha256(manifest).hexdigest(), self._size_bytes,
            key.fingerprint, tuple(cameras), seal,
        )  # fmt: skip

    def record_removed(self, why: str) -> None:
        """If the log says already that the package left, let it say that it did not."""
        if self._exported is None:
            return
        fact = ExportRemoved(self.package, self._exported.subject, str(self.order.target), why)
        try:
            self.office.log.append(fact, actor=self.actor).result()
        except KnownError as error:
            _logger.warning("the end of export %s is not in the log: %s", self.package, error)

    # The parts of it

    def _camera(self, plan: CameraPlan) -> ExportedCamera:
        assert self._writer is not None
        with self.office.log.reading() as db:
            name, masks = name_of(db, plan.camera_id), masks_of(db, plan.camera_id)
        self._camera_id = plan.camera_id
        one = CameraExport(
            plan, self.order, name, masks, self.office.folder.profile.station_id,
            self._writer.file, self._names, self._copied, self.cancelled,
        )  # fmt: skip
        return one.write()

    def _copied(self, size_bytes: int) -> None:
        self._done_bytes += size_bytes
        share = min(0.98, self._done_bytes / max(1, self.plan.size_bytes))
        if share - self._said_share >= 0.002:
            self._said_share = share
            self.progress(share, msg("Copying camera {camera}.", camera=self._camera_id))

    def _describe(self, key: SigningKey, cameras: list[ExportedCamera]) -> bytes:
        """The page to read, the verifier, the public key; the manifest and its signature."""
        heading = self._heading(key)
        station = self.office.folder.profile.name_th
        key_text = public_key_text(key, station, "")
        self._paper(README, page_bytes(heading, self.order, cameras))
        self._paper(VERIFY, ENCLOSED_VERIFY.read_bytes())
        self._paper(PUBLIC_KEY, key_text.encode())
        manifest = manifest_bytes(heading, self.order, cameras, self._papers)
        self._write(MANIFEST, manifest)
        self._write(MANIFEST_SIGNATURE, key.sign(manifest))
        return manifest

    def _seal(self, key: SigningKey, manifest: bytes) -> Entry:
        """Record the export, seal the log over it, and put both into the package."""
        assert self._writer is not None
        self._stop_if_cancelled()
        self.progress(0.99, msg("Sealing the package."))
        sha256 = hashlib.sha256(manifest).hexdigest()
        log = self.office.log
        self._exported = log.append(self._fact(sha256), actor=self.actor).result()[0]
        seal = self.office.seal_with(key)
        concerned = concerned_entries(log, self.order, self._exported)
        with self._writer.file(ENTRIES) as out:
            entries_sha256 = write_entries(log, concerned, seal, out)
        said = seal_bytes(self.package, sha256, entries_sha256, self._exported, seal)
        self._write(SEAL, said)
        self._write(SEAL_SIGNATURE, key.sign(said))
        return seal

    def _fact(self, manifest_sha256: str) -> ClipExported:
        order = self.order
        return ClipExported(
            self.package, order.camera_ids, order.span, order.reason, order.incident_id,
            str(order.target), manifest_sha256, self._size_bytes, len(order.stills),
            order.burned_copy,
        )  # fmt: skip

    def _heading(self, key: SigningKey) -> Heading:
        profile = self.office.folder.profile
        with self.office.log.reading() as db:
            names = [one.name for one in officers(db) if one.id == self.actor.id]
        return Heading(
            package=self.package,
            made_at=self.office.clock.now(),
            program=self.office.program,
            station_id=profile.station_id,
            station_th=profile.name_th,
            station_en=profile.name_en,
            sample=profile.sample,
            key=key.fingerprint,
            officer_id=self.actor.id,
            officer=names[0] if names else "",
        )

    def _paper(self, name: str, data: bytes) -> None:
        self._write(name, data)
        self._papers.append(WrittenFile(name, len(data), hashlib.sha256(data).hexdigest()))

    def _write(self, name: str, data: bytes) -> None:
        assert self._writer is not None
        with self._writer.file(name) as file:
            file.write(data)

    def _stop_if_cancelled(self) -> None:
        if self.cancelled.is_set():
            raise CancelledError


def _size_bytes(cameras: list[ExportedCamera]) -> int:
    return sum(clip.size_bytes for camera in cameras for clip in (*camera.clips, *camera.burned))


def _unreadable() -> KnownError:
    return KnownError(
        msg("None of this footage can be read any more."),
        safe=msg("Nothing was exported, nothing half is left there; the recordings are untouched."),
        do=msg("Lock footage before it is deleted by its age; look at the disk of the recordings."),
    )
