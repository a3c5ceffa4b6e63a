"""The index turned round in memory: for each run of bytes the blocks that hold it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.incidents import search_lists
from app.incidents.search_grams import grams
from app.incidents.search_lists import BlockLists

packed = st.text("ab1\x80\x9f\xa1\xfb\xff\0", min_size=1, max_size=20).map(
    lambda text: text.encode("latin-1")
)
texts = st.lists(packed, max_size=12)


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_lists, "_AT_ONCE", 40)
    monkeypatch.setattr(search_lists, "_MOST_BLOCKS", 5)


@settings(max_examples=200)
@given(texts, st.integers(1, 9))
def test_each_run_has_its_blocks_and_no_other(blocks: Sequence[bytes], apart: int) -> None:
    lists = BlockLists()
    due: dict[bytes, list[int]] = {}
    sizes = []
    for number, held in enumerate(blocks):
        block = 1 + number * apart
        lists.add(block, held)
        words = grams(held).encode().split()
        sizes.append((block, len(words)))
        for word in words:
            due.setdefault(word, []).append(block)
    found: list[tuple[bytes, list[int]]] = []
    for some in lists.lists():
        begins = [0, *some.ends.tolist()[:-1]]
        for word, first, end in zip(some.words, begins, some.ends.tolist(), strict=True):
            found.append((word, some.rows[first:end].tolist()))
    assert found == sorted(due.items())
    assert lists.sizes == sizes
