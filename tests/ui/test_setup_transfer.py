"""The register as a file, on screen: what is read first, what is taken, what leaves the station."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.clock import ScriptedClock
from app.thai.translation import tr
from app.ui.setup.cameras_pane import CamerasPane
from app.ui.theme import Theme
from tests.ui.setup_room import SetupRoom, setup_room
from tests.ui.still_pictures import StillPictures
from tests.video.cameras import free_port

HEAD = "รหัสกล้อง,ชื่อกล้อง,ที่อยู่ภาพหลัก,ละติจูด,ลองจิจูด,ชื่อผู้ใช้,รหัสผ่าน\n"


@pytest.fixture
def room(
    station: Path, theme: Theme, clock: ScriptedClock, pictures: StillPictures, qtbot: QtBot
) -> Iterator[SetupRoom]:
    with setup_room(station, theme, clock, pictures, qtbot) as room:
        yield room


@pytest.fixture
def pane(room: SetupRoom) -> CamerasPane:
    return room.place.cameras


def row(name: str, path: str, password: str = "", lat: float = 16.6) -> str:
    return f",{name},rtsp://127.0.0.1:{free_port()}{path},{lat},104.9,admin,{password}\n"


def read(pane: CamerasPane, tmp_path: Path, qtbot: QtBot, *rows: str) -> str:
    """Choose a file; the report once every camera has been asked."""
    file = tmp_path / "กล้อง.csv"
    file.write_text(HEAD + "".join(rows), encoding="cp874")
    pane.read_file(file)
    answer = tr("{well} of {asked} cameras answer", well=0, asked=0).partition("0")[0]
    qtbot.waitUntil(lambda: pane.transfer.progress.text().startswith(answer), timeout=10_000)
    return pane.transfer.report.toPlainText()


def push(button: QPushButton) -> None:
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_file_is_read_reported_and_taken_and_its_passwords_kept_apart(
    room: SetupRoom, pane: CamerasPane, tmp_path: Path, qtbot: QtBot
) -> None:
    before = room.names
    said = read(
        pane, tmp_path, qtbot, row("กล้องใหม่ ก", "/1", "geheim99"), row("กล้องใหม่ ข", "/2", lat=16.7)
    )
    assert "geheim99" not in said
    refuses = tr("The camera refuses the connection.")
    assert said.count(refuses) == 2
    assert room.names == before
    push(pane.transfer.take_all)
    qtbot.waitUntil(lambda: len(room.names) == len(before) + 2, timeout=5_000)
    qtbot.waitUntil(lambda: pane.transfer.words.property("state") == "green")
    new = [one for one in room.names if one not in before]
    assert room.office.password(new[0]) == "geheim99"
    assert room.office.password(new[1]) is None
    assert room.holding("geheim99") == []
    assert pane.table.rows.row_of(new[0]) >= 0


def test_with_a_wrong_row_nothing_is_taken_unless_the_good_rows_are_asked_for(
    room: SetupRoom, pane: CamerasPane, tmp_path: Path, qtbot: QtBot
) -> None:
    before = room.names
    said = read(pane, tmp_path, qtbot, row("ดี", "/1"), ",ไม่ดี,ftp://x,16.6,เหนือ,,\n")
    assert "ftp://" in said
    assert "เหนือ" in said
    assert not pane.transfer.take_all.isVisible()
    push(pane.transfer.take_good)
    qtbot.waitUntil(lambda: len(room.names) == len(before) + 1, timeout=5_000)


def test_a_camera_that_is_there_already_is_taken_only_all_the_same(
    room: SetupRoom, pane: CamerasPane, tmp_path: Path, qtbot: QtBot
) -> None:
    before = room.names
    known = room.desk.cameras()[0]
    again = f",ตัวซ้ำ,{known.main_url},16.6,104.9,,\n"
    said = read(pane, tmp_path, qtbot, again)
    assert f"{known.id} {known.name}" in said
    assert not pane.transfer.take_good.isVisible()
    assert pane.transfer.take_all.text() == tr("Take all the same")
    push(pane.transfer.close_pane)
    assert pane.form.isVisible()
    assert room.names == before
    read(pane, tmp_path, qtbot, again)
    push(pane.transfer.take_all)
    qtbot.waitUntil(lambda: len(room.names) == len(before) + 1, timeout=5_000)


def test_a_file_that_is_no_register_is_refused_in_words(
    room: SetupRoom, pane: CamerasPane, tmp_path: Path, qtbot: QtBot
) -> None:
    head = room.log.head()
    for data in (b"", b"\x89PNG\x81", b"a,b\n1,2\n"):
        file = tmp_path / "x.csv"
        file.write_bytes(data)
        pane.read_file(file)
        qtbot.waitUntil(lambda: bool(pane.transfer.words.text()), timeout=5_000)
        assert pane.transfer.words.property("state") == "red"
        assert not pane.transfer.take_all.isVisible()
    pane.read_file(tmp_path / "nowhere.csv")
    qtbot.waitUntil(lambda: "nowhere.csv" in pane.transfer.words.text(), timeout=5_000)
    assert room.log.head() == head


def test_the_register_leaves_as_a_file_and_the_log_says_who_took_it(
    room: SetupRoom, pane: CamerasPane, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "out.csv"
    with qtbot.waitSignal(pane.told, timeout=5_000):
        pane.write_file(file)
    text = file.read_bytes().decode("utf-8-sig")
    assert all(name in text for name in room.names.values())
    (entry,) = room.log.entries_of("cameras")
    assert (entry.kind, entry.actor) == ("register_exported", room.desk.officer.id)


def test_a_place_that_cannot_be_written_says_so_and_no_entry_claims_otherwise(
    room: SetupRoom, pane: CamerasPane, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("not a folder")
    pane.write_file(tmp_path / "file" / "out.csv")
    qtbot.waitUntil(lambda: pane.form.words.property("state") == "red", timeout=5_000)
    assert room.log.entries_of("cameras") == []
