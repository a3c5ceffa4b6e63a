"""The manual: a page for each place, keys that exist, pictures that are there, and F1."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Console
from app.demo import manual_pictures
from app.ui.manual.pages import PICTURES, Page, pages
from app.ui.rail import places
from tests.ui.driving import press

TYPED = frozenset(("ลัก", "20"))  # what the officer is told to type, and no key
_SPAN = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)]+)\)")
_PICTURE = re.compile(r"!\[[^\]]*\]\(([^)]+)\)")
_ANYWHERE = frozenset(
    ("Esc", "?", "Enter", "Ctrl Enter", "Space", "J", "K", "L", ",", ".", "←", "→")
)


def caps(page: Page) -> set[str]:
    """The keys a page speaks of; words in Thai and dates are what is typed."""
    found = {span for span in _SPAN.findall(page.text) if span not in TYPED}
    return {span for span in found if not re.search(r"[\u0e00-\u0e7f]|\d/\d", span)}


def test_every_place_has_a_page_and_every_page_a_title() -> None:
    known = {page.id for page in pages()}
    assert {place.id for place in places()} <= known
    assert all(page.title and page.text.startswith("# ") for page in pages())


def test_links_lead_to_pages_and_pictures_are_there() -> None:
    known = {f"{page.id}.md" for page in pages()}
    for page in pages():
        assert set(_LINK.findall(page.text)) <= known, page.id
        for picture in _PICTURE.findall(page.text):
            image = QImage(str(PICTURES / picture))
            assert 400 <= image.width() <= 900, (page.id, picture)


def test_every_key_the_manual_names_is_a_key_of_the_console(console: Console) -> None:
    actions = console.window.actions_known
    shown = {action.shown for action in actions} | _ANYWHERE
    for page in pages():
        assert caps(page) <= shown, (page.id, caps(page) - shown)


@pytest.mark.qt_log_ignore("This plugin does not support")  # the off-screen display
def test_f1_opens_the_page_of_what_is_being_done(console: Console, qtbot: QtBot) -> None:
    window = console.window
    for place in ("live", "map", "review"):
        window.show_place(place)
        press(Qt.Key.Key_F1)
        assert window.manual.isVisible() and window.manual.page_id == place
        window.manual.close()
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        window.live.table.setFocus()
    window.open_intake()
    press(Qt.Key.Key_F1)
    assert window.manual.page_id == "intake"
    assert "F2" in window.manual.text.toPlainText()
    window.manual.close()


def test_the_pictures_are_made_from_the_shots_and_missing_ones_named(tmp_path: Path) -> None:
    shots = tmp_path / "shots"
    shots.mkdir()
    for screen in list(manual_pictures.SCREENS.values())[1:]:
        image = QImage(1366, 768, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.darkBlue)
        image.save(str(shots / f"{screen}_th_1366.png"))
    missing = manual_pictures.make_pictures(shots, tmp_path / "pictures")
    assert missing == [next(iter(manual_pictures.SCREENS.values()))]
    made = {path.stem for path in (tmp_path / "pictures").iterdir()}
    assert made == set(list(manual_pictures.SCREENS)[1:])


@pytest.mark.parametrize("name", sorted(manual_pictures.SCREENS))
def test_a_picture_is_small_enough_to_ship(name: str) -> None:
    assert (PICTURES / f"{name}.jpg").stat().st_size < 200_000
