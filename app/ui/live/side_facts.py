"""What stands beside an incident's story: its units, who else could be sent, its areas. No acts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.incidents.incident import Incident
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.labels import chip, voiced

WIDTH_PX = 190
_BETWEEN_PX = 8


class SideFacts(QWidget):
    """Three things, each under its name; there is room for it in a wide pane only."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFixedWidth(theme.px(WIDTH_PX))
        self.units, self.nearest, self.areas = (voiced("", "second", wraps=True) for _ in range(3))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(voiced(tr("Units"), "hint"))
        column.addWidget(self.units)
        column.addSpacing(_BETWEEN_PX)
        self._nearest = QWidget()
        inner = QVBoxLayout(self._nearest)
        inner.setContentsMargins(0, 0, 0, _BETWEEN_PX)
        inner.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(voiced(tr("Nearest free"), "hint"))
        head.addWidget(chip("Shift D", "kbd"))
        head.addStretch(1)
        inner.addLayout(head)
        inner.addWidget(self.nearest)
        column.addWidget(self._nearest)
        column.addWidget(voiced(tr("Area"), "hint"))
        column.addWidget(self.areas)
        column.addStretch(1)

    def show_facts(self, incident: Incident, unit_lines: Sequence[str], nearest: str) -> None:
        """What each unit has done, the nearest that could be sent (empty: none), where it lies."""
        self.units.setText("\n".join(unit_lines) or tr("no unit yet"))
        self.nearest.setText(nearest)
        self._nearest.setVisible(bool(nearest))
        areas = [tr("in the zone") if incident.area("zone") else tr("outside the zone")]
        kinds = ("community", "beat", "tambon")
        areas += [found for kind in kinds if (found := incident.area(kind))]
        self.areas.setText(" · ".join(areas))
