"""A file is attached to the selected incident, looked at, and opened only when it is meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Console
from app.incidents.incident import IncidentState
from tests.incidents.attachments.material import a_file, a_png
from tests.ui.driving import CONTROL, press
from tests.ui.test_steps import choose


def drop(console: Console, path: Path) -> None:
    """As the mouse drags a file onto the incident."""
    detail, held = console.window.live.detail, QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    middle = detail.rect().center()
    enter = QDragEnterEvent(middle, copy, held, left, none)
    files = console.window.files  # asked as Qt asks: a drag that Qt leads needs a real screen
    assert files.eventFilter(detail, enter)
    assert files.eventFilter(detail, QDropEvent(QPointF(middle), copy, held, left, none))


def test_a_file_dragged_onto_the_incident_is_attached_seen_and_opened_only_when_asked(
    console: Console, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("app.ui.attachments.attachment_steps._open", opened.append)
    incident = choose(console, IncidentState.ON_SCENE)
    drop(console, a_file(tmp_path, "ภาพจากพยาน.png", a_png(960, 540)))
    card = console.window.files.card
    qtbot.waitUntil(lambda: card.list.count() == 1, timeout=10_000)
    assert "ภาพจากพยาน.png" in card.list.item(0).text()
    qtbot.waitUntil(lambda: "960×540" in card.facts.text(), timeout=15_000)
    assert not card.picture.pixmap().isNull()
    (entry,) = [
        one for one in console.log.entries_of(incident.id) if one.kind == "attachment_added"
    ]
    kept = console.folder.evidence / str(entry.data()["file_name"])
    assert kept.read_bytes() == a_png(960, 540)

    qtbot.waitUntil(lambda: QApplication.focusWidget() is card.list, timeout=5_000)
    press(Qt.Key.Key_O)
    assert card.sure.isVisible() and not opened
    card.sure.click()
    qtbot.waitUntil(lambda: opened == [kept], timeout=5_000)
    kinds = [one.kind for one in console.log.entries_of(incident.id)]
    assert kinds[-1] == "attachment_taken_out"

    console.window.files.attach([a_file(tmp_path, "รูป.png", b"MZ\x90\x00" + bytes(60))])
    qtbot.waitUntil(lambda: card.words.property("state") == "red", timeout=10_000)
    assert card.list.count() == 1
    card.leave()
    assert not card.isVisible()
    press(Qt.Key.Key_U, CONTROL)
    assert card.isVisible()
