"""The order of Thai words in a list."""

import random

from hypothesis import given
from hypothesis import strategies as st

from app.thai.collation import sort_key

# The order of the Royal Institute's dictionary: leading vowels after their consonant, tones last
DICTIONARY = [
    "กก", "กรรม", "กรรม์", "กราบ", "กะ", "กัก", "กา", "ก่า", "ก้า", "กาก", "เกม", "เก่า", "เก้า",
    "เกาะ", "แก", "แก่", "แก้ว", "โกน", "ใกล้", "ไก่", "ขวด", "ขาว", "เขา", "ซอย 2", "ซอย 10",
    "ตลาด", "ตำรวจ", "แม่", "ยาย", "เสือ", "หมา", "ใหม่", "ไหม", "อา", "ฮา",
]  # fmt: skip


def test_words_stand_as_in_the_dictionary() -> None:
    shuffled = random.Random(4).sample(DICTIONARY, len(DICTIONARY))
    assert sorted(shuffled, key=sort_key) == DICTIONARY


def test_thai_and_arabic_digits_count_alike() -> None:
    assert sorted(["ซอย ๑๐", "ซอย 2", "ซอย ๑"], key=sort_key) == ["ซอย ๑", "ซอย 2", "ซอย ๑๐"]


@given(st.text(max_size=20), st.text(max_size=20))
def test_only_the_same_text_has_the_same_place(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (one == other)
