"""The words Qt itself says, in the language of the program: menus of text fields and scroll bars,
the file dialog where the desktop gives none of its own. Qt is shipped without Thai.
"""

from __future__ import annotations

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from app.errors import Message, msg
from app.thai.translation import Language, language, say

_TEXT = {
    "&Undo": msg("Undo"),
    "&Redo": msg("Redo"),
    "Cu&t": msg("Cut"),
    "&Copy": msg("Copy"),
    "&Paste": msg("Paste"),
    "Delete": msg("Delete"),
    "Select All": msg("Select all"),
}
_LONG_TEXT = _TEXT | {"Copy &Link Location": msg("Copy the link")}
_SPIN_BOX = {
    "&Select All": msg("Select all"),
    "&Step up": msg("More"),
    "Step &down": msg("Less"),
}
_SCROLL_BAR = {
    "Scroll here": msg("Scroll to here"),
    "Top": msg("To the top"),
    "Bottom": msg("To the bottom"),
    "Left edge": msg("To the left edge"),
    "Right edge": msg("To the right edge"),
    "Page up": msg("A page up"),
    "Page down": msg("A page down"),
    "Page left": msg("A page to the left"),
    "Page right": msg("A page to the right"),
    "Scroll up": msg("Up"),
    "Scroll down": msg("Down"),
    "Scroll left": msg("To the left"),
    "Scroll right": msg("To the right"),
}
_BUTTONS = {
    "OK": msg("OK"),
    "Open": msg("Open"),
    "Save": msg("Save"),
    "Cancel": msg("Cancel"),
    "&Yes": msg("Yes"),
    "&No": msg("No"),
    "Discard": msg("Discard"),
}
_FILE_DIALOG = {
    "&Look in:": msg("In:"),
    "Directory:": msg("Folder:"),
    "File &name:": msg("File name:"),
    "Files of &type:": msg("Kind of file:"),
    "&Open": msg("Open"),
    "&Save": msg("Save"),
    "&Choose": msg("Choose"),
    "Open": msg("Open"),
    "Save As": msg("Save as"),
    "Find Directory": msg("Choose a folder"),
    "All Files (*)": msg("All files (*)"),
    "Back": msg("Back"),
    "Go back": msg("Back"),
    "Forward": msg("Forward"),
    "Go forward": msg("Forward"),
    "Parent Directory": msg("The folder above"),
    "Go to the parent directory": msg("The folder above"),
    "Create New Folder": msg("New folder"),
    "Create a New Folder": msg("New folder"),
    "New Folder": msg("New folder"),
    "&New Folder": msg("New folder"),
    "List View": msg("As a list"),
    "Change to list view mode": msg("As a list"),
    "Detail View": msg("With size and time"),
    "Change to detail view mode": msg("With size and time"),
    "Sidebar": msg("Where files are kept"),
    "List of places and bookmarks": msg("Where files are kept"),
    "Recent Places": msg("Used before"),
    "Files": msg("Files"),
    "Directories": msg("Folders"),
    "Show &hidden files": msg("Hidden files too"),
    "&Rename": msg("Rename"),
    "&Delete": msg("Delete"),
    "Delete": msg("Delete"),
    "%1 already exists.\nDo you want to replace it?": msg(
        "%1 is there already.\nShall it be replaced?"
    ),
    "%1\nFile not found.\nPlease verify the correct file name was given.": msg(
        "%1\nThere is no such file. Look at its name again."
    ),
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.": msg(
        "%1\nThere is no such folder. Look at its name again."
    ),
    "Are you sure you want to delete '%1'?": msg("Delete “%1”?"),
    "'%1' is write protected.\nDo you want to delete it anyway?": msg(
        "“%1” is protected against changes.\nDelete it all the same?"
    ),
    "Could not delete directory.": msg("The folder could not be deleted."),
}
_FILES = {
    "Name": msg("Name"),
    "Size": msg("Size"),
    "Type": msg("Kind of file"),
    "Date Modified": msg("Last changed"),
    "Computer": msg("This computer"),
}
_KINDS = {
    "Drive": msg("Drive"),
    "Folder": msg("Folder"),
    "File Folder": msg("Folder"),
    "File": msg("File"),
    "Shortcut": msg("Link to a file"),
}
QT_SAYS: dict[str, dict[str, Message]] = {
    "QLineEdit": _TEXT,
    "QWidgetTextControl": _LONG_TEXT,
    "QAbstractSpinBox": _SPIN_BOX,
    "QScrollBar": _SCROLL_BAR,
    "QPlatformTheme": _BUTTONS,
    "QFileDialog": _FILE_DIALOG,
    "QFileSystemModel": _FILES,
    "QAbstractFileIconProvider": _KINDS,
}
"""By the class that says it, as Qt's own catalogues have them: its English, and ours."""


class QtWords(QTranslator):
    """Asked anew whenever Qt says something, so that it follows a change of language by itself."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        if language() is Language.ENGLISH:
            return None
        words = QT_SAYS.get(context, {}).get(source)
        return None if words is None else say(words)


def teach_qt(application: QApplication) -> None:
    """From now on; the words belong to the application."""
    application.installTranslator(QtWords(application))
