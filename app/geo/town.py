"""The town a station stands in, from what `station.toml` says: what short plus codes are read near.

Knows the profile and how police stations are named; no map.
"""

from __future__ import annotations

import re

from app.geo.coordinates import LatLon
from app.geo.reading import Town
from app.station.profile import Profile

_TITLES = re.compile(
    r"\(.*?\)|สถานีตำรวจ(?:ภูธร|นครบาล)?|สภ\.?|สน\.?|police station|provincial", re.IGNORECASE
)
_HEAD_DISTRICT = re.compile(r"^(?:เมือง|อำเภอเมือง|mueang|muang)\s*", re.IGNORECASE)


def town_of(profile: Profile) -> Town:
    """`สภ.เมืองมุกดาหาร` stands in มุกดาหาร; the map's centre is where codes are read near."""
    names = (_town_name(profile.name_th), _town_name(profile.name_en))
    return Town(LatLon(*profile.centre), tuple(name for name in names if name))


def _town_name(station: str) -> str:
    whole = _TITLES.sub(" ", station).strip()
    return _HEAD_DISTRICT.sub("", whole).strip() or whole
