"""The fields of the intake, one under the other: what is typed in them, as a report and as a draft.

Enter goes on to the next field; on a small screen they scroll, never sideways. Saves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.geo.coordinates import LatLon
from app.incidents.categories import Channel
from app.incidents.drafts import Draft
from app.incidents.incident import Report
from app.incidents.place_finder import PlaceFinder
from app.thai.translation import tr
from app.ui.live.intake_more import MoreFields
from app.ui.live.intake_place import IntakePlace
from app.ui.live.intake_same import SameCard
from app.ui.live.intake_type import IntakeType
from app.ui.theme import Theme
from app.ui.widgets.buttons import KeyButton, Segments
from app.ui.widgets.labels import chip, voiced
from app.ui.words import channel_name

_SCROLL_BAR_PX = 10
_SIDE_PX = 14
_LEAST_HEIGHT_PX = 200
_LEAST_NARRATIVE_PX = 76


class _Narrative(QPlainTextEdit):
    """Takes what height is left; on a small screen a few lines, and the rest is in sight."""

    def __init__(self, least_px: int) -> None:
        super().__init__()
        self._least_px = least_px
        self.setTabChangesFocus(True)
        self.setAccessibleName(tr("What happened"))
        self.setMinimumHeight(least_px)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._least_px)


class IntakeFields(QScrollArea):
    """Channel, type, place, caller, narrative; the rest unfolds."""

    edited = Signal()  # somebody typed, chose or ticked

    def __init__(
        self, theme: Theme, finder: PlaceFinder, now: Callable[[], datetime], *, sample: bool
    ) -> None:
        super().__init__()
        self._theme, self._finder, self._now = theme, finder, now
        self._sample = sample
        self._is_filling = False
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget()
        self._build(QVBoxLayout(self._page))
        self.setWidget(self._page)
        self._connect()

    def minimumSizeHint(self) -> QSize:
        same = self.same.minimumSizeHint().width() + 2 * _SIDE_PX  # it may come while one types
        width = max(self._page.minimumSizeHint().width(), same)
        return QSize(width + _SCROLL_BAR_PX, _LEAST_HEIGHT_PX)

    # Building

    def _build(self, rows: QVBoxLayout) -> None:
        rows.setContentsMargins(_SIDE_PX, 8, _SIDE_PX, 8)
        rows.setSpacing(3)
        rows.addLayout(_caption(tr("Channel"), "Alt 1–7"))
        self.channels = Segments([(one.value, channel_name(one)) for one in Channel])
        self.channels.set_on(Channel.CALL_191.value)
        rows.addWidget(self.channels)
        rows.addSpacing(3)
        rows.addLayout(_caption(tr("Type of incident"), "Alt T", tr("required")))
        self.kind = IntakeType(self._theme)
        rows.addWidget(self.kind)
        rows.addSpacing(3)
        rows.addLayout(_caption(tr("Place"), "Alt P", tr("required")))
        self.place = IntakePlace(self._theme, self._finder)
        rows.addWidget(self.place)
        self.same = SameCard(self._theme)
        rows.addWidget(self.same)
        rows.addSpacing(3)
        self._build_caller(rows)
        rows.addLayout(_caption(tr("What happened"), "Alt N"))
        self.narrative = _Narrative(self._theme.px(_LEAST_NARRATIVE_PX))
        rows.addWidget(self.narrative, 1)
        row = QHBoxLayout()
        self.unfold = KeyButton(self._theme, "", key="Alt M", flat=True)
        self.throw_away = KeyButton(self._theme, tr("Clear"), key="Alt Z", flat=True)
        row.addWidget(self.unfold)
        row.addStretch(1)
        row.addWidget(self.throw_away)
        rows.addLayout(row)
        self.more = MoreFields(self._theme, self._now)
        rows.addWidget(self.more)
        self.show_more(False)

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
        self.kind.done.connect(self.place.field.line.setFocus)
        self.place.done.connect(self.caller.setFocus)
        self.caller.returnPressed.connect(self.phone.setFocus)
        self.phone.returnPressed.connect(self.narrative.setFocus)
        self.unfold.clicked.connect(self.toggle_more)
        for line in (self.caller, self.phone, self.place.field.line):
            line.textChanged.connect(self._on_edited)
        self.narrative.textChanged.connect(self._on_edited)
        self.unnamed.toggled.connect(self._on_edited)
        self.channels.chosen.connect(self._on_edited)
        self.kind.edited.connect(self._on_edited)
        self.kind.changed.connect(self._on_edited)
        self.more.edited.connect(self._on_edited)

    def _on_edited(self) -> None:
        if not self._is_filling:
            self.edited.emit()

    # The rest

    def toggle_more(self) -> None:
        """Unfold the rest, or fold it; what is in it stays."""
        self.show_more(not self.more.isVisibleTo(self._page))
        if self.more.isVisibleTo(self._page):
            self.more.happened.setFocus()
            QTimer.singleShot(0, self._scroll_to_more)  # once the page has its new height
        else:
            self.narrative.setFocus()

    def _scroll_to_more(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def go_to_more(self) -> None:
        """Alt M: into the rest, which is unfolded for it; pressed inside, fold it."""
        focused = self.focusWidget()
        inside = focused is not None and self.more.isAncestorOf(focused)
        if self.more.isVisibleTo(self._page) and not inside:
            self.more.happened.setFocus()
        else:
            self.toggle_more()

    def show_more(self, shown: bool) -> None:
        """Unfolded or not."""
        self.more.setVisible(shown)
        words = tr("Fold") if shown else tr("More: time, address, people, vehicles, daily log")
        self.unfold.show_words(words, "Alt M")

    # In and out

    def report(self) -> Report:
        """What was typed, as it is. KnownError if the time it happened at cannot be read."""
        return self.more.added_to(self._plain_report(), self._now())

    def half_report(self) -> Report:
        """The same, half typed or not: without a time that cannot be read."""
        return self.more.added_to(self._plain_report(), self._now(), strict=False)

    def _plain_report(self) -> Report:
        point = self.place.point
        return Report(
            channel=Channel(self.channels.current()),
            category=self.kind.category.code if self.kind.category else "",
            priority=self.kind.chosen_priority,
            place=self.place.text.strip(),
            narrative=self.narrative.toPlainText().strip(),
            lat_deg=point.lat_deg if point else None,
            lon_deg=point.lon_deg if point else None,
            areas=self._finder.areas_at(point) if point else (),
            caller=self.caller.text().strip(),
            caller_phone=self.phone.text().strip(),
            caller_unnamed=self.unnamed.isChecked(),
            sample=self._sample,
        )

    def fill(self, draft: Draft) -> None:
        """Put back what another form held."""
        report = draft.report
        self._is_filling = True
        self.channels.set_on(report.channel.value)
        self.kind.fill(report.category, draft.type_text, report.priority)
        known = report.lat_deg is not None and report.lon_deg is not None
        point = LatLon(report.lat_deg or 0.0, report.lon_deg or 0.0) if known else None
        self.place.take(draft.place_text, point)
        self.caller.setText(report.caller)
        self.phone.setText(report.caller_phone)
        self.unnamed.setChecked(report.caller_unnamed)
        self.narrative.setPlainText(report.narrative)
        self.more.fill(report, draft.happened_text, self._now())
        self.show_more(not self.more.is_empty)
        self._is_filling = False

    def clear(self) -> None:
        """Empty, folded, as after a save."""
        self._is_filling = True
        self.kind.clear()
        self.place.take("", None)
        self.caller.clear()
        self.phone.clear()
        self.narrative.clear()
        self.unnamed.setChecked(False)
        self.channels.set_on(Channel.CALL_191.value)
        self.more.clear()
        self.show_more(False)
        self._is_filling = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed that could be lost."""
        lines = (self.kind.field.line, self.place.field.line, self.caller, self.phone)
        return (
            not any(line.text() for line in lines)
            and not self.narrative.toPlainText()
            and self.more.is_empty
        )


def _caption(text: str, key: str, note: str = "") -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(voiced(text, "second"))
    if note:
        row.addWidget(voiced(note, "hint"))
    row.addStretch(1)
    row.addWidget(chip(key, "kbd"))
    return row
