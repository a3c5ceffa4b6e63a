"""Whether a camera is on the register already, under another id. Knows no log and no network."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.cameras.address import parse_camera_address
from app.cameras.camera import Camera
from app.errors import KnownError, Message, msg
from app.thai.text import normalise

SAME_PLACE_M = 1.0
SAME_WAY_DEG = 15.0
"""Two cameras on one pole look different ways; two compass readings of one differ by this much."""

_METRES_A_DEGREE = 111_320.0
_CELL_DEG = 2e-5  # two metres and more in Thailand: a twin lies in this cell or beside it

StreamKey = tuple[str, int, str]


class Likeness(StrEnum):
    """In what two cameras are alike. One stream cannot be two cameras; the rest may be chance."""

    ADDRESS = "address"
    NAME = "name"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Twin:
    """A camera that is like another one, and in what."""

    likeness: Likeness
    camera: Camera

    @property
    def sentence(self) -> Message:
        """What a person is told."""
        title = {"id": self.camera.id or "–", "name": self.camera.name}
        match self.likeness:
            case Likeness.ADDRESS:
                return msg("{id} {name} has the same address.", **title)
            case Likeness.NAME:
                return msg("{id} {name} has the same name.", **title)
            case Likeness.PLACE:
                return msg("{id} {name} stands at the same spot and looks the same way.", **title)


class Likenesses:
    """Cameras by what makes them alike. A thousand are asked about in a moment."""

    def __init__(self, cameras: Iterable[Camera] = ()) -> None:
        self._by_stream: defaultdict[StreamKey, list[Camera]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Camera]] = defaultdict(list)
        self._by_cell: defaultdict[tuple[int, int], list[Camera]] = defaultdict(list)
        for camera in cameras:
            self.add(camera)

    def add(self, camera: Camera) -> None:
        """One more that others may be like."""
        for key in _streams(camera):
            self._by_stream[key].append(camera)
        self._by_name[_name(camera)].append(camera)
        self._by_cell[_cell(camera)].append(camera)

    def twins(self, camera: Camera) -> tuple[Twin, ...]:
        """All that are like `camera`, gravest first; itself, by its id, is not its own twin."""
        found: dict[tuple[Likeness, int], Twin] = {}
        for likeness, other in self._candidates(camera):
            if other is not camera and (not camera.id or other.id != camera.id):
                found.setdefault((likeness, id(other)), Twin(likeness, other))
        return tuple(found.values())

    def _candidates(self, camera: Camera) -> Iterator[tuple[Likeness, Camera]]:
        for key in _streams(camera):
            yield from ((Likeness.ADDRESS, other) for other in self._by_stream.get(key, ()))
        yield from ((Likeness.NAME, other) for other in self._by_name.get(_name(camera), ()))
        row, column = _cell(camera)
        for beside in ((row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1)):
            for other in self._by_cell.get(beside, ()):
                if _stand_alike(camera, other):
                    yield Likeness.PLACE, other


def _streams(camera: Camera) -> set[StreamKey]:
    """Host, port and path of its streams: who asks and how it is encrypted make no other camera."""
    keys = set()
    for url in (camera.main_url, camera.sub_url):
        try:
            address = parse_camera_address(url)
        except KnownError:
            continue  # no stream, or one that nobody can open
        keys.add((address.host, address.port, address.path.rstrip("/")))
    return keys


def _name(camera: Camera) -> str:
    return " ".join(normalise(camera.name).split())


def _cell(camera: Camera) -> tuple[int, int]:
    return math.floor(camera.lat_deg / _CELL_DEG), math.floor(camera.lon_deg / _CELL_DEG)


def _stand_alike(one: Camera, other: Camera) -> bool:
    north_m = (one.lat_deg - other.lat_deg) * _METRES_A_DEGREE
    east_m = (one.lon_deg - other.lon_deg) * _METRES_A_DEGREE
    east_m *= math.cos(math.radians(one.lat_deg))
    turn_deg = abs((one.bearing_deg - other.bearing_deg + 180.0) % 360.0 - 180.0)
    return math.hypot(north_m, east_m) <= SAME_PLACE_M and turn_deg <= SAME_WAY_DEG
