"""The incident sheet: what leaves the room, for the investigator, the court, the superintendent.

Gathers from the log what one incident's paper says, in Thai; sets nothing and draws nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.duty.officers import officers
from app.errors import KnownError, msg
from app.incidents.incident import Ending, Incident
from app.incidents.register import incident, incidents_named
from app.incidents.story_entries import story_entries
from app.log import Connection, Entry
from app.sheets.incident_fields import head_fields, people_words, place_fields
from app.sheets.incident_footage import file_rows, footage_rows, package_rows
from app.sheets.incident_options import Form, IncidentOptions
from app.sheets.incident_people import People, people_of
from app.sheets.incident_signatures import signature_rows
from app.sheets.incident_stills import STILL_MM, chosen_stills, kept_stills, still_rows
from app.sheets.incident_story import story_rows
from app.sheets.incident_units import unit_rows
from app.sheets.map_on_paper import MapOnPaper
from app.sheets.sheet import Sheet
from app.sheets.shortened import RUNNING, Shortener, cut
from app.station.folder import StationFolder
from app.thai.translation import Language, say, speaking

KIND = "incident"
_FIELDS = ("place", "zone", "beat", "community", "tambon", "category", "happened", "daily_log") + (
    "caller",
    "phone",
    "victims",
    "suspects",
    "vehicles",
)
"""What stands in the cells of the first table."""


def incident_sheet(
    db: Connection,
    folder: StationFolder,
    incident_id: str,
    options: IncidentOptions,
    map_on_paper: MapOnPaper | None = None,
) -> Sheet:
    """What the paper of one incident says now. Raises KnownError: there is no such incident.

    A map that was not wanted is left out even if it is given.
    """
    with speaking(Language.THAI):
        found = incident(db, incident_id)
        if found is None:
            raise KnownError(
                msg("There is no such incident in the log."), safe=msg("Nothing was printed.")
            )
        return _sheet(db, folder, found, options, map_on_paper if options.with_map else None)


def _sheet(
    db: Connection,
    folder: StationFolder,
    found: Incident,
    options: IncidentOptions,
    map_on_paper: MapOnPaper | None,
) -> Sheet:
    entries = story_entries(db, found.id)
    joined = incidents_named(db, {entry.subject for entry in entries} - {found.id})
    people = people_of(found.report, entries, options.hide, list(joined.values()))
    chosen = chosen_stills(kept_stills(db, found.id), options)
    stills, files = still_rows(chosen, folder.evidence, options.form)
    data = {
        **_words(db, found, entries, people, options),
        "stills": stills,
        "still_mm": STILL_MM[options.form],
        "map": map_on_paper.data() if map_on_paper is not None else None,
    }
    if map_on_paper is not None:
        files["map.svg"] = map_on_paper.svg
    return Sheet(
        kind=KIND,
        title=say(msg("Incident sheet {number}", number=found.number)),
        subject=found.id,
        data=data,
        files=files,
        options={**options.to_order(), "paper": "a4"},
        notes=() if map_on_paper is None else map_on_paper.lacking,
    )


def _words(
    db: Connection,
    found: Incident,
    entries: Sequence[Entry],
    people: People,
    options: IncidentOptions,
) -> dict[str, Any]:
    """Everything but the pictures."""
    known = {officer.id: officer for officer in officers(db)}
    names = {id_: officer.name for id_, officer in known.items()}
    hidden = people.hidden
    story = story_rows(entries, found, names, people)
    shorten = Shortener(is_short=options.form is Form.SHORT)
    own = [entry for entry in entries if entry.subject == found.id]
    data: dict[str, Any] = {
        "number": found.number,
        "running": _running(found, people),
        "form": options.form.value,
        "erased": found.erased,
        "sample": found.report.sample,
        **head_fields(found),
        **place_fields(db, found),
        "caller": people.caller,
        "phone": people.phone,
        "victims": people.victims,
        **people_words(found.report),
        "narrative": shorten.text(hidden.out_of(found.report.narrative)),
        "result": _result(found, own, people, shorten),
        "story": [] if options.form is Form.SHORT else story,
        "story_count": len(story),
        "corrections": sum(row["mark"] == "correction" for row in story),
        "units": shorten.rows(unit_rows(db, found.id, found.reported_at)),
        "stills_count": len(kept_stills(db, found.id)),
        **_kept(db, found.id, people, options.form),
        "signatures": signature_rows(db, own, known, options.checked_by),
        "names_hidden": people.is_hidden,
    }
    data |= {name: shorten.line(hidden.out_of(data[name])) for name in _FIELDS}
    return data | {"hidden_count": hidden.found, "cut": shorten.has_cut}


def _running(found: Incident, people: People) -> str:
    """What the following pages say at their head, beside the number: one line, cut."""
    report = found.report
    kind = "" if found.erased else found.category.name
    words = " · ".join(part for part in (kind, people.hidden.out_of(report.place)) if part)
    return cut(" ".join(words.split()), RUNNING)


def _kept(db: Connection, incident_id: str, people: People, form: Form) -> dict[str, Any]:
    """Footage, packages and files: tables in full, how many on one page."""
    tables = {
        "footage": footage_rows(db, incident_id, people.hidden),
        "packages": package_rows(db, incident_id, people.hidden),
        "attachments": file_rows(db, incident_id, people.hidden),
    }
    counts = {f"{name}_count": len(rows) for name, rows in tables.items()}
    return counts | {name: rows if form is Form.FULL else [] for name, rows in tables.items()}


def _result(
    found: Incident, entries: Sequence[Entry], people: People, shorten: Shortener
) -> dict[str, Any]:
    """How it ended, in the words of who ended it; no text while it is open."""
    said: dict[str, Any] = {"text": "", "arrest": False, "reference": "", "cancelled": False}
    if found.is_open:
        return said
    if found.ending in (Ending.DUPLICATE, Ending.MERGED):
        return said | {"text": say(msg("Goes on as {number}", number=found.joined_to))}
    ends = [entry for entry in entries if entry.kind in ("incident_closed", "incident_cancelled")]
    data = ends[-1].data() if ends else {}
    if not data:
        return said | {"text": say(msg("Erased by order; the entry remains."))}
    return {
        "text": shorten.result(people.hidden.out_of(data.get("result", data.get("reason", "")))),
        "arrest": bool(data.get("arrest")),
        "reference": people.hidden.out_of(str(data.get("reference", ""))),
        "cancelled": found.ending is Ending.CANCELLED,
    }
