"""Runs through a segment: feeds its packets to a decoder, gives its frames with their numbers.

For one thread. Knows files and frames, not what they are wanted for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.cameras.camera import StreamKind
from app.video.playback.decoder import BadPacketError, Decoder
from app.video.playback.open_segment import DamagedError, Group, OpenSegment


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A decoded frame as the decoder gave it, and when it is due. `number` is its segment's."""

    frame: Any
    open: OpenSegment
    group: int
    number: int
    at_us: int
    until_us: int

    @property
    def key(self) -> tuple[int, int]:
        """Which frame of all footage it is."""
        return self.open.segment.id, self.number


class BrokenGroupError(Exception):
    """What comes next in this group cannot be decoded."""


class Reel:
    """After `begin`, `turn` gives the frames in their order, over groups, to the segment's end."""

    def __init__(self) -> None:
        self.open: OpenSegment | None = None
        self.group_number = 0
        self.group: Group | None = None
        self.next_number = 0
        """Of the frame that comes out next."""
        self.at_end = False
        """Nothing more can be read; in a growing segment, not yet."""
        self._fed = 0
        self._early: list[Any] = []
        """What `hasten` brought; with threads it brings nothing yet."""
        self._coming: dict[int, Frame] = {}
        self._decoders: dict[StreamKind, Decoder] = {}
        self._decoder: Decoder | None = None
        self._drained = False

    def begin(self, open_: OpenSegment, group_number: int, group: Group, threads: int) -> None:
        """At the keyframe of this group, read before. Raises BrokenGroupError."""
        hastened = self.group is None and self.open is open_ and self.group_number == group_number
        if not hastened:
            self._restart(open_, group_number, threads)
        self.group = group
        self.next_number = group.first_number + group.leading
        self._announce()

    def hasten(self, open_: OpenSegment, group_number: int, keyframe: Any, threads: int) -> None:
        """Let the keyframe of this group be decoded while the group is read; `begin` with the same
        group goes on from there. Raises BrokenGroupError."""
        self._restart(open_, group_number, threads)
        try:
            self._early = self._decoded(keyframe)
        except BrokenGroupError:
            self.stop()
            raise
        self._fed = 1

    def _restart(self, open_: OpenSegment, group_number: int, threads: int) -> None:
        self.stop()
        try:
            stream = open_.segment.stream
            decoder = self._decoders.get(stream)
            if decoder is None or (decoder.codec, decoder.threads) != (open_.codec, threads):
                decoder = self._decoders[stream] = Decoder(open_.codec, threads)
        except BadPacketError as error:
            raise BrokenGroupError(str(error)) from error
        decoder.restart()
        self._decoder = decoder
        self.open, self.group_number = open_, group_number

    def stop(self) -> None:
        """Nothing is being read."""
        self.open = self.group = None
        self._early = []
        self._coming.clear()
        self._fed = 0
        self.at_end = self._drained = False

    def is_near(self, open_: OpenSegment, group_number: int) -> bool:
        """Whether it stands in this group, or may go on into it."""
        return self.open is open_ and group_number - self.group_number in (0, 1)

    def is_on_way_to(self, open_: OpenSegment, group_number: int, number: int) -> bool:
        """Whether turning on reaches this frame with no more work than beginning at its group."""
        return (
            self.open is open_
            and self.group is not None
            and not self._drained
            and self.next_number <= number
            and self.group_number >= group_number - (self._left == 0)
        )

    @property
    def _left(self) -> int:
        return 0 if self.group is None else len(self.group.packets) - self._fed

    def turn(self) -> list[Frame]:
        """Feed one packet; the frames that came out. Raises BrokenGroupError."""
        assert self.group is not None and self._decoder is not None and self.open is not None
        if not self._left and not self._advance():
            return self._drain()
        packet = self.group.packets[self._fed]
        self._fed += 1
        return self._came(packet)

    def _advance(self) -> bool:
        """On to what comes after the packets that were fed: more of this group, or the next."""
        assert self.group is not None and self.open is not None
        try:
            if self.group_number + 1 < self.open.group_count:
                more = self.open.group(self.group_number)
                if len(more.packets) <= self._fed:
                    self.group_number += 1
                    self._fed = 0
                    more = self.open.group(self.group_number)
                self.group = more
            elif self.open.segment.is_growing:
                self.group = self.open.group(self.group_number)
        except DamagedError as error:
            self.stop()
            raise BrokenGroupError(str(error)) from error
        self._announce()
        self.at_end = not self._left
        return not self.at_end

    def _announce(self) -> None:
        """Note when each frame of the group is due, by its presentation time."""
        assert self.group is not None and self.open is not None
        for index, pts in enumerate(self.group.pts):
            number = self.group.first_number + index
            if number >= self.next_number:
                self._coming[pts] = Frame(
                    None, self.open, self.group_number, number,
                    self.group.times_us[index], self.group.until_us(index),
                )  # fmt: skip

    def _drain(self) -> list[Frame]:
        assert self.open is not None
        self.at_end = True
        if self.open.segment.is_growing or self._drained:
            return []
        self._drained = True
        return self._came(None)

    def _came(self, packet: Any) -> list[Frame]:
        decoded, self._early = [*self._early, *self._decoded(packet)], []
        frames = []
        for frame in decoded:
            known = self._coming.pop(frame.pts, None)
            if frame.is_corrupt:
                raise BrokenGroupError("a corrupt frame")
            if known is not None:
                self.next_number = known.number + 1
                frames.append(
                    Frame(frame, known.open, known.group, known.number, known.at_us, known.until_us)
                )
        return frames

    def _decoded(self, packet: Any) -> list[Any]:
        assert self._decoder is not None
        try:
            return self._decoder.feed(packet)
        except BadPacketError as error:
            raise BrokenGroupError(str(error)) from error
