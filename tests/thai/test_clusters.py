"""Packed texts: a search for bytes finds what the search by clusters finds, in the same places."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.thai.clusters import (
    SEPARATOR,
    find_spans,
    from_its_rarest,
    packed,
    packed_each,
    spans_in_each,
)
from app.thai.text import find_matches, search_clusters
from benchmarks.log_oracle import Corpus
from tests.thai.test_text import LAO, OTHER, THAI

texts = st.text(st.sampled_from(THAI * 3 + LAO + OTHER), max_size=30)
as_typed = st.text(st.sampled_from("กขมนเเแํ้่ี์ำิา 1๑-.Aa"), max_size=14)


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ("รถเก๋ง กข 1234 มุกดาหาร", "กข1234"),
        ("รถเก๋ง กข1234มุกดาหาร", "กข 1234 มุกดาหาร"),
        ("โทร. 081-234-5678", "0812345678"),
        ("โทร. 0812345678", "081-234-5678"),
        ("โทร. ๐๘๑ ๒๓๔ ๕๖๗๘", "081-234"),
        ("นํ้าท่วม", "น้ำ"),
        ("น้ำท่วม", "นํ้า"),
        ("เเม่ค้า", "แม่"),
        ("ตลาด\u200bอินโดจีน", "ตลาดอินโด"),
        ("Honda WAVE", "honda wave"),
        ("ไปสะหวันนะเขต ສະຫວັນນະເຂດ", "ສະຫວັນ"),
        ("Café Mékong", "CAFE\u0301"),
        ("กี่บาท", "ก"),
    ],
)
def test_it_is_found_written_either_way(written: str, query: str) -> None:
    assert packed(query) in packed(written)
    (span,) = find_spans(written, query)
    assert find_matches(written, query) == (span,)


@pytest.mark.parametrize(
    ("written", "query"),
    [
        ("กี่บาท", "กา"),  # า is no mark of the same letter
        ("กี่มล", "กมล"),  # only the last cluster may be unfinished
        ("ก\u0e34", "\u0e34"),  # a mark alone is nothing that can be found
        ("\u00e9", "\u0e9f"),  # a letter is not the end of another's bytes
        ("🙂 ♥", "🙂"),
        ("ก ข", " - "),
        ("", "ก"),
    ],
)
def test_it_is_not_found(written: str, query: str) -> None:
    assert find_spans(written, query) == find_matches(written, query) == ()
    assert not packed(query) or packed(query) not in packed(written)


@settings(max_examples=300)
@given(texts | as_typed, as_typed | texts)
@example("ก \u0e34ข", "กข")
@example("เ เ", "แ")
@example("ก\u0e4d\u0e48\u0e32", "ก\u0e48\u0e33")
def test_bytes_find_what_clusters_find(text: str, query: str) -> None:
    spans = find_matches(text, query)
    assert find_spans(text, query) == spans
    assert bool(packed(query) and packed(query) in packed(text)) == bool(spans)


@settings(max_examples=200)
@given(texts | as_typed | st.text(max_size=12))
def test_the_quick_way_packs_what_the_slow_one_packs(text: str) -> None:
    """U+FB00 makes the text foreign to the quick way; it is taken off again."""
    slowly = packed(f"\ufb00 {text}")
    foreign = packed("\ufb00")
    assert SEPARATOR not in packed(text)
    if "\u0301" not in text[:1] and search_clusters(text) == search_clusters(f"\ufb00 {text}")[2:]:
        assert slowly == foreign + packed(text)


@settings(max_examples=300)
@given(st.lists(texts | as_typed, min_size=1, max_size=4), as_typed | texts)
@example(["เ", "เ"], "แ")
@example(["ก", "\u0e34"], "กิ")
def test_which_of_several_texts_hold_a_query_is_told_for_all_at_once(
    several: list[str], q: str
) -> None:
    holding = [(place, found) for place, text in enumerate(several)
               if (found := find_matches(text, q))]  # fmt: skip
    assert spans_in_each(several, [q]) == holding
    assert spans_in_each(several, ["ไม่มีในนั้น", q, " - "]) == holding
    assert spans_in_each(["ตลาด", "ริมโขง"], ["ดริม"]) == []
    twice = [(place, (*found, *find_matches(several[place], q))) for place, found in holding]
    assert spans_in_each(several, [q, q]) == twice


@given(texts | as_typed)
@example("")
@example("ก")
def test_what_is_looked_for_first_is_a_part_of_what_is_looked_for(text: str) -> None:
    words = packed(text)
    part = from_its_rarest(words)
    assert words.endswith(part) and 2 * len(part) >= len(words)


def test_a_part_begins_with_the_rarest_letter_of_the_first_half() -> None:
    assert from_its_rarest(packed("นางอุบล ไชยทรัพย์")) == packed("ชยทรัพย์")
    assert from_its_rarest(packed("สวมรองเท้าแตะ")) == packed("องเท้าแตะ")
    assert from_its_rarest(packed("ภูเขา")) == packed("ภูเขา")


@settings(max_examples=300)
@given(st.lists(texts | as_typed | st.text(max_size=12), max_size=6))
@example(["ก", "\u0e34"])
@example(["ก\0ข", "ค"])
@example(["", " ", "\0"])
@example(["เ", "เ"])
def test_texts_packed_in_one_go_are_what_each_of_them_is(several: list[str]) -> None:
    apart = SEPARATOR.join(words for text in several if (words := packed(text)))
    assert packed_each(several) == apart


@settings(max_examples=200)
@given(as_typed, as_typed)
@example("1\u0e33\u0e48", "1\u0e48")  # a digit's marks in disorder
@example("A\u0e48\u0e48", "a\u0e48")
def test_the_benchmark_s_oracle_means_the_same(text: str, query: str) -> None:
    holding = list(Corpus([(7, (text,))]).holding(query, 1))
    assert holding == ([7] if find_matches(text, query) else [])
