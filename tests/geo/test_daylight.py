"""Where the sun stands, held against what astronomy says without this program's formula."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import acos, degrees, radians, tan

import pytest

from app.geo.coordinates import LatLon
from app.geo.daylight import is_dark, sun_elevation_deg
from app.thai.dates import to_local

MUKDAHAN = LatLon(16.5431, 104.7228)
TILT_DEG = 23.44


def highest(day: datetime, place: LatLon) -> tuple[datetime, float]:
    """When the sun stood highest that day, to the minute, and how high."""
    minutes = [day + timedelta(minutes=n) for n in range(24 * 60)]
    noon = max(minutes, key=lambda at: sun_elevation_deg(at, place))
    return noon, sun_elevation_deg(noon, place)


@pytest.mark.parametrize(
    ("day", "declination_deg"),
    [((2026, 3, 20), 0.0), ((2026, 6, 21), TILT_DEG), ((2026, 9, 23), 0.0)]
    + [((2026, 12, 21), -TILT_DEG)],
)
def test_at_noon_the_sun_stands_as_high_as_the_season_says(
    day: tuple[int, int, int], declination_deg: float
) -> None:
    _noon, height_deg = highest(datetime(*day, tzinfo=UTC) - timedelta(hours=7), MUKDAHAN)
    assert height_deg == pytest.approx(90 - abs(MUKDAHAN.lat_deg - declination_deg), abs=0.3)


@pytest.mark.parametrize(("month", "declination_deg"), [(6, TILT_DEG), (12, -TILT_DEG)])
def test_a_day_is_as_long_as_the_latitude_makes_it(month: int, declination_deg: float) -> None:
    midnight = datetime(2026, month, 21, tzinfo=UTC) - timedelta(hours=7)
    minutes = [midnight + timedelta(minutes=n) for n in range(24 * 60)]
    above = sum(sun_elevation_deg(at, MUKDAHAN) > 0 for at in minutes)
    half_deg = degrees(acos(-tan(radians(MUKDAHAN.lat_deg)) * tan(radians(declination_deg))))
    assert above == pytest.approx(2 * half_deg * 4, abs=2)  # the sky turns a degree in 4 minutes


@pytest.mark.parametrize(
    ("month", "day", "equation_min"), [(2, 11, -14.2), (5, 14, 3.7), (11, 3, 16.4), (4, 15, 0.0)]
)
def test_noon_comes_when_the_equation_of_time_says(
    month: int, day: int, equation_min: float
) -> None:
    """Every almanac has these four: the year's extremes, and a day on which sundials are right."""
    noon, _height = highest(datetime(2026, month, day, tzinfo=UTC) - timedelta(hours=7), MUKDAHAN)
    local = to_local(noon)
    said_min = (local.hour - 12) * 60 + local.minute
    assert said_min == pytest.approx(4 * (105 - MUKDAHAN.lon_deg) - equation_min, abs=1.5)


def test_dusk_comes_an_hour_later_in_june_than_in_december() -> None:
    def dusk(month: int) -> float:
        noon = datetime(2026, month, 21, 5, tzinfo=UTC)
        later = (noon + timedelta(minutes=n) for n in range(12 * 60))
        at = to_local(next(at for at in later if is_dark(at, MUKDAHAN)))
        return at.hour * 60 + at.minute

    assert 50 < dusk(6) - dusk(12) < 85
    assert is_dark(datetime(2026, 11, 21, 20, tzinfo=UTC), MUKDAHAN)  # 3 at night
    assert not is_dark(datetime(2026, 11, 22, 3, tzinfo=UTC), MUKDAHAN)


def test_the_sun_is_over_the_equator_where_it_is_noon_on_the_day_of_equal_nights() -> None:
    at = datetime(2026, 3, 20, 14, 46, tzinfo=UTC)  # the equinox of 2026, to the minute
    equation_deg = 15 * -7.4 / 60
    lon_deg = 15 * (12 - 14 - 46 / 60) - equation_deg
    assert sun_elevation_deg(at, LatLon(0.0, lon_deg)) > 89.7
    assert sun_elevation_deg(at, LatLon(0.0, lon_deg + 60)) == pytest.approx(30, abs=0.3)
