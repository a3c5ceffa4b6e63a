"""Which camera stands in which place of the wall. Pure values: knows neither tiles nor Qt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

EMPTY = ""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Places in the order of the tiles, over all pages; the empty string is an empty tile.

    Every registered camera stands in exactly one place or is put away. Empty places at the end are
    not kept: there is always one more.
    """

    places: tuple[str, ...] = ()
    put_away: tuple[str, ...] = ()
    takes_new: bool = True
    """Whether newly registered cameras join at the end. A named layout stays what was saved."""

    # What stands where

    def page_count(self, tiles: int) -> int:
        """How many pages of so many tiles there are; at least one."""
        return max(1, -(-len(self.places) // tiles))

    def page(self, number: int, tiles: int) -> tuple[str, ...]:
        """The cameras of one page, from 0; always `tiles` long."""
        shown = self.places[number * tiles : (number + 1) * tiles]
        return shown + (EMPTY,) * (tiles - len(shown))

    def pages(self, tiles: int) -> tuple[tuple[str, ...], ...]:
        """All pages, without the empty tiles at the end of each."""
        whole = (self.page(number, tiles) for number in range(self.page_count(tiles)))
        return tuple(_trimmed(page) for page in whole)

    def at(self, place: int) -> str:
        """The camera in a place; empty beyond the last one."""
        return self.places[place] if 0 <= place < len(self.places) else EMPTY

    def place_of(self, camera_id: str) -> int | None:
        """Where a camera stands; None if it is put away or unknown."""
        return self.places.index(camera_id) if camera_id in self.places and camera_id else None

    # What an officer does with it

    def with_camera_at(self, camera_id: str, place: int) -> Arrangement:
        """The camera in this place. From another place the two change places; else who stood here
        is put away.
        """
        places = list(self.places) + [EMPTY] * (place + 1 - len(self.places))
        replaced, before = places[place], self.place_of(camera_id)
        places[place] = camera_id
        put_away = [other for other in self.put_away if other != camera_id]
        if before is not None:
            places[before] = replaced
            places[place] = camera_id  # also when it stood there before
        elif replaced:
            put_away.append(replaced)
        return replace(self, places=_trimmed(places), put_away=tuple(put_away))

    def without(self, camera_id: str) -> Arrangement:
        """Its tile empty, the camera put away."""
        place = self.place_of(camera_id)
        if place is None:
            return self
        places = (*self.places[:place], EMPTY, *self.places[place + 1 :])
        return replace(self, places=_trimmed(places), put_away=(*self.put_away, camera_id))

    def with_all(self) -> Arrangement:
        """What was put away stands at the end again."""
        return replace(self, places=(*self.places, *self.put_away), put_away=())

    # What happens to it

    def with_cameras(self, registered: Sequence[str]) -> Arrangement:
        """For the register as it is now: removed cameras leave an empty tile, new ones join."""
        known = set(registered)
        places = [camera_id if camera_id in known else EMPTY for camera_id in self.places]
        put_away = [camera_id for camera_id in self.put_away if camera_id in known]
        here = {*places, *put_away}
        (places if self.takes_new else put_away).extend(
            camera_id for camera_id in registered if camera_id not in here
        )
        return replace(self, places=_trimmed(places), put_away=tuple(put_away))

    def led_by(self, camera_ids: Iterable[str]) -> Arrangement:
        """These cameras first, in this order, then the others in theirs without gaps."""
        first = tuple(dict.fromkeys(camera_ids))
        rest = tuple(other for other in self.places if other and other not in first)
        put_away = tuple(other for other in self.put_away if other not in first)
        return replace(self, places=first + rest, put_away=put_away)


def from_pages(pages: Sequence[Sequence[str]], tiles: int) -> Arrangement:
    """A named layout's arrangement. Cameras it does not name are put away, new ones too."""
    places = [camera_id for page in pages for camera_id in (*page, *(EMPTY,) * (tiles - len(page)))]
    return Arrangement(_trimmed(places), takes_new=False)


def _trimmed(places: Sequence[str]) -> tuple[str, ...]:
    end = len(places)
    while end and not places[end - 1]:
        end -= 1
    return tuple(places[:end])
