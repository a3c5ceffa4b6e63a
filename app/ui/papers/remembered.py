"""What this desk chose last for each kind of sheet: printer, paper, digits, the sheet's options.

In a file of this desk, beside the window's state: printers are this computer's, not the station's.
Options hold no names and no narratives: what a sheet is about is not remembered.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import KnownError
from app.station import Disk
from app.ui.papers.order import ARABIC, THAI_DIGITS, PrintChoice

_LONGEST = 20_000  # characters of one kind's options
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Habit:
    """Of one kind of sheet. Copies and the copy's mark are never a habit."""

    printer: str = ""
    two_sided: bool = True
    digits: str = ARABIC
    options: Mapping[str, Any] = field(default_factory=dict)

    def choice(self) -> PrintChoice:
        """How it was printed."""
        return PrintChoice(printer=self.printer, two_sided=self.two_sided)


class Remembered:
    """Read once; written when something was printed, and as the console closes."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path, self._disk = path, disk
        self._habits = self._load()
        self._is_saved = True

    def of(self, kind: str) -> Habit:
        """What was chosen for this kind; as usual if nothing was."""
        return self._habits.get(kind, Habit())

    def keep(self, kind: str, habit: Habit) -> None:
        """This from now on."""
        if self._habits.get(kind) != habit:
            self._habits[kind] = habit
            self._is_saved = False

    def save_quietly(self) -> None:
        """Not worth an error: the next time everything is as usual."""
        if self._is_saved:
            return
        said = {
            kind: {
                "printer": habit.printer,
                "two_sided": habit.two_sided,
                "digits": habit.digits,
                "options": dict(habit.options),
            }
            for kind, habit in self._habits.items()
        }
        try:
            self._disk.make_folders(self._path.parent)
            self._disk.write(self._path, json.dumps(said).encode(), private=True, lasting=False)
            self._is_saved = True
        except KnownError as error:
            _logger.warning("the choices for papers could not be kept: %s", error)

    def _load(self) -> dict[str, Habit]:
        try:
            data = json.loads(self._path.read_text("utf-8"))
            return {str(kind): _checked(said) for kind, said in data.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            _logger.info("the choices for papers could not be read; they are as usual")
            return {}


def _checked(said: Mapping[str, Any]) -> Habit:
    """Every value of its own kind; else TypeError, ValueError or KeyError."""
    options = said["options"]
    if not isinstance(options, dict) or len(json.dumps(options)) > _LONGEST:
        raise ValueError("no options")
    digits = THAI_DIGITS if said["digits"] == THAI_DIGITS else ARABIC
    return Habit(str(said["printer"]), bool(said["two_sided"]), digits, options)
