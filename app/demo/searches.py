"""The sample station's saved searches, each marked ตัวอย่าง."""

from __future__ import annotations

from app.incidents.asked import Asked
from app.incidents.saved_searches import SavedSearch

SEARCHES = (
    SavedSearch(
        "search-1",
        "จยย. หาย 90 วัน (ตัวอย่าง)",
        Asked(when="ย้อนหลัง 90 วัน", categories=("22",)),
    ),
    SavedSearch("search-2", "เหตุเมื่อคืน (ตัวอย่าง)", Asked(when="เมื่อคืน")),
    SavedSearch("search-3", "กระเป๋าที่ตลาด (ตัวอย่าง)", Asked(text="กระเป๋า ตลาด")),
)
