"""In a form letters are typed. A box or a button that does not take them must not let them run a
key of the place behind it: `A` on a tick box of the intake is no unit's arrival.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QWidget
from shiboken6 import isValid

_FORM = "form"
_SAYS_A_KEY = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def make_form(widget: QWidget) -> None:
    """From now on letters and digits belong to it, whichever of its fields has the keyboard."""
    widget.setProperty(_FORM, True)


def is_in_form(widget: QWidget | None) -> bool:
    """Whether it is a form, or stands in one."""
    while widget is not None:
        if widget.property(_FORM):
            return True
        widget = widget.parentWidget()
    return False


class FormLetters(QObject):
    """Looks after whatever has the keyboard, in every window of the program. A box of choices takes
    letters wherever it stands: they lead to the choice that begins with them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watched: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
        is_field = is_in_form(now) and not isinstance(now, QAbstractItemView)  # a list of records
        if now is not None and (is_field or isinstance(now, QComboBox)):
            self._watched = now
            now.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Qt asks with a `ShortcutOverride`: who accepts it gets the key itself."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        is_letter = event.text().isprintable() and not event.modifiers() & _SAYS_A_KEY
        if is_letter and event.text():
            event.accept()
            return True
        return False
