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
    """The recorder's own reason where it gave one that people know, else the cause."""
    return detail_words(gap.detail) or cause_words(gap.cause)


def detail_words(detail: str) -> str:
    """What a reason's word in the index means; nothing for a word (or an actor) nobody knows."""
    match detail:
        case "wrong_password":
            return tr("Wrong camera password")
        case "refused" | "turned_away":
            return tr("The camera refuses")
        case "unreachable":
            return tr("The camera cannot be reached")
        case "silent" | "not_rtsp":
            return tr("The camera gives no answer")
        case "no_such_stream" | "sent_on":
            return tr("The camera has no such stream")
        case "no_video" | "no_media" | "stopped" | "untimed":
            return tr("The camera sends no pictures")
        case "codec" | "damaged":
            return tr("The camera's pictures cannot be recorded")
        case "full":
            return tr("Disk full")
        case "gone" | "failed":
            return tr("Disk or file gone")
        case "shorter":
            return tr("A file was cut short")
        case "clock_stepped":
            return tr("The computer's clock was set")
        case "starting":
            return tr("The recorder was starting")
        case "terminated":
            return tr("The recorder was ended")
        case "settings":
            return tr("Switched off in the settings")
        case _:
            return ""
