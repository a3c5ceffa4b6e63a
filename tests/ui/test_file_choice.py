"""Asking for files: what is asked, what comes of the answer, and that nothing waits for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.ui.file_choice import choose_file, choose_folder, choose_new_file, documents

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


def dialog_of(parent: QWidget) -> QFileDialog:
    dialog = parent.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.isVisible()
    return dialog


def test_the_file_that_is_chosen_is_passed_on_once_and_the_dialog_goes(
    parent: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    file, chosen = tmp_path / "กล้อง.csv", list[Path]()
    file.write_text("id")
    choose_file(parent, "Take", ["Tables (*.csv)"], chosen.append)
    dialog = dialog_of(parent)
    assert dialog.nameFilters() == ["Tables (*.csv)"]
    dialog.selectFile(str(file))
    dialog.accept()
    assert chosen == [file]
    qtbot.waitUntil(lambda: parent.findChild(QFileDialog) is None)


def test_a_dialog_that_is_left_passes_nothing_on(parent: QWidget, qtbot: QtBot) -> None:
    chosen: list[Path] = []
    choose_folder(parent, "Export", documents(), chosen.append)
    dialog = dialog_of(parent)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.reject()
    qtbot.waitUntil(lambda: parent.findChild(QFileDialog) is None)
    assert chosen == []


def test_a_new_file_has_the_suffix_of_its_kind(parent: QWidget) -> None:
    kinds = {"Table (*.csv)": "csv", "GeoJSON (*.geojson)": "geojson"}
    choose_new_file(parent, "Write", "places-2026-11-28", kinds, lambda _path: None)
    dialog = dialog_of(parent)
    assert dialog.defaultSuffix() == "csv"
    dialog.filterSelected.emit("GeoJSON (*.geojson)")
    assert dialog.defaultSuffix() == "geojson"
    dialog.reject()
