"""What all cards over the map have: head, complaint, and a foot to save or leave. Draws nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.map.canvas import MapCanvas
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.form_letters import make_form
from app.ui.widgets.labels import IconLabel, chip, fit_height, rule, voiced

WIDTH_PX = 372


class MapCard(QFrame):
    """Over the map's lower corner. An heir builds what stands between head and foot."""

    discard_requested = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget, icon: str, *, width_px: int = WIDTH_PX
    ) -> None:
        super().__init__(parent)
        make_form(self)
        self._theme, self._over = theme, parent
        self._can_save = False
        self._labels: dict[QLineEdit, QLabel] = {}
        self.setProperty("edge", "edit")
        self.setFixedWidth(theme.px(width_px))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 8, 14, 12)
        self._column.setSpacing(5)
        head = QHBoxLayout()
        head.addWidget(IconLabel(theme, icon, "blue"))
        self._title = voiced("", "strong", wraps=True)
        head.addWidget(self._title, 1)
        self._version = chip("", "blue")
        self._version.hide()
        head.addWidget(self._version)
        self._column.addLayout(head)
        self._column.addWidget(rule())
        self._wrong = voiced("", "hint", "red", wraps=True)
        self._wrong.hide()
        self.discard = KeyButton(theme, tr("Discard"), key="Esc", flat=True)
        self.discard.clicked.connect(self.discard_requested)
        self.save = KeyButton(theme, tr("Save"), key="Ctrl S", icon="check", primary=True)
        self.hide()

    def _add_line(self, words: str, most: int, *, named: str = "", label: str = "") -> QLineEdit:
        """A field that says in itself what belongs there, and once filled by the `label` above."""
        line = QLineEdit()
        if label:
            self._labels[line] = voiced(label, "hint")
            self._column.addWidget(self._labels[line])
        line.setPlaceholderText(words)
        line.setAccessibleName(named or words)
        line.setMaxLength(most)
        self._column.addWidget(line)
        return line

    def _show_line(self, line: QLineEdit, shown: bool) -> None:
        """A field with its label, or neither."""
        line.setVisible(shown)
        self._labels[line].setVisible(shown)

    def _add_foot(self, *beside_discard: QWidget) -> None:
        """The complaint, and the buttons."""
        self._column.addWidget(self._wrong)
        foot = QHBoxLayout()
        for button in (self.discard, *beside_discard):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.save)
        self._column.addLayout(foot)

    def complain(self, text: str) -> bool:
        """Say what is wrong; whether the card is open to say it."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))
        fit_height(self)
        return self.isVisible()

    def _allow_save(self, can_save: bool) -> None:
        self._can_save = can_save
        self.save.setEnabled(can_save)

    def _show_version(self, words: str) -> None:
        self._version.setText(words)
        self._version.setVisible(bool(words))

    def _appear(self) -> None:
        """Over the map, and behind it in the order of Tab: its fields are what comes next."""
        before: QWidget | None = self._over.findChild(MapCanvas)
        for field in self.findChildren(QWidget):
            is_next = field.focusPolicy() & Qt.FocusPolicy.TabFocus
            if is_next and before is not None and field.window() is self.window():
                QWidget.setTabOrder(before, field)
                before = field
        self.show()
        self.raise_()
