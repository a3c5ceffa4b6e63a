"""The demo station: made on the first run, everything in it invented and marked ตัวอย่าง."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from app.cameras.camera import Camera, CameraChanged, CameraRegistered, StreamKind
from app.cameras.ground import Ground
from app.cameras.register import cameras
from app.clock import Clock
from app.demo.duty_sample import RADIO_CODES, RESERVES, reports_of
from app.demo.ninety_days import Dated, InventedDays
from app.demo.open_shift import open_cases
from app.demo.paper_sample import paper_case, write_sample_stills
from app.demo.people import OFFICERS, UNITS
from app.demo.sample_shifts import sample_shifts, shift_begun_anew
from app.demo.searches import SEARCHES
from app.demo.simulated_cameras import CameraSpec, Scene, SceneContent
from app.demo.simulated_cameras.spec import stream_path
from app.demo.town.areas import sample_areas
from app.demo.town.cameras import CONTACTS, MODELS, SAMPLE_CAMERAS, SampleCamera
from app.demo.town.ground import write_sample_basemap
from app.demo.town.places import sample_places
from app.duty.movements import UnitReleased
from app.duty.officers import OfficerEnrolled
from app.duty.radio_codes import RadioCodeSet
from app.duty.shift_log import turn_of
from app.duty.shifts import shift_at
from app.duty.units import UnitFormed, units
from app.geo.areas import Areas
from app.geo.places import PlaceNamed
from app.geo.projection import Projection
from app.incidents.incident import IncidentClosed
from app.incidents.place_finder import PlaceFinder
from app.incidents.register import last_serials, open_incidents
from app.incidents.saved_searches import SearchSaved
from app.log import Actor, Connection, Fact, Log, Role, View
from app.station.folder import StationFolder, create_station
from app.station.profile import Profile, RecordedStreams, SignInAsks
from app.thai.dates import to_local

PORT = 8554
DEMO = Actor("demo", Role.PROGRAM)
_STALE = timedelta(hours=2)

_SCENES = {
    "C01": Scene.MARKET,
    "C02": Scene.STREET,
    "C03": Scene.GOVERNMENT_CENTRE,
    "C04": Scene.RIVERSIDE,
    "C05": Scene.PIER,
    "C06": Scene.JUNCTION,
    "C07": Scene.ALLEY,
    "C08": Scene.TEMPLE,
}


def demo_profile() -> Profile:
    """What the demo station says about itself."""
    return Profile(
        station_id="mukdahan-sample",
        origin="console-sample",
        name_th="สภ.เมืองมุกดาหาร",
        name_en="Mueang Mukdahan Police Station",
        zone_name_th="เขตปลอดภัยเมืองมุกดาหาร",
        zone_name_en="Mukdahan safety zone",
        centre_lat_deg=16.5429,
        centre_lon_deg=104.7262,
        demo_rtsp_port=PORT,
        sample=True,
        sign_in=SignInAsks.NOBODY,
        lock_after_min=0,
        recordings_streams=RecordedStreams.SUB,
    )


def create_demo_station(
    root: Path, views: Sequence[View], clock: Clock, *, days: int = 90, records: bool = False
) -> StationFolder:
    """Make it, with `days` of past. Takes some seconds for ninety. Raises KnownError.

    `records`: its console keeps a recorder running. Only sub streams are recorded: that many main
    streams are more than a small computer can draw.
    """

    def fill(folder: StationFolder) -> None:
        write_sample_basemap(folder.basemap)
        write_sample_stills(folder.evidence)
        log = Log(folder.database, origin=folder.profile.origin, views=views, clock=clock)
        log.open()
        try:
            _fill(log, clock.now(), days)
        finally:
            log.close()

    return create_station(root, replace(demo_profile(), recordings_enabled=records), fill=fill)


def camera_specs() -> tuple[CameraSpec, ...]:
    """The eight cameras as the simulator plays them."""
    return tuple(
        CameraSpec(one.id, one.name_th, SceneContent(_SCENES[one.id])) for one in SAMPLE_CAMERAS
    )


def point_cameras_at(log: Log, base_url: str) -> None:
    """The simulator may have had to take another port: then the register says so, as entries."""

    ids = {one.id for one in SAMPLE_CAMERAS}

    def decide(db: Connection) -> list[Fact]:
        sample = [camera for camera in cameras(db) if camera.id in ids]
        wanted = [replace(camera, **_streams(camera.id, base_url)) for camera in sample]
        return [CameraChanged(new) for old, new in zip(sample, wanted, strict=True) if new != old]

    log.write(decide, actor=DEMO).result()


def refresh_shift(log: Log, now: datetime) -> None:
    """A visitor finds a living shift: if the open incidents are old, they end and others begin."""
    with log.reading() as db:
        is_begun = turn_of(db, shift_at(now).id) is not None
        newest = max((one.reported_at for one in open_incidents(db)), default=None)
    if not is_begun:
        log.append(*shift_begun_anew(now), actor=OFFICERS[0].actor, at=now).result()
    if newest is not None and now - newest < _STALE:
        return
    log.write(_end_shift, actor=DEMO).result()
    _write(log, [*open_cases(_days(log), now), reports_of(now)])


def _end_shift(db: Connection) -> list[Fact]:
    """All of it, what a visitor reported too: the new shift needs every unit."""
    closing: list[Fact] = [
        UnitReleased(unit.incident, unit.id, unit.call_sign) for unit in units(db) if unit.incident
    ]
    return closing + [IncidentClosed(one.id, "จบเวรตัวอย่าง") for one in open_incidents(db)]


def _fill(log: Log, now: datetime, days: int) -> None:
    began = now - timedelta(days=days + 1)  # the first invented day begins at its midnight
    facts: list[Fact] = [OfficerEnrolled(officer) for officer in OFFICERS]
    facts += sample_areas()
    facts += [PlaceNamed(place) for place in sample_places()]
    today = to_local(now).date()
    facts += [CameraRegistered(_camera(one, _base_url(PORT), today)) for one in SAMPLE_CAMERAS]
    facts += [SearchSaved(search) for search in SEARCHES]
    facts += [UnitFormed(unit) for unit in (*UNITS, *RESERVES)]
    facts += [RadioCodeSet(code) for code in RADIO_CODES]
    log.append(*facts, actor=DEMO, at=began).result()
    invented = _days(log)
    past = chain(invented.past(now, days), paper_case(invented, now))
    opened = chain(open_cases(invented, now), [reports_of(now)], sample_shifts(now))
    _write(log, chain(past, opened))


def _days(log: Log) -> InventedDays:
    """Ready to invent, going on with the numbers that were given."""
    ground = Ground(Projection())
    with log.reading() as db:
        ground.set_areas(Areas(db).current())
        given = last_serials(db)
    return InventedDays(sample_places(), PlaceFinder(ground), given=given)


def _write(log: Log, incidents: Iterable[list[Dated]]) -> None:
    """All facts in the order of their times, so that the log reads as it would have grown."""
    dated = sorted((one for facts in incidents for one in facts), key=lambda one: one.at)
    written = [log.append(one.fact, actor=OFFICERS[one.actor].actor, at=one.at) for one in dated]
    for future in written:
        future.result()


def _camera(one: SampleCamera, base_url: str, today: date) -> Camera:
    maker, model = MODELS[one.owner]
    return Camera(
        id=one.id,
        name=one.name_th,
        **_streams(one.id, base_url),
        lat_deg=one.place.lat_deg,
        lon_deg=one.place.lon_deg,
        bearing_deg=one.bearing_deg,
        field_of_view_deg=one.field_of_view_deg,
        range_m=one.range_m,
        night_range_m=one.night_range_m,
        owner=one.owner,
        contact=CONTACTS[one.owner],
        maker=maker,
        model=model,
        retention_days=one.retention_days,
        consent_on=_ago(today, 300) if one.consented else "",
        notice_sign=one.notice_sign,
        checked_on="" if one.checked_days_ago is None else _ago(today, one.checked_days_ago),
        sample=True,
    )


def _streams(camera_id: str, base_url: str) -> dict[str, Any]:
    """The addresses of both streams, by the camera's fields."""
    return {
        "main_url": base_url + stream_path(camera_id, StreamKind.MAIN),
        "sub_url": base_url + stream_path(camera_id, StreamKind.SUB),
    }


def _ago(today: date, days: int) -> str:
    return (today - timedelta(days=days)).isoformat()


def _base_url(port: int) -> str:
    return f"rtsp://127.0.0.1:{port}"
