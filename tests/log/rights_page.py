"""`docs/rights.md` as the table in the code would have it. Run it to write the page anew."""

from __future__ import annotations

from pathlib import Path

from app.log import Permission, Role
from app.log.rights import RIGHTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rights.md"
COLUMNS = (Role.VIEWER, Role.DUTY_OFFICER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.PROGRAM)

_HEAD = """\
# Who may record what

Everything that is done at the console is an entry, and every entry goes through one table, `RIGHTS`
in `app/log/rights.py`: which role may record which kind. This page shows it; a test holds the two
together and tries every cell on a real log. To change a right, change the table, then write this
page anew: `.venv/bin/python -m tests.log.rights_page`.

The roles: **V** viewer, **D** duty officer, **S** supervisor, **A** administrator, **P** the
program itself, with the program's name as actor. Whoever is refused reads why and whom to ask.

Two permissions stand beside the roles and are given to and taken from officers one by one
(`footage_granted`, `footage_withdrawn`, `export_granted`, `export_withdrawn`): **footage**, to
watch what was recorded, and **export**, to take pictures and tables out of the station. Where
nobody gave or took one, the role decides; those kinds carry its name in the last column. Without
*footage* no recorded segment is opened at this console.

While the console is locked, or nobody is signed in, its officer has the rights of a viewer and
neither permission.

| kind | may | V | D | S | A | P | permission |
|---|---|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = []
    for kind, right in RIGHTS.items():
        cells = " | ".join("yes" if role in right.roles else "–" for role in COLUMNS)
        beside = right.permission.value if right.permission else ""
        rows.append(f"| `{kind}` | {right.deed.english()} | {cells} | {beside} |\n")
    return _HEAD + "".join(rows)


def agreed() -> dict[str, tuple[frozenset[Role], Permission | None]]:
    """The table as the page has it: kind → who may, and which permission stands beside it."""
    found = {}
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 8 and cells[0].startswith("`"):
            roles = frozenset(
                r for r, said in zip(COLUMNS, cells[2:7], strict=True) if said == "yes"
            )
            found[cells[0].strip("`")] = (roles, Permission(cells[7]) if cells[7] else None)
    return found


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
