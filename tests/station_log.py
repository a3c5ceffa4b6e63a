"""A station's log as the console opens it, with every room's views, in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.clock import ScriptedClock
from app.duty.units import Unit, UnitFormed, UnitKind
from app.incidents.categories import Channel, Priority
from app.incidents.incident import Incident, Report
from app.incidents.intake import report_incident
from app.incidents.register import incident
from app.log import Actor, Connection, Log, Role
from app.views import all_views

MORNING = datetime(2026, 11, 22, 3, 46, tzinfo=UTC)  # 10:46 in Mukdahan
OFFICER = Actor("officer-07", Role.DUTY_OFFICER)
ADMINISTRATOR = Actor("officer-01", Role.ADMINISTRATOR)
PROGRAM = Actor("console", Role.PROGRAM)
NARRATIVE = "คนร้ายชาย เสื้อดำ กระชากกระเป๋าแล้วหลบหนี"


@contextmanager
def a_station_log(folder: Path, clock: ScriptedClock | None = None) -> Iterator[Log]:
    """Open, and closed again at the end."""
    clock = clock or ScriptedClock(MORNING)
    log = Log(folder / "station.db", origin="console-1", views=all_views(), clock=clock)
    log.open()
    try:
        yield log
    finally:
        log.close()


def a_report(**changes: Any) -> Report:
    """A complete report of a bag snatched at the market, with changes."""
    values: dict[str, Any] = {
        "channel": Channel.CALL_191,
        "category": "23",
        "priority": Priority.URGENT,
        "place": "ตลาดอินโดจีน ประตู 3",
        "narrative": NARRATIVE,
        "lat_deg": 16.5429,
        "lon_deg": 104.7262,
        "sample": True,
    }
    return Report(**{**values, **changes})


def take(log: Log, clock: ScriptedClock, **changes: Any) -> Incident:
    """Report it as the duty officer, and read it back."""
    written = report_incident(log, a_report(**changes), actor=OFFICER, clock=clock).result()
    return stands(log, written[0].subject)


def stands(log: Log, incident_id: str) -> Incident:
    """The incident as it stands now."""
    with log.reading() as db:
        found = incident(db, incident_id)
    assert found is not None
    return found


def a_unit(number: int) -> Unit:
    """A patrol, free at the station."""
    return Unit(
        f"unit-{number}", f"มุกดา {number}", UnitKind.PATROL, "เขตตรวจ 1",
        ("ส.ต.อ.วีระ (ตัวอย่าง)",), 16.5431, 104.7228,
    )  # fmt: skip


def form_units(log: Log, *numbers: int) -> None:
    """Put these patrols on the list."""
    log.append(*(UnitFormed(a_unit(number)) for number in numbers), actor=PROGRAM).result()


def rows_of_views(log: Log) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every view's tables."""
    tables = [table for view in all_views() for table in view.tables]
    with log.reading() as db:
        return {table: _rows(db, table) for table in tables}


def _rows(db: Connection, table: str) -> list[tuple[Any, ...]]:
    return sorted((tuple(row) for row in db.execute(f"SELECT * FROM {table}")), key=repr)


def on_a_full_disk(db: Connection) -> Sequence[Any]:
    """For `log.write`: from now on the database may not grow; nothing is recorded by this."""
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages}")
    return ()


def with_room_again(db: Connection) -> Sequence[Any]:
    """For `log.write`: takes back `on_a_full_disk`."""
    db.execute("PRAGMA max_page_count = 1073741823")
    return ()
