"""What every paper says of itself: the station, the print, the head of the log; as JSON.

The JSON that is attached keeps every text as it was typed; what the template gets is cleaned.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.clock import to_stored
from app.errors import KnownError
from app.log import Head
from app.sheets.clean_text import cleaned
from app.sheets.sheet import Sheet
from app.station import StationFolder
from app.station.disk import reading_trouble
from app.station.signing_key import fingerprint, public_key_in
from app.thai.dates import date_time
from app.thai.translation import Language

FORMAT = 1
DATA_NAME = "data.json"


@dataclass(frozen=True, slots=True)
class Printing:
    """One printing: when, by whom (rank and name), the how-manieth, and where the log stood."""

    at: datetime
    by: str
    number: int
    head: Head


def paper_data(
    sheet: Sheet, printing: Printing, folder: StationFolder, key: str, letterhead: bytes
) -> dict[str, Any]:
    """All that a paper says, as it was typed. Hashes stand for pictures."""
    files = {name: _sha256(data) for name, data in sheet.files.items()}
    profile, head = folder.profile, printing.head
    return {
        "format": FORMAT,
        "kind": sheet.kind,
        "title": sheet.title,
        "subject": sheet.subject,
        "station": {
            "id": profile.station_id,
            "name": profile.name_th,
            "zone": profile.zone_name_th,
            "sample": profile.sample,
            "key": key,
            "log_origin": head.origin,
            "log_seq": head.n,
            "log_head": head.hash,
        },
        "print": {
            "at": to_stored(printing.at),
            "by": printing.by,
            "copy": bool(sheet.options.get("copy", False)),
            "number": printing.number,
        },
        "options": dict(sheet.options),
        "files": files | ({"letterhead": _sha256(letterhead)} if letterhead else {}),
        "sheet": sheet.data,
    }


def attached(data: Mapping[str, Any]) -> bytes:
    """The bytes that are attached to the paper and hashed. Half a surrogate pair, which no file
    can hold, stands as its JSON escape."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace")


def for_template(
    data: Mapping[str, Any], printing: Printing, data_sha256: str, letterhead_name: str
) -> str:
    """What the template finds as `sys.inputs.data`: cleaned, times as people read them."""
    words = cleaned(data)
    words["print"]["at"] = date_time(printing.at, Language.THAI)
    words["station"]["letterhead"] = letterhead_name
    words["data_sha256"] = data_sha256
    # hashes and fingerprints are laid out by the style: no break inside them
    for name in ("log_head", "key"):
        words["station"][name] = data["station"][name]
    return json.dumps(words)


def code_text(data: Mapping[str, Any], data_sha256: str) -> str:
    """What the square code on the paper says: which paper, where the log stood, whose key."""
    station = data["station"]
    return "\n".join(
        (
            str(cleaned(data["title"])),
            f"log {station['log_origin']}:{station['log_seq']} {station['log_head']}",
            f"key {station['key'] or '-'}",
            f"data {data_sha256}",
        )
    )


def station_fingerprint(folder: StationFolder) -> str:
    """Of the station's signing key; empty until one was made. Raises KnownError."""
    try:
        public = public_key_in(folder.public_key_file.read_text("utf-8"))
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise reading_trouble(error, folder.public_key_file) from error
    except ValueError as error:
        raise KnownError(
            reading_trouble(OSError("not text"), folder.public_key_file).what
        ) from error
    return "" if public is None else fingerprint(public)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
