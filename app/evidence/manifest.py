"""What a package says of itself: `manifest.json`, whose exact bytes the station's key signs.

Knows neither where the package lies nor how its files were written. docs/evidence.md tells the
fields; `enclosed/verify.py` reads them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.clock import to_stored
from app.evidence.clip_writer import WrittenClip
from app.evidence.export_order import ExportOrder
from app.evidence.export_plan import MissingFootage
from app.evidence.pieces import Piece
from app.video.archive.segment import Span

FORMAT = 1
MANIFEST, MANIFEST_SIGNATURE = "manifest.json", "manifest.sig"
SEAL, SEAL_SIGNATURE, ENTRIES = "seal.json", "seal.sig", "entries.jsonl"
README, PUBLIC_KEY, VERIFY = "README.html", "public_key.txt", "verify.py"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of the package with what it must be."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class WrittenStill:
    """A picture: `at` is when it arrived, not later than what was asked for."""

    file: WrittenFile
    camera_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """A segment that was copied from. `as_recorded`: whether its file still is what the recorder
    wrote, None if the recorder had not finished it."""

    name: str
    begins: datetime
    sha256: str
    as_recorded: bool | None


@dataclass(frozen=True, slots=True)
class ExportedCamera:
    """What the package holds of one camera. `name` is empty if the register does not say."""

    camera_id: str
    name: str
    clips: tuple[WrittenClip, ...]
    burned: tuple[WrittenClip, ...]
    stills: tuple[WrittenStill, ...]
    missing: tuple[MissingFootage, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Who made the package of what, and when."""

    package: str
    made_at: datetime
    program: str
    station_id: str
    station_th: str
    station_en: str
    sample: bool
    key: str
    """The signing key's fingerprint."""
    officer_id: str
    officer: str


def manifest_bytes(
    heading: Heading,
    order: ExportOrder,
    cameras: Sequence[ExportedCamera],
    papers: Sequence[WrittenFile],
) -> bytes:
    """The manifest as it is written and signed. `papers`: what is to be read, not to be seen."""
    incident = {"id": order.incident_id, "number": order.incident_number}
    content = {
        "format": FORMAT,
        "package": heading.package,
        "made_at": to_stored(heading.made_at),
        "program": heading.program,
        "station": {"id": heading.station_id, "th": heading.station_th, "en": heading.station_en},
        "sample": heading.sample,
        "key": heading.key,
        "officer": {"id": heading.officer_id, "name": heading.officer},
        "incident": incident if order.incident_id else None,
        "reason": order.reason,
        "wanted": {**_span(order.span), "cameras": list(order.camera_ids)},
        "cameras": [_camera(camera) for camera in cameras],
        "papers": [_file(paper) for paper in papers],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _camera(camera: ExportedCamera) -> dict[str, Any]:
    return {
        "id": camera.camera_id,
        "name": camera.name,
        "clips": [_clip(clip) for clip in camera.clips],
        "burned": [_clip(clip) for clip in camera.burned],
        "stills": [
            {**_file(still.file), "at": to_stored(still.at)} for still in camera.stills
        ],
        "missing": [
            {**_span(one.span), "cause": one.cause, "detail": one.detail}
            for one in camera.missing
        ],
        "sources": [
            {
                "name": source.name,
                "begins": to_stored(source.begins),
                "sha256": source.sha256,
                "as_recorded": source.as_recorded,
            }
            for source in camera.sources
        ],
    }  # fmt: skip


def _clip(clip: WrittenClip) -> dict[str, Any]:
    return {
        "name": clip.name,
        "bytes": clip.size_bytes,
        "sha256": clip.sha256,
        "stream": clip.stream,
        "codec": clip.codec,
        "width": clip.size.width_px,
        "height": clip.size.height_px,
        "clock_ahead_ms": clip.clock_ahead_ms,
        **_span(clip.span),
        "head": _piece(clip.head),
        "gops": [{**_span(gop.span), **_piece(gop.piece)} for gop in clip.gops],
        "tail": _piece(clip.tail),
    }


def _span(span: Span) -> dict[str, str]:
    return {"begins": to_stored(span.begins), "ends": to_stored(span.ends)}


def _piece(piece: Piece) -> dict[str, Any]:
    return {"offset": piece.offset, "length": piece.length, "sha256": piece.sha256}


def _file(file: WrittenFile) -> dict[str, Any]:
    return {"name": file.name, "bytes": file.size_bytes, "sha256": file.sha256}
