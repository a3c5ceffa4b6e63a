"""The form of one place: its names, what and where it is. Checks what is typed, saves nothing."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout

from app.errors import KnownError
from app.geo.coordinate_reader import read_coordinates
from app.geo.coordinates import LatLon, as_decimal, as_mgrs
from app.geo.imports.things import clean_name
from app.geo.place_saving import PlaceEdit
from app.geo.places import Place, PlaceKind, PlaceNamed
from app.thai.translation import explain, tr
from app.ui.setup.field_box import FieldBox
from app.ui.setup.place_words import place_kind_name
from app.ui.setup.record_form import RecordForm
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced

_OTHERS_LINES = 4


@dataclass(frozen=True, slots=True)
class TypedPlace:
    """What is kept of the form when the window is made anew."""

    before: Place | None
    name_th: str
    name_en: str
    kind: PlaceKind
    others: str
    place: str


class PlaceForm(RecordForm):
    """An empty form adds a place; one with a place changes or removes it."""

    save_requested = Signal(object)  # PlaceEdit

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "map-pin")
        self.before: Place | None = None
        """The place as it stood when the form was filled; None for a new one."""
        self.remove = KeyButton(theme, tr("Remove"), icon="trash-2", flat=True)
        self.remove.clicked.connect(self._on_remove)
        self._lay_out(self._build_fields(), self.remove)
        self.begin_new()

    def _build_fields(self) -> QVBoxLayout:
        inner = QVBoxLayout()
        self.name_th = FieldBox(tr("Name in Thai"))
        self.name_en = FieldBox(tr("Name in English"))
        self.kind = QComboBox()
        for kind in PlaceKind:
            self.kind.addItem(place_kind_name(kind), kind)
        self.kind.setAccessibleName(tr("Kind"))
        self.others = QPlainTextEdit()
        self.others.setTabChangesFocus(True)
        self.others.setAccessibleName(tr("Also called"))
        self.others.setFixedHeight(self._theme.px(22 * _OTHERS_LINES + 12))
        self.place = FieldBox(tr("Coordinates, in any notation"), "16.54310, 104.72280")
        self.place.left.connect(self._on_place_left)
        inner.addWidget(self.name_th)
        inner.addWidget(self.name_en)
        inner.addWidget(voiced(tr("Kind"), "second"))
        inner.addWidget(self.kind)
        inner.addSpacing(4)
        inner.addWidget(voiced(tr("Also called, each on its line"), "second"))
        inner.addWidget(self.others)
        inner.addSpacing(4)
        inner.addWidget(self.place)
        for box in (self.name_th, self.name_en, self.place):
            box.line.returnPressed.connect(self.ask_to_save)
            box.edited.connect(self._on_edited)
        self.others.textChanged.connect(self._on_edited)
        return inner

    # What is shown

    def begin_new(self) -> None:
        """An empty form."""
        self._fill(None)
        self.head.title.setText(tr("A new place"))

    def edit(self, place: Place) -> None:
        """This place."""
        self._fill(place)
        self.head.title.setText(tr("Change {place}", place=place.name_th))

    def _fill(self, place: Place | None) -> None:
        self.before = place
        self.name_th.fill(place.name_th if place else "")
        self.name_en.fill(place.name_en if place else "")
        self.others.setPlainText("\n".join(place.aliases) if place else "")
        self.kind.setCurrentIndex(list(PlaceKind).index(place.kind) if place else 0)
        self.place.fill(as_decimal(place.at) if place else "")
        self.place.tell(as_mgrs(place.at) if place else "")
        self.remove.setVisible(place is not None)
        self.tell("", "")

    @property
    def has_changes(self) -> bool:
        """Whether something typed would be lost by filling the form anew."""
        try:
            return self._typed() != self.before
        except KnownError:
            typed = (self.name_th.text, self.name_en.text, self.place.text)
            return any(typed) or bool(self.others.toPlainText().strip())

    def typed(self) -> TypedPlace:
        """What stands in the form, to be kept over a change of language."""
        return TypedPlace(
            self.before, self.name_th.text, self.name_en.text, PlaceKind(self.kind.currentData()),
            self.others.toPlainText(), self.place.text,
        )  # fmt: skip

    def restore(self, typed: TypedPlace) -> None:
        """Put back what `typed` gave."""
        if typed.before is not None:
            self.edit(typed.before)
        self.name_th.fill(typed.name_th)
        self.name_en.fill(typed.name_en)
        self.kind.setCurrentIndex(list(PlaceKind).index(typed.kind))
        self.others.setPlainText(typed.others)
        self.place.fill(typed.place)

    # What is asked

    def ask_to_save(self) -> None:
        """Save, or say what is wrong."""
        try:
            place = self._typed()
        except KnownError as error:
            self.show_failure(error)
            return
        self.save_requested.emit(PlaceEdit(place, self.before))

    def _typed(self) -> Place:
        before = self.before
        names = (clean_name(name) for name in self.others.toPlainText().splitlines())
        place = Place(
            before.id if before else "",
            PlaceKind(self.kind.currentData()),
            clean_name(self.name_th.text),
            clean_name(self.name_en.text),
            tuple(name for name in names if name),
            self._typed_at(),
            before.sample if before else False,
        )
        PlaceNamed(place)  # refuses what cannot be saved
        return place

    def _typed_at(self) -> LatLon:
        """As typed; untouched, it is the place to its last digit."""
        if self.before is not None and self.place.text == as_decimal(self.before.at):
            return self.before.at
        return read_coordinates(self.place.text).place

    def _on_place_left(self) -> None:
        if not self.place.text:
            return
        try:
            self.place.tell(as_mgrs(self._typed_at()))
        except KnownError as error:
            self.place.tell(explain(error), "red")

    def _on_remove(self) -> None:
        if self.before is not None and self._is_sure(
            tr("It is no longer offered; incidents that name it keep their words. Press again.")
        ):
            self.save_requested.emit(PlaceEdit(None, self.before))
