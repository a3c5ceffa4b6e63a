"""Collecting that was put off for the start begins, seldom; otherwise nothing is touched."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from app.collecting import begin_to_collect


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.enable()
    gc.set_threshold(*thresholds)


def test_what_is_there_at_the_start_is_set_aside_and_looks_are_seldom() -> None:
    gc.disable()
    before = gc.get_freeze_count()
    kept = [[] for _ in range(1000)]
    begin_to_collect()
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(kept)
    assert gc.get_threshold()[0] >= 10_000
    gc.unfreeze()


def test_where_it_was_never_put_off_nothing_is_changed() -> None:
    thresholds = gc.get_threshold()
    before = gc.get_freeze_count()
    begin_to_collect()
    assert gc.get_threshold() == thresholds
    assert gc.get_freeze_count() == before
