"""Ctrl+K: everything by a few letters: commands, incidents, cameras, places."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QElapsedTimer, QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.wall.camera_drag import drag_camera
from app.ui.widgets.keys import keeps_escape
from app.ui.widgets.labels import IconLabel, chip, rule, voiced
from app.ui.widgets.suggest_field import Suggestion, SuggestionList

Find = Callable[[str], Sequence[Suggestion]]
_FOOT_GAP_PX = 2
_SEEN_AFTER_MS = 250
"""A finger that is on its way to Enter takes what its owner saw so long ago."""
TellMore = Callable[[Callable[[], None]], None]


class Palette(QWidget):
    """A scrim over the window under the header, and the card with the line and its results.

    Every suggestion's `value` is what to run. Alarms and header stay visible above it.
    """

    def __init__(
        self, theme: Theme, window: QWidget, find: Find, tell_more: TellMore | None = None
    ) -> None:
        """`tell_more`: gets what to call when `find` has more for the same text."""
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._find = find
        self._before: QWidget | None = None
        self._ousted: Suggestion | None = None  # what stood first until more was found
        self._since_ousted = QElapsedTimer()
        self._has_more = False  # what was found while a row was pressed
        self._card = QFrame(self)
        self._card.setProperty("edge", "card")
        self._build()
        self.hide()
        if tell_more is not None:
            tell_more(self.refresh)

    def _build(self) -> None:
        column = QVBoxLayout(self._card)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(14, 0, 14, 0)
        top.addWidget(IconLabel(self._theme, "search", "blue", 20))
        self.line = QLineEdit()
        self.line.setProperty("search", True)
        self.line.setPlaceholderText(tr("Command, incident number, camera, place…"))
        self.line.setAccessibleName(tr("Search or command"))
        self.line.setMaxLength(2000)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._on_text)
        top.addWidget(self.line, 1)
        self._count = voiced("", "hint")
        top.addWidget(self._count)
        column.addLayout(top)
        column.addWidget(rule())
        self.list = SuggestionList(self._theme, one_line=True)
        self.list.clicked.connect(self._on_clicked)
        self.list.camera_pulled.connect(self._on_camera_pulled)
        self.list.let_go.connect(self._on_let_go)
        column.addWidget(self.list)
        column.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 5, 14, 5)
        for key, words in (
            ("↑ ↓", tr("choose")),
            ("Enter", tr("do it")),
            ("/", tr("report in one line")),
            ("#", tr("number of an incident")),
            ("@", tr("camera")),
            ("Esc", tr("close")),
        ):
            foot.addWidget(chip(key, "kbd"))
            foot.addSpacing(_FOOT_GAP_PX)
            foot.addWidget(voiced(words, "hint"))
            foot.addSpacing(10)
        foot.addStretch(1)
        column.addLayout(foot)

    def open_with(self, text: str = "") -> None:
        """Show it over the window, with this text typed."""
        if not self.isVisible():
            self._before = self.window().focusWidget()
        self.place()
        self.show()
        self.raise_()
        self.line.setText(text)
        self._on_text(text)
        self.line.setFocus()

    def close_quietly(self) -> None:
        """Hide it and give the focus back."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()
            self._before = None

    def place(self) -> None:
        """Cover the window under the header."""
        parent = self._window
        header = self._theme.px(44)
        self.setGeometry(0, header, parent.width(), parent.height() - header)
        width = min(self._theme.px(840), parent.width() - 80)
        self._card.setFixedWidth(width)
        self._fit_list()

    def _fit_list(self) -> None:
        most = self.height() - self._theme.px(170)
        self.list.setFixedHeight(max(self._theme.px(34), self.list.needed_height(most)))
        self._card.adjustSize()
        self._card.move(QPoint((self.width() - self._card.width()) // 2, self._theme.px(56)))

    def _on_text(self, text: str) -> None:
        self._ousted = None
        rows = self._find(text.strip())
        self.list.offer(rows)
        self._count.setText(tr("{count} found", count=len(rows)))
        self._fit_list()

    def refresh(self) -> None:
        """More was found for what is typed; the row that was marked stays marked. No row moves away
        under a button that is pressed."""
        self._has_more = self.list.is_pressed
        if self._has_more or not self.isVisible():
            return
        row, before = self._as_seen(), self.list.currentIndex().row()
        self._on_text(self.line.text())
        if row is None:
            return
        if before > 0:
            self.list.mark(row)
            return
        now = self.list.current()
        if now is None or not now.says_the_same(row):
            self._ousted = row
            self._since_ousted.start()

    def _as_seen(self) -> Suggestion | None:
        """The marked row, or the one that was when the finger began to move."""
        is_new = self._ousted is not None and not self._since_ousted.hasExpired(_SEEN_AFTER_MS)
        return self._ousted if is_new else self.list.current()

    def _take(self) -> None:
        row = self._as_seen()
        if row is None:
            return
        self.close_quietly()
        if callable(row.value):
            row.value()

    def _step(self, rows: int) -> None:
        self._ousted = None  # the rows of now were seen
        self.list.step(rows)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._ousted = None
        self._take()

    def _on_let_go(self) -> None:
        if self._has_more:
            self.refresh()

    def _on_camera_pulled(self, row: Suggestion) -> None:
        """The card goes, for the tiles may lie under it."""
        self.close_quietly()
        drag_camera(self._theme, self._window, row.camera_id, row.title)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if keeps_escape(event):
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            match event.key():
                case Qt.Key.Key_Escape:
                    self.close_quietly()
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._take()
                case Qt.Key.Key_Down:
                    self._step(1)
                case Qt.Key.Key_Up:
                    self._step(-1)
                case _:
                    return False
            return True
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._card.geometry().contains(event.position().toPoint()):
            self.close_quietly()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._theme.colour("scrim"))
