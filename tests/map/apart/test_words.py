"""What console and drawing process say to each other: only what is new, and nothing is believed."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.map.apart.answers import BadAnswer, Drawn, Ended, Failed, Unpacking, ended, failed
from app.map.apart.orders import Draw, GroundPiece, Known, NewGround, Told
from app.map.clusters import CLUSTER_ROW, Cluster
from app.map.marks import Urgency
from app.map.scene import Scene
from app.map.style import DAY, NIGHT
from tests.map.apart.requests import request, scene, town


def test_only_what_has_changed_is_sent() -> None:
    told, ground, shown = Told(), town(), scene(20)
    first = list(told.orders(request(1.0, shown, ground), 1, {}))
    assert isinstance(first[-1], Draw)
    assert set(first[-1].changed) == {"areas", "cameras", "incidents", "coverage", "walls"}
    assert isinstance(first[-2], NewGround)
    assert all(isinstance(order, GroundPiece) for order in first[:-2])
    again = list(told.orders(request(2.0, shown, ground), 2, {}))
    assert [set(order.changed) for order in again if isinstance(order, Draw)] == [set()]
    assert len(again) == 1
    assert told.knows(request(4.0, shown, ground))
    walled = replace(shown, walls=())
    assert not told.knows(request(2.0, walled, ground))
    (changed,) = told.orders(request(2.0, walled, ground), 3, {})
    assert isinstance(changed, Draw)
    assert set(changed.changed) == {"walls"}
    other_ground = list(told.orders(request(2.0, walled, town()), 4, {}))
    assert isinstance(other_ground[-2], NewGround)


def test_style_and_layers_are_said_when_they_change() -> None:
    told, known, ground, shown = Told(), Known(), town(), scene(3)
    by_day = replace(request(1.0, shown, ground), style=DAY)
    without = replace(shown, layers=shown.layers[:-1])
    for number, asked in enumerate(
        (by_day, by_day, request(1.0, shown, ground), request(1.0, without, ground)), start=1
    ):
        *_, draw = told.orders(asked, number, {})
        assert isinstance(draw, Draw)
        assert (draw.style, draw.layers) == [
            (DAY, shown.layers), (None, None), (NIGHT, None), (None, without.layers)
        ][number - 1]  # fmt: skip
        understood = known.request(draw)
        assert (understood.style, understood.scene.layers) == (asked.style, asked.scene.layers)


def test_every_part_of_a_scene_crosses() -> None:
    """A part added to the scene later must not be forgotten here."""
    parts = {*Scene.__dataclass_fields__} - {"layers"}
    told = Told()
    *_, draw = told.orders(request(1.0, scene(3), town()), 1, {})
    assert isinstance(draw, Draw)
    assert set(draw.changed) == parts


def test_words_come_as_they_were_said() -> None:
    assert Unpacking().read(ended(12)) == Ended(12)
    assert Unpacking().read(failed("a → b")) == Failed("a → b")


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"\x01",
        b"\x02\x00\x00\x00[]",
        b"\x02\x00\x00\x00{}",
        b'\x0e\x00\x00\x00{"ended":null}',
        b'\x0d\x00\x00\x00{"drawn": 1.5}',
    ],
)
def test_nonsense_is_called_so(words: bytes) -> None:
    with pytest.raises(BadAnswer):
        Unpacking().read(words)


def drawn(number: int, **words: object) -> bytes:
    """A still scene with no names, as the process would say it."""
    about = {"drawn": number, "kind": "scene", "first": True, "troubles": [], "forget": False}
    text = json.dumps({**about, "letters": [], "names": [], **words}).encode()
    return len(text).to_bytes(4, "little") + text


def test_groups_come_with_the_first_part_and_hold_for_the_whole_of_the_same_picture() -> None:
    table = np.zeros(2, CLUSTER_ROW)
    table["at"], table["count"], table["rank"] = [(1.5, -2.0), (3.0, 4.0)], (7, 9), (3, 0)
    unpacking = Unpacking()
    first = unpacking.read(drawn(5, groups=[2, 0.25]) + table.tobytes())
    assert isinstance(first, Drawn)
    assert list(first.clusters) == [
        Cluster(1.5, -2.0, 7, Urgency.CLOSED, (0, 0), 0.25),
        Cluster(3.0, 4.0, 9, Urgency.ACT_NOW, (0, 0), 0.25),
    ]
    whole = unpacking.read(drawn(5, same=True))
    assert isinstance(whole, Drawn)
    assert whole.clusters is first.clusters
    with pytest.raises(BadAnswer):
        unpacking.read(drawn(6, same=True))


def test_groups_that_cannot_be_are_not_believed() -> None:
    table = np.zeros(1, CLUSTER_ROW)
    for count in (-1, 2, 10**30):
        with pytest.raises(BadAnswer):
            Unpacking().read(drawn(1, groups=[count, 1.0]) + table.tobytes())
    table["rank"] = 4
    with pytest.raises(BadAnswer):
        Unpacking().read(drawn(1, groups=[1, 1.0]) + table.tobytes())


@given(st.binary(max_size=60))
def test_no_bytes_are_believed_or_break_anything_else(words: bytes) -> None:
    with pytest.raises(BadAnswer):
        Unpacking().read(words)
