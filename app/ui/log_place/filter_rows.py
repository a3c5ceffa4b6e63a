"""What can be filtered by, in the order of the list. Knows the station's words, no widget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.duty.officers import Officer
from app.duty.units import Unit
from app.geo.areas import Area, AreaKind
from app.incidents.asked import Asked
from app.incidents.categories import CaseGroup, Category, Channel
from app.incidents.incident import IncidentState
from app.thai.translation import Language, language, tr
from app.ui.log_place.filter_list import FilterRow
from app.ui.words import channel_name, group_name, state_name

_LISTS = {AreaKind.ZONE: "zones", AreaKind.COMMUNITY: "communities", AreaKind.BEAT: "beats"}
OUTSIDE = ""
"""Stands among the zones for what lies in none."""


@dataclass(frozen=True, slots=True)
class Station:
    """What the filters are made of."""

    areas: Sequence[Area]
    units: Sequence[Unit]
    officers: Sequence[Officer]
    categories: Sequence[Category]


def filter_rows(station: Station) -> list[FilterRow]:
    """Every section with its head."""
    return [
        *_section(tr("State"), _states()),
        *_section(tr("Area"), _areas(station.areas)),
        *_section(tr("Case group"), _groups()),
        *_section(tr("Channel"), _channels()),
        *_section(tr("Unit"), _units(station.units)),
        *_section(tr("Taken by"), _officers(station.officers)),
        *_section(tr("Type"), _categories(station.categories)),
    ]


def chips_of(asked: Asked, rows: Sequence[FilterRow]) -> Iterator[FilterRow]:
    """What is ticked, in the order of the list; also what the station no longer has."""
    known = {row.key: row for row in rows if not row.is_head}
    for name in ("states", "zones", "communities", "beats", "groups", "channels", "units",
                 "officers", "categories"):  # fmt: skip
        values: tuple[str, ...] = getattr(asked, name)
        for value in values:
            yield known.get((name, value), FilterRow(value or tr("outside the zone"), name, value))


def _section(head: str, rows: Iterator[FilterRow]) -> Iterator[FilterRow]:
    """A head and its rows; nothing where there are none."""
    for number, row in enumerate(rows):
        if number == 0:
            yield FilterRow(head)
        yield row


def _states() -> Iterator[FilterRow]:
    for state in IncidentState:
        yield FilterRow(state_name(state), "states", state.value)


def _areas(areas: Sequence[Area]) -> Iterator[FilterRow]:
    thai = language() is Language.THAI
    for kind, list_name in _LISTS.items():
        for area in areas:
            if area.kind is kind:
                yield FilterRow(area.name_th if thai else area.name_en or area.name_th,
                                list_name, area.id)  # fmt: skip
        if kind is AreaKind.ZONE:
            yield FilterRow(tr("outside the zone"), list_name, OUTSIDE)


def _groups() -> Iterator[FilterRow]:
    for group in (*list(CaseGroup)[1:], CaseGroup.NONE):
        yield FilterRow(group_name(group), "groups", str(int(group)))


def _channels() -> Iterator[FilterRow]:
    for channel in Channel:
        yield FilterRow(channel_name(channel), "channels", channel.value)


def _units(units: Sequence[Unit]) -> Iterator[FilterRow]:
    for unit in units:
        yield FilterRow(unit.call_sign, "units", unit.id)


def _officers(officers: Sequence[Officer]) -> Iterator[FilterRow]:
    for officer in officers:
        yield FilterRow(officer.name, "officers", officer.id)


def _categories(categories: Sequence[Category]) -> Iterator[FilterRow]:
    for category in categories:
        yield FilterRow(f"{category.code} {category.name}", "categories", category.code)
