"""All that a report says, field by field, in the place of the story. Read only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget

from app.clock import from_stored
from app.incidents.happened import happened_words
from app.incidents.incident import Incident
from app.incidents.story_of_report import part_name
from app.thai.dates import date_time
from app.thai.translation import language, say, tr
from app.ui.theme import Theme
from app.ui.widgets.labels import voiced
from app.ui.words import channel_name, priority_name

_SMALLEST = QSize(160, 90)
Row = tuple[str, str]


class ReportPage(QScrollArea):
    """Names to the left, what was taken down to the right; what nobody said is left out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(tr("The report"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST

    def show_report(self, incident: Incident, owner: str) -> None:
        """`owner`: the name of who answers for it, or nothing."""
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 2, 8, 2)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        rows = list(report_rows(incident, owner))
        for number, (name, words) in enumerate(rows):
            grid.addWidget(voiced(name, "second"), number, 0, Qt.AlignmentFlag.AlignTop)
            text = voiced(words, wraps=True)
            text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(text, number, 1, Qt.AlignmentFlag.AlignTop)
        keys = tr(
            "C correct · T next step · O who answers · J part of another · Shift U in hand earlier"
            " · Shift X cancel"
        )
        closed = tr("C correct · Shift O reopen")
        words = keys if incident.is_open else closed
        grid.addWidget(voiced(words, "hint", wraps=True), len(rows), 0, 1, 2)
        grid.setRowStretch(len(rows) + 1, 1)
        self.setWidget(page)


def report_rows(incident: Incident, owner: str) -> Iterator[Row]:
    """Name and words of everything that is known."""
    report = incident.report
    if incident.erased:
        yield tr("Place"), report.place
        return
    head: Sequence[Row] = (
        (tr("Reported"), date_time(incident.reported_at, language())),
        (tr("Channel"), f"{channel_name(report.channel)} · {priority_name(report.priority)}"),
    )
    begins, ends = (from_stored(at) if at else None for at in
                    (report.happened_from, report.happened_to))  # fmt: skip
    caller = " · ".join(word for word in (report.caller, report.caller_phone) if word)
    if report.caller_unnamed:
        unnamed = tr("wants to stay unnamed")
        caller = f"{caller} ({unnamed})" if caller else unnamed
    plates = " · ".join(report.plates)
    vehicles = report.vehicles
    if plates and plates != vehicles:
        vehicles = f"{vehicles} [{plates}]"
    named = (
        ("happened", happened_words(begins, ends, incident.reported_at)),
        ("address", report.address),
        ("caller", caller),
        ("victims", report.victims),
        ("suspects", report.suspects),
        ("vehicles", vehicles),
        ("narrative", report.narrative),
        ("daily_log", report.daily_log),
    )
    yield from head
    yield tr("Place"), report.place
    yield from ((say(part_name(part)), words) for part, words in named if words)
    if owner:
        yield tr("Answers for it"), owner
    if incident.next_step:
        yield tr("Next step"), incident.next_step
