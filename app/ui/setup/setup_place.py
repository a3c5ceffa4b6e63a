"""The Setup place in its thin form: language, the station, its cameras, what comes later."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QScrollArea, QVBoxLayout, QWidget

from app.errors import KnownError
from app.incidents.place_finder import camera_title
from app.log import Entry
from app.log.rights import ROLE_NAMES
from app.station.profile import Profile
from app.thai.translation import Language, explain, language, say, tr
from app.ui.desk import Desk
from app.ui.setup.camera_form import CameraDraft, CameraForm
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments
from app.ui.widgets.labels import voiced
from app.ui.widgets.section_head import SectionHead


class SetupPlace(QFrame):
    """Language and station to the left, the cameras in the middle, a new camera to the right."""

    told = Signal(str)
    language_requested = Signal(str)
    camera_trial_requested = Signal(object)  # CameraDraft

    def __init__(self, theme: Theme, desk: Desk, profile: Profile) -> None:
        super().__init__()
        self._theme = theme
        self._desk = desk
        self._profile = profile
        self.setProperty("ground", "bg")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        self.form = CameraForm(theme, sample=profile.sample)
        self.form.trial_requested.connect(self.camera_trial_requested)
        row.addWidget(self._build_station(), 3)
        row.addWidget(self._build_cameras(), 3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.form)
        row.addWidget(scroll, 4)

    def _build_station(self) -> QWidget:
        pane = QFrame()
        pane.setProperty("ground", "panel")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(SectionHead(self._theme, "sliders-horizontal", tr("The console")))
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 8, 16, 8)
        inner.setSpacing(4)
        inner.addWidget(voiced(tr("Language"), "second"))
        self.languages = Segments(((Language.THAI, "ไทย"), (Language.ENGLISH, "English")))
        self.languages.set_on(language())
        self.languages.chosen.connect(self._on_language)
        inner.addWidget(self.languages, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addSpacing(10)
        for label, text in self._facts():
            inner.addWidget(voiced(label, "second"))
            value = voiced(text)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            inner.addWidget(value)
            inner.addSpacing(4)
        self._head = voiced("", "hint")
        self._head.setWordWrap(True)
        self._head.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inner.addWidget(voiced(tr("Head of the log"), "second"))
        inner.addWidget(self._head)
        inner.addSpacing(10)
        later = voiced(
            tr(
                "Sign-in, rights, backups, retention and printers come later. The station's file"
                " station.toml can be edited by hand; it explains itself."
            ),
            "hint",
        )
        later.setWordWrap(True)
        inner.addWidget(later)
        inner.addStretch(1)
        column.addLayout(inner, 1)
        return pane

    def _facts(self) -> tuple[tuple[str, str], ...]:
        profile = self._profile
        thai = language() is Language.THAI
        officer = self._desk.officer
        return (
            (tr("Station"), profile.name_th if thai else profile.name_en),
            (tr("Zone"), profile.zone_name_th if thai else profile.zone_name_en),
            (tr("Officer at the console"), f"{officer.name} · {say(ROLE_NAMES[officer.role])}"),
            (tr("Coordinate system"), f"EPSG:{profile.epsg}"),
        )

    def _build_cameras(self) -> QWidget:
        pane = QFrame()
        pane.setProperty("ground", "panel")
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._cameras_head = SectionHead(self._theme, "cctv", tr("Cameras"))
        column.addWidget(self._cameras_head)
        self.cameras = QListWidget()
        self.cameras.setAccessibleName(tr("Cameras"))
        column.addWidget(self.cameras, 1)
        return pane

    def fill(self) -> None:
        """Read what it shows."""
        cameras = self._desk.cameras()
        self.cameras.clear()
        for camera in cameras:
            self.cameras.addItem(f"{camera_title(camera)}\n{camera.main_url}")
        self._cameras_head.title.setText(tr("Cameras {count}", count=len(cameras)))
        self._head.setText(self._desk.log_head())

    def show_trial_failed(self, error: KnownError) -> None:
        """The camera could not be added; what was typed stays."""
        self.form.tell(explain(error), "red")

    def show_trial_passed(self, draft: CameraDraft, words: str) -> None:
        """It showed a picture: put it on the register."""
        self.form.tell(words, "green")
        self._desk.register_camera(draft.camera, self._on_registered)

    def _on_registered(self, entries: tuple[Entry, ...]) -> None:
        self.form.clear()
        name = camera_title_of(entries[0])
        self.form.tell(tr("{camera} was added.", camera=name), "green")
        self.told.emit(tr("{camera} was added.", camera=name))

    def _on_language(self, choice: str, on: bool) -> None:
        self.language_requested.emit(choice)


def camera_title_of(entry: Entry) -> str:
    """The title of the camera that an entry registered."""
    return f"{entry.subject} {entry.data()['name']}"
