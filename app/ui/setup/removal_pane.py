"""Taking a camera off the register: why, and are you sure. Asks; writes nothing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from app.cameras.camera import Camera
from app.errors import KnownError
from app.thai.translation import explain, tr
from app.ui.setup.field_box import FieldBox
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced
from app.ui.widgets.section_head import SectionHead


class RemovalPane(QFrame):
    """The reason is asked for where the form stood; nothing modal opens."""

    removal_confirmed = Signal(str, str)  # camera id, reason
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("ground", "panel")
        self._camera_id = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.head = SectionHead(theme, "trash-2", "")
        column.addWidget(self.head)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 8, 16, 8)
        inner.setSpacing(10)
        what = voiced(
            tr(
                "The camera leaves the wall, the map and the register. What it recorded and all"
                " entries about it stay. Its id is never given again."
            ),
            "second",
            wraps=True,
        )
        self.reason = FieldBox(tr("Why is it removed?"))
        self.reason.line.returnPressed.connect(self._on_confirmed)
        inner.addWidget(what)
        inner.addWidget(self.reason)
        row = QHBoxLayout()
        self.confirm = KeyButton(theme, tr("Remove the camera"), icon="trash-2")
        self.keep = KeyButton(theme, tr("Keep it"), flat=True)
        row.addWidget(self.confirm)
        row.addStretch(1)
        row.addWidget(self.keep)
        inner.addLayout(row)
        inner.addStretch(1)
        column.addLayout(inner, 1)
        self.confirm.clicked.connect(self._on_confirmed)
        self.keep.clicked.connect(self.closed)

    def ask(self, camera: Camera) -> None:
        """About this camera."""
        self._camera_id = camera.id
        self.head.title.setText(tr("Remove {camera}", camera=f"{camera.id} {camera.name}"))
        self.reason.fill("")
        self.reason.line.setFocus()

    def show_failure(self, error: KnownError) -> None:
        """It was not removed; the reason typed stays."""
        self.reason.tell(explain(error), "red")

    def _on_confirmed(self) -> None:
        self.removal_confirmed.emit(self._camera_id, self.reason.text)
