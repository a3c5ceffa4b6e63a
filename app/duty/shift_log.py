"""What the log holds of shifts: the station's table, who is on which shift, begun and ended.

Facts, their view, and the questions asked of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

from app.clock import from_stored, to_stored
from app.duty.shifts import DEFAULT_SHIFTS, Shift, ShiftTable, ShiftTime
from app.errors import KnownError, msg
from app.log import Actor, Connection, Entry, Log, Row

TABLE = "shifts"
"""What an entry about the station's table is about."""
MOST_POSTS = 40
WORDS_LIMIT = 80  # characters of a duty, a name, a unit
REASON_LIMIT = 300

Written = Future[tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class Post:
    """One person on a shift: what for, who, with which unit. Ids are empty for who has none."""

    duty: str
    name: str
    unit: str = ""
    officer_id: str = ""
    unit_id: str = ""


@dataclass(frozen=True, slots=True)
class ShiftTableSet:
    """The station divides its day so from now on."""

    kind: ClassVar[str] = "shift_table_set"
    times: tuple[ShiftTime, ...]
    reason: str

    @property
    def subject(self) -> str:
        return TABLE

    def body(self) -> Mapping[str, Any]:
        return {"times": [asdict(one) for one in self.times], "reason": self.reason}


@dataclass(frozen=True, slots=True)
class ShiftRostered:
    """Who is on a shift, all of them; it takes the place of an earlier roster of that shift."""

    kind: ClassVar[str] = "shift_rostered"
    shift: Shift
    posts: tuple[Post, ...]

    @property
    def subject(self) -> str:
        return self.shift.id

    def body(self) -> Mapping[str, Any]:
        return {**_span(self.shift), "posts": [asdict(post) for post in self.posts]}


@dataclass(frozen=True, slots=True)
class ShiftStarted:
    """An officer took over a shift: by a handover, or without one for the reason given."""

    kind: ClassVar[str] = "shift_started"
    shift: Shift
    officer_id: str
    handover_id: str = ""
    reason: str = ""

    @property
    def subject(self) -> str:
        return self.shift.id

    def body(self) -> Mapping[str, Any]:
        return {
            **_span(self.shift),
            "officer": self.officer_id,
            "handover": self.handover_id,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class ShiftEnded:
    """The officer of a shift handed it over."""

    kind: ClassVar[str] = "shift_ended"
    shift: Shift
    officer_id: str
    handover_id: str

    @property
    def subject(self) -> str:
        return self.shift.id

    def body(self) -> Mapping[str, Any]:
        return {**_span(self.shift), "officer": self.officer_id, "handover": self.handover_id}


def _span(shift: Shift) -> dict[str, str]:
    return {
        "begins": to_stored(shift.starts_at),
        "ends": to_stored(shift.ends_at),
        "name": shift.name,
    }


class ShiftsView:
    """The tables `shift_tables` (every table that was set), `shift_rosters` (the newest of each
    shift) and `shift_turns` (begun and ended)."""

    tables = ("shift_tables", "shift_rosters", "shift_turns")
    kinds = frozenset({ShiftTableSet.kind, ShiftRostered.kind, ShiftStarted.kind, ShiftEnded.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS shift_tables(seq INTEGER PRIMARY KEY,"
            " from_at TEXT NOT NULL, times TEXT NOT NULL) STRICT"
        )
        db.execute(
            "CREATE TABLE IF NOT EXISTS shift_rosters(shift_id TEXT PRIMARY KEY,"
            " begins TEXT NOT NULL, ends TEXT NOT NULL, name TEXT NOT NULL, posts TEXT NOT NULL,"
            " actor TEXT NOT NULL, at TEXT NOT NULL) STRICT"
        )
        db.execute(
            "CREATE TABLE IF NOT EXISTS shift_turns(shift_id TEXT PRIMARY KEY, begins TEXT,"
            " ends TEXT, name TEXT NOT NULL, started_at TEXT, started_by TEXT, ended_at TEXT,"
            " ended_by TEXT) STRICT"
        )
        db.execute("CREATE INDEX IF NOT EXISTS shift_turns_by_start ON shift_turns(started_at)")

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        match entry.kind:
            case ShiftTableSet.kind if data:
                db.execute(
                    "INSERT INTO shift_tables VALUES(?, ?, ?)",
                    (entry.seq, entry.at, json.dumps(data["times"], ensure_ascii=False)),
                )
            case ShiftRostered.kind if data:
                db.execute(
                    "INSERT OR REPLACE INTO shift_rosters VALUES(?, ?, ?, ?, ?, ?, ?)",
                    (entry.subject, data["begins"], data["ends"], data["name"],
                     json.dumps(data["posts"], ensure_ascii=False), entry.actor, entry.at),
                )  # fmt: skip
            case ShiftStarted.kind | ShiftEnded.kind:
                self._turned(db, entry, data)

    def _turned(self, db: Connection, entry: Entry, data: Mapping[str, Any]) -> None:
        """An erased one still counts: when, and by whom it was written."""
        db.execute(
            "INSERT OR IGNORE INTO shift_turns(shift_id, name) VALUES(?, '')", (entry.subject,)
        )
        if data:
            db.execute(
                "UPDATE shift_turns SET begins = ?, ends = ?, name = ? WHERE shift_id = ?",
                (data["begins"], data["ends"], data["name"], entry.subject),
            )
        what = "started" if entry.kind == ShiftStarted.kind else "ended"
        db.execute(
            f"UPDATE shift_turns SET {what}_at = ?, {what}_by = ? WHERE shift_id = ?",
            (entry.at, data.get("officer", entry.actor), entry.subject),
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift that was begun, and by whom (officers' ids); `ended_at` None: it still runs."""

    shift: Shift
    started_at: datetime | None
    started_by: str
    ended_at: datetime | None
    ended_by: str


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is on a shift, and who wrote that when."""

    shift_id: str
    posts: tuple[Post, ...]
    actor: str
    at: datetime


def shift_table(db: Connection) -> ShiftTable:
    """How the station divides its day now; 00–08–16–24 if it never said."""
    row = db.execute("SELECT times FROM shift_tables ORDER BY seq DESC LIMIT 1").fetchone()
    if row is None:
        return DEFAULT_SHIFTS
    return ShiftTable(tuple(ShiftTime(**one) for one in json.loads(row[0])))


def roster_of(db: Connection, shift_id: str) -> Roster | None:
    """Who is on a shift; None if nobody wrote it down."""
    row = db.execute(
        "SELECT posts, actor, at FROM shift_rosters WHERE shift_id = ?", (shift_id,)
    ).fetchone()
    if row is None:
        return None
    posts = tuple(Post(**one) for one in json.loads(row[0]))
    return Roster(shift_id, posts, row[1], from_stored(row[2]))


def turn_of(db: Connection, shift_id: str) -> Turn | None:
    """Whether a shift was begun and ended; None if neither."""
    row = db.execute("SELECT * FROM shift_turns WHERE shift_id = ?", (shift_id,)).fetchone()
    return _turn(row) if row is not None else None


def newest_turn(db: Connection) -> Turn | None:
    """The shift that was begun last."""
    row = db.execute(
        "SELECT * FROM shift_turns WHERE started_at IS NOT NULL AND begins IS NOT NULL"
        " ORDER BY started_at DESC, shift_id DESC LIMIT 1"
    ).fetchone()
    return _turn(row) if row is not None else None


def _turn(row: Row) -> Turn | None:
    if row["begins"] is None or row["ends"] is None:
        return None  # erased: which hours it had is not known any more
    return Turn(
        Shift(from_stored(row["begins"]), from_stored(row["ends"]), row["name"]),
        None if row["started_at"] is None else from_stored(row["started_at"]),
        row["started_by"] or "",
        None if row["ended_at"] is None else from_stored(row["ended_at"]),
        row["ended_by"] or "",
    )


def shifts_to_hand_over(db: Connection, now: datetime) -> tuple[Shift, Shift]:
    """The shift that ends and the one that begins.

    What was begun and not ended is what is handed over, however late; but one that was forgotten
    for more than half of the next shift is not: then it is the present one.
    """
    table = shift_table(db)
    current = table.shift_at(now)
    turn = newest_turn(db)
    if turn is None or turn.ended_at is not None:
        return current, table.after(current)
    following = table.after(turn.shift)
    latest = turn.shift.ends_at + (following.ends_at - following.starts_at) / 2
    if now <= latest:
        return turn.shift, following
    return current, table.after(current)


def set_shift_table(log: Log, table: ShiftTable, reason: str, *, actor: Actor) -> Written:
    """Divide the day so from now on. KnownError at once without a reason."""
    words = checked_words(reason, REASON_LIMIT)
    if not words:
        raise KnownError(
            msg("The hours of shifts are not changed without a reason."),
            safe=msg("Nothing was changed; what you typed is still here."),
            do=msg("Type why, and from whom the order is."),
        )
    return log.append(ShiftTableSet(table.times, words), actor=actor)


def set_roster(log: Log, shift: Shift, posts: Sequence[Post], *, actor: Actor) -> Written:
    """Say who is on a shift. KnownError at once if a post will not do."""
    if len(posts) > MOST_POSTS:
        raise KnownError(
            msg("A shift has up to {most} posts here.", most=MOST_POSTS),
            safe=msg("Nothing was changed; what you typed is still here."),
            do=msg("Write one post for a unit, with its number of officers."),
        )
    checked = tuple(_checked_post(post) for post in posts)
    return log.append(ShiftRostered(shift, checked), actor=actor)


def has_begun(turn: Turn | None) -> bool:
    """Whether somebody took the shift over, with a handover or without."""
    return turn is not None and turn.started_at is not None


def begin_shift(log: Log, shift: Shift, reason: str, *, actor: Actor) -> Written:
    """Take a shift over without a handover; the reason is part of the log."""
    words = checked_words(reason, REASON_LIMIT)
    if not words:
        raise KnownError(
            msg("A shift is not begun without a handover unless a reason is given."),
            safe=msg("Nothing was changed."),
            do=msg("Type why nobody handed it over."),
        )

    def decide(db: Connection) -> list[ShiftStarted]:
        turn = turn_of(db, shift.id)
        if has_begun(turn):
            raise KnownError(
                msg("This shift has been begun already."), safe=msg("Nothing was changed.")
            )
        if turn is not None and turn.ended_at is not None:
            raise KnownError(msg("This shift is over."), safe=msg("Nothing was changed."))
        return [ShiftStarted(shift, actor.id, reason=words)]

    return log.write(decide, actor=actor)


def checked_words(text: str, limit: int) -> str:
    """One line as it is stored. KnownError when it is too long or cannot be printed."""
    text = " ".join(text.split())
    if len(text) > limit or not text.isprintable():
        raise KnownError(
            msg("The text is too long or holds characters that cannot be printed."),
            safe=msg("Nothing was changed; what you typed is still here."),
            do=msg("Type it again, in up to {limit} characters.", limit=limit),
        )
    return text


def _checked_post(post: Post) -> Post:
    duty, name, unit = (
        checked_words(text, WORDS_LIMIT) for text in (post.duty, post.name, post.unit)
    )
    if not name and not unit:
        raise KnownError(
            msg("A post needs a person or a unit."),
            safe=msg("Nothing was changed; what you typed is still here."),
            do=msg("Type who it is, or empty the line."),
        )
    return Post(duty, name, unit, post.officer_id, post.unit_id)
