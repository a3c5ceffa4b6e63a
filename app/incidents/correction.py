"""Correcting where an incident happened: a new entry that names the one it corrects.

Nothing is edited: the place before stays in the log, and the incident's story tells both.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from app.errors import KnownError, msg
from app.geo.areas import Area
from app.geo.coordinates import LatLon, as_decimal
from app.geo.lookup import AreaIndex
from app.incidents.incident import (
    AreaFound,
    Incident,
    IncidentCorrected,
    IncidentReported,
    Report,
)
from app.incidents.intake import LINE_LIMIT, check_in_thailand
from app.incidents.place_finder import found_areas
from app.incidents.register import incident
from app.log import Actor, Connection, Entry, Log

REASON_LIMIT = 300  # characters: a sentence or two; more is a note
Written = Future[tuple[Entry, ...]]

_KEPT = msg("Nothing was saved; the new place is still on the map.")


@dataclass(frozen=True, slots=True)
class NewPlace:
    """Where it happened after all: words, coordinates, and the areas that hold them."""

    words: str
    at: LatLon
    areas: tuple[AreaFound, ...]
    moved_m: float | None


class AreasThen:
    """The areas as they held when an incident was reported, ready to be asked."""

    def __init__(self, areas: Sequence[Area]) -> None:
        self._index = AreaIndex(areas)

    def at(self, place: LatLon) -> tuple[AreaFound, ...]:
        """The areas that hold the place, with the version of each outline."""
        return found_areas(self._index.containing(place))


def moved_words(report: Report, at: LatLon) -> str:
    """The words of a place for its new coordinates: those of the old ones in it are replaced."""
    if report.lat_deg is None or report.lon_deg is None:
        return report.place
    return report.place.replace(as_decimal(LatLon(report.lat_deg, report.lon_deg)), as_decimal(at))


def correct_place(log: Log, seen: Incident, new: NewPlace, reason: str, *, actor: Actor) -> Written:
    """Record where `seen` happened after all. KnownError at once for what is missing, through the
    future when the place is no longer the one that was seen.
    """
    words, why = new.words.strip(), reason.strip()
    _check(seen, new, words, why)

    def decide(db: Connection) -> list[IncidentCorrected]:
        _refuse_conflict(db, seen)
        return [
            IncidentCorrected(
                incident_id=seen.id,
                corrects=_last_placed(db, seen.id),
                place=words,
                lat_deg=new.at.lat_deg,
                lon_deg=new.at.lon_deg,
                areas=new.areas,
                moved_m=new.moved_m,
                reason=why,
            )
        ]

    return log.write(decide, actor=actor)


def _check(seen: Incident, new: NewPlace, words: str, why: str) -> None:
    if seen.erased:
        raise KnownError(msg("The report was erased by order: it has no place to correct."))
    if not words:
        raise KnownError(msg("The place has no words."), safe=_KEPT, do=msg("Type what it is."))
    if not why:
        raise KnownError(
            msg("A place is not corrected without a reason."),
            safe=_KEPT,
            do=msg("Type why it is corrected."),
        )
    for text, most in ((words, LINE_LIMIT), (why, REASON_LIMIT)):
        if len(text) > most:
            raise KnownError(
                msg("One field has {length:,} characters; it takes {limit:,}.",
                    length=len(text), limit=most),
                safe=_KEPT,
                do=msg("Shorten it."),
            )  # fmt: skip
    check_in_thailand(new.at.lat_deg, new.at.lon_deg)
    before = seen.report
    if (words, new.at.lat_deg, new.at.lon_deg) == (before.place, before.lat_deg, before.lon_deg):
        raise KnownError(
            msg("The place is the one it was."),
            safe=msg("Nothing was changed."),
            do=msg("Drag the mark, or click where it happened."),
        )


def _refuse_conflict(db: Connection, seen: Incident) -> None:
    now = incident(db, seen.id)
    if now is None:
        raise KnownError(
            msg("There is no such incident in the log."), safe=msg("Nothing was changed.")
        )
    if now.erased != seen.erased or _place(now.report) != _place(seen.report):
        raise KnownError(
            msg("The place was corrected meanwhile."),
            safe=_KEPT,
            do=msg("Look where it is now, and correct it from there."),
        )


def _place(report: Report) -> tuple[str, float | None, float | None]:
    return report.place, report.lat_deg, report.lon_deg


def _last_placed(db: Connection, incident_id: str) -> str:
    """The id of the entry that last said where it happened."""
    row = db.execute(
        "SELECT origin, n FROM entries WHERE subject = ? AND kind IN (?, ?)"
        " AND body IS NOT NULL ORDER BY seq DESC LIMIT 1",
        (incident_id, IncidentReported.kind, IncidentCorrected.kind),
    ).fetchone()
    return f"{row[0]}:{row[1]}"
