"""The sample town's plan: its streets, grounds and bank, and how the plan lies on the earth.

Numbers are plan metres from the market's gate 3: along the streets to the river, and north along
the river. Knows no files and no log.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from app.geo.coordinates import LatLon
from app.geo.projection import UTM_48N, Projection

Points = NDArray[np.float64]

GATE_3 = LatLon(16.5431, 104.7280)
EPSG = UTM_48N
GRID = Projection(EPSG)

STREETS_CLIMB = 0.077  # streets to the river rise 4.4° northwards
ROADS_LEAN = 0.022  # roads along the river lean 1.3° to the east
BEND_M, BEND_LENGTH_M = 9.0, 380.0  # and follow the river's gentle bends

HALF_WIDTH_M = {1: 9.0, 2: 7.5, 3: 6.0, 4: 4.5, 5: 3.2}  # road's middle to the fences, by rank


@dataclass(frozen=True, slots=True)
class Street:
    """A straight line of the plan. `at` is where it crosses the other axis."""

    name: str
    rank: int
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Ground:
    """A piece of the plan that is not packed with houses."""

    name: str
    kind: str
    west: float
    south: float
    east: float
    north: float


WEST, SOUTH, NORTH = -1180.0, -820.0, 860.0
BANK = 36.0  # the river begins here
FAR_BANK = 1080.0

ALONG_RIVER = (
    Street("ถนนชยางกูร", 1, WEST, -1500, 1500),
    Street("ถนนพิทักษ์สันติราช", 3, -960, SOUTH, 690),
    Street("ถนนดำรงมุกดา", 3, -743, SOUTH, NORTH),
    Street("ถนนพิทักษ์พนมเขต", 2, -512, -1100, 1100),
    Street("ถนนสองนางสถิตย์", 1, -322, -1500, 1500),
    Street("ถนนสมุทรศักดารักษ์", 2, -183, -640, 690),
    Street("ถนนสำราญชายโขง", 2, 12, -1300, 1300),
)
TO_RIVER = (
    Street("", 3, NORTH, WEST, 12),
    Street("ถนนแก้วกินรี", 2, 690, -1500, 12),
    Street("", 4, 560, -743, 12),
    Street("ถนนมุกดาภิรมย์", 3, 430, WEST, 12),
    Street("ถนนวิวิธสุรการ", 1, 294, -1600, 12),
    Street("", 3, 133, -743, 12),
    Street("ถนนตลาดอินโดจีน", 2, -20, WEST, 12),
    Street("ถนนศรีสุมังค์", 3, -169, WEST, 12),
    Street("ถนนเมืองใหม่", 2, -325, -1500, 12),
    Street("", 3, -480, WEST, 12),
    Street("ถนนสุขาภิบาล", 2, -640, WEST, 12),
    Street("", 3, SOUTH, WEST, 12),
)

MARKET = Ground("ตลาดอินโดจีน", "market", -74, -162, 4, 127)
GROUNDS = (
    MARKET,
    Ground("วัดศรีมงคลใต้", "temple", -172, -10, -84, 110),
    Ground("โรงเรียน", "school", -310, -10, -194, 62),
    Ground("สวนสาธารณะ", "park", -408, -158, -334, -32),
    Ground("ศูนย์ราชการ", "offices", -950, -8, -760, 280),
    Ground("ศาลและที่ว่าการ", "offices", -728, 308, -526, 420),
    Ground("วัดศรีสุมังค์", "temple", -310, -560, -215, -492),
    Ground("โรงพยาบาล", "offices", -720, -624, -530, -492),
    Ground("สนามกีฬา", "park", -1160, -470, -975, -340),
    Ground("วัดยอดแก้ว", "temple", -172, 575, -100, 676),
)


def on_grid(points: Points) -> Points:
    """Plan metres (N, 2) → easting, northing of UTM zone 48."""
    return _shifted(np.asarray(points, dtype=np.float64)) + _origin()


def place(along: float, north: float) -> LatLon:
    """The place of one point of the plan."""
    east_m, north_m = on_grid(np.array([[along, north]]))[0]
    return GRID.point_to_degrees(float(east_m), float(north_m))


def _shifted(points: Points) -> Points:
    north = points[:, 1] + points[:, 0] * STREETS_CLIMB
    east = points[:, 0] + north * ROADS_LEAN + BEND_M * np.sin(north / BEND_LENGTH_M)
    return np.column_stack((east, north))


@cache
def _origin() -> Points:
    return np.array(GRID.point_to_metres(GATE_3))
