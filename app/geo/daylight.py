"""Whether it is dark at a place: where the sun stands there. Good to a few hundredths of a degree.

Source: U.S. Naval Observatory, “Computing Approximate Solar Coordinates” and “Approximate
Sidereal Time”.
"""

from __future__ import annotations

from datetime import UTC, datetime
from math import asin, atan2, cos, degrees, radians, sin

from app.geo.coordinates import LatLon

_EPOCH = datetime(2000, 1, 1, 12, tzinfo=UTC)  # J2000.0
_DAY_S = 86_400.0
CIVIL_TWILIGHT_DEG = -6.0
"""Below it there is not enough of the day left to see by; lamps and cameras have switched over."""


def sun_elevation_deg(at: datetime, place: LatLon) -> float:
    """How high the sun stands above the horizon, in degrees; negative below it. `at` is aware."""
    days = (at - _EPOCH).total_seconds() / _DAY_S
    anomaly = radians(357.529 + 0.98560028 * days)
    longitude = radians(
        280.459 + 0.98564736 * days + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly)
    )
    obliquity = radians(23.439 - 0.00000036 * days)
    ascension = atan2(cos(obliquity) * sin(longitude), cos(longitude))
    declination = asin(sin(obliquity) * sin(longitude))
    sidereal_deg = 15.0 * (18.697374558 + 24.06570982441908 * days)
    hour_angle = radians(sidereal_deg + place.lon_deg) - ascension
    latitude = radians(place.lat_deg)
    height = sin(latitude) * sin(declination)
    height += cos(latitude) * cos(declination) * cos(hour_angle)
    return degrees(asin(height))


def is_dark(at: datetime, place: LatLon) -> bool:
    """Whether the evening's civil twilight is over there, and the morning's has not begun."""
    return sun_elevation_deg(at, place) < CIVIL_TWILIGHT_DEG
