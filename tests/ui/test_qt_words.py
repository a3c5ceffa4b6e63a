"""What Qt itself says, in the language of the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
)

from app.thai.translation import Language, say, set_language
from app.ui.qt_words import QT_SAYS, QtWords, teach_qt

_THAI = re.compile("[ก-๙]")
_PAIRS = [(context, words) for context, said in QT_SAYS.items() for words in said]


@pytest.fixture(autouse=True)
def taught(qapp: QApplication) -> Iterator[None]:
    teach_qt(qapp)
    yield
    for taught in qapp.findChildren(QtWords):
        qapp.removeTranslator(taught)


@pytest.mark.parametrize(("context", "words"), _PAIRS)
def test_qt_does_say_it_and_there_is_thai_for_it(context: str, words: str) -> None:
    """Its catalogue for German holds whatever it has ever said."""
    german = QTranslator()
    if not german.load("qtbase_de", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        pytest.skip("this Qt came without its catalogues")
    assert german.translate(context, words)
    assert _THAI.search(say(QT_SAYS[context][words], Language.THAI))
    assert words.count("%1") == say(QT_SAYS[context][words], Language.THAI).count("%1")


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_menu_of_a_field_is_thai_and_follows_the_language(
    kind: type[QLineEdit | QPlainTextEdit],
) -> None:
    field = kind()
    thai = [one.text() for one in field.createStandardContextMenu().actions() if one.text()]
    assert len(thai) == 7 and all(map(_THAI.search, thai))
    assert thai[4] == "วาง\tCtrl+V"
    set_language(Language.ENGLISH)
    english = [one.text() for one in field.createStandardContextMenu().actions() if one.text()]
    assert english[4] == "&Paste\tCtrl+V"


@pytest.mark.parametrize("mode", QFileDialog.AcceptMode)
@pytest.mark.parametrize("files", [QFileDialog.FileMode.Directory, QFileDialog.FileMode.AnyFile])
def test_the_file_dialog_is_thai(
    mode: QFileDialog.AcceptMode, files: QFileDialog.FileMode, tmp_path: Path
) -> None:
    dialog = QFileDialog(None, "เลือก", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    dialog.setFileMode(files)
    dialog.show()
    QCoreApplication.processEvents()
    said = {one.text() for one in dialog.findChildren(QLabel)}
    said |= {one.text() or one.toolTip() for one in dialog.findChildren(QAbstractButton)}
    assert {words for words in said if words and not _THAI.search(words)} == set()
    dialog.close()


def test_what_it_does_not_know_is_qt_s_own() -> None:
    assert QCoreApplication.translate("QShortcut", "Ctrl") == "Ctrl"
    assert QCoreApplication.translate("QLineEdit", "never said") == "never said"
