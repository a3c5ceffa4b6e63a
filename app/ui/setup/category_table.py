"""The table of what can be reported, in Setup: code, names, case group, first priority."""

from __future__ import annotations

from enum import IntEnum

from app.incidents.categories import Category
from app.thai.translation import tr
from app.ui.setup.choice_table import ChoiceTable
from app.ui.setup.listed_rows import ListedRows
from app.ui.theme import Theme
from app.ui.words import group_name, priority_name

_SHARES = (0.07, 0.27, 0.26, 0.25, 0.15)


class Column(IntEnum):
    """The columns, left to right."""

    CODE = 0
    NAME_TH = 1
    NAME_EN = 2
    GROUP = 3
    PRIORITY = 4


class CategoryRows(ListedRows[Category]):
    """All that is offered, of which those are shown that fit the search."""

    def __init__(self, theme: Theme) -> None:
        heads = (
            tr("Code"), tr("Name in Thai"), tr("Name in English"), tr("Case group"),
            tr("Priority"),
        )  # fmt: skip
        super().__init__(theme, heads)

    def id_of(self, thing: Category) -> str:
        return thing.code

    def searched_in(self, thing: Category) -> str:
        return f"{thing.code} {thing.name_th} {thing.name_en}"

    def text_of(self, thing: Category, column: int) -> str:
        match column:
            case Column.CODE:
                return thing.code
            case Column.NAME_TH:
                return thing.name_th
            case Column.NAME_EN:
                return thing.name_en
            case Column.GROUP:
                return group_name(thing.group)
        return f"{thing.priority.value} {priority_name(thing.priority)}"

    def colour_of(self, thing: Category, column: int) -> str:
        return "text" if column in (Column.CODE, Column.NAME_TH) else "text_2"


class CategoryTable(ChoiceTable):
    """Every type of incident that is offered."""

    def __init__(self, theme: Theme) -> None:
        self.rows = CategoryRows(theme)
        super().__init__(theme, self.rows, tr("Types of incidents"), _SHARES)
        self.setProperty("airy", True)
