"""What was printed is kept, byte for byte, and the log says who printed it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.errors import KnownError
from app.incidents.story import tell
from app.log import Actor, Log, Role
from app.log.verify import verify
from app.sheets.paper_check import check_paper
from app.sheets.papers import (
    How,
    keep,
    of_subject,
    printed,
    record_printed,
    record_printed_again,
    stored,
    times_printed,
)
from app.sheets.press import Press
from app.sheets.sheet import Typeset
from app.station import Disk, StationFolder
from app.thai.translation import Language, say
from app.views import all_views
from tests.sheets.material import CLERK, HEAD, handover_paper, pressed
from tests.station.places import small_disk
from tests.station_log import ADMINISTRATOR, MORNING, OFFICER, a_station_log

VIEWER = Actor("officer-9", Role.VIEWER)


@pytest.fixture(scope="module")
def made(press: Press) -> Typeset:
    return pressed(press, handover_paper("ตลาดอินโดจีน"))


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def log(clock: ScriptedClock, tmp_path: Path) -> Iterator[Log]:
    with a_station_log(tmp_path, clock) as log:
        yield log


def test_a_paper_is_kept_and_comes_back_the_same(made: Typeset, tmp_path: Path) -> None:
    path = keep(tmp_path, made, Disk())
    assert path == tmp_path / f"{made.sha256}.pdf"
    before = path.stat().st_mtime_ns
    assert keep(tmp_path, made, Disk()).stat().st_mtime_ns == before
    assert stored(tmp_path, made.sha256) == made.pdf
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_damaged_or_missing_one_is_named_and_a_damaged_one_written_anew(
    made: Typeset, tmp_path: Path
) -> None:
    with pytest.raises(KnownError, match="is missing"):
        stored(tmp_path, made.sha256)
    path = keep(tmp_path, made, Disk())
    path.write_bytes(made.pdf[:-1] + b"x")
    with pytest.raises(KnownError, match="was altered"):
        stored(tmp_path, made.sha256)
    keep(tmp_path, made, Disk())
    assert stored(tmp_path, made.sha256) == made.pdf


def test_a_full_disk_keeps_no_half_paper(made: Typeset, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", size_kb=16) as disk:
        with pytest.raises(KnownError, match="is full"):
            keep(disk / "papers", made, Disk())
        assert list((disk / "papers").iterdir()) == []


def test_the_log_says_who_printed_what_the_newest_first(
    log: Log, made: Typeset, clock: ScriptedClock
) -> None:
    record_printed(log, made, How.PRINTED, to="ห้องร้อยเวร", actor=OFFICER).result()
    clock.advance(60)
    with log.reading() as db:
        (paper,) = printed(db, 9)
    record_printed_again(log, paper, How.PRINTED, is_copy=True, actor=ADMINISTRATOR).result()
    with log.reading() as db:
        again, first = printed(db, 9)
        assert of_subject(db, "handover-1") == [again, first]
        assert printed(db, 9, again.seq) == [first]
        assert times_printed(db, "handover", "handover-1") == 1
    assert (first.title, first.to, first.actor) == (made.sheet.title, "ห้องร้อยเวร", OFFICER.id)
    assert (first.data_sha256, first.template) == (made.data_sha256, made.template)
    assert (again.pdf_sha256, again.is_again, again.is_copy) == (made.sha256, True, True)
    lines = [say(line.text, Language.ENGLISH) for line in tell(log.entries_of("handover-1"))]
    assert lines == [f"Printed again: {made.sheet.title}", f"Printed: {made.sheet.title}"]


def test_papers_of_the_same_instant_are_all_on_the_pages_of_the_history(
    log: Log, made: Typeset
) -> None:
    written = [
        record_printed(log, made, How.PRINTED, to=str(number), actor=OFFICER, at=MORNING)
        for number in range(5)
    ]
    for one in written:
        one.result()
    with log.reading() as db:
        pages, before = [], None
        while page := printed(db, 2, before):
            pages.append([paper.to for paper in page])
            before = page[-1].seq
    assert pages == [["4", "3"], ["2", "1"], ["0"]]


def test_a_viewer_prints_nothing(log: Log, made: Typeset) -> None:
    head = log.head()
    with pytest.raises(KnownError, match="As viewer you may not: print a sheet"):
        record_printed(log, made, How.PRINTED, actor=VIEWER).result()
    assert log.head() == head


def test_an_erased_printing_is_no_longer_told(log: Log, made: Typeset, tmp_path: Path) -> None:
    (entry,) = record_printed(log, made, How.SAVED, actor=OFFICER).result()
    log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    with log.reading() as db:
        assert printed(db, 9) == []
    assert verify(tmp_path / "station.db", all_views()).ok


# -- is this paper ours? --------------------------------------------------------------------------


@pytest.fixture
def kept(
    folder: StationFolder, made: Typeset, clock: ScriptedClock
) -> Iterator[tuple[Path, StationFolder]]:
    """The paper in its station, printed and recorded."""
    with a_station_log(folder.root, clock) as log:
        record_printed(log, made, How.PRINTED, actor=OFFICER).result()
    yield keep(folder.papers, made, Disk()), folder


def test_a_paper_of_this_station_is_known(kept: tuple[Path, StationFolder], made: Typeset) -> None:
    report = check_paper(*kept)
    assert report.ok
    said = [sentence.english() for sentence in report.sentences()]
    assert made.sheet.title in said[0] and OFFICER.id in said[0]
    assert f"when the log stood at {HEAD.origin}:{HEAD.n}" in said[1]


def test_an_altered_one_is_told_from_a_strange_one(
    kept: tuple[Path, StationFolder], press: Press, tmp_path: Path
) -> None:
    path, folder = kept
    altered, strange = tmp_path / "altered.pdf", tmp_path / "strange.pdf"
    altered.write_bytes(path.read_bytes() + b"\n")
    strange.write_bytes(press.set(handover_paper("ที่อื่น"), MORNING, CLERK).pdf)
    first, second = check_paper(altered, folder), check_paper(strange, folder)
    assert not first.ok and "altered or saved anew" in first.sentences()[0].english()
    assert not second.ok and "knows no such paper" in second.sentences()[0].english()
    (tmp_path / "none.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(KnownError, match="cannot be read as a PDF"):
        check_paper(tmp_path / "none.pdf", folder)
