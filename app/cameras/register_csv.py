"""The camera register as a CSV file, out and in. No password is written; one found is set apart.

Knows columns and cells; what a file means for the register as it stands is `register_import`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from app.cameras.address import CameraAddress, parse_camera_address
from app.cameras.camera import Camera
from app.cameras.register_columns import (
    COLUMNS,
    PASSWORD,
    PLACE,
    Column,
    Position,
    column_of,
    known_heads,
    no_register,
    positions,
)
from app.errors import KnownError, Message, msg
from app.geo.coordinate_reader import read_coordinates
from app.station import csv_cells
from app.station.redaction import without_credentials
from app.thai.digits import to_arabic
from app.thai.text import normalise
from app.thai.translation import Language
from app.thai.typed_dates import read_date

_YES = frozenset(("ใช่", "มี", "yes", "y", "true", "1", "x", "✓"))
_NO = frozenset(("ไม่", "ไม่ใช่", "ไม่มี", "no", "n", "false", "0", "-"))
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong in one cell. `row` is the number a spreadsheet shows beside it."""

    row: int
    column: str
    error: KnownError

    @property
    def sentence(self) -> Message:
        """Row and column, and what is wrong there."""
        return msg(
            "Row {row}, “{column}”: {what}", row=self.row, column=self.column, what=self.error.what
        )


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row that could be read. `password` came with it and goes to the secret store only."""

    row: int
    camera: Camera
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """What a file holds: good rows, all that is wrong in the others, heads nobody knows."""

    rows: tuple[FileRow, ...]
    troubles: tuple[Trouble, ...] = ()
    unknown_heads: tuple[str, ...] = ()


# Out


def write_register(cameras: Iterable[Camera], language: Language) -> bytes:
    """The register as a file for spreadsheets, heads in `language`. It holds no password."""
    heads = [column.head(language) for column in COLUMNS]
    rows = ([_cell(camera, column, language) for column in COLUMNS] for camera in cameras)
    return csv_cells.written([heads, *rows])


def _cell(camera: Camera, column: Column, language: Language) -> str:
    value = getattr(camera, column.field)
    if column.field in ("main_url", "sub_url"):
        return without_credentials(value)  # registered before addresses were looked at so closely
    if isinstance(value, bool):
        yes, no = ("ใช่", "ไม่ใช่") if language is Language.THAI else ("yes", "no")
        return yes if value else no
    return str(value)


# In


def read_register(data: bytes, today: date) -> RegisterFile:
    """What the file says, and all that is wrong with it at once.

    `today` is for two-digit years. Raises KnownError when it is no register at all.
    """
    rows = csv_cells.read(data, likeness=known_heads)
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if row]
    if not numbered:
        raise no_register(msg("This file is empty."))
    columns = positions(numbered[0][1])
    good: list[FileRow] = []
    troubles: list[Trouble] = []
    for number, row in numbered[1:]:
        reader = _RowReader(number, columns, row, today)
        made = reader.row()
        troubles += reader.troubles
        if made is not None:
            good.append(made)
    unknown = tuple(head for head in numbered[0][1] if head.strip() and column_of(head) is None)
    return RegisterFile(tuple(good), tuple(troubles), unknown)


class _RowReader:
    """One row's cells, read one by one; what is wrong is gathered, not raised."""

    def __init__(
        self, number: int, columns: dict[str, Position], row: Sequence[str], today: date
    ) -> None:
        self._number = number
        self._columns = columns
        self._row = row
        self._today = today
        self.troubles: list[Trouble] = []

    def row(self) -> FileRow | None:
        """The row, or None with what is wrong in `troubles`."""
        values = {name: value for name, value in self._values() if value is not None}
        password = str(values.pop(PASSWORD, ""))
        if self.troubles:
            return None
        camera = Camera(**values)
        self.troubles += [self._trouble(fault.field, fault.error) for fault in camera.faults()]
        return None if self.troubles else FileRow(self._number, camera, password)

    def _values(self) -> Iterator[tuple[str, Any]]:
        yield "id", self._try("id", _read_id) or ""
        for name in ("name", "owner", "contact", "maker", "model"):
            yield name, self._cell(name)
        main = self._try("main_url", parse_camera_address)
        sub = self._try("sub_url", parse_camera_address)
        yield "main_url", self._url("main_url", main)
        yield "sub_url", self._url("sub_url", sub)
        found = next((one for one in (main, sub) if one and one.username), None)
        yield "username", self._cell("username") or (found.username if found else "")
        yield PASSWORD, self._cell(PASSWORD) or (found.password if found else "") or ""
        yield from self._place()
        for name in ("bearing_deg", "field_of_view_deg", "range_m", "night_range_m"):
            yield name, self._try(name, read_number)
        yield "retention_days", self._try("retention_days", read_days)
        for name in ("consent_on", "checked_on"):
            yield name, self._try(name, self._read_day)
        for name in ("notice_sign", "indoor", "sample"):
            yield name, self._try(name, _read_yes)

    def _url(self, name: str, address: CameraAddress | None) -> str:
        """As it was written, unless a user name or password must be taken out of it."""
        if address is None or address.username is None:
            return self._cell(name).strip()
        return str(address.without_credentials)

    def _place(self) -> Iterator[tuple[str, float | None]]:
        """Latitude and longitude, or a place written in any way."""
        if self._cell(PLACE).strip():
            found = self._try(PLACE, lambda text: read_coordinates(text).place)
            yield "lat_deg", found.lat_deg if found else None
            yield "lon_deg", found.lon_deg if found else None
            return
        for name in ("lat_deg", "lon_deg"):
            number = self._try(name, read_number)
            if number is None and not self._cell(name).strip():
                self.troubles.append(self._trouble(name, KnownError(msg("Nothing stands here."))))
            yield name, number

    def _cell(self, name: str) -> str:
        position = self._columns.get(name)
        if position is None or position.index >= len(self._row):
            return ""
        return self._row[position.index]

    def _try(self, name: str, read: Callable[[str], _Value]) -> _Value | None:
        text = self._cell(name).strip()
        if not text:
            return None
        try:
            return read(text)
        except KnownError as error:
            self.troubles.append(self._trouble(name, error))
            return None

    def _read_day(self, text: str) -> str:
        return read_date(text, self._today).isoformat()

    def _trouble(self, name: str, error: KnownError) -> Trouble:
        if name in ("lat_deg", "lon_deg") and name not in self._columns:
            name = PLACE
        position = self._columns.get(name)
        return Trouble(self._number, position.head if position else name, error)


def _read_id(text: str) -> str:
    found = re.fullmatch(r"[Cc]0*(\d{1,6})", to_arabic(text))
    if found is None or int(found[1]) == 0:
        raise KnownError(
            msg("“{text}” is not a camera's id: one looks like C07.", text=text[:40]),
            do=msg("Leave the cell empty and the camera gets the next id."),
        )
    return f"C{int(found[1]):02d}"


def read_number(text: str) -> float:
    """A number as people write it, in Thai digits too. Raises KnownError."""
    try:
        return float(to_arabic(text).removesuffix("°"))
    except ValueError:
        raise KnownError(
            msg("“{text}” is not a number.", text=text[:40]), do=msg("Type digits only.")
        ) from None


def read_days(text: str) -> int:
    """A whole number of days. Raises KnownError."""
    number = read_number(text)
    if number != number // 1:
        raise KnownError(msg("“{text}” is not a number of days.", text=text[:40]))
    return int(number)


def _read_yes(text: str) -> bool:
    word = normalise(text).strip()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise KnownError(
        msg("“{text}” is neither yes nor no.", text=text[:40]), do=msg("Write yes or no.")
    )
