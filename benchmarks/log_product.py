"""The product as the log's benchmark uses it: the few calls its screens make, and nothing else.

`--product FILE` puts another module with this class in its place.
"""

from __future__ import annotations

import gc
import json
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from app.clock import SystemClock
from app.collecting import LOOK_EVERY_MS, begin_to_collect, collect_if_due
from app.incidents.categories import CaseGroup, Channel, Priority
from app.incidents.incident import AreaFound, IncidentClosed, IncidentReported, Report
from app.incidents.intake import report_incident
from app.incidents.search import Question, numbers, search
from app.log import Actor, Fact, Log, Role
from app.station import Disk, Profile, create_station, open_station
from app.station.backups.backup import Backup
from app.station.backups.making import BackupPlace
from app.views import all_views
from benchmarks.log_words import Invented

_CENTRE = (16.5431, 104.7228)
_PROFILE = Profile(
    station_id="station-log",
    origin="console-1",
    name_th="สภ.วัดผล",
    name_en="Measured Station",
    zone_name_th="เขตวัดผล",
    zone_name_en="Measured Zone",
    centre_lat_deg=_CENTRE[0],
    centre_lon_deg=_CENTRE[1],
)
_AREAS = {"zone": "zone", "community": "ชุมชน", "beat": "เขตตรวจ", "tambon": "ตำบล"}


class Product:
    """One station's log, opened as the console opens it."""

    def __init__(self, folder: Path) -> None:
        if not folder.exists():
            folder.parent.mkdir(parents=True, exist_ok=True)
            create_station(folder, _PROFILE)
        self._station = open_station(folder)
        self._clock = SystemClock()
        self._log = Log(
            self._station.database,
            origin=self._station.profile.origin,
            views=all_views(),
            clock=self._clock,
        )
        self._log.open()
        self._closed = threading.Event()
        _look_for_rubbish_as_the_console_does(self._closed)

    def close(self) -> None:
        """Finish what is queued and leave the file whole."""
        self._log.close()
        self._closed.set()
        gc.unfreeze()

    def count(self) -> int:
        """How many entries the log holds."""
        return self._log.count()

    def back_up(self) -> Backup:
        """Make a backup, as the console does at night, while others write."""
        place = BackupPlace(self._station, Disk(), self._clock, "benchmark")
        return place.make(threading.Event(), copier=self._log.copy).backup

    def write(self, reported: Sequence[Invented], closed: Sequence[Invented], at: datetime) -> None:
        """Many at once, as when a station's old records are brought in; durable when it returns."""
        actor = Actor("benchmark", Role.PROGRAM)
        facts: list[Fact] = [*map(_reported, reported), *map(_closed, closed)]
        self._log.append(*facts, actor=actor, at=at).result()

    def report(self, one: Invented) -> float:
        """Take down one report as an officer does, and wait until it is durable: milliseconds."""
        report, actor = _report(one), Actor(f"officer-{one.officer}", Role.DUTY_OFFICER)
        began_s = time.perf_counter()
        report_incident(self._log, report, actor=actor, clock=self._clock).result()
        return (time.perf_counter() - began_s) * 1000

    def page(self, query: str, limit: int) -> tuple[list[str], float]:
        """The newest that hold the query, with what the screen shows of them: ids, milliseconds."""
        return self._page(Question(phrases=(query,)), limit)

    def holding(self, query: str, most: int) -> list[str]:
        """The ids of all that hold the query, newest first, up to `most`."""
        with self._log.reading() as db:
            nos = numbers(db, Question(phrases=(query,)), most)
            rows = db.execute(
                "SELECT incident FROM incident_words WHERE no IN"
                " (SELECT value FROM json_each(?)) ORDER BY no DESC",
                (json.dumps(nos),),
            )
            return [row[0] for row in rows]

    def filtered(
        self, query: str, filters: dict[str, str | int], limit: int
    ) -> tuple[list[str], float]:
        """The newest that hold the query (if any) and pass the filters: ids, milliseconds."""
        return self._page(_question(query, filters), limit)

    def _page(self, question: Question, limit: int) -> tuple[list[str], float]:
        began_s = time.perf_counter()
        with self._log.reading() as db:
            found = search(db, question, limit=limit)
        taken_ms = (time.perf_counter() - began_s) * 1000
        return [hit.incident.id for hit in found.hits], taken_ms

    def with_like(self, query: str, limit: int) -> float:
        """The same question asked of the reports with LIKE: milliseconds."""
        pattern = query.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        began_s = time.perf_counter()
        with self._log.reading() as db:
            db.execute(
                "SELECT id FROM incidents WHERE report LIKE ? ESCAPE '\\'"
                " ORDER BY reported_at DESC LIMIT ?",
                (f"%{pattern}%", limit),
            ).fetchall()
        return (time.perf_counter() - began_s) * 1000

    def index_mb(self) -> float | None:
        """The size of everything a search reads; None where SQLite does not tell."""
        with self._log.reading() as db:
            if not db.execute("SELECT 1 FROM pragma_module_list WHERE name = 'dbstat'").fetchone():
                return None
            size = db.execute(
                "SELECT sum(pgsize) FROM dbstat WHERE aggregate = TRUE AND name IN"
                " (SELECT name FROM sqlite_master WHERE tbl_name GLOB 'incident_words*'"
                " OR tbl_name GLOB 'incident_mark*' OR tbl_name GLOB 'incident_gram*')"
            ).fetchone()[0]
        return float(size) / 1e6


def _reported(one: Invented) -> IncidentReported:
    serial, year_be = one.number
    number = f"{serial}/{year_be}"
    return IncidentReported(one.incident_id, number, year_be, serial, _report(one))


def _report(one: Invented) -> Report:
    return Report(
        channel=Channel(one.channel),
        category=one.category,
        priority=Priority(one.priority),
        place=one.place,
        narrative=one.narrative,
        lat_deg=_CENTRE[0] + one.no % 997 / 50_000,
        lon_deg=_CENTRE[1] + one.no % 991 / 50_000,
        areas=_areas(one),
        caller=one.caller,
        caller_phone=one.phone,
    )


def _closed(one: Invented) -> IncidentClosed:
    return IncidentClosed(one.incident_id, one.result, one.no % 5 == 0)


def _areas(one: Invented) -> tuple[AreaFound, ...]:
    numbers = {"zone": one.zone, "community": one.community, "beat": one.beat, "tambon": one.tambon}
    return tuple(
        AreaFound(kind, f"{kind}-{int(number)}", f"{_AREAS[kind]} {int(number)}", "console-1:1")
        for kind, number in numbers.items()
        if number
    )


_FIELDS: dict[str, Callable[[str | int], object]] = {
    "zone": lambda number: f"zone-{int(number)}" if number else "",
    "community": lambda number: f"community-{number}" if number else "",
    "beat": lambda number: f"beat-{number}",
    "tambon": lambda number: f"tambon-{number}",
    "category": str,
    "channel": lambda name: Channel(str(name)),
    "group": lambda number: CaseGroup(int(number)),
}
_PLURALS = {"community": "communities", "category": "categories"}


def _question(query: str, filters: dict[str, str | int]) -> Question:
    asked = {
        _PLURALS.get(name, f"{name}s"): (_FIELDS[name](value),) for name, value in filters.items()
    }
    return Question(phrases=(query,) if query else (), **asked)  # type: ignore[arg-type]


def _look_for_rubbish_as_the_console_does(closed: threading.Event) -> None:
    """`main.py` puts it off and the console begins when its window is seen; else Python would look
    through all that the benchmark holds, again and again, while a report is saved."""
    gc.collect()
    gc.disable()
    begin_to_collect()
    collector = threading.Thread(target=_collect_until, args=(closed,), daemon=True)
    collector.start()


def _collect_until(closed: threading.Event) -> None:
    """At the pace of the console's timer."""
    while not closed.wait(LOOK_EVERY_MS / 1000):
        collect_if_due()
