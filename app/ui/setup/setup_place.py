"""The Setup place: its sections to the left, the chosen one beside them. Composes and wires."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.geo.coordinates import LatLon
from app.station.profile import Profile
from app.station.signing_key import KeyShown
from app.thai.translation import tr
from app.ui.desk import Desk
from app.ui.setup.camera_office import CameraOffice
from app.ui.setup.cameras_pane import CamerasPane
from app.ui.setup.categories_pane import CategoriesPane
from app.ui.setup.console_pane import ConsolePane
from app.ui.setup.log_pane import LogPane
from app.ui.setup.map_office import MapOffice
from app.ui.setup.map_pane import MapPane
from app.ui.setup.officer_form import TypedOfficer
from app.ui.setup.officers_pane import OfficersPane
from app.ui.setup.place_form import TypedPlace
from app.ui.setup.places_pane import PlacesPane
from app.ui.setup.radio_codes_pane import RadioCodesPane
from app.ui.setup.recording_pane import RecordingPane
from app.ui.setup.shifts_pane import ShiftsPane
from app.ui.setup.units_pane import UnitsPane
from app.ui.theme import Theme
from app.ui.widgets.form_letters import make_form
from app.ui.widgets.section_head import SectionHead

_SECTIONS_PX = 152
_MAP = 2


@dataclass(frozen=True, slots=True)
class TypedSetup:
    """What is kept of this place when the window is made anew. No password."""

    camera_id: str
    fields: Mapping[str, str]
    section: int
    place: TypedPlace
    officer: TypedOfficer


class SetupPlace(QFrame):
    """Cameras first: they are what is set up most often."""

    told = Signal(str)
    language_requested = Signal(str)
    text_size_requested = Signal(int)  # percent
    map_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        profile: Profile,
        office: CameraOffice,
        recording: RecordingPane,
        maps: MapOffice,
        places: PlacesPane,
        log: LogPane,
        officers: OfficersPane,
        shifts: ShiftsPane,
        key: Callable[[], KeyShown] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("ground", "bg")
        make_form(self)
        self.cameras = CamerasPane(theme, desk, office, sample=profile.sample)
        self.console = ConsolePane(theme, desk, profile, key)
        self.recording = recording
        self.map = MapPane(theme, maps)
        self.places = places
        self.types = CategoriesPane(theme, desk)
        self.units = UnitsPane(theme, desk, LatLon(*profile.centre))
        self.radio_codes = RadioCodesPane(theme, desk)
        self.officers = officers
        self.shifts = shifts
        self.shifts.told.connect(self.told)
        self.cameras.told.connect(self.told)
        self.recording.told.connect(self.told)
        self.places.told.connect(self.told)
        self.log = log
        self.log.told.connect(self.told)
        self.console.language_requested.connect(self.language_requested)
        self.console.text_size_requested.connect(self.text_size_requested)
        self._stack = QStackedWidget()
        self.map.map_requested.connect(self.map_requested)
        self._panes: tuple[QWidget, ...] = (
            *(self.cameras, self.recording, self.map, self.places, self.console),
            *(self.log, self.types, self.units),
            *(self.radio_codes, self.officers, self.shifts),
        )
        for pane in self._panes:
            self._stack.addWidget(pane)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self._build_sections(theme))
        row.addWidget(self._stack, 1)

    def _build_sections(self, theme: Theme) -> QFrame:
        pane = QFrame()
        pane.setProperty("ground", "panel")
        pane.setFixedWidth(theme.px(_SECTIONS_PX))
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(SectionHead(theme, "sliders-horizontal", tr("Setup")))
        self.sections = QListWidget()
        self.sections.setAccessibleName(tr("Setup"))
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sections.addItems(
            [
                tr("Cameras"),
                tr("Recording footage"),
                tr("Map"),
                tr("Places"),
                tr("The console"),
                tr("Log and backups"),
                tr("Types"),
                tr("Units"),
                tr("Radio codes"),
                tr("Officers"),
                tr("Shifts"),
            ]
        )
        self.sections.setCurrentRow(0)
        self.sections.currentRowChanged.connect(self._stack.setCurrentIndex)
        column.addWidget(self.sections, 1)
        return pane

    def fill(self) -> None:
        """Read what it shows."""
        self.cameras.fill()
        self.map.fill()
        self.shifts.fill()
        self.console.fill()
        self.log.fill()

    @property
    def can_add(self) -> bool:
        """Whether Ins adds something in the section that is shown."""
        return self._stack.currentWidget() in (
            *(self.cameras, self.map, self.places, self.types, self.units),
            *(self.radio_codes, self.officers),
        )

    @property
    def can_save(self) -> bool:
        """Whether the section that is shown has a form, which Ctrl Enter saves."""
        shown = self._stack.currentWidget()
        return shown is self.shifts or (self.can_add and shown is not self.map)

    def show_log(self) -> None:
        """The section of the log and its backups."""
        self.sections.setCurrentRow(self._panes.index(self.log))

    def show_officers(self) -> None:
        """The section of officers."""
        self.sections.setCurrentRow(self._panes.index(self.officers))

    def show_shifts(self) -> None:
        """The section of shifts and rosters."""
        self.sections.setCurrentRow(self._panes.index(self.shifts))

    def show_map(self) -> None:
        """The section where a map is brought."""
        self.sections.setCurrentRow(_MAP)
        self.map.bringing.choose.setFocus()

    def show_units(self) -> None:
        """The section where units are formed."""
        self.sections.setCurrentRow(self._panes.index(self.units))

    def show_radio_codes(self) -> None:
        """The section where the station's radio codes are set."""
        self.sections.setCurrentRow(self._panes.index(self.radio_codes))

    def typed(self) -> TypedSetup:
        """What stands in the forms, to be kept over a change of language."""
        form = self.cameras.form
        return TypedSetup(
            form.camera_id,
            form.fields.typed(),
            self._stack.currentIndex(),
            self.places.form.typed(),
            self.officers.form.typed(),
        )

    def restore(self, typed: TypedSetup) -> None:
        """Put back what `typed` gave; nothing is tried by that."""
        self.cameras.edit(typed.camera_id)
        self.cameras.form.fields.restore(typed.fields)
        self.places.form.restore(typed.place)
        self.officers.form.restore(typed.officer)
        self.sections.setCurrentRow(typed.section)
