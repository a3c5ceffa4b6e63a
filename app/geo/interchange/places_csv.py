"""The gazetteer as a CSV file for spreadsheets, out and in without loss. Knows places, no log.

The heads belong to the file, not to the interface: a file is understood in either language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.errors import KnownError, Message, msg
from app.geo.coordinate_reader import read_coordinates
from app.geo.coordinates import LatLon
from app.geo.imports.things import clean_name
from app.geo.interchange.places_geojson import PlacesFile
from app.geo.places import Place, PlaceKind, PlaceNamed
from app.station import csv_cells
from app.thai.digits import to_arabic
from app.thai.text import normalise
from app.thai.translation import Language

_COLUMNS = {  # field: head in Thai, in English, other heads that mean it
    "id": ("รหัสสถานที่", "Place id", "รหัส", "id"),
    "kind": ("ชนิด", "Kind", "ประเภท", "type"),
    "name_th": ("ชื่อสถานที่", "Name", "ชื่อ", "name th", "ชื่อไทย"),
    "name_en": ("ชื่ออังกฤษ", "English name", "name en"),
    "aliases": ("ชื่อเรียกอื่น", "Other names", "aliases", "alias"),
    "lat_deg": ("ละติจูด", "Latitude", "lat"),
    "lon_deg": ("ลองจิจูด", "Longitude", "lon", "lng", "long"),
    "sample": ("ตัวอย่าง", "Sample"),
}
_PLACE = "place"
_PLACE_HEADS = ("พิกัด", "Place", "coordinates", "mgrs", "utm", "ตำแหน่ง")
_KINDS = {
    PlaceKind.LANDMARK: ("สถานที่สำคัญ", "landmark"),
    PlaceKind.ROAD: ("ถนน", "road"),
    PlaceKind.JUNCTION: ("ทางแยก", "junction"),
    PlaceKind.COMMUNITY: ("ชุมชน", "community"),
    PlaceKind.CHECK_POINT: ("จุดตรวจ", "check point"),
}
_YES = ("ใช่", "yes", "true", "1")


def _key(head: str) -> str:
    return " ".join(normalise(head).replace("_", " ").split())


_FIELD_OF = {
    _key(head): field
    for field, heads in (*_COLUMNS.items(), (_PLACE, _PLACE_HEADS))
    for head in (field, *heads)
}
_KIND_OF = {
    _key(word): kind for kind, words in _KINDS.items() for word in (kind.value, *words)
}  # fmt: skip


# Out


def write_places_csv(places: Iterable[Place], language: Language) -> bytes:
    """Every place a row, heads in `language`. Other names stand in one cell, each on its line."""
    word = 0 if language is Language.THAI else 1
    heads = [column[word] for column in _COLUMNS.values()]
    rows = (
        [
            place.id,
            _KINDS[place.kind][word],
            place.name_th,
            place.name_en,
            _in_one_cell(place.aliases),
            repr(place.at.lat_deg),
            repr(place.at.lon_deg),
            ("ใช่", "yes")[word] if place.sample else "",
        ]
        for place in places
    )
    return csv_cells.written([heads, *rows])


def _in_one_cell(aliases: Sequence[str]) -> str:
    """A single name with a semicolon in it ends its line, so that it is not read as two."""
    cell = "\n".join(aliases)
    return cell + "\n" if len(aliases) == 1 and ";" in cell else cell


# In


def read_places_csv(data: bytes) -> PlacesFile:
    """The places of a file, and what is wrong with its other rows. KnownError for no such list."""
    rows = csv_cells.read(data, likeness=_known_heads)
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if row]
    if not numbered:
        raise _refused(msg("This file is empty."))
    columns = _positions(numbered[0][1])
    places: list[Place] = []
    troubles: list[Message] = []
    for number, row in numbered[1:]:
        try:
            places.append(_Row(columns, row).place())
        except KnownError as error:
            troubles.append(msg("Row {row}: {what}", row=number, what=error.what))
    return PlacesFile(tuple(places), tuple(troubles))


def _known_heads(row: Sequence[str]) -> int:
    return sum(_key(head) in _FIELD_OF for head in row)


def _positions(heads: Sequence[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for index, head in enumerate(heads):
        field = _FIELD_OF.get(_key(head))
        if field is not None:
            found.setdefault(field, index)
    needed = ["name_th", *([] if _PLACE in found else ["lat_deg", "lon_deg"])]
    missing = [" / ".join(_COLUMNS[field][:2]) for field in needed if field not in found]
    if missing:
        raise _refused(msg("The file lacks the columns {names}.", names=", ".join(missing)))
    return found


class _Row:
    """One row's cells, read one by one; the first that is wrong is raised."""

    def __init__(self, columns: Mapping[str, int], row: Sequence[str]) -> None:
        self._columns = columns
        self._row = row

    def place(self) -> Place:
        place = Place(
            id=clean_name(self._cell("id")),
            kind=self._kind(),
            name_th=clean_name(self._cell("name_th")),
            name_en=clean_name(self._cell("name_en")),
            aliases=_apart(self._cell("aliases")),
            at=self._at(),
            sample=normalise(self._cell("sample")).strip() in _YES,
        )
        PlaceNamed(place)  # refuses what cannot be saved
        return place

    def _cell(self, field: str) -> str:
        index = self._columns.get(field, -1)
        return self._row[index] if 0 <= index < len(self._row) else ""

    def _kind(self) -> PlaceKind:
        word = self._cell("kind")
        if not word.strip():
            return PlaceKind.LANDMARK
        kind = _KIND_OF.get(_key(word))
        if kind is None:
            raise KnownError(msg("“{text}” is not a kind of place.", text=word[:40]))
        return kind

    def _at(self) -> LatLon:
        if self._cell(_PLACE).strip():
            return read_coordinates(self._cell(_PLACE)).place
        lat_deg, lon_deg = (_number(self._cell(field)) for field in ("lat_deg", "lon_deg"))
        if not (abs(lat_deg) <= 90 and abs(lon_deg) <= 180):
            raise KnownError(msg("It has no place."))
        return LatLon(lat_deg, lon_deg)


def _apart(cell: str) -> tuple[str, ...]:
    """Other names of one cell: each on a line, or on one line with semicolons between."""
    parts = cell.splitlines() if "\n" in cell else cell.split(";")
    return tuple(name for name in map(clean_name, parts) if name)


def _number(text: str) -> float:
    if not text.strip():
        raise KnownError(msg("It has no place."))
    try:
        return float(to_arabic(text).strip().removesuffix("°"))
    except ValueError:
        raise KnownError(msg("“{text}” is not a number.", text=text[:40])) from None


def _refused(what: Message) -> KnownError:
    return KnownError(
        what,
        safe=msg("Nothing was taken from the file."),
        do=msg("Export the places first and fill in that file."),
    )
