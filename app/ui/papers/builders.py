"""Who makes the sheet of each kind from the log. One line a kind; no widget, so anyone may build.

A builder runs in a background thread, in one unchanging state of the log; it may draw a map.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.log import Connection
from app.sheets.sheet import Sheet
from app.ui.papers.build_activity import build_activity
from app.ui.papers.build_extract import build_extract
from app.ui.papers.build_handover import build_handover
from app.ui.papers.build_incident import build_incident
from app.ui.papers.build_receipt import build_receipt
from app.ui.papers.build_summary import build_summary
from app.ui.papers.build_survey import build_survey
from app.ui.papers.build_zone_map import build_zone_map
from app.ui.papers.order import SheetOrder
from app.ui.papers.sheet_parts import SheetParts

Builder = Callable[[Connection, SheetParts, SheetOrder], Sheet]

BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "incident": build_incident,
        "handover": build_handover,
        "zone_map": build_zone_map,
        "summary": build_summary,
        "survey": build_survey,
        "receipt": build_receipt,
        "extract": build_extract,
        "activity": build_activity,
    }
)
