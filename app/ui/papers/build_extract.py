"""An extract of the log: of a span, or about one incident. Supervisors alone may have it."""

from __future__ import annotations

from app.clock import from_stored
from app.log import Connection
from app.log.rights import require
from app.sheets.extract_sheet import ExtractOptions, extract_sheet
from app.sheets.log_extracted import LogExtracted
from app.sheets.sheet import Sheet
from app.ui.papers.order import ARABIC, SheetOrder
from app.ui.papers.sheet_parts import SheetParts


def build_extract(db: Connection, parts: SheetParts, order: SheetOrder) -> Sheet:
    """`about` is an incident, or nothing: then `begins` and `ends` say the span, as times are
    stored. KnownError: the officer may not, nothing or too much is there."""
    require(parts.actor(), LogExtracted.kind)
    now = parts.clock.now()
    chosen = order.options
    options = ExtractOptions(
        begins=from_stored(str(chosen["begins"])) if not order.about else now,
        ends=from_stored(str(chosen["ends"])) if not order.about else now,
        incident_id=order.about,
        with_words=bool(chosen.get("words", True)),
        purpose=str(chosen.get("purpose", "")),
        digits=str(chosen.get("digits", ARABIC)),
        copy=bool(chosen.get("copy", False)),
    )
    return extract_sheet(db, options, now)
