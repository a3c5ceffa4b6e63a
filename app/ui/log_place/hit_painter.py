"""Paints the cells of a found incident: two lines, the words of the query on their ground."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.map.shapes import draw_incident
from app.map.style import MapStyle
from app.thai.excerpt import Excerpt
from app.ui.icons import pixmap
from app.ui.log_place.hits_model import ROW, Column, Index
from app.ui.theme import Theme
from app.ui.words import map_urgency

_PADDING_PX = 8
_MARK_RADIUS_PX = 8.0
_TAIL = "…"


class _Ink:
    """One size of letters, plain and marked, with what is asked of them all the time."""

    def __init__(self, theme: Theme, role: str, weight: int = 400) -> None:
        self.plain, self.strong = theme.font(role, weight), theme.font(role, 600)
        self.plain_metrics = QFontMetricsF(self.plain)
        self.strong_metrics = QFontMetricsF(self.strong)
        self.tail_px = self.strong_metrics.horizontalAdvance(_TAIL)
        self.middle_px = (self.plain_metrics.ascent() - self.plain_metrics.descent()) / 2


class HitPainter(QStyledItemDelegate):
    """A delegate for `HitsModel`."""

    def __init__(self, theme: Theme, style: MapStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._style = theme, style
        self._body, self._number = _Ink(theme, "body"), _Ink(theme, "body", 600)
        self._small = _Ink(theme, "small")
        self._colours = {
            name: theme.colour(name)
            for name in ("text", "text_2", "selected", "selected_text_2", "line_row", "blue",
                         "match", "match_text")
        }  # fmt: skip

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        if selected:
            painter.fillRect(rect, self._colours["selected"])
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._colours["line_row"])
        row = index.data(ROW)
        if row is None:
            return
        second = self._colours["selected_text_2" if selected else "text_2"]
        upper, lower = self._lines(rect)
        match index.column():
            case Column.MARK:
                self._paint_mark(painter, rect, row.urgency, selected)
            case Column.NUMBER:
                self._write(painter, upper, row.number, self._number, self._colours["text"])
                self._write(painter, lower, Excerpt(row.reported), self._small, second)
            case Column.WORDS:
                used = self._write(
                    painter, upper, row.category, self._number, self._colours["text"]
                )
                rest = upper.adjusted(used + 6 if row.category.text else 0, 0, 0, 0)
                self._write(painter, rest, row.first, self._body, self._colours["text"])
                used = self._write(painter, lower, Excerpt(row.lead), self._small, second)
                rest = lower.adjusted(used + 5 if row.lead else 0, 0, 0, 0)
                self._write(painter, rest, row.second, self._small, second)
            case Column.ATTACHED:
                self._paint_attached(painter, rect, row.stills, row.is_locked, second)
            case Column.STATE:
                self._write(painter, self._one_line(rect), Excerpt(row.state), self._body,
                            self._colours["text"])  # fmt: skip
            case Column.UNIT:
                self._write(painter, self._one_line(rect), Excerpt(row.units or "–"), self._body,
                            second)  # fmt: skip

    # Where the lines are

    def _lines(self, rect: QRect) -> tuple[QRectF, QRectF]:
        room = QRectF(rect).adjusted(_PADDING_PX, 0, -_PADDING_PX, -1)
        upper_px, lower_px = self._theme.px(22), self._theme.px(19)
        top = room.top() + (room.height() - upper_px - lower_px) / 2
        upper = QRectF(room.left(), top, room.width(), upper_px)
        return upper, QRectF(room.left(), upper.bottom(), room.width(), lower_px)

    def _one_line(self, rect: QRect) -> QRectF:
        return QRectF(rect).adjusted(_PADDING_PX, 0, -_PADDING_PX, -1)

    # What stands in them

    def _write(
        self, painter: QPainter, room: QRectF, text: Excerpt, ink: _Ink, colour: QColor
    ) -> float:
        """The text with its marks, cut where the room ends. Returns the width it used."""
        if room.width() <= ink.tail_px or not text.text:
            return 0.0
        baseline = round(room.center().y() + ink.middle_px)
        x, end = room.left(), room.right()
        for piece, is_match in _pieces(text):
            metrics = ink.strong_metrics if is_match else ink.plain_metrics
            width = metrics.horizontalAdvance(piece)
            is_last = x + width > end
            if is_last:
                piece = metrics.elidedText(piece, Qt.TextElideMode.ElideRight, end - x)
                width = metrics.horizontalAdvance(piece)
            font = ink.strong if is_match else ink.plain
            self._put(painter, piece, QRectF(x, room.top(), width, room.height()), baseline, font,
                      colour, is_match=is_match)  # fmt: skip
            x += width
            if is_last:
                break
        return x - room.left()

    def _put(
        self, painter: QPainter, piece: str, box: QRectF, baseline: float, font: QFont,
        colour: QColor, *, is_match: bool,
    ) -> None:  # fmt: skip
        if is_match:
            ground = QRectF(box.left(), box.top() + 1, box.width(), box.height() - 3)
            painter.fillRect(ground, self._colours["match"])
            line = QRectF(ground.left(), ground.bottom() - 1, ground.width(), 1.5)
            painter.fillRect(line, self._colours["text"])
        painter.setFont(font)
        painter.setPen(self._colours["match_text"] if is_match else colour)
        painter.drawText(QPointF(box.left(), baseline), piece)

    def _paint_mark(self, painter: QPainter, rect: QRect, urgency: object, selected: bool) -> None:
        if selected:
            painter.fillRect(rect.left(), rect.top(), 3, rect.height(), self._colours["blue"])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(rect.center()) + QPointF(0.5, 0.5)
        shape = map_urgency(urgency)  # type: ignore[arg-type]  # a HitRow's
        draw_incident(painter, centre, shape, self._style, _MARK_RADIUS_PX)
        painter.restore()

    def _paint_attached(
        self, painter: QPainter, rect: QRect, stills: int, is_locked: bool, colour: QColor
    ) -> None:
        x, side = rect.left() + _PADDING_PX, self._theme.px(15)
        dpr = painter.device().devicePixelRatioF()
        top = rect.center().y() - side // 2
        if stills:
            painter.drawPixmap(x, top, pixmap("image", colour, side, dpr))
            room = QRectF(x + side + 5, rect.top(), 30, rect.height() - 1)
            x += (
                side
                + 11
                + round(self._write(painter, room, Excerpt(str(stills)), self._body, colour))
            )
        if is_locked:
            painter.drawPixmap(x, top, pixmap("lock", colour, side, dpr))


def _pieces(text: Excerpt) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each is a match."""
    done = 0
    for span in text.spans:
        if span.start > done:
            yield text.text[done : span.start], False
        yield text.text[span.start : span.end], True
        done = span.end
    if done < len(text.text):
        yield text.text[done:], False
