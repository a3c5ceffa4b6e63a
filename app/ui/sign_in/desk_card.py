"""A card over the middle of the window with fields, one act and a word of what went wrong.

Nothing modal: pictures and alarms go on beside it. What is typed is taken out when it goes.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import KnownError
from app.thai.translation import explain, tr
from app.ui.setup.field_box import FieldBox
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.keys import keeps_escape
from app.ui.widgets.labels import IconLabel, fit_height, restate, voiced

_WIDTH_PX = 500


class DeskCard(QFrame):
    """What the cards of signing in share. `act` is the one thing it does; Enter does it too."""

    left = Signal()

    def __init__(self, theme: Theme, window: QWidget, icon: str, title: str, act: str) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self.may_leave = True
        """Whether Esc and the button beside it put the card away."""
        self.setProperty("edge", "card")
        self.setFixedWidth(theme.px(_WIDTH_PX))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel(theme, icon, "blue", 20))
        self.title = voiced(title, "title")
        head.addWidget(self.title, 1)
        column.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        column.addLayout(self.body)
        self.words = voiced("", wraps=True)
        self.words.hide()
        column.addWidget(self.words)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.leave = KeyButton(theme, tr("Leave it"), key="Esc", flat=True)
        self.act = KeyButton(theme, act, key="Enter", icon="check", primary=True)
        self.foot.addWidget(self.leave)
        self.foot.addStretch(1)
        self.foot.addWidget(self.act)
        column.addSpacing(4)
        column.addLayout(self.foot)
        self.act.clicked.connect(self.ask)
        self.leave.clicked.connect(self.put_away)
        window.installEventFilter(self)
        self.hide()

    def add_field(self, name: str, *, secret: bool = False, help_words: str = "") -> FieldBox:
        """A field of its own line; Enter in it does the act."""
        box = FieldBox(name, secret=secret)
        if help_words:
            box.show_help(help_words)
        box.line.returnPressed.connect(self.ask)
        box.edited.connect(self._on_edited)
        self.body.addWidget(box)
        return box

    def first_field(self) -> QWidget:
        """Where the keyboard goes."""
        raise NotImplementedError

    def ask(self) -> None:
        """Do the act, or say what is wrong."""
        raise NotImplementedError

    def clear(self) -> None:
        """Take out what was typed."""
        for box in self.findChildren(FieldBox):
            box.line.clear()
        self.tell("", "")

    # What is shown

    def open(self, *, may_leave: bool) -> None:
        """Show it; without `may_leave` it stays until its act is done."""
        self.may_leave = may_leave
        self.leave.setVisible(may_leave)
        self.tell("", "")
        self.show()
        self.raise_()
        self.place()
        self.first_field().setFocus()

    def put_away(self) -> None:
        """Hide it; nothing typed is kept."""
        self.clear()
        self.hide()
        self.left.emit()

    def tell(self, words: str, state: str) -> None:
        """A sentence over the buttons."""
        restate(self.words, "state", state)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.act.setEnabled(True)
        self.place()

    def wait(self) -> None:
        """It is being done."""
        self.act.setEnabled(False)

    def show_failure(self, error: KnownError) -> None:
        """It was not done, and why."""
        self.tell(explain(error), "red")

    def place(self) -> None:
        """In the middle of the window, as tall as its words need."""
        if self.isHidden():
            return
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            fit_height(self)
        elif layout is not None:  # no words over several lines are shown
            self.resize(self.width(), layout.totalSizeHint().height())
        room = self._window.rect()
        self.move((room.width() - self.width()) // 2, max(0, (room.height() - self.height()) // 2))

    def _on_edited(self) -> None:
        if not self.words.isHidden():
            self.tell("", "")

    # Qt

    def event(self, event: QEvent) -> bool:
        if keeps_escape(event):
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.may_leave:
            self.put_away()
            return
        event.accept()  # no key goes through a card to what lies under it

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False
