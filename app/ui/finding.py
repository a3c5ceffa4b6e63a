"""What Ctrl+K finds: commands, incidents by number, cameras and places by name."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import replace

from app.cameras.ground import Ground
from app.geo.coordinates import LatLon
from app.incidents.asked import Asked, understand
from app.incidents.one_line import command_rest
from app.incidents.place_finder import PlaceFinder, camera_title
from app.incidents.search import Hit
from app.thai.dates import short_date
from app.thai.excerpt import marked
from app.thai.text import find_matches
from app.thai.translation import language, tr
from app.ui.actions import Action
from app.ui.desk import Desk
from app.ui.live.intake_suggestions import PLACE_ICONS
from app.ui.live.live_place import LivePlace
from app.ui.log_place.found_by_text import FoundByText
from app.ui.log_place.log_desk import LogDesk
from app.ui.one_line_rows import OneLineRows
from app.ui.widgets.suggest_field import Suggestion
from app.ui.words import state_name

_MOST = 6
_MOST_FOOTAGE = 2
_LONGEST_DETAIL = 60  # characters
_LEAST_LETTERS = 2
"""Of a text that is looked for in the log: one letter stands in every incident."""
SeeFootage = Callable[[LatLon, str], None]


class Finder:
    """Turns a few letters into rows; each row's value is what to run."""

    def __init__(
        self,
        desk: Desk,
        ground: Ground,
        places: PlaceFinder,
        live: LivePlace,
        see_footage: SeeFootage,
        log: LogDesk,
        search_log: Callable[[str], None],
    ) -> None:
        self._see_footage = see_footage
        self._search_log = search_log
        self._desk = desk
        self._ground = ground
        self._places = places
        self._live = live
        self._actions: Sequence[Action] = ()
        self._by_text = FoundByText(log)
        self._one_line = OneLineRows(desk, places, live, sample=live.is_sample)

    def tell_more(self, more: Callable[[], None]) -> None:
        """Call `more` when the log has answered: `find` then gives more rows for the same text."""
        self._by_text.answered = more

    def with_actions(self, actions: Sequence[Action]) -> Callable[[str], Sequence[Suggestion]]:
        """The function that finds, among these actions too."""
        self._actions = actions
        return self.find

    def find(self, text: str) -> Sequence[Suggestion]:
        """Rows in fixed sections; with nothing typed, the commands."""
        rest = command_rest(text)
        if rest is not None:
            return _section(tr("Take a report"), self._one_line.find(rest))
        if not text:
            return _section(tr("Commands"), [_command(action, ()) for action in self._actions])
        if text.startswith("@"):
            return _section(tr("Cameras"), self._cameras(text[1:].strip()))
        return (
            *_section(tr("Incidents"), self._incidents(text)),
            *_section(tr("Cameras"), self._cameras(text)),
            *_section(tr("Camera layouts"), self._layouts(text)),
            *_section(tr("Places on the map"), self._found_places(text)),
            *_section(tr("Footage of a place"), self._footage(text)),
            *_section(tr("Commands"), self._commands(text)),
            *_section(tr("Log"), self._in_log(text)),
        )

    def _incidents(self, text: str) -> list[Suggestion]:
        number = text.lstrip("#").strip()
        found = self._desk.find_incidents(number, _MOST) if number[:1].isdecimal() else []
        by_number = [
            Suggestion(
                value=functools.partial(self._choose_incident, incident.id),
                title=f"{incident.number} {incident.category.name}",
                detail=f"{incident.report.place} · {short_date(incident.reported_at, language())}",
                right=state_name(incident.state),
                icon="notebook-text",
                spans=((0, min(len(number), len(incident.number))),),
            )
            for incident in found
        ]
        known = {incident.id for incident in found}
        hits = self._by_text.hits(text) if len(text) >= _LEAST_LETTERS else ()
        others = [hit for hit in hits if hit.incident.id not in known]
        phrases = understand(Asked(text), self._desk.now()).phrases if others else ()
        return (by_number + [self._by_words(hit, phrases) for hit in others])[:_MOST]

    def _in_log(self, text: str) -> list[Suggestion]:
        """Where `last night` was typed: incidents of a time are a list, with its map."""
        if understand(Asked(text), self._desk.now()).span is None:
            return []
        title = tr("Search the log for “{text}”", text=text)
        look = functools.partial(self._search_log, text)
        return [Suggestion(look, title, tr("incidents of that time"), icon="search")]

    def _by_words(self, hit: Hit, phrases: Sequence[str]) -> Suggestion:
        """An incident in which what was typed stands, and where it stands."""
        incident = hit.incident
        title = f"{incident.number} {incident.category.name}"
        said = next((one.text for one in hit.found), incident.report.place)
        found = marked(said, phrases, _LONGEST_DETAIL)
        return Suggestion(
            value=functools.partial(self._choose_incident, incident.id),
            title=title,
            detail=f"{found.text} · {short_date(incident.reported_at, language())}",
            right=state_name(incident.state),
            icon="notebook-text",
            detail_spans=tuple((span.start, span.end) for span in found.spans),
        )

    def _cameras(self, text: str) -> list[Suggestion]:
        rows = []
        for camera in self._ground.cameras:
            title = camera_title(camera)
            spans = find_matches(title, text)
            if spans or not text:
                show = functools.partial(self._show_camera, camera.id)
                marked = tuple((span.start, span.end) for span in spans)
                rows.append(
                    Suggestion(show, title, tr("live picture"), icon="cctv", spans=marked,
                               camera_id=camera.id)
                )  # fmt: skip
        return rows[:_MOST]

    def _layouts(self, text: str) -> list[Suggestion]:
        rows = []
        for layout in self._live.layouts.layouts:
            spans = find_matches(layout.name, text)
            if spans:
                show = functools.partial(self._live.layouts.choose, layout.id)
                marked = tuple((span.start, span.end) for span in spans)
                right = tr("{count} tiles", count=layout.tile_count)
                rows.append(
                    Suggestion(show, layout.name, right=right, icon="layout-grid", spans=marked)
                )
        return rows[:_MOST]

    def _found_places(self, text: str) -> list[Suggestion]:
        return [
            Suggestion(
                value=functools.partial(self._live.map.show_place, place.point),
                title=place.title,
                detail=place.detail,
                right=tr("in the zone") if place.in_zone else "",
                icon=PLACE_ICONS[place.kind],
                spans=tuple((span.start, span.end) for span in place.spans),
            )
            for place in self._places.suggest(text, _MOST)
        ]

    def _footage(self, text: str) -> list[Suggestion]:
        """Footage of a place that was typed, a little while ago; its time is chosen there."""
        return [
            Suggestion(
                value=functools.partial(self._see_footage, place.point, place.text),
                title=place.title,
                detail=tr("cameras that see it, two minutes ago"),
                icon="history",
                spans=tuple((span.start, span.end) for span in place.spans),
            )
            for place in self._places.suggest(text, _MOST_FOOTAGE)
        ]

    def _commands(self, text: str) -> list[Suggestion]:
        rows = []
        for action in self._actions:
            spans = find_matches(action.words, text)
            if spans:
                rows.append(_command(action, tuple((span.start, span.end) for span in spans)))
        return rows[:_MOST]

    def _choose_incident(self, incident_id: str) -> None:
        self._live.choose(incident_id)

    def _show_camera(self, camera_id: str) -> None:
        self._live.grid.toggle_single(camera_id)


def _command(action: Action, spans: tuple[tuple[int, int], ...]) -> Suggestion:
    return Suggestion(action.run, action.words, icon=action.icon, key=action.shown, spans=spans)


def _section(head: str, rows: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """The rows, the first one carrying the section's head."""
    return tuple(replace(row, head=head) if number == 0 else row for number, row in enumerate(rows))
