"""Orders arrive as they were given, and what is typed is understood or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.demo.simulated_cameras import Fault, FaultSettings
from app.demo.simulated_cameras.behaviour import behaviour_of
from app.demo.simulated_cameras.orders import Order, typed_order


@given(st.sampled_from([None, *Fault]), st.text(), st.floats(0, 9), st.integers())
def test_an_order_arrives_as_it_was_given(
    fault: Fault | None, password: str, delay_s: float, seed: int
) -> None:
    order = Order("C01", fault, FaultSettings(delay_s=delay_s, seed=seed, password=password))
    assert Order.from_bytes(order.to_bytes()) == order


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_can_be_typed_and_has_its_behaviour(fault: Fault) -> None:
    assert typed_order(f"{fault.value} C02\n") == Order("C02", fault)
    assert type(behaviour_of(fault)) is not type(behaviour_of(None))


@pytest.mark.parametrize(
    ("line", "settings"),
    [
        ("rate C01 1", FaultSettings(fps=1)),
        ("size C01 1920x1080", FaultSettings(width_px=1920, height_px=1080)),
        ("delay C01 2.5", FaultSettings(delay_s=2.5)),
        ("jitter C01 0.1", FaultSettings(jitter_s=0.1)),
        ("corrupt C01 9", FaultSettings(seed=9)),
        ("redirect C01 C02", FaultSettings(to_camera="C02")),
    ],
)
def test_a_third_word_says_how(line: str, settings: FaultSettings) -> None:
    assert typed_order(line).settings == settings


@pytest.mark.parametrize(
    "line",
    ["freeze", "melt C01", "freeze C01 hard", "rate C01 0", "size C01 17x17", "heal C01 C02", ""],
)
def test_what_makes_no_sense_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        typed_order(line)
