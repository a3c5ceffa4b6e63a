"""The station's own table of what can happen: the shipped categories, changed and added to.

Every change is an entry; a category that is offered no longer still names the incidents it had.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, ClassVar

from app.errors import KnownError, msg
from app.incidents.categories import BY_CODE, CaseGroup, Category, Priority
from app.log import Actor, Connection, Entry, Log, Row
from app.thai.digits import to_arabic

NAME_LIMIT = 80  # characters: what a line of the list of open incidents can show
OTHER = "99"
"""The category that stands in for every unknown one: it stays."""
_CODE = re.compile(r"[0-9]{1,4}")
_SAFE = msg("Nothing was saved; what you typed is still here.")


@dataclass(frozen=True, slots=True)
class CategoryChanged:
    """A category reads like this from now on; `is_withdrawn`: it is offered no longer."""

    kind: ClassVar[str] = "category_changed"
    category: Category
    is_withdrawn: bool = False

    @property
    def subject(self) -> str:
        return f"category-{self.category.code}"

    def body(self) -> Mapping[str, Any]:
        one = self.category
        return {
            "code": one.code,
            "name_th": one.name_th,
            "name_en": one.name_en,
            "group": int(one.group),
            "priority": int(one.priority),
            "withdrawn": self.is_withdrawn,
        }


class CategoriesView:
    """The table `categories`: what the station itself said of a code, the newest word on each."""

    tables = ("categories",)
    kinds = frozenset({CategoryChanged.kind})

    def create(self, db: Connection) -> None:
        db.execute(
            "CREATE TABLE IF NOT EXISTS categories(code TEXT PRIMARY KEY, name_th TEXT NOT NULL,"
            " name_en TEXT NOT NULL, case_group INTEGER NOT NULL, priority INTEGER NOT NULL,"
            " withdrawn INTEGER NOT NULL) STRICT"
        )

    def apply(self, db: Connection, entry: Entry) -> None:
        data = entry.data()
        if not data:
            return  # what was erased says nothing any more; the word before it holds
        db.execute(
            "INSERT OR REPLACE INTO categories VALUES(?, ?, ?, ?, ?, ?)",
            (
                data["code"],
                data["name_th"],
                data["name_en"],
                data["group"],
                data["priority"],
                data["withdrawn"],
            ),
        )


def own_categories(db: Connection) -> dict[str, Category]:
    """What the station itself said, by code, also of those that are offered no longer."""
    rows = db.execute("SELECT code, name_th, name_en, case_group, priority FROM categories")
    return {row[0]: _category(row) for row in rows}


def offered_categories(db: Connection) -> tuple[Category, ...]:
    """What may be reported now, by code."""
    withdrawn = {row[0] for row in db.execute("SELECT code FROM categories WHERE withdrawn = 1")}
    known = BY_CODE | own_categories(db)
    return tuple(known[code] for code in sorted(known, key=_order) if code not in withdrawn)


def category_of(db: Connection, code: str) -> Category | None:
    """The category of a code that may be reported now; None if there is none."""
    row = db.execute(
        "SELECT code, name_th, name_en, case_group, priority, withdrawn FROM categories"
        " WHERE code = ?",
        (code,),
    ).fetchone()
    if row is None:
        return BY_CODE.get(code)
    return None if row[5] else _category(row)


def change_category(
    log: Log, category: Category, *, actor: Actor, is_withdrawn: bool = False
) -> Future[tuple[Entry, ...]]:
    """Save a category, new or changed, or offer it no longer. KnownError at once for a code or a
    name that cannot be.
    """
    checked = checked_category(category)
    if is_withdrawn and checked.code == OTHER:
        raise KnownError(
            msg("“{name}” cannot be taken away.", name=checked.name),
            safe=_SAFE,
            do=msg("It stands in for every type that is not known. Rename it if you like."),
        )
    return log.append(CategoryChanged(checked, is_withdrawn), actor=actor)


def checked_category(category: Category) -> Category:
    """The category with its words trimmed; KnownError for what cannot be typed at intake."""
    code = to_arabic(category.code).strip()
    if not _CODE.fullmatch(code):
        raise KnownError(
            msg("“{code}” is no code of a type.", code=code[:20]),
            safe=_SAFE,
            do=msg("A code is one to four figures: it is typed in the intake."),
        )
    name_th = " ".join(category.name_th.split())
    name_en = " ".join(category.name_en.split()) or name_th
    if not name_th:
        raise KnownError(
            msg("The type has no Thai name."), safe=_SAFE, do=msg("Type its name in Thai.")
        )
    if max(len(name_th), len(name_en)) > NAME_LIMIT:
        raise KnownError(
            msg("The name has {length} characters; it takes {limit}.",
                length=max(len(name_th), len(name_en)), limit=NAME_LIMIT),
            safe=_SAFE,
            do=msg("Shorten it."),
        )  # fmt: skip
    return Category(code, name_th, name_en, category.group, category.priority)


def _category(row: Row) -> Category:
    return Category(row[0], row[1], row[2], CaseGroup(row[3]), Priority(row[4]))


def _order(code: str) -> tuple[str, str]:
    """By the first figure, then as written: 110 stands after 11."""
    return code[:1], code
