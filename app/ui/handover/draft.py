"""What is typed and acknowledged and not signed yet, kept over a crash and a power cut.

In a file of this desk, beside the window's state: notes name people, so only its owner may read it.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.clock import from_stored
from app.errors import KnownError
from app.station import Disk

KEPT_LIMIT = 100_000
"""Characters of notes that are kept while they are typed; a handover takes fewer."""
_MOST_ITEMS = 5_000
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Draft:
    """`notes` of the outgoing officer; `acknowledged` by the officer `incoming`: an item, saying
    this (`PageRow.key`), and when (as stored)."""

    notes: str = ""
    incoming: str = ""
    acknowledged: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not self.notes and not self.acknowledged

    def accepted_by(self, officer_id: str) -> Draft:
        """Another officer takes over: what the one before acknowledged, this one has not read."""
        if officer_id == self.incoming:
            return self
        return replace(self, incoming=officer_id, acknowledged={})

    def with_word(self, keys: tuple[str, ...], at: str) -> Draft:
        """These items are acknowledged."""
        return replace(self, acknowledged=self.acknowledged | dict.fromkeys(keys, at))

    def without_word(self, key: str) -> Draft:
        """An acknowledgement is taken back, before anything is signed."""
        kept = {one: at for one, at in self.acknowledged.items() if one != key}
        return replace(self, acknowledged=kept)


class DraftFile:
    """One draft. What cannot be read is no draft."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self._path, self._disk = path, disk

    def load(self) -> Draft:
        """What was kept; an empty draft if nothing was, or it is damaged."""
        try:
            return _checked(json.loads(self._path.read_text("utf-8")))
        except FileNotFoundError:
            return Draft()
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            _logger.info("the handover's draft could not be read; an empty one is begun")
            return Draft()

    def save(self, draft: Draft) -> None:
        """Keep it; an empty one takes the file away. Raises KnownError."""
        if draft.is_empty:
            if self._path.exists():
                self._disk.remove(self._path)
            return
        said = {
            "notes": draft.notes,
            "incoming": draft.incoming,
            "acknowledged": draft.acknowledged,
        }
        self._disk.make_folders(self._path.parent)
        text = json.dumps(said)  # escaped: half a character typed is still a file of text
        self._disk.write(self._path, text.encode(), private=True)

    def save_quietly(self, draft: Draft) -> None:
        """As the window closes: nobody is there to be told."""
        try:
            self.save(draft)
        except KnownError as error:
            _logger.warning("the handover's draft could not be kept: %s", error)


def _checked(data: dict[str, Any]) -> Draft:
    notes, items = data["notes"], data["acknowledged"]
    if not isinstance(notes, str) or len(notes) > KEPT_LIMIT or len(items) > _MOST_ITEMS:
        raise ValueError("not a draft")
    for item, at in items.items():
        from_stored(at)
        if not isinstance(item, str):
            raise TypeError("not a draft")
    return Draft(notes, str(data["incoming"]), dict(items))
