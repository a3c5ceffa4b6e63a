"""Taking a report: what must be in it, its number, and the entry it becomes."""

from __future__ import annotations

import secrets
from concurrent.futures import Future
from datetime import datetime, timedelta

from app.clock import Clock, from_stored
from app.errors import KnownError, msg
from app.geo.coordinates import LatLon, is_in_thailand
from app.incidents.category_table import category_of
from app.incidents.happened import happened_words
from app.incidents.incident import IncidentReported, Report
from app.incidents.register import last_serial
from app.log import Actor, Connection, Entry, Log
from app.thai.dates import buddhist_year

NARRATIVE_LIMIT = 20_000  # characters: ten printed pages; more belongs in an attachment
LINE_LIMIT = 500
PEOPLE_LIMIT = 4_000  # characters of victims, suspects or vehicles: a page
WATCHES_DIFFER = timedelta(minutes=5)


def checked(report: Report) -> Report:
    """The report itself, or a `KnownError` saying what is missing or impossible."""
    if not report.category:
        raise no_category()
    if not any(letter.isprintable() and not letter.isspace() for letter in report.place):
        raise KnownError(
            msg("The report has no place."),
            safe=msg("What you typed is still here."),
            do=msg("Type a place, paste coordinates, or click the map."),
        )
    check_words(report)
    return report


def check_words(report: Report) -> None:
    """KnownError for what is too long, times that cannot be, or a place in another country."""
    _check_length(report)
    _check_times(report)
    if report.lat_deg is not None and report.lon_deg is not None:
        check_in_thailand(report.lat_deg, report.lon_deg)
    elif report.lat_deg is not None or report.lon_deg is not None:
        raise ValueError("half a coordinate")  # no form has such a field: a bug


def no_category() -> KnownError:
    """What is said when nobody knows what kind of incident it is."""
    return KnownError(
        msg("No type of incident was chosen."),
        safe=msg("What you typed is still here."),
        do=msg("Type a code or a word in the type field and press Enter."),
    )


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
    lines = (report.place, report.address, report.caller, report.caller_phone, report.daily_log)
    for text, limit in (
        *((line, LINE_LIMIT) for line in lines),
        *((words, PEOPLE_LIMIT) for words in (report.victims, report.suspects, report.vehicles)),
    ):
        _check_line(text, limit)


def checked_line(text: str) -> str:
    """A line without the space around it; KnownError if it is too long."""
    stripped = " ".join(text.split())
    _check_line(stripped, LINE_LIMIT)
    return stripped


def _check_line(text: str, limit: int) -> None:
    if len(text) > limit:
        raise KnownError(
            msg(
                "One field has {length:,} characters; it takes {limit:,}.",
                length=len(text),
                limit=limit,
            ),
            safe=msg("What you typed is still here."),
            do=msg("Shorten it, and write the rest in the narrative."),
        )


def _check_times(report: Report) -> None:
    begins, ends = report.happened_from, report.happened_to
    if begins is not None and ends is not None and ends < begins:
        raise KnownError(
            msg("It cannot have ended before it began."),
            safe=msg("What you typed is still here."),
            do=msg("Check the two times of “happened”."),
        )


def check_happened(report: Report, at: datetime) -> None:
    """What is reported has happened, or is happening; a minute ahead is somebody's watch.

    KnownError for a time to come; ValueError for what is no stored time, which nobody typed.
    """
    times = (report.happened_from, report.happened_to)
    latest = max((from_stored(time) for time in times if time), default=None)
    if latest is not None and latest > at + WATCHES_DIFFER:
        raise KnownError(
            msg("{time} has not come yet.", time=happened_words(latest, None, at)),
            safe=msg("What you typed is still here."),
            do=msg("Check the times of “happened”, and this computer's clock."),
        )


def next_number(db: Connection, at: datetime) -> tuple[int, int]:
    """The Buddhist year of `at` in Thailand, and the next serial. Gapless: call while writing."""
    year = buddhist_year(at)
    return year, last_serial(db, year) + 1


def _new_id(at: datetime) -> str:
    """Ids that rise with time: in each index a report then stands beside the one before, on a page
    that is at hand; among a million others it would be on any."""
    return f"inc-{int(at.timestamp()):08x}{secrets.token_hex(4)}"


def report_incident(
    log: Log, report: Report, *, actor: Actor, clock: Clock, at: datetime | None = None
) -> Future[tuple[Entry, ...]]:
    """Give the report its number and put it in the log, durably. Raises `KnownError` if it is not
    complete; what goes wrong while writing comes through the future, and nothing is written then.
    """
    checked(report)
    at = at or clock.now()
    check_happened(report, at)

    def decide(db: Connection) -> list[IncidentReported]:
        if category_of(db, report.category) is None:
            raise no_category()
        year, serial = next_number(db, at)
        return [
            IncidentReported(
                incident_id=_new_id(at),
                number=f"{serial}/{year}",
                year_be=year,
                serial=serial,
                report=report,
            )
        ]

    return log.write(decide, actor=actor, at=at)
