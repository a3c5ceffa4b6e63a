"""Asking where a file is or shall be. Never modal: alarms must be seen and heard meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

Chosen = Callable[[Path], object]


def documents() -> str:
    """Where a person keeps files: never the program's own folder."""
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def choose_file(parent: QWidget, title: str, filters: list[str], chosen: Chosen) -> None:
    """A file that is there, of one of these kinds: `Tables (*.csv *.txt)`."""
    dialog = _dialog(parent, title, documents(), chosen)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(filters)
    dialog.open()


def choose_folder(parent: QWidget, title: str, first: str, chosen: Chosen) -> None:
    """A folder, from the folder `first` on."""
    dialog = _dialog(parent, title, first, chosen)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, True)
    dialog.open()


def choose_new_file(
    parent: QWidget, title: str, name: str, suffixes: dict[str, str], chosen: Chosen
) -> None:
    """A file to be written. `suffixes`: the words of each kind of file and the suffix it gets, the
    first the usual one: `{"GeoJSON (*.geojson)": "geojson"}`."""
    dialog = _dialog(parent, title, documents(), chosen)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(list(suffixes))
    dialog.setDefaultSuffix(next(iter(suffixes.values())))
    dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(suffixes[words]))
    dialog.selectFile(name)
    dialog.open()


def _dialog(parent: QWidget, title: str, first: str, chosen: Chosen) -> QFileDialog:
    dialog = QFileDialog(parent, title, first)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    return dialog
