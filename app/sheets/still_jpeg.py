"""A still picture as a sheet takes it: JPEG, no more than 300 dots an inch of its printed size."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

DOTS_AN_INCH = 300
_MM_AN_INCH = 25.4
_QUALITY = 3  # of FFmpeg's 2 (best) to 31: no block shows at 300 dpi
_MOST_PIXELS = 100_000_000


@dataclass(frozen=True, slots=True)
class PrintedStill:
    """`jpeg` is empty where there is nothing to print; `trouble` says why."""

    jpeg: bytes
    width_px: int = 0
    height_px: int = 0
    trouble: str = ""


MISSING, CHANGED, UNREADABLE = "missing", "changed", "unreadable"


def printed_still(path: Path, sha256: str, box_mm: tuple[float, float]) -> PrintedStill:
    """The picture of a kept file, scaled to fit the box. A file that is gone, or no longer the one
    that the log names, is not printed.
    """
    try:
        stamp = path.stat()
        return _made(path, sha256, box_mm, stamp.st_mtime_ns, stamp.st_size)
    except FileNotFoundError:
        return PrintedStill(b"", trouble=MISSING)
    except OSError:
        return PrintedStill(b"", trouble=UNREADABLE)


@functools.lru_cache(maxsize=16)  # a preview asks for the same ones at every change of an option
def _made(
    path: Path, sha256: str, box_mm: tuple[float, float], _changed_ns: int, _size: int
) -> PrintedStill:
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        return PrintedStill(b"", trouble=CHANGED)
    import av  # a library written in C: only where a picture is printed
    import av.error

    decoder: Any = av.CodecContext.create("png", "r")
    try:
        frames = [*decoder.decode(av.Packet(data)), *decoder.decode(None)]
    except (av.error.FFmpegError, ValueError):
        frames = []
    return _scaled(frames[0], box_mm) if frames else PrintedStill(b"", trouble=UNREADABLE)


def _scaled(frame: Any, box_mm: tuple[float, float]) -> PrintedStill:
    if frame.width * frame.height > _MOST_PIXELS:
        return PrintedStill(b"", trouble=UNREADABLE)
    most = [side / _MM_AN_INCH * DOTS_AN_INCH for side in box_mm]
    share = min(most[0] / frame.width, most[1] / frame.height, 1.0)
    width, height = (max(1, int(side * share)) for side in (frame.width, frame.height))
    small = frame.reformat(width=width, height=height, format="yuvj420p", interpolation="AREA")
    return PrintedStill(_jpeg(small), width, height)


def _jpeg(frame: Any) -> bytes:
    """The same bytes for the same picture: one thread, no time in it."""
    import av

    encoder: Any = av.CodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, "yuvj420p"
    encoder.time_base = Fraction(1, 25)
    encoder.sample_aspect_ratio = Fraction(1)  # without it there is no JFIF head
    encoder.thread_count = 1
    encoder.qmin = encoder.qmax = _QUALITY
    frame.pts = 0
    return b"".join(bytes(packet) for packet in (*encoder.encode(frame), *encoder.encode(None)))
