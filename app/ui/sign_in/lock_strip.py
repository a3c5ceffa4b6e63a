"""The strip under the header of a locked console: who holds it, and the password that unlocks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from app.errors import KnownError
from app.thai.dates import short_time
from app.thai.translation import explain, say, tr
from app.ui.sign_in.desk_guard import Hold
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel, IconLabel, restate

OFFICER_KEYS = "Ctrl+Shift+O"


class LockStrip(QFrame):
    """Map, cameras and the list stay in sight under it."""

    unlock_requested = Signal(str)  # password
    officer_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("tint", "amber")
        self.setFixedHeight(theme.px(44))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 10, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel(theme, "lock", "amber", 18))
        self.words = ElidedLabel("", "strong")
        self.hint = ElidedLabel("", "second")
        row.addWidget(self.words, 3)
        row.addWidget(self.hint, 3)
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(500)
        self.line.setFixedWidth(theme.px(220))
        self.line.setPlaceholderText(tr("Password"))
        self.line.setAccessibleName(tr("Password"))
        row.addWidget(self.line)
        self.unlock = KeyButton(theme, tr("Unlock"), key="Enter", icon="lock-open", primary=True)
        self.other = KeyButton(theme, tr("Another officer"), key="Ctrl Shift O", icon="users")
        row.addWidget(self.unlock)
        row.addWidget(self.other)
        self.line.returnPressed.connect(self._on_unlock)
        self.line.textEdited.connect(self._on_edited)
        self.unlock.clicked.connect(self._on_unlock)
        self.other.clicked.connect(self.officer_requested)
        self._usual = ""
        self.hide()

    def show_hold(self, hold: Hold, sample_password: str = "") -> None:
        """How the console is held now; hidden while it is free to be used. A sample station tells
        its password."""
        holder = hold.holder
        for widget in (self.line, self.unlock):
            widget.setVisible(holder is not None)
        if holder is None:
            self.words.setText(tr("Nobody is signed in"))
            self._usual = tr("Pictures and alarms go on. Sign in to work here.")
        elif hold.locked_at is not None:
            at = short_time(hold.locked_at)
            self.words.setText(tr("Locked since {time} · {officer}", time=at, officer=holder.name))
            self._usual = tr("Pictures and alarms go on. The password unlocks.")
        if sample_password:
            self._usual = tr(
                "Sample station: every password is {password}", password=sample_password
            )
        self.line.clear()
        self._tell(self._usual, "")
        self.setVisible(hold.is_bound)

    def take_keyboard(self) -> None:
        """Where the password is typed."""
        (self.line if self.line.isVisibleTo(self) else self.other).setFocus()

    def show_failure(self, error: KnownError) -> None:
        """It stays locked, and why."""
        self.line.clear()
        self._tell(say(error.what), "red")
        self.hint.setToolTip(explain(error))
        self.take_keyboard()

    def _tell(self, words: str, state: str) -> None:
        restate(self.hint, "state", state)
        self.hint.setText(words)

    def _on_edited(self) -> None:
        self._tell(self._usual, "")

    def _on_unlock(self) -> None:
        if self.line.text():
            self.unlock_requested.emit(self.line.text())
