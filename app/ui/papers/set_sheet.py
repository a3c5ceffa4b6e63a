"""Sets a sheet: reads the log in one state, builds what it says, has the press set it. Blocking.

Knows no widget: the preview, a batch and a benchmark do it the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.duty.officers import officers
from app.errors import KnownError, msg
from app.log import head_of
from app.sheets.papers import times_printed
from app.sheets.press import Press
from app.sheets.sheet import Typeset
from app.ui.papers.order import SheetOrder
from app.ui.papers.sheet_parts import SheetParts


@dataclass(frozen=True, slots=True)
class SetSheet:
    """What was asked for, and what came of it at that time."""

    order: SheetOrder
    typeset: Typeset
    at: datetime

    @property
    def title(self) -> str:
        """The sheet's own line, in Thai."""
        return self.typeset.sheet.title


def set_sheet(parts: SheetParts, press: Press, order: SheetOrder) -> SetSheet:
    """In any thread but the window's. Raises KnownError: it cannot be made, or be set."""
    from app.ui.papers.builders import BUILDERS  # a hundred rooms that no start waits for

    builder = BUILDERS.get(order.kind)
    if builder is None:
        raise KnownError(
            msg("This version of the program has no sheet “{kind}”.", kind=order.kind),
            do=msg("Install the newer version of the program."),
        )
    at, actor = parts.clock.now(), parts.actor()
    with parts.log.reading() as db:
        sheet = builder(db, parts, order)
        names = {officer.id: officer.name for officer in officers(db)}
        number = times_printed(db, sheet.kind, sheet.subject) + 1
        head = head_of(db, parts.folder.profile.origin)
    by = names.get(actor.id, actor.id)
    return SetSheet(order, press.set(sheet, at, by, number=number, head=head), at)
