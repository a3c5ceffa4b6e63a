"""Intake (F2): a panel, not a dialog. Typing, the map and a camera tile all fill the place.

It holds what the officer types until it is saved or thrown away; a failure to save keeps it all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.errors import KnownError
from app.geo.coordinates import LatLon
from app.incidents.categories import Category, Channel
from app.incidents.drafts import Draft
from app.incidents.duplicates import Likely, Told
from app.incidents.incident import Report
from app.incidents.place_finder import PlaceFinder
from app.thai.translation import explain, tr
from app.ui.live.intake_fields import IntakeFields
from app.ui.live.intake_foot import IntakeFoot
from app.ui.live.intake_head import IntakeHead
from app.ui.theme import Theme
from app.ui.widgets.form_letters import make_form
from app.ui.widgets.keys import on_both_layouts
from app.ui.widgets.labels import voiced

_ROOMY_PX = 940
"""So high that every field has its place beside a narrative of some lines: nothing is folded."""


class IntakePanel(QFrame):
    """The form. `saved` carries a `Report`; the number is given by the log, not here."""

    saved = Signal(object, bool)  # Report, dispatch afterwards
    attached = Signal(str, object)  # incident id, Report
    look_requested = Signal(str)  # incident id
    place_found = Signal(object)  # LatLon | None: the pin follows
    told = Signal()  # type or place are others: it may be the same as another incident
    edited = Signal()  # something that a draft must keep
    thrown_away = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        finder: PlaceFinder,
        *,
        sample: bool,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__()
        self._now = now
        self._since: datetime | None = None
        self._likely: Likely | None = None
        self._others: set[str] = set()
        """Incidents that this report was said not to be of."""
        self._roomy_px = theme.px(_ROOMY_PX)
        self._saving = False
        self._is_sure = False
        """Whether it was asked once already to throw everything away."""
        self.setProperty("edge", "intake")
        make_form(self)
        self.fields = IntakeFields(theme, finder, now, sample=sample)
        self._build(theme)
        self._name_fields()
        self._connect()
        self._go_before_the_fields()

    # Building

    def _build(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 0, 0)  # the blue edge
        column.setSpacing(0)
        self.head = IntakeHead(theme)
        column.addWidget(self.head)
        column.addWidget(self.fields, 1)
        self._problem = voiced("", "", "red", wraps=True)
        self._problem.setContentsMargins(14, 3, 14, 4)
        self._problem.hide()
        column.addWidget(self._problem)
        self._foot = IntakeFoot(theme)
        column.addWidget(self._foot)

    def _name_fields(self) -> None:
        """The fields by the names that everybody calls them."""
        fields = self.fields
        self.channels, self.narrative = fields.channels, fields.narrative
        self.type_field, self.priority = fields.kind.field, fields.kind.priority
        self.place_field = fields.place.field
        self.caller, self.phone, self.unnamed = fields.caller, fields.phone, fields.unnamed

    def _connect(self) -> None:
        fields, foot = self.fields, self._foot
        fields.place.found.connect(self.place_found)
        fields.place.found.connect(self._on_told)
        fields.kind.changed.connect(self.told)
        fields.edited.connect(self._on_edited)
        foot.save.clicked.connect(self._on_save)
        foot.save_and_send.clicked.connect(self._on_save_and_send)
        fields.throw_away.clicked.connect(self._on_throw_away)
        fields.same.attach_requested.connect(self._on_attach)
        fields.same.look_requested.connect(self._on_look)
        fields.same.dismissed.connect(self._on_other)
        for keys, run in (
            ("Alt+T", self.type_field.line.setFocus),
            ("Alt+P", self.place_field.line.setFocus),
            ("Alt+N", self.narrative.setFocus),
            ("Alt+M", fields.go_to_more),
            ("Alt+D", self._on_attach),
            ("Alt+O", self._on_look),
            ("Alt+X", self._on_other),
            ("Alt+Z", self._on_throw_away),
        ):
            self._bind(keys, run)
        for number in range(1, len(Channel) + 1):
            self._bind(f"Alt+{number}", self._on_channel_key)

    def _go_before_the_fields(self) -> None:
        for field in self.findChildren(QWidget):
            if field.focusPolicy() != Qt.FocusPolicy.NoFocus:
                field.installEventFilter(self)

    def _bind(self, keys: str, run: Callable[[], None]) -> None:
        """A shortcut from inside every field: a field would take Alt and a letter as text."""
        shortcut = QShortcut(self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setKeys(on_both_layouts(keys))
        shortcut.activated.connect(run)

    def _on_channel_key(self) -> None:
        shortcut = self.sender()
        if isinstance(shortcut, QShortcut):
            number = int(shortcut.key().toString()[-1])
            self.channels.set_on(list(Channel)[number - 1].value)
            self._on_edited()

    @property
    def is_saving(self) -> bool:
        """Whether it was handed on and is not answered yet."""
        return self._saving

    # What others tell it

    def begin(self, next_number: str, categories: Sequence[Category]) -> None:
        """Show it, ready to type, with whatever was put aside still in it."""
        if self._since is None or self.fields.is_empty:
            self._since = self._now()
            if self.height() >= self._roomy_px:
                self.fields.show_more(True)
        else:
            self.head.show_earlier()
        self.fields.kind.set_offered(categories)
        self._foot.number.setText(next_number)
        self.tick()
        self.show()
        self.raise_()
        self.type_field.line.setFocus()
        self.type_field.line.selectAll()  # another type takes the place of the earlier one

    def take_keyboard(self) -> None:
        """Back to the field that had it: what is typed next belongs to the report."""
        last = self.focusWidget()
        if last is None or last is self or not last.isVisibleTo(self):
            last = self.type_field.line
        last.setFocus()

    def tick(self) -> None:
        """Once a second: how long the caller has been on the line."""
        if self._since is not None:
            self.head.show_line((self._now() - self._since).total_seconds())

    def take_place(self, text: str, point: LatLon) -> None:
        """The place was clicked on the map or on a camera's tile."""
        self.fields.place.take(text, point)

    def show_seeing(self, names: Sequence[str]) -> None:
        """The cameras that see the place, best first."""
        self.fields.place.show_seeing(names)

    def told_so_far(self) -> Told:
        """What is known of type and place."""
        place = self.fields.place
        point = place.point
        return Told(
            self.fields.kind.category,
            place.text,
            point.lat_deg if point else None,
            point.lon_deg if point else None,
        )

    def show_likely(self, likely: Likely | None) -> None:
        """An open incident that may be the same; one that was said to be another is not asked of
        again.
        """
        if likely is not None and likely.incident.id in self._others:
            likely = None
        self._likely = likely
        self.fields.same.show_likely(likely)

    def complain(self, sentence: str) -> None:
        """Say why it was not saved. Everything typed stays."""
        self._saving = False
        self._problem.setText(sentence)
        self._problem.show()

    def clear(self) -> None:
        """An empty form, after a save."""
        self._saving = self._is_sure = False
        self._since = None
        self._others.clear()
        self.fields.clear()
        self.show_likely(None)
        self.head.show_kept(None)
        self._problem.hide()

    def typed(self) -> Draft:
        """Everything in the form, half typed or not."""
        happened = self.fields.more.happened.text()
        return Draft(
            self.fields.half_report(),
            self.type_field.line.text(),
            self.place_field.line.text(),
            happened,
            self._since,
        )

    def restore(self, draft: Draft) -> None:
        """Put back what another form held."""
        self._since = draft.since
        self.fields.fill(draft)

    def report(self) -> Report:
        """What was typed, as it is; `intake.checked` says what is missing."""
        return self.fields.report()

    # Perhaps the same

    def _on_told(self, _point: LatLon | None) -> None:
        self.told.emit()

    def _on_edited(self) -> None:
        self._is_sure = False
        self.edited.emit()

    def _on_attach(self) -> None:
        if self._likely is None or self._saving:
            return
        report = self._whole_report()
        if report is not None:
            self._saving = True
            self.attached.emit(self._likely.incident.id, report)

    def _on_look(self) -> None:
        if self._likely is not None:
            self.look_requested.emit(self._likely.incident.id)

    def _on_other(self) -> None:
        if self._likely is not None:
            self._others.add(self._likely.incident.id)
            self.told.emit()

    # Saving

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Before the field itself: on X11 Ctrl+D deletes in every line and text, and a list of
        suggestions takes Enter whatever is held with it."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._saves(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._saves(event):
            return
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _saves(self, event: QKeyEvent) -> bool:
        """Whether it was one of the two keys that save."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_save()
        elif event.key() == Qt.Key.Key_D:
            self._on_save_and_send()
        else:
            return False
        return True

    def _on_save(self) -> None:
        self._save_report(dispatch=False)

    def _on_save_and_send(self) -> None:
        self._save_report(dispatch=True)

    def _save_report(self, *, dispatch: bool) -> None:
        """Once: a key that bounces or is held must not give two numbers to one report."""
        if self._saving:
            return
        report = self._whole_report()
        if report is not None:
            self._saving = True
            self.saved.emit(report, dispatch)

    def _whole_report(self) -> Report | None:
        """A suggestion on offer is taken, as by Enter; None after saying what is wrong."""
        self._problem.hide()
        self.fields.kind.settle()
        self.fields.place.settle()
        try:
            self.fields.place.resolve()
            return self.report()
        except KnownError as error:
            self.complain(explain(error))
            return None

    def _on_throw_away(self) -> None:
        """Twice: a key pressed by mistake must not lose a report."""
        if self.fields.is_empty:
            return
        if not self._is_sure:
            self.complain(tr("Press again to throw away everything that is typed here."))
            self._is_sure = True
            return
        self.clear()
        self.thrown_away.emit()
