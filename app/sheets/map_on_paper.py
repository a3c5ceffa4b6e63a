"""The map as a sheet gets it: drawn, at its true size, with what is needed to read and measure it.

Millimetres are counted from the map's upper left corner. Knows no Qt: the map room fills it in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.errors import Message, msg
from app.thai.digits import to_thai
from app.thai.translation import Language, say

_NORTH_IS_THE_SAME_DEG = 0.05  # half of what is written: 0.0°


class GridKind(StrEnum):
    """How the lines of the grid are numbered."""

    UTM = "utm"
    MGRS = "mgrs"


class LegendMark(StrEnum):
    """What a line of the legend explains."""

    ZONE = "zone"
    COMMUNITY = "community"
    BEAT = "beat"
    TAMBON = "tambon"
    NO_GO = "no_go"
    WALL = "wall"
    CAMERA = "camera"
    SEEING = "seeing"
    VIEW = "view"
    INCIDENT = "incident"
    SEEN = "seen"
    BLIND = "blind"


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One mark and what it stands for, in Thai."""

    mark: LegendMark
    text: str


@dataclass(frozen=True, slots=True)
class NumberedCamera:
    """A camera that sees the place: its number on the sheet, the best first, and how far it is."""

    number: int
    camera_id: str
    name: str
    distance_m: float


@dataclass(frozen=True, slots=True)
class PaperBar:
    """The scale bar: how many metres of ground it stands for, and its outer edges."""

    metres: float
    left_mm: float
    top_mm: float
    length_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of the grid: its easting or northing, and how far it lies from the left or the top."""

    is_easting: bool
    metres: int
    at_mm: float


@dataclass(frozen=True, slots=True, eq=False)
class MapOnPaper:
    """`svg` fills exactly `width_mm` × `height_mm`; then one millimetre is `scale` of ground.

    `point_scale` are grid metres for one metre of ground, which the scale allows for;
    `true_north_deg` is where true north lies, clockwise from the grid's, which is upward.
    """

    svg: bytes
    width_mm: float
    height_mm: float
    scale: int
    attribution: str
    legend: tuple[LegendLine, ...]
    grid_name: str
    grid: tuple[GridLine, ...]
    bar: PaperBar
    point_scale: float
    true_north_deg: float
    sample: bool
    thai_digits: bool = False
    cameras: tuple[NumberedCamera, ...] = ()
    lacking: tuple[Message, ...] = ()
    """Pictures of the ground that were wanted and could not be drawn, whole or in part."""

    def data(self) -> dict[str, Any]:
        """What a template says about it, in Thai."""
        return {
            "width_mm": self.width_mm,
            "height_mm": self.height_mm,
            "scale": self.scale,
            "scale_text": scale_text(self.scale, thai_digits=self.thai_digits),
            "grid_text": self.grid_name,
            "north_text": say(north_words(self.true_north_deg), Language.THAI),
            "attribution": self.attribution,
            "sample": self.sample,
            "lacking": [say(words, Language.THAI) for words in self.lacking],
            "legend": [{"mark": line.mark.value, "text": line.text} for line in self.legend],
            "cameras": [
                {
                    "number": one.number,
                    "id": one.camera_id,
                    "name": one.name,
                    "distance_m": round(one.distance_m),
                }
                for one in self.cameras
            ],
        }


def scale_text(scale: int, *, thai_digits: bool = False) -> str:
    """`1:2,500`."""
    text = f"1:{scale:,}"
    return to_thai(text) if thai_digits else text


def north_words(true_north_deg: float) -> Message:
    """Which north is upward, and how far true north is from it."""
    away = f"{abs(true_north_deg):.1f}"
    if abs(true_north_deg) < _NORTH_IS_THE_SAME_DEG:
        return msg("Grid north is up; true north is the same")
    if true_north_deg > 0:
        return msg("Grid north is up; true north lies {degrees}° to its right", degrees=away)
    return msg("Grid north is up; true north lies {degrees}° to its left", degrees=away)
