"""Buttons that carry their key (TOKENS rule 7), and rows of segments. Knows the theme only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from app.ui.icons import pixmap
from app.ui.theme import Theme

_GAP = 8
_PADDING = 11
_CAP_PADDING = 5
_SLIM_PX = 24


def paint_key_cap(painter: QPainter, theme: Theme, key: str, where: QRect, *, lit: bool) -> None:
    """A key cap, its text centred. `lit`: on a filled ground, so drawn in that ground's white."""
    painter.setPen(theme.colour("primary_text" if lit else "line_control"))
    painter.setBrush(Qt.BrushStyle.NoBrush if lit else theme.colour("bg"))
    painter.drawRoundedRect(where.adjusted(0, 0, -1, -1), 3, 3)
    painter.setFont(theme.font("kbd", 500))
    painter.setPen(theme.colour("primary_text" if lit else "text_2"))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, key)


def key_cap_width(theme: Theme, key: str) -> int:
    """How wide the cap of a key is."""
    return theme.words_px("kbd", key, 500) + 2 * _CAP_PADDING


class KeyButton(QPushButton):
    """A button with an icon, its words and the key that does the same."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        key: str = "",
        icon: str = "",
        primary: bool = False,
        flat: bool = False,
        slim: bool = False,
    ) -> None:
        """`slim`: low enough for the head of a pane."""
        super().__init__(text)
        self._theme = theme
        self._key = key
        self._whole = (text, key)
        self._icon = icon
        self.setProperty("primary", primary)
        self.setProperty("flat", flat)
        if slim:
            self.setProperty("slim", True)
            self.setFixedHeight(theme.px(_SLIM_PX))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{text} ({key})" if key else text)

    def show_words(self, text: str, key: str) -> None:
        """Other words and another key."""
        self._key = key
        self._whole = (text, key)
        self.setText(text)
        self.setAccessibleName(f"{text} ({key})" if key else text)
        self.updateGeometry()

    def show_part(self, *, words: bool = True, cap: bool = True) -> None:
        """Without its words or its key's cap, where there is no room: the tool tip has them."""
        text, key = self._whole
        self._key = key if cap else ""
        self.setText(text if words else "")
        self.setToolTip("" if words and cap else self.accessibleName())
        self.updateGeometry()

    def show_icon(self, icon: str) -> None:
        """Another icon; empty where there is no room for one."""
        if icon != self._icon:
            self._icon = icon
            self.updateGeometry()
            self.update()

    @property
    def icon_px(self) -> int:
        """What the button would be narrower by without its icon."""
        return self._icon_room()

    def sizeHint(self) -> QSize:
        text_px = self._words_px()
        height = max(self.minimumHeight(), self._theme.px(30))
        return QSize(2 * _PADDING + self._icon_room() + text_px + self._cap_room() + 2, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_content(painter)

    def _paint_content(self, painter: QPainter) -> None:
        lit = bool(self.property("primary")) and self.isEnabled()
        token = "primary_text" if lit else ("text" if self.isEnabled() else "text_off")
        colour = self._theme.colour(token)
        used = self.sizeHint().width() - 2 * _PADDING
        x = max(_PADDING, (self.width() - used) // 2)
        if self._icon:
            side = self._theme.px(16)
            image = pixmap(self._icon, colour, side, self.devicePixelRatioF())
            painter.drawPixmap(x, (self.height() - side) // 2, image)
            x += self._icon_room()
        painter.setFont(self._theme.font("body", 600 if lit else 500))
        painter.setPen(colour)
        width = self._words_px()
        room = QRect(x, 0, width + 2, self.height())
        painter.drawText(
            room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text()
        )
        if self._key:
            cap = self._theme.px(18)
            where = QRect(x + width + _GAP, (self.height() - cap) // 2, self._cap_px(), cap)
            paint_key_cap(painter, self._theme, self._key, where, lit=lit)

    def _words_px(self) -> int:
        return self._theme.words_px("body", self.text(), 600)

    def _icon_room(self) -> int:
        return self._theme.px(16) + 6 if self._icon else 0

    def _cap_px(self) -> int:
        return key_cap_width(self._theme, self._key)

    def _cap_room(self) -> int:
        return _GAP + self._cap_px() if self._key else 0


class IconButton(QPushButton):
    """An icon alone, for what needs no word; its words are the tool tip."""

    def __init__(self, theme: Theme, icon: str, words: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self.setProperty("flat", True)
        self.setFixedWidth(theme.px(30))
        self.show_words(words)

    def show_words(self, words: str) -> None:
        """What it does now."""
        self.setToolTip(words)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = self._theme.px(16)
        colour = self._theme.colour("text" if self.isEnabled() else "text_off")
        where = QPoint((self.width() - side) // 2, (self.height() - side) // 2)
        QPainter(self).drawPixmap(where, pixmap(self._icon, colour, side, self.devicePixelRatioF()))


class Segments(QWidget):
    """A row of choices of which one (or, not `exclusive`, any number) is on."""

    chosen = Signal(str, bool)  # id, on

    def __init__(self, choices: Sequence[tuple[str, str]], *, exclusive: bool = True) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._group.setExclusive(exclusive)
        self._buttons: dict[str, QPushButton] = {}
        for number, (choice, text) in enumerate(choices):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setProperty("segment", True)
            self._group.addButton(button, number)
            self._buttons[choice] = button
            row.addWidget(button)
        self._ids = [choice for choice, _ in choices]
        self._group.idToggled.connect(self._on_toggled)

    def set_on(self, choice: str, on: bool = True) -> None:
        """Switch a choice without telling anyone."""
        self._group.blockSignals(True)
        self._buttons[choice].setChecked(on)
        self._group.blockSignals(False)

    def choose(self, choice: str) -> None:
        """Switch to a choice, as a press would."""
        self._buttons[choice].click()

    def set_shown(self, choice: str, shown: bool) -> None:
        """Offer a choice, or not, where there is no room for all."""
        self._buttons[choice].setVisible(shown)

    def current(self) -> str:
        """The choice that is on; the empty string when none is."""
        number = self._group.checkedId()
        return self._ids[number] if number >= 0 else ""

    def _on_toggled(self, number: int, on: bool) -> None:
        if on or not self._group.exclusive():
            self.chosen.emit(self._ids[number], on)
