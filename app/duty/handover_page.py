"""The written page of a handover: exactly what stood on the screen, as text that can be hashed.

Words in the language they were shown in: a page is read as it was signed, whatever the interface
speaks later. Knows neither how it is gathered nor how it is drawn.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Any

FORMAT = 1


@dataclass(frozen=True, slots=True)
class PageFigure:
    """One figure of the shift: `รับแจ้ง 14 เหตุ`. `state`: a token of colour, or nothing."""

    label: str
    value: str
    unit: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class PageRow:
    """One item that goes from officer to officer.

    `id` says what it is about (`incident:inc-1`); `mark` its shape (`incident:act_now`,
    `unit:on_scene`, or an icon's name), `colour` that shape's token; `cells` its words from left to
    right: six of an incident, three of everything else; `state` the token of the last one; `sign`
    what it says in no language: rows of one sign say the same; `incident_id` where it leads to.
    """

    id: str
    mark: str
    colour: str
    cells: tuple[str, ...]
    state: str = ""
    sign: str = ""
    incident_id: str = ""

    @property
    def key(self) -> str:
        """What an acknowledgement is of: this item, saying this."""
        said = hashlib.sha256(self.sign.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        return f"{about(self.id)}#{said}"


@dataclass(frozen=True, slots=True)
class PageSection:
    """Items of one kind. `empty` is said where there are none; `note` under those that are."""

    id: str
    icon: str
    title: str
    rows: tuple[PageRow, ...] = ()
    empty: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PageShift:
    """A shift as the page names it."""

    id: str
    day: str
    name: str
    hours: str


@dataclass(frozen=True, slots=True)
class PagePost:
    """One line of the next shift's strength."""

    duty: str
    who: str


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """The whole page. `made_at` as stored; `head` is the log's head when it was made."""

    language: str
    made_at: str
    ending: PageShift
    beginning: PageShift
    figures: tuple[PageFigure, ...]
    sections: tuple[PageSection, ...]
    notes: str
    roster: tuple[PagePost, ...]
    head: str

    @property
    def rows(self) -> tuple[PageRow, ...]:
        """All items, section by section: each has to be acknowledged."""
        return tuple(row for section in self.sections for row in section.rows)

    def text(self) -> str:
        """The page as one line of JSON: what is stored, hashed, and read back."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, sort_keys=True)


def sha256_of(text: str) -> str:
    """SHA-256 of a page's text, 64 hexadecimal digits: `printf %s "$page" | sha256sum`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def page_from(text: str) -> HandoverPage:
    """The page that `text()` wrote."""
    data: dict[str, Any] = json.loads(text)
    return HandoverPage(
        language=data["language"],
        made_at=data["made_at"],
        ending=PageShift(**data["ending"]),
        beginning=PageShift(**data["beginning"]),
        figures=tuple(PageFigure(**one) for one in data["figures"]),
        sections=tuple(_section(one) for one in data["sections"]),
        notes=data["notes"],
        roster=tuple(PagePost(**one) for one in data["roster"]),
        head=data["head"],
    )


def section_text(section: PageSection) -> str:
    """One section as text: what came in between writing and acceptance."""
    return json.dumps({"format": FORMAT, **asdict(section)}, ensure_ascii=False, sort_keys=True)


def section_from(text: str) -> PageSection:
    """The section that `section_text` wrote."""
    return _section(json.loads(text))


def _section(data: dict[str, Any]) -> PageSection:
    return PageSection(
        id=data["id"],
        icon=data["icon"],
        title=data["title"],
        rows=tuple(_row(one) for one in data["rows"]),
        empty=data["empty"],
        note=data["note"],
    )


def _row(data: dict[str, Any]) -> PageRow:
    return PageRow(
        data["id"],
        data["mark"],
        data["colour"],
        tuple(data["cells"]),
        data["state"],
        data["sign"],
        data["incident_id"],
    )


SINCE = "since:"
SETTLED = "settled:"


def rows_since(written: HandoverPage, now: HandoverPage) -> tuple[PageRow, ...]:
    """What came in between: rows that are new or say something else, then rows that are gone.

    Those that are gone have ids that begin with `settled:`, and need nothing.
    """
    before = {row.id: row.sign for row in written.rows}
    after = {row.id for row in now.rows}
    came = [replace(row, id=SINCE + row.id) for row in now.rows if before.get(row.id) != row.sign]
    gone = [replace(row, id=SETTLED + row.id) for row in written.rows if row.id not in after]
    return (*came, *gone)


def needs_word(row: PageRow) -> bool:
    """Whether the incoming officer has to acknowledge it."""
    return not row.id.startswith(SETTLED)


def about(row_id: str) -> str:
    """What a row is about, whatever stands before it: `incident:inc-1`."""
    return row_id.removeprefix(SINCE).removeprefix(SETTLED)
