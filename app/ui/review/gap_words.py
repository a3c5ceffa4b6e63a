"""Why there is no footage, in the officer's words. Knows causes, no pixels."""

from __future__ import annotations

from app.thai.translation import tr
from app.ui.review.recorded import RowGap
from app.video.archive.segment import GapCause


def cause_words(cause: GapCause | None) -> str:
    """The cause of a gap; what age or space deleted, or was never recorded, has none."""
    match cause:
        case GapCause.CAMERA:
            return tr("Camera lost")
        case GapCause.NETWORK:
            return tr("Network down")
        case GapCause.DISK:
            return tr("Disk trouble")
        case GapCause.SOFTWARE:
            return tr("The recorder was not running")
        case GapCause.STOPPED:
            return tr("Recording was stopped")
        case None:
            return tr("Nothing was recorded here")


def gap_words(gap: RowGap) -> str:
    """Cause and detail, as there is room for on the timeline."""
    return f"{cause_words(gap.cause)} · {gap.detail}" if gap.detail else cause_words(gap.cause)
