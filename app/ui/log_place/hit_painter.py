"""Paints found incidents: two lines a row, the words of the query on their ground.

Where every letter of a row goes is reckoned once, and kept for as long as the row is likely to be
painted again: a table that scrolls paints whole screens sixty times a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from app.incidents.deadlines import Urgency
from app.map.shapes import draw_incident
from app.map.style import MapStyle
from app.thai.excerpt import Excerpt
from app.ui.icons import pixmap
from app.ui.log_place.hit_row import HitRow
from app.ui.log_place.hits_model import Column
from app.ui.log_place.laid_words import Letters, Placed
from app.ui.theme import Theme
from app.ui.words import map_urgency

_PADDING_PX = 8.0
_MARK_RADIUS_PX = 8.0
_MARK_PX = 24
_COUNT_PX = 60.0  # room for how many stills
_MOST_KEPT = 300
_SECOND, _MATCH = "text_2", "match_text"
_SELECTED = {_SECOND: "selected_text_2"}
"""Colours that are others on the ground of a selected row."""

Columns = Mapping[Column, tuple[int, int]]
"""Left edge and width of each column that is shown, in pixels."""


@dataclass(slots=True)
class _LaidRow:
    """A row's letters at their places, by the name of their colour; the rooms of its matches."""

    letters: dict[str, list[Placed]] = field(default_factory=lambda: defaultdict(list))
    grounds: list[QRectF] = field(default_factory=list)


class _Ink:
    """One size of letters, plain and marked."""

    def __init__(self, theme: Theme, role: str, weight: int = 400) -> None:
        self.plain, self.strong = (Letters(theme.font(role, each)) for each in (weight, 600))


class HitPainter:
    """Rows of one table. Tell it the columns before it paints."""

    def __init__(self, theme: Theme, style: MapStyle) -> None:
        self._theme, self._style = theme, style
        self._body, self._number = _Ink(theme, "body"), _Ink(theme, "body", 600)
        self._small = _Ink(theme, "small")
        self._colours = {
            name: theme.colour(name)
            for name in ("text", _SECOND, "selected", "selected_text_2", "line_row", "blue",
                         "match", _MATCH, "panel")
        }  # fmt: skip
        self._columns: dict[Column, tuple[int, int]] = {}
        self._row_px = 0
        self._kept: dict[int, tuple[HitRow, _LaidRow]] = {}
        self._marks: dict[tuple[Urgency, float], QPixmap] = {}

    def set_columns(self, columns: Columns, row_px: int) -> None:
        """How wide and how high from now on."""
        if dict(columns) != self._columns or row_px != self._row_px:
            self._columns, self._row_px = dict(columns), row_px
            self._kept.clear()

    def paint(
        self, painter: QPainter, top: int, width: int, row: HitRow | None, *, selected: bool
    ) -> None:
        """A row whose upper edge is at `top`; its ground too. None: an empty one."""
        colours = self._colours
        painter.fillRect(0, top, width, self._row_px, colours["selected" if selected else "panel"])
        painter.fillRect(0, top + self._row_px - 1, width, 1, colours["line_row"])
        if row is None:
            return
        if selected:
            painter.fillRect(0, top, 3, self._row_px, colours["blue"])
        self._paint_mark(painter, top, row.urgency)
        self._paint_attached(painter, top, row, selected=selected)
        painter.translate(0, top)
        laid = self._laid(row)
        for ground in laid.grounds:
            self._paint_ground(painter, ground)
        for name, letters in laid.letters.items():
            painter.setPen(colours[_SELECTED.get(name, name) if selected else name])
            for at, glyphs in letters:
                painter.drawGlyphRun(at, glyphs)
        painter.translate(0, -top)

    def _paint_ground(self, painter: QPainter, ground: QRectF) -> None:
        painter.fillRect(ground, self._colours["match"])
        line = QRectF(ground.left(), ground.bottom() - 1, ground.width(), 1.5)
        painter.fillRect(line, self._colours["text"])

    # Where the letters go

    def _laid(self, row: HitRow) -> _LaidRow:
        kept = self._kept.get(id(row))
        if kept is not None and kept[0] is row:
            return kept[1]
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        laid = _LaidRow()
        self._lay(row, laid)
        self._kept[id(row)] = (row, laid)
        return laid

    def _lay(self, row: HitRow, laid: _LaidRow) -> None:
        upper_px, lower_px = self._theme.px(22), self._theme.px(19)
        top = (self._row_px - 1 - upper_px - lower_px) / 2
        upper, lower = (top, upper_px), (top + upper_px, lower_px)
        whole = (0.0, self._row_px - 1.0)
        left, right = self._room(Column.NUMBER)
        self._put(laid, row.number, self._number, "text", left, right, upper)
        self._put_plain(laid, row.reported, self._small.plain, _SECOND, left, right, lower)
        left, right = self._room(Column.WORDS)
        used = self._put(laid, row.category, self._number, "text", left, right, upper)
        after = left + used + (6 if row.category.text else 0)
        self._put(laid, row.first, self._body, "text", after, right, upper)
        used = self._put_plain(laid, row.lead, self._small.plain, _SECOND, left, right, lower)
        left += used + (5 if row.lead else 0)
        left += self._put(laid, row.second, self._small, _SECOND, left, right, lower)
        by = f" · {row.by}" if row.by and row.second.text else row.by  # the same in row after row
        self._put_plain(laid, by, self._small.plain, _SECOND, left, right, lower)
        for column, words, colour in (
            (Column.STATE, row.state, "text"), (Column.UNIT, row.units or "–", _SECOND),
        ):  # fmt: skip
            if column in self._columns:
                left, right = self._room(column)
                self._put_plain(laid, words, self._body.plain, colour, left, right, whole)

    def _room(self, column: Column) -> tuple[float, float]:
        left, width = self._columns.get(column, (0, 0))
        return left + _PADDING_PX, left + width - _PADDING_PX

    def _put(
        self, laid: _LaidRow, text: Excerpt, ink: _Ink, colour: str, left: float, right: float,
        line: tuple[float, float],
    ) -> float:  # fmt: skip
        """Put a text between `left` and `right`; `line`: top and height. The width it uses."""
        if not text.spans:  # as nearly always
            return self._put_plain(laid, text.text, ink.plain, colour, left, right, line)
        top, height = line
        baseline = round(top + height / 2 + ink.plain.middle_px)
        x = left
        for piece, is_match in _cut_at_marks(text):
            words = (ink.strong if is_match else ink.plain).laid(piece, right - x)
            if words is None:
                break
            if is_match:
                laid.grounds.append(QRectF(x, top + 1, words.width, height - 3))
            laid.letters[_MATCH if is_match else colour] += words.placed(x, baseline)
            x += words.width
            if words.is_cut:
                break
        return x - left

    def _put_plain(
        self, laid: _LaidRow, text: str, letters: Letters, colour: str, left: float, right: float,
        line: tuple[float, float],
    ) -> float:  # fmt: skip
        """The same for a text in which nothing is marked."""
        words = letters.laid(text, right - left) if text else None
        if words is None:
            return 0.0
        laid.letters[colour] += words.placed(left, round(line[0] + line[1] / 2 + letters.middle_px))
        return words.width

    # What is no letter

    def _paint_mark(self, painter: QPainter, top: int, urgency: Urgency) -> None:
        left, width = self._columns.get(Column.MARK, (0, 0))
        ratio = painter.device().devicePixelRatioF()
        mark = self._marks.get((urgency, ratio))
        if mark is None:
            mark = self._marks[urgency, ratio] = self._drawn_mark(urgency, ratio)
        x = left + (width - _MARK_PX) // 2
        painter.drawPixmap(x, top + (self._row_px - 1 - _MARK_PX) // 2, mark)

    def _drawn_mark(self, urgency: Urgency, ratio: float) -> QPixmap:
        mark = QPixmap(round(_MARK_PX * ratio), round(_MARK_PX * ratio))
        mark.setDevicePixelRatio(ratio)
        mark.fill(Qt.GlobalColor.transparent)
        painter = QPainter(mark)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(_MARK_PX / 2, _MARK_PX / 2)
        draw_incident(painter, centre, map_urgency(urgency), self._style, _MARK_RADIUS_PX)
        painter.end()
        return mark

    def _paint_attached(self, painter: QPainter, top: int, row: HitRow, *, selected: bool) -> None:
        """How many stills, and whether footage is locked."""
        if Column.ATTACHED not in self._columns or not (row.stills or row.is_locked):
            return
        colour = self._colours["selected_text_2" if selected else _SECOND]
        x, side = round(self._room(Column.ATTACHED)[0]), self._theme.px(15)
        ratio = painter.device().devicePixelRatioF()
        middle = top + (self._row_px - 1) // 2
        if row.stills:
            painter.drawPixmap(x, middle - side // 2, pixmap("image", colour, side, ratio))
            painter.setPen(colour)
            letters = self._body.plain
            count = letters.laid(str(row.stills), _COUNT_PX)
            if count is not None:
                count.draw(painter, x + side + 5, round(middle + letters.middle_px))
                x += side + 12 + round(count.width)
        if row.is_locked:
            painter.drawPixmap(x, middle - side // 2, pixmap("lock", colour, side, ratio))


def _cut_at_marks(text: Excerpt) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each is a match."""
    done = 0
    for span in text.spans:
        if span.start > done:
            yield text.text[done : span.start], False
        yield text.text[span.start : span.end], True
        done = span.end
    if done < len(text.text):
        yield text.text[done:], False
