"""The station's own place names, found as they are typed. Knows the log, not the intake form."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.errors import KnownError, msg
from app.geo.coordinates import LatLon, is_in_thailand
from app.log import Connection, Entry, Row
from app.thai.collation import SortKey, sort_key
from app.thai.text import Span, clusters, find_matches, search_clusters

_NAME_LIMIT = 200  # characters


class PlaceKind(StrEnum):
    """What a named place is."""

    LANDMARK = "landmark"
    ROAD = "road"
    JUNCTION = "junction"
    COMMUNITY = "community"
    CHECK_POINT = "check_point"


@dataclass(frozen=True, slots=True)
class Place:
    """A named place. `aliases` are what else people call it; the first name is what is written."""

    id: str
    kind: PlaceKind
    name_th: str
    name_en: str
    aliases: tuple[str, ...]
    at: LatLon
    sample: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is found by, the one that is written first."""
        return tuple(name for name in (self.name_th, self.name_en, *self.aliases) if name)


@dataclass(frozen=True, slots=True)
class PlaceNamed:
    """A place was named, or its record was written anew."""

    place: Place

    def __post_init__(self) -> None:
        _check(self.place)

    @property
    def kind(self) -> str:
        return "place_named"

    @property
    def subject(self) -> str:
        return self.place.id

    def body(self) -> Mapping[str, Any]:
        place = self.place
        return {
            "place_kind": place.kind.value,
            "name_th": place.name_th,
            "name_en": place.name_en,
            "aliases": list(place.aliases),
            "lat_deg": place.at.lat_deg,
            "lon_deg": place.at.lon_deg,
            "sample": place.sample,
        }


@dataclass(frozen=True, slots=True)
class PlaceRemoved:
    """The place is no longer offered; incidents that name it keep their words."""

    place_id: str

    @property
    def kind(self) -> str:
        return "place_removed"

    @property
    def subject(self) -> str:
        return self.place_id

    def body(self) -> Mapping[str, Any]:
        return {}


class PlacesView:
    """Table `places`: the names as they are now."""

    tables = ("places",)
    kinds = frozenset({"place_named", "place_removed"})

    def create(self, db: Connection) -> None:
        db.execute(
            """CREATE TABLE IF NOT EXISTS places(
                 place_id TEXT PRIMARY KEY, kind TEXT NOT NULL, name_th TEXT NOT NULL,
                 name_en TEXT NOT NULL, aliases TEXT NOT NULL, lat_deg REAL NOT NULL,
                 lon_deg REAL NOT NULL, sample INTEGER NOT NULL) STRICT"""
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        db.execute("DELETE FROM places WHERE place_id = ?", (entry.subject,))
        if entry.kind != "place_named" or entry.body is None:  # None: erased, nothing to offer
            return
        data = entry.data()
        db.execute(
            "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (entry.subject, data["place_kind"], data["name_th"], data["name_en"],
             json.dumps(data["aliases"], ensure_ascii=False), data["lat_deg"], data["lon_deg"],
             int(data["sample"])),
        )  # fmt: skip


def all_places(connection: Connection) -> list[Place]:
    """Every named place, in the order of a Thai dictionary."""
    rows = connection.execute(
        "SELECT place_id, kind, name_th, name_en, aliases, lat_deg, lon_deg, sample FROM places"
    )
    return sorted((_place(row) for row in rows), key=lambda place: sort_key(place.name_th))


@dataclass(frozen=True, slots=True)
class PlaceMatch:
    """A place that was found, the name it was found by, and where in it the typed letters stand."""

    place: Place
    name: str
    spans: tuple[Span, ...]


class Gazetteer:
    """The places of one moment, kept ready for every key press."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._names = [
            _Name(place, name, "".join(search_clusters(name)), sort_key(name))
            for place in places
            for name in place.names
        ]

    def search(self, typed: str, limit: int = 8) -> list[PlaceMatch]:
        """Places by any of their names, each once: beginnings first, then inside, then all words.

        Spelling variants, spaces and case do not matter. Nothing typed finds nothing.
        """
        whole = _Wanted.of(typed)
        if not whole.plain:
            return []
        words = [word for word in map(_Wanted.of, typed.split()) if word.plain]
        best: dict[str, tuple[tuple[int, bool, int, SortKey], PlaceMatch]] = {}
        for known in self._names:
            found = known.found(whole, words)
            if found is None:
                continue
            rank, spans = found
            is_alias = known.name != known.place.name_th
            order = (rank, is_alias, len(clusters(known.name)), known.order)
            kept = best.get(known.place.id)
            if kept is None or order < kept[0]:
                best[known.place.id] = (order, PlaceMatch(known.place, known.name, spans))
        return [match for _, match in sorted(best.values(), key=lambda one: one[0])[:limit]]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What was typed, and its searched letters: they are looked for first, the clusters decide."""

    typed: str
    plain: str

    @classmethod
    def of(cls, typed: str) -> _Wanted:
        return cls(typed, "".join(search_clusters(typed)))


@dataclass(frozen=True, slots=True)
class _Name:
    place: Place
    name: str
    plain: str
    order: SortKey

    def found(self, whole: _Wanted, words: list[_Wanted]) -> tuple[int, tuple[Span, ...]] | None:
        """0 at the beginning, 1 inside, 2 when every typed word stands somewhere; None without."""
        spans = self._spans(whole)
        if spans:
            begins = self.plain.startswith(whole.plain) and spans[0].start == 0
            return (0 if begins else 1), spans[:1]
        if len(words) > 1 and all(word.plain in self.plain for word in words):
            each = [self._spans(word) for word in words]
            if all(each):
                return 2, _merged(found[0] for found in each)
        return None

    def _spans(self, wanted: _Wanted) -> tuple[Span, ...]:
        return find_matches(self.name, wanted.typed) if wanted.plain in self.plain else ()


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans left to right, those that overlap or touch as one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: span.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _check(place: Place) -> None:
    if not place.name_th.strip():
        raise KnownError(msg("The place has no name."), do=msg("Type its Thai name."))
    if any(len(name) > _NAME_LIMIT or not name.isprintable() for name in place.names):
        raise KnownError(
            msg("A name of “{name}” is too long or holds characters that cannot be printed.",
                name=place.name_th[:40]),
            do=msg("Type the name again, in up to {limit} characters.", limit=_NAME_LIMIT),
        )  # fmt: skip
    if not is_in_thailand(place.at):
        raise KnownError(
            msg("“{name}” does not lie in Thailand.", name=place.name_th[:40]),
            do=msg("Check whether latitude and longitude were swapped."),
        )


def _place(row: Row) -> Place:
    return Place(
        id=row["place_id"],
        kind=PlaceKind(row["kind"]),
        name_th=row["name_th"],
        name_en=row["name_en"],
        aliases=tuple(json.loads(row["aliases"])),
        at=LatLon(row["lat_deg"], row["lon_deg"]),
        sample=bool(row["sample"]),
    )
