"""The receipt for an evidence package: `about` is the package's name."""

from __future__ import annotations

from app.log import Connection
from app.sheets.receipt_sheet import ReceiptOptions, receipt_sheet
from app.sheets.sheet import Sheet
from app.ui.papers.order import ARABIC, SheetOrder
from app.ui.papers.sheet_parts import SheetParts

TYPED = ("receiver", "receiver_position", "agency", "reference", "medium", "purpose")
"""What the clerk types about the receiver."""


def build_receipt(db: Connection, parts: SheetParts, order: SheetOrder) -> Sheet:
    """KnownError: there is no such package, or it was not finished."""
    typed = {name: str(order.options.get(name, "")) for name in TYPED}
    options = ReceiptOptions(
        **typed,
        digits=str(order.options.get("digits", ARABIC)),
        copy=bool(order.options.get("copy", False)),
    )
    return receipt_sheet(db, order.about, options, parts.clock.now())
