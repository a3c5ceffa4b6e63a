"""The page of a package that people read, in Thai and English at once. Knows no file and no log."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from string import Template

from app.errors import Message, msg
from app.evidence.export_order import ExportOrder
from app.evidence.manifest import ExportedCamera, Heading
from app.thai.dates import clock_time, date_time, to_local
from app.thai.translation import Language, say
from app.video.archive.segment import GapCause, Span

TEMPLATE = Path(__file__).resolve().parents[2] / "resources" / "evidence" / "README.html"
CAUSES: dict[GapCause | None, Message] = {
    GapCause.CAMERA: msg("the camera sent nothing usable"),
    GapCause.NETWORK: msg("the camera could not be reached"),
    GapCause.DISK: msg("the disk of the recordings failed"),
    GapCause.SOFTWARE: msg("the recorder was not running"),
    GapCause.STOPPED: msg("recording was stopped"),
    None: msg("deleted by its age, or never recorded"),
}

_SAMPLE = msg("SAMPLE: invented, not evidence")


def page_bytes(heading: Heading, order: ExportOrder, cameras: Sequence[ExportedCamera]) -> bytes:
    """`README.html`: everything typed by people is escaped; it loads nothing and runs nothing."""
    text = Template(TEMPLATE.read_text("utf-8")).substitute(
        package=_safe(heading.package),
        station_th=_safe(heading.station_th),
        station_en=_safe(heading.station_en),
        sample=_sample() if heading.sample else "",
        incident=_safe(order.incident_number or "–"),
        reason=_safe(order.reason),
        wanted=_safe(_times(order.span)),
        officer=_safe(f"{heading.officer} ({heading.officer_id})"),
        made_at=_safe(_time(heading.made_at)),
        clips="\n".join(row for camera in cameras for row in _clips(camera)) or _nothing(4),
        missing="\n".join(row for camera in cameras for row in _missing(camera)) or _nothing(3),
        key=_safe(heading.key),
    )
    return text.encode()


def _clips(camera: ExportedCamera) -> Iterator[str]:
    for clip in (*camera.clips, *camera.burned):
        ahead = clip.clock_ahead_ms
        clock = "?" if ahead is None else f"{ahead / 1000:+.3f} s"
        yield _row(_called(camera), clip.name, _times(clip.span), clock)
    for still in camera.stills:
        yield _row(_called(camera), still.file.name, _time(still.at), "")


def _missing(camera: ExportedCamera) -> Iterator[str]:
    for one in camera.missing:
        yield _row(_called(camera), _times(one.span), _both(CAUSES[one.cause]))


def _called(camera: ExportedCamera) -> str:
    return f"{camera.camera_id} {camera.name}".strip()


def _both(message: Message) -> str:
    return " / ".join(say(message, language) for language in Language)


def _sample() -> str:
    return f'<p class="sample">{_safe(_both(_SAMPLE))}</p>'


def _nothing(columns: int) -> str:
    return f'<tr><td colspan="{columns}">–</td></tr>'


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{_safe(cell)}</td>" for cell in cells) + "</tr>"


def _times(span: Span) -> str:
    same_day = to_local(span.begins).date() == to_local(span.ends).date()
    ends = clock_time(span.ends) if same_day else _time(span.ends)
    return f"{_time(span.begins)} – {ends}"


def _time(at: datetime) -> str:
    return date_time(at, Language.THAI)


def _safe(text: str) -> str:
    return html.escape(text)
