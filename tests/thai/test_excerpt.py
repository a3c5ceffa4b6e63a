"""Found words are marked as they are written, and are in sight."""

from __future__ import annotations

from app.thai.excerpt import LONGEST, Excerpt, marked
from app.thai.text import CLUSTER, Span


def shown(excerpt: Excerpt) -> list[str]:
    return [excerpt.text[span.start : span.end] for span in excerpt.spans]


def test_every_word_is_marked_wherever_it_stands() -> None:
    text = "คนร้ายกระชากกระเป๋าสะพาย หน้าตลาดอินโดจีน ทิ้งกระเป๋าไว้"
    assert shown(marked(text, ("กระเป๋า", "ตลาด"))) == ["กระเป๋า", "ตลาด", "กระเป๋า"]


def test_spelling_does_not_matter_and_the_mark_is_what_is_written() -> None:
    written = "น\u0e4d\u0e49\u0e32"
    assert shown(marked(f"ห้อง{written} ซอย ๔", ("น้ำ", "4"))) == [written, "๔"]
    assert shown(marked("โทร 081-234 5678", ("0812345678",))) == ["081-234 5678"]
    assert shown(marked("Red CAR", ("car",))) == ["CAR"]


def test_a_mark_never_cuts_a_letter_from_its_vowel() -> None:
    """A word that is still being typed marks the whole cluster it stands in."""
    assert shown(marked("ที่นั่น", ("ท",))) == ["ที่"]


def test_marks_that_touch_are_one() -> None:
    assert shown(marked("กระเป๋าตังค์", ("กระเป๋า", "ตังค์"))) == ["กระเป๋าตังค์"]
    assert marked("กระเป๋า", ("กระ", "กระเป๋า")).spans == (Span(0, 7),)


def test_the_first_mark_of_a_long_text_is_in_sight() -> None:
    text = "ผู้แจ้งเดินทางมาจากบ้านเพื่อไปซื้อของ " * 20 + "พบกระเป๋าสีดำวางอยู่"
    found = marked(text, ("กระเป๋า",))
    assert found.text.startswith("…") and shown(found) == ["กระเป๋า"]
    assert found.spans[0].start < 60


def test_an_excerpt_begins_on_a_border_of_clusters_where_there_is_no_space() -> None:
    text = "ที่นี่มีผู้คนเยอะมากมายเหลือเกินจนเดินแทบไม่ได้เลยทีเดียวครับผมขอยืนยันตรงนี้ว่ากระเป๋าหาย"
    found = marked(text, ("กระเป๋า",))
    rest = found.text.removeprefix("…")
    borders = {one.start() for one in CLUSTER.finditer(text)}
    assert found.text != rest and text.index(rest) in borders


def test_it_is_one_line_of_bounded_length() -> None:
    found = marked("ก\nข\tค" + "ง" * 100_000, ())
    assert "\n" not in found.text and "\t" not in found.text
    assert len(found.text) == LONGEST + 1 and found.text.endswith("…")


def test_no_word_marks_nothing() -> None:
    assert marked("กระเป๋า", ()).spans == ()
    assert marked("กระเป๋า", ("!",)).spans == ()
