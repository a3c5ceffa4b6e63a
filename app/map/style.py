"""The map's colours and letters; the theme builds it, night is the default. Knows no geometry."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPen


@dataclass(frozen=True, slots=True)
class MapStyle:
    """Every colour is `#rrggbb`; widths and sizes are logical pixels at 100 % text size."""

    land: str = "#11171C"
    water: str = "#152733"
    water_line: str = "#1B3342"
    promenade: str = "#1A2126"
    green: str = "#152019"
    building: str = "#242E37"
    building_outline: str = "#303C47"
    landmark_building: str = "#2C3843"
    landmark_outline: str = "#3B4853"
    roads: tuple[str, ...] = ("#44515D", "#3B4752", "#323D47", "#2A343D", "#232C34")
    road_casing: str = "#0D1216"
    boundary: str = "#3D4A56"
    label: str = "#8FA0AD"
    water_label: str = "#7FA3B8"
    place_label: str = "#E8EDF1"
    zone: str = "#E9EEF2"
    community: str = "#9FB0BD"
    beat: str = "#6B7883"
    field_of_view: str = "#C6D1D9"
    text: str = "#E8EDF1"
    text_secondary: str = "#B6C2CC"
    text_hint: str = "#8E9CA8"
    ground: str = "#0D1115"  # of tags, discs and the callout
    tag_border: str = "#3D4A56"
    red: str = "#FF7A6E"
    red_fill: str = "#C8372D"
    amber: str = "#F2B33D"
    amber_tint: str = "#33270B"
    green_state: str = "#4CC38A"
    blue: str = "#62ADFF"
    blue_fill: str = "#1F6FD6"
    on_fill: str = "#FFFFFF"
    family: str = "Sarabun"
    text_scale: float = 1.0  # 1.0–1.5
    picture_dim: float = 0.5  # how much darker pictures of the ground are made, 0–1
    night_ranges: bool = True  # dashed arcs where the sight of cameras ends at night
    zone_dash_px: tuple[float, float] = (11.0, 4.0)

    def font(self, size_px: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """A letter size in logical pixels, grown with the officer's text size."""
        font = QFont(self.family)
        font.setPixelSize(max(1, round(size_px * self.text_scale)))
        font.setWeight(weight)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font


def colour(name: str, opacity: float = 1.0) -> QColor:
    """A colour of the style, seen through by `1 - opacity`."""
    made = QColor(name)
    made.setAlphaF(opacity)
    return made


def pen(name: str, width_px: float, opacity: float = 1.0, dash_px: tuple[float, ...] = ()) -> QPen:
    """A pen as wide as it says at every scale; `dash_px` are lengths in pixels, not in widths."""
    made = QPen(colour(name, opacity), width_px)
    made.setCosmetic(True)
    made.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    made.setCapStyle(Qt.PenCapStyle.RoundCap)
    if dash_px:
        made.setCapStyle(Qt.PenCapStyle.FlatCap)
        made.setDashPattern([length / width_px for length in dash_px])
    return made


NIGHT = MapStyle()
DAY = MapStyle(
    land="#F6F5F1",
    water="#DCE9F0",
    water_line="#B9D2DF",
    promenade="#EDE9DF",
    green="#E3EBDD",
    building="#DCD9D1",
    building_outline="#CBC7BC",
    landmark_building="#D2CDC0",
    landmark_outline="#B9B2A2",
    roads=("#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#FFFFFF"),
    road_casing="#BDB9AD",
    boundary="#8B8577",
    label="#4A453B",
    water_label="#33617B",
    place_label="#17130C",
    zone="#000000",
    community="#4A453B",
    beat="#6A6456",
    field_of_view="#1B5FAE",
    text="#17130C",
    text_secondary="#3A362E",
    text_hint="#5B564B",
    ground="#FFFFFF",
    tag_border="#BDB9AD",
    red="#B3261E",
    red_fill="#B3261E",
    amber="#7A4D00",
    amber_tint="#F7E7C4",
    green_state="#1B6B43",
    blue="#1B5FAE",
    blue_fill="#1B5FAE",
    on_fill="#FFFFFF",
    picture_dim=0.0,
    night_ranges=False,
    zone_dash_px=(9.0, 3.0),
)
"""The colours of the printed map (TOKENS §2), for a bright room."""
