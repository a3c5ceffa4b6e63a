"""Which paper of the camera survey: empty forms, filled ones, or the list of all cameras."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QComboBox

from app.sheets.survey_sheet import SurveyForm
from app.thai.translation import tr
from app.ui.papers.options_pane import OptionsPane, PaneParts
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments
from app.ui.widgets.labels import voiced
from app.ui.widgets.tick_list import TickList, TickRow

COPIES = (1, 2, 5, 10, 20, 50)
_ROW_PX, _MOST_SEEN = 32, 7


class SurveyPane(OptionsPane):
    """What does not belong to the chosen paper is not shown."""

    def __init__(self, theme: Theme, parts: PaneParts) -> None:
        super().__init__(theme, parts)
        self._known: tuple[str, ...] = ()
        self._build()
        self.form.chosen.connect(self._on_form)
        self.copies.activated.connect(self._on_chosen)
        self.cameras.ticks_changed.connect(self._on_ticks)
        self._fit()

    def _build(self) -> None:
        self.add_label(tr("Form"))
        self.form = Segments(
            (
                (SurveyForm.LIST.value, tr("List")),
                (SurveyForm.FILLED.value, tr("Filled")),
                (SurveyForm.BLANK.value, tr("Empty")),
            )
        )
        self.form.set_on(SurveyForm.LIST.value)
        self.add(self.form)
        self.every = voiced(
            tr("How often each camera is looked at stands in station.toml: [cameras] survey_days."),
            "hint",
            wraps=True,
        )
        self.copies_name = voiced(tr("Empty forms"), "hint")
        self.copies = QComboBox()
        self.copies.setAccessibleName(tr("How many empty forms"))
        for count in COPIES:
            self.copies.addItem(str(count), count)
        self.cameras_name = voiced("", "hint")
        self.cameras = TickList(self.theme, tr("Cameras whose forms are printed"))
        fields = (self.copies_name, self.copies, self.cameras_name, self.cameras, self.every)
        for widget in fields:
            self.add(widget)
        self.column.addStretch(1)

    def options(self) -> dict[str, Any]:
        ticked = self.cameras.ticked()
        return {
            **self.habit(),
            "forms": int(self.copies.currentData()),
            "cameras": [one for one in self._known if one in ticked],
        }

    def habit(self) -> dict[str, Any]:
        return {"form": self.form.current()}

    def missing(self) -> str:
        form = self.form.current()
        if form == SurveyForm.FILLED.value and self._known and not self.cameras.ticked():
            return tr("Tick at least one camera.")
        return ""

    def show_about(self, about: str) -> None:
        """A camera whose form is wanted."""
        if about in self._known:
            self.form.set_on(SurveyForm.FILLED.value)
            self.cameras.tick_only((about,))
            self._fit()

    def show_options(self, options: Mapping[str, Any]) -> None:
        forms = {form.value for form in SurveyForm}
        if options.get("form") in forms:
            self.form.set_on(str(options["form"]))
        if options.get("forms") in COPIES:
            self.copies.setCurrentIndex(COPIES.index(options["forms"]))
        self._fit()

    def fill(self) -> None:
        cameras = self.parts.desk.cameras()
        ticked = self.cameras.ticked()
        fresh = {camera.id for camera in cameras} - set(self._known)
        rows = [
            TickRow(one.id, f"{one.id} {one.name}", ticked=one.id in ticked or one.id in fresh)
            for one in cameras
        ]
        self._known = tuple(camera.id for camera in cameras)
        self.cameras.blockSignals(True)
        self.cameras.show_rows(rows)
        self.cameras.blockSignals(False)
        self._fit()

    def _fit(self) -> None:
        form = self.form.current()
        for name, field, wanted in (
            (self.copies_name, self.copies, form == SurveyForm.BLANK.value),
            (self.cameras_name, self.cameras, form == SurveyForm.FILLED.value),
        ):
            name.setVisible(wanted)
            field.setVisible(wanted)
        self.every.setVisible(form != SurveyForm.BLANK.value)
        count = len(self._known)
        words = tr("Cameras: {ticked} of {count}", ticked=len(self.cameras.ticked()), count=count)
        self.cameras_name.setText(words)
        self.cameras.setFixedHeight(self.theme.px(_ROW_PX) * max(1, min(count, _MOST_SEEN)) + 2)

    def _on_form(self, *_: object) -> None:
        self._fit()
        self.changed.emit()

    def _on_ticks(self) -> None:
        self._fit()
        self.changed.emit()

    def _on_chosen(self, *_: object) -> None:
        self.changed.emit()
