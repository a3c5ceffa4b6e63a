"""What a file of places would do, and that nothing is saved over what somebody else saved."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.geo.coordinates import LatLon
from app.geo.interchange.effects import Effect
from app.geo.interchange.place_plan import PlannedPlace, plan_places
from app.geo.interchange.places_geojson import PlacesFile
from app.geo.place_saving import PlaceConflictError, PlaceEdit, name_places, save_places
from app.geo.places import Place, PlaceKind, all_places
from app.geo.refused_proposals import ProposalsRefused, refused_proposals
from tests.geo.material import SUPERVISOR, a_log

MARKET = Place("place-1", PlaceKind.LANDMARK, "ตลาด อินโดจีน", "Indochina Market", ("ตลาดริมโขง",),
               LatLon(16.5436, 104.7276))  # fmt: skip
POST = Place("place-2", PlaceKind.CHECK_POINT, "จุดตรวจท่าเรือ", "", (), LatLon(16.54, 104.73))


def plan(*places: Place) -> list[PlannedPlace]:
    return list(plan_places(PlacesFile(places, ()), [MARKET, POST]))


def test_each_place_is_new_changed_the_same_or_refused() -> None:
    new = replace(MARKET, id="", name_th="ร้านใหม่")
    moved = replace(POST, at=LatLon(16.541, 104.73))
    planned = plan(MARKET, moved, new, moved)
    assert [one.effect for one in planned] == [
        Effect.NOTHING, Effect.CHANGES, Effect.ADDS, Effect.REFUSED,
    ]  # fmt: skip
    assert planned[1].before == POST


def test_a_plain_list_finds_the_place_by_its_name_and_keeps_what_it_does_not_say() -> None:
    plain = Place("", PlaceKind.LANDMARK, "ตลาดอินโดจีน", "", ("ตลาดสด",), LatLon(16.544, 104.728))
    post = Place("", PlaceKind.LANDMARK, POST.name_th, "", (), POST.at)
    far = replace(plain, at=LatLon(16.60, 104.73))
    market, same, other = plan(plain, post, far)
    assert market.effect is Effect.CHANGES
    assert market.place == replace(
        plain, id="place-1", name_en="Indochina Market", aliases=("ตลาดริมโขง", "ตลาดสด")
    )
    assert same.effect is Effect.NOTHING  # a check-point stays one
    assert (other.effect, other.place.id) == (Effect.ADDS, "")


def test_an_id_of_another_station_is_not_taken_over() -> None:
    [one] = plan(replace(MARKET, id="place-99", name_th="ที่อื่น"))
    assert (one.effect, one.place.id) == (Effect.ADDS, "")


def test_a_name_twice_in_one_file_is_ticked_once() -> None:
    new = replace(MARKET, id="", name_th="ร้านใหม่")
    first, second = plan(new, new)
    assert first.is_wanted
    assert second.can_be_taken
    assert not second.is_wanted


def test_nothing_is_saved_over_what_somebody_else_saved_meanwhile(tmp_path: Path) -> None:
    with a_log(tmp_path) as log:
        name_places(log, [MARKET, POST], actor=SUPERVISOR).result(5)
        theirs = replace(MARKET, name_en="The market")
        save_places(log, [PlaceEdit(theirs, MARKET)], actor=SUPERVISOR).result(5)
        mine = [
            PlaceEdit(replace(POST, name_en="Pier"), POST),
            PlaceEdit(replace(MARKET, aliases=()), MARKET),
        ]
        with pytest.raises(PlaceConflictError, match="changed meanwhile"):
            save_places(log, mine, actor=SUPERVISOR).result(5)
        save_places(log, [PlaceEdit(None, theirs)], actor=SUPERVISOR).result(5)
        with pytest.raises(PlaceConflictError, match="removed meanwhile"):
            save_places(log, [PlaceEdit(MARKET, theirs)], actor=SUPERVISOR).result(5)
        with log.reading() as db:
            assert all_places(db) == [POST]  # all or none
        new = [PlaceEdit(replace(MARKET, id=""))]
        [entry] = save_places(log, new, actor=SUPERVISOR).result(5)
        assert entry.subject == "place-3"


def test_refused_proposals_are_remembered(
    tmp_path: Path,
) -> None:
    with a_log(tmp_path) as log:
        log.append(ProposalsRefused((replace(MARKET, id=""), POST)), actor=SUPERVISOR).result(5)
        with log.reading() as db:
            kept = refused_proposals(db)
        assert [(one.name_th, one.kind, one.at) for one in kept] == [
            (MARKET.name_th, MARKET.kind, MARKET.at), (POST.name_th, POST.kind, POST.at),
        ]  # fmt: skip
