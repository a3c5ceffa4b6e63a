"""Makes the station whose footage is reviewed: `python -m benchmarks.review_station FOLDER`.

What is recorded comes as JSON on stdin. Written through the product's own rooms: the register as an
officer fills it, the index as a recorder that adopts files. 31 days before the files begin have
rows alone, with gaps: what a timeline must draw.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import platformdirs

from app.application import PROGRAM
from app.cameras.camera import Camera, StreamKind
from app.cameras.register import register
from app.clock import SystemClock
from app.duty.officers import Officer, OfficerEnrolled
from app.log import Actor, Log, Role
from app.station import Profile, StationFolder, create_station
from app.station.profile import SignInAsks
from app.video.archive.index import RecordingIndex
from app.video.archive.index_change import IndexChange, NewSegment
from app.video.archive.segment import GapCause
from app.video.picture import Size
from app.views import all_views

_MAKER = Actor("benchmark", Role.PROGRAM)
_CENTRE = (16.5431, 104.7228)
_STATION = "station-review"
_FOLDER = "folder-1"
_WINDOW = {
    "language": "th",
    "width": 1920,
    "height": 1080,
    "maximized": False,
    "place": "review",
    "tiles": 4,
    "halves": [624, 383],
    "upper": [704, 1149],
    "lower": [1130, 723],
    "map_lat_deg": _CENTRE[0],
    "map_lon_deg": _CENTRE[1],
    "map_px_per_m": 0.9,
}
_RUN, _GAP = timedelta(minutes=19), timedelta(minutes=1)  # of the days without files
_DEAD = "rtsp://127.0.0.1:9/stream{number}"  # nobody listens: what is live is not measured here


def main(folder: Path, told: dict[str, Any]) -> None:
    """Make the station and remember the window in the home that is set."""
    profile = Profile(
        station_id=_STATION,
        origin="console-review",
        name_th="สภ.วัดผล",
        name_en="Measured Station",
        zone_name_th="เขตวัดผล",
        zone_name_en="Measured Zone",
        centre_lat_deg=_CENTRE[0],
        centre_lon_deg=_CENTRE[1],
        sign_in=SignInAsks.NOBODY,
        lock_after_min=0,
    )
    create_station(folder, profile, fill=lambda made: _fill(made, told["cameras"]))
    index = RecordingIndex(folder / "recordings", SystemClock())
    index.open()
    try:
        index.change(lambda change: change.know_folder(_FOLDER, ""))
        index.change(lambda change: _adopt(change, told["segments"]))
        begins = datetime.fromisoformat(told["begins"])
        cameras = sorted({each["camera"] for each in told["segments"]})
        index.change(lambda change: _earlier(change, begins, told["days"], cameras))
    finally:
        index.close()
    config = platformdirs.user_config_path(PROGRAM, appauthor=False)
    config.mkdir(parents=True, exist_ok=True)
    (config / f"window-{_STATION}.json").write_text(json.dumps(_WINDOW), encoding="utf-8")


def _fill(folder: StationFolder, cameras: int) -> None:
    profile = folder.profile
    log = Log(folder.database, origin=profile.origin, views=all_views(), clock=SystemClock())
    log.open()
    try:
        first = Officer("officer-1", "เจ้าหน้าที่เวร", "", Role.ADMINISTRATOR)
        log.append(OfficerEnrolled(first), actor=_MAKER).result()
        for number in range(cameras):
            lat_deg = _CENTRE[0] + 0.0004 * (number % 8)
            name = f"กล้อง {number + 1:02d}"
            url = _DEAD.format(number=number)
            camera = Camera("", name, url, "", lat_deg, _CENTRE[1], bearing_deg=40.0 * number)
            register(log, camera, actor=_MAKER).result()
    finally:
        log.close()


def _adopt(change: IndexChange, segments: list[dict[str, Any]]) -> None:
    for each in segments:
        new = NewSegment(
            each["camera"],
            StreamKind(each["stream"]),
            _FOLDER,
            datetime.fromisoformat(each["begins"]),
            "H264",
            Size(*each["size"]),
        )
        change.adopt(new, each["duration_ms"], each["bytes"])


def _earlier(change: IndexChange, begins: datetime, days: float, cameras: list[str]) -> None:
    at = begins - timedelta(days=days)
    while at + _RUN + _GAP <= begins:
        for camera in cameras:
            new = NewSegment(camera, StreamKind.MAIN, _FOLDER, at, "H264", Size(1920, 1080))
            change.adopt(new, int(_RUN.total_seconds() * 1000), 500_000_000)
            ends = at + _RUN
            cause = GapCause.NETWORK
            change.add_gap(camera, StreamKind.MAIN, ends, ends + _GAP, cause, "")
        at += _RUN + _GAP


if __name__ == "__main__":
    main(Path(sys.argv[1]), json.load(sys.stdin))
