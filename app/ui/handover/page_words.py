"""The words of a handover's page, in the interface's language. No widgets: values in, page out.

No running figures either: what is due is told with its time, so that the same says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.cameras.bookmarks import Bookmark
from app.clock import to_stored
from app.duty.handover_page import (
    HandoverPage,
    PageFigure,
    PagePost,
    PageRow,
    PageSection,
    PageShift,
)
from app.duty.shift_log import Post
from app.duty.shifts import Shift
from app.duty.units import UnitState
from app.incidents.deadlines import Urgency
from app.incidents.handover import HandoverContent, OpenIncident, ShiftFigures, UnitOut
from app.thai.dates import countdown, short_time, weekday_date
from app.thai.translation import language, tr
from app.ui.handover.faults import moment
from app.ui.words import deadline_words, state_name
from app.video.archive.locks import FootageLock, LockState

INCIDENTS = "incidents"
SINCE = "since"
_COLOURS = {Urgency.ACT_NOW: "red", Urgency.WATCH: "amber"}
_NUMBERS = 2


def page_of(
    content: HandoverContent,
    faults: Sequence[PageRow],
    locks: Sequence[FootageLock],
    *,
    notes: str,
    head: str,
    target_min: float,
    numbers: Mapping[str, str],
    names: Mapping[str, str],
) -> HandoverPage:
    """The page as it is shown and signed. `numbers`: of the incidents that locks and marks name;
    `names`: of officers, by id."""
    return HandoverPage(
        language=language().value,
        made_at=to_stored(content.made_at),
        ending=page_shift(content.ending),
        beginning=page_shift(content.beginning),
        figures=_figures(content.figures, target_min),
        sections=(
            _incidents(content),
            _units(content.units, names),
            PageSection("faults", "cctv", tr("Cameras and equipment out of order"),
                        tuple(faults), tr("Everything works.")),
            _locks(locks, content, numbers),
            _marks(content, numbers),
            _unanswered(),
        ),
        notes=notes,
        roster=tuple(_post(post) for post in content.roster),
        head=head,
    )  # fmt: skip


def page_shift(shift: Shift) -> PageShift:
    """A shift as a page names it; the day is the one on which it starts."""
    return PageShift(shift.id, weekday_date(shift.starts_at, language()), shift.called, shift.hours)


def since_section(rows: Sequence[PageRow]) -> PageSection:
    """What came in between writing and acceptance."""
    return PageSection(SINCE, "history", tr("Since then"), tuple(rows))


def _figures(figures: ShiftFigures, target_min: float) -> tuple[PageFigure, ...]:
    cases = tr("incidents")
    first = ", ".join(figures.overdue[:_NUMBERS])
    more = len(figures.overdue) - _NUMBERS
    overdue = tr("{numbers} and {more} more", numbers=first, more=more) if more > 0 else first
    reached = figures.to_scene_s is not None
    return (
        PageFigure(tr("Reported"), str(figures.reported), cases),
        PageFigure(tr("Closed"), str(figures.closed), cases),
        PageFigure(tr("Still open"), str(figures.still_open), cases),
        PageFigure(
            tr("Overdue"), str(len(figures.overdue)), overdue, "red" if figures.overdue else ""
        ),
        PageFigure(
            tr("Mean time to the scene"),
            countdown(figures.to_scene_s or 0.0) if reached else "–",
            tr("target {target}", target=countdown(target_min * 60)),
        ),
        PageFigure(tr("Calls answered in 15 s"), "–", tr("not measured yet")),
    )


def _incidents(content: HandoverContent) -> PageSection:
    rows = tuple(_incident(line, content) for line in content.incidents)
    return PageSection(
        INCIDENTS, "notebook-text", tr("Incidents still open"), rows, tr("No incident is open.")
    )


def _incident(line: OpenIncident, content: HandoverContent) -> PageRow:
    incident, deadline = line.incident, line.deadline
    due = stored = ""
    if deadline is not None:
        stored = to_stored(deadline.at)
        label = deadline_words(deadline, content.made_at).label
        at = moment(deadline.at, content.made_at)
        due = (
            tr("{what} overdue since {at}", what=label, at=at)
            if line.is_overdue
            else tr("{what} {at}", what=label, at=at)
        )
    colour = _COLOURS.get(line.urgency, "text_2")
    late = "red" if line.urgency is Urgency.ACT_NOW else "amber"
    return PageRow(
        f"incident:{incident.id}",
        f"incident:{line.urgency.name.lower()}",
        colour,
        (
            incident.number,
            incident.category.name,
            incident.report.place,
            state_name(incident.state),
            ", ".join(incident.units) or "–",
            due,
        ),
        late if line.is_overdue else ("amber" if line.urgency is Urgency.WATCH else ""),
        "|".join((incident.state.value, *incident.units, str(line.is_overdue), stored)),
        incident.id,
    )


def _units(out: Sequence[UnitOut], names: Mapping[str, str]) -> PageSection:
    rows = tuple(_unit(one, names) for one in out)
    return PageSection(
        "units", "send", tr("Units that are out"), rows, tr("Every unit is free or at rest.")
    )


def _unit(one: UnitOut, names: Mapping[str, str]) -> PageRow:
    unit, number = one.unit, one.number
    match unit.state:
        case UnitState.ASSIGNED:
            words = tr("assigned to {number}", number=number)
        case UnitState.ON_THE_WAY:
            words = tr("on the way to {number}", number=number)
        case UnitState.ON_SCENE:
            words = tr("at the scene of {number}", number=number)
        case _:
            words = number or "–"
    members = ", ".join(names.get(each, each) for each in unit.members)
    return PageRow(
        f"unit:{unit.id}",
        f"unit:{unit.state.value}",
        "text_2",
        (unit.call_sign, words, members),
        sign=f"{unit.state.value}|{number}|{members}",
        incident_id=unit.incident or "",
    )


def _locks(
    locks: Sequence[FootageLock], content: HandoverContent, numbers: Mapping[str, str]
) -> PageSection:
    rows = tuple(_lock(lock, content, numbers) for lock in locks)
    return PageSection(
        "locks", "lock", tr("Footage locked in the shift"), rows, tr("No footage was locked.")
    )


def _lock(lock: FootageLock, content: HandoverContent, numbers: Mapping[str, str]) -> PageRow:
    span = lock.span
    cameras = " ".join(lock.camera_ids)
    what = f"{cameras} {moment(span.begins, content.made_at)}–{short_time(span.ends)}"
    until = (
        tr("without an end")
        if lock.until is None
        else tr("until {at}", at=moment(lock.until, content.made_at))
    )
    if lock.state is LockState.REQUESTED:
        until = tr("not yet acknowledged by the recorder")
    elif lock.state is LockState.UNLOCK_REQUESTED:
        until = tr("to be unlocked")
    about = numbers.get(lock.incident_id, tr("Footage"))
    return PageRow(
        f"lock:{lock.id}",
        "lock",
        "text_2",
        (about, what, f"{lock.reason} · {until}"),
        sign=f"{lock.state.value}|{lock.until}",
        incident_id=lock.incident_id,
    )


def _marks(content: HandoverContent, numbers: Mapping[str, str]) -> PageSection:
    rows = tuple(_mark(mark, content, numbers) for mark in content.marks)
    more = content.marks_left_out
    note = tr("{count} earlier marks stand in Review", count=more) if more else ""
    return PageSection(
        "marks", "bookmark", tr("Moments marked in the shift"), rows,
        tr("No moment was marked."), note,
    )  # fmt: skip


def _mark(mark: Bookmark, content: HandoverContent, numbers: Mapping[str, str]) -> PageRow:
    number = numbers.get(mark.incident_id, "")
    what = tr("camera {camera}, {at}", camera=mark.camera_id, at=moment(mark.at, content.made_at))
    return PageRow(
        f"mark:{mark.id}",
        "bookmark",
        "text_2",
        (number or mark.camera_id, what, mark.note),
        sign=mark.note,
        incident_id=mark.incident_id,
    )


def _unanswered() -> PageSection:
    return PageSection(
        "unanswered",
        "message-square",
        tr("Citizens' messages not answered"),
        empty=tr("The LINE inbox is not built yet: look at the station's telephone as well."),
    )


def _post(post: Post) -> PagePost:
    who = " · ".join(part for part in (post.name, post.unit) if part)
    return PagePost(post.duty or tr("Duty"), who)
