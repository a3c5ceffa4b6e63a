"""What came of bringing a map: what came in, what was left out and why. Shows a report."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.thai.translation import say, tr
from app.ui.setup.map_words import count_lines
from app.ui.setup.map_work import MapWork
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton
from app.ui.widgets.labels import voiced


class MapOutcome(QWidget):
    """The report in words, and where to go from here."""

    map_requested = Signal()
    another_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 12)
        column.setSpacing(2)
        self.title = voiced("", "strong", "green", wraps=True)
        self.came_in = voiced("", "", wraps=True)
        self.left_out = voiced("", "", wraps=True)
        self.attribution = voiced("", "", wraps=True)
        column.addWidget(self.title)
        for name, label in (
            (tr("What came in"), self.came_in),
            (tr("What was left out, and what to know"), self.left_out),
            (tr("Written on the map"), self.attribution),
        ):
            column.addSpacing(8)
            column.addWidget(voiced(name, "hint"))
            column.addWidget(label)
        column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.show_map = KeyButton(theme, tr("Show it on the map"), icon="map", primary=True)
        self.another = KeyButton(theme, tr("Another map…"), flat=True)
        self.show_map.clicked.connect(self.map_requested)
        self.another.clicked.connect(self.another_requested)
        row.addWidget(self.show_map)
        row.addWidget(self.another)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_work(self, work: MapWork) -> None:
        """The map is in place."""
        report = work.report
        if report is None:
            return
        self.title.setText(_title(work))
        self.came_in.setText("\n".join(f"{name}: {n}" for name, n in count_lines(report.kinds)))
        notices = [say(notice) for notice in report.notices]
        self.left_out.setText("\n".join(notices) or tr("Nothing was left out."))
        self.attribution.setText(report.attribution or tr("No attribution"))


def _title(work: MapWork) -> str:
    if work.is_picture:
        return tr("The picture of the ground lies under the roads now. It is on the screen.")
    if work.is_added:
        return tr("The map was added to the one in use. It is on the screen now.")
    return tr("The map is in use. It is on the screen now; the one before is kept.")
