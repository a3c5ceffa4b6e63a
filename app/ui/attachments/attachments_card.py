"""The files of one incident on a card over the window's foot: list, what one shows, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QPixmap,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app.incidents.attachments.attachment import Attachment
from app.incidents.attachments.preview import Preview
from app.thai.translation import tr
from app.ui.attachments.attachment_words import ICONS, preview_words, row_words
from app.ui.icons import pixmap
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.keys import keeps_escape
from app.ui.widgets.labels import restate, voiced
from app.ui.widgets.section_head import SectionHead

_ID = Qt.ItemDataRole.UserRole
_WIDE_PX, _HIGH_PX, _SEEN_PX = 900, 420, 340
_ICON_PX = 16
_FOOT_PX = 78  # status bar, and a notice over it


class AttachmentsCard(QFrame):
    """Emits what was asked for; told what to show. Not modal: the window behind goes on."""

    add_requested = Signal()
    dropped = Signal(list)  # paths as text
    chosen = Signal(str)
    save_requested = Signal(str)
    open_requested = Signal(str)
    cancel_requested = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window = theme, window
        self.setProperty("edge", "card")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown: list[tuple[str, str]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        self._head = SectionHead(theme, "link", "")
        self._close = KeyButton(theme, tr("Back"), key="Esc", flat=True)
        self._close.clicked.connect(self.leave)
        self._head.add_right(self._close)
        column.addWidget(self._head)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addLayout(self._build_list(), 1)
        middle.addWidget(self._build_seen())
        column.addLayout(middle, 1)
        column.addLayout(self._build_foot())
        self.hide()

    # Building

    def _build_list(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Attached files"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._on_current_changed)
        self.list.installEventFilter(self)
        self._empty = voiced(
            tr("No file is attached yet. Drag one here, or press Insert."), "second", wraps=True
        )
        self._empty.setContentsMargins(14, 12, 14, 12)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty, 1)
        return column

    def _build_seen(self) -> QFrame:
        pane = QFrame()
        pane.setProperty("ground", "panel")
        pane.setProperty("edge", "left")
        pane.setFixedWidth(self._theme.px(_SEEN_PX))
        column = QVBoxLayout(pane)
        column.setContentsMargins(12, 10, 12, 8)
        column.setSpacing(4)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.facts = voiced("", "second", wraps=True)
        self.hash = voiced("", "hint", wraps=True)
        self.hash.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.picture, 1)
        column.addWidget(self.facts)
        column.addWidget(self.hash)
        return pane

    def _build_foot(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(10, 6, 10, 8)
        column.setSpacing(4)
        self.words = voiced("", "", wraps=True)
        self.words.hide()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        column.addWidget(self.words)
        column.addWidget(self.bar)
        row = QHBoxLayout()
        row.setSpacing(8)
        theme = self._theme
        self.add = KeyButton(theme, tr("Attach a file…"), key="Insert", icon="plus", primary=True)
        self.save = KeyButton(theme, tr("Save a copy…"), key="S", icon="package")
        self.open = KeyButton(theme, tr("Open with another program…"), key="O", icon="app-window")
        self.sure = KeyButton(theme, tr("Open it all the same"))
        self.cancel = KeyButton(theme, tr("Cancel"), flat=True)
        self.add.clicked.connect(self.add_requested)
        self.save.clicked.connect(self._on_save)
        self.open.clicked.connect(self.ask_to_open)
        self.sure.clicked.connect(self._on_sure)
        self.cancel.clicked.connect(self._on_cancel)
        for button in (self.add, self.save, self.open, self.sure, self.cancel):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.sure.hide()
        self.cancel.hide()
        return column

    # Showing

    def open_for(self, title: str) -> None:
        """Show it over the foot of the window, the keyboard in it."""
        self._head.title.setText(title)
        self.tell("")
        self.place()
        self.show()
        self.raise_()
        self._take_keyboard()

    def _take_keyboard(self) -> None:
        """The list has it; while there is none, the card."""
        if self._shown:
            self.list.show()
            self.list.setFocus()
        else:
            self.setFocus()

    def place(self) -> None:
        """At the right, over status bar and notices."""
        room = self._window.rect()
        width = min(self._theme.px(_WIDE_PX), room.width() - 100)
        height = min(self._theme.px(_HIGH_PX), room.height() - 140)
        self.setGeometry(
            room.right() - width - 12,
            room.bottom() - height - self._theme.px(_FOOT_PX),
            width,
            height,
        )

    def show_files(self, files: Sequence[Attachment], names: Mapping[str, str]) -> None:
        """The files of the incident; the chosen one stays chosen."""
        rows = [(one.id, row_words(one, names)) for one in files]
        if rows != self._shown:
            self._shown = rows
            chosen = self.chosen_id()
            self.list.clear()
            colour = self._theme.colour("text_2")
            for one, (id_, words) in zip(files, rows, strict=True):
                item = QListWidgetItem(pixmap(ICONS[one.file.kind], colour, _ICON_PX), words)
                item.setData(_ID, id_)
                self.list.addItem(item)
            ids = [id_ for id_, _ in rows]
            self.list.setCurrentRow(ids.index(chosen) if chosen in ids else 0)
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        for button in (self.save, self.open):
            button.setEnabled(bool(rows))
        if self.hasFocus():
            self._take_keyboard()
        if not rows:
            self.show_seen(None, "")

    def chosen_id(self) -> str:
        """The id of the chosen file; empty if there is none."""
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def show_seen(self, seen: Preview | None, digest: str) -> None:
        """What a file shows; None while it is being looked into."""
        groups = " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
        self.hash.setText(f"SHA-256 {groups}" if digest else "")
        if seen is None:
            self.picture.clear()
            self.facts.setText(tr("Looking into it…") if digest else "")
            return
        self.facts.setText(preview_words(seen))
        if not seen.pixels:
            self.picture.clear()
            return
        width, height = seen.shown_width_px, seen.shown_height_px
        image = QImage(seen.pixels, width, height, width * 3, QImage.Format.Format_RGB888)
        room = self.picture.size()
        shown = QPixmap.fromImage(image.copy())
        if shown.width() > room.width() or shown.height() > room.height():
            shown = shown.scaled(room, Qt.AspectRatioMode.KeepAspectRatio,
                                 Qt.TransformationMode.SmoothTransformation)  # fmt: skip
        self.picture.setPixmap(shown)

    def show_nothing(self) -> None:
        """What was to be looked into could not be."""
        if self.picture.pixmap().isNull():
            self.facts.setText("")

    def tell(self, words: str, state: str = "") -> None:
        """A sentence over the buttons."""
        restate(self.words, "state", state)
        self.words.setText(words)
        self.words.setVisible(bool(words))

    def show_progress(self, done: int, total: int) -> None:
        """Copying; `total` 0: it is over."""
        busy = total > 0
        self.bar.setVisible(busy)
        self.cancel.setVisible(busy)
        self.add.setEnabled(not busy)
        self.bar.setRange(0, 1000)
        self.bar.setValue(1000 * done // total if total else 0)

    def ask_to_open(self) -> None:
        """A file from outside is given to no program before a person said so."""
        if self.chosen_id():
            self.tell(
                tr(
                    "It came from outside and may harm this computer. The log says who opened it."
                    " Better: save a copy and open it elsewhere."
                ),
                "amber",
            )
            self._show_asking(True)
            self.sure.setFocus()

    def leave(self) -> None:
        """Close it; nothing is lost by that."""
        if self.sure.isVisible():
            self._show_asking(False)
            self.tell("")
            self.list.setFocus()
            return
        self.hide()
        self.closed.emit()

    def _show_asking(self, on: bool) -> None:
        self.sure.setVisible(on)
        for button in (self.add, self.save, self.open):
            button.setVisible(not on)

    # Slots

    def _on_current_changed(self, item: QListWidgetItem | None, _before: object) -> None:
        if item is not None:
            self._show_asking(False)
            self.chosen.emit(str(item.data(_ID)))

    def _on_save(self) -> None:
        if self.chosen_id():
            self.save_requested.emit(self.chosen_id())

    def _on_sure(self) -> None:
        self._show_asking(False)
        self.tell("")
        self.open_requested.emit(self.chosen_id())

    def _on_cancel(self) -> None:
        self.cancel_requested.emit()

    # Qt

    def event(self, event: QEvent) -> bool:
        return True if keeps_escape(event) else super().event(event)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        """Letters typed into the list are this card's keys, not the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_S, Qt.Key.Key_O, Qt.Key.Key_Insert, Qt.Key.Key_Escape):
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return event.isAccepted()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape:
                self.leave()
            case Qt.Key.Key_Insert:
                self.add_requested.emit()
            case Qt.Key.Key_S:
                self._on_save()
            case Qt.Key.Key_O:
                self.ask_to_open()
            case _:
                event.ignore()
                return
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.dropped.emit(dropped_files(event))


def dropped_files(event: QDropEvent) -> list[str]:
    """The files on this computer that are being dragged; addresses on the net are none."""
    return [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
