"""What was printed: the PDF itself, kept under its hash, and the log's word on it.

A paper is stored before its entry is written, and never changed: printed again, the same bytes go
out. Facts, their table, and the acts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from app.clock import from_stored
from app.errors import KnownError, msg
from app.log import Actor, Connection, Entry, Fact, Log, Row
from app.sheets.log_extracted import EXTRACT, LogExtracted
from app.sheets.sheet import Typeset
from app.station import Disk
from app.station.disk import reading_trouble

STATION = "station"
"""The subject of a paper that is about no one thing."""


class How(StrEnum):
    """What became of a paper. One that was only looked at is not recorded."""

    PRINTED = "printed"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class SheetPrinted:
    """A paper was set and left the screen: to a printer, or as a file. `to`: which printer."""

    kind: ClassVar[str] = "sheet_printed"
    sheet: str
    about: str
    title: str
    pdf_sha256: str
    data_sha256: str
    template: str
    versions: Mapping[str, str]
    pages: int
    options: Mapping[str, Any]
    how: How
    to: str = ""

    @property
    def subject(self) -> str:
        return self.about or STATION

    def body(self) -> Mapping[str, Any]:
        return {
            "sheet": self.sheet,
            "title": self.title,
            "pdf_sha256": self.pdf_sha256,
            "data_sha256": self.data_sha256,
            "template": self.template,
            "versions": dict(self.versions),
            "pages": self.pages,
            "options": dict(self.options),
            "how": self.how,
            "to": self.to,
        }


@dataclass(frozen=True, slots=True)
class SheetPrintedAgain:
    """The stored bytes of a paper went out once more; `is_copy`: marked as a copy on the way."""

    kind: ClassVar[str] = "sheet_printed_again"
    sheet: str
    about: str
    title: str
    pdf_sha256: str
    pages: int
    how: How
    to: str = ""
    is_copy: bool = False

    @property
    def subject(self) -> str:
        return self.about or STATION

    def body(self) -> Mapping[str, Any]:
        return {
            "sheet": self.sheet,
            "title": self.title,
            "pdf_sha256": self.pdf_sha256,
            "pages": self.pages,
            "how": self.how,
            "to": self.to,
            "is_copy": self.is_copy,
        }


@dataclass(frozen=True, slots=True)
class Paper:
    """One printing as the log knows it; `seq`: its place in the log's order; `is_again`: of a
    paper that was there already."""

    entry_id: str
    seq: int
    at: datetime
    actor: str
    subject: str
    sheet: str
    title: str
    pdf_sha256: str
    data_sha256: str
    template: str
    pages: int
    options: Mapping[str, Any]
    how: How
    to: str
    is_again: bool
    is_copy: bool


class PapersView:
    """The table `papers`: one row for each time that a paper went out."""

    tables = ("papers",)
    kinds = frozenset({SheetPrinted.kind, SheetPrintedAgain.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS papers(entry_id TEXT PRIMARY KEY, seq INTEGER NOT NULL,"
            " at TEXT NOT NULL, actor TEXT NOT NULL, subject TEXT NOT NULL, sheet TEXT NOT NULL,"
            " title TEXT NOT NULL, pdf_sha256 TEXT NOT NULL, data_sha256 TEXT NOT NULL,"
            " template TEXT NOT NULL, pages INTEGER NOT NULL, options TEXT NOT NULL,"
            " how TEXT NOT NULL, sent_to TEXT NOT NULL, again INTEGER NOT NULL,"
            " copy INTEGER NOT NULL) STRICT"
        )
        db.execute("CREATE INDEX IF NOT EXISTS papers_in_order ON papers(seq)")
        db.execute("CREATE INDEX IF NOT EXISTS papers_about ON papers(subject, seq)")
        db.execute("CREATE INDEX IF NOT EXISTS papers_by_hash ON papers(pdf_sha256)")
        db.execute("CREATE INDEX IF NOT EXISTS papers_by_data ON papers(data_sha256)")

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if not data:
            return  # erased: that something was printed stays in the log, what it was does not
        db.execute(
            "INSERT OR REPLACE INTO papers VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (entry.id, entry.seq, entry.at, entry.actor, entry.subject, data["sheet"],
             data["title"], data["pdf_sha256"], data.get("data_sha256", ""),
             data.get("template", ""), data["pages"],
             json.dumps(data.get("options", {}), ensure_ascii=False), data["how"],
             data.get("to", ""), entry.kind == SheetPrintedAgain.kind, data.get("is_copy", False)),
        )  # fmt: skip


def printed(db: Connection, limit: int, before_seq: int | None = None) -> list[Paper]:
    """What went out, the newest first; `before_seq`: only what stands before it in the log.

    Not by time: several papers may have gone out in the same instant, and clocks are set back.
    """
    rows = db.execute(
        "SELECT * FROM papers WHERE (? IS NULL OR seq < ?) ORDER BY seq DESC LIMIT ?",
        (before_seq, before_seq, limit),
    )
    return [_paper(row) for row in rows]


def of_subject(db: Connection, subject: str) -> list[Paper]:
    """What went out about an incident, a handover …, the newest first."""
    rows = db.execute("SELECT * FROM papers WHERE subject = ? ORDER BY seq DESC", (subject,))
    return [_paper(row) for row in rows]


def times_printed(db: Connection, sheet: str, subject: str) -> int:
    """How often a paper of this kind was set anew about this subject: the next is one more."""
    row = db.execute(
        "SELECT count(*) FROM papers WHERE sheet = ? AND subject = ? AND again = 0",
        (sheet, subject or STATION),
    ).fetchone()
    return int(row[0])


def paper_of_hash(db: Connection, sha256: str) -> Paper | None:
    """The first printing of these bytes; None: this station printed no such paper."""
    row = db.execute(
        "SELECT * FROM papers WHERE pdf_sha256 = ? ORDER BY seq LIMIT 1", (sha256,)
    ).fetchone()
    return None if row is None else _paper(row)


def papers_of_data(db: Connection, sha256: str) -> list[Paper]:
    """Papers that say this, by the hash of what is attached to them; the oldest first."""
    rows = db.execute("SELECT * FROM papers WHERE data_sha256 = ? ORDER BY seq", (sha256,))
    return [_paper(row) for row in rows]


def _paper(row: Row) -> Paper:
    return Paper(
        entry_id=row["entry_id"],
        seq=row["seq"],
        at=from_stored(row["at"]),
        actor=row["actor"],
        subject=row["subject"],
        sheet=row["sheet"],
        title=row["title"],
        pdf_sha256=row["pdf_sha256"],
        data_sha256=row["data_sha256"],
        template=row["template"],
        pages=row["pages"],
        options=json.loads(row["options"]),
        how=How(row["how"]),
        to=row["sent_to"],
        is_again=bool(row["again"]),
        is_copy=bool(row["copy"]),
    )


# -- the files ----------------------------------------------------------------------------------


def paper_file(papers: Path, sha256: str) -> Path:
    """Where the paper with this hash lies in the station's `papers` folder."""
    return papers / f"{sha256}.pdf"


def keep(papers: Path, typeset: Typeset, disk: Disk) -> Path:
    """Store the paper under its hash; on the disk when this returns. Raises KnownError.

    One that lies there whole is left; one that was damaged is written anew.
    """
    path = paper_file(papers, typeset.sha256)
    if not (path.is_file() and _sha256_of(path) == typeset.sha256):
        disk.make_folders(papers)
        disk.write(path, typeset.pdf)
    return path


def stored(papers: Path, sha256: str) -> bytes:
    """The bytes of a stored paper, held against their hash. KnownError: missing or altered."""
    path = paper_file(papers, sha256)
    try:
        pdf = path.read_bytes()
    except FileNotFoundError as error:
        raise _lost(msg("The stored paper {file} is missing.", file=path.name)) from error
    except OSError as error:
        raise reading_trouble(error, path) from error
    if hashlib.sha256(pdf).hexdigest() != sha256:
        raise _lost(msg("The stored paper {file} was altered or is damaged.", file=path.name))
    return pdf


def _lost(what: Any) -> KnownError:
    return KnownError(
        what,
        safe=msg("Nothing was printed; the log still says who printed it, and when."),
        do=msg("Put the file back from a backup, or print the paper anew."),
    )


def _sha256_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""  # unreadable: written anew


# -- the acts -----------------------------------------------------------------------------------


def record_printed(
    log: Log, typeset: Typeset, how: How, *, to: str = "", actor: Actor, at: datetime | None = None
) -> Future[tuple[Entry, ...]]:
    """Record that a paper went out; it must be kept already."""
    sheet = typeset.sheet
    fact = SheetPrinted(
        sheet=sheet.kind,
        about=sheet.subject,
        title=sheet.title,
        pdf_sha256=typeset.sha256,
        data_sha256=typeset.data_sha256,
        template=typeset.template,
        versions=typeset.versions,
        pages=typeset.pages,
        options=sheet.options,
        how=how,
        to=to,
    )
    return log.append(*_with_its_right(fact), actor=actor, at=at)


def record_printed_again(
    log: Log, paper: Paper, how: How, *, to: str = "", is_copy: bool = False, actor: Actor
) -> Future[tuple[Entry, ...]]:
    """Record that the stored bytes of a paper went out again."""
    about = "" if paper.subject == STATION else paper.subject
    fact = SheetPrintedAgain(
        paper.sheet, about, paper.title, paper.pdf_sha256, paper.pages, how, to, is_copy
    )
    return log.append(*_with_its_right(fact), actor=actor)


def _with_its_right(fact: SheetPrinted | SheetPrintedAgain) -> list[Fact]:
    """An extract of the log tells of itself in an entry that supervisors alone may write."""
    if fact.sheet != EXTRACT:
        return [fact]
    return [fact, LogExtracted(fact.title, fact.pdf_sha256)]
