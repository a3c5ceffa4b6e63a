"""The table of officers in Setup: shows them, chooses one. Reads nothing."""

from __future__ import annotations

from enum import IntEnum

from app.clock import from_stored
from app.duty.officer import Officer
from app.log import Permission
from app.log.rights import ROLE_NAMES
from app.thai.dates import short_date
from app.thai.translation import language, say, tr
from app.ui.officer_office import ListedOfficer
from app.ui.setup.choice_table import ChoiceTable
from app.ui.setup.listed_rows import ListedRows
from app.ui.setup.padded_cells import PaddedCells
from app.ui.theme import Theme

_SHARES = (0.27, 0.22, 0.15, 0.20, 0.16)


class Column(IntEnum):
    """The columns, left to right."""

    NAME = 0
    POSITION = 1
    ROLE = 2
    MAY = 3
    PASSWORD = 4


class OfficerRows(ListedRows[ListedOfficer]):
    """All officers, those who left at the end."""

    def __init__(self, theme: Theme) -> None:
        heads = (
            tr("Rank and name"),
            tr("Post"),
            tr("Role"),
            tr("With footage"),
            tr("Password"),
        )
        super().__init__(theme, heads)

    def id_of(self, thing: ListedOfficer) -> str:
        return thing.officer.id

    def text_of(self, thing: ListedOfficer, column: int) -> str:
        officer = thing.officer
        match column:
            case Column.NAME:
                return officer.name
            case Column.POSITION:
                return officer.position
            case Column.ROLE:
                return say(ROLE_NAMES[officer.role])
            case Column.MAY:
                return permission_words(officer)
        if not officer.serves:
            return tr("left {day}", day=short_date(from_stored(officer.left_at), language()))
        return tr("has one") if thing.has_password else tr("none here")

    def colour_of(self, thing: ListedOfficer, column: int) -> str:
        if not thing.officer.serves:
            return "text_off"
        if column == Column.PASSWORD and not thing.has_password:
            return "amber"
        return super().colour_of(thing, column)


def permission_words(officer: Officer) -> str:
    """What the officer may do with footage, in a word or two."""
    words = {Permission.FOOTAGE: tr("watches"), Permission.EXPORT: tr("takes out")}
    said = [word for permission, word in words.items() if permission in officer.permissions]
    return " · ".join(said) or tr("neither")


class OfficerTable(ChoiceTable):
    """One row an officer."""

    def __init__(self, theme: Theme) -> None:
        self.rows = OfficerRows(theme)
        super().__init__(theme, self.rows, tr("Officers"), _SHARES)
        self.setItemDelegate(PaddedCells(theme, self))
