"""What an incident's story tells of its files. English keys, translated later."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.errors import Message, msg
from app.incidents.attachments.attachment import AttachmentAdded, TakenOut

_SHOWN_DIGITS = 12


def told_of_file(kind: str, data: Mapping[str, Any]) -> Message:
    """A file came, or a copy of it went."""
    if kind == AttachmentAdded.kind:
        if data["note"]:
            return msg("File attached: {name} ({note})", name=data["name"], note=data["note"])
        return msg("File attached: {name}", name=data["name"])
    digest = str(data["sha256"])[:_SHOWN_DIGITS]
    if data["how"] == TakenOut.OPENED:
        return msg("A file was opened with another program: SHA-256 {digest}…", digest=digest)
    return msg("A copy of a file was taken out: SHA-256 {digest}…", digest=digest)
