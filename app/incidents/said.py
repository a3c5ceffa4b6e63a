"""What the entries about an incident say in words, for the search. New kinds are named here too."""

from __future__ import annotations

from app.incidents.incident import (
    IncidentClosed,
    IncidentCorrected,
    IncidentReopened,
    IncidentReported,
    NoteAdded,
)
from app.log import Said

SAID = (
    # every field of a report, also those that later versions take down
    Said(IncidentReported.kind, but=("channel", "category", "areas")),
    Said(IncidentCorrected.kind, but=("corrects", "channel", "category", "areas")),
    Said(NoteAdded.kind),
    Said(IncidentClosed.kind),
    Said(IncidentReopened.kind),
)
