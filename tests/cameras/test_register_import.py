"""Cameras from a file: what it would do, all or nothing, passwords kept apart, in the log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app.cameras.camera import Camera
from app.cameras.register import cameras, register, remove
from app.cameras.register_import import (
    Effect,
    Imported,
    ImportPlan,
    export_register,
    import_register,
    plan_import,
)
from app.errors import KnownError, msg
from app.log import Actor, Log
from app.thai.translation import Language
from tests.station_log import (
    ADMINISTRATOR,
    OFFICER,
    a_station_log,
    on_a_full_disk,
    with_room_again,
)

TODAY = date(2026, 11, 22)
HEAD = "รหัสกล้อง,ชื่อกล้อง,ที่อยู่ภาพหลัก,ละติจูด,ลองจิจูด,รหัสผ่าน\n"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with a_station_log(tmp_path) as log:
        yield log


def row(name: str, host: int, id_: str = "", password: str = "") -> str:
    """A camera of its own address and place."""
    return f"{id_},{name},rtsp://10.0.0.{host}/1,{16.5 + host / 1000},104.7,{password}\n"


def plan(log: Log, *rows: str) -> ImportPlan:
    return plan_import(log, (HEAD + "".join(rows)).encode(), TODAY)


class Passwords:
    """A store of passwords; one that is full keeps nothing."""

    def __init__(self, *, full: bool = False) -> None:
        self.kept: dict[str, str] = {}
        self._full = full

    def __call__(self, camera_id: str, password: str) -> None:
        if self._full:
            raise KnownError(msg("The system's keyring does not answer."))
        self.kept[camera_id] = password


def take(
    log: Log,
    plan: ImportPlan,
    passwords: Passwords | None = None,
    *,
    confirmed: bool = False,
    actor: Actor = ADMINISTRATOR,
) -> Imported:
    rows = [one.row for one in plan.rows]
    keep = passwords or Passwords()
    return import_register(log, rows, actor=actor, keep_password=keep, confirmed=confirmed)


def in_use(log: Log) -> list[Camera]:
    with log.reading() as db:
        return cameras(db)


def a_camera(name: str, host: int) -> Camera:
    return Camera("", name, f"rtsp://10.0.0.{host}/1", "", 16.5 + host / 1000, 104.7)


def add(log: Log, name: str, host: int) -> None:
    register(log, a_camera(name, host), actor=ADMINISTRATOR).result()


def told(plan: ImportPlan) -> list[str]:
    return [sentence.english() for one in plan.rows for sentence in one.sentences]


def test_a_register_taken_to_an_empty_station_is_the_same_register(
    log: Log, tmp_path: Path
) -> None:
    for n, name in enumerate(("ก", "=ข", "'ค\r\nง"), start=1):
        add(log, name, n)
    remove(log, "C02", "เลิกใช้", actor=ADMINISTRATOR).result()
    data = export_register(log, actor=ADMINISTRATOR, language=Language.THAI)
    other = tmp_path / "other"
    other.mkdir()
    with a_station_log(other) as empty:
        assert take(empty, plan_import(empty, data, TODAY)) == Imported(2, 0)
        assert in_use(empty) == in_use(log)
        again = plan_import(empty, data, TODAY)
        assert again.count(Effect.NOTHING) == 2
        head = empty.head()
        assert take(empty, again) == Imported(0, 0)
        assert empty.head() == head


def test_who_took_the_list_of_cameras_out_stands_in_the_log(log: Log) -> None:
    add(log, "ก", 1)
    export_register(log, actor=ADMINISTRATOR, language=Language.ENGLISH)
    (entry,) = log.entries_of("cameras")
    assert (entry.kind, entry.actor) == ("register_exported", ADMINISTRATOR.id)
    assert entry.data() == {"count": 1}
    with pytest.raises(KnownError, match="export the camera register"):
        export_register(log, actor=OFFICER, language=Language.THAI)


def test_new_changed_and_same_rows_are_told_apart_and_taken_together(log: Log) -> None:
    add(log, "ก", 1)
    add(log, "ข", 2)
    found = plan(log, row("ก", 1, "C01"), row("ข ใหม่", 2, "C02"), row("ค", 3), row("ง", 4, "C09"))
    assert [one.effect for one in found.rows] == [
        Effect.NOTHING, Effect.CHANGES, Effect.ADDS, Effect.ADDS,
    ]  # fmt: skip
    assert found.is_whole
    assert take(log, found) == Imported(2, 1)
    assert [(one.id, one.name) for one in in_use(log)] == [
        ("C01", "ก"), ("C02", "ข ใหม่"), ("C09", "ง"), ("C10", "ค"),
    ]  # fmt: skip
    assert log.entries_of("cameras")[0].data() == {"added": 2, "changed": 1}
    assert log.entries_of("cameras")[0].n + 1 == log.entries_of("C02")[-1].n


def test_doubles_in_the_file_and_on_the_register_are_named(log: Log) -> None:
    add(log, "ก", 1)
    found = plan(log, row("ก", 9), row("ข", 1), row("ค", 3), row("ง", 3))
    assert told(found) == [
        "Row 2: C01 ก has the same name.",
        "Row 3: C01 ก has the same address.",
        "Row 3: C01 ก stands at the same spot and looks the same way.",
        "Row 5: #4 ค has the same address.",
        "Row 5: #4 ค stands at the same spot and looks the same way.",
    ]
    assert [one.has_same_stream for one in found.rows] == [False, True, False, True]
    assert not found.is_whole


def test_the_same_stream_twice_is_taken_only_when_somebody_says_so(log: Log) -> None:
    found = plan(log, row("ก", 1), row("ข", 1))
    head = log.head()
    with pytest.raises(KnownError, match="same address"):
        take(log, found)
    assert log.head() == head
    assert take(log, found, confirmed=True) == Imported(2, 0)


def test_two_cameras_may_change_places_within_one_file(log: Log) -> None:
    add(log, "ก", 1)
    add(log, "ข", 2)
    found = plan(log, row("ก", 2, "C01"), row("ข", 1, "C02"))
    assert found.is_whole, told(found)
    assert take(log, found) == Imported(0, 2)


def test_ids_that_cannot_be_given_are_named(log: Log) -> None:
    add(log, "ก", 1)
    remove(log, "C01", "เลิกใช้", actor=ADMINISTRATOR).result()
    found = plan(log, row("ข", 2, "C01"), row("ค", 3, "C05"), row("ง", 4, "C005"))
    assert [trouble.sentence.english() for trouble in found.troubles] == [
        "Row 2, “รหัสกล้อง / Camera”: Camera C01 was removed, and its id is never given again.",
        "Row 4, “รหัสกล้อง / Camera”: Row 3 has the id C05 already.",
    ]
    assert [one.row.camera.id for one in found.rows] == ["C05"]


def test_when_one_row_is_not_good_any_more_none_is_taken(log: Log) -> None:
    found = plan(log, row("ก", 1), row("ข", 2))
    add(log, "มาก่อน", 2)
    head = log.head()
    passwords = Passwords()
    with pytest.raises(KnownError, match="same address"):
        take(log, found, passwords)
    assert log.head() == head
    assert passwords.kept == {}


@pytest.mark.expected_log("the log could not be written")
def test_on_a_full_disk_nothing_is_taken_and_no_password_kept(log: Log) -> None:
    found = plan(log, *(row(f"กล้อง {n}", n, password="geheim") for n in range(1, 60)))
    log.write(on_a_full_disk, actor=ADMINISTRATOR).result()
    passwords = Passwords()
    with pytest.raises(KnownError):
        take(log, found, passwords)
    log.write(with_room_again, actor=ADMINISTRATOR).result()
    assert (in_use(log), passwords.kept) == ([], {})


def test_an_officer_without_the_right_takes_nothing(log: Log) -> None:
    head = log.head()
    with pytest.raises(KnownError):
        take(log, plan(log, row("ก", 1)), actor=OFFICER)
    assert log.head() == head


def test_passwords_go_to_the_store_under_the_ids_and_never_into_the_log(
    log: Log, tmp_path: Path
) -> None:
    add(log, "ก", 1)
    rows = (row("ก", 1, "C01", "geheim1"), row("ข", 2, "", "geheim2"), row("ค", 3))
    found = plan(log, *rows)
    warned = [words for words in told(found) if "a password stood in the file" in words]
    assert [words[:6] for words in warned] == ["Row 2:", "Row 3:"]
    passwords = Passwords()
    assert take(log, found, passwords) == Imported(2, 0)
    assert passwords.kept == {"C01": "geheim1", "C02": "geheim2"}
    assert "geheim" not in repr(found)
    assert [path for path in tmp_path.iterdir() if b"geheim" in path.read_bytes()] == []


def test_a_password_that_could_not_be_kept_is_asked_for_again(log: Log) -> None:
    found = plan(log, row("ก", 1, "", "geheim"), row("ข", 2))
    assert take(log, found, Passwords(full=True)) == Imported(2, 0, passwords_lost=("C01",))
    assert len(in_use(log)) == 2


def test_a_thousand_cameras_are_taken_in_a_moment(log: Log) -> None:
    def address(n: int) -> str:
        return f"rtsp://10.0.{n // 250}.{n % 250}/1"

    rows = [f",กล้อง {n},{address(n)},{16.0 + n / 1000},104.7,\n" for n in range(1000)]
    began_s = time.process_time()
    found = plan(log, *rows)
    assert found.is_whole
    assert take(log, found) == Imported(1000, 0)
    assert time.process_time() - began_s < 6.0
    twins = plan(log, *rows)
    assert all(one.has_same_stream for one in twins.rows)
    assert [replace(one, id="") for one in in_use(log)] == [one.row.camera for one in found.rows]
