"""One exact frame at its full size, for stills on paper and in evidence. Blocks; knows no clock."""

from __future__ import annotations

import itertools
from datetime import datetime

from app.cameras.camera import StreamKind
from app.cameras.masks import PrivacyMask
from app.errors import KnownError, msg
from app.video.archive.footage import Footage
from app.video.picture import Size
from app.video.playback.decoder import BadPacketError, Decoder, Scaler
from app.video.playback.open_segment import DamagedError, Group, OpenSegment
from app.video.playback.shown import Shown
from app.video.playback.transport import from_us, to_us

_FULL = Size(1 << 15, 1 << 15)
_counter = itertools.count(1)


def still_picture(
    footage: Footage,
    camera_id: str,
    at: datetime,
    stream: StreamKind = StreamKind.MAIN,
    masks: tuple[PrivacyMask, ...] = (),
) -> Shown:
    """The frame that was to be seen at this instant, as large as it was recorded, masks burnt in.

    Takes up to half a second: for a background job. KnownError where there is none.
    """
    segment = footage.segment_at(camera_id, stream, at)
    if segment is None:
        raise KnownError(
            msg("There is no footage of this camera at this time."),
            do=msg("Choose a time at which the timeline shows footage."),
        )
    try:
        open_ = OpenSegment(segment)
        try:
            return _exact(open_, to_us(at), masks)
        finally:
            open_.close()
    except (DamagedError, BadPacketError) as error:
        raise KnownError(
            msg("This piece of the recording cannot be read."),
            safe=msg("The rest of the recording is not touched by this."),
            do=msg("Look at the disk's state in Setup; take the frame from the other stream."),
        ) from error


def first_frame(
    open_: OpenSegment,
    group_number: int,
    size: Size,
    masks: tuple[PrivacyMask, ...],
    decoder: Decoder,
    scaler: Scaler,
) -> Shown:
    """A group's keyframe, fitting `size`. Raises DamagedError."""
    group = open_.group(group_number)
    try:
        return _decoded(open_, group, 0, size, masks, decoder, scaler)
    except BadPacketError as error:
        raise DamagedError(str(error)) from error


def _exact(open_: OpenSegment, at_us: int, masks: tuple[PrivacyMask, ...]) -> Shown:
    group = open_.group(open_.group_at(at_us))
    decoder = Decoder(open_.codec, 2)
    return _decoded(open_, group, group.index_at(at_us), _FULL, masks, decoder, Scaler())


def _decoded(
    open_: OpenSegment,
    group: Group,
    index: int,
    size: Size,
    masks: tuple[PrivacyMask, ...],
    decoder: Decoder,
    scaler: Scaler,
) -> Shown:
    """Feed the group until the frame comes out. Raises BadPacketError."""
    decoder.restart()
    for packet in (*group.packets, None):
        for frame in decoder.feed(packet):
            if frame.pts == group.pts[index] and not frame.is_corrupt:
                kept = scaler.keep(frame, size)
                return Shown(
                    open_.segment.camera_id,
                    next(_counter),
                    scaler.pixels(kept, masks),
                    from_us(group.times_us[index]),
                    open_.segment.stream,
                    kept.source_size,
                    group.first_number + index,
                    True,
                    open_.segment.clock_ahead_ms,
                )
    raise BadPacketError("the frame did not come")
