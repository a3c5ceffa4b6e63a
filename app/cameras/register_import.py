"""What a CSV file would do to the register as it stands, and doing it: all rows or none.

Knows no network and no screen; whoever asks reads the plan first and says what is taken.
"""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from app.cameras.camera import Camera, CameraChanged, CameraRegistered
from app.cameras.likeness import Likeness, Likenesses, Twin
from app.cameras.register import cameras, free_id, given_ids
from app.cameras.register_columns import COLUMNS
from app.cameras.register_csv import FileRow, RegisterFile, Trouble, read_register, write_register
from app.cameras.register_geojson import read_register_geojson, write_register_geojson
from app.errors import KnownError, Message, msg
from app.log import Actor, Connection, Fact, Log
from app.thai.translation import Language

REGISTER = "cameras"
"""The subject of what is done to the register as a whole."""

_ID_HEAD = f"{COLUMNS[0].thai} / {COLUMNS[0].english}"

KeepPassword = Callable[[str, str], None]  # camera id, password; KnownError when it cannot


@dataclass(frozen=True, slots=True)
class RegisterExported:
    """Somebody took the list of all cameras, with their addresses, out of the station."""

    kind: ClassVar[str] = "register_exported"
    count: int

    @property
    def subject(self) -> str:
        return REGISTER

    def body(self) -> Mapping[str, Any]:
        return {"count": self.count}


@dataclass(frozen=True, slots=True)
class RegisterImported:
    """Cameras were taken from a file; the entries after this one say which."""

    kind: ClassVar[str] = "register_imported"
    added: int
    changed: int

    @property
    def subject(self) -> str:
        return REGISTER

    def body(self) -> Mapping[str, Any]:
        return {"added": self.added, "changed": self.changed}


class Effect(StrEnum):
    """What a row does to the register."""

    ADDS = "adds"
    CHANGES = "changes"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A good row: what it does, and which cameras of the register or the file it is like."""

    row: FileRow
    effect: Effect
    twins: tuple[Twin, ...] = ()

    @property
    def has_same_stream(self) -> bool:
        """Whether it must be confirmed: its stream is another camera's, too."""
        return any(twin.likeness is Likeness.ADDRESS for twin in self.twins)

    @property
    def sentences(self) -> tuple[Message, ...]:
        """What a person should know of this row before it is taken."""
        told = [
            msg("Row {row}: {what}", row=self.row.row, what=twin.sentence) for twin in self.twins
        ]
        if self.row.password:
            told.append(
                msg(
                    "Row {row}: a password stood in the file. It goes to the store of passwords,"
                    " not to the register; delete the file afterwards.",
                    row=self.row.row,
                )
            )
        return tuple(told)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A whole file, read and held against the register. `rows` are the good ones."""

    rows: tuple[PlannedRow, ...]
    troubles: tuple[Trouble, ...]
    unknown_heads: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether every row is good and none must be confirmed."""
        return not self.troubles and not any(row.has_same_stream for row in self.rows)

    def count(self, effect: Effect) -> int:
        """How many good rows do this."""
        return sum(row.effect is effect for row in self.rows)


@dataclass(frozen=True, slots=True)
class Imported:
    """What was done; and whose password could not be kept, and must be typed again."""

    added: int
    changed: int
    passwords_lost: tuple[str, ...] = ()


def export_register(log: Log, *, actor: Actor, language: Language) -> bytes:
    """The file, once the log says that it was taken out. Waits: not for the Qt thread."""
    with log.reading() as db:
        known = cameras(db)
    log.append(RegisterExported(len(known)), actor=actor).result()
    return write_register(known, language)


def export_register_geojson(log: Log, *, actor: Actor, attribution: str = "") -> bytes:
    """As `export_register`, for maps."""
    with log.reading() as db:
        known = cameras(db)
    log.append(RegisterExported(len(known)), actor=actor).result()
    return write_register_geojson(known, attribution)


def plan_import(log: Log, data: bytes, today: date) -> ImportPlan:
    """What the file would do, and all that is wrong with it. KnownError if it is no register.

    CSV or GeoJSON: the file's first letter tells them apart.
    """
    is_geojson = data.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"{")
    file = read_register_geojson(data) if is_geojson else read_register(data, today)
    with log.reading() as db:
        return _plan(db, file)


def import_register(
    log: Log,
    rows: Sequence[FileRow],
    *,
    actor: Actor,
    keep_password: KeepPassword,
    confirmed: bool = False,
) -> Imported:
    """Take these rows, all or none, in one transaction. Waits: not for the Qt thread.

    The register is looked at again while nobody else can write: KnownError when a row is not good
    any more, or has another camera's stream and nobody `confirmed` that this is right.
    """
    taken: list[Camera] = []

    def decide(db: Connection) -> list[Fact]:
        plan = _plan(db, RegisterFile(tuple(rows)))
        if plan.troubles:
            raise _refused(plan.troubles[0].sentence)
        doubtful = next((row for row in plan.rows if row.has_same_stream), None)
        if doubtful is not None and not confirmed:
            raise _refused(doubtful.sentences[0])
        taken.extend(_with_ids(plan.rows, given_ids(db)))
        return _facts(plan, taken)

    entries = log.write(decide, actor=actor).result()
    kinds = Counter(entry.kind for entry in entries)
    return Imported(
        added=kinds[CameraRegistered.kind],
        changed=kinds[CameraChanged.kind],
        passwords_lost=_keep(zip(taken, rows, strict=True), keep_password),
    )


def _facts(plan: ImportPlan, taken: Sequence[Camera]) -> list[Fact]:
    """The entries: first what was done to the register, then each camera. None for no change."""
    facts: list[Fact] = []
    for row, camera in zip(plan.rows, taken, strict=True):
        if row.effect is Effect.ADDS:
            facts.append(CameraRegistered(camera))
        elif row.effect is Effect.CHANGES:
            facts.append(CameraChanged(camera))
    if not facts:
        return []
    return [RegisterImported(plan.count(Effect.ADDS), plan.count(Effect.CHANGES)), *facts]


def _with_ids(rows: Iterable[PlannedRow], given: set[str]) -> list[Camera]:
    """The cameras; those without an id get the next ones after all that were ever given."""
    rows = tuple(rows)
    given = given | {row.row.camera.id for row in rows}
    made = []
    for row in rows:
        camera = row.row.camera
        if not camera.id:
            camera = replace(camera, id=free_id(given))
            given.add(camera.id)
        made.append(camera)
    return made


def _keep(pairs: Iterable[tuple[Camera, FileRow]], keep_password: KeepPassword) -> tuple[str, ...]:
    """After the cameras are on the register: an id that was not given must have no password."""
    lost = []
    for camera, row in pairs:
        try:
            if row.password:
                keep_password(camera.id, row.password)
        except KnownError:
            lost.append(camera.id)
    return tuple(lost)


def _plan(db: Connection, file: RegisterFile) -> ImportPlan:
    known = {camera.id: camera for camera in cameras(db)}
    removed = given_ids(db) - known.keys()
    replaced = {row.camera.id for row in file.rows}
    others = Likenesses(camera for id_, camera in known.items() if id_ not in replaced)
    good: list[PlannedRow] = []
    troubles = list(file.troubles)
    first_row: dict[str, int] = {}
    for row in file.rows:
        camera = row.camera
        error = _id_error(camera.id, removed, first_row)
        if error is not None:
            troubles.append(Trouble(row.row, _ID_HEAD, error))
            continue
        first_row[camera.id] = row.row
        good.append(PlannedRow(row, _effect(camera, known), others.twins(camera)))
        others.add(replace(camera, id=camera.id or f"#{row.row}"))
    troubles.sort(key=lambda trouble: trouble.row)
    return ImportPlan(tuple(good), tuple(troubles), file.unknown_heads)


def _id_error(camera_id: str, removed: set[str], first_row: Mapping[str, int]) -> KnownError | None:
    if camera_id in removed:
        return KnownError(
            msg("Camera {id} was removed, and its id is never given again.", id=camera_id),
            do=msg("Leave the cell empty and the camera gets the next id."),
        )
    if camera_id and camera_id in first_row:
        return KnownError(
            msg("Row {row} has the id {id} already.", row=first_row[camera_id], id=camera_id)
        )
    return None


def _effect(camera: Camera, known: Mapping[str, Camera]) -> Effect:
    if camera.id not in known:
        return Effect.ADDS
    return Effect.NOTHING if known[camera.id] == camera else Effect.CHANGES


def _refused(what: Message) -> KnownError:
    return KnownError(
        what,
        safe=msg("Nothing was taken from the file."),
        do=msg("The register has changed meanwhile; read the file again."),
    )
