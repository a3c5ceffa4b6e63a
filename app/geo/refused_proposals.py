"""Names out of the base map that a person did not want, so that they are not offered again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.geo.coordinates import LatLon
from app.geo.places import Place, PlaceKind
from app.log import Connection, Entry


@dataclass(frozen=True, slots=True)
class ProposalsRefused:
    """These proposals of the base map are not wanted in the gazetteer."""

    places: tuple[Place, ...]

    @property
    def kind(self) -> str:
        return "place_proposals_refused"

    @property
    def subject(self) -> str:
        return "places"

    def body(self) -> Mapping[str, Any]:
        return {
            "proposals": [
                {
                    "place_kind": place.kind.value,
                    "name_th": place.name_th,
                    "lat_deg": place.at.lat_deg,
                    "lon_deg": place.at.lon_deg,
                }
                for place in self.places
            ]
        }


class RefusedProposalsView:
    """Table `refused_proposals`: a row a name that is not offered again."""

    tables = ("refused_proposals",)
    kinds = frozenset({"place_proposals_refused"})

    def create(self, db: Connection) -> None:
        db.execute(
            """CREATE TABLE IF NOT EXISTS refused_proposals(
                 entry_id TEXT NOT NULL, kind TEXT NOT NULL, name_th TEXT NOT NULL,
                 lat_deg REAL NOT NULL, lon_deg REAL NOT NULL) STRICT"""
        )
        db.execute(
            "CREATE INDEX IF NOT EXISTS refused_proposals_by_entry ON refused_proposals(entry_id)"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        db.execute("DELETE FROM refused_proposals WHERE entry_id = ?", (entry.id,))
        if entry.body is None:  # erased: it may be offered again
            return
        db.executemany(
            "INSERT INTO refused_proposals VALUES (?, ?, ?, ?, ?)",
            [
                (entry.id, one["place_kind"], one["name_th"], one["lat_deg"], one["lon_deg"])
                for one in entry.data().get("proposals", ())
            ],
        )


def refused_proposals(db: Connection) -> list[Place]:
    """The proposals that were refused, as places without ids, in the order of refusal."""
    rows = db.execute(
        "SELECT kind, name_th, lat_deg, lon_deg FROM refused_proposals ORDER BY rowid"
    )
    return [
        Place(
            "", PlaceKind(row["kind"]), row["name_th"], "", (),
            LatLon(row["lat_deg"], row["lon_deg"]),
        )
        for row in rows
    ]  # fmt: skip
