"""What a console does when it opens a sample station: cameras that play, a shift that lives."""

from __future__ import annotations

from app.clock import Clock
from app.demo.demo_station import camera_specs, point_cameras_at, refresh_shift
from app.demo.people import SAMPLE_PASSWORD
from app.demo.simulated_cameras import SimulatedFleet
from app.log import Log
from app.station.profile import Profile

__all__ = ["SAMPLE_PASSWORD", "start_sample"]


def start_sample(log: Log, profile: Profile, clock: Clock) -> SimulatedFleet:
    """The sample cameras in a process of their own; the register points at them."""
    fleet = SimulatedFleet(camera_specs(), port=profile.demo_rtsp_port or 0)
    try:
        point_cameras_at(log, fleet.start())
        refresh_shift(log, clock.now())
    except BaseException:
        fleet.stop()
        raise
    return fleet
