"""What an entry says in words: named fields, or all of them, of whatever shape."""

from app.log import Said

_BODY = {
    "number": "1284/2569",
    "priority": 1,
    "category": "23",
    "happened_from": "2026-11-22T03:46:00.123Z",
    "place": "",
    "vehicles": [
        {"plate": "กข 1234", "province": "มุกดาหาร", "colour": None},
        {"plate": "ขค 9", "province": "", "category": "1"},
    ],
    "tags": ["ก", "ข"],
}


def test_all_fields_but_codes_and_times_are_words() -> None:
    assert list(Said("incident_reported", but=("category",)).texts(_BODY)) == [
        ("number", "1284/2569"),
        ("vehicles", "กข 1234 มุกดาหาร"),
        ("vehicles", "ขค 9"),
        ("tags", "ก"),
        ("tags", "ข"),
    ]


def test_only_the_named_fields_are_words_where_some_are_named() -> None:
    assert list(Said("note_added", ("text", "number")).texts(_BODY)) == [("number", "1284/2569")]


def test_an_erased_entry_says_nothing() -> None:
    assert list(Said("incident_reported").texts({})) == []
