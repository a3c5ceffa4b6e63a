"""The summary of a day or a month: `about` is `2026-11-22` or `2026-11`."""

from __future__ import annotations

from datetime import date

from app.errors import KnownError, msg
from app.log import Connection
from app.sheets.sheet import Sheet
from app.sheets.summary_sheet import SummaryOptions, summary_sheet
from app.ui.papers.order import ARABIC, SheetOrder
from app.ui.papers.sheet_parts import SheetParts

_MONTH_LETTERS = len("2026-11")


def build_summary(db: Connection, parts: SheetParts, order: SheetOrder) -> Sheet:
    """The figures as the log stands now. KnownError: `about` is no day and no month."""
    is_month = len(order.about) == _MONTH_LETTERS
    try:
        day = date.fromisoformat(f"{order.about}-01" if is_month else order.about)
    except ValueError as error:
        raise KnownError(
            msg("“{text}” is not a date.", text=order.about[:40]),
            do=msg("Write it as 22/11/2569 or 22 Nov 2569."),
        ) from error
    options = SummaryOptions(
        day,
        is_month=is_month,
        with_list=bool(order.options.get("list", not is_month)),
        digits=str(order.options.get("digits", ARABIC)),
        copy=bool(order.options.get("copy", False)),
    )
    return summary_sheet(db, parts.folder.profile, options, parts.clock.now())
