"""Exports that a crash or a power cut ended: found by their journal at the next start, taken away.

A journal lies in the station's evidence folder while a package is written. Nothing is resumed: a
package is minutes of copying, and a half one that is whole by accident would prove too little.
"""

from __future__ import annotations

import json
import logging
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from app.errors import KnownError
from app.evidence.export_order import PackageForm
from app.evidence.exports import ExportRemoved, export_named
from app.evidence.office import EvidenceOffice
from app.evidence.package_writer import PACKAGE_NAME, final_path, unfinished_path
from app.log import Actor, Role

CLEANER = Actor("exports", Role.PROGRAM)
CUT_SHORT = "cut short"
_END = ".export.json"

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Journal:
    """What is under way: enough to take it away later. `about` is what the log calls it by."""

    package: str
    about: str
    target: str
    form: str

    @property
    def unfinished(self) -> Path:
        return unfinished_path(Path(self.target), self.package, PackageForm(self.form))

    @property
    def final(self) -> Path:
        return final_path(Path(self.target), self.package, PackageForm(self.form))


def journal_file(folder: Path, package: str) -> Path:
    """Where the journal of a package lies."""
    return folder / f"{package}{_END}"


def begin_journal(office: EvidenceOffice, journal: Journal) -> Path:
    """On the disk before the package's first byte. Raises KnownError."""
    office.disk.make_folders(office.folder.evidence)
    path = journal_file(office.folder.evidence, journal.package)
    office.disk.write(path, json.dumps(asdict(journal), ensure_ascii=False).encode())
    return path


def names_under_way(folder: Path) -> set[str]:
    """Packages whose journal is still there."""
    return {path.name.removesuffix(_END) for path in folder.glob(f"*{_END}")}


def remove_unfinished(office: EvidenceOffice) -> list[ExportRemoved]:
    """At the console's start: take away what was cut short; each is an entry. The removed ones.

    A target that is not connected now is tried again at the next start. Raises KnownError: the
    log cannot be written.
    """
    removed = []
    for path in sorted(office.folder.evidence.glob(f"*{_END}")):
        journal = _read(path)
        if journal is None:
            _logger.warning("a journal of an export that cannot be read: %s", path.name)
            continue
        if journal.package in office.under_way:
            continue
        if not Path(journal.target).is_dir():
            _logger.info("the target of %s is not there; it is looked at again", journal.package)
            continue
        try:
            fact = _settle(office, journal)
            office.disk.remove(path)
        except (OSError, KnownError) as error:
            _logger.warning("%s cannot be taken away: %s", journal.package, error)
            continue
        if fact is not None:
            removed.append(fact)
    return removed


def _settle(office: EvidenceOffice, journal: Journal) -> ExportRemoved | None:
    """None: the package had got its name and only the journal was left, or all is told already."""
    with office.log.reading() as db:
        known = export_named(db, journal.package)
    left = journal.unfinished
    if known is not None and journal.final.exists() and not left.exists():
        return None
    if left.is_symlink() or left.is_file():
        left.unlink()
    elif left.is_dir():
        shutil.rmtree(left)
    if known is not None and known.was_removed:
        return None
    fact = ExportRemoved(journal.package, journal.about, journal.target, CUT_SHORT)
    office.log.append(fact, actor=CLEANER).result()
    return fact


def _read(path: Path) -> Journal | None:
    """None for what is no journal of ours: nothing is deleted on its word."""
    try:
        journal = Journal(**json.loads(path.read_text("utf-8")))
        PackageForm(journal.form)
    except (OSError, ValueError, TypeError):
        return None
    texts = (journal.package, journal.about, journal.target)
    whole = all(isinstance(text, str) and text for text in texts)
    ours = whole and PACKAGE_NAME.fullmatch(journal.package)
    return journal if ours and path.name == f"{journal.package}{_END}" else None
