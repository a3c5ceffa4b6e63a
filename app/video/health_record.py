"""How every camera was in the last seven days: a plain file a day, kept by the console.

Knows no log and no window. A disk that is full or forbidden ends the writing, never the console.
"""

from __future__ import annotations

import csv
import gzip
import io
import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO

from app.clock import Clock
from app.errors import KnownError, Message
from app.station.disk import Disk
from app.thai.dates import to_local
from app.video.health import Health
from app.video.health_tally import HEADS, SUMMARY_HEADS, DayTally, HealthLine, median

DAYS = 7
Tallies = dict[str, DayTally]

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CameraWeek:
    """A camera's last seven days, today included. `availability` is a share, 0 to 1."""

    days: tuple[tuple[date, float | None], ...]
    """Each day, oldest first, and its availability; None where nothing is known."""
    availability: float | None
    worst_day: date | None
    losses: int
    lost_at: datetime | None
    lost_reason: Message | None
    fps_median: float | None


class HealthRecord:
    """Writes `2026-11-22.csv` in its folder; a finished day is packed, with a summary beside it.

    `open`, `note` and `close` wait for the disk: call them from a job, one at a time. `changed`
    and `week` do not, and may be called from any thread. Days are the station's, times UTC.
    """

    def __init__(self, folder: Path, clock: Clock, disk: Disk | None = None) -> None:
        self._folder = folder
        self._clock = clock
        self._disk = disk or Disk()
        self._lock = threading.Lock()
        self._days: dict[date, Tallies] = {}
        self._unwritten: list[HealthLine] = []
        self._silent_on: date | None = None
        self._tidied_on: date | None = None

    def open(self) -> None:
        """Read what is there, pack what is finished, remove what is older than a week."""
        today = self._today()
        for past in _last_days(today):
            read = self._read_day(past, today)
            with self._lock:
                self._days[past] = read
        with self._lock:  # what changed while the files were read
            _tally(self._unwritten, self._days[today])
        self._on_disk(self._tidy, today)

    def changed(self, camera_id: str, health: Health) -> None:
        """A camera's state changed: the line waits for the next minute's."""
        self._add([self._line(health)])

    def note(self, healths: Iterable[Health]) -> None:
        """Once a minute: how all cameras are now."""
        self._add([self._line(health) for health in healths])
        self._write()

    def close(self) -> None:
        """Write what waits."""
        self._write()

    def week(self) -> Mapping[str, CameraWeek]:
        """The last seven days of every camera that is known from them."""
        with self._lock:
            days = [(day, self._days.get(day, {})) for day in _last_days(self._today())]
            ids = {camera_id for _, tallies in days for camera_id in tallies}
            return {camera_id: _week(camera_id, days) for camera_id in ids}

    # Lines

    def _today(self) -> date:
        return to_local(self._clock.now()).date()

    def _line(self, health: Health) -> HealthLine:
        return HealthLine.of(health, self._clock.now(), self._clock.monotonic())

    def _add(self, lines: list[HealthLine]) -> None:
        with self._lock:
            for line in lines:
                _tally([line], self._days.setdefault(to_local(line.at).date(), {}))
            self._unwritten += lines

    def _write(self) -> None:
        today = self._today()
        with self._lock:
            lines, self._unwritten = self._unwritten, []
        by_day: dict[date, list[HealthLine]] = {}
        for line in lines:
            by_day.setdefault(to_local(line.at).date(), []).append(line)
        for day, of_day in by_day.items():
            self._on_disk(self._append, day, of_day)
        if self._tidied_on != today:
            self._on_disk(self._tidy, today)

    def _on_disk(self, act: Callable[..., None], *what: object) -> None:
        """Do it, unless the disk has refused already today; say so once."""
        if self._silent_on == self._today():
            return
        try:
            act(*what)
        except (OSError, KnownError) as error:
            self._silent_on = self._today()
            _logger.warning("the cameras' health is not written any more today: %s", error)

    def _append(self, day: date, lines: Iterable[HealthLine]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        path = self._file(day)
        begins = not path.exists()
        if begins:
            writer.writerow(HEADS)
        writer.writerows(line.cells() for line in lines)
        with path.open("a+b") as file:
            if not begins and not _ends_well(file):
                file.write(b"\n")  # a power cut tore the last line: it stays alone
            file.write(text.getvalue().encode())

    # Files

    def _file(self, day: date, kind: str = "csv") -> Path:
        return self._folder / f"{day.isoformat()}.{kind}"

    def _read_day(self, day: date, today: date) -> Tallies:
        summary = self._file(day, "summary.csv")
        try:
            if day != today and summary.exists():
                return dict(_read_summary(summary))
            tallies: Tallies = {}
            _tally(self._lines(day), tallies)
        except (OSError, csv.Error) as error:
            _logger.warning("the cameras' health of %s cannot be read: %s", day, error)
            return {}
        return tallies

    def _lines(self, day: date) -> Iterator[HealthLine]:
        path = self._file(day)
        if not path.exists():
            return
        with path.open(newline="", encoding="utf-8", errors="replace") as file:
            for cells in csv.reader(_without_nul(file)):
                try:
                    yield HealthLine.read(cells)
                except ValueError:
                    continue  # the heads, or a line that a power cut tore

    def _tidy(self, today: date) -> None:
        """Pack finished days; forget and remove those before the week."""
        self._tidied_on = today
        kept = frozenset(_last_days(today))
        with self._lock:
            self._days = {day: self._days[day] for day in self._days.keys() & kept}
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            day = _day_of(path)
            if day is None or day > today:
                continue
            if day not in kept:
                path.unlink(missing_ok=True)
            elif day < today and path == self._file(day):
                self._pack(day)

    def _pack(self, day: date) -> None:
        """The summary, then the lines in a tenth of the room, then the plain file goes."""
        plain = self._file(day)
        with self._lock:
            tallies = dict(self._days.get(day, {}))
        self._disk.write(self._file(day, "summary.csv"), _summary(tallies))
        self._disk.write(self._file(day, "csv.gz"), gzip.compress(plain.read_bytes(), 6))
        plain.unlink()


def _last_days(today: date) -> list[date]:
    return [today - timedelta(days=back) for back in reversed(range(DAYS))]


def _day_of(path: Path) -> date | None:
    try:
        return date.fromisoformat(path.name[:10])
    except ValueError:
        return None  # nothing of ours


def _ends_well(file: IO[bytes]) -> bool:
    if file.seek(0, io.SEEK_END) == 0:
        return True
    file.seek(-1, io.SEEK_END)
    return file.read(1) == b"\n"


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    """A power cut may leave a file's end full of zeros."""
    return (line.replace("\0", "") for line in lines)


def _tally(lines: Iterable[HealthLine], tallies: Tallies) -> None:
    for line in lines:
        tallies.setdefault(line.camera_id, DayTally()).add(line)


def _summary(tallies: Tallies) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(SUMMARY_HEADS)
    writer.writerows((id_, *tally.cells()) for id_, tally in sorted(tallies.items()))
    return text.getvalue().encode()


def _read_summary(path: Path) -> Iterator[tuple[str, DayTally]]:
    with path.open(newline="", encoding="utf-8", errors="replace") as file:
        for cells in csv.reader(_without_nul(file)):
            try:
                yield cells[0], DayTally.read(cells[1:])
            except (ValueError, IndexError):
                continue  # the heads


def _week(camera_id: str, days: list[tuple[date, Tallies]]) -> CameraWeek:
    found = [(day, tallies[camera_id]) for day, tallies in days if camera_id in tallies]
    by_day = {day: tally.availability for day, tally in found}
    known = {day: share for day, share in by_day.items() if share is not None}
    known_s = sum(tally.known_s for _, tally in found)
    well_s = sum(tally.well_s for _, tally in found)
    lost = next((tally for _, tally in reversed(found) if tally.lost_at), None)
    return CameraWeek(
        days=tuple((day, by_day.get(day)) for day, _ in days),
        availability=well_s / known_s if known_s > 0 else None,
        worst_day=min(known, key=known.__getitem__, default=None),
        losses=sum(tally.losses for _, tally in found),
        lost_at=lost.lost_at if lost else None,
        lost_reason=lost.lost_reason if lost else None,
        fps_median=median(sum((tally.fps_counts for _, tally in found), Counter())),
    )
