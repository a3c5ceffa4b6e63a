"""All that stands behind recorded footage at one desk, built and ended in order. No widget.

Playback begins when footage is first looked at; exports and index end after it.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Mapping

from app.cameras.masks import PrivacyMask
from app.clock import Clock
from app.evidence.office import EvidenceOffice
from app.log import Log
from app.ui.background import Background
from app.ui.desk import Desk
from app.ui.export_jobs import ExportJobs
from app.ui.footage_desk import FootageDesk
from app.ui.live.live_place import LiveParts
from app.ui.review.review_place import ReviewParts
from app.ui.review.screening import Screening
from app.video.archive.index_reading import IndexedFootage
from app.video.archive.permitted import PermittedFootage
from app.video.archive.viewing import FootageViewed
from app.video.playback.playback import Playback
from app.video.playback.thumbnails import Thumbnails

_logger = logging.getLogger(__name__)


class FootageRoom:
    """Made once for a desk; windows come and go."""

    def __init__(
        self, desk: Desk, log: Log, background: Background, office: EvidenceOffice, clock: Clock
    ) -> None:
        self.footage = IndexedFootage(office.folder.recordings)
        seen = PermittedFootage(self.footage, functools.partial(desk.may, FootageViewed.kind))
        self.screening = Screening(Playback(seen, clock), Thumbnails(seen, clock))
        self.exports = ExportJobs(desk, self.footage, office)
        self.desk = FootageDesk(desk, log, self.footage, background, self.exports)

    def parts(self, live: LiveParts) -> ReviewParts:
        """What a window's Review place stands on; it shares the rest with its Live place."""
        return ReviewParts(
            desk=self.desk,
            screening=self.screening,
            ground=live.ground,
            finder=live.finder,
            stills=live.stills,
            centre=live.centre,
        )

    def set_masks(self, masks: Mapping[str, tuple[PrivacyMask, ...]]) -> None:
        """What must not be seen from now on."""
        self.screening.set_masks(masks)

    def stop_playing(self) -> None:
        """Nothing is decoded any more; before the live pictures stop."""
        _logger.info("stopping: playback")
        self.screening.stop()

    def stop(self) -> None:
        """What is under way is taken away. Before the background and the log stop."""
        _logger.info("stopping: exports")
        self.exports.stop()

    def close(self) -> None:
        """Let go of the index; after the background."""
        self.footage.close()
