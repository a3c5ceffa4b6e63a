"""Checks stored entries one by one against their chains. Trusts nothing it reads; streams.

Works on bytes as stored, so that text that is no text is a finding too, and knows no view. Some
entries may be checked without what stands before them, and joined to that afterwards.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.errors import Message, msg
from app.log import rights
from app.log.chain import GENESIS
from app.log.entry_rows import COLUMNS, Head
from app.log.findings import Finding, Findings
from app.log.seals import DAY_SEALED, SealMet

_NAMES = tuple(COLUMNS.split(", "))
_GENESIS = GENESIS.encode()
_DAY_SEALED = DAY_SEALED.encode()
_RESTORED = rights.LOG_RESTORED.encode()
_MEANT = frozenset((_DAY_SEALED, _RESTORED, rights.ERASED.encode()))
_sha256 = hashlib.sha256

Rows = Sequence[tuple[object, ...]]  # with the columns of `COLUMNS`, text as the bytes stored
Place = tuple[int, bytes]  # n and hash of the newest entry of an origin
Before = Callable[[bytes, int], Place | None]


def from_the_beginning(origin: bytes, n: int) -> Place:
    """What stands before the first entry of an origin when the whole log is read."""
    return 0, _GENESIS


def not_known(origin: bytes, n: int) -> None:
    """What stands before a stretch that was read by itself: `ChainCheck.join` looks at it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a check learnt of some rows in a row in which it found nothing wrong.

    `after_seq`, `last_seq`: the row before them and their last. `begins`: before the first row of
    each origin, what that row says stands there; `places`: the last row of each. `emptied`: bodies
    gone, by the entry's name, that no entry among these rows erased; `erasing`: what they erase
    that was not among them.
    """

    after_seq: int
    last_seq: int
    begins: dict[bytes, Place]
    places: dict[bytes, Place]
    emptied: dict[bytes, int]
    erasing: list[bytes]
    entries: int
    erased: int
    seals: list[SealMet]
    restored: list[str]


class ChainCheck:
    """Takes rows in order of `seq`, after the row `seq`. `before` says what stands before an
    origin's first row here; None: nobody knows yet."""

    def __init__(self, findings: Findings, before: Before = from_the_beginning, seq: int = 0):
        self._findings = findings
        self._before = before
        self._after_seq = self._seq = seq
        self._begins: dict[bytes, Place] = {}
        self._places: dict[bytes, Place] = {}
        self._emptied: dict[bytes, int] = {}  # bodies gone, no `erased` entry seen yet
        self._erasing: list[bytes] = []  # what was not seen here
        self.is_cut_short = False
        """A page could not be read: what comes after it says nothing."""
        self.entries = 0
        self.erased = 0
        self.seals: list[SealMet] = []
        self.restored: list[str] = []

    def read(self, pieces: Iterator[Rows]) -> None:
        """Check every row; a page that cannot be read ends it, and is a finding itself. After the
        last rows, `finish`."""
        try:
            for rows in pieces:
                if not self._are_plainly_sound(rows):
                    for row in rows:
                        self._take(row)
        except sqlite3.DatabaseError as error:
            what = msg("From here on the file is damaged and cannot be read.")
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_IOERR:
                what = msg("From here on the disk cannot be read.")
            self._findings.add(Finding(what, f"seq {self._seq + 1}"), self._seq + 1)
            self.is_cut_short = True

    def finish(self) -> None:
        """All rows were read. If not, who erased what is gone may stand where nothing was read."""
        if self.is_cut_short:
            return
        for entry_id, seq in self._emptied.items():
            what = msg("What it says was taken out, and no entry says who erased it.")
            self._findings.add(Finding(what, _text(entry_id)), seq)

    def stretch(self) -> Stretch:
        """What was learnt of the rows read so far: worth something only if nothing was found."""
        return Stretch(
            self._after_seq, self._seq, self._begins, self._places, self._emptied, self._erasing,
            self.entries, self.erased, self.seals, self.restored,
        )  # fmt: skip

    def join(self, stretch: Stretch) -> bool:
        """Take the rows that come next as read; False, and nothing is taken, if they do not follow
        on those that were read here."""
        if self.is_cut_short or stretch.after_seq != self._seq:
            return False
        for origin, before in stretch.begins.items():
            if before != (self._places.get(origin) or self._before(origin, before[0] + 1)):
                return False
        heads = {head.origin: head for head in self.heads()}
        for seal in stretch.seals:
            now = heads | {head.origin: head for head in seal.heads}
            self.seals.append(replace(seal, heads=tuple(now[name] for name in sorted(now))))
        for subject in stretch.erasing:
            self._erase(subject)
        self._seq = stretch.last_seq
        self._places |= stretch.places
        self._emptied |= stretch.emptied
        self.entries += stretch.entries
        self.erased += stretch.erased
        self.restored += stretch.restored
        return True

    def heads(self) -> tuple[Head, ...]:
        """Where each origin's chain ends."""
        return tuple(
            Head(_text(origin), n, _text(digest))
            for origin, (n, digest) in sorted(self._places.items())
        )

    def _are_plainly_sound(self, rows: Rows) -> bool:
        """Count them and go on when all are as they should be and mean nothing to this check, as
        nearly all are: millions every night, so whole columns are compared. Whatever else they are,
        `_take` finds out."""
        columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True))
        seq, origin, n, at, actor, subject, kind, body, body_hash, prev, digest = columns
        place = self._places.get(origin[0])
        try:
            if (
                place is None
                or not {*map(type, seq), *map(type, n)} <= {int}
                or seq != tuple(range(self._seq + 1, self._seq + 1 + len(rows)))
                or n != tuple(range(place[0] + 1, place[0] + 1 + len(rows)))
                or origin.count(origin[0]) != len(rows)
                or prev != (place[1], *digest[:-1])
                or not _MEANT.isdisjoint(kind)
                or _hashes_of(body) != body_hash
            ):
                return False
            fields = zip(
                prev, origin, map(b"%d".__mod__, n), at, actor, subject, kind, body_hash,
                strict=True,
            )  # fmt: skip
            if _hashes_of(map(b"\x1f".join, fields)) != digest:
                return False
        except TypeError:  # a column that is no text, or empty
            return False
        self._seq = seq[-1]
        self._places[origin[0]] = (n[-1], digest[-1])
        self.entries += len(rows)
        return True

    def _take(self, row: tuple[object, ...]) -> None:
        self.entries += 1
        wrong = _wrong_type(row)
        if wrong is not None:
            what = msg("Its field “{field}” is empty or not of its kind.", field=wrong)
            self._findings.add(Finding(what, _name(row)), _whole(row[0]))
            self._seq = _whole(row[0])
            return
        self._check(*row)  # type: ignore[arg-type]  # the types were checked just now

    def _check(
        self,
        seq: int,
        origin: bytes,
        n: int,
        at: bytes,
        actor: bytes,
        subject: bytes,
        kind: bytes,
        body: bytes | None,
        body_hash: bytes,
        prev: bytes,
        digest: bytes,
    ) -> None:
        if kind == _RESTORED:
            self.restored.append(f"{_text(origin)}:{n}")
        if kind == _DAY_SEALED:
            said = None if body is None else _text(body)
            seal = SealMet(f"{_text(origin)}:{n}", _text(at), said, self.heads())
            self.seals.append(seal)
        place = self._places.get(origin) or self._before(origin, n)
        if place is None:
            place = self._begins[origin] = (n - 1, prev)
        fields = (prev, origin, b"%d" % n, at, actor, subject, kind, body_hash)
        what: Message | None = None
        if seq != self._seq + 1:
            what = msg("Entries are missing before it, or their order was changed.")
        elif n != place[0] + 1:
            what = msg(
                "The chain of {origin} jumps from {before} to {n}: entries are missing.",
                origin=_text(origin),
                before=place[0],
                n=n,
            )
        elif prev != place[1]:
            what = msg("It does not follow the entry before it.")
        elif body is not None and hashlib.sha256(body).hexdigest().encode() != body_hash:
            what = msg("What it says was changed after it was recorded.")
        elif hashlib.sha256(b"\x1f".join(fields)).hexdigest().encode() != digest:
            what = msg("Its time, actor, subject, kind or hash was changed after it was recorded.")
        if what is not None:
            self._findings.add(Finding(what, f"{_text(origin)}:{n}"), seq)
        self._seq = seq
        self._places[origin] = (n, digest)
        self._note_erasure(b"%s:%d" % (origin, n), seq, body, kind, subject, what is None)

    def _note_erasure(
        self,
        entry_id: bytes,
        seq: int,
        body: bytes | None,
        kind: bytes,
        subject: bytes,
        sound: bool,
    ) -> None:
        if body is None:
            self._emptied[entry_id] = seq
        if kind == b"erased" and sound:
            self._erase(subject)

    def _erase(self, subject: bytes) -> None:
        if self._emptied.pop(subject, None) is None:
            self._erasing.append(subject)
        else:
            self.erased += 1


def _hashes_of(texts: Iterable[bytes]) -> tuple[bytes, ...]:
    """SHA-256 in hexadecimal digits, of each. TypeError: one is no text."""
    digits = b"".join([_sha256(text).digest() for text in texts]).hex().encode()
    return tuple([digits[start : start + 64] for start in range(0, len(digits), 64)])


def _wrong_type(row: tuple[object, ...]) -> str | None:
    """The first column whose value STRICT would not have let in."""
    for name, value in zip(_NAMES, row, strict=True):
        if name in ("seq", "n"):
            fits = type(value) is int
        else:
            fits = type(value) is bytes or (name == "body" and value is None)
        if not fits:
            return name
    return None


def _name(row: tuple[object, ...]) -> str:
    """A name for a row whose fields cannot be trusted: its id when it has one, else its place."""
    origin, n = row[1], row[2]
    if isinstance(origin, bytes) and isinstance(n, int):
        return f"{_text(origin)}:{n}"
    return f"seq {_whole(row[0])}"


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", errors="replace")
