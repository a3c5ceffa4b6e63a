"""The receipt for an evidence package: which one, by what it is known, who gives it to whom.

On paper, in other hands, stand the three things by which a stranger checks the package later: the
hash of its list, the fingerprint of the key, the hash of the checker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.cameras.register import name_of
from app.duty.officers import officer_of
from app.errors import KnownError, msg
from app.evidence.exports import Export, export_named
from app.evidence.kept_package import checker_of, kept_manifest
from app.evidence.seals import DaySealed, public_key_of
from app.incidents.register import incident
from app.log import Connection, Entry, entry_of
from app.log.entry_rows import COLUMNS, entry_by_id
from app.sheets.sheet import Sheet
from app.sheets.thai_words import day, exact_moment
from app.station.signing_key import fingerprint
from app.thai.dates import clock_time, to_local

KIND = "receipt"


@dataclass(frozen=True, slots=True)
class ReceiptOptions:
    """Who receives it, and on what. What nobody typed becomes a line to write on."""

    receiver: str = ""
    receiver_position: str = ""
    agency: str = ""
    reference: str = ""
    """The letter, order or warrant by which it is asked for."""
    medium: str = ""
    """`แฟลชไดรฟ์ 64 GB หมายเลข …`."""
    purpose: str = ""
    digits: str = "arabic"
    copy: bool = False


def receipt_sheet(db: Connection, package: str, options: ReceiptOptions, now: datetime) -> Sheet:
    """The sheet. Reads the package's own list where it still lies. KnownError: no such package, or
    one that was taken away unfinished."""
    export = _export(db, package)
    manifest = kept_manifest(export)
    checker = checker_of(manifest)
    exported = entry_by_id(db, export.entry_id)
    said = exported.data() if exported is not None else {}
    seal = _seal_after(db, exported)
    about = incident(db, export.incident_id) if export.incident_id else None
    officer = officer_of(db, export.actor)
    data = {
        "package": export.package,
        "incident": about.number if about is not None else "",
        "category": about.category.name_th if about is not None else "",
        "reason": export.reason,
        "made_at": exact_moment(export.at),
        "made_by": officer.name if officer is not None else export.actor,
        "made_by_position": officer.position if officer is not None else "",
        "span": _span_words(export.span.begins, export.span.ends),
        "cameras": _cameras(db, export, manifest),
        "size": _size_words(int(said.get("size_bytes", 0))),
        "stills": int(said.get("stills", 0)),
        "burned_copy": bool(said.get("burned_copy", False)),
        "was_read": manifest is not None,
        "manifest_sha256": grouped(export.manifest_sha256),
        "entry": export.entry_id,
        "entry_hash": grouped(exported.hash) if exported is not None else "",
        "seal": seal.id if seal is not None else "",
        "key": _key_of(seal),
        "verify_sha256": grouped(checker.sha256),
        "verify_is_of_package": checker.is_of_package,
        "command": _command(export.package, _key_of(seal)),
        "receiver": options.receiver,
        "receiver_position": options.receiver_position,
        "agency": options.agency,
        "reference": options.reference,
        "medium": options.medium,
        "purpose": options.purpose,
        "day": day(now),
    }
    return Sheet(
        kind=KIND,
        title=f"ใบรับมอบหลักฐาน {export.package}",
        subject=export.incident_id or export.package,
        data=data,
        files={},
        options={"digits": options.digits, "copy": options.copy},
    )


def _command(package: str, key: str) -> str:
    """What a receiver types; without a key it only says whose signature it is."""
    return f"python3 verify.py {package}" + (f' --key "{key}"' if key else "")


def grouped(digest: str) -> str:
    """`9f3c71a8 04deb2c5 …`: a hash in groups of eight, to be compared by eye."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def _export(db: Connection, package: str) -> Export:
    export = export_named(db, package)
    if export is None:
        raise KnownError(
            msg("The log knows of no package {package}.", package=package[:80]),
            do=msg("Choose one of the packages that were taken out of this station."),
        )
    if export.was_removed:
        raise KnownError(
            msg("The package {package} was not finished, and was taken away.", package=package),
            do=msg("Export the footage again, then print the receipt of that package."),
        )
    return export


def _seal_after(db: Connection, exported: Entry | None) -> Entry | None:
    """The seal that was put over the export: the first one after it that still has its words."""
    if exported is None:
        return None
    rows = db.execute(
        f"SELECT {COLUMNS} FROM entries WHERE kind = ? AND subject = 'log' AND seq > ?"
        " AND body IS NOT NULL ORDER BY seq LIMIT 1",
        (DaySealed.kind, exported.seq),
    )
    return next((entry_of(row) for row in rows), None)


def _key_of(seal: Entry | None) -> str:
    public = public_key_of(str(seal.data().get("statement", ""))) if seal is not None else None
    return fingerprint(public) if public is not None else ""


def _cameras(
    db: Connection, export: Export, manifest: Mapping[str, Any] | None
) -> list[dict[str, Any]]:
    """Each camera, and the files of it where the package's list is at hand."""
    listed = {one["id"]: one for one in (manifest or {}).get("cameras", ())}
    return [
        {
            "id": camera_id,
            "name": name_of(db, camera_id),
            "files": _files(listed.get(camera_id, {})),
        }
        for camera_id in export.camera_ids
    ]


def _files(camera: Mapping[str, Any]) -> list[dict[str, str]]:
    clips: Sequence[Mapping[str, Any]] = (
        *camera.get("clips", ()),
        *camera.get("burned", ()),
        *camera.get("stills", ()),
    )
    return [
        {
            "name": str(one["name"]),
            "size": _size_words(int(one["bytes"])),
            "sha256": grouped(str(one["sha256"])),
        }
        for one in clips
    ]


def _size_words(size_bytes: int) -> str:
    """`84.2 MB`: millions of bytes, as disks are sold."""
    if size_bytes < 1_000_000:
        return f"{size_bytes / 1000:,.0f} kB"
    if size_bytes < 1_000_000_000:
        return f"{size_bytes / 1_000_000:,.1f} MB"
    return f"{size_bytes / 1_000_000_000:,.2f} GB"


def _span_words(begins: datetime, ends: datetime) -> str:
    """`22 พ.ย. 2569 21:40:00–21:52:00 น.`; over midnight both dates are said."""
    if to_local(begins).date() == to_local(ends).date():
        return f"{day(begins)} {clock_time(begins)}–{clock_time(ends)} น."
    return f"{exact_moment(begins)} – {exact_moment(ends)}"
