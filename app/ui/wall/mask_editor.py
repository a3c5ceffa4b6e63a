"""Privacy masks drawn on a camera's picture, over the whole grid. Emits what is to be saved.

The picture it shows is the masked one: what is hidden stays hidden until its removal is saved.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.cameras.camera import Camera
from app.cameras.drawn_masks import REASON_LIMIT
from app.clock import Clock
from app.errors import KnownError
from app.thai.translation import explain, tr
from app.ui.theme import Theme
from app.ui.wall.mask_canvas import MaskCanvas
from app.ui.wall.mask_drawing import MaskDrawing
from app.ui.wall.tile_words import words_for
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import restate, voiced
from app.ui.widgets.section_head import SectionHead
from app.video.live import LivePictures

_LOOK_EVERY_MS = 100


class Said(NamedTuple):
    """A sentence and its colour: `red`, `amber` or nothing."""

    text: str
    state: str


class MaskEditor(QFrame):
    """One camera's masks. It lies over `over` until they are saved or left."""

    saved = Signal(str, tuple, str)  # camera id, masks, reason
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        camera: Camera,
        drawing: MaskDrawing,
        pictures: LivePictures,
        clock: Clock,
    ) -> None:
        super().__init__(over)
        self._theme, self._over = theme, over
        self.camera = camera
        self._pictures, self._clock = pictures, clock
        self._seen = (-1, "")
        self._asked_to_leave = False
        self._saving = False
        self.setProperty("ground", "panel")
        self._build(drawing)
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self._on_look)
        over.installEventFilter(self)

    # Building

    def _build(self, drawing: MaskDrawing) -> None:
        theme = self._theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        title = tr("Privacy masks · {camera}", camera=f"{self.camera.id} {self.camera.name}")
        head = SectionHead(theme, "eye-off", title)
        self._count = voiced("", "second")
        head.add_right(self._count)
        column.addWidget(head)
        self.canvas = MaskCanvas(theme, drawing)
        column.addWidget(self.canvas, 1)
        self._words = voiced("", "hint")
        self._words.setWordWrap(True)
        self._words.setContentsMargins(10, 5, 10, 0)
        column.addWidget(self._words)
        column.addLayout(self._build_foot())

    def _build_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(10, 5, 10, 8)
        row.setSpacing(8)
        self.reason = QLineEdit()
        self.reason.setMaxLength(REASON_LIMIT)
        self.reason.setPlaceholderText(tr("Reason, for the log"))
        self.reason.setAccessibleName(tr("Reason for the masks"))
        row.addWidget(self.reason, 1)
        self._save = KeyButton(
            self._theme, tr("Save the masks"), key="Ctrl Enter", icon="check", primary=True
        )
        self._back = KeyButton(self._theme, tr("Back"), key="Esc", flat=True)
        row.addWidget(self._save)
        row.addWidget(self._back)
        return row

    def _connect(self) -> None:
        self.canvas.changed.connect(self._on_changed)
        self.canvas.refused.connect(self.complain)
        self.canvas.left.connect(self.leave)
        self._save.clicked.connect(self.save)
        self._back.clicked.connect(self.leave)

    @property
    def said(self) -> Said:
        """What it says to the officer now."""
        return Said(self._words.text(), str(self._words.property("state")))

    # What the officer does

    def open(self) -> None:
        """Over the grid, with the keyboard."""
        self.setGeometry(self._over.rect())
        self._on_look()
        self._on_changed()
        self.show()
        self.raise_()
        self.canvas.setFocus()
        self._timer.start()

    def save(self) -> None:
        """Ask for it to be saved; what is wrong with the drawing is said here."""
        try:
            masks = self.canvas.drawing.masks()
        except KnownError as error:
            self.complain(error)
            return
        if not self._saving:
            self._saving = True
            self.saved.emit(self.camera.id, masks, self.reason.text())

    def complain(self, error: KnownError) -> None:
        """Say why not; nothing that was drawn is lost."""
        self._saving = False
        self._tell(explain(error).replace("\n", " "), "red")
        if self.canvas.drawing.outlines and not self.reason.text().strip():
            self.reason.setFocus()

    def leave(self) -> None:
        """Back to the grid; with something drawn only when asked twice."""
        if self.canvas.drawing.is_changed and not self._asked_to_leave:
            self._asked_to_leave = True
            self._tell(tr("What you drew is not saved. Press Esc again to leave it."), "amber")
            return
        self.close_quietly()

    def close_quietly(self) -> None:
        """Gone, whatever was drawn."""
        self._timer.stop()
        self._over.removeEventFilter(self)
        self.hide()
        self.closed.emit()
        self.deleteLater()

    # Showing

    def _on_look(self) -> None:
        picture = self._pictures.newest(self.camera.id)
        if picture is None:
            return
        words = words_for(self._pictures.health(self.camera.id), self._clock.monotonic())
        said = words.tag or (words.box[0] if words.box else "")
        if (picture.seq, said) != self._seen:
            self._seen = (picture.seq, said)
            self.canvas.show_picture(picture, said, words.colour)

    def _on_changed(self) -> None:
        self._asked_to_leave = False
        count = len(self.canvas.drawing.outlines)
        self._count.setText(tr("Masks: {count}", count=count))
        if self.canvas.drawing.begun:
            self._tell(tr("Click corner after corner. Double click or Enter closes the outline."))
        elif count:
            self._tell(
                tr(
                    "Pull corners, click elsewhere for a new mask, Del removes, Ctrl+Z undoes. "
                    "What is hidden now is seen again only after its removal is saved."
                )
            )
        else:
            self._tell(tr("Click the corners of what must not be seen."))

    def _tell(self, words: str, state: str = "") -> None:
        self._words.setText(words)
        restate(self._words, "state", state)

    # Qt

    def event(self, event: QEvent) -> bool:
        """Esc and Ctrl+Enter from the line of the reason too."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape or _is_save(event))
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif _is_save(event):
            self.save()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False


def _is_save(event: QKeyEvent) -> bool:
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
