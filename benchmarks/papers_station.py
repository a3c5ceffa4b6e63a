"""The station whose papers are measured: a sample town, invented incidents, stills, one long shift.

Written through the product's own log. What is known of each incident is told to the benchmark in
`station.json`, so that it can judge the papers without asking the product.
"""

from __future__ import annotations

import hashlib
import json
import random
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from app.clock import ScriptedClock, to_stored
from app.demo.demo_station import create_demo_station
from app.duty.handover import write_handover
from app.duty.movements import UnitArrived, UnitAssigned, UnitOnTheWay, UnitReleased
from app.duty.officers import officers
from app.duty.shift_log import shifts_to_hand_over
from app.incidents.categories import CATEGORIES, Channel, Priority
from app.incidents.deadlines import Targets
from app.incidents.handover import gather
from app.incidents.incident import IncidentClosed, IncidentReported, NoteAdded, Report
from app.incidents.register import last_serial
from app.incidents.snapshots import SnapshotTaken, StillRecord
from app.log import Actor, Fact, Log, Role
from app.ui.handover.page_words import page_of
from app.views import all_views
from benchmarks.papers_words import body_of, stress_words

AT = datetime(2026, 11, 22, 3, 46, tzinfo=UTC)  # 10:46 in Mukdahan
PRINTED_AT = AT + timedelta(hours=3)
OFFICER = Actor("officer-1", Role.ADMINISTRATOR)
_CENTRE = (16.5429, 104.7262)
_SPREAD_DEG = 0.0012  # about 130 m: the sample town with its cameras
_MOST_WORDS = 25
"""In one narrative: two pages are two pages."""
_FULL_HD, _SMALL = (1920, 1080), (480, 270)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of each: incidents that are timed, that are printed twice, that fill a shift."""

    timed: int = 40
    random: int = 200
    shift: int = 500
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Known:
    """What the benchmark knows of one incident."""

    id: str
    number: str
    lat_deg: float
    lon_deg: float
    stills: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Station:
    """What was built, and where."""

    folder: Path
    timed: tuple[Known, ...]
    random: tuple[Known, ...]
    handover: str
    shift: tuple[str, ...]
    """Numbers of the incidents on the handover."""

    @classmethod
    def read(cls, where: Path) -> Station:
        """The one that `build` told of."""
        told = json.loads((where / "station.json").read_text("utf-8"))
        known = {
            name: tuple(Known(**{**one, "words": tuple(one["words"])}) for one in told[name])
            for name in ("timed", "random")
        }
        return cls(where / "station", known["timed"], known["random"], told["handover"],
                   tuple(told["shift"]))  # fmt: skip


def build(where: Path, sizes: Sizes) -> Station:
    """Make it in an empty folder."""
    clock = ScriptedClock(AT)
    folder = create_demo_station(where / "station", all_views(), clock, days=0)
    log = Log(folder.database, origin=folder.profile.origin, views=all_views(), clock=clock)
    log.open()
    try:
        maker = _Maker(log, folder.evidence, random.Random(sizes.seed))
        words = stress_words()
        share = min(_MOST_WORDS, max(1, len(words) // max(1, sizes.timed // 2)))
        timed = [
            maker.incident(full=True, words=words[n * share : (n + 1) * share])
            for n in range(sizes.timed)
        ]
        randoms = [maker.incident(full=False) for _ in range(sizes.random)]
        shift = [maker.open_incident(minute % 150) for minute in range(sizes.shift)]
        maker.finish()
        handover = _handover(log)
    finally:
        log.close()
    (where / "station.json").write_text(
        json.dumps(
            {
                "timed": [asdict(one) for one in timed],
                "random": [asdict(one) for one in randoms],
                "handover": handover,
                "shift": shift,
            },
            ensure_ascii=False,
        ),
        "utf-8",
    )
    return Station.read(where)


class _Maker:
    """Invents incidents. Nothing is waited for until `finish`."""

    def __init__(self, log: Log, evidence: Path, lot: random.Random) -> None:
        self._log, self._evidence, self._lot = log, evidence, lot
        with log.reading() as db:
            self._serial = last_serial(db, 2569)
        self._written: list[Any] = []
        self._stills = 0

    def finish(self) -> None:
        """Everything is in the log. Raises what went wrong."""
        for written in self._written:
            written.result()

    def incident(self, *, full: bool, words: Sequence[str] = ()) -> Known:
        """Closed, with steps and stills: two of full size if `full`, else few and small ones."""
        lot = self._lot
        id_, report = self._new_id(), self._report(words, full=full)
        at = AT - timedelta(hours=lot.randint(6, 60), seconds=lot.randrange(3600))
        number = self._reported(id_, report, at)
        unit = f"unit-x{lot.randrange(9)}"
        facts: list[Fact] = [
            UnitAssigned(id_, unit, "มุกดา 21", 640.0, beat="เขตตรวจ 2"),
            UnitOnTheWay(id_, unit, "มุกดา 21"),
            UnitArrived(id_, unit, "มุกดา 21", lat_deg=report.lat_deg, lon_deg=report.lon_deg),
            *(NoteAdded(id_, _sentence(lot)) for _ in range(5 if full else lot.randint(0, 12))),
            UnitReleased(id_, unit, "มุกดา 21"),
            IncidentClosed(id_, _sentence(lot), arrest=lot.random() < 0.4, reference="คดี 5/2569"),
        ]
        for step, fact in enumerate(facts, 1):
            self._append(fact, at + timedelta(seconds=67 * step))
        stills = 2 if full else lot.choice((0, 0, 1, 2))
        for n in range(stills):
            self._still(id_, at + timedelta(seconds=20 + n), _FULL_HD if full else _SMALL)
        return Known(id_, number, report.lat_deg or 0, report.lon_deg or 0, stills, tuple(words))

    def open_incident(self, minutes_ago: int) -> str:
        """One of a long shift; its number."""
        at = AT - timedelta(minutes=minutes_ago, seconds=self._lot.randrange(60))
        return self._reported(self._new_id(), self._report((), full=False), at)

    def _report(self, words: Sequence[str], *, full: bool) -> Report:
        lot = self._lot
        narrative = body_of(words, lot.randrange(1000))
        while len(narrative) < (380 if full else lot.randint(20, 300)):
            narrative += " " + _sentence(lot)
        return Report(
            channel=lot.choice(list(Channel)),
            category=lot.choice(CATEGORIES).code,
            priority=lot.choice(list(Priority)),
            place="ตลาดอินโดจีน ประตู 3",
            address="ถนนสำราญชายโขง",
            narrative=narrative.strip(),
            lat_deg=_CENTRE[0] + lot.uniform(-_SPREAD_DEG, _SPREAD_DEG),
            lon_deg=_CENTRE[1] + lot.uniform(-_SPREAD_DEG, _SPREAD_DEG),
            happened_from=to_stored(AT - timedelta(days=3)),
            caller="นางมาลี ใจดี",
            caller_phone="081-234-5678",
            suspects="ชาย สูง 170 ซม. เสื้อดำ",
            vehicles="จยย. สีแดง",
            sample=True,
        )

    def _new_id(self) -> str:
        return f"inc-{self._lot.getrandbits(48):012x}"

    def _reported(self, id_: str, report: Report, at: datetime) -> str:
        self._serial += 1
        number = f"{self._serial}/2569"
        self._append(IncidentReported(id_, number, 2569, self._serial, report), at)
        return number

    def _still(self, id_: str, at: datetime, size: tuple[int, int]) -> None:
        self._stills += 1
        png = _png(*size, self._stills)
        digest = hashlib.sha256(png).hexdigest()
        (self._evidence / f"{digest}.png").write_bytes(png)
        record = StillRecord("C01", to_stored(at), digest, len(png), *size, *size, 0.1, 0.2)
        self._append(SnapshotTaken(id_, record, f"{digest}.png"), at)

    def _append(self, fact: Fact, at: datetime) -> None:
        self._written.append(self._log.append(fact, actor=OFFICER, at=at))


def _handover(log: Log) -> str:
    """Sign the page of the shift that runs now, with all that is open; its id."""
    with log.reading() as db:
        ending, beginning = shifts_to_hand_over(db, AT)
        content = gather(db, ending, beginning, AT, Targets())
        names = {officer.id: officer.name for officer in officers(db)}
    page = page_of(content, (), (), notes="", head="", target_min=15, numbers={}, names=names)
    (entry,) = write_handover(log, ending, beginning, page.text(), actor=OFFICER).result()
    return entry.subject


_PARTS = (
    ("ผู้แจ้ง", "ชายไม่ทราบชื่อ", "กลุ่มวัยรุ่น", "เจ้าของร้าน", "พลเมืองดี", "สายตรวจ"),
    ("พบเห็น", "ขับขี่รถจักรยานยนต์", "ทะเลาะวิวาท", "ลักทรัพย์", "จอดรถขวางทาง", "ตรวจสอบ"),
    ("บริเวณหน้าตลาด", "ริมแม่น้ำโขง", "ในซอยข้างวัด", "หน้าร้านสะดวกซื้อ", "ใกล้ท่าเรือ"),
    ("แล้วหลบหนีไป", "เจ้าหน้าที่รับทราบ", "ไม่มีผู้ได้รับบาดเจ็บ", "ทรัพย์สินเสียหาย 2,300 บาท"),
)


def _sentence(lot: random.Random) -> str:
    return "".join(lot.choice(part) for part in _PARTS)


def _png(width: int, height: int, seed: int) -> bytes:
    """A picture with the grain of a camera, another for every seed."""
    grain = np.random.default_rng(seed)
    down, across = np.mgrid[0:height, 0:width]
    base = (across * 5 // 11 + down * 3 // 7 + 40 * ((across // 90 + down // 70) % 2) + seed) % 190
    pixels = np.stack([base, (base + 20) % 230, (base * 2) % 210], axis=-1).astype(np.uint8)
    pixels += grain.integers(0, 9, pixels.shape, dtype=np.uint8)
    lines = b"".join(b"\0" + line.tobytes() for line in pixels)
    parts: Iterator[tuple[bytes, bytes]] = iter(
        (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(lines, 1)),
            (b"IEND", b""),
        )
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
