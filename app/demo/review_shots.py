"""Pictures of the Review place in its states, taken on the running sample station."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app.demo.play import Play, Steps, Until
from app.geo.coordinates import LatLon
from app.incidents.incident import Incident
from app.ui.review.review_place import ReviewPlace
from app.video.playback.shown import Shown

_OF_FOOTAGE_S = 25  # what is recorded at least before it is looked at
_FAR_AWAY = LatLon(16.6011, 104.7358)  # the second friendship bridge: no camera is near


class ReviewShots:
    """Plays four cameras, sets A and B, locks, and looks where nobody sees."""

    def __init__(self, play: Play, pictures: Path) -> None:
        self._play = play
        self._pictures = pictures

    @property
    def _review(self) -> ReviewPlace:
        return self._play.window.review

    def take(self, name: str) -> Steps:
        """`name`: language and width, as in the other pictures' names."""
        play = self._play
        play.window.show_place("review")
        yield Until(self._has_enough, "nothing was recorded", 90.0)
        incident = self._incident()
        yield from self._playing(incident, name)
        yield from self._with_a_b(name)
        self._review.jumps.place(_FAR_AWAY, "", play.console.desk.now())
        yield play.wait(0.6)
        self._picture("empty", name)
        self._review.jumps.has_begun = False

    def _playing(self, incident: Incident, name: str) -> Steps:
        review, desk = self._review, self._play.console.desk
        report = incident.report
        place = LatLon(report.lat_deg or 0.0, report.lon_deg or 0.0)
        at = desk.now() - timedelta(seconds=_OF_FOOTAGE_S - 5)
        review.jumps.place(place, report.place, at, incident)
        review.timeline.look_at(at, 240.0)
        review.transport.play(1.0)
        yield Until(self._all_shown, "a camera showed no footage", 20.0)
        yield self._play.wait(0.8)
        self._picture("playing", name)

    def _with_a_b(self, name: str) -> Steps:
        review = self._review
        review.transport.pause()
        at = review.transport.at
        review.transport.set_span(at - timedelta(seconds=8), at + timedelta(seconds=6))
        review.card.reason.setText("พนักงานสอบสวนขอ ปจว. 14/2569")
        review.evidence.mark()
        yield self._play.wait(0.4)
        review.note.leave()
        review.evidence.lock()
        yield Until(self._locked, "the recorder did not acknowledge the lock", 20.0)
        yield self._play.wait(0.8)
        self._picture("evidence", name)

    # What is waited for

    def _has_enough(self) -> bool:
        extent = self._review.places.desk.footage.extent()
        return extent is not None and extent.duration_s >= _OF_FOOTAGE_S

    def _all_shown(self) -> bool:
        tiles = [tile for tile in self._review.grid.tiles if tile.camera is not None]
        return bool(tiles) and all(isinstance(tile.shown, Shown) for tile in tiles)

    def _locked(self) -> bool:
        rows = self._review.kept.rows
        return any(row.kind == "lock" and row.id and not row.right for row in rows)

    def _incident(self) -> Incident:
        """The open incident whose place the most cameras see."""
        console = self._play.console

        def seen_by(incident: Incident) -> int:
            report = incident.report
            if report.lat_deg is None or report.lon_deg is None:
                return 0
            return len(console.ground.who_sees(LatLon(report.lat_deg, report.lon_deg)))

        return max(console.desk.open_incidents(), key=seen_by)

    def _picture(self, what: str, name: str) -> None:
        self._play.picture(self._pictures / f"review_{what}_{name}.png")
