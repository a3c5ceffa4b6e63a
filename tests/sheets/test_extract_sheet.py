"""What an extract of the log says, before it is set."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.clock import ScriptedClock
from app.duty.officers import Officer, OfficerEnrolled
from app.errors import KnownError
from app.evidence.office import EvidenceOffice
from app.incidents.workflow import add_note
from app.log import Log, Role
from app.sheets.extract_sheet import ExtractOptions, extract_sheet
from app.sheets.papers import How, printed, record_printed, record_printed_again
from app.sheets.sheet import Typeset
from app.station import Disk, FileSecrets, Redactor, create_station
from tests.station.places import profile
from tests.station_log import ADMINISTRATOR, MORNING, OFFICER, PROGRAM, a_station_log, take

HOUR = timedelta(hours=1)


def data(log: Log, clock: ScriptedClock, **choice: Any) -> dict[str, Any]:
    options = ExtractOptions(MORNING - HOUR, MORNING + HOUR, **choice)
    with log.reading() as db:
        return dict(extract_sheet(db, options, clock.now()).data)


def entries(said: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for day in said["days"] for entry in day["entries"]]


def test_every_entry_has_its_number_time_person_words_and_hash(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        enrolled = Officer(OFFICER.id, "ร.ต.ท.ธนา วงศ์คำ", "รอง สวป.", Role.DUTY_OFFICER)
        log.append(OfficerEnrolled(enrolled), actor=PROGRAM).result()
        incident = take(log, clock)
        note = add_note(log, incident.id, "พบรถต้องสงสัย", actor=OFFICER).result()[0]
        said = data(log, clock)
        found = entries(said)
        assert [entry["id"] for entry in found] == ["console-1:1", "console-1:2", "console-1:3"]
        assert found[2]["what"] == "พบรถต้องสงสัย"
        assert found[2]["who"] == "ร.ต.ท.ธนา วงศ์คำ"
        assert found[2]["about"] == f"เหตุ {incident.number}"
        assert found[2]["hash"] == note.hash
        assert found[0]["what"] == "ขึ้นทะเบียนเจ้าหน้าที่" or found[0]["what"]
        assert said["bad"] == 0 and not said["covered"]
        plain = entries(data(log, clock, with_words=False))
        assert "พบรถต้องสงสัย" not in json.dumps(plain, ensure_ascii=False)


def test_an_erased_entry_stands_with_its_hash_and_without_its_words(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        incident = take(log, clock)
        note = add_note(log, incident.id, "ชื่อที่ต้องลบ", actor=OFFICER).result()[0]
        log.erase(note.id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
        said = data(log, clock)
    assert "ชื่อที่ต้องลบ" not in json.dumps(said, ensure_ascii=False)
    erased = entries(said)[1]
    assert (erased["erased"], erased["hash"], said["erased"]) == (True, note.hash, 1)


def test_the_seal_that_covers_it_can_be_checked_from_the_sheet_alone(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    folder = create_station(tmp_path / "station", profile())
    secrets = FileSecrets(Redactor(), file=tmp_path / "secrets.json")
    with a_station_log(folder.root, clock) as log:
        take(log, clock)
        clock.advance(2 * HOUR.total_seconds())
        seal = EvidenceOffice(folder, log, secrets, Disk(), clock, "test 1").seal()
        said = data(log, clock)
    (shown,) = said["seals"]
    assert said["covered"] and shown["holds"] and shown["id"] == seal.id
    key = bytes.fromhex(shown["statement"].split("\n")[3].removeprefix("key "))
    assert shown["key"].replace(" ", "") == hashlib.sha256(key).hexdigest()[:32]
    head = shown["heads"][0]
    assert f"head {head['origin']} {head['n']} {head['hash']}" in shown["statement"]


def test_supervisors_alone_may_print_or_print_again_an_extract(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        take(log, clock)
        with log.reading() as db:
            sheet = extract_sheet(db, ExtractOptions(MORNING - HOUR, MORNING + HOUR), MORNING)
        paper = Typeset(sheet, b"%PDF-", "0" * 64, 1, "1" * 64, {}, 1.0, (), b"{}", "2" * 64)
        before = log.head()
        with pytest.raises(KnownError, match="print an extract of the log"):
            record_printed(log, paper, How.PRINTED, actor=OFFICER).result()
        assert log.head() == before
        entries = record_printed(log, paper, How.PRINTED, actor=ADMINISTRATOR).result()
        assert [entry.kind for entry in entries] == ["sheet_printed", "log_extracted"]
        with log.reading() as db:
            (printing,) = printed(db, 5)
        with pytest.raises(KnownError, match="print an extract of the log"):
            record_printed_again(log, printing, How.SAVED, actor=OFFICER).result()


def test_one_incident_s_entries_alone_are_said_to_be_so(tmp_path: Path) -> None:
    clock = ScriptedClock(MORNING)
    with a_station_log(tmp_path, clock) as log:
        wanted, other = take(log, clock), take(log, clock)
        add_note(log, other.id, "ของเหตุอื่น", actor=OFFICER).result()
        add_note(log, wanted.id, "ของเหตุนี้", actor=OFFICER).result()
        said = data(log, clock, incident_id=wanted.id)
        assert [entry["id"] for entry in entries(said)] == ["console-1:1", "console-1:4"]
        assert said["about"] == f"เหตุ {wanted.number}" and not said["is_whole"]
        with pytest.raises(KnownError, match="no such incident"):
            data(log, clock, incident_id="inc-000000000000")
