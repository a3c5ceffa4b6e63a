"""The lettering of one tile, kept as small pictures until its words change. Knows no camera.

Letters cost more than the picture under them; a tile paints its picture many times a second.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from app.thai.translation import tr
from app.ui.icons import paint_icon
from app.ui.theme import Theme

_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_DOT_PX = 9
_ROOM_FOR_REC_PX = 200
"""On a narrower tile the camera's name says more: the header tells that all are recorded."""
_AGE_ROOM = "0.0 วิ"  # the age has this room at least, so that the name does not move


@dataclass(frozen=True, slots=True)
class Caption:
    """What a caption says, from left to right. `said` takes the room of all but the id."""

    mark: str
    colour: str
    camera_id: str
    name: str
    said: str = ""
    age: str = ""
    distance: str = ""
    sees: bool = False
    """Whether it is in the row of those that see the selected place."""
    recorded: bool | None = None
    """Whether it is being recorded; None: nothing is said of it."""


class TileArt:
    """Paints each piece once and gives it again until it would look different."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._kept: dict[str, tuple[Hashable, QPixmap]] = {}

    def caption(self, caption: Caption, size: QSize, ratio: float) -> QPixmap:
        """The whole bar under the picture."""

        def paint(painter: QPainter) -> None:
            _CaptionPainter(self._theme, painter, caption, QRect(0, 0, size.width(), size.height()))

        return self._piece("caption", (caption,), size, ratio, paint)

    def tag(self, text: str, token: str, ratio: float, slot: str = "tag") -> QPixmap:
        """A word or two over the picture: its age, its zoom."""
        font = self._theme.font("hint", 600)
        size = QSize(QFontMetrics(font).horizontalAdvance(text) + 14, self._theme.px(20))

        def paint(painter: QPainter) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("bg"))
            painter.drawRoundedRect(QRectF(QPointF(), size.toSizeF()), 3, 3)
            painter.setFont(font)
            painter.setPen(self._theme.colour(token))
            painter.drawText(QRect(0, 0, size.width(), size.height()), _CENTRE, text)

        return self._piece(slot, (text, token), size, ratio, paint)

    def rank(self, number: int, ratio: float) -> QPixmap:
        """The numbered disc of a camera that sees the selected place."""
        whole = self.rank_px

        def paint(painter: QPainter) -> None:
            disc = QRectF(1, 1, whole - 2, whole - 2)
            painter.setPen(QPen(QColor("white"), 1.6))
            painter.setBrush(self._theme.colour("primary"))
            painter.drawEllipse(disc)
            painter.setFont(self._theme.font("small", 700))
            painter.setPen(self._theme.colour("primary_text"))
            painter.drawText(disc, _CENTRE, str(number))

        return self._piece("rank", (number,), QSize(whole, whole), ratio, paint)

    @property
    def rank_px(self) -> int:
        """How wide and how high that disc is."""
        return self._theme.px(22) + 2

    def box(self, lines: tuple[str, ...], token: str, room: QSize, ratio: float) -> QPixmap:
        """The words of a picture that is not live; fewer and shorter when the tile is small."""
        head = self._theme.font("small" if room.width() < 260 else "body", 600)
        rest = self._theme.font("hint")
        fonts = [head] + [rest] * (len(lines) - 1)
        space = room.width() - 12
        rows = [
            (QFontMetrics(font).elidedText(line, _ELIDE, space - 20), font)
            for font, line in zip(fonts, lines, strict=True)
        ]
        while len(rows) > 1 and _height(rows) + 14 > room.height():
            rows.pop()
        width = max(QFontMetrics(font).horizontalAdvance(line) for line, font in rows)
        size = QSize(min(space, width + 24), _height(rows) + 14)

        def paint(painter: QPainter) -> None:
            self._paint_box(painter, rows, token, size)

        return self._piece("box", (lines, token, room.width(), room.height()), size, ratio, paint)

    def _paint_box(
        self, painter: QPainter, rows: list[tuple[str, QFont]], token: str, size: QSize
    ) -> None:
        ground = {"red": "red_tint", "amber": "amber_tint"}.get(token)
        if ground is not None:
            painter.setPen(QPen(self._theme.colour(f"{ground}_line"), 1))
            painter.setBrush(self._theme.colour(ground))
            frame = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
            painter.drawRoundedRect(frame, 3, 3)
        y = 7
        for number, (line, font) in enumerate(rows):
            painter.setFont(font)
            painter.setPen(self._theme.colour(token if number == 0 else "text_2"))
            painter.drawText(QRect(0, y, size.width(), _row_height(font)), _CENTRE, line)
            y += _row_height(font)

    def _piece(
        self,
        slot: str,
        key: Hashable,
        size: QSize,
        ratio: float,
        paint: Callable[[QPainter], None],
    ) -> QPixmap:
        whole_key = (key, size.width(), size.height(), ratio)
        kept = self._kept.get(slot)
        if kept is None or kept[0] != whole_key:
            pixmap = QPixmap(size * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint(painter)
            painter.end()
            kept = self._kept[slot] = (whole_key, pixmap)
        return kept[1]


class _CaptionPainter:
    """One caption, painted from both ends towards the name, which gets what room is left."""

    def __init__(self, theme: Theme, painter: QPainter, caption: Caption, bar: QRect) -> None:
        self._theme, self._painter, self._caption, self._bar = theme, painter, caption, bar
        self._paint_ground()
        self._paint_mark()
        self._left, self._right = 21, bar.right() - 5
        if not caption.said:
            self._put_recorded()
            self._put_right(caption.distance, theme.font("small", 600), "text")
            if not self._has_no_room_for_age():
                self._put_age()
        self._put_left(caption.camera_id, theme.font("small", 600), "text", gap=6)
        self._put_name()

    def _paint_ground(self) -> None:
        ground = "selected" if self._caption.sees else "raised"
        self._painter.fillRect(self._bar, self._theme.colour(ground))
        if self._caption.sees:
            line = QRect(0, 0, self._bar.width(), 1)
            self._painter.fillRect(line, self._theme.colour("selected_line"))

    def _paint_mark(self) -> None:
        """The state's shape: dot, triangle, cross, key, ring (TOKENS §5)."""
        colour = self._theme.colour(self._caption.colour)
        centre = QPointF(11.0, self._bar.center().y() + 0.5)
        if self._caption.mark == "dot":
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(colour)
            self._painter.drawEllipse(centre, _DOT_PX / 2, _DOT_PX / 2)
            return
        side = self._theme.px(15)
        where = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        paint_icon(self._painter, self._caption.mark, colour, where)

    def _put_recorded(self) -> None:
        """Recording is what is normal, and quiet; not recording has words and a colour."""
        if self._caption.recorded is False:
            self._put_right(tr("Not recorded"), self._theme.font("hint", 600), "amber")
        elif self._caption.recorded and self._bar.width() >= _ROOM_FOR_REC_PX:
            token = "selected_text_2" if self._caption.sees else "text_3"
            self._put_right("● REC", self._theme.font("kbd"), token)

    def _put_age(self) -> None:
        """A healthy picture's age is quiet; an old one's has the colour of its state."""
        caption = self._caption
        token = caption.colour if caption.colour in ("amber", "red") else "text_3"
        if token == "text_3" and caption.sees:
            token = "selected_text_2"
        self._put_right(caption.age, self._theme.font("hint"), token, at_least=_AGE_ROOM)

    def _has_no_room_for_age(self) -> bool:
        """Whether the age of a healthy picture would cut the name, where the distance stands too:
        whoever looks for the nearest camera reads names."""
        caption = self._caption
        if not caption.distance or caption.colour in ("amber", "red"):
            return False
        small, strong = self._theme.font("small"), self._theme.font("small", 600)
        said = QFontMetrics(strong).horizontalAdvance(caption.camera_id)
        said += QFontMetrics(small).horizontalAdvance(caption.name)
        age_px = self._theme.words_px("hint", _AGE_ROOM)
        return said + age_px + 14 > self._right - self._left

    def _put_right(self, text: str, font: QFont, token: str, at_least: str = "") -> None:
        if not text:
            return
        letters = QFontMetrics(font)
        width = max(letters.horizontalAdvance(text), letters.horizontalAdvance(at_least)) + 1
        self._text(QRect(self._right - width, 0, width, self._bar.height()), text, font, token,
                   _RIGHT)  # fmt: skip
        self._right -= width + 6

    def _put_left(self, text: str, font: QFont, token: str, gap: int) -> None:
        width = QFontMetrics(font).horizontalAdvance(text)
        self._text(QRect(self._left, 0, width + 2, self._bar.height()), text, font, token, _LEFT)
        self._left += width + gap

    def _put_name(self) -> None:
        room = QRect(self._left, 0, self._right - self._left, self._bar.height())
        said = self._caption.said
        font = self._theme.font("small", 600 if said else 400)
        token = "blue" if said else "text"
        shown = QFontMetrics(font).elidedText(said or self._caption.name, _ELIDE, room.width())
        self._text(room, shown, font, token, _LEFT)

    def _text(
        self, where: QRect, text: str, font: QFont, token: str, how: Qt.AlignmentFlag
    ) -> None:
        self._painter.setFont(font)
        self._painter.setPen(self._theme.colour(token))
        self._painter.drawText(where, how, text)


def _row_height(font: QFont) -> int:
    return round(QFontMetrics(font).height() * 1.15)  # Thai needs air above and below


def _height(rows: list[tuple[str, QFont]]) -> int:
    return sum(_row_height(font) for _, font in rows)


_CENTRE = Qt.AlignmentFlag.AlignCenter
_ELIDE = Qt.TextElideMode.ElideRight
