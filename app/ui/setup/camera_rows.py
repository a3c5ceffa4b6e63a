"""The rows of the camera table: words, colours, order of each camera. Paints and asks nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt

from app.cameras.camera import Camera, StreamKind
from app.thai.collation import sort_key
from app.thai.dates import elapsed, short_date
from app.thai.text import normalise
from app.thai.translation import language, say, tr
from app.ui.setup.choice_table import ChoiceRows
from app.ui.theme import Theme
from app.ui.wall.tile_words import age_figure, words_for
from app.ui.widgets.plain_table import Index, head_data
from app.video.health import CameraState, Health
from app.video.health_record import CameraWeek

CLOCK_AMBER_S = 2.0
CLOCK_RED_S = 60.0
NOTHING = "–"


class Column(IntEnum):
    """The columns, left to right."""

    MARK = 0
    ID = 1
    NAME = 2
    STREAM = 3
    PICTURE = 4
    FPS = 5
    DROPS = 6
    RECONNECTS = 7
    AGE = 8
    CLOCK = 9
    WEEK = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One camera as it is shown. `order` holds what each column is sorted by."""

    camera: Camera
    mark: str
    texts: tuple[str, ...]
    colours: tuple[str, ...]
    order: tuple[Any, ...]
    week: CameraWeek | None
    tip: str


def clock_state(ahead_s: float | None) -> str:
    """The colour of a clock difference: amber over 2 s, red over 60 s."""
    if ahead_s is None or abs(ahead_s) <= CLOCK_AMBER_S:
        return ""
    return "amber" if abs(ahead_s) <= CLOCK_RED_S else "red"


def clock_words(ahead_s: float | None) -> str:
    """`+1.2 s`, `−2 min`: how far the camera's clock is ahead; a dash while it is not known."""
    if ahead_s is None:
        return NOTHING
    sign = "+" if ahead_s >= 0 else "−"
    if abs(ahead_s) < CLOCK_RED_S:
        return sign + tr("{seconds:.1f} s", seconds=abs(ahead_s))
    return sign + elapsed(abs(ahead_s), language())


def row_for(camera: Camera, health: Health, week: CameraWeek | None, now_s: float) -> Row:
    """A camera's words now."""
    words = words_for(health, now_s)
    standby = health.state is CameraState.STANDBY
    mark, colour = ("dot", "green") if standby else (words.mark, words.colour)
    age_s = health.age_s(now_s)
    share = week.availability if week else None
    live = words.is_live
    texts = (
        "",
        camera.id,
        camera.name,
        _stream(health.stream if live else None),
        _picture(health),
        f"{health.fps:.1f}" if live else NOTHING,
        str(health.drops),
        str(health.reconnects),
        NOTHING if standby else age_figure(words, age_s) or NOTHING,
        clock_words(health.clock_ahead_s),
        percent(share),
    )
    token = colour if colour in ("red", "amber") else "text_2"
    colours = (
        colour, "text", "text", "text_2", "text_2", "text_2", "text_2", "text_2", token,
        clock_state(health.clock_ahead_s) or "text_2", "text_2",
    )  # fmt: skip
    far = float("inf")
    order = (
        _GRAVITY.get(colour, 2), (len(camera.id), camera.id), sort_key(camera.name), texts[3],
        (health.codec or "", health.size or (0, 0)), health.fps if live else -1.0, health.drops,
        health.reconnects, far if age_s is None else age_s, abs(health.clock_ahead_s or 0.0),
        2.0 if share is None else share,
    )  # fmt: skip
    tip = "" if standby else "\n".join(words.box)
    return Row(camera, mark, texts, colours, order, week, tip)


_GRAVITY = {"red": 0, "amber": 1, "green": 3}


def _stream(stream: StreamKind | None) -> str:
    match stream:
        case StreamKind.MAIN:
            return tr("main")
        case StreamKind.SUB:
            return tr("sub")
    return NOTHING


def _picture(health: Health) -> str:
    size = f"{health.size.width_px}×{health.size.height_px}" if health.size else ""
    return f"{health.codec or ''} {size}".strip() or NOTHING


def percent(share: float | None) -> str:
    """`99.9 %`; cut, so that 100 % means always."""
    return NOTHING if share is None else f"{int(share * 1000) / 10:.1f} %"


def week_words(week: CameraWeek) -> str:
    """The week in words: each day, the last loss and why."""
    lines = [f"{short_date(day, language())}: {percent(share)}" for day, share in week.days]
    if week.lost_at is not None:
        reason = say(week.lost_reason) if week.lost_reason else ""
        when = short_date(week.lost_at, language())
        lines.append(tr("Last loss {when}: {reason}", when=when, reason=reason))
    if week.fps_median is not None:
        lines.append(tr("Usually {fps:.1f} pictures a second", fps=week.fps_median))
    return "\n".join(lines)


class CameraRows(ChoiceRows):
    """All cameras, of which those are shown that fit the search, in the order asked for.

    The order changes when it is asked for, or a camera comes or goes: never under the eyes.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bold = theme.font("body", 600)
        self._plain = theme.font("body")
        self._all: dict[str, Row] = {}
        self._shown: list[Row] = []
        self._wanted = ""
        self._by = Column.ID
        self._descending = False

    # What is shown

    def show(self, rows: Sequence[Row]) -> None:
        """Other rows, or the same ones with other words."""
        before = self._all
        self._all = {row.camera.id: row for row in rows}
        same = before.keys() == self._all.keys() and all(
            before[id_].camera is row.camera for id_, row in self._all.items()
        )
        if not same:
            self._arrange()
            return
        for number, old in enumerate(self._shown):
            new = self._all[old.camera.id]
            if new != old:
                self._shown[number] = new
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(Column) - 1))

    def search(self, text: str) -> None:
        """Only cameras whose id, name, owner or address holds every word of this."""
        self._wanted = text
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._by, self._descending = Column(column), order is Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> None:
        words = normalise(self._wanted).split()
        fits: Callable[[Row], bool] = lambda row: _holds(row.camera, words)  # noqa: E731
        by = self._by
        self.beginResetModel()
        self._shown = sorted(
            filter(fits, self._all.values()),
            key=lambda row: (row.order[by], row.order[Column.ID]),
            reverse=self._descending,
        )
        self.endResetModel()

    def id_at(self, row: int) -> str:
        return self._shown[row].camera.id

    def row_of(self, row_id: str) -> int:
        ids = [row.camera.id for row in self._shown]
        return ids.index(row_id) if row_id in ids else -1

    def at(self, number: int) -> Row:
        """The row at a place."""
        return self._shown[number]

    def counts(self) -> tuple[int, int]:
        """How many are shown, and how many there are."""
        return len(self._shown), len(self._all)

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A row can be carried onto the wall."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        return head_data(heads(), section, orientation, role)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._shown[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.texts[column]
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(row, column)
            case Qt.ItemDataRole.ForegroundRole:
                return self._theme.colour(row.colours[column])
            case Qt.ItemDataRole.FontRole:
                coloured = row.colours[column] in ("red", "amber")
                return self._bold if column is Column.ID or coloured else self._plain
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.texts[column] or row.tip
        return None


def _tip(row: Row, column: Column) -> str:
    if column is Column.WEEK and row.week is not None:
        return week_words(row.week)
    if column is Column.NAME:
        return "\n".join(part for part in (row.camera.name, row.camera.main_url) if part)
    return row.tip or row.texts[column]


def _holds(camera: Camera, words: Sequence[str]) -> bool:
    text = normalise(" ".join((camera.id, camera.name, camera.owner, camera.main_url)))
    return all(word in text for word in words)


def heads() -> tuple[str, ...]:
    """The columns' heads."""
    return (
        "", tr("Id"), tr("Name"), tr("Stream"), tr("Video"), "fps", tr("Drops"), tr("Reconnects"),
        tr("Age"), tr("Clock"), tr("7 days"),
    )  # fmt: skip


def rows_of(
    cameras: Sequence[Camera],
    health_of: Callable[[str], Health],
    weeks: Mapping[str, CameraWeek],
    now_s: float,
) -> list[Row]:
    """A row for each camera."""
    return [
        row_for(camera, health_of(camera.id), weeks.get(camera.id), now_s) for camera in cameras
    ]
