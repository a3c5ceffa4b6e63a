"""Intake (F2): a panel, not a dialog. Typing, the map and a camera tile all fill the place.

It holds what the officer types until it is saved or thrown away; a failure to save keeps it all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.errors import KnownError
from app.geo.coordinates import LatLon, as_mgrs
from app.incidents.categories import BY_CODE, Category, Channel, Priority
from app.incidents.incident import Report
from app.incidents.place_finder import FoundPlace, PlaceFinder
from app.thai.translation import explain, tr
from app.ui.live.intake_foot import IntakeFoot
from app.ui.live.intake_suggestions import category_rows, place_row
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments
from app.ui.widgets.labels import chip, frame, restate, voiced
from app.ui.widgets.suggest_field import SuggestField
from app.ui.words import channel_name, group_name, priority_name


@dataclass(frozen=True, slots=True)
class TypedReport:
    """A form half filled: what would be reported, and the words in its two searching fields."""

    report: Report
    type_text: str
    place_text: str
    point: LatLon | None


class IntakePanel(QFrame):
    """The form. `saved` carries a `Report`; the number is given by the log, not here."""

    saved = Signal(object, bool)  # Report, dispatch afterwards
    place_found = Signal(object)  # LatLon | None: the pin follows
    closed = Signal()

    def __init__(self, theme: Theme, finder: PlaceFinder, *, sample: bool) -> None:
        super().__init__()
        self._theme = theme
        self._finder = finder
        self._sample = sample
        self._category: Category | None = None
        self._point: LatLon | None = None
        self._saving = False
        self.setProperty("edge", "intake")
        self._build()
        self._connect()

    # Building

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 0, 0, 0)  # the blue edge
        column.setSpacing(0)
        column.addWidget(self._build_head())
        body = QWidget()
        rows = QVBoxLayout(body)
        rows.setContentsMargins(14, 8, 14, 8)
        rows.setSpacing(3)
        rows.addLayout(self._caption(tr("Channel"), "Alt 1–7"))
        rows.addWidget(self._build_channels())
        rows.addSpacing(3)
        self._build_type(rows)
        rows.addSpacing(3)
        self._build_place(rows)
        rows.addSpacing(3)
        self._build_caller(rows)
        rows.addWidget(voiced(tr("What happened"), "second"))
        self.narrative = QPlainTextEdit()
        self.narrative.setTabChangesFocus(True)
        self.narrative.setAccessibleName(tr("What happened"))
        self.narrative.setMinimumHeight(self._theme.px(56))
        rows.addWidget(self.narrative, 1)
        self._problem = voiced("", "", "red")
        self._problem.setWordWrap(True)
        self._problem.hide()
        rows.addWidget(self._problem)
        column.addWidget(body, 1)
        self._foot = IntakeFoot(self._theme)
        column.addWidget(self._foot)

    def _build_head(self) -> QFrame:
        head = frame("panel", "bottom")
        head.setFixedHeight(self._theme.px(34))
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 0, 10, 0)
        row.addWidget(voiced(tr("Take a report"), "title"))
        row.addStretch(1)
        row.addWidget(voiced(tr("put aside"), "hint"))
        row.addWidget(chip("Esc", "kbd"))
        return head

    def _caption(self, text: str, key: str, note: str = "") -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(voiced(text, "second"))
        if note:
            row.addWidget(voiced(note, "hint"))
        row.addStretch(1)
        if key:
            row.addWidget(chip(key, "kbd"))
        return row

    def _build_channels(self) -> QWidget:
        choices = [(channel.value, channel_name(channel)) for channel in Channel]
        self.channels = Segments(choices)
        self.channels.set_on(Channel.CALL_191.value)
        return self.channels

    def _build_type(self, rows: QVBoxLayout) -> None:
        rows.addLayout(self._caption(tr("Type of incident"), "Alt T", tr("required")))
        self.type_field = SuggestField(
            self._theme, tr("Code or word: 20, theft…"), tr("Type of incident")
        )
        rows.addWidget(self.type_field)
        row = QHBoxLayout()
        self._type_words = voiced(tr("no type chosen yet"), "hint")
        row.addWidget(self._type_words)
        row.addStretch(1)
        row.addWidget(voiced(tr("Priority"), "second"))
        self.priority = QComboBox()
        self.priority.setAccessibleName(tr("Priority"))
        for priority in Priority:
            self.priority.addItem(f"{priority.value} {priority_name(priority)}", priority.value)
        self.priority.setCurrentIndex(1)
        self.priority.setMinimumWidth(self._theme.px(140))
        row.addWidget(self.priority)
        rows.addLayout(row)

    def _build_place(self, rows: QVBoxLayout) -> None:
        rows.addLayout(self._caption(tr("Place"), "Alt P", tr("required")))
        self.place_field = SuggestField(
            self._theme, tr("Name, camera, road, coordinates, or click the map"), tr("Place")
        )
        rows.addWidget(self.place_field)
        row = QHBoxLayout()
        self._area_words = voiced(tr("no place on the map yet"), "hint")
        self._area_words.setWordWrap(True)
        self._grid_words = voiced("", "hint")
        row.addWidget(self._area_words, 1)
        row.addWidget(self._grid_words)
        rows.addLayout(row)
        self._seeing_words = voiced("", "second")
        self._seeing_words.setWordWrap(True)
        self._seeing_words.hide()
        rows.addWidget(self._seeing_words)

    def _build_caller(self, rows: QVBoxLayout) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        self.caller = QLineEdit()
        self.phone = QLineEdit()
        for column, (field, name) in enumerate(
            ((self.caller, tr("Caller")), (self.phone, tr("Telephone")))
        ):
            field.setAccessibleName(name)
            field.setMaxLength(500)
            grid.addWidget(voiced(name, "second"), 0, column)
            grid.addWidget(field, 1, column)
        self.unnamed = QCheckBox(tr("The caller wants to stay unnamed"))
        grid.addWidget(self.unnamed, 2, 0, 1, 2)
        rows.addLayout(grid)

    def _connect(self) -> None:
        self.type_field.edited.connect(self._on_type_edited)
        self.type_field.taken.connect(self._on_type_taken)
        self.place_field.edited.connect(self._on_place_edited)
        self.place_field.taken.connect(self._on_place_taken)
        self._foot.save.clicked.connect(self._on_save)
        self._foot.save_and_send.clicked.connect(self._on_save_and_send)
        self._bind("Alt+T", self._on_type_asked)
        self._bind("Alt+P", self._on_place_asked)
        for number in range(1, len(Channel) + 1):
            self._bind(f"Alt+{number}", self._on_channel_key)

    def _bind(self, keys: str, run: Callable[[], None]) -> None:
        """A shortcut from inside every field: a field would take Alt and a letter as text."""
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(keys), self, context=context).activated.connect(run)

    def _on_type_asked(self) -> None:
        self.type_field.line.setFocus()

    def _on_place_asked(self) -> None:
        self.place_field.line.setFocus()

    def _on_channel_key(self) -> None:
        shortcut = self.sender()
        if isinstance(shortcut, QShortcut):
            number = int(shortcut.key().toString()[-1])
            self.channels.set_on(list(Channel)[number - 1].value)

    # What others tell it

    def begin(self, next_number: str) -> None:
        """Show it, ready to type, with whatever was put aside still in it."""
        self._foot.number.setText(next_number)
        self.show()
        self.raise_()
        self.type_field.line.setFocus()

    def take_place(self, text: str, point: LatLon) -> None:
        """The place was clicked on the map or on a camera's tile."""
        self.place_field.offer(())
        self.place_field.line.setText(text)
        self._set_point(point)

    def show_seeing(self, names: Sequence[str]) -> None:
        """The cameras that see the place, best first."""
        self._seeing_words.setVisible(bool(names))
        self._seeing_words.setText(
            tr("{count} cameras see it: {names}", count=len(names), names=" · ".join(names))
        )

    def complain(self, sentence: str) -> None:
        """Say why it was not saved. Everything typed stays."""
        self._saving = False
        self._problem.setText(sentence)
        self._problem.show()

    def clear(self) -> None:
        """An empty form, after a save."""
        self._saving = False
        self._category = None
        self._set_point(None)
        for line in (self.type_field.line, self.place_field.line, self.caller, self.phone):
            line.clear()
        self.narrative.clear()
        self.unnamed.setChecked(False)
        self.channels.set_on(Channel.CALL_191.value)
        self.priority.setCurrentIndex(1)
        self._type_words.setText(tr("no type chosen yet"))
        self._problem.hide()

    def typed(self) -> TypedReport:
        """Everything in the form, half typed or not."""
        return TypedReport(
            self.report(), self.type_field.line.text(), self.place_field.line.text(), self._point
        )

    def restore(self, typed: TypedReport) -> None:
        """Put back what another form held."""
        report = typed.report
        self.channels.set_on(report.channel.value)
        self._category = BY_CODE.get(report.category)
        self.type_field.line.setText(typed.type_text)
        self._show_category()
        self.priority.setCurrentIndex(report.priority - 1)
        self.place_field.line.setText(typed.place_text)
        self._set_point(typed.point)
        self.caller.setText(report.caller)
        self.phone.setText(report.caller_phone)
        self.unnamed.setChecked(report.caller_unnamed)
        self.narrative.setPlainText(report.narrative)

    def report(self) -> Report:
        """What was typed, as it is; `intake.checked` says what is missing."""
        return Report(
            channel=Channel(self.channels.current()),
            category=self._category.code if self._category else "",
            priority=Priority(self.priority.currentData()),
            place=self.place_field.line.text().strip(),
            narrative=self.narrative.toPlainText().strip(),
            lat_deg=self._point.lat_deg if self._point else None,
            lon_deg=self._point.lon_deg if self._point else None,
            areas=self._finder.areas_at(self._point) if self._point else (),
            caller=self.caller.text().strip(),
            caller_phone=self.phone.text().strip(),
            caller_unnamed=self.unnamed.isChecked(),
            sample=self._sample,
        )

    # Type and place

    def _on_type_edited(self, text: str) -> None:
        self._category = BY_CODE.get(text.strip())
        self._show_category()
        rows = [] if self._category else category_rows(text)
        self.type_field.offer(rows)

    def _on_type_taken(self, category: Category) -> None:
        self._category = category
        self.type_field.line.setText(f"{category.code} {category.name}")
        self._show_category()
        self.place_field.line.setFocus()

    def _show_category(self) -> None:
        if self._category is None:
            self._type_words.setText(tr("no type chosen yet"))
            return
        self._type_words.setText(
            tr("{name} · {group}", name=self._category.name, group=group_name(self._category.group))
        )
        self.priority.setCurrentIndex(self._category.priority - 1)

    def _on_place_edited(self, text: str) -> None:
        self._set_point(None)
        found = self._finder.suggest(text) if text.strip() else ()
        self.place_field.offer([place_row(place) for place in found])

    def _on_place_taken(self, place: FoundPlace) -> None:
        self.place_field.line.setText(place.text)
        self._set_point(place.point)
        self.caller.setFocus()

    def _set_point(self, point: LatLon | None) -> None:
        self._point = point
        areas = self._finder.areas_at(point) if point else ()
        if point is None:
            self._area_words.setText(tr("no place on the map yet"))
            self._grid_words.setText("")
            restate(self._area_words, "state", "")
        else:
            inside = any(area.kind == "zone" for area in areas)
            first = tr("in the zone") if inside else tr("outside the zone")
            names = [area.name for area in areas if area.kind != "zone"]
            self._area_words.setText(" · ".join([first, *names]))
            self._grid_words.setText(as_mgrs(point))
            restate(self._area_words, "state", "green" if inside else "")
        self.place_field.line.setModified(False)
        self.place_found.emit(point)

    # Saving

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_save()
        elif control and event.key() == Qt.Key.Key_D:
            self._on_save_and_send()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _on_save(self) -> None:
        self._save_report(dispatch=False)

    def _on_save_and_send(self) -> None:
        self._save_report(dispatch=True)

    def _save_report(self, *, dispatch: bool) -> None:
        """Once: a key that bounces or is held must not give two numbers to one report."""
        if self._saving:
            return
        self._settle()
        try:
            if self._point is None:
                self._set_point(self._finder.resolve(self.place_field.line.text()))
        except KnownError as error:
            self.complain(explain(error))
            return
        self._saving = True
        self.saved.emit(self.report(), dispatch)

    def _settle(self) -> None:
        """Saving with a suggestion still on offer takes it, as Enter would."""
        self._problem.hide()
        if self._category is None:
            self.type_field.take_current()
        if self._point is None:
            self.place_field.take_current()
