"""Sample stations whose cameras nobody simulates: what is seen of them is the test's own."""

from __future__ import annotations

from pathlib import Path

from app.clock import Clock
from app.demo.demo_station import create_demo_station
from app.views import all_views


def make_quiet_station(root: Path, clock: Clock, days: int = 1) -> Path:
    """Officers, units, cameras and so many days of incidents."""
    create_demo_station(root, all_views(), clock, days=days)
    simulate_nothing(root)
    return root


def simulate_nothing(root: Path) -> None:
    """A station of its own from now on, no sample."""
    settings = root / "station.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("sample = true", "sample = false"), encoding="utf-8")
