"""The handover's sheet: the page that was signed, with both signatures."""

from __future__ import annotations

from app.log import Connection
from app.sheets.handover_sheet import handover_sheet
from app.sheets.sheet import Sheet
from app.ui.papers.order import SheetOrder
from app.ui.papers.sheet_parts import SheetParts


def build_handover(db: Connection, parts: SheetParts, order: SheetOrder) -> Sheet:
    """A handover as it was signed. KnownError: there is none of that id, or it was erased."""
    return handover_sheet(db, parts.folder, order.about, order.options)
