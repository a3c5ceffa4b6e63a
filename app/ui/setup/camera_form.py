"""Adding a camera: the form, and what it holds before it is tried. It tries and saves nothing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from app.cameras.address import parse_camera_address
from app.cameras.camera import Camera
from app.errors import KnownError, msg
from app.geo.coordinate_reader import read_coordinates
from app.thai.digits import to_arabic
from app.thai.translation import explain, tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import restate, voiced
from app.ui.widgets.section_head import SectionHead


@dataclass(frozen=True, slots=True)
class CameraDraft:
    """A camera as typed, checked, not yet tried. The id is given when it is registered."""

    camera: Camera
    password: str


class CameraForm(QFrame):
    """Name, streams, sign-in, place, direction. Errors stand under the form; nothing is lost."""

    trial_requested = Signal(object)  # CameraDraft

    def __init__(self, theme: Theme, *, sample: bool) -> None:
        super().__init__()
        self._sample = sample
        self.setProperty("ground", "panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(SectionHead(theme, "plus", tr("Add a camera")))
        self._fields: dict[str, QLineEdit] = {}
        form = QFormLayout()
        form.setContentsMargins(16, 8, 16, 8)
        form.setVerticalSpacing(7)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for name, label, hint in _fields():
            field = QLineEdit()
            field.setPlaceholderText(hint)
            field.setAccessibleName(label)
            field.setMaxLength(500)
            self._fields[name] = field
            form.addRow(voiced(label, "second"), field)
        self._fields["password"].setEchoMode(QLineEdit.EchoMode.Password)
        column.addLayout(form)
        self.words = voiced("")
        self.words.setWordWrap(True)
        self.words.setContentsMargins(16, 0, 16, 0)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setContentsMargins(16, 4, 16, 12)
        self.save = KeyButton(theme, tr("Try and add"), icon="cctv", primary=True)
        self.save.clicked.connect(self._on_save)
        row.addWidget(self.save)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def field(self, name: str) -> QLineEdit:
        """One field by its name: name, main_url, sub_url, username, password, place, …"""
        return self._fields[name]

    def draft(self) -> CameraDraft:
        """What was typed. Raises KnownError naming what is wrong."""
        main = parse_camera_address(self._text("main_url"))
        sub = self._text("sub_url")
        place = read_coordinates(self._text("place")).place
        camera = Camera(
            id="",
            name=self._text("name"),
            main_url=str(main.without_credentials),
            sub_url=str(parse_camera_address(sub).without_credentials) if sub else "",
            lat_deg=place.lat_deg,
            lon_deg=place.lon_deg,
            bearing_deg=self._number("bearing_deg", 0.0),
            field_of_view_deg=self._number("field_of_view_deg", 70.0),
            range_m=self._number("range_m", 60.0),
            owner=self._text("owner"),
            username=self._text("username") or main.username or "",
            sample=self._sample,
        )
        return CameraDraft(camera.checked(), self._fields["password"].text() or main.password or "")

    def tell(self, sentence: str, state: str) -> None:
        """A sentence under the form; `state` is a colour token or nothing."""
        restate(self.words, "state", state)
        self.words.setText(sentence)
        self.save.setEnabled(True)

    def clear(self) -> None:
        """Ready for the next one."""
        for field in self._fields.values():
            field.clear()

    def _text(self, name: str) -> str:
        return self._fields[name].text().strip()

    def _number(self, name: str, when_empty: float) -> float:
        typed = to_arabic(self._text(name))
        if not typed:
            return when_empty
        try:
            return float(typed)
        except ValueError:
            raise KnownError(
                msg("“{text}” is not a number.", text=typed[:40]), do=msg("Type digits only.")
            ) from None

    def _on_save(self) -> None:
        try:
            draft = self.draft()
        except KnownError as error:
            self.tell(explain(error), "red")
            return
        self.tell(tr("Trying the camera…"), "")
        self.save.setEnabled(False)
        self.trial_requested.emit(draft)


def _fields() -> tuple[tuple[str, str, str], ...]:
    return (
        ("name", tr("Name"), ""),
        ("main_url", tr("Main stream"), "rtsp://192.168.1.20:554/main"),
        ("sub_url", tr("Sub stream (for the grid)"), "rtsp://192.168.1.20:554/sub"),
        ("username", tr("User name"), ""),
        ("password", tr("Password"), ""),
        ("place", tr("Place (coordinates)"), "16.5431, 104.7228"),
        ("bearing_deg", tr("Bearing, degrees from north"), "0"),
        ("field_of_view_deg", tr("Field of view, degrees"), "70"),
        ("range_m", tr("Range, metres"), "60"),
        ("owner", tr("Owner"), ""),
    )
