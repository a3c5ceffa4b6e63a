"""The words of an attachment: what it is, how large, who attached it. No widgets."""

from __future__ import annotations

from collections.abc import Mapping

from app.incidents.attachments.attachment import Attachment
from app.incidents.attachments.kinds import FileKind
from app.incidents.attachments.preview import Preview
from app.thai.dates import countdown, date_time
from app.thai.translation import language, tr
from app.ui.review.span_words import size_words

ICONS = {
    FileKind.PICTURE: "image",
    FileKind.VIDEO: "play",
    FileKind.SOUND: "radio",
    FileKind.DOCUMENT: "notebook-text",
}


def kind_name(kind: FileKind) -> str:
    """What a person calls it."""
    match kind:
        case FileKind.PICTURE:
            return tr("Picture")
        case FileKind.VIDEO:
            return tr("Video")
        case FileKind.SOUND:
            return tr("Sound")
        case FileKind.DOCUMENT:
            return tr("Document")


def row_words(one: Attachment, names: Mapping[str, str]) -> str:
    """Its name, then what it is and who attached it when."""
    file = one.file
    what = f"{kind_name(file.kind)} · {size_words(file.size_bytes)}"
    who = f"{date_time(one.at, language())} · {names.get(one.actor, one.actor)}"
    note = f"\n{one.note}" if one.note else ""
    return f"{file.name}\n{what} · {who}{note}"


def preview_words(seen: Preview) -> str:
    """What the process that looked into it found."""
    parts = []
    if seen.width_px and seen.height_px:
        parts.append(f"{seen.width_px}×{seen.height_px}")
    if seen.duration_s is not None:
        parts.append(tr("{time} long", time=countdown(seen.duration_s)))
    if seen.codec:
        parts.append(seen.codec)
    return " · ".join(parts) or tr("It is not looked into here: documents are kept as they are.")
