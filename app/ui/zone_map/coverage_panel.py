"""How much of the zone cameras see: the figure, its bar, and the largest blind spots."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.cameras.zone_watch import Watch
from app.geo.zone_coverage import BlindSpot, Gain
from app.thai.translation import tr
from app.ui.theme import Theme
from app.ui.widgets.buttons import Segments
from app.ui.widgets.fitted_list import FittedList
from app.ui.widgets.labels import voiced
from app.ui.widgets.section_head import SectionHead
from app.ui.zone_map.gain_card import GainCard
from app.ui.zone_map.hours import DAY, NIGHT
from app.ui.zone_map.map_words import percent

_MOST_SPOTS = 5
_AT = Qt.ItemDataRole.UserRole


class ShareBar(QWidget):
    """Seen by two, by one, by none, as lengths of one bar."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shares = (0.0, 0.0)
        self._gained = 0.0
        self.setFixedHeight(theme.px(10))

    def show_shares(self, seen: float, twice: float) -> None:
        """0–1 each; `twice` is part of `seen`."""
        self._shares = (seen, twice)
        self.update()

    def show_gained(self, share: float) -> None:
        """What one camera more would add to `seen`."""
        self._gained = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        seen, twice = self._shares
        width, height = self.width(), self.height()
        painter.fillRect(self.rect(), self._theme.colour("amber_tint"))
        painter.fillRect(
            self.rect(), QBrush(self._theme.colour("amber"), Qt.BrushStyle.BDiagPattern)
        )
        if self._gained:
            gained = QRectF(width * seen, 0, max(2.0, width * self._gained), height)
            painter.fillRect(gained, self._theme.colour("blue"))
        painter.fillRect(QRectF(0, 0, width * seen, height), self._theme.colour("green_tint_line"))
        painter.fillRect(QRectF(0, 0, width * twice, height), self._theme.colour("green"))


class CoveragePanel(QFrame):
    """Figures of one zone; a blind spot that is chosen is shown on the map."""

    spot_chosen = Signal(object)  # BlindSpot
    gain_opened = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._spots: tuple[BlindSpot, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        head = SectionHead(theme, "circle-dot", tr("Coverage of the zone"))
        self._when = voiced("", "hint")
        head.add_right(self._when)
        column.addWidget(head)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 4, 12, 4)
        inner.setSpacing(3)
        self.hours = Segments(((DAY, tr("By day")), (NIGHT, tr("At night"))))
        self.hours.setToolTip(tr("Dashed arcs show how far a camera sees at night."))
        self.hours.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        inner.addWidget(self.hours)
        row = QHBoxLayout()
        self._figure = voiced("–", "figure")
        row.addWidget(self._figure)
        self._of = voiced(tr("of the open ground is seen"), "second", wraps=True)
        row.addWidget(self._of, 1)
        inner.addLayout(row)
        self.bar = ShareBar(theme)
        inner.addWidget(self.bar)
        self._parts = voiced("", "second", wraps=True)
        self._roads = voiced("", "second", wraps=True)
        inner.addWidget(self._parts)
        inner.addWidget(self._roads)
        self.gain = GainCard()
        inner.addWidget(self.gain)
        column.addLayout(inner)
        self.list = FittedList(tr("Blind spots"), _MOST_SPOTS)
        self.list.itemClicked.connect(self._on_item)
        self.list.itemActivated.connect(self._on_item)
        column.addWidget(self.list)

    def show_reckoning(self) -> None:
        """It is being worked out."""
        self._when.setText(tr("working it out…"))

    def show_watch(self, watch: Watch | None, when: str = "") -> None:
        """The answer; None where there is no zone."""
        self._when.setText(when)
        if watch is None:
            self._figure.setText("–")
            self._parts.setText(tr("There is no zone to look at."))
            self._roads.setText("")
            self._show_spots(())
            self.bar.show_shares(0.0, 0.0)
            return
        seen = watch.coverage
        self._figure.setText(percent(seen.seen_share))
        self.bar.show_shares(seen.seen_share, seen.seen_twice_share)
        self._parts.setText(
            tr(
                "two cameras or more {twice} · one {once} · blind {blind}",
                twice=percent(seen.seen_twice_share),
                once=percent(seen.seen_share - seen.seen_twice_share),
                blind=percent(1 - seen.seen_share),
            ).replace(" %", "\u00a0%")
        )
        self._roads.setText(tr("of the roads' length {share}", share=percent(seen.road_seen_share)))
        self._show_spots(watch.blind_spots[:_MOST_SPOTS])

    def show_gain(self, watch: Watch | None, gain: Gain | None) -> None:
        """What a camera that is tried would add; None: none is tried, or it is not known yet."""
        shown = watch is not None and gain is not None
        self.bar.show_gained(0.0)
        if watch is not None and gain is not None:
            seen = watch.coverage
            self.gain.show_gain(seen, gain)
            self.bar.show_gained(gain.new_m2 / seen.ground_m2 if seen.ground_m2 else 0.0)
        if shown and self.gain.isHidden():
            self.gain.show()
            self.gain_opened.emit()
        self.gain.setVisible(shown)

    def _show_spots(self, spots: Sequence[BlindSpot]) -> None:
        self._spots = tuple(spots)
        self.list.clear()
        for number, spot in enumerate(spots):
            area = f"{spot.area_m2:,.0f}"
            words = (
                tr("Blind near {name} · {area} m²", name=spot.near, area=area)
                if spot.near
                else tr("Blind · {area} m²", area=area)
            )
            item = QListWidgetItem(words)
            item.setToolTip(words)
            item.setData(_AT, number)
            self.list.addItem(item)
        self.list.fit()

    def _on_item(self, item: QListWidgetItem) -> None:
        self.spot_chosen.emit(self._spots[int(item.data(_AT))])
