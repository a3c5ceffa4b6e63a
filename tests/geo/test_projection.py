"""Between degrees and the station's metres."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import KnownError
from app.geo.coordinates import LatLon
from app.geo.projection import UTM_47N, UTM_48N, Projection

GRID = Projection(UTM_48N)


def test_the_market_stands_where_the_survey_map_has_it() -> None:
    east_m, north_m = GRID.point_to_metres(LatLon(16.54310, 104.72280))
    assert (east_m, north_m) == pytest.approx((470_423.3, 1_829_032.0), abs=0.1)


def test_zone_47_gives_other_metres_for_the_same_place() -> None:
    place = LatLon(16.54310, 104.72280)
    assert Projection(UTM_47N).point_to_metres(place)[0] > 1_100_000


@given(st.lists(st.tuples(st.floats(97.5, 105.5), st.floats(6, 20)), max_size=20))
def test_there_and_back_is_the_same_place(lonlat: list[tuple[float, float]]) -> None:
    points = np.array(lonlat, dtype=np.float64).reshape(-1, 2)
    back = GRID.to_degrees(GRID.to_metres(points))
    assert back.shape == points.shape
    assert np.allclose(back, points, atol=1e-9)


def test_an_unknown_coordinate_system_is_named() -> None:
    with pytest.raises(KnownError, match="999999"):
        Projection(999_999).point_to_metres(LatLon(16.5, 104.7))
