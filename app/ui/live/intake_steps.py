"""Taking a report: gives the form places from map and cameras, and its report to the log.

Knows where the panel's words come from, not where the panel stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal

from app.cameras.camera import Camera
from app.cameras.ground import Ground
from app.errors import KnownError
from app.geo.coordinates import LatLon, as_decimal
from app.incidents.categories import Category
from app.incidents.drafts import Draft
from app.incidents.duplicates import likely_same
from app.incidents.incident import IncidentReported, Report
from app.incidents.place_finder import PlaceFinder
from app.log import Changed, Entry
from app.map.view import MapView
from app.thai.translation import explain, tr
from app.ui.desk import Desk
from app.ui.live.draft_keeper import DraftKeeper
from app.ui.live.intake_panel import IntakePanel


class IntakeSteps(QObject):
    """Opens the panel, fills its place, keeps its draft, saves what it holds."""

    told = Signal(str)
    reported = Signal(str, bool)  # incident id; whether a unit is to be sent at once
    look_requested = Signal(str)  # incident id
    put_aside = Signal()

    def __init__(
        self,
        panel: IntakePanel,
        map_view: MapView,
        desk: Desk,
        ground: Ground,
        finder: PlaceFinder,
        drafts: DraftKeeper,
    ) -> None:
        super().__init__(panel)
        self._panel, self._map = panel, map_view
        self._desk, self._ground, self._finder = desk, ground, finder
        self._drafts = drafts
        panel.saved.connect(self._on_saved)
        panel.attached.connect(self._on_attached)
        panel.look_requested.connect(self._on_look_requested)
        panel.place_found.connect(self._on_place_found)
        panel.told.connect(self._look_for_the_same)
        panel.edited.connect(self._on_edited)
        panel.thrown_away.connect(drafts.discard)
        panel.closed.connect(self.close)
        drafts.flush()  # a window before this one goes, and its form with it
        drafts.kept.connect(self._on_kept)
        desk.changed.connect(self._on_changed)
        map_view.place_clicked.connect(self._on_place_clicked)

    def open(self, begun: Report | None = None) -> None:
        """F2: ready to type, with whatever was put aside still in it. `begun`: what was typed
        elsewhere already; it takes the place of nothing that somebody typed before."""
        if begun is not None:
            self._take_over(begun)
        self._panel.begin(self._desk.next_number(), self._desk.incidents.categories())
        self._on_place_found(self._panel.fields.place.point)
        self._look_for_the_same()

    def _take_over(self, begun: Report) -> None:
        fields = self._panel.fields
        if not fields.is_empty:
            words = " ".join(filter(None, (begun.place, begun.narrative)))
            fields.narrative.appendPlainText(words)
            self.told.emit(tr("A report was being typed: what you typed now was added to it."))
            return
        offered = self._desk.incidents.categories()
        named = (f"{one.code} {one.name}" for one in offered if one.code == begun.category)
        self._restore(Draft(begun, next(named, ""), begun.place, "", None), offered)

    def _restore(self, draft: Draft, offered: Sequence[Category]) -> None:
        self._panel.fields.kind.set_offered(offered)
        self._panel.restore(draft)

    def close(self) -> None:
        """Put it aside with what is in it."""
        self._panel.hide()
        self._map.set_pin(None)
        self.put_aside.emit()

    def resume(self) -> None:
        """At the start: what was being typed when the program ended is there again."""
        draft = self._drafts.load()
        if draft is None or not self._panel.fields.is_empty:
            return
        self._restore(draft, self._desk.incidents.categories())
        self._map.set_pin(None)
        self.told.emit(tr("A report that was being typed was kept: F2 goes on with it."))

    def take_camera(self, camera: Camera) -> None:
        """Where the camera stands is where it happens, if a report is being taken."""
        if self._panel.isVisible():
            place = LatLon(camera.lat_deg, camera.lon_deg)
            self._take_place(f"{camera.id} {camera.name}", place)

    def complain(self, error: KnownError) -> bool:
        """Say it where the officer is typing. Whether anything is being typed."""
        if self._panel.isVisible():
            self._panel.complain(explain(error))
            return True
        return False

    def report(self, report: Report) -> None:
        """A report that was made elsewhere: from one line. KnownError if it is not complete."""
        self._desk.report(report, self._on_reported_elsewhere)

    def attach(self, incident_id: str, report: Report) -> None:
        """Attach a report that was made elsewhere."""
        self._desk.incidents.attach(incident_id, report, self._on_attached_elsewhere)

    # Place

    def _on_place_clicked(self, lat_deg: float, lon_deg: float) -> None:
        if self._panel.isVisible():
            place = LatLon(lat_deg, lon_deg)
            self._take_place(self._finder.name_of(place) or as_decimal(place), place)

    def _take_place(self, text: str, place: LatLon) -> None:
        """The click took the keyboard out of the form; the officer goes on typing there."""
        self._panel.take_place(text, place)
        self._panel.take_keyboard()

    def _on_place_found(self, place: LatLon | None) -> None:
        """The map follows what is being typed; a form put aside leaves it alone."""
        if place is not None and not self._panel.isVisible():
            return
        self._map.set_pin(place, tr("Being reported"))
        names = {camera.id: camera.name for camera in self._ground.cameras}
        seeing = self._ground.who_sees_at(place, self._desk.now()) if place else ()
        self._panel.show_seeing([f"{one.camera_id} {names[one.camera_id]}" for one in seeing])
        if place is not None:
            self._map.show_place(place)

    # Perhaps the same

    def _look_for_the_same(self) -> None:
        told = self._panel.told_so_far()
        if not self._panel.isVisible() or (told.lat_deg is None and not told.place.strip()):
            self._panel.show_likely(None)
            return
        likely = likely_same(told, self._desk.open_incidents(), self._desk.now())
        self._panel.show_likely(likely)

    def _on_changed(self, changed: Changed) -> None:
        asks = self._panel.isVisible() and not self._panel.is_saving
        if asks and any("incident" in kind for kind in changed.kinds):
            self._look_for_the_same()

    def _on_look_requested(self, incident_id: str) -> None:
        self.close()
        self.look_requested.emit(incident_id)

    def _on_attached(self, incident_id: str, report: Report) -> None:
        try:
            self._desk.incidents.attach(incident_id, report, self._on_attached_written)
        except KnownError as error:
            self._panel.complain(explain(error))

    def _on_attached_written(self, entries: tuple[Entry, ...]) -> None:
        with self._emptied_after():
            self._on_attached_elsewhere(entries)

    def _on_attached_elsewhere(self, entries: tuple[Entry, ...]) -> None:
        subject = entries[0].subject
        self.reported.emit(subject, False)
        incident = self._desk.incident(subject)
        number = incident.number if incident is not None else ""
        self.told.emit(tr("Attached to {number}", number=number))

    # The draft

    def _on_edited(self) -> None:
        self._drafts.typed(self._panel.typed)

    def _on_kept(self, at: object) -> None:
        if not self._panel.fields.is_empty:
            self._panel.head.show_kept(at)  # type: ignore[arg-type]  # a signal's object

    @contextmanager
    def _emptied_after(self) -> Iterator[None]:
        """The panel away at once, and emptied after what is told: somebody reads the number out.
        What is emptied unseen asks nobody."""
        self.close()
        try:
            yield
        finally:
            self._panel.clear()
            self._drafts.discard()

    # Saving

    def _on_saved(self, report: Report, dispatch: bool) -> None:
        then = self._on_reported_to_send if dispatch else self._on_reported
        self._map.make_way()  # what is waited for now is the number
        try:
            self._desk.report(report, then)
        except KnownError as error:
            self._panel.complain(explain(error))

    def _on_reported(self, entries: tuple[Entry, ...], dispatch: bool = False) -> None:
        with self._emptied_after():
            self._tell(entries, dispatch)

    def _on_reported_to_send(self, entries: tuple[Entry, ...]) -> None:
        self._on_reported(entries, dispatch=True)

    def _on_reported_elsewhere(self, entries: tuple[Entry, ...]) -> None:
        self._tell(entries, dispatch=False)

    def _tell(self, entries: tuple[Entry, ...], dispatch: bool) -> None:
        reported = next(entry for entry in entries if entry.kind == IncidentReported.kind)
        self.reported.emit(reported.subject, dispatch)
        self.told.emit(tr("Saved as {number}", number=reported.data()["number"]))
