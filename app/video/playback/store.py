"""Decoded frames of one camera at tile size, up to so many bytes. Knows no decoder and no file."""

from __future__ import annotations

from dataclasses import dataclass

from app.cameras.camera import StreamKind
from app.video.picture import Size
from app.video.playback.decoder import Kept


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """A frame that can be shown at once, from one instant to before another."""

    kept: Kept
    segment_id: int
    number: int
    at_us: int
    until_us: int
    stream: StreamKind
    clock_ahead_ms: int | None
    box: Size
    """Into which it was scaled."""

    @property
    def from_us(self) -> int:
        return self.at_us


class Store:
    """Keeps what lies nearest to where the playback is. For one thread."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._items: dict[tuple[int, int], Item] = {}

    def __len__(self) -> int:
        return len(self._items)

    def get(self, segment_id: int, number: int) -> Item | None:
        return self._items.get((segment_id, number))

    def put(self, item: Item, near_us: int) -> None:
        """Keep it; what is farthest from `near_us` goes when there is too much."""
        key = (item.segment_id, item.number)
        before = self._items.pop(key, None)
        if before is not None:
            self.bytes -= before.kept.bytes
        self._items[key] = item
        self.bytes += item.kept.bytes
        if self.bytes > self.most_bytes:
            self._shrink(near_us)

    def nearest_before(self, segment_id: int, number: int) -> Item | None:
        """The last frame of this segment up to this number that is here."""
        known = [at for segment, at in self._items if segment == segment_id and at <= number]
        return self._items[segment_id, max(known)] if known else None

    def clear(self) -> None:
        """Forget all."""
        self._items.clear()
        self.bytes = 0

    def limit(self, most_bytes: int, near_us: int) -> None:
        """Another share of the memory."""
        self.most_bytes = most_bytes
        if self.bytes > most_bytes:
            self._shrink(near_us)

    def _shrink(self, near_us: int) -> None:
        """Down to nine tenths, so that this is not done for every frame."""
        far = sorted(self._items.items(), key=lambda each: -abs(each[1].at_us - near_us))
        for key, item in far:
            if self.bytes <= self.most_bytes * 0.9:
                return
            del self._items[key]
            self.bytes -= item.kept.bytes
