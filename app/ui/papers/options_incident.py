"""What can be chosen of an incident's sheet: which, how much, its map, stills, hidden names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox

from app.sheets.incident_options import DEFAULT_SCALE, Form, IncidentOptions
from app.sheets.incident_stills import KeptStill, kept_stills
from app.sheets.map_on_paper import GridKind
from app.thai.dates import clock_time
from app.thai.translation import tr
from app.ui.papers.incident_field import IncidentField
from app.ui.papers.options_pane import OptionsPane, PaneParts
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments
from app.ui.widgets.tick_list import TickList, TickRow

SCALES = (1_000, 2_000, 2_500, 5_000, 10_000)
_MOST_SEEN = 4  # rows of stills before the list scrolls
_ROW_PX = 32


class IncidentPane(OptionsPane):
    """Follows the selection until somebody chooses another incident here."""

    def __init__(self, theme: Theme, parts: PaneParts) -> None:
        super().__init__(theme, parts)
        self._stills: tuple[KeptStill, ...] = ()
        self._build()
        self._connect()
        self._fit()

    def _build(self) -> None:
        theme = self.theme
        self.add_label(tr("Incident"))
        self.field = IncidentField(theme, self.parts.desk)
        self.add(self.field)
        self.add_label(tr("Form"))
        self.form = Segments(((Form.FULL.value, tr("Full")), (Form.SHORT.value, tr("One page"))))
        self.form.set_on(Form.FULL.value)
        self.add(self.form)
        self.with_map = QCheckBox(tr("Map, and the cameras that see it"))
        self.with_map.setChecked(True)
        self.add(self.with_map)
        self.scale = QComboBox()
        self.scale.setAccessibleName(tr("Scale of the map"))
        for scale in SCALES:
            self.scale.addItem(f"1:{scale:,}", scale)
        self.scale.setCurrentIndex(SCALES.index(DEFAULT_SCALE))
        grids = ((GridKind.UTM.value, "UTM"), (GridKind.MGRS.value, "MGRS"))
        self.grid = Segments(grids)
        self.grid.set_on(GridKind.UTM.value)
        self.add_row(self.scale, self.grid)
        self.hide_names = QCheckBox(tr("Hide callers' and victims' names"))
        self.add(self.hide_names)
        self.with_stills = QCheckBox("")
        self.add(self.with_stills)
        self.stills = TickList(theme, tr("Still pictures on the sheet"))
        self.add(self.stills)

    def _connect(self) -> None:
        self.field.chosen.connect(self._on_incident)
        self.form.chosen.connect(self._on_form)
        self.grid.chosen.connect(self._on_chosen)
        self.scale.activated.connect(self._on_chosen)
        for box in (self.with_map, self.hide_names, self.with_stills):
            box.clicked.connect(self._on_chosen)
        self.stills.ticks_changed.connect(self._on_chosen)

    # What is chosen

    def about(self) -> str:
        return self.field.incident_id

    def missing(self) -> str:
        return "" if self.field.incident_id else tr("Choose an incident: type its number.")

    def options(self) -> dict[str, Any]:
        chosen = IncidentOptions(
            form=Form(self.form.current() or Form.FULL),
            with_map=self.with_map.isChecked(),
            scale=int(self.scale.currentData()),
            stills=self._chosen_stills(),
            hide=self._hides(),
        )
        order = chosen.to_order()
        del order["digits"], order["copy"]  # the place's own, for every kind of sheet
        return {**order, "grid": self.grid.current() or GridKind.UTM.value}

    def _chosen_stills(self) -> tuple[str, ...]:
        if not self.with_stills.isChecked():
            return ()
        ticked = self.stills.ticked()
        return tuple(one.id for one in self._stills if one.id in ticked)

    def _hides(self) -> bool:
        return self.hide_names.isChecked()

    # What it is told

    def show_about(self, about: str) -> None:
        if about and about != self.field.incident_id:
            self.field.choose(about)
            self._read_incident(fresh=True)

    def show_options(self, options: Mapping[str, Any]) -> None:
        """Form, map, scale and grid; which stills and whose names are each incident's own."""
        chosen = IncidentOptions.from_order({"form": Form.FULL, **_known(options)})
        self.form.set_on(chosen.form.value)
        self.with_map.setChecked(chosen.with_map)
        if chosen.scale in SCALES:
            self.scale.setCurrentIndex(SCALES.index(chosen.scale))
        self.grid.set_on(str(options.get("grid", GridKind.UTM.value)))
        self._fit()

    def fill(self) -> None:
        if not self.field.incident_id:
            self.field.choose(self.parts.selection.incident_id)
            self._read_incident(fresh=True)
        else:
            self._read_incident(fresh=False)

    # The incident's own

    def _read_incident(self, *, fresh: bool) -> None:
        """Its stills, and whether its caller asked to stay unnamed."""
        incident_id = self.field.incident_id
        found = self.parts.desk.incident(incident_id) if incident_id else None
        if found is None:
            self._stills = ()
        else:
            with self.parts.log.reading() as db:
                self._stills = tuple(kept_stills(db, incident_id))
        ticked = self.stills.ticked()
        with QSignalBlocker(self.stills):
            rows = [_row(one, ticked=fresh or one.id in ticked) for one in self._stills]
            self.stills.show_rows(rows)
        if fresh:
            self.hide_names.setChecked(found is not None and found.report.caller_unnamed)
            self.with_stills.setChecked(self.form.current() != Form.SHORT.value)
        self._fit()

    def _fit(self) -> None:
        count = len(self._stills)
        self.with_stills.setEnabled(count > 0)
        words = tr("Still pictures: {ticked} of {count}", ticked=self._count(), count=count)
        self.with_stills.setText(words if count else tr("Still pictures: there are none"))
        rows = min(count, _MOST_SEEN)
        self.stills.setVisible(count > 1 and self.with_stills.isChecked())
        self.stills.setFixedHeight(self.theme.px(_ROW_PX) * rows + 2)
        for widget in (self.scale, self.grid):
            widget.setEnabled(self.with_map.isChecked())

    def _count(self) -> int:
        return len(self._chosen_stills())

    # Slots

    def _on_incident(self, _incident_id: str) -> None:
        self._read_incident(fresh=True)
        self.changed.emit()

    def _on_form(self, *_: object) -> None:
        self.with_stills.setChecked(self.form.current() != Form.SHORT.value)
        self._on_chosen()

    def _on_chosen(self, *_: object) -> None:
        self._fit()
        self.changed.emit()


def _known(options: Mapping[str, Any]) -> dict[str, Any]:
    """What another version, or another hand, may have written there is left out."""
    forms = {form.value for form in Form}
    found: dict[str, Any] = {}
    if options.get("form") in forms:
        found["form"] = options["form"]
    if isinstance(options.get("map"), bool):
        found["map"] = options["map"]
    if options.get("scale") in SCALES:
        found["scale"] = options["scale"]
    return found


def _row(one: KeptStill, *, ticked: bool) -> TickRow:
    return TickRow(one.id, f"{one.camera_id} · {clock_time(one.taken_at)}", ticked=ticked)
