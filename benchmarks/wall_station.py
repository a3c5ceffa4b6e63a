"""Makes the station whose wall is measured: `python -m benchmarks.wall_station FOLDER TILES`.

The cameras' addresses come on stdin, one a line. Written through the product's own rooms, as an
officer would have registered them; the window is remembered as one of 1920 × 1080 with that layout.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import platformdirs

from app.application import PROGRAM
from app.cameras.camera import Camera
from app.cameras.register import register
from app.clock import SystemClock
from app.duty.officers import Officer, OfficerEnrolled
from app.log import Actor, Log, Role
from app.station import Profile, StationFolder, create_station
from app.station.profile import SignInAsks
from app.views import all_views

_MAKER = Actor("benchmark", Role.PROGRAM)
_CENTRE = (16.5431, 104.7228)
_STATION = "station-wall"
# A window of 1920 × 1080 at text size 100 % as it stands when nobody has changed it.
_WINDOW = {
    "language": "th",
    "width": 1920,
    "height": 1080,
    "maximized": False,
    "place": "live",
    "halves": [624, 383],
    "upper": [704, 1149],
    "lower": [1130, 723],
    "map_lat_deg": _CENTRE[0],
    "map_lon_deg": _CENTRE[1],
    "map_px_per_m": 0.9,
}


def main(folder: Path, tiles: int, urls: list[str]) -> None:
    """Make the station, and remember the layout in the home that is set."""
    profile = Profile(
        station_id=_STATION,
        origin="console-wall",
        name_th="สภ.วัดผล",
        name_en="Measured Station",
        zone_name_th="เขตวัดผล",
        zone_name_en="Measured Zone",
        centre_lat_deg=_CENTRE[0],
        centre_lon_deg=_CENTRE[1],
        sign_in=SignInAsks.NOBODY,
        lock_after_min=0,
        recordings_enabled=False,  # the wall alone is measured: benchmarks.recording has its own
    )
    create_station(folder, profile, fill=lambda made: _fill(made, urls))
    config = platformdirs.user_config_path(PROGRAM, appauthor=False)
    config.mkdir(parents=True, exist_ok=True)
    state = {**_WINDOW, "tiles": tiles}
    (config / f"window-{_STATION}.json").write_text(json.dumps(state), encoding="utf-8")


def _fill(folder: StationFolder, urls: list[str]) -> None:
    profile = folder.profile
    log = Log(folder.database, origin=profile.origin, views=all_views(), clock=SystemClock())
    log.open()
    try:
        first = Officer("officer-1", "เจ้าหน้าที่เวร", "", Role.ADMINISTRATOR)
        log.append(OfficerEnrolled(first), actor=_MAKER).result()
        for number, url in enumerate(urls):
            lat_deg = _CENTRE[0] + 0.0004 * (number % 8)
            lon_deg = _CENTRE[1] + 0.0004 * (number // 8)
            name = f"กล้อง {number + 1:02d}"
            camera = Camera("", name, url, "", lat_deg, lon_deg, bearing_deg=45.0 * (number % 8))
            register(log, camera, actor=_MAKER).result()
    finally:
        log.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.stdin.read().split())
