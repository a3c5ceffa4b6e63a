"""Makes the pictures of `docs/papers`: `python -m app.demo.paper_pictures`.

Every kind of paper that has a builder, of a sample station made for it, set by the press and drawn
by pdfium: what is seen there is what a printer gets.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage

from app.cameras.ground import Ground
from app.clock import SystemClock, to_stored
from app.demo.demo_station import camera_specs, create_demo_station
from app.duty.handover import past_handovers
from app.duty.officers import officers
from app.evidence.exports import ClipExported
from app.geo.basemap_file import read_basemaps
from app.geo.projection import Projection
from app.incidents.deadlines import Targets
from app.incidents.register import open_incidents
from app.incidents.snapshots import Still, attach_still, keep_still
from app.log import Actor, Log, Role
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
_MOST_PAGES = 2
_QUALITY = 84
_STILLS = ("C01", "C03")
_PACKAGE = "MDH-EXAMPLE-01"
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
        incident = max(open_incidents(db), key=lambda one: (one.report.priority == 1, one.number))
        handover = past_handovers(db, 1)[0]
    stills = _add_stills(parts, incident.id)
    span = Span(now - timedelta(minutes=20), now - timedelta(minutes=6))
    exported = ClipExported(
        _PACKAGE, _STILLS, span, "ขอโดยพนักงานสอบสวน (ตัวอย่าง)", incident.id, "USB", "0" * 64, 9
    )
    parts.log.append(exported, actor=parts.actor()).result()
    today = to_local(now).date()
    yesterday = {"begins": to_stored(now - timedelta(days=1)), "ends": to_stored(now)}
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
        for number in range(min(pages.count, _MOST_PAGES)):
            seen = pages.picture(number, _DPI)
            image = QImage(
                seen.pixels,
                seen.width_px,
                seen.height_px,
                4 * seen.width_px,
                QImage.Format.Format_RGB32,
            )
            image.save(str(pictures / f"{kind}-{number + 1}.jpg"), quality=_QUALITY)


def _add_stills(parts: SheetParts, incident_id: str) -> list[Path]:
    """Pictures of the simulated cameras, attached as an officer would; their files."""
    import av  # loaded where it is needed, as the simulator does

    from app.demo.simulated_cameras.scene_picture import ScenePainter
    from app.demo.simulated_cameras.spec import SceneContent

    at = parts.clock.now() - timedelta(minutes=9)
    kept = []
    for spec in camera_specs():
        if spec.camera_id not in _STILLS or not isinstance(spec.content, SceneContent):
            continue
        painter = ScenePainter(spec.content, spec.main, spec.name_th, spec.clock_offset_s)
        painter.prepare(at.timestamp())
        frame = av.VideoFrame.from_ndarray(painter.paint(1, at.timestamp()), "yuv420p")
        size = frame.width, frame.height
        png = _png(frame.to_ndarray(format="rgb24").tobytes(), *size)
        still = Still(spec.camera_id, at, png, *size, *size, 0.1)
        kept.append(keep_still(parts.folder.evidence, still, parts.disk))
        attach_still(parts.log, incident_id, still, actor=parts.actor()).result()
    return kept


def _png(pixels: bytes, width: int, height: int) -> bytes:
    image = QImage(pixels, width, height, 3 * width, QImage.Format.Format_RGB888)
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(made, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt does not
    return bytes(made.data().data())


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _application = QGuiApplication([])
    for font in FONT_FILES:
        QFontDatabase.addApplicationFont(str(font))
    without = make_pictures()
    sys.stdout.write("".join(f"nobody builds {kind} yet\n" for kind in without))
    sys.exit(1 if without else 0)
