"""`verify FILE.pdf`: asked of the station whose paper it is said to be."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from app.clock import ScriptedClock
from app.log import Log
from app.sheets.papers import How, SheetPrinted
from app.station import create_station
from app.views import all_views
from tests.commands.test_commands import run
from tests.station.places import profile
from tests.station_log import ADMINISTRATOR, MORNING


def an_empty_pdf(width: float) -> bytes:
    """One blank page; no data are attached to it."""
    written = io.BytesIO()
    document = pdfium.PdfDocument.new()
    document.new_page(width, 842)
    document.save(written)
    document.close()
    return written.getvalue()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """Kept in its station, with its entry in the log."""
    folder = create_station(tmp_path / "station", profile())
    pdf = an_empty_pdf(595)
    sha256 = hashlib.sha256(pdf).hexdigest()
    log = Log(
        folder.database,
        origin=folder.profile.origin,
        views=all_views(),
        clock=ScriptedClock(MORNING),
    )
    log.open()
    fact = SheetPrinted(
        "incident", "inc-1", "ใบรับแจ้งเหตุ 1284/2569", sha256, "00", "00", {}, 1, {}, How.PRINTED
    )
    log.append(fact, actor=ADMINISTRATOR).result()
    log.close()
    path = folder.papers / f"{sha256}.pdf"
    path.write_bytes(pdf)
    return path


def test_a_paper_in_its_station_is_known_without_naming_the_station(paper: Path) -> None:
    done = run("verify", paper)
    assert done.exit_code == 0
    assert "ใบรับแจ้งเหตุ 1284/2569" in done.output and "officer-01" in done.output


def test_a_paper_elsewhere_needs_its_station_and_a_strange_one_is_told(
    paper: Path, tmp_path: Path
) -> None:
    elsewhere, strange = tmp_path / "a.pdf", tmp_path / "b.PDF"
    elsewhere.write_bytes(paper.read_bytes())
    strange.write_bytes(an_empty_pdf(596))
    station = paper.parent.parent
    assert run("--station", station, "verify", elsewhere).exit_code == 0
    refused = run("verify", elsewhere)
    assert refused.exit_code == 2 and "--station" in refused.output
    done = run("--station", station, "verify", strange)
    assert done.exit_code == 1 and "knows no such paper" in done.output


def test_what_is_no_pdf_is_refused_in_words(paper: Path) -> None:
    paper.with_name("x.pdf").write_bytes(b"no pdf")
    done = run("verify", paper.with_name("x.pdf"))
    assert done.exit_code == 2 and "cannot be read as a PDF" in done.output
    gone = run("verify", paper.with_name("gone.pdf"))
    assert gone.exit_code == 2 and "Traceback" not in gone.output
