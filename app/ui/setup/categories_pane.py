"""Setup › Types: what can be reported at this station, and the form that changes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.errors import KnownError
from app.incidents.categories import CaseGroup, Category, Priority
from app.incidents.category_table import CategoryChanged
from app.log import Changed, Entry
from app.thai.translation import explain, tr
from app.ui.desk import Desk
from app.ui.setup.category_table import CategoryTable
from app.ui.setup.field_box import FieldBox
from app.ui.setup.save_button import save_button
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import restate, voiced
from app.ui.widgets.section_head import SectionHead
from app.ui.words import group_name, priority_name

_SIDE_PX = 384


class CategoryForm(QFrame):
    """An empty form adds a type; one with a type changes it, or offers it no longer."""

    save_requested = Signal(object, bool)  # Category, is_withdrawn

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._before: Category | None = None
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = SectionHead(theme, "list", "")
        column.addWidget(self._head)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 8, 16, 8)
        inner.setSpacing(4)
        self.code = FieldBox(tr("Code: one to four figures"), "29")
        self.name_th = FieldBox(tr("Name in Thai"))
        self.name_en = FieldBox(tr("Name in English"))
        self.group = QComboBox()
        for group in CaseGroup:
            self.group.addItem(group_name(group), int(group))
        self.priority = QComboBox()
        for priority in Priority:
            self.priority.addItem(f"{priority.value} {priority_name(priority)}", int(priority))
        for box in (self.code, self.name_th, self.name_en):
            inner.addWidget(box)
            box.line.returnPressed.connect(self._on_save)
        for name, combo in ((tr("Case group"), self.group), (tr("First priority"), self.priority)):
            combo.setAccessibleName(name)
            inner.addWidget(voiced(name, "second"))
            inner.addWidget(combo)
        column.addLayout(inner)
        column.addStretch(1)
        self._words = voiced("", wraps=True)
        self._words.setContentsMargins(16, 4, 16, 4)
        self._words.hide()
        column.addWidget(self._words)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        self.withdraw = KeyButton(theme, tr("Offer it no longer"), icon="x", flat=True)
        save = save_button(theme, self, tr("Save"), self._on_save)
        self.withdraw.clicked.connect(self._on_withdraw)
        foot.addWidget(self.withdraw)
        foot.addStretch(1)
        foot.addWidget(save)
        column.addLayout(foot)
        self.begin_new()

    def begin_new(self) -> None:
        """An empty form."""
        self._fill(None)
        self._head.title.setText(tr("A new type"))

    def edit(self, category: Category) -> None:
        """This one."""
        self._fill(category)
        self._head.title.setText(tr("Change {name}", name=f"{category.code} {category.name}"))

    def tell(self, words: str, state: str) -> None:
        """A sentence over the buttons."""
        restate(self._words, "state", state)
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def typed(self) -> Category:
        """What stands in the form."""
        return Category(
            self.code.text,
            self.name_th.text,
            self.name_en.text,
            CaseGroup(self.group.currentData()),
            Priority(self.priority.currentData()),
        )

    def _fill(self, category: Category | None) -> None:
        self._before = category
        self.code.fill(category.code if category else "")
        self.code.line.setReadOnly(category is not None)
        self.name_th.fill(category.name_th if category else "")
        self.name_en.fill(category.name_en if category else "")
        self.group.setCurrentIndex(int(category.group) if category else 0)
        self.priority.setCurrentIndex(category.priority - 1 if category else 1)
        self.withdraw.setVisible(category is not None)
        self.tell("", "")

    def _on_save(self) -> None:
        self.save_requested.emit(self.typed(), False)

    def _on_withdraw(self) -> None:
        if self._before is not None:
            self.save_requested.emit(self._before, True)


class CategoriesPane(QFrame):
    """Left the types that are offered, right the one that is added or changed."""

    told = Signal(str)

    def __init__(self, theme: Theme, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._categories: dict[str, Category] = {}
        self.setProperty("ground", "bg")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self._build_list(theme), 1)
        self.form = CategoryForm(theme)
        self.form.setFixedWidth(theme.px(_SIDE_PX))
        row.addWidget(self.form)
        self.table.chosen.connect(self._on_chosen)
        self.table.edit_requested.connect(self._on_edit_requested)
        self.form.save_requested.connect(self._on_save_requested)
        QShortcut(QKeySequence("Insert"), self, self.begin_new)
        desk.changed.connect(self._on_changed)

    def _build_list(self, theme: Theme) -> QWidget:
        pane = QFrame()
        pane.setProperty("ground", "panel")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = SectionHead(theme, "list", tr("Types of incidents"))
        add = KeyButton(theme, tr("Add a type"), key="Ins", icon="plus")
        add.clicked.connect(self.begin_new)
        self.head.add_right(add)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search by code or name"))
        self.search.setAccessibleName(tr("Search types"))
        self.search.setClearButtonEnabled(True)
        self.table = CategoryTable(theme)
        self.search.textChanged.connect(self.table.rows.search)
        line = QHBoxLayout()
        line.setContentsMargins(10, 6, 10, 6)
        line.addWidget(self.search)
        column.addWidget(self.head)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        return pane

    def fill(self) -> None:
        """Read the table again."""
        categories = self._desk.incidents.categories()
        self._categories = {one.code: one for one in categories}
        self.head.title.setText(tr("Types of incidents {count}", count=len(categories)))
        self.table.rows.show(categories)

    def begin_new(self) -> None:
        """An empty form, the keyboard in its first field."""
        self.table.choose("")
        self.form.begin_new()
        self.form.code.line.setFocus()

    def _on_chosen(self, code: str) -> None:
        if code in self._categories:
            self.form.edit(self._categories[code])

    def _on_edit_requested(self, _code: str) -> None:
        self.form.name_th.line.setFocus()

    def _on_save_requested(self, category: Category, is_withdrawn: bool) -> None:
        try:
            self._desk.require_right(CategoryChanged.kind)
            self._desk.incidents.change_category(category, is_withdrawn, self._on_saved)
        except KnownError as error:
            self.form.tell(explain(error), "red")

    def _on_saved(self, entries: tuple[Entry, ...]) -> None:
        name = entries[0].data()["name_th"]
        self.fill()
        self.begin_new()
        self.form.tell(tr("“{name}” is saved.", name=name), "green")

    def _on_changed(self, changed: Changed) -> None:
        if CategoryChanged.kind in changed.kinds and self.isVisible():
            self.fill()

    def showEvent(self, event: QShowEvent) -> None:
        self.fill()
