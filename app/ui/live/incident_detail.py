"""The selected incident: what, where, which stage, its story, and what can be done next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.geo.coordinates import LatLon, as_decimal
from app.incidents.deadlines import Targets
from app.incidents.incident import Incident, IncidentState
from app.incidents.story import StoryLine
from app.map.style import MapStyle
from app.thai.dates import short_time
from app.thai.translation import tr
from app.ui.live.act_form import ActForm
from app.ui.live.incident_head import IncidentHead
from app.ui.live.side_facts import SideFacts
from app.ui.live.stage_bar import StageBar
from app.ui.live.step_forms import BegunForm, TextForm
from app.ui.live.story_list import StoryList
from app.ui.theme import Theme
from app.ui.units.incident_units import IncidentUnits
from app.ui.units.unit_picker import UnitChoice, UnitPicker
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import ElidedLabel, IconLabel, frame, voiced
from app.ui.words import ending_name

_SIDE_PADDING_PX, _PAGE_PADDING_PX, _BETWEEN_PX = 12, 7, 8
_NEXT_STEP = {
    IncidentState.ASSIGNED: ("on_the_way", "G"),
    IncidentState.ON_THE_WAY: ("arrived", "A"),
    IncidentState.ON_SCENE: ("under_control", "U"),
}


class _Middle(QStackedWidget):
    """The story or a form; only as high as the one that is shown."""

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        height = shown.minimumSizeHint().height() if shown is not None else 0
        return QSize(super().minimumSizeHint().width(), height)

    @property
    def highest_px(self) -> int:
        """What the highest of them needs."""
        return super().minimumSizeHint().height()


class IncidentDetail(QFrame):
    """Shows one incident. Emits what the officer asks for; does nothing itself."""

    dispatch_requested = Signal()
    step_requested = Signal(str)  # on_the_way, arrived, under_control
    units_chosen = Signal(object)  # tuple of unit ids
    note_written = Signal(str, bool)
    close_written = Signal(str, bool)
    note_requested = Signal()
    close_requested = Signal()
    seeing_requested = Signal()  # the cameras that see it first, or not
    footage_requested = Signal()

    def __init__(self, theme: Theme, style: MapStyle) -> None:
        super().__init__()
        self._theme = theme
        self._incident: Incident | None = None
        self._unit_lines: tuple[str, ...] = ()
        self._nearest = ""
        self.setProperty("ground", "panel")
        self._build(style)
        self._connect()
        self.show_nothing()

    # Building

    def _build(self, style: MapStyle) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = IncidentHead(self._theme, style)
        column.addWidget(self.head)
        self._page = QWidget()
        page = QVBoxLayout(self._page)
        page.setContentsMargins(_SIDE_PADDING_PX, _PAGE_PADDING_PX, _SIDE_PADDING_PX, 0)
        page.setSpacing(_PAGE_PADDING_PX)
        page.addLayout(self._build_place())
        self._stages = StageBar(self._theme)
        page.addWidget(self._stages)
        self._build_middle(page)
        column.addWidget(self._page, 1)
        self._empty = voiced(
            tr("Choose an incident in the list or on the map, or take a report with F2."), "second"
        )
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(24, 0, 24, 0)
        column.addWidget(self._empty, 1)
        column.addWidget(self._build_actions())

    def _build_place(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        pin = IconLabel(self._theme, "map-pin")
        self._place = ElidedLabel("", "strong")
        self._coordinates = voiced("", "second")
        self._seeing = KeyButton(self._theme, "", key="V", icon="eye", slim=True)
        self._seeing.setCheckable(True)
        self._seeing.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the list its keys
        row.addWidget(pin)
        row.addWidget(self._place, 1)
        row.addWidget(self._coordinates)
        row.addWidget(self._seeing)
        return row

    def _build_middle(self, page: QVBoxLayout) -> None:
        self._stack = _Middle()
        self._story = StoryList(self._theme)
        self.picker = UnitPicker(self._theme)
        self.units = IncidentUnits(self._theme)
        earlier = tr("If earlier: 10:20")
        self._note = TextForm(
            self._theme, tr("Add to the story"), tr("Save the note"), lines=(earlier,)
        )
        self._close = TextForm(
            self._theme,
            tr("Result"),
            tr("Close the incident"),
            tr("An arrest was made"),
            lines=(tr("Case or log no."), earlier),
        )
        for form in (self._story, self.picker, self.units, self._note, self._close):
            self._stack.addWidget(form)
        self._side = SideFacts(self._theme)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._stack, 1)
        row.addWidget(self._side)
        page.addLayout(row, 1)

    def _build_actions(self) -> QFrame:
        bar = frame("panel", "top")
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 7, 10, 7)
        row.setSpacing(_BETWEEN_PX)
        theme = self._theme
        self._send = KeyButton(theme, tr("Send a unit"), key="D", icon="send", primary=True)
        self._step = KeyButton(theme, tr("Arrived"), key="A")
        self._add = KeyButton(theme, tr("Add a note"), key="N")
        self._end = KeyButton(theme, tr("Close…"), key="X")
        self._footage = KeyButton(theme, tr("Footage"), key="R", icon="history")
        for button in (self._send, self._step, self._add, self._footage):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._end)
        self._widest_step_px = max(
            KeyButton(theme, words, key=_NEXT_STEP[state][1]).sizeHint().width()
            for state, words in _step_words().items()
        )
        self._actions = bar
        return bar

    def _connect(self) -> None:
        self._send.clicked.connect(self.dispatch_requested)
        self._seeing.clicked.connect(self.seeing_requested)
        self._step.clicked.connect(self._on_step)
        self._add.clicked.connect(self.note_requested)
        self._end.clicked.connect(self.close_requested)
        self._footage.clicked.connect(self.footage_requested)
        self.picker.units_chosen.connect(self.units_chosen)
        self._note.saved.connect(self.note_written)
        self._close.saved.connect(self.close_written)
        for form in (self.picker, self.units, self._note, self._close):
            form.cancelled.connect(self.show_story)

    # Showing

    @property
    def incident(self) -> Incident | None:
        """The incident on show."""
        return self._incident

    def show_nothing(self) -> None:
        """No incident is chosen."""
        self._incident = None
        self._page.hide()
        self._actions.hide()
        self._empty.show()
        self.head.show_nothing()

    def show_incident(
        self,
        incident: Incident,
        story: Sequence[StoryLine],
        times: Mapping[IncidentState, datetime],
        names: Mapping[str, str],
    ) -> None:
        """Everything but the running clock, which `tick` shows. `names` of officers by id."""
        if self._incident is None or self._incident.id != incident.id:
            self.show_story()
        self._incident = incident
        self._empty.hide()
        self._page.show()
        self.head.show_incident(incident)
        self._show_place(incident)
        self._story.show_story(story, names)
        began = {stage: short_time(at) for stage, at in times.items()}
        self._stages.show_stage(incident.state, began, _ended_as(incident))
        self._show_actions(incident)
        self._fit()

    def show_seeing(self, count: int, *, lead: bool) -> None:
        """How many cameras see the place, and whether they stand before the others."""
        self._seeing.show_words(tr("{count} cameras see it", count=count), "V")
        self._seeing.setVisible(count > 0)
        self._seeing.setChecked(lead)

    def show_units(self, lines: Sequence[str], nearest: str) -> None:
        """What each unit of the incident has done, and who could be sent besides."""
        if self._incident is not None:
            self._unit_lines, self._nearest = tuple(lines), nearest
            self._side.show_facts(self._incident, lines, nearest)

    def tick(self, now: datetime, targets: Targets) -> None:
        """Once a second: the clock of the next deadline."""
        if self._incident is not None:
            self.head.tick(self._incident, now, targets)

    def show_story(self) -> None:
        """Back from a form to the story."""
        self.show_form(self._story)

    def ask_for_unit(self, choices: Sequence[UnitChoice]) -> None:
        self.show_form(self.picker)
        self.picker.offer(choices)

    def ask_for_step(self) -> None:
        """The units of the incident, each with its own next step."""
        self.show_form(self.units)

    def add_form(self, form: QWidget) -> None:
        """A form of somebody else's, to be shown in the place of the story."""
        self._stack.addWidget(form)

    def show_form(self, form: QWidget) -> None:
        """One of the forms, in the place of the story."""
        self._stack.setCurrentWidget(form)
        self._fit()

    @property
    def _shown_id(self) -> str:
        return "" if self._incident is None else self._incident.id

    @property
    def shown_form(self) -> QWidget | None:
        """What stands there now: the story or a form."""
        return self._stack.currentWidget()

    def form_lines(self) -> tuple[str, ...]:
        """What is typed in the lines under the text of the form that is open."""
        form = self._stack.currentWidget()
        return form.line_texts() if isinstance(form, TextForm) else ()

    def ask_for_note(self) -> None:
        self.show_form(self._note)
        self._note.begin(self._shown_id)

    def ask_for_result(self) -> None:
        self.show_form(self._close)
        self._close.begin(self._shown_id)

    def begun(self) -> BegunForm | None:
        """What is typed in an open form."""
        form = self._stack.currentWidget()
        return form.begun(is_result=form is self._close) if isinstance(form, TextForm) else None

    def go_on(self, begun: BegunForm) -> None:
        """The form that was open, with what was typed."""
        form = self._close if begun.is_result else self._note
        self.show_form(form)
        form.go_on(begun, self._shown_id)

    def complain(self, sentence: str) -> bool:
        """Show why a form was not saved, if one is open. Whether one was."""
        form = self._stack.currentWidget()
        if not isinstance(form, TextForm | ActForm | IncidentUnits):
            return False
        form.complain(sentence)
        return True

    @property
    def is_asking(self) -> bool:
        """Whether a form is open in place of the story."""
        return self._stack.currentWidget() is not self._story

    def _show_place(self, incident: Incident) -> None:
        report = incident.report
        self._place.setText(report.place)
        if report.lat_deg is None or report.lon_deg is None:
            self._coordinates.setText(tr("no coordinates"))
        else:
            self._coordinates.setText(as_decimal(LatLon(report.lat_deg, report.lon_deg)))
        self._side.show_facts(incident, self._unit_lines, self._nearest)

    def _show_actions(self, incident: Incident) -> None:
        closed = incident.state is IncidentState.CLOSED
        for button in (self._send, self._end):
            button.setEnabled(not closed)
        self._step.setVisible(incident.state in _NEXT_STEP)
        if incident.state in _NEXT_STEP:
            words = _step_words()[incident.state]
            self._step.show_words(words, _NEXT_STEP[incident.state][1])

    def _on_step(self) -> None:
        if self._incident is not None and self._incident.state in _NEXT_STEP:
            self.step_requested.emit(_NEXT_STEP[self._incident.state][0])

    def _fit(self) -> None:
        """A narrow pane keeps the story and drops secondary texts (design/live_1366)."""
        wide = self.width() >= self._theme.px(660)
        self._side.setVisible(wide and not self.is_asking)
        self._stages.setVisible(not self.is_asking)
        bottom = _PAGE_PADDING_PX if self.is_asking else 0  # the story ends at a line
        self._page.setContentsMargins(0, 0, 0, bottom)
        for button, icon in ((self._send, "send"), (self._footage, "history")):
            button.show_icon(icon if wide else "")
        self._actions.setVisible(self._incident is not None and not self.is_asking)
        self._coordinates.setVisible(wide)
        self.head.fit(wide=wide, roomy=self.width() >= self._theme.px(400))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(560, 280)

    def minimumSizeHint(self) -> QSize:
        """The same whatever is shown, so that choosing an incident moves no other pane; without
        what a narrow pane drops: else it could not become narrow again."""
        inner = self._stack.minimumSizeHint().width() + 2 * _SIDE_PADDING_PX
        actions = self._actions.minimumSizeHint()
        bare = actions.width() - self._send.icon_px - self._footage.icon_px
        bare -= 0 if self._step.isHidden() else self._step.sizeHint().width() + _BETWEEN_PX
        bare += self._widest_step_px + _BETWEEN_PX  # its words change with the stage
        told = self._stages.sizeHint().height() + _PAGE_PADDING_PX + actions.height()
        middle = max(
            told + self._story.minimumSizeHint().height(), self._stack.highest_px + _PAGE_PADDING_PX
        )
        above = self.head.height() + self._seeing.height() + 2 * _PAGE_PADDING_PX
        return QSize(max(inner, bare), above + middle)


def _step_words() -> dict[IncidentState, str]:
    return {
        IncidentState.ASSIGNED: tr("On the way"),
        IncidentState.ON_THE_WAY: tr("Arrived"),
        IncidentState.ON_SCENE: tr("Under control"),
    }


def _ended_as(incident: Incident) -> str:
    """How it ended, with the number of the incident it became part of; nothing while it is open."""
    if incident.is_open:
        return ""
    return f"{ending_name(incident.ending)} {incident.joined_to}".strip()
