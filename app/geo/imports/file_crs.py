"""Which coordinates a file is in: what it says, held against where its map would then lie.

Nothing is guessed silently: what does not fit, or is not said, is refused with the likely cures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.errors import KnownError, Message, msg
from app.geo.coordinates import EAST_DEG, NORTH_DEG, SOUTH_DEG, WEST_DEG, LatLon, as_decimal
from app.geo.imports.request import SAFE, Crs, CrsUnclearError
from app.geo.indian_1975 import OPERATION, OPERATION_EPSG
from app.geo.projection import Projection

Points = NDArray[np.float64]  # (N, 2)
ToDegrees = Callable[[Points], Points]  # (N, 2) of the file → (N, 2) longitude, latitude

HYPOTHESES = (
    Crs(4326), Crs(4326, swapped=True), Crs(32648), Crs(32647), Crs(24048), Crs(24047), Crs(3857),
    Crs(32648, swapped=True), Crs(32647, swapped=True),
)  # fmt: skip
_MOSTLY = 0.9
_INDIAN_1975 = "Indian 1975"
_INDIAN_GRIDS = (24047, 24048)
_WORLD_RADIUS_M = 6_378_137.0


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the station is and how far its map reaches."""

    around: LatLon
    reach_m: float

    def near(self, lonlat: Points) -> NDArray[np.bool_]:
        """Which places lie within reach; a degree counted as on a sphere is near enough."""
        metres = 111_320.0
        north_m = (lonlat[:, 1] - self.around.lat_deg) * metres
        cosine = np.cos(np.radians(self.around.lat_deg))
        east_m = (lonlat[:, 0] - self.around.lon_deg) * metres * cosine
        return np.asarray(np.maximum(np.abs(north_m), np.abs(east_m)) <= self.reach_m)


@dataclass(frozen=True, slots=True)
class FileCrs:
    """The way from the file's coordinates to degrees, and what a person is told of it."""

    name: str
    to_degrees: ToDegrees
    notices: tuple[Message, ...] = ()
    epsg: int | None = None  # where nothing but this number says how it is to be read


def settle(
    said: str | None, chosen: Crs | None, sample: Points, ground: Ground, name: str
) -> FileCrs:
    """The file's coordinates, if what is said (or was chosen) brings its map to the station.

    `said` is an EPSG name or WKT, None when the file is silent; `sample` are points of the file.
    Raises CrsUnclearError with the systems that would fit, KnownError when none does.
    """
    sample = sample[np.isfinite(sample).all(axis=1)]
    if not len(sample):
        raise KnownError(msg("There is nothing to draw in {name}.", name=name), safe=SAFE)
    if chosen is not None:
        crs = _file_crs(chosen, sample, ground, name)
        _refuse_elsewhere(crs, sample, ground, name)
        return crs
    if said is None:
        raise _silent(sample, ground, name)
    ellipsoid = _ellipsoid_without_datum(said)
    if ellipsoid is not None:
        raise _without_datum(ellipsoid, sample, ground, name)
    crs = _declared(said, name)
    places = crs.to_degrees(sample)
    if ground.near(places).any() and _share_in_thailand(places) >= _MOSTLY:
        return crs
    fitting = _fitting(sample, ground)
    if fitting:
        raise CrsUnclearError(
            msg("{name} says it is in {said}, but then its map lies {where}.", name=name,
                said=crs.name, where=_where(places, ground)),
            msg("It would fit as: {systems}. Choose one.", systems=_listed(fitting)),
            fitting,
        )  # fmt: skip
    _refuse_elsewhere(crs, sample, ground, name)
    return crs


def _silent(sample: Points, ground: Ground, name: str) -> KnownError:
    fitting = _fitting(sample, ground)
    what = msg("{name} does not say what coordinates it is in.", name=name)
    if not fitting:
        return CrsUnclearError(
            what, msg("Bring it with its .prj file, or in degrees on WGS 84."), ()
        )
    return CrsUnclearError(
        what, msg("It would fit as: {systems}. Choose one.", systems=_listed(fitting)), fitting
    )


def _without_datum(ellipsoid: str, sample: Points, ground: Ground, name: str) -> KnownError:
    """PROJ would take such numbers for WGS 84, half a kilometre off on the ground."""
    fitting = _fitting(sample, ground)
    if "Everest" in ellipsoid:  # what Thailand's older maps are drawn on
        fitting = tuple(sorted(fitting, key=lambda crs: crs.epsg not in _INDIAN_GRIDS))
    return CrsUnclearError(
        msg("{name} names the ellipsoid {ellipsoid} and not the datum it is drawn on.", name=name,
            ellipsoid=ellipsoid),
        msg("It would fit as: {systems}. Choose one.", systems=_listed(fitting))
        if fitting
        else msg("Save it again in degrees on WGS 84."),
        fitting,
    )  # fmt: skip


def _refuse_elsewhere(crs: FileCrs, sample: Points, ground: Ground, name: str) -> None:
    places = crs.to_degrees(sample)
    if not ground.near(places).any():
        raise KnownError(
            msg("The map {name} lies {where}.", name=name, where=_where(places, ground)),
            safe=SAFE,
            do=msg("Bring a map of the station’s own ground."),
        )


def _fitting(sample: Points, ground: Ground) -> tuple[Crs, ...]:
    """The usual systems in which most of the sample lies within reach, or at least in Thailand."""
    found = []
    for crs in HYPOTHESES:
        places = _usual(crs)(sample)
        if ground.near(places).any() and _share_in_thailand(places) >= _MOSTLY:
            found.append(crs)
    return tuple(found)


def _where(places: Points, ground: Ground) -> Message:
    finite = places[np.isfinite(places).all(axis=1)]
    inside = finite[(np.abs(finite[:, 1]) <= 90) & (np.abs(finite[:, 0]) <= 180)]
    if not len(inside):
        return msg("nowhere on the globe")
    lon_deg, lat_deg = np.median(inside, axis=0)
    middle = LatLon(float(lat_deg), float(lon_deg))
    if _share_in_thailand(inside) < 0.5:
        return msg("outside Thailand, near {place}", place=as_decimal(middle))
    north = (lat_deg - ground.around.lat_deg) * 111.32
    east = (lon_deg - ground.around.lon_deg) * 111.32 * np.cos(np.radians(lat_deg))
    return msg("{km} km from the station", km=round(float(np.hypot(north, east))))


def _listed(fitting: tuple[Crs, ...]) -> Message:
    words = fitting[0].words
    for crs in fitting[1:]:
        words = msg("{one}; {other}", one=words, other=crs.words)
    return words


def _share_in_thailand(places: Points) -> float:
    lon, lat = places[:, 0], places[:, 1]
    inside = (lat >= SOUTH_DEG) & (lat <= NORTH_DEG) & (lon >= WEST_DEG) & (lon <= EAST_DEG)
    return float(inside.mean()) if len(places) else 0.0


# -- from a file's coordinates to degrees --------------------------------------------------------


def _file_crs(crs: Crs, sample: Points, ground: Ground, name: str) -> FileCrs:
    declared = _declared(f"EPSG:{crs.epsg}", name)
    if not crs.swapped:
        return declared
    return FileCrs(declared.name, lambda points: declared.to_degrees(points[:, ::-1]))


def _declared(said: str, name: str) -> FileCrs:
    from pyproj import CRS, Transformer
    from pyproj.exceptions import CRSError
    from pyproj.network import set_network_enabled  # type: ignore[attr-defined]
    from pyproj.transformer import TransformerGroup

    set_network_enabled(False)
    try:
        crs = CRS.from_user_input(said)
        geodetic = crs.geodetic_crs
        if geodetic is not None and _INDIAN_1975 in geodetic.name:
            group = TransformerGroup(crs, 4326, always_xy=True, allow_ballpark=False)
            pinned = next(one for one in group.transformers if OPERATION in one.description)
            notice = msg(
                "Indian 1975 was read by “{operation}” (EPSG:{epsg}).",
                operation=OPERATION, epsg=OPERATION_EPSG,
            )  # fmt: skip
            return FileCrs(crs.name, _with(pinned), (notice,))
        transformer = Transformer.from_crs(crs, 4326, always_xy=True)
        return FileCrs(crs.name, _with(transformer), epsg=_number(said))
    except (CRSError, StopIteration) as error:
        raise CrsUnclearError(
            msg("{name} is in a coordinate system that is not known here.", name=name),
            msg("Save it again in degrees on WGS 84."),
            (),
        ) from error


def _ellipsoid_without_datum(said: str) -> str | None:
    """The ellipsoid's name, if all that PROJ knows to do with this system is to take its numbers
    for WGS 84's although they are not; None for a system that it can really convert."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError
    from pyproj.transformer import TransformerGroup

    try:
        crs = CRS.from_user_input(said)
        ellipsoid = crs.ellipsoid
        if crs.is_bound or ellipsoid is None:
            return None
        if abs(ellipsoid.semi_major_metre - _WORLD_RADIUS_M) < 1.0:  # WGS 84, GRS 80
            return None
        known = TransformerGroup(crs, 4326, always_xy=True, allow_ballpark=False).transformers
        return None if known else str(ellipsoid.name)
    except CRSError:
        return None


def _number(said: str) -> int | None:
    authority, _, number = said.partition(":")
    return int(number) if authority == "EPSG" and number.isdecimal() else None


def _with(transformer: object) -> ToDegrees:
    def to_degrees(points: Points) -> Points:
        if not len(points):
            return np.empty((0, 2))
        lon, lat = transformer.transform(points[:, 0], points[:, 1])  # type: ignore[attr-defined]
        return np.column_stack((lon, lat))

    return to_degrees


def _usual(crs: Crs) -> ToDegrees:
    if crs.epsg == 4326:
        plain: ToDegrees = np.asarray
    elif crs.epsg in (24047, 24048):
        plain = _declared(f"EPSG:{crs.epsg}", "").to_degrees
    else:
        plain = Projection(crs.epsg).to_degrees
    return (lambda points: plain(points[:, ::-1])) if crs.swapped else plain
