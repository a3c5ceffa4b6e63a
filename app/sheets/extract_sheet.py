"""An extract of the log for a span, or about one incident: every entry with its number and hash,
and the seals that cover them. What a court or an inspector compares with the station's log.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.clock import from_stored, to_stored
from app.errors import KnownError, msg
from app.evidence.seals import public_key_of
from app.incidents.register import incident
from app.log import Connection, Entry
from app.log.extract import Extract, extract_about, extract_of_span
from app.sheets.extract_words import ExtractWords
from app.sheets.log_extracted import EXTRACT
from app.sheets.sheet import Sheet
from app.sheets.thai_words import day, exact_moment, moment
from app.station.signing_key import fingerprint, has_signed
from app.thai.dates import precise_time, short_time, to_local, weekday_date
from app.thai.translation import Language, speaking

KIND = EXTRACT


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """What was chosen: a span (aware), or one incident. `with_words`: also what entries say."""

    begins: datetime
    ends: datetime
    incident_id: str = ""
    with_words: bool = True
    purpose: str = ""
    digits: str = "arabic"
    copy: bool = False


def extract_sheet(db: Connection, options: ExtractOptions, now: datetime) -> Sheet:
    """The sheet. KnownError: no entry there, or too many; no such incident.

    Who may have it is asked for where it is made: it shows what everybody recorded.
    """
    with speaking(Language.THAI):
        return _sheet(db, options, now)


def _sheet(db: Connection, options: ExtractOptions, now: datetime) -> Sheet:
    about = _about(db, options)
    found = _extract(db, options)
    words = ExtractWords(db, found.entries)
    first, last = found.entries[0], found.entries[-1]
    data = {
        "about": about,
        "is_whole": not options.incident_id,
        "span": _span(options, first, last),
        "with_words": options.with_words,
        "purpose": options.purpose,
        "made_at": moment(now),
        "count": len(found.entries),
        "erased": sum(entry.body is None for entry in found.entries),
        "bad": len(found.bad),
        "covered": found.covered,
        "first": first.id,
        "last": last.id,
        "days": list(_days(found, words, options.with_words)),
        "seals": [_seal(entry) for entry in found.seals],
    }
    return Sheet(
        kind=KIND,
        title=f"สำเนาบันทึก {about or short_span(options.begins, options.ends)}",
        subject=options.incident_id,
        data=data,
        files={},
        options={"digits": options.digits, "copy": options.copy},
    )


def _about(db: Connection, options: ExtractOptions) -> str:
    if not options.incident_id:
        return ""
    found = incident(db, options.incident_id)
    if found is None:
        raise KnownError(
            msg("There is no such incident in the log."), safe=msg("Nothing was changed.")
        )
    return f"เหตุ {found.number}"


def _extract(db: Connection, options: ExtractOptions) -> Extract:
    if options.incident_id:
        return extract_about(db, [options.incident_id])
    if options.ends <= options.begins:
        raise KnownError(
            msg("The extract ends before it begins."), do=msg("Choose the earlier time first.")
        )
    return extract_of_span(db, to_stored(options.begins), to_stored(options.ends))


def _span(options: ExtractOptions, first: Entry, last: Entry) -> str:
    if options.incident_id:
        return f"{moment(from_stored(first.at))} ถึง {moment(from_stored(last.at))}"
    return f"{moment(options.begins)} ถึง {moment(options.ends)}"


def short_span(begins: datetime, ends: datetime) -> str:
    """`22 พ.ย. 2569 05:20–14:20 น.`; over midnight both dates are said."""
    if to_local(begins).date() == to_local(ends).date():
        return f"{day(begins)} {short_time(begins)}–{short_time(ends)} น."
    return f"{moment(begins)} – {moment(ends)}"


def _days(found: Extract, words: ExtractWords, with_words: bool) -> Iterator[dict[str, Any]]:
    """The entries by their date, as the log took them: a day may come again."""
    for of_day, entries in itertools.groupby(found.entries, key=_day_of):
        yield {
            "day": weekday_date(of_day, Language.THAI),
            "entries": [_line(entry, found, words, with_words) for entry in entries],
        }


def _day_of(entry: Entry) -> Any:
    return to_local(from_stored(entry.at)).date()


def _line(entry: Entry, found: Extract, words: ExtractWords, with_words: bool) -> dict[str, Any]:
    return {
        "id": entry.id,
        "time": precise_time(from_stored(entry.at)),
        "who": words.who(entry),
        "about": words.about(entry),
        "what": words.what(entry, with_words=with_words),
        "kind": entry.kind,
        "hash": entry.hash,
        "erased": entry.body is None,
        "bad": entry.id in found.bad,
    }


def _seal(entry: Entry) -> dict[str, Any]:
    """What was signed, by whose key, and whether the signature holds. All of it is in the attached
    data, so that it can be checked with nothing but the paper's file."""
    said = entry.data()
    statement, signature = str(said.get("statement", "")), str(said.get("signature", ""))
    public = public_key_of(statement) or b""
    return {
        "id": entry.id,
        "at": exact_moment(from_stored(entry.at)),
        "day": day(from_stored(entry.at)),
        "key": fingerprint(public) if public else "",
        "holds": _holds(public, signature, statement),
        "erased": entry.body is None,
        "heads": _heads(statement.split("\n")),
        "statement": statement,
        "signature": signature,
    }


def _heads(lines: Sequence[str]) -> list[dict[str, str]]:
    parts = [line.split(" ") for line in lines if line.startswith("head ")]
    return [{"origin": part[1], "n": part[2], "hash": part[3]} for part in parts if len(part) == 4]


def _holds(public: bytes, signature: str, statement: str) -> bool:
    try:
        return has_signed(public, bytes.fromhex(signature), statement.encode())
    except ValueError:
        return False
