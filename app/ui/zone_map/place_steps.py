"""Correcting where an incident happened: from the chosen mark to the saved entry.

Joins the ghost on the map, the card and the desk; decides nothing about the place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from app.cameras.ground import Ground
from app.errors import KnownError, msg
from app.geo.areas import AreaKind
from app.geo.coordinates import LatLon, as_decimal, as_mgrs
from app.incidents.correction import AreasThen, NewPlace, moved_words
from app.incidents.deadlines import urgency
from app.incidents.incident import AreaFound, Incident
from app.incidents.place_finder import PlaceFinder
from app.map.lengths import length_text
from app.map.place_mover import PlaceMover
from app.map.view import MapView
from app.thai.translation import explain, tr
from app.ui.map_desk import MapDesk
from app.ui.words import map_urgency
from app.ui.zone_map.map_words import kind_name
from app.ui.zone_map.place_card import PlaceCard, PlaceWords

_TOLD_KINDS = (AreaKind.ZONE, AreaKind.COMMUNITY, AreaKind.BEAT, AreaKind.TAMBON)
_LEAST_M = 0.05  # less is no movement: the hand has put it back


@dataclass(frozen=True, slots=True)
class BegunCorrection:
    """A correction that is not saved, and what is typed on its card."""

    incident: Incident
    at: LatLon
    words: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False)
class _InHand:
    incident: Incident
    before: LatLon | None
    areas: AreasThen
    note: str
    tool: PlaceMover


class PlaceSteps(QObject):
    """One incident in the hand at a time."""

    told = Signal(str)
    ended = Signal()

    def __init__(
        self, view: MapView, card: PlaceCard, desk: MapDesk, ground: Ground, finder: PlaceFinder
    ) -> None:
        super().__init__()
        self._view, self._card, self._desk = view, card, desk
        self._ground, self._finder = ground, finder
        self._hand: _InHand | None = None
        self._own_words = False  # the officer has typed the place's words: they are left alone
        self._is_saving = False
        desk.desk.failed.connect(self._on_failed)
        card.save_requested.connect(self._on_save)
        card.discard_requested.connect(self.leave)
        card.place_typed.connect(self._on_typed)
        card.words_edited.connect(self._on_words)

    @property
    def is_correcting(self) -> bool:
        return self._hand is not None

    @property
    def at(self) -> LatLon | None:
        """Where the ghost stands; None while nothing is corrected."""
        return LatLon(*self._view.ground.degrees(*self._hand.tool.at_m)) if self._hand else None

    def incident_of(self, incident_id: str) -> Incident | None:
        """As it stands now; None where there is none."""
        return self._desk.desk.incident(incident_id) if incident_id else None

    # Beginning and ending

    def begin(self, incident: Incident) -> None:
        """Take an incident's place in hand. Raises KnownError without the right."""
        self._desk.desk.require_right("incident_corrected")
        if incident.erased:
            raise KnownError(msg("The report was erased by order: it has no place to correct."))
        self._close()
        report = incident.report
        before = None
        if report.lat_deg is not None and report.lon_deg is not None:
            before = LatLon(report.lat_deg, report.lon_deg)
        state = self._view.view_state()
        ghost = before or LatLon(state.lat_deg, state.lon_deg)
        self._take(incident, before, ghost)
        self._card.open(tr("Correct the place of {number}", number=_name(incident)), report.place)
        self._show()
        self._card.appear()

    def begun(self) -> BegunCorrection | None:
        """What would be lost with this window; None where nothing is corrected."""
        at = self.at
        if self._hand is None or at is None:
            return None
        card = self._card
        return BegunCorrection(self._hand.incident, at, card.words.text(), card.reason.text())

    def go_on(self, begun: BegunCorrection) -> None:
        """Go on with a correction that another window began."""
        self.begin(begun.incident)
        self.put(begun.at)
        self._card.show_place_words(begun.words)
        self._own_words = begun.words != moved_words(begun.incident.report, begun.at)
        self._card.reason.setText(begun.reason)

    def leave(self) -> None:
        """Esc: the incident stays where it was."""
        if self._hand is not None:
            self._close()
            self.ended.emit()

    def save(self) -> None:
        """Ctrl+S: as the card's button."""
        if self._hand is not None:
            self._card.ask_to_save()

    def _take(self, incident: Incident, before: LatLon | None, ghost: LatLon) -> None:
        desk, ground = self._desk.desk, self._view.ground
        loud = map_urgency(urgency(incident, desk.now(), desk.targets))
        before_m = ground.place(before.lat_deg, before.lon_deg) if before is not None else None
        tool = PlaceMover(before_m, ground.place(ghost.lat_deg, ghost.lon_deg), loud)
        tool.changed.connect(self._on_moved)
        areas = self._desk.areas_then(incident)
        self._hand = _InHand(incident, before, areas, self._note(areas, ghost), tool)
        self._own_words = False
        self._view.set_tool(tool)
        self._view.select(None)  # its name would lie where the ghost goes

    def _close(self) -> None:
        if self._hand is None:
            return
        self._hand.tool.deleteLater()
        self._hand = None
        self._card.hide()
        self._view.set_tool(None)

    # Moving

    def put(self, place: LatLon) -> None:
        """The ghost to a place."""
        if self._hand is not None:
            self._hand.tool.put(*self._view.ground.place(place.lat_deg, place.lon_deg))

    def _on_typed(self, typed: str) -> None:
        try:
            place = self._finder.resolve(typed)
        except KnownError as error:
            self._card.complain(explain(error))
            return
        if place is None:
            named = self._finder.suggest(typed, 1) if typed.strip() else []
            place = named[0].point if named else None
        if place is None:
            self._card.complain(tr("No place of this name. Type coordinates, or click the map."))
            return
        self.put(place)
        self._view.show_place(place)
        self._card.target.clear()

    def _on_moved(self) -> None:
        hand, at = self._hand, self.at
        if hand is None or at is None:
            return
        if not self._own_words:
            self._card.show_place_words(moved_words(hand.incident.report, _rounded(at)))
        self._card.complain("")
        self._show()

    def _on_words(self) -> None:
        self._own_words = True
        self._show()

    # Saving

    def _on_save(self, words: str, reason: str) -> None:
        hand, new = self._hand, self._new(words)
        if hand is None or new is None or self._is_saving:
            return
        try:
            self._desk.correct_place(hand.incident, new, reason, self._on_saved)
            self._is_saving = True
        except KnownError as error:
            self._card.complain(explain(error))

    def _on_failed(self, _error: KnownError) -> None:
        """Something was not written: what is in the hand may be saved again."""
        self._is_saving = False

    def _on_saved(self, entries: Sequence[object]) -> None:
        self._is_saving = False
        if self._hand is None:
            return
        name = _name(self._hand.incident)
        self.leave()
        self.told.emit(tr("The place of {number} is corrected.", number=name))

    def _new(self, words: str) -> NewPlace | None:
        hand, at = self._hand, self.at
        if hand is None or at is None:
            return None
        moved_m = self._moved_m()
        if moved_m is not None and moved_m < _LEAST_M:
            assert hand.before is not None
            at, moved_m = hand.before, 0.0
        at = at if at == hand.before else _rounded(at)
        return NewPlace(words, at, hand.areas.at(at), moved_m)

    def _moved_m(self) -> float | None:
        hand, at = self._hand, self.at
        if hand is None or at is None or hand.before is None:
            return None
        return self._ground.distance_m(hand.before, at)

    # Words

    def _show(self) -> None:
        hand, at = self._hand, self.at
        if hand is None or at is None:
            return
        moved_m = self._moved_m()
        found = hand.areas.at(at)
        is_there = moved_m is not None and moved_m < _LEAST_M
        near = self._finder.name_of(at)
        place = f"{as_decimal(at)} · {as_mgrs(at)}"
        hand.tool.title = "" if moved_m is None or is_there else length_text(moved_m)
        hand.tool.detail = near
        own = self._card.words.text().strip() != hand.incident.report.place
        self._card.show_words(
            PlaceWords(
                moved=_moved_words(moved_m, is_there),
                at=tr("{place} · near {name}", place=place, name=near) if near else place,
                areas=_area_lines(found, hand.incident.report.areas),
                note=hand.note,
                can_save=not is_there or own,
            )
        )
        self._view.redraw()

    def _note(self, areas: AreasThen, place: LatLon) -> str:
        """Whether other outlines held when it was reported than hold now."""
        now = {area.version for areas in self._ground.areas_at(place).values() for area in areas}
        then = {area.version for area in areas.at(place)}
        return "" if then == now else tr("By the outlines that held when it was reported.")


def _name(incident: Incident) -> str:
    return f"{incident.number} {incident.category.name}"


def _rounded(at: LatLon) -> LatLon:
    return replace(at, lat_deg=round(at.lat_deg, 6), lon_deg=round(at.lon_deg, 6))


def _moved_words(moved_m: float | None, is_there: bool) -> str:
    if is_there:
        return tr("Drag the mark, or click where it happened.")
    if moved_m is None:
        return tr("It had no place on the map until now.")
    return tr("Moved {distance} from where it was", distance=length_text(moved_m))


def _area_lines(found: Sequence[AreaFound], before: Sequence[AreaFound]) -> tuple[str, ...]:
    """For each kind the areas now, and those before where they were others."""
    lines = []
    for kind in _TOLD_KINDS:
        now, was = (_names(areas, kind) for areas in (found, before))
        words = now or tr("none")
        if now != was:
            words = tr("{now} (was {before})", now=words, before=was or tr("none"))
        lines.append(f"{kind_name(kind)}: {words}")
    return tuple(lines)


def _names(areas: Sequence[AreaFound], kind: AreaKind) -> str:
    return ", ".join(area.name for area in areas if area.kind == kind.value)
