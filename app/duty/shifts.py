"""Shifts: how a station divides its day, and which shift an instant falls into.

A night shift belongs to the date it starts. Knows no officer and no log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from app.errors import KnownError, msg
from app.thai.dates import to_local
from app.thai.translation import tr

DAY_MIN = 24 * 60
MOST_SHIFTS = 6
SHORTEST_MIN = 60
NAME_LIMIT = 40  # characters: one chip


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift; both ends aware UTC. `name`: the station's own word for it, may be empty."""

    starts_at: datetime
    ends_at: datetime
    name: str = ""

    @property
    def id(self) -> str:
        """`shift-20261122-1600`: when it starts on the station's wall clock. Never shown."""
        return f"shift-{to_local(self.starts_at):%Y%m%d-%H%M}"

    @property
    def day(self) -> date:
        """The date it belongs to: that on which it starts."""
        return to_local(self.starts_at).date()

    @property
    def called(self) -> str:
        """Its name; where the station has given none, one after the hour it starts."""
        if self.name:
            return self.name
        hour = to_local(self.starts_at).hour
        if hour < 5 or hour >= 18:
            return tr("Night shift")
        return tr("Morning shift") if hour < 12 else tr("Afternoon shift")

    @property
    def hours(self) -> str:
        """`08:00–16:00`; midnight at its end is `24:00`."""
        begins, ends = to_local(self.starts_at), to_local(self.ends_at)
        at_midnight = (ends.hour, ends.minute) == (0, 0)
        return f"{begins:%H:%M}–{'24:00' if at_midnight else f'{ends:%H:%M}'}"


@dataclass(frozen=True, slots=True)
class ShiftTime:
    """When a shift begins, in minutes after midnight in Mukdahan, and what it is called."""

    begins_min: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class ShiftTable:
    """The shifts of a day, in their order. Each lasts until the next begins: no minute is left
    without a shift, and none has two."""

    times: tuple[ShiftTime, ...]

    def shift_at(self, at: datetime) -> Shift:
        """The shift an instant (aware) falls into."""
        local = to_local(at)
        minute = local.hour * 60 + local.minute
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        begun = [number for number, one in enumerate(self.times) if one.begins_min <= minute]
        number = begun[-1] if begun else len(self.times) - 1
        if not begun:
            midnight -= timedelta(days=1)  # it began on the evening before
        return self._shift(midnight, number)

    def after(self, shift: Shift) -> Shift:
        """The shift that begins when this one ends."""
        return self.shift_at(shift.ends_at)

    def before(self, shift: Shift) -> Shift:
        """The shift that ends when this one begins."""
        return self.shift_at(shift.starts_at - timedelta(milliseconds=1))

    def of_day(self, day: date) -> tuple[Shift, ...]:
        """The shifts that belong to a date."""
        noon = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)  # noon in Mukdahan
        midnight = to_local(noon).replace(hour=0)
        return tuple(self._shift(midnight, number) for number in range(len(self.times)))

    def _shift(self, midnight: datetime, number: int) -> Shift:
        one = self.times[number]
        following = (number + 1) % len(self.times)
        length_min = (self.times[following].begins_min - one.begins_min) % DAY_MIN or DAY_MIN
        starts = (midnight + timedelta(minutes=one.begins_min)).astimezone(UTC)
        return Shift(starts, starts + timedelta(minutes=length_min), one.name)


DEFAULT_SHIFTS = ShiftTable((ShiftTime(0), ShiftTime(8 * 60), ShiftTime(16 * 60)))
"""00–08, 08–16, 16–24: how Thai stations divide the day."""


def shift_at(at: datetime, table: ShiftTable = DEFAULT_SHIFTS) -> Shift:
    """The shift an instant falls into."""
    return table.shift_at(at)


def checked_table(times: Sequence[ShiftTime]) -> ShiftTable:
    """A table of these, in their order of the day. KnownError when they will not do."""
    unchanged = msg("Nothing was changed; what you typed is still here.")
    ordered = tuple(sorted(times, key=lambda one: one.begins_min))
    if not 1 <= len(ordered) <= MOST_SHIFTS:
        raise KnownError(
            msg("A day has from one to {most} shifts.", most=MOST_SHIFTS),
            safe=unchanged,
            do=msg("Type when each begins: 00:00, 08:00, 16:00."),
        )
    for number, one in enumerate(ordered):
        following = ordered[(number + 1) % len(ordered)]
        length_min = (following.begins_min - one.begins_min) % DAY_MIN
        if len(ordered) > 1 and length_min < SHORTEST_MIN:
            raise KnownError(
                msg("Two shifts begin less than an hour apart."),
                safe=unchanged,
                do=msg("Type when each begins: 00:00, 08:00, 16:00."),
            )
        if len(one.name) > NAME_LIMIT or not one.name.isprintable():
            raise KnownError(
                msg("The name of a shift is too long or holds characters that cannot be printed."),
                safe=unchanged,
                do=msg("Type it again, in up to {limit} characters.", limit=NAME_LIMIT),
            )
    return ShiftTable(ordered)
