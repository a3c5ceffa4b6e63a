"""The manual in a window of its own: the pages on the left, the page on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.thai.translation import Language, language, tr
from app.ui.manual.page_style import dress
from app.ui.manual.pages import FIRST, PICTURES, Page, pages
from app.ui.theme import Theme
from app.ui.widgets.labels import voiced

_WIDTH_PX, _HEIGHT_PX = 1080, 720
_LIST_PX = 230


class ManualWindow(QWidget):
    """Stays beside the console while the officer goes on working."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._theme = theme
        self._pages: dict[str, Page] = {page.id: page for page in pages()}
        self.setObjectName("window")
        self.setWindowTitle(tr("Manual"))
        self.list = QListWidget()
        self.list.setFixedWidth(theme.px(_LIST_PX))
        self.list.setAccessibleName(tr("Pages of the manual"))
        for page in self._pages.values():
            item = QListWidgetItem(page.title)
            item.setData(Qt.ItemDataRole.UserRole, page.id)
            self.list.addItem(item)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._on_link)
        self.text.setSearchPaths([str(PICTURES)])
        self.text.document().setDocumentMargin(theme.px(18))
        self.text.document().setDefaultFont(theme.font("field"))
        self._lay_out()
        self.list.currentItemChanged.connect(self._on_chosen)
        screen = parent.screen().availableGeometry()
        width, height = (theme.px(side) for side in (_WIDTH_PX, _HEIGHT_PX))
        self.resize(min(width, screen.width()), min(height, screen.height()))

    def _lay_out(self) -> None:
        side = QFrame()
        side.setProperty("ground", "panel")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 8, 0, 8)
        head = voiced(tr("Manual"), "title")
        head.setContentsMargins(12, 0, 0, 4)
        column.addWidget(head)
        column.addWidget(self.list, 1)
        if language() is not Language.THAI:
            note = voiced(tr("The manual is written in Thai."), "hint", wraps=True)
            note.setContentsMargins(12, 0, 12, 0)
            column.addWidget(note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self.text, 1)

    @property
    def page_id(self) -> str:
        """The page that is open."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def open(self, page_id: str) -> None:
        """This page; the first one where there is none of that name."""
        known = list(self._pages)
        self.list.setCurrentRow(known.index(page_id if page_id in self._pages else FIRST))
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.text.setMarkdown(self._pages[self.page_id].text)
            dress(self.text.document(), self._theme)

    def _on_link(self, link: QUrl) -> None:
        """A link leads to another page of the manual and nowhere else."""
        name = link.path().removesuffix(".md")
        if name in self._pages:
            self.list.setCurrentRow(list(self._pages).index(name))

    def closeEvent(self, event: QCloseEvent) -> None:
        """The keyboard goes back to the console; where no window manager runs, nobody else sees
        to that."""
        super().closeEvent(event)
        console = self.parentWidget()
        if console is not None and console.isVisible():
            console.activateWindow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.close()
        else:
            super().keyPressEvent(event)
