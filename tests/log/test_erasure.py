"""What the law makes us erase is gone from every byte; the fact that it was recorded stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import KnownError
from app.log import Changed, Log
from app.log.verify import verify
from tests.log.material import (
    ADMINISTRATOR,
    NOON,
    OFFICER,
    PROGRAM,
    SUPERVISOR,
    all_views,
    closed,
    log_in,
    noted,
    reported,
    rows_of,
    views,
)

_SECRET = "นางสาวมาลี ใจดี โทร 081-234-5678"


def _bytes_on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


def test_erased_text_is_in_no_file_of_the_log_while_it_is_open_nor_after(
    tmp_path: Path,
) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), noted("1", _SECRET), closed("1"), actor=OFFICER).result()
    assert _SECRET.encode() in _bytes_on_disk(tmp_path)
    with log.reading() as db:
        assert rows_of(db, "incident_notes")[0][2] == _SECRET

    (entry,) = log.erase("console:2", reason="คำสั่งศาล", actor=ADMINISTRATOR).result()

    assert _SECRET.encode() not in _bytes_on_disk(tmp_path)
    assert _SECRET[:20].encode() not in _bytes_on_disk(tmp_path)
    assert all_views(log)["incident_notes"] == [(2, "1", None)]
    assert all_views(log)["incidents"][0][1] == "closed"
    assert (entry.kind, entry.subject) == ("erased", "console:2")
    assert entry.data() == {"reason": "คำสั่งศาล", "kind": "note_added"}
    log.close()
    assert _SECRET.encode() not in _bytes_on_disk(tmp_path)
    report = verify(tmp_path / "station.db", views())
    assert report.ok
    assert report.erased == 1


def test_a_long_text_on_many_pages_is_gone_too(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    word = "ลับมาก-7f3a91"
    log.append(reported("1", word * 3000), actor=OFFICER).result()
    log.erase("console:1", reason="x", actor=ADMINISTRATOR).result()
    assert word.encode() not in _bytes_on_disk(tmp_path)
    log.close()


def test_a_reader_in_the_way_delays_the_last_bytes_but_not_the_erasure(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.append(reported("1"), noted("1", _SECRET), actor=OFFICER).result()
    with log.reading() as db:
        rows_of(db, "incidents")
        log.erase("console:2", reason="x", actor=ADMINISTRATOR).result()
    log.append(noted("1"), actor=OFFICER).result()
    assert _SECRET.encode() not in _bytes_on_disk(tmp_path)
    log.close()


def test_backups_made_before_an_update_go_with_it(tmp_path: Path) -> None:
    log = log_in(tmp_path)
    log.append(noted("1", _SECRET), actor=OFFICER).result()
    backup = tmp_path / f"station.db.m001_entries.{NOON:%Y%m%dT%H%M%SZ}.backup"
    backup.write_bytes(_SECRET.encode())
    log.erase("console:1", reason="x", actor=ADMINISTRATOR).result()
    assert not backup.exists()
    log.close()


@pytest.mark.parametrize("actor", [OFFICER, SUPERVISOR, PROGRAM])
def test_nobody_but_the_administrator_erases(log: Log, actor: object) -> None:
    log.append(noted("1"), actor=OFFICER).result()
    with pytest.raises(KnownError, match="you may not"):
        log.erase("console:1", reason="x", actor=actor).result()  # type: ignore[arg-type]
    assert log.entries_of("1")[0].body is not None
    assert log.count() == 1


@pytest.mark.parametrize(
    ("entry_id", "reason", "said"),
    [
        ("console:9", "x", "no entry console:9"),
        ("recorder:1", "x", "no entry"),
        ("nonsense", "x", "no entry"),
        ("console:²", "x", "no entry"),
        ("console:" + "9" * 40, "x", "no entry"),
        ("console:1", "  ", "needs a reason"),
    ],
)
def test_an_erasure_that_cannot_be_is_refused_in_a_sentence(
    log: Log, entry_id: str, reason: str, said: str
) -> None:
    log.append(noted("1"), actor=OFFICER).result()
    with pytest.raises(KnownError, match=said):
        log.erase(entry_id, reason=reason, actor=ADMINISTRATOR).result()
    assert log.count() == 1


def test_what_is_erased_cannot_be_erased_again(log: Log) -> None:
    log.append(noted("1"), actor=OFFICER).result()
    log.erase("console:1", reason="x", actor=ADMINISTRATOR).result()
    with pytest.raises(KnownError, match="erased already"):
        log.erase("console:1", reason="x", actor=ADMINISTRATOR).result()
    assert log.count() == 2


def test_screens_hear_which_kind_and_subject_lost_its_text(log: Log) -> None:
    log.append(noted("2569-0001"), actor=OFFICER).result()
    told: list[Changed] = []
    log.subscribe(told.append)
    log.erase("console:1", reason="x", actor=ADMINISTRATOR).result()
    assert told == [
        Changed(frozenset({"erased", "note_added"}), frozenset({"console:1", "2569-0001"}))
    ]
