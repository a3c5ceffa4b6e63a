"""The table of officers in Setup: shows them, chooses one. Reads nothing."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent

from app.clock import from_stored
from app.duty.officer import Officer
from app.log import Permission
from app.log.rights import ROLE_NAMES
from app.thai.dates import short_date
from app.thai.translation import language, say, tr
from app.ui.officer_office import ListedOfficer
from app.ui.setup.choice_table import ChoiceRows, ChoiceTable, Index
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


class OfficerRows(ChoiceRows):
    """All officers, those who left at the end."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._listed: tuple[ListedOfficer, ...] = ()

    def show(self, listed: Sequence[ListedOfficer]) -> None:
        """These are the officers now."""
        self.beginResetModel()
        self._listed = tuple(listed)
        self.endResetModel()

    def id_at(self, row: int) -> str:
        return self._listed[row].officer.id

    def row_of(self, row_id: str) -> int:
        return next((row for row, one in enumerate(self._listed) if one.officer.id == row_id), -1)

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._listed)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            heads = (
                tr("Rank and name"),
                tr("Post"),
                tr("Role"),
                tr("With footage"),
                tr("Password"),
            )
            return heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, listed = Column(index.column()), self._listed[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(listed, column)
            case Qt.ItemDataRole.FontRole:
                return self._theme.font("body", 600 if column is Column.NAME else 400)
            case Qt.ItemDataRole.ForegroundRole:
                return self._theme.colour(_token(listed, column))
        return None

    @staticmethod
    def _text(listed: ListedOfficer, column: Column) -> str:
        officer = listed.officer
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
        return tr("has one") if listed.has_password else tr("none here")


def permission_words(officer: Officer) -> str:
    """What the officer may do with footage, in a word or two."""
    words = {Permission.FOOTAGE: tr("watches"), Permission.EXPORT: tr("takes out")}
    said = [word for permission, word in words.items() if permission in officer.permissions]
    return " · ".join(said) or tr("neither")


def _token(listed: ListedOfficer, column: Column) -> str:
    if not listed.officer.serves:
        return "text_off"
    if column is Column.PASSWORD and not listed.has_password:
        return "amber"
    return "text" if column is Column.NAME else "text_2"


class OfficerTable(ChoiceTable):
    """One row an officer."""

    def __init__(self, theme: Theme) -> None:
        self.rows = OfficerRows(theme)
        super().__init__(theme, self.rows, tr("Officers"))
        self.setItemDelegate(PaddedCells(theme, self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width()
        for column, share in zip(Column, _SHARES, strict=True):
            self.setColumnWidth(column, int(room * share))
