"""The head of the log, written to a file outside the station at every seal: a witness elsewhere.

One line for each chain: time, origin, number, hash, and the fingerprint of the key that sealed it.
Whoever rewrites the log, or cuts off its end, would have to get at that file too. The medium may be
away: then nothing is lost, and the lines are written when it is back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import KnownError, msg
from app.evidence.seals import FIRST_LINE, public_key_of
from app.log import Connection, Head
from app.station.disk import Disk, reading_trouble
from app.station.signing_key import fingerprint

_TAIL_BYTES = 65_536
_MOST_BYTES = 50_000_000
_LINE = re.compile(
    r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\S+) ([1-9]\d{0,17}) ([0-9a-f]{64}) ([0-9a-f]{32})"
)

_LONGEST_BEGUN = 300
_BEGUN = re.compile(r"\d{4}-\d\d-\d\dT[^\n]{0,200}")
_NOT_WRITTEN = msg("The log is sealed all the same; nothing was written to that file.")
_ANOTHER_FILE = msg("Name a new file on another disk or a stick as head_file in station.toml.")


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line: where a chain stood at `at`, sealed by the key of `key` (its fingerprint)."""

    at: str
    head: Head
    key: str

    def text(self) -> str:
        """As it is written, without its end."""
        head = self.head
        return f"{self.at} {head.origin} {head.n} {head.hash} {self.key.replace(' ', '')}"


def lines_of(at: str, statement: str) -> tuple[HeadLine, ...]:
    """The lines of one seal, made at `at`; none of a seal that says nothing (any more)."""
    public = public_key_of(statement)
    said = statement.split("\n")
    if public is None or said[0] != FIRST_LINE:
        return ()
    heads = [line.split(" ")[1:] for line in said if line.startswith("head ")]
    key = fingerprint(public)
    return tuple(HeadLine(at, Head(origin, int(n), digest), key) for origin, n, digest in heads)


def read_heads(path: Path) -> list[HeadLine]:
    """Every line of the file. Raises KnownError: it cannot be read, or holds none."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _no_heads(path)
        text = path.read_text("utf-8", errors="replace")
    except OSError as error:
        raise reading_trouble(error, path) from error
    found = _read(text)
    if not found:
        raise _no_heads(path)
    return found


def _read(text: str) -> list[HeadLine]:
    """What is no line of ours is a person's remark."""
    found = []
    for line in text.splitlines():
        match = _LINE.fullmatch(line.strip())
        if match:
            at, origin, n, digest, key = match.groups()
            groups = " ".join(key[place : place + 4] for place in range(0, len(key), 4))
            found.append(HeadLine(at, Head(origin, int(n), digest), groups))
    return found


def refuse_inside(path: Path, station: Path) -> None:
    """Raise KnownError for a file in the station's own folder: it would be no witness, and may be
    the log itself."""
    if path.resolve().is_relative_to(station.resolve()):
        raise KnownError(
            msg("The file for the heads of the log is inside the station's own folder: {path}",
                path=str(path)),
            safe=_NOT_WRITTEN,
            do=_ANOTHER_FILE,
        )  # fmt: skip


def _no_heads(path: Path) -> KnownError:
    return KnownError(
        msg("{path} is no file of heads.", path=str(path)),
        safe=msg("Nothing was checked."),
        do=msg("Choose the file that head_file in station.toml names."),
    )


@dataclass(frozen=True, slots=True)
class HeadFile:
    """The file that a station wants its heads in."""

    path: Path
    disk: Disk

    def bring_up_to_date(self, db: Connection) -> str:
        """Write the lines of all seals that are not in the file yet; the newest seal's time, as
        stored, or nothing when there is none. A new file begins with the newest.

        Raises KnownError: the medium is away, full or read-only. Then nothing was written.
        """
        rows = db.execute("SELECT at, statement FROM seals ORDER BY at")
        seals = [(str(row[0]), str(row[1])) for row in rows]
        known = [(at, found) for at, statement in seals if (found := lines_of(at, statement))]
        if not known:
            return ""
        written = self._written_until({line.head.origin for _, lines in known for line in lines})
        missing = [lines for at, lines in known if at > written] if written else [known[-1][1]]
        if missing:
            text = "".join(f"{line.text()}\n" for lines in missing for line in lines)
            self._append(text)
        return known[-1][0]

    def _written_until(self, origins: set[str]) -> str:
        """The time of the newest line about one of these chains; nothing when there is none."""
        try:
            with self.path.open("rb") as file:
                size = file.seek(0, 2)
                file.seek(max(0, size - _TAIL_BYTES))
                text = file.read().decode("utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise reading_trouble(error, self.path) from error
        return max((line.at for line in _read(text) if line.head.origin in origins), default="")

    def _append(self, text: str) -> None:
        if not self.path.parent.is_dir():
            raise KnownError(
                msg("The place for the heads of the log is not there: {path}",
                    path=str(self.path.parent)),
                safe=msg("The log is sealed all the same; the lines are written when it is back."),
                do=msg("Connect the disk or stick, or change head_file in station.toml."),
            )  # fmt: skip
        self._refuse_another_file()
        broken = self._ends_in_mid_line()
        self.disk.append(self.path, f"{chr(10) if broken else ''}{text}".encode())

    def _refuse_another_file(self) -> None:
        """What holds something, but no head, is somebody's: a slip in station.toml is no leave to
        write into it. A first line that a power cut left unfinished is ours."""
        try:
            with self.path.open("rb") as file:
                begun = file.read(_LONGEST_BEGUN)
        except FileNotFoundError:
            return
        except OSError as error:
            raise reading_trouble(error, self.path) from error
        if not begun or _BEGUN.fullmatch(begun.decode("utf-8", errors="replace")):
            return
        try:
            read_heads(self.path)
        except KnownError as error:
            raise KnownError(error.what, safe=_NOT_WRITTEN, do=_ANOTHER_FILE) from error

    def _ends_in_mid_line(self) -> bool:
        """A medium pulled out in mid-write, or a person's editor."""
        try:
            with self.path.open("rb") as file:
                if not file.seek(0, 2):
                    return False
                file.seek(-1, 2)
                return file.read(1) != b"\n"
        except FileNotFoundError:
            return False
        except OSError as error:
            raise reading_trouble(error, self.path) from error


def heads_written_down(lines: Sequence[HeadLine]) -> tuple[list[Head], set[str]]:
    """What a log has to hold, and the fingerprint that its newest seal should be by: the one of
    the newest line."""
    newest = max(lines, key=lambda line: line.at)
    return [line.head for line in lines], {newest.key}
