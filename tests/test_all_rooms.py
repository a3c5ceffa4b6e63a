"""All rooms' views on one log: rebuilt they are what was kept, and an erasure leaves no word."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import app
from app.cameras.bookmarks import (
    MomentMarked,
    MomentNoted,
    MomentUnmarked,
    bookmarks_between,
)
from app.cameras.camera import Camera, CameraChanged, CameraRegistered, CameraRemoved, StreamKind
from app.cameras.connection import CameraBack, CameraLost
from app.cameras.drawn_masks import CameraMasksDrawn, all_masks
from app.cameras.masks import PrivacyMask
from app.cameras.register_history import cameras_as_of
from app.cameras.register_import import RegisterExported, RegisterImported
from app.cameras.wall_layouts import (
    WallLayout,
    WallLayoutRemoved,
    WallLayoutSaved,
    wall_layouts,
)
from app.clock import ScriptedClock, to_stored
from app.duty.console import ConsoleStarted, ConsoleStopped
from app.duty.handover import (
    Acknowledged,
    HandoverAccepted,
    HandoverReturned,
    HandoverWritten,
    open_handover,
    past_handovers,
)
from app.duty.handover_page import section_text
from app.duty.movements import UnitArrived, UnitAssigned, UnitOnTheWay, UnitReleased
from app.duty.officers import (
    Officer,
    OfficerChanged,
    OfficerEnrolled,
    OfficerLeft,
    PermissionGranted,
    PermissionWithdrawn,
    officers,
    serving_officers,
)
from app.duty.quiet import SoundMuted
from app.duty.radio_codes import RadioCode, RadioCodeRemoved, RadioCodeSet, radio_codes
from app.duty.shift_log import (
    Post,
    ShiftEnded,
    ShiftRostered,
    ShiftStarted,
    ShiftTableSet,
    newest_turn,
    roster_of,
    shift_table,
    shifts_to_hand_over,
)
from app.duty.shifts import DEFAULT_SHIFTS, ShiftTime
from app.duty.sign_in_entries import (
    ConsoleLocked,
    ConsoleUnlocked,
    LockedBecause,
    OfficerPasswordSet,
    OfficerSignedIn,
    OfficerSignedOut,
    PasswordSetBy,
    RecoveryCodeMade,
    SignInRefused,
    recovery_hash,
    refusals,
)
from app.duty.unit_facts import UnitCheckedIn, UnitCrewed, UnitStoodDown
from app.duty.units import Unit, UnitChanged, UnitFormed, UnitKind, UnitState, every_unit, units
from app.errors import msg
from app.evidence.exports import ClipExported, ExportRemoved, exports_of, package_names
from app.evidence.log_verified import LogVerified, last_check
from app.evidence.seals import DaySealed, SigningKeyMade, is_due
from app.geo.areas import AreaDrawn, AreaKind, AreaRemoved, Areas
from app.geo.coordinates import LatLon
from app.geo.drawn_walls import DrawnWall, WallDrawn, WallRemoved, drawn_walls, wall_versions
from app.geo.imports.job import BasemapImported
from app.geo.imports.picture_turns import GroundPicturePutAside, GroundPicturePutBack
from app.geo.imports.put_back import BasemapPutBack
from app.geo.imports.request import ImportReport
from app.geo.places import Place, PlaceKind, PlaceNamed, PlaceRemoved, all_places
from app.geo.refused_proposals import ProposalsRefused, refused_proposals
from app.incidents.asked import Asked
from app.incidents.attached import ReportAttached
from app.incidents.attachments.attachment import (
    AttachmentAdded,
    AttachmentTakenOut,
    KeptFile,
    TakenOut,
    attachments_of,
)
from app.incidents.attachments.kinds import FileKind
from app.incidents.categories import CaseGroup, Category, Priority
from app.incidents.category_table import CategoryChanged
from app.incidents.deadlines import Due
from app.incidents.endings import (
    IncidentCancelled,
    IncidentMarkedDuplicate,
    IncidentMerged,
    IncidentTakenIn,
)
from app.incidents.escalation import Escalated
from app.incidents.incident import (
    AreaFound,
    Ending,
    IncidentClosed,
    IncidentCorrected,
    IncidentReopened,
    IncidentReported,
    IncidentUnderControl,
    NoteAdded,
)
from app.incidents.ownership import NextStepSet, OwnerSet
from app.incidents.register import find_incidents, open_incidents
from app.incidents.report_correction import Part, ReportCorrected
from app.incidents.runs import runs_between, runs_of
from app.incidents.saved_searches import SavedSearch, SearchRemoved, SearchSaved
from app.incidents.snapshots import SnapshotCopied, SnapshotTaken, StillRecord
from app.incidents.story import tell
from app.incidents.table_export import IncidentsExported, TableFormat
from app.log import Actor, Fact, Log, Permission, Role
from app.log.rights import may
from app.log.verify import verify
from app.sheets.log_extracted import LogExtracted
from app.sheets.papers import (
    How,
    SheetPrinted,
    SheetPrintedAgain,
    of_subject,
    paper_of_hash,
    papers_of_data,
    printed,
    times_printed,
)
from app.station.backups.facts import BackupFailed, BackupMade, LogRestored
from app.video.archive.locks import (
    FootageLocked,
    FootageLockRequested,
    FootageUnlocked,
    FootageUnlockRequested,
    LockedFootage,
    footage_locks,
)
from app.video.archive.segment import Span
from app.video.archive.viewing import FootageViewed, WatchedFootage
from app.video.recorder.entries import (
    ClockStepped,
    FootageDeleted,
    FootageFound,
    FootageMissing,
    RecorderStarted,
    RecorderStopped,
    RecordingDiskLow,
    RecordingInterrupted,
    RecordingResumed,
    RecordingsSealed,
    RecordingStopRequested,
    SealedStream,
    SomeFootage,
)
from app.views import all_views
from tests.duty.test_handover_page import a_page, a_row
from tests.station_log import (
    ADMINISTRATOR,
    MORNING,
    PROGRAM,
    a_report,
    a_station_log,
    a_unit,
    rows_of_views,
)

SECRET = "ความลับที่ต้องลบ"
OUTSIDE = frozenset({"app.log", "app.map", "app.ui", "app.demo"})  # no room of facts, or Qt
LOGS_OWN = frozenset({"Entry", "Fact", "Erased", "ViewsRebuilt"})


def facts_with(text: str) -> tuple[Fact, ...]:
    """One of each fact that rooms write, with `text` wherever words may stand."""
    unit = Unit("unit-1", text, UnitKind.PATROL, text, (text,), 16.54, 104.72, vehicle=text)
    camera = Camera("C01", text, "rtsp://h/1", "", 16.54, 104.72, owner=text, username=text)
    place = Place("place-1", PlaceKind.LANDMARK, text, text, (text,), LatLon(16.54, 104.72))
    shape = shapely.box(104.7, 16.5, 104.8, 16.6)
    still = StillRecord("C01", "2026-11-22T03:46:00.000Z", text, 9, 640, 360, 1920, 1080, 0.1, None)
    found = (AreaFound("zone", "zone-1", text, "console-1:1"),)
    words = ("place", "narrative", "caller", "caller_phone", "address", "victims", "suspects")
    words += ("vehicles", "daily_log")
    report = a_report(**dict.fromkeys(words, text), plates=(text,), areas=found)
    boat = Category("70", text, text, CaseGroup.NONE, Priority.SOON)
    suspects = {"suspects": text}
    span = Span(MORNING, MORNING + timedelta(minutes=4))
    shift = DEFAULT_SHIFTS.shift_at(MORNING)
    following = DEFAULT_SHIFTS.after(shift)
    page = a_page(a_row("inc-1", text), notes=text)
    read = (Acknowledged(text, "2026-11-22T08:53:00.000Z"),)
    recorded = SomeFootage("C01", Span(MORNING, MORNING + timedelta(hours=1)), 60, 9)
    return (
        ConsoleStarted("console-1", text, text),
        OfficerEnrolled(Officer("officer-1", text, text, Role.DUTY_OFFICER)),
        OfficerChanged(Officer("officer-1", text, text, Role.SUPERVISOR)),
        *(PermissionGranted("officer-1", permission, text) for permission in Permission),
        *(PermissionWithdrawn("officer-1", permission, text) for permission in Permission),
        OfficerPasswordSet("officer-1", PasswordSetBy.OWN),
        RecoveryCodeMade(text),
        SignInRefused("officer-1", 1),
        OfficerSignedIn("officer-1"),
        ConsoleLocked("officer-1", LockedBecause.IDLE),
        ConsoleUnlocked("officer-1"),
        OfficerSignedOut("officer-1", text),
        OfficerLeft("officer-1", text),
        ShiftTableSet((ShiftTime(0, text),), text),
        ShiftRostered(shift, (Post(text, text, text),)),
        ShiftStarted(shift, "officer-1", "", text),
        ShiftEnded(shift, "officer-1", "handover-1"),
        HandoverWritten("handover-1", shift, following, page.text()),
        HandoverReturned("handover-1", text),
        HandoverAccepted("handover-1", text, read, section_text(page.sections[0])),
        AreaDrawn("zone-1", AreaKind.ZONE, text, text, shape, reason=text),
        AreaRemoved("zone-1", text),
        PlaceNamed(place),
        PlaceRemoved("place-1"),
        ProposalsRefused((place,)),
        WallDrawn(DrawnWall("wall-1", (LatLon(16.5, 104.7), LatLon(16.6, 104.7)), text), text),
        WallRemoved("wall-1", text),
        BasemapImported(ImportReport("map.gpkg", "kml", "0" * 64, {}, attribution=text), text),
        BasemapPutBack((text,)),
        GroundPicturePutAside("air.mbtiles"),
        GroundPicturePutBack("air.mbtiles"),
        CameraRegistered(camera),
        CameraChanged(camera),
        CameraLost("C01", text, None),
        CameraBack("C01", 4.0),
        CameraRemoved("C01", text),
        RegisterImported(1, 1),
        RegisterExported(1),
        CameraMasksDrawn("C01", (PrivacyMask(((0.1, 0.1), (0.4, 0.1), (0.2, 0.5))),), text),
        MomentMarked("C01", MORNING, text, "inc-1"),
        MomentNoted("console-1:1", "inc-1", text),
        MomentUnmarked("console-1:1", "inc-1"),
        SnapshotTaken("inc-1", still, text),
        SnapshotCopied(still),
        WallLayoutSaved(WallLayout("wall-1", text, 4, (("C01", "", "C02"),))),
        WallLayoutRemoved("wall-1", text),
        SearchSaved(SavedSearch("search-1", text, Asked(text=text, states=("closed",)))),
        SearchRemoved("search-1", text),
        IncidentsExported(Asked(text=text), 2, TableFormat.CSV, "00", 9),
        UnitFormed(unit),
        UnitChanged("unit-1", UnitState.RESTING, place=text, call_sign=text, beat=text),
        UnitCrewed("unit-1", (text,), text),
        UnitCheckedIn("unit-1", text, text, "free", text, 16.55, 104.73),
        RadioCodeSet(RadioCode("ว.10", text, UnitState.FREE)),
        RadioCodeRemoved("ว.10"),
        IncidentReported("inc-1", "1/2569", 2569, 1, report),
        IncidentCorrected("inc-1", "console-1:1", text, 16.55, 104.73, found, 640.0, text),
        UnitAssigned("inc-1", "unit-1", text, 640.0, beat=text),
        UnitOnTheWay("inc-1", "unit-1", text),
        UnitArrived("inc-1", "unit-1", text),
        NoteAdded("inc-1", text),
        AttachmentAdded(
            "inc-1", KeptFile(text, text, FileKind.PICTURE, "image/png", text, 9), text
        ),
        AttachmentTakenOut("inc-1", "console-1:1", text, TakenOut.COPIED),
        IncidentUnderControl("inc-1"),
        UnitReleased("inc-1", "unit-1", text),
        IncidentClosed("inc-1", text),
        IncidentCancelled("inc-1", text),
        IncidentMarkedDuplicate("inc-1", "inc-2", text, text),
        IncidentMerged("inc-1", "inc-2", text, text),
        IncidentTakenIn("inc-1", "inc-2", text, Ending.MERGED),
        IncidentReopened("inc-1", text),
        ReportAttached("inc-1", report),
        ReportCorrected("inc-1", Part.SUSPECTS, "console-1:1", suspects, text),
        OwnerSet("inc-1", "officer-1", text),
        NextStepSet("inc-1", text),
        Escalated("inc-1", Due.ASSIGN, to_stored(MORNING), 9),
        SoundMuted(to_stored(MORNING)),
        CategoryChanged(boat),
        UnitStoodDown("unit-1", text),
        FootageLockRequested("lock-1", ("C01",), span, text, "inc-1", MORNING + timedelta(days=9)),
        FootageLocked("lock-1", "inc-1", (LockedFootage("C01", span.begins, span.ends, 9),)),
        FootageUnlockRequested("lock-1", "inc-1", text),
        FootageUnlocked("lock-1", "inc-1", "asked"),
        FootageViewed((WatchedFootage("C01", (span,)),), text, "inc-1", text),
        SigningKeyMade("3f2a 9c01", "00", "3f2a 9c02"),
        ClipExported("p-1", ("C01",), span, text, "inc-1", text, "00", 9),
        ExportRemoved("p-1", "inc-1", text, text),
        SheetPrinted(
            "incident",
            "inc-1",
            text,
            "00",
            "00",
            "00",
            {"program": text},
            2,
            {"note": text},
            How.PRINTED,
            text,
        ),
        SheetPrintedAgain("incident", "inc-1", text, "00", 2, How.SAVED, text, True),
        LogExtracted(text, "00"),
        DaySealed("smart-safety-zone seal 1", "00"),
        LogVerified((msg("It does not follow the entry before it."),), rebuilt=(text,)),
        BackupMade(text, text, 9, 9, "00", True, (text,)),
        BackupFailed(text, msg("The disk that holds {path} is full.", path=text)),
        LogRestored(text, 9, 1, None, "2026-11-22T03:46:00.000Z", text, "console-0"),
        RecorderStarted(text, 8),
        RecordingInterrupted(text),
        RecordingResumed(),
        RecordingDiskLow(text, 91, 2.5),
        RecordingsSealed((SealedStream("C01", StreamKind.MAIN, 1, 60, 60, text),)),
        FootageDeleted(recorded, text),
        FootageMissing(recorded, text),
        FootageFound(recorded),
        ClockStepped(MORNING, MORNING + timedelta(hours=1)),
        RecorderStopped("officer-1", text, (text,)),
        RecordingStopRequested(text),
        ConsoleStopped("console-1", (text,)),
    )


FACTS = facts_with(SECRET)


def who_may(fact: Fact) -> Actor:
    """The program where it may; some deeds need a person who answers for them."""
    return PROGRAM if may(PROGRAM.role, fact.kind) else ADMINISTRATOR


def append_all(log: Log, facts: Iterable[Fact]) -> None:
    """In their order, and as few times to the disk as those who may do them allow."""
    written = [
        log.append(*theirs, actor=actor) for actor, theirs in itertools.groupby(facts, key=who_may)
    ]
    for future in written:
        future.result()


def fact_classes() -> set[str]:
    """The names of all classes of the rooms that can be appended to a log."""
    found: set[type] = set()
    for module in pkgutil.walk_packages(app.__path__, "app."):
        if not module.name.startswith(tuple(OUTSIDE)) and module.name.count(".") > 1:
            loaded = importlib.import_module(module.name)
            found |= {
                one
                for one in vars(loaded).values()
                if isinstance(one, type) and {"kind", "subject", "body"} <= set(dir(one))
            }
    return {one.__name__ for one in found} - LOGS_OWN


def read_everything(log: Log) -> None:
    """What the screens ask when they open."""
    with log.reading() as db:
        officers(db)
        serving_officers(db)
        refusals(db, "officer-1")
        recovery_hash(db)
        units(db)
        every_unit(db)
        radio_codes(db)
        runs_of(db, "inc-1")
        runs_between(db, MORNING, MORNING + timedelta(days=1))
        shift_table(db)
        newest_turn(db)
        roster_of(db, "shift-20261122-0800")
        shifts_to_hand_over(db, MORNING)
        open_handover(db)
        past_handovers(db, 9)
        all_places(db)
        refused_proposals(db)
        drawn_walls(db)
        wall_versions(db, "wall-1")
        Areas(db).current()
        Areas(db).all_versions()
        cameras_as_of(db, MORNING)
        wall_layouts(db)
        all_masks(db)
        bookmarks_between(db, MORNING, MORNING + timedelta(days=1))
        footage_locks(db)
        open_incidents(db)
        attachments_of(db, "inc-1")
        exports_of(db, "inc-1")
        package_names(db, "p-")
        printed(db, 9, 7)
        of_subject(db, "inc-1")
        paper_of_hash(db, "00")
        papers_of_data(db, "00")
        times_printed(db, "incident", "inc-1")
        is_due(db, MORNING)
        last_check(db)
        find_incidents(db, "1", 9)
    tell(log.entries_of("inc-1"))


def test_every_fact_of_every_room_is_tried_here() -> None:
    assert {type(fact).__name__ for fact in FACTS} == fact_classes()


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.kind)
def test_what_was_erased_is_gone_and_every_screen_still_opens(tmp_path: Path, fact: Fact) -> None:
    with a_station_log(tmp_path) as log:
        day = facts_with("อื่น")  # a whole day, of which one entry holds the secret
        append_all(log, [fact if other.kind == fact.kind else other for other in day])
        (entry,) = [one for one in log.entries_of(fact.subject) if one.kind == fact.kind]
        log.erase(entry.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
        read_everything(log)
        kept = rows_of_views(log)
        log.rebuild()
        assert rows_of_views(log) == kept
    assert verify(tmp_path / "station.db", all_views()).ok
    secret = SECRET.encode()
    assert [path.name for path in tmp_path.iterdir() if secret in path.read_bytes()] == []


def test_with_everything_erased_the_log_is_still_whole(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        append_all(log, FACTS)
        with log.reading() as db:
            assert SECRET in db.execute("SELECT group_concat(body) FROM entries").fetchone()[0]
            ids = [f"{row[0]}:{row[1]}" for row in db.execute("SELECT origin, n FROM entries")]
        erased = [log.erase(one, reason="คำสั่งศาล", actor=ADMINISTRATOR) for one in ids]
        assert all(future.result() for future in erased)
        read_everything(log)
    report = verify(tmp_path / "station.db", all_views())
    assert (report.ok, report.erased) == (True, len(FACTS))
    assert SECRET.encode() not in (tmp_path / "station.db").read_bytes()


# Any history, whether it makes sense or not: views follow the entries and nothing else.

_IDS = st.sampled_from(("inc-1", "inc-2"))
_UNITS = st.sampled_from((1, 2))
_MOVEMENTS = st.sampled_from((UnitAssigned, UnitOnTheWay, UnitArrived, UnitReleased))
_TEXTS = st.text("กำ่a{}🚓 \n", max_size=8)
_STEPS = st.one_of(
    st.builds(lambda number: UnitFormed(a_unit(number)), _UNITS),
    st.builds(lambda kind, id_, n: kind(id_, f"unit-{n}", f"มุกดา {n}"), _MOVEMENTS, _IDS, _UNITS),
    st.builds(lambda n, state: UnitChanged(f"unit-{n}", state), _UNITS, st.sampled_from(UnitState)),
    st.builds(lambda n, who: UnitCrewed(f"unit-{n}", who), _UNITS, st.sampled_from(((), ("ก",)))),
    st.builds(
        lambda n, text, state: UnitCheckedIn(f"unit-{n}", text, state=state),
        _UNITS,
        _TEXTS,
        st.sampled_from(("", "free", "resting")),
    ),
    st.builds(lambda n: UnitStoodDown(f"unit-{n}"), _UNITS),
    st.builds(IncidentUnderControl, _IDS),
    st.builds(IncidentClosed, _IDS, _TEXTS, st.booleans()),
    st.builds(IncidentReopened, _IDS, _TEXTS),
    st.builds(
        lambda id_, text: IncidentCorrected(id_, "", text, 16.55, 104.73, (), None, text),
        _IDS,
        _TEXTS,
    ),
    st.builds(NoteAdded, _IDS, _TEXTS),
    st.builds(IncidentCancelled, _IDS, _TEXTS),
    st.builds(IncidentMerged, _IDS, _IDS, _TEXTS, _TEXTS),
    st.builds(OwnerSet, _IDS, _TEXTS, _TEXTS),
    st.builds(NextStepSet, _IDS, _TEXTS, st.sampled_from((None, to_stored(MORNING)))),
    st.builds(
        lambda id_, text: ReportCorrected(id_, Part.SUSPECTS, "", {"suspects": text}, text),
        _IDS,
        _TEXTS,
    ),
    st.sampled_from(
        [
            one
            for one in facts_with("ท่าเรือ")
            if one.kind.startswith(
                (
                    "camera_",
                    "moment_",
                    "snapshot_",
                    "wall_",
                    "area_",
                    "basemap_",
                    "wall_drawn",
                    "wall_removed",
                    "place_",
                    "officer_",
                    "sign_in_",
                    "recovery_",
                    "export_",
                    "shift_",
                    "handover_",
                    "attachment_",
                    "footage_",
                    "radio_",
                    "sheet_",
                )
            )
        ]
    ),
)
_ERASE = st.integers(1, 30)


@settings(max_examples=40, deadline=None)
@given(history=st.lists(st.one_of(_STEPS, _ERASE), max_size=30))
def test_views_rebuilt_are_the_views_that_were_kept(history: list[Fact | int]) -> None:
    with TemporaryDirectory() as folder:
        clock = ScriptedClock(MORNING)
        with a_station_log(Path(folder), clock) as log:
            for serial, id_ in enumerate(("inc-1", "inc-2"), start=1):
                report = IncidentReported(id_, f"{serial}/2569", 2569, serial, a_report())
                log.append(report, actor=PROGRAM).result()
            erased = set()
            for step in history:
                clock.advance(30)
                if not isinstance(step, int):
                    log.append(step, actor=who_may(step)).result()
                elif step <= log.count() and step not in erased and not _is_erasure(log, step):
                    log.erase(f"console-1:{step}", reason="ขอลบ", actor=ADMINISTRATOR).result()
                    erased.add(step)
            kept = rows_of_views(log)
            log.rebuild()
            assert rows_of_views(log) == kept
            read_everything(log)
        assert verify(Path(folder) / "station.db", all_views()).ok


def _is_erasure(log: Log, n: int) -> bool:
    with log.reading() as db:
        kind = db.execute("SELECT kind FROM entries WHERE n = ?", (n,)).fetchone()[0]
    return bool(kind == "erased")


def test_a_row_changed_by_hand_is_noticed(tmp_path: Path) -> None:
    with a_station_log(tmp_path) as log:
        append_all(log, FACTS)
    with closing(sqlite3.connect(tmp_path / "station.db")) as db:
        db.execute("UPDATE incidents SET state = 'closed'")
        db.commit()
    report = verify(tmp_path / "station.db", all_views())
    assert not report.ok
    assert "“incidents”" in report.findings[0].sentence.english()
