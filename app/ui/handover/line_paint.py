"""Paints one line of a handover's page: mark, words in columns, and the box to tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.duty.handover_page import PageRow
from app.duty.units import UnitState
from app.incidents.deadlines import Urgency
from app.map.shapes import draw_incident, draw_unit_state
from app.map.style import MapStyle
from app.ui.handover.page_lines import LINE, Box, Index, Line
from app.ui.icons import pixmap
from app.ui.theme import Theme
from app.ui.widgets.buttons import key_cap_width, paint_key_cap
from app.ui.words import map_urgency, unit_look

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_MARK_PX, _PADDING_PX, _BOX_PX = 36, 8, 17
_ROW_PX, _HEAD_PX = 35, 36
_INCIDENT_CELLS = 6
_HEADING_DEG = 45.0  # nobody tells where a unit is heading: as on the pictures of navigation


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in pixels: the first column of all items, the second one of incidents and of others,
    the last three of incidents, the end."""

    first: int
    kind: int
    what: int
    state: int
    units: int
    due: int
    end: int


class LinePainter(QStyledItemDelegate):
    """Told the widths by the list, which knows all its lines."""

    def __init__(self, theme: Theme, style: MapStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._map_style = style
        self.columns = Columns(0, 0, 0, 0, 0, 0, 0)

    # Measuring

    def measure(self, lines: Sequence[Line], width: int) -> None:
        """Reckon the columns so that numbers, states and times are never cut."""
        bold = QFontMetrics(self._theme.font("body", 600))
        hint = QFontMetrics(self._theme.font("hint"))
        rows = [line.row for line in lines if line.row is not None]
        full = [row for row in rows if len(row.cells) == _INCIDENT_CELLS]
        short = [row for row in rows if len(row.cells) != _INCIDENT_CELLS and len(row.cells) > 1]

        def widest(cell: int, of: Sequence[PageRow], most: int) -> int:
            needed = [bold.horizontalAdvance(row.cells[cell]) for row in of]
            return min(self._theme.px(most), max(needed, default=0) + 2 * _PADDING_PX + 4)

        cap = key_cap_width(self._theme, "Space") + _PADDING_PX
        words = max([hint.horizontalAdvance(line.right) for line in lines if line.row], default=0)
        self.columns = Columns(
            first=widest(0, rows, 150),
            kind=widest(1, full, 400),
            what=widest(1, short, 700),
            state=widest(3, full, 150),
            units=widest(4, full, 150 if width > self._theme.px(1100) else 110),
            due=widest(5, full, 340 if width > self._theme.px(1100) else 260),
            end=words + cap + self._theme.px(_BOX_PX) + 3 * _PADDING_PX,
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: Line = index.data(LINE)
        return QSize(100, self._theme.px(_HEAD_PX if line.is_head else _ROW_PX))

    def box_of(self, rect: QRect) -> QRect:
        """Where the box of a line stands."""
        side = self._theme.px(_BOX_PX)
        left = rect.right() - side - self._theme.px(12)
        return QRect(left, rect.center().y() - side // 2, side, side)

    # Painting

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.is_head:
            self._paint_head(painter, option.rect, line)
        elif line.row is None:
            self._text(painter, self._inner(option.rect), line.words, "text_2", "body")
        else:
            selected = bool(option.state & QStyle.StateFlag.State_Selected)
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus) and selected
            self._paint_item(painter, option.rect, line, line.row, selected, focused)
        painter.setPen(self._theme.colour("line_row"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRect, line: Line) -> None:
        painter.fillRect(rect, self._theme.colour("raised"))
        side = self._theme.px(15)
        number = QRect(rect.left() + _PADDING_PX * 2, rect.top(), 16, rect.height())
        self._text(painter, number, str(line.number), "text_3", "small", 600)
        at = number.right() + _PADDING_PX
        top = rect.center().y() - side // 2
        self._icon(painter, line.icon, "text_2", QRect(at, top, side, side))
        title = rect.adjusted(at - rect.left() + side + _PADDING_PX, 0, 0, 0)
        self._text(painter, title, line.words, "text", "body", 600)
        end = rect.adjusted(0, 0, -self._theme.px(12), 0)
        width = self._text(painter, end, line.right, line.colour, "small", 600, right=True)
        icon = {"green": "check", "amber": "circle-dashed"}.get(line.colour)
        if icon is not None and line.right:
            left = end.right() - width - side - 5
            self._icon(painter, icon, line.colour, QRect(left, top, side, side))

    def _paint_item(
        self, painter: QPainter, rect: QRect, line: Line, row: PageRow, selected: bool,
        focused: bool,
    ) -> None:  # fmt: skip
        if selected:
            painter.fillRect(rect, self._theme.colour("selected"))
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()),
                             self._theme.colour("blue"))  # fmt: skip
        self._paint_mark(painter, rect, row)
        quiet = "selected_text_2" if selected else "text_2"
        x = rect.left() + self._theme.px(_MARK_PX)
        for number, (text, width) in enumerate(self._cells(row, rect)):
            last = number == len(row.cells) - 1
            bold = number == 0 or (last and bool(row.state))
            colour = row.state if last and row.state else ("text" if number in (0, 1) else quiet)
            where = QRect(x, rect.top(), width, rect.height())
            self._text(painter, where, text, colour, "body", 600 if bold else 400, padded=True)
            x += width
        self._paint_end(painter, rect, line, focused, quiet if selected else line.colour)

    def _cells(self, row: PageRow, rect: QRect) -> list[tuple[str, int]]:
        """Each cell's words and width; what is left is shared by those that may be cut."""
        columns = self.columns
        left = rect.width() - self._theme.px(_MARK_PX) - columns.first - columns.end
        if len(row.cells) != _INCIDENT_CELLS:
            share = _between(int(left * 0.3), columns.what, int(left * 0.62))
            return list(zip(row.cells, (columns.first, share, left - share), strict=False))
        left -= columns.state + columns.units + columns.due
        share = _between(int(left * 0.35), columns.kind, int(left * 0.58))
        widths = (columns.first, share, left - share, columns.state, columns.units, columns.due)
        return list(zip(row.cells, widths, strict=True))

    def _paint_mark(self, painter: QPainter, rect: QRect, row: PageRow) -> None:
        kind, _, state = row.mark.partition(":")
        wide = self._theme.px(_MARK_PX)
        centre = QPointF(rect.left() + wide / 2 + 0.5, rect.center().y() + 0.5)
        if kind == "incident" and state:
            urgency = map_urgency(Urgency[state.upper()])
            draw_incident(painter, centre, urgency, self._map_style, 8.0)
        elif kind == "unit" and state:
            look = unit_look(UnitState(state))
            draw_unit_state(painter, centre, look, _HEADING_DEG, self._map_style)
        else:
            side = self._theme.px(15)
            where = QRect(0, 0, side, side)
            where.moveCenter(centre.toPoint())
            self._icon(painter, row.mark, row.colour, where)

    def _paint_end(
        self, painter: QPainter, rect: QRect, line: Line, focused: bool, colour: str
    ) -> None:
        end = rect.adjusted(0, 0, -self._theme.px(12), 0)
        if line.box is Box.NONE:
            self._text(painter, end, line.right, colour, "hint", right=True)
            return
        box = self.box_of(rect)
        self._paint_box(painter, box, line.box is Box.DONE)
        end.setRight(box.left() - _PADDING_PX)
        if focused and line.box is Box.OPEN:
            height, wide = self._theme.px(18), key_cap_width(self._theme, "Space")
            top = rect.center().y() - height // 2
            cap = QRect(end.right() - wide, top, wide, height)
            paint_key_cap(painter, self._theme, "Space", cap, lit=False)
            end.setRight(cap.left() - _PADDING_PX)
        self._text(painter, end, line.right, colour, "hint", right=True)

    def _paint_box(self, painter: QPainter, box: QRect, done: bool) -> None:
        theme = self._theme
        painter.setPen(theme.colour("primary_line" if done else "line_check"))
        painter.setBrush(theme.colour("primary" if done else "bg"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
        if done:
            self._icon(painter, "check", "primary_text", box.adjusted(1, 1, -1, -1))

    # Pieces

    def _inner(self, rect: QRect) -> QRect:
        return rect.adjusted(self._theme.px(_MARK_PX) + _PADDING_PX, 0, -_PADDING_PX, 0)

    def _icon(self, painter: QPainter, name: str, colour: str, where: QRect) -> None:
        if name == "dot":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour(colour))
            painter.drawEllipse(QPointF(where.center()), where.width() * 0.3, where.width() * 0.3)
            return
        ratio = painter.device().devicePixelRatioF()
        image = pixmap(name, self._theme.colour(colour), where.width(), ratio)
        painter.drawPixmap(where.topLeft(), image)

    def _text(
        self, painter: QPainter, where: QRect, text: str, colour: str, role: str,
        weight: int = 400, *, right: bool = False, padded: bool = False,
    ) -> int:  # fmt: skip
        """Draw it, cut with … where there is no room; how wide it is."""
        room = where.adjusted(_PADDING_PX, 0, -_PADDING_PX, 0) if padded else where
        font = self._theme.font(role, weight)
        metrics = QFontMetrics(font)
        words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(room.width(), 0))
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        painter.drawText(room, _RIGHT if right else _LEFT, words)
        return metrics.horizontalAdvance(words)


def _between(least: int, wanted: int, most: int) -> int:
    return max(least, min(wanted, most))
