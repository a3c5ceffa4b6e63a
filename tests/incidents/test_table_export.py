"""Incidents leave as a table: whole, inert, in the log before the file is there; or not at all."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.clock import ScriptedClock
from app.errors import KnownError
from app.incidents import workflow
from app.incidents.asked import Asked
from app.incidents.table_columns import COLUMNS, Told
from app.incidents.table_export import ExportedTable, TableFormat, TableOrder, export_table
from app.log import Actor, Log, Role
from app.station import csv_cells
from app.thai.translation import Language
from tests.conftest import ExpectedLog
from tests.station_log import (
    ADMINISTRATOR,
    MORNING,
    OFFICER,
    a_station_log,
    on_a_full_disk,
    stands,
    take,
    with_room_again,
)

ASKED = Asked(text="กระเป๋า", states=("closed",))
VIEWER = Actor("officer-9", Role.VIEWER)


@pytest.fixture
def clock() -> ScriptedClock:
    return ScriptedClock(MORNING)


@pytest.fixture
def log(tmp_path: Path, clock: ScriptedClock) -> Iterator[Log]:
    with a_station_log(tmp_path, clock) as log:
        yield log


def order(path: Path, **changes: object) -> TableOrder:
    kind = TableFormat(path.suffix[1:])
    return TableOrder(path, kind, ASKED, total=2, language=Language.THAI)


def told(log: Log, clock: ScriptedClock) -> list[list[Told]]:
    """Two incidents, one of them hostile, in two batches."""
    first = take(log, clock, caller="นางสาวใจ ดี", caller_phone="0812345678")
    workflow.close(log, first.id, result="=จับกุมได้", actor=OFFICER).result()
    second = take(log, clock, narrative="=cmd|'/c calc'!A1", place="@ตลาด", caller="ลับ",
                  caller_phone="0899999999", caller_unnamed=True)  # fmt: skip
    return [[Told(stands(log, first.id), "ร.ต.ท.ธนา", "=จับกุมได้")], [Told(second, "ร.ต.ท.ธนา")]]


def export(
    log: Log, path: Path, rows: list[list[Told]], actor: Actor = OFFICER, **changes: object
) -> ExportedTable | None:
    cancelled = threading.Event()
    return export_table(
        order(path), rows, log, actor=actor, progress=lambda done, of: None, cancelled=cancelled
    )


def cells(path: Path) -> list[dict[str, str]]:
    heads, *rows = csv_cells.read(path.read_bytes(), likeness=len)
    return [dict(zip(heads, row, strict=True)) for row in rows]


def test_a_csv_for_excel_in_thailand_says_everything_and_runs_nothing(
    log: Log, clock: ScriptedClock, tmp_path: Path
) -> None:
    path = tmp_path / "เหตุ.csv"
    exported = export(log, path, told(log, clock))
    assert exported == ExportedTable(path, 2)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and b"\r\n" in raw
    assert b"'=cmd|" in raw and b",'@" in raw and "'=จับกุมได้".encode() in raw
    first, second = cells(path)
    assert first["เลขรับแจ้ง"] == "1/2569" and first["รับแจ้ง"] == "22 พ.ย. 2569 10:46:00"
    assert first["รับแจ้ง (เรียงได้)"] == "2026-11-22 10:46:00"
    assert (first["ผู้แจ้ง"], first["โทร"]) == ("นางสาวใจ ดี", "0812345678")
    assert (first["สถานะ"], first["ผลการปฏิบัติ"]) == ("ปิดเหตุแล้ว", "=จับกุมได้")
    assert second["พฤติการณ์"] == "=cmd|'/c calc'!A1" and second["สถานที่"] == "@ตลาด"


def test_who_wants_to_stay_unnamed_stays_so(log: Log, clock: ScriptedClock, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    export(log, path, told(log, clock))
    assert "ลับ" not in path.read_text("utf-8-sig") and "0899999999" not in path.read_text("utf-8")


def test_who_wants_to_stay_unnamed_is_in_no_other_column_either(
    log: Log, clock: ScriptedClock, tmp_path: Path
) -> None:
    one = take(
        log, clock, caller="นายแดง ใจกล้า", caller_phone="0899999999", caller_unnamed=True,
        narrative="นายแดง ใจกล้า เห็นคนร้าย", place="หน้าบ้านนายแดง ใจกล้า", victims="นายแดง ใจกล้า",
        suspects="เพื่อนบ้านของแดง",
    )  # fmt: skip
    path = tmp_path / "a.csv"
    export(log, path, [[Told(one, "ร.ต.ท.ธนา", "โทรแจ้งผลนายแดง ใจกล้า 089-999-9999 แล้ว")]])
    text = path.read_text("utf-8-sig")
    assert [word for word in ("แดง", "ใจกล้า", "0899999999", "999-9999") if word in text] == []
    row = cells(path)[0]
    assert row["พฤติการณ์"] == "[ปกปิด] เห็นคนร้าย" and row["ผู้เสียหาย"] == "ปกปิดตามคำขอ"
    assert row["ผลการปฏิบัติ"] == "โทรแจ้งผล[ปกปิด] [ปกปิด] แล้ว" and row["ผู้รับแจ้ง"] == "ร.ต.ท.ธนา"


def test_what_the_law_had_erased_says_nothing_it_did_not_say(
    log: Log, clock: ScriptedClock, tmp_path: Path
) -> None:
    """Not “other, third priority, by telephone”, which stand for what is no longer known."""
    first = take(log, clock, caller="นางสาวใจ ดี")
    log.erase(log.entries_of(first.id)[0].id, reason="คำสั่งศาล", actor=ADMINISTRATOR).result()
    path = tmp_path / "a.csv"
    export(log, path, [[Told(stands(log, first.id), "")]])
    row = cells(path)[0]
    assert (row["เลขรับแจ้ง"], row["สถานะ"]) == ("1/2569", "ใหม่")
    assert "ลบ" in row["สถานที่"]
    stood_for = ("รหัส", "ประเภทเหตุ", "กลุ่มคดี", "ความเร่งด่วน", "ช่องทาง", "ผู้แจ้ง")
    assert not any(row[head] for head in stood_for)


def test_the_log_says_who_took_what_out(log: Log, clock: ScriptedClock, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = told(log, clock)
    export(log, path, rows)
    entry = log.entries_of("incidents")[-1]
    assert (entry.kind, entry.actor) == ("incidents_exported", OFFICER.id)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert entry.data() == {
        "asked": {"text": "กระเป๋า", "states": ["closed"]},
        "count": 2,
        "format": "xlsx",
        "sha256": digest,
        "size_bytes": path.stat().st_size,
    }


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_cancelled_export_leaves_neither_file_nor_entry(
    log: Log, clock: ScriptedClock, tmp_path: Path, suffix: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    rows, cancelled = told(log, clock), threading.Event()
    head = log.head()

    def stop(done: int, of: int) -> None:
        cancelled.set()

    assert (
        export_table(order(out / f"a.{suffix}"), rows, log, actor=OFFICER, progress=stop,
                     cancelled=cancelled) is None
    )  # fmt: skip
    assert list(out.iterdir()) == [] and log.head() == head


def test_a_viewer_takes_nothing_out_and_reads_why(
    log: Log, clock: ScriptedClock, tmp_path: Path
) -> None:
    rows, head = told(log, clock), log.head()
    with pytest.raises(KnownError, match="take incidents out of the station"):
        export(log, tmp_path / "a.csv", rows, actor=VIEWER)
    assert log.head() == head and not (tmp_path / "a.csv").exists()


def test_when_the_entry_cannot_be_written_the_file_is_not_there(
    log: Log, clock: ScriptedClock, tmp_path: Path, expected_log: ExpectedLog
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    rows = told(log, clock)
    log.write(on_a_full_disk, actor=OFFICER).result()
    expected_log("disk is full")
    with pytest.raises(KnownError, match="full"):
        for _ in range(200):  # until the last page is used up
            export(log, out / "a.csv", rows)
            (out / "a.csv").unlink()
    assert list(out.iterdir()) == []
    log.write(with_room_again, actor=OFFICER).result()


def test_no_such_folder_is_said_at_once(log: Log, clock: ScriptedClock, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="does not exist"):
        export(log, tmp_path / "nowhere" / "a.csv", told(log, clock))


def test_the_file_that_was_there_stays_until_the_new_one_is_whole(
    log: Log, clock: ScriptedClock, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("before")
    rows = told(log, clock)

    def broken() -> Iterator[list[Told]]:
        yield rows[0]
        raise OSError(5, "Input/output error")

    with pytest.raises(KnownError, match="failed"):
        export_table(order(path), broken(), log, actor=OFFICER, progress=lambda a, b: None,
                     cancelled=threading.Event())  # fmt: skip
    assert path.read_text() == "before"
    export(log, path, rows)
    assert len(cells(path)) == 2


def test_every_column_has_a_head_of_its_own() -> None:
    assert len({column.head.template for column in COLUMNS}) == len(COLUMNS)
