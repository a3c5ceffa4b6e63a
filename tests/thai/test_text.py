"""Thai text: one spelling for what looks the same, clusters, and where a match stands."""

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from app.thai.digits import to_arabic, to_thai
from app.thai.text import CLUSTER, clusters, find_matches, normalise, search_clusters

THAI = "".join(map(chr, [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]))
LAO = "".join(map(chr, [*range(0x0E81, 0x0E83), *range(0x0EB0, 0x0EBD), *range(0x0EC8, 0x0ECE)]))
OTHER = "aAéÉßİ1 ./-\u0301\u0308\u200b\u200d\ufeff\r\n\t🙂👮🏽‍♂️🇹🇭🇱🇦"
texts = st.text(st.sampled_from(THAI * 3 + LAO + OTHER), max_size=40)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("นํา", "นำ"),
        ("นํ้า", "น้ำ"),
        ("น้ํา", "น้ำ"),
        ("นำ้", "น้ำ"),
        ("เเม่", "แม่"),
        ("กี่่", "กี่"),
        ("ก่ี", "กี่"),
        ("๑๒๓ ໑໒", "123 12"),
        ("ตลาด\u200bอินโด\ufeffจีน", "ตลาดอินโดจีน"),
        ("CAFÉ Cafe\u0301 CAFE\u0301", "café café café"),
        ("ນໍາ", "ນຳ"),
    ],
)
def test_what_looks_the_same_is_the_same(typed: str, plain: str) -> None:
    assert normalise(typed) == plain


@given(texts | st.text(max_size=30))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(texts)
@example("👮🏽‍♂️🇹🇭🇱🇦ก")
@example("\u0301ก\r\n\u0e33")
def test_clusters_are_those_of_unicode(text: str) -> None:
    assert clusters(text) == regex.findall(r"\X", text)


@given(st.text(max_size=50))
def test_clusters_joined_are_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text


def test_a_match_is_marked_where_it_is_written() -> None:
    text = "คนร้ายวิ่งราวนํ้าดื่มที่ตลาด อินโดจีน ประตู ๓"
    assert [text[m.start : m.end] for m in find_matches(text, "น้ำดื่ม")] == ["นํ้าดื่ม"]
    assert [text[m.start : m.end] for m in find_matches(text, "ตลาดอินโดจีน")] == ["ตลาด อินโดจีน"]
    assert [text[m.start : m.end] for m in find_matches(text, "ประตู3")] == ["ประตู ๓"]


def test_a_letter_inside_another_cluster_is_no_match_but_the_last_may_be_unfinished() -> None:
    assert find_matches("กี่", "กา") == ()
    assert find_matches("กามี", "กม") == ()
    assert [(m.start, m.end) for m in find_matches("กี่กา", "ก")] == [(0, 3), (3, 4)]


def test_spaces_and_punctuation_find_nothing() -> None:
    assert find_matches("ก ข / ค", " /.") == ()
    assert find_matches("", "ก") == ()
    assert find_matches("ก", "") == ()


@given(texts, texts, texts)
def test_whatever_is_written_is_found_inside_more_text(
    before: str, wanted: str, after: str
) -> None:
    if not search_clusters(wanted):
        assert find_matches(before + wanted + after, wanted) == ()
        return
    text = f"{before}\n{wanted}\n{after}"
    assert find_matches(text, wanted)


@given(texts, texts)
def test_marks_lie_on_cluster_borders_in_order_and_read_as_the_query(text: str, query: str) -> None:
    borders = {0} | {found.end() for found in CLUSTER.finditer(text)}
    wanted = search_clusters(query)
    done = 0
    for match in find_matches(text, query):
        assert done <= match.start < match.end
        assert {match.start, match.end} <= borders
        assert "".join(search_clusters(text[match.start : match.end])).startswith("".join(wanted))
        done = match.end


@given(st.text("0123456789กA๐", max_size=20))
def test_digits_go_to_thai_and_back(text: str) -> None:
    assert to_arabic(to_thai(text)) == to_arabic(text)
    assert not set(to_thai(text)) & set("0123456789")
