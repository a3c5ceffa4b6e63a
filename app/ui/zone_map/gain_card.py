"""What one camera more would add to a zone: ground and road, seen by one camera and by two."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from app.geo.zone_coverage import Coverage, Gain
from app.thai.translation import tr
from app.ui.widgets.labels import restate, voiced


class GainCard(QFrame):
    """Two rows, at least one camera and at least two; shown while a camera is tried."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("edge", "edit")
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 4, 10, 6)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(voiced(tr("With this camera"), "strong"), 0, 0, 1, 3)
        right = Qt.AlignmentFlag.AlignRight
        for column, words in ((1, tr("open ground")), (2, tr("roads"))):
            grid.addWidget(voiced(words, "hint"), 1, column, right)
        self.sizes, self.shares = [], []
        for number, words in enumerate((tr("≥ 1 camera"), tr("≥ 2 cameras"))):
            row = 2 + 2 * number
            grid.addWidget(voiced(words, "second"), row, 0)
            for column in (1, 2):
                size, share = voiced("", "strong"), voiced("", "hint")
                grid.addWidget(size, row, column, right)
                grid.addWidget(share, row + 1, column, right)
                self.sizes.append(size)
                self.shares.append(share)
        self.hide()

    def show_gain(self, now: Coverage, gain: Gain) -> None:
        """What is seen now, and what would come to it."""
        ground, road = now.ground_m2, now.road_m
        rows = (
            (tr("+{area} m²", area=f"{gain.new_m2:,.0f}"), gain.new_m2, ground),
            (tr("+{length} m", length=f"{gain.new_road_m:,.0f}"), gain.new_road_m, road),
            (tr("+{area} m²", area=f"{gain.second_m2:,.0f}"), gain.second_m2, ground),
            (tr("+{length} m", length=f"{gain.second_road_m:,.0f}"), gain.second_road_m, road),
        )
        for (words, more, whole), size, share in zip(rows, self.sizes, self.shares, strict=True):
            size.setText(words)
            restate(size, "state", "green" if more >= 0.5 else "")
            share.setText(f"+{100 * more / whole:.1f} %" if whole else "–")
