"""What was found in a map file, before it is brought: facts, what is odd, what becomes what.

Shows a work and asks for its change; reads no file.
"""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.geo.imports.inspection import Inspection
from app.geo.imports.request import WHOLE_REACH_M
from app.thai.translation import say, tr
from app.ui.setup.field_box import FieldBox
from app.ui.setup.map_classes_table import MapClassesTable
from app.ui.setup.map_words import bounds_words, format_name, size_words
from app.ui.setup.map_work import MapWork
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton, Segments
from app.ui.widgets.labels import ElidedLabel, restate, voiced

_REPLACE, _ADD = "replace", "add"


class MapFound(QWidget):
    """Facts, table, attribution, and the one button that changes the map."""

    class_chosen = Signal(object, str)  # LayerGroup, class
    attribution_typed = Signal(str)
    addition_chosen = Signal(bool)
    bring_requested = Signal()
    put_away_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shown: Inspection | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_facts())
        self.table = MapClassesTable(theme)
        self.table.class_chosen.connect(self.class_chosen)
        column.addWidget(self.table, 1)
        self._room = QWidget()  # in the table's place, for a file without layers
        column.addWidget(self._room, 1)
        column.addWidget(self._build_foot(theme))

    def _build_facts(self) -> QWidget:
        facts = QWidget()
        column = QVBoxLayout(facts)
        column.setContentsMargins(16, 6, 16, 8)
        column.setSpacing(4)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(0)
        self.facts: dict[str, ElidedLabel] = {}
        self._heads: dict[str, QLabel] = {}
        names = (
            ("format", tr("Format")), ("count", tr("Things")), ("system", tr("Coordinates")),
            ("bounds", tr("Where it lies")),
        )  # fmt: skip
        for number, (key, name) in enumerate(names):
            row, place = divmod(number, 2)
            self._heads[key] = voiced(name, "hint")
            grid.addWidget(self._heads[key], 2 * row, place)
            self.facts[key] = ElidedLabel()
            grid.addWidget(self.facts[key], 2 * row + 1, place)
            grid.setColumnStretch(place, 2 + place)
        column.addLayout(grid)
        self.oddities = voiced("", "", "amber", wraps=True)
        column.addWidget(self.oddities)
        return facts

    def _build_foot(self, theme: Theme) -> QWidget:
        foot = QFrame()
        foot.setProperty("edge", "top")
        column = QVBoxLayout(foot)
        column.setContentsMargins(16, 8, 16, 10)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(24)
        self.attribution = FieldBox(
            tr("Whose map it is: written on the map"), tr("for example © the provincial office")
        )
        self.attribution.line.setMaxLength(200)
        self.attribution.edited.connect(self._on_attribution)
        top.addWidget(self.attribution, 1)
        self.how = QWidget()
        how = QVBoxLayout(self.how)
        how.setContentsMargins(0, 0, 0, 0)
        how.setSpacing(4)
        how.addWidget(voiced(tr("The map that is there"), "second"))
        self.addition = Segments(((_REPLACE, tr("Replace it")), (_ADD, tr("Add to it"))))
        self.addition.chosen.connect(self._on_addition)
        how.addWidget(self.addition, 0, Qt.AlignmentFlag.AlignLeft)
        how.addStretch(1)
        top.addWidget(self.how)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.outlook = voiced("", "second", wraps=True)
        self.put_away = KeyButton(theme, tr("Put it away"), flat=True)
        self.bring = KeyButton(theme, tr("Bring this map"), icon="check", primary=True)
        self.put_away.clicked.connect(self.put_away_requested)
        self.bring.clicked.connect(self.bring_requested)
        row.addWidget(self.outlook, 1)
        row.addWidget(self.put_away)
        row.addWidget(self.bring)
        column.addLayout(row)
        return foot

    def show_work(self, work: MapWork, *, has_map: bool) -> None:
        """The file that was looked through, and what was chosen for it."""
        found = work.found
        if found is None:
            return
        if found is not self._shown:
            self._shown = found
            self._show_facts(found, work)
            self.attribution.fill(work.attribution)
        self.table.show_work(work)
        self.table.setVisible(not found.is_picture)
        self._room.setVisible(found.is_picture)
        with QSignalBlocker(self.addition):
            self.addition.set_on(_ADD if work.is_added else _REPLACE)
        self.how.setVisible(has_map and not found.is_picture)
        self._show_outlook(work, found)

    def _show_facts(self, found: Inspection, work: MapWork) -> None:
        systems = " · ".join(found.systems) or "–"
        if work.crs is not None:
            systems = tr("{system}, as you chose", system=say(work.crs.words))
        self.facts["format"].setText(
            f"{format_name(found.format)} · {size_words(found.size_bytes)}"
        )
        self._heads["count"].setText(tr("Detail") if found.is_picture else tr("Things"))
        detail = found.detail
        self.facts["count"].setText(f"{found.count:,}" if detail is None else say(detail))
        self.facts["system"].setText(systems)
        self.facts["bounds"].setText(bounds_words(found.bounds_deg))
        odd = [say(notice) for notice in found.notices]
        if found.far:
            odd.append(
                tr("{count} of them lie further than {km} km from the station and will be left"
                   " out.",
                   count=f"{found.far:,}", km=round(WHOLE_REACH_M / 1000))
            )  # fmt: skip
        if found.without_shape:
            odd.append(
                tr("{count} of them have no sound shape and will be left out.",
                   count=f"{found.without_shape:,}")
            )  # fmt: skip
        self.oddities.setText("\n".join(odd))
        self.oddities.setVisible(bool(odd))

    def _show_outlook(self, work: MapWork, found: Inspection) -> None:
        wanted = work.wanted_count
        if found.is_picture:
            words = tr(
                "It is laid under the roads and names. The map that is there stays as it is."
            )
        elif wanted:
            words = tr("{wanted} things have a class.", wanted=f"{wanted:,}")
            if wanted < found.count:
                rest = f"{found.count - wanted:,}"
                left_out = tr("{rest} have none, or no name to write, and are left out.", rest=rest)
                words = f"{words} {left_out}"
        else:
            words = tr("Nothing would come in: choose above what the layers become.")
        self.outlook.setText(words)
        restate(self.outlook, "state", "" if wanted else "amber")
        self.bring.setEnabled(bool(wanted))

    def _on_attribution(self) -> None:
        self.attribution_typed.emit(self.attribution.text)

    def _on_addition(self, choice: str, on: bool) -> None:
        self.addition_chosen.emit(choice == _ADD)
