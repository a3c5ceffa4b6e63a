"""Pictures that people bring for a paper: looked at in a process of their own, made small enough.

What somebody brought is hostile until it was read; what goes onto the paper is made anew from plain
pixels, so nothing else that was in the file (where it was taken, by whom) goes with it.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.errors import KnownError, msg
from app.incidents.attachments.kinds import MOST_BYTES, FileKind, recognise
from app.incidents.attachments.preview import preview
from app.station.disk import reading_trouble

LARGEST_PX = (1_600, 1_200)
"""A picture over the whole width of the paper (160 mm) at 250 dots an inch."""
_QUALITY = 4  # of the scale of FFmpeg's JPEG encoder, 2 (best) to 31


@dataclass(frozen=True, slots=True)
class PlatePicture:
    """A picture as it goes onto the paper; `source_sha256` is of the file as it was brought."""

    name: str
    jpeg: bytes
    width_px: int
    height_px: int
    source_sha256: str


def bring_picture(path: Path) -> PlatePicture:
    """Read a picture somebody chose: a second at most, in a background thread. KnownError: it is
    none, or cannot be read."""
    found = recognise(path)
    if found.kind is not FileKind.PICTURE or not found.demuxer:
        raise KnownError(
            msg("“{name}” is no picture that can be printed.", name=path.name[:80]),
            safe=msg("Nothing was changed; the file is where it was."),
            do=msg("Choose a JPEG or PNG; a phone can save its pictures as JPEG."),
        )
    seen = preview(path, found, largest_px=LARGEST_PX)
    if not seen.pixels:
        raise KnownError(
            msg("“{name}” is larger than a picture that can be printed.", name=path.name[:80]),
            safe=msg("Nothing was changed; the file is where it was."),
            do=msg("Make it smaller, then choose it again."),
        )
    width, height = seen.shown_width_px, seen.shown_height_px
    jpeg = as_jpeg(seen.pixels, width, height)
    return PlatePicture(path.name, jpeg, width, height, _sha256(path))


def as_jpeg(pixels: bytes, width_px: int, height_px: int) -> bytes:
    """Three bytes a pixel, red first, as a JPEG."""
    import av

    rgb = np.frombuffer(pixels, np.uint8).reshape(height_px, width_px, 3)
    out = io.BytesIO()
    with av.open(out, "w", format="image2pipe") as container:
        stream = container.add_stream("mjpeg", rate=1, options={"qscale": str(_QUALITY)})
        stream.width, stream.height, stream.pix_fmt = width_px, height_px, "yuvj420p"
        frame = av.VideoFrame.from_ndarray(rgb, format="rgb24")
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return out.getvalue()


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES[FileKind.PICTURE] + 1)
    except OSError as error:
        raise reading_trouble(error, path) from error
    return hashlib.sha256(data).hexdigest()
