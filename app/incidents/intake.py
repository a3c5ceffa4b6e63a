"""Taking a report: what must be in it, its number, and the entry it becomes."""

from __future__ import annotations

import secrets
from concurrent.futures import Future
from datetime import datetime

from app.clock import Clock
from app.errors import KnownError, msg
from app.geo.coordinates import LatLon, is_in_thailand
from app.incidents.categories import BY_CODE
from app.incidents.incident import IncidentReported, Report
from app.incidents.register import last_serial
from app.log import Actor, Connection, Entry, Log
from app.thai.dates import buddhist_year

NARRATIVE_LIMIT = 20_000  # characters: ten printed pages; more belongs in an attachment
LINE_LIMIT = 500


def checked(report: Report) -> Report:
    """The report itself, or a `KnownError` saying what is missing or impossible."""
    if report.category not in BY_CODE:
        raise KnownError(
            msg("No type of incident was chosen."),
            safe=msg("What you typed is still here."),
            do=msg("Type a code or a word in the type field and press Enter."),
        )
    if not report.place.strip():
        raise KnownError(
            msg("The report has no place."),
            safe=msg("What you typed is still here."),
            do=msg("Type a place, paste coordinates, or click the map."),
        )
    _check_length(report)
    if report.lat_deg is not None and report.lon_deg is not None:
        check_in_thailand(report.lat_deg, report.lon_deg)
    elif report.lat_deg is not None or report.lon_deg is not None:
        raise ValueError("half a coordinate")  # no form has such a field: a bug
    return report


def check_in_thailand(lat_deg: float, lon_deg: float) -> None:
    """KnownError for what lies elsewhere, as swapped numbers do."""
    try:
        inside = is_in_thailand(LatLon(lat_deg, lon_deg))
    except ValueError:  # not even on the globe
        inside = False
    if not inside:
        raise KnownError(
            msg("The place {place} is outside Thailand.", place=f"{lat_deg:.5f}, {lon_deg:.5f}"),
            safe=msg("What you typed is still here."),
            do=msg("Check whether latitude and longitude are swapped, or click the map."),
        )


def _check_length(report: Report) -> None:
    if len(report.narrative) > NARRATIVE_LIMIT:
        raise KnownError(
            msg(
                "The narrative has {length:,} characters; the log takes {limit:,}.",
                length=len(report.narrative),
                limit=NARRATIVE_LIMIT,
            ),
            safe=msg("What you typed is still here."),
            do=msg("Shorten it, or save the beginning now and add the rest as notes."),
        )
    for text in (report.place, report.caller, report.caller_phone):
        if len(text) > LINE_LIMIT:
            raise KnownError(
                msg(
                    "One field has {length:,} characters; it takes {limit:,}.",
                    length=len(text),
                    limit=LINE_LIMIT,
                ),
                safe=msg("What you typed is still here."),
                do=msg("Shorten it, and write the rest in the narrative."),
            )


def next_number(db: Connection, at: datetime) -> tuple[int, int]:
    """The Buddhist year of `at` in Thailand, and the next serial. Gapless: call while writing."""
    year = buddhist_year(at)
    return year, last_serial(db, year) + 1


def report_incident(
    log: Log, report: Report, *, actor: Actor, clock: Clock, at: datetime | None = None
) -> Future[tuple[Entry, ...]]:
    """Give the report its number and put it in the log, durably. Raises `KnownError` if it is not
    complete; what goes wrong while writing comes through the future, and nothing is written then.
    """
    checked(report)
    at = at or clock.now()

    def decide(db: Connection) -> list[IncidentReported]:
        year, serial = next_number(db, at)
        return [
            IncidentReported(
                incident_id=f"inc-{secrets.token_hex(6)}",
                number=f"{serial}/{year}",
                year_be=year,
                serial=serial,
                report=report,
            )
        ]

    return log.write(decide, actor=actor, at=at)
