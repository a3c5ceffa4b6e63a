"""A handover's page: read back as it was signed, hashed so that a stranger can check it."""

from __future__ import annotations

import subprocess
from dataclasses import replace

from app.duty.handover_page import (
    HandoverPage,
    PageFigure,
    PagePost,
    PageRow,
    PageSection,
    PageShift,
    about,
    needs_word,
    page_from,
    rows_since,
    section_from,
    section_text,
    sha256_of,
)


def a_row(id_: str, sign: str = "new", **changes: str) -> PageRow:
    cells = ("1284/2569", "วิ่งราวทรัพย์", "ตลาดอินโดจีน ประตู 3", "ถึงที่เกิดเหตุ", "มุกดา 25", sign)
    return replace(PageRow(f"incident:{id_}", "incident:watch", "amber", cells, "amber", sign),
                   **changes)  # type: ignore[arg-type]  # fmt: skip


def a_page(*rows: PageRow, notes: str = "") -> HandoverPage:
    return HandoverPage(
        language="th",
        made_at="2026-11-22T08:52:40.000Z",
        ending=PageShift("shift-20261122-0800", "อา. 22 พ.ย. 2569", "เวรเช้า", "08:00–16:00"),
        beginning=PageShift("shift-20261122-1600", "อา. 22 พ.ย. 2569", "เวรบ่าย", "16:00–24:00"),
        figures=(PageFigure("รับแจ้ง", "14", "เหตุ"),),
        sections=(PageSection("incidents", "notebook-text", "เหตุที่ยังเปิด", rows, "ไม่มี"),),
        notes=notes,
        roster=(PagePost("วิทยุ", "ด.ต.หญิง รัตนา"),),
        head="console-1:9 " + "0" * 64,
    )


NOTES = '19:00 ขบวนแห่ "ปิดถนน"\n#<script>\' \\ 🚓 ສະຫວັນນະເຂດ \ud800'


def test_a_page_is_read_back_as_it_was_written() -> None:
    page = a_page(a_row("inc-1"), notes=NOTES)
    assert page_from(page.text()) == page
    section = page.sections[0]
    assert section_from(section_text(section)) == section


def test_a_stranger_reckons_the_same_hash() -> None:
    text = a_page(a_row("inc-1"), notes="สองบรรทัด\nมีเครื่องหมาย '").text()
    done = subprocess.run(["sha256sum"], input=text.encode(), capture_output=True, check=True)
    assert sha256_of(text) == done.stdout.split()[0].decode()


def test_what_came_in_since_is_new_changed_or_settled_and_nothing_else() -> None:
    same, changes, ends = a_row("same"), a_row("changes"), a_row("ends")
    written = a_page(same, changes, ends)
    now = a_page(a_row("came"), same, replace(changes, sign="on scene"))
    since = rows_since(written, now)
    assert [row.id for row in since] == [
        "since:incident:came", "since:incident:changes", "settled:incident:ends",
    ]  # fmt: skip
    assert [needs_word(row) for row in since] == [True, True, False]
    assert [about(row.id) for row in since] == [
        "incident:came", "incident:changes", "incident:ends",
    ]  # fmt: skip


def test_other_words_for_the_same_are_nothing_new() -> None:
    written = a_page(a_row("inc-1"))
    english = a_page(replace(a_row("inc-1"), cells=("1284/2569", "Snatch theft", "", "", "", "")))
    assert rows_since(written, english) == ()


def test_an_acknowledgement_is_of_what_was_said_then() -> None:
    row = a_row("inc-1")
    assert row.key == replace(row, id="since:" + row.id, cells=("other", "words")).key
    assert row.key != replace(row, sign="on scene").key
