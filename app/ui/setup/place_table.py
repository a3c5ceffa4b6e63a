"""The table of all named places in Setup: shows and searches them, chooses one. Reads nothing."""

from __future__ import annotations

from enum import IntEnum

from app.geo.coordinates import as_decimal
from app.geo.places import Place
from app.thai.translation import tr
from app.ui.setup.choice_table import ChoiceTable
from app.ui.setup.listed_rows import ListedRows
from app.ui.setup.padded_cells import PaddedCells
from app.ui.setup.place_words import place_kind_name
from app.ui.theme import Theme

_SHARES = (0.36, 0.13, 0.30, 0.21)


class Column(IntEnum):
    """The columns, left to right."""

    NAME = 0
    KIND = 1
    OTHERS = 2
    PLACE = 3


class PlaceRows(ListedRows[Place]):
    """All places, of which those are shown that fit the search."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, (tr("Name"), tr("Kind"), tr("Also called"), tr("Position")))

    def id_of(self, thing: Place) -> str:
        return thing.id

    def searched_in(self, thing: Place) -> str:
        return " ".join(thing.names)

    def text_of(self, thing: Place, column: int) -> str:
        match column:
            case Column.NAME:
                return thing.name_th
            case Column.KIND:
                return place_kind_name(thing.kind)
            case Column.OTHERS:
                return " · ".join(name for name in thing.names if name != thing.name_th)
        return as_decimal(thing.at)


class PlaceTable(ChoiceTable):
    """Every named place of the station."""

    def __init__(self, theme: Theme) -> None:
        self.rows = PlaceRows(theme)
        super().__init__(theme, self.rows, tr("Places"), _SHARES)
        self.setItemDelegate(PaddedCells(theme, self))
