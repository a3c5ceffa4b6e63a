"""Makes the pictures of `docs/papers`: `python -m app.demo.paper_pictures`.

Every kind of paper that has a builder, of a sample station made for it, set by the press and drawn
by pdfium: what is seen there is what a printer gets.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage

from app.cameras.ground import Ground
from app.clock import SystemClock, to_stored
from app.demo.demo_station import create_demo_station
from app.duty.handover import past_handovers
from app.duty.officers import officers
from app.evidence.exports import ClipExported
from app.geo.basemap_file import read_basemaps
from app.geo.projection import Projection
from app.incidents.deadlines import Targets
from app.incidents.register import incidents_between
from app.log import Actor, Log, Role
from app.sheets.incident_stills import kept_stills
from app.sheets.pages import Pages
from app.sheets.press import Press
from app.station import Disk
from app.thai.dates import to_local
from app.thai.fonts import FONT_FILES
from app.ui.papers.builders import BUILDERS
from app.ui.papers.order import SheetOrder
from app.ui.papers.set_sheet import set_sheet
from app.ui.papers.sheet_parts import SheetParts
from app.video.archive.segment import Span
from app.views import all_views

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "papers"
DAYS = 40
_DPI = 78.0
_PAGES = {"incident": 2}
_QUALITY = 84
_STILLS = Path(__file__).resolve().parents[2] / "resources" / "demo"
_PACKAGE = "MDH-EXAMPLE-01"
_MANIFEST = hashlib.sha256(b"example").hexdigest()
_ACTIVITY = {
    "title": "ประชาสัมพันธ์โครงการ Smart Safety Zone 4.0",
    "hours": "16:00–18:00 น.",
    "place": "ตลาดอินโดจีน ชุมชนศรีมงคลยอดแก้ว",
    "by": "สายตรวจเขต 2 และตำรวจจราจร",
    "with_whom": "คณะกรรมการชุมชนศรีมงคลยอดแก้ว",
    "results": [["ผู้เพิ่มเพื่อน LINE OA", "42 คน"], ["กล้องที่สำรวจ", "8 ตัว"]],
}


@contextmanager
def sample_parts(root: Path) -> Iterator[SheetParts]:
    """A sample station without a window, and what papers are built from."""
    clock = SystemClock()
    folder = create_demo_station(root, all_views(), clock, days=DAYS)
    log = Log(folder.database, origin=folder.profile.origin, views=all_views(), clock=clock)
    log.open()
    try:
        basemap = read_basemaps(folder.basemap, folder.profile.epsg)
        ground = Ground(Projection())
        ground.set_basemap(basemap)
        with log.reading() as db:
            clerk = next(one for one in officers(db) if one.role is not Role.VIEWER)
        actor = Actor(clerk.id, Role.ADMINISTRATOR)
        yield SheetParts(
            folder, log, clock, Targets(), ground, lambda: basemap, Disk(), lambda: actor
        )
    finally:
        log.close()


def sample_orders(parts: SheetParts) -> Iterator[SheetOrder]:
    """One order for each kind; what it is about is in the log afterwards."""
    now = parts.clock.now()
    with parts.log.reading() as db:
        newest = incidents_between(db, now - timedelta(days=1), now, 1000)
        incident = next(one for one in newest if kept_stills(db, one.id))
        handover = past_handovers(db, 1)[0]
    span = Span(now - timedelta(minutes=20), now - timedelta(minutes=6))
    exported = ClipExported(
        _PACKAGE,
        ("C01", "C03"),
        span,
        "ขอโดยพนักงานสอบสวน (ตัวอย่าง)",
        "",
        "USB",
        _MANIFEST,
        9,
    )
    parts.log.append(exported, actor=parts.actor()).result()
    today = to_local(now).date()
    yesterday = {"begins": to_stored(now - timedelta(days=1)), "ends": to_stored(now)}
    stills = sorted(_STILLS.glob("still-*.png"))
    pictures = [{"path": str(path), "caption": "ตัวอย่าง"} for path in stills]
    activity = {**_ACTIVITY, "held_on": today.isoformat(), "pictures": pictures}
    yield SheetOrder("incident", incident.id)
    yield SheetOrder("handover", handover.id)
    yield SheetOrder("summary", f"{today - timedelta(days=1):%Y-%m-%d}")
    yield SheetOrder("survey", "", {"form": "list"})
    yield SheetOrder("zone_map")
    yield SheetOrder("receipt", _PACKAGE, {"receiver": "พ.ต.ต.ตัวอย่าง", "agency": "งานสอบสวน"})
    yield SheetOrder("extract", "", yesterday)
    yield SheetOrder("activity", "", activity)


def make_pictures(pictures: Path = PICTURES) -> list[str]:
    """Draw the first pages of each; the kinds that have no builder."""
    missing = []
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as where, sample_parts(Path(where) / "station") as parts:
        press = Press(parts.folder, parts.log.head)
        try:
            for order in sample_orders(parts):
                if order.kind not in BUILDERS:
                    missing.append(order.kind)
                    continue
                _draw(set_sheet(parts, press, order).typeset.pdf, pictures, order.kind)
        finally:
            press.close()
    return missing


def _draw(pdf: bytes, pictures: Path, kind: str) -> None:
    with Pages(pdf) as pages:
        for number in range(min(pages.count, _PAGES.get(kind, 1))):
            seen = pages.picture(number, _DPI)
            image = QImage(
                seen.pixels,
                seen.width_px,
                seen.height_px,
                4 * seen.width_px,
                QImage.Format.Format_RGB32,
            )
            image.save(str(pictures / f"{kind}-{number + 1}.jpg"), quality=_QUALITY)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QGuiApplication([])
    for font in FONT_FILES:
        QFontDatabase.addApplicationFont(str(font))
    without = make_pictures()
    sys.stdout.write("".join(f"nobody builds {kind} yet\n" for kind in without))
    sys.exit(1 if without else 0)
