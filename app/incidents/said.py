"""What the entries about an incident say in words, for the search. New kinds are named here too."""

from __future__ import annotations

from app.incidents.attached import ReportAttached
from app.incidents.attachments.attachment import AttachmentAdded
from app.incidents.endings import (
    IncidentCancelled,
    IncidentMarkedDuplicate,
    IncidentMerged,
    IncidentTakenIn,
)
from app.incidents.incident import (
    IncidentClosed,
    IncidentCorrected,
    IncidentReopened,
    IncidentReported,
    NoteAdded,
)
from app.incidents.ownership import NextStepSet, OwnerSet
from app.incidents.report_correction import ReportCorrected
from app.log import Said

SAID = (
    # every field of a report, also those that later versions take down
    Said(IncidentReported.kind, but=("channel", "category", "areas")),
    Said(IncidentCorrected.kind, but=("corrects", "channel", "category", "areas")),
    Said(NoteAdded.kind),
    Said(IncidentClosed.kind),
    Said(IncidentReopened.kind),
    Said(ReportAttached.kind, but=("channel", "category", "areas")),
    Said(ReportCorrected.kind, ("after", "reason"), but=("channel", "category")),
    Said(IncidentCancelled.kind),
    Said(IncidentMarkedDuplicate.kind, ("other_number", "reason")),
    Said(IncidentMerged.kind, ("other_number", "reason")),
    Said(IncidentTakenIn.kind, ("other_number",)),
    Said(OwnerSet.kind, ("name",)),
    Said(NextStepSet.kind, ("text",)),
    Said(AttachmentAdded.kind, ("name", "note")),
)
