"""What kind of incident it is, as the intake asks it: typed by code or words, with its priority."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.incidents.categories import CATEGORIES, Category, Priority
from app.thai.digits import to_arabic
from app.thai.translation import tr
from app.ui.live.intake_suggestions import category_rows
from app.ui.theme import Theme
from app.ui.widgets.labels import restate, voiced
from app.ui.widgets.suggest_field import SuggestField
from app.ui.words import group_name, priority_name


class IntakeType(QWidget):
    """The searching line, what was chosen with its case group, and the priority beside it."""

    changed = Signal()  # another type, or none
    done = Signal()  # a type was taken, or Enter pressed on one
    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._offered: Sequence[Category] = CATEGORIES
        self.category: Category | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.field = SuggestField(theme, tr("Code or word: 20, theft…"), tr("Type of incident"))
        column.addWidget(self.field)
        row = QHBoxLayout()
        self._words = voiced(tr("no type chosen yet"), "hint")
        row.addWidget(self._words)
        row.addStretch(1)
        row.addWidget(voiced(tr("Priority"), "second"))
        self.priority = QComboBox()
        self.priority.setAccessibleName(tr("Priority"))
        for priority in Priority:
            self.priority.addItem(f"{priority.value} {priority_name(priority)}", priority.value)
        self.priority.setCurrentIndex(1)
        self.priority.setMinimumWidth(theme.px(140))
        row.addWidget(self.priority)
        column.addLayout(row)
        self.field.edited.connect(self._on_edited)
        self.field.taken.connect(self.take)
        self.field.entered.connect(self._on_return)
        self.priority.activated.connect(self.edited)

    def set_offered(self, categories: Sequence[Category]) -> None:
        """The station's own table, as it stands."""
        self._offered = categories

    @property
    def text(self) -> str:
        """What stands in the line."""
        return self.field.line.text()

    @property
    def chosen_priority(self) -> Priority:
        """The one in the box."""
        return Priority(self.priority.currentData())

    def settle(self) -> None:
        """Take the suggestion that is still on offer."""
        if self.category is None:
            self.field.take_current()

    def take(self, category: Category) -> None:
        """This one, and on to the next field."""
        self._choose(category)
        self.field.line.setText(f"{category.code} {category.name}")
        self.done.emit()

    def fill(self, code: str, text: str, priority: Priority) -> None:
        """What another form held."""
        self.field.line.setText(text)
        self._choose(self._by_code(code))
        self.priority.setCurrentIndex(priority - 1)

    def clear(self) -> None:
        """Nothing chosen."""
        self.field.line.clear()
        self._choose(None)
        self.priority.setCurrentIndex(1)

    def _by_code(self, code: str) -> Category | None:
        wanted = to_arabic(code).strip()
        return next((one for one in self._offered if one.code == wanted), None)

    def _choose(self, category: Category | None) -> None:
        self.category = category
        restate(self._words, "state", "")
        if category is None:
            self._words.setText(tr("no type chosen yet"))
        else:
            self._words.setText(
                tr("{name} · {group}", name=category.name, group=group_name(category.group))
            )
            self.priority.setCurrentIndex(category.priority - 1)
        self.changed.emit()

    def _on_edited(self, text: str) -> None:
        self._choose(self._by_code(text))
        longer = any(one.code.startswith(text.strip()) for one in self._offered
                     if one is not self.category)  # fmt: skip
        rows = [] if self.category and not longer else category_rows(text, self._offered)
        self.field.offer(rows)
        if text.strip() and not rows and self.category is None:
            self._words.setText(tr("no type has this code or word"))
            restate(self._words, "state", "red")
        self.edited.emit()

    def _on_return(self) -> None:
        if self.category is not None:
            self.done.emit()
