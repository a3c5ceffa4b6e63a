"""Whom to send: the beat's own unit counts nearer, who rests comes later; reasons say so."""

from __future__ import annotations

from dataclasses import replace

from app.clock import to_stored
from app.duty.units import Unit, UnitKind, UnitState
from app.incidents.suggestions import Suggestion, suggest
from app.thai.translation import Language, say
from tests.station_log import MORNING

AWAY: dict[str, float | None] = {"a": 800.0, "b": 600.0, "c": 400.0, "d": 100.0, "e": 50.0}


def unit(id_: str, beat: str = "", **changes: object) -> Unit:
    made = Unit(id_, f"มุกดา {id_}", UnitKind.PATROL, beat, ("ก",), 16.5, 104.7,
                heard_at=to_stored(MORNING))  # fmt: skip
    return replace(made, **changes)


def offered(*units: Unit, beats: tuple[str, ...] = ("เขตตรวจ 2",)) -> list[Suggestion]:
    return suggest(units, beats, lambda one: AWAY.get(one.id), MORNING, 60)


def order(offers: list[Suggestion]) -> list[str]:
    return [one.unit.id for one in offers]


def reasons(one: Suggestion) -> list[str]:
    return [say(reason, Language.THAI) for reason in one.reasons]


def test_the_beats_own_unit_goes_before_one_that_is_a_little_nearer() -> None:
    own, nearer = unit("b", "เขตตรวจ 2"), unit("c", "เขตตรวจ 1")
    assert order(offered(nearer, own)) == ["b", "c"]
    first, second = offered(nearer, own)
    assert (first.owns_beat, first.is_nearest, first.rank_m) == (True, False, 300.0)
    assert reasons(first) == ["เขตตรวจ 2 เป็นเจ้าของพื้นที่"]
    assert reasons(second) == ["ใกล้ที่สุด", "ต้องออกจาก เขตตรวจ 1"]


def test_but_not_before_one_that_is_much_nearer() -> None:
    assert order(offered(unit("a", "เขตตรวจ 2"), unit("c"))) == ["c", "a"]


def test_who_rests_and_investigators_come_later_however_near() -> None:
    resting = unit("e", "เขตตรวจ 2", state=UnitState.RESTING)
    inquiry = unit("d", kind=UnitKind.INVESTIGATION)
    traffic = unit("c", kind=UnitKind.TRAFFIC)
    offers = offered(resting, inquiry, traffic, unit("a"))
    assert order(offers) == ["c", "a", "d", "e"]
    assert "พักอยู่ เรียกได้" in reasons(offers[3])
    assert "ชุดสืบสวน ส่งเมื่อจำเป็น" in reasons(offers[2])


def test_who_is_out_or_off_duty_is_not_offered() -> None:
    others = (UnitState.ASSIGNED, UnitState.ON_THE_WAY, UnitState.ON_SCENE, UnitState.OFF_DUTY)
    assert offered(*(unit("a", state=state) for state in others)) == []


def test_a_unit_that_was_not_heard_is_offered_with_a_word_of_warning() -> None:
    silent = unit("c", heard_at=to_stored(MORNING.replace(hour=2, minute=0)))
    (one,) = offered(silent)
    assert "เงียบมา 106 นาที" in reasons(one)


def test_without_a_place_the_list_goes_by_call_sign_and_claims_no_distance() -> None:
    offers = offered(unit("z"), unit("y", "เขตตรวจ 2"), unit("x"), beats=())
    assert order(offers) == ["x", "y", "z"]
    assert all(one.distance_m is None and not one.is_nearest for one in offers)


def test_a_unit_of_no_beat_owns_no_place_of_no_beat() -> None:
    (one,) = offered(unit("c"), beats=("",))
    assert not one.owns_beat
