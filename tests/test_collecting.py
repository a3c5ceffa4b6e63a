"""Collecting that was put off for the start begins, seldom; otherwise nothing is touched."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest

from app.collecting import begin_to_collect, collect_if_due


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
    assert begin_to_collect()
    assert not gc.isenabled(), "no thread but the window's looks"
    assert gc.get_freeze_count() >= before + len(kept)
    assert gc.get_threshold()[0] >= 10_000
    gc.unfreeze()


def test_where_it_was_never_put_off_nothing_is_changed() -> None:
    thresholds = gc.get_threshold()
    before = gc.get_freeze_count()
    assert not begin_to_collect()
    assert gc.get_threshold() == thresholds
    assert gc.get_freeze_count() == before


class Circle:
    """Rubbish once nobody knows it, and only for who looks for circles."""

    def __init__(self, gone_in: list[str]) -> None:
        self.itself, self.gone_in = self, gone_in

    def __del__(self) -> None:
        self.gone_in.append(threading.current_thread().name)


def test_rubbish_is_found_in_the_thread_that_asks_and_in_no_other() -> None:
    gc.disable()
    assert begin_to_collect()
    gone_in: list[str] = []
    Circle(gone_in)
    busy = threading.Thread(target=lambda: [[] for _ in range(50_000)], name="busy")
    busy.start()
    busy.join()
    assert gone_in == []
    kept = [[] for _ in range(10_100)]
    collect_if_due()
    assert gone_in == [threading.current_thread().name] and kept
    gc.unfreeze()


def test_nothing_is_looked_through_before_it_is_due_and_all_of_it_in_the_end() -> None:
    gc.collect()
    gc.disable()
    assert begin_to_collect()
    looks: list[int] = []
    gc.callbacks.append(lambda phase, info: looks.append(info["generation"]))
    try:
        collect_if_due()
        assert looks == []
        for _ in range(30 * 30):
            kept = [[] for _ in range(10_100)]
            collect_if_due()
            del kept
    finally:
        gc.callbacks.pop()
        gc.unfreeze()
    assert {0, 1, 2} == set(looks)
