"""The bar between pictures and timeline: time, transport, speeds, A–B, what the colours mean.

It tells what was pressed and shows what is; it decides nothing.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.clock import Clock
from app.thai.translation import tr
from app.ui.review.time_field import TimeField
from app.ui.review.transport_button import TransportButton
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton, Segments
from app.ui.widgets.labels import chip

SPEEDS = (-16.0, -4.0, -1.0, 0.5, 1.0, 2.0, 4.0, 16.0)


def speed_words(speed: float) -> str:
    """`−16×`, `½×`, `2×`."""
    if abs(speed) == 0.5:
        return "−½×" if speed < 0 else "½×"
    return f"{speed:g}×".replace("-", "−")


class TransportBar(QFrame):
    """Everything that moves the playhead, with its key on it."""

    acted = Signal(str)  # the action's id, as in `review_actions`
    speed_chosen = Signal(float)

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("ground", "panel")
        self.setProperty("edge", "top")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 12, 4)
        self.setFixedHeight(theme.px(50))
        self._row.setSpacing(6)
        self.time = TimeField(theme, clock)
        self._row.addWidget(self.time)
        self._cap = chip("Ctrl G", "kbd")
        self._row.addWidget(self._cap)
        self._add_transport()
        self._row.addStretch(1)
        self._add_speeds()
        self._row.addStretch(1)
        self._add_marks()
        self._row.addStretch(2)
        self._legend = Legend(theme)
        self._row.addWidget(self._legend)
        self._live = self._key("review_live", tr("Back to live"), "End", "radio")
        self._row.addWidget(self._live)

    def _add_transport(self) -> None:
        for id_, icon, words, key in (
            ("review_frame_back", "step-back", tr("One frame back"), ","),
            ("review_backwards", "rewind", tr("Backwards, faster each time"), "J"),
            ("review_pause", "play", tr("Play"), "K"),
            ("review_forwards", "fast-forward", tr("Forwards, faster each time"), "L"),
            ("review_frame_on", "step-forward", tr("One frame on"), "."),
        ):
            button = TransportButton(self._theme, icon, words, key, lit=id_ == "review_pause")
            button.setObjectName(id_)
            button.clicked.connect(self._on_clicked)
            self._row.addWidget(button)
            if id_ == "review_pause":
                self._play = button

    def _add_speeds(self) -> None:
        self._speeds = Segments([(f"{speed:g}", speed_words(speed)) for speed in SPEEDS])
        self._speeds.chosen.connect(self._on_speed)
        self._row.addWidget(self._speeds)

    def _add_marks(self) -> None:
        self._a = self._key("review_a", tr("A begins"), "I")
        self._b = self._key("review_b", tr("B ends"), "O")
        self._loop = self._key("review_loop", tr("Loop A–B"), "P", "repeat")
        self._loop.setCheckable(True)
        self._loop.setProperty("slim", True)
        self._mark = self._key("review_mark", tr("Bookmark"), "M", "bookmark")
        for button in (self._a, self._b, self._loop, self._mark):
            self._row.addWidget(button)

    def _key(self, id_: str, words: str, key: str, icon: str = "") -> KeyButton:
        button = KeyButton(self._theme, words, key=key, icon=icon)
        button.setObjectName(id_)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self._on_clicked)
        return button

    # What it is told

    def show_running(self, at: datetime, speed: float, *, runs: bool) -> None:
        """Where and how it runs."""
        self.time.show_time(at)
        words = (("pause", tr("Pause")), ("play", tr("Play")))[not runs]
        if self._play.property("runs") is not runs:
            self._play.setProperty("runs", runs)
            self._play.show_words(*words)
        choice = f"{speed:g}"
        if choice != self._speeds.current() and speed in SPEEDS:
            self._speeds.set_on(choice)

    def show_loop(self, on: bool, possible: bool) -> None:
        """Whether it goes round A–B."""
        self._loop.setChecked(on)
        self._loop.setEnabled(possible)

    # Slots

    def _on_clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, QWidget):
            self.acted.emit(sender.objectName())

    def _on_speed(self, choice: str, on: bool) -> None:
        self.speed_chosen.emit(float(choice))

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window drops the legend, then words that their tool tips say too."""
        width = self.width()
        px = self._theme.px
        roomy = width >= px(1640)
        self._legend.setVisible(width >= px(1790))
        self._cap.setVisible(width >= px(1420))
        self._row.setSpacing(6 if roomy else 4)
        self._a.show_words(tr("A begins") if roomy else "A", "I")
        self._b.show_words(tr("B ends") if roomy else "B", "O")
        self._loop.show_words(tr("Loop A–B") if roomy else tr("Loop"), "P")
        self._mark.show_words(tr("Bookmark") if roomy else tr("Mark"), "M")
        self._a.setToolTip(tr("A begins"))
        self._b.setToolTip(tr("B ends"))


class Legend(QWidget):
    """What the timeline's bars mean."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entries = (
            ("recorded", tr("recorded")), ("gap", tr("gap")), ("lock", tr("locked")),
        )  # fmt: skip

    def sizeHint(self) -> QSize:
        letters = QFontMetrics(self._theme.font("hint"))
        words = sum(letters.horizontalAdvance(text) for _, text in self._entries)
        return QSize(words + len(self._entries) * self._theme.px(40), self._theme.px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        font = theme.font("hint")
        painter.setFont(font)
        x, middle = 0, self.height() / 2
        for kind, text in self._entries:
            box = QRectF(x, middle - 4, theme.px(18), 8)
            self._paint_swatch(painter, kind, box)
            x += theme.px(18) + 6
            width = QFontMetrics(font).horizontalAdvance(text)
            painter.setPen(theme.colour("text_2"))
            where = QRectF(x, 0, width + 2, self.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter, text)
            x += width + theme.px(14)

    def _paint_swatch(self, painter: QPainter, kind: str, box: QRectF) -> None:
        theme = self._theme
        if kind == "gap":
            painter.fillRect(box, theme.colour("gap_ground"))
            painter.setPen(QPen(theme.colour("amber"), 1))
            painter.setBrush(QBrush(theme.colour("amber"), Qt.BrushStyle.BDiagPattern))
            painter.drawRect(box)
            return
        painter.fillRect(box, theme.colour("recorded"))
        if kind == "lock":
            for y in (box.top() - 2, box.bottom()):
                painter.fillRect(QRectF(box.left(), y, box.width(), 2),
                                 theme.colour("primary_text"))  # fmt: skip
