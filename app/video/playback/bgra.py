"""Makes BGRA of decoded frames, in memory that is used again and again. Knows no masks, no tile.

A picture of 1840×1034 takes 7.6 MB; asked for afresh, the system clears and maps its pages one by
one, which costs twice what the conversion does (3.7 ms, 1.4 ms without). FFmpeg's filters keep what
they made for the next picture, once nobody looks at it any more.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from av.filter import Graph

from app.video.picture import Pixels

_QUICK = "neighbor"  # colour is not smoothed: of a tile nobody sees it
_EVERY_COLUMN = "neighbor+accurate_rnd"
"""The quick way leaves the last two or four columns of some widths as they were in memory (FFmpeg's
yuv2rgb writes whole eights)."""


class _Form(NamedTuple):
    """What frames must have in common to go the same way."""

    width: int
    height: int
    format: str
    colorspace: int
    color_range: int


class BgraMaker:
    """For one thread at a time. Frames of another form cost a millisecond once."""

    def __init__(self) -> None:
        self._form: _Form | None = None
        self._graph: Any = None

    def pixels(self, frame: Any) -> Pixels:
        """(height, width, 4) uint8 BGRA, A = 255, whose rows may lie apart; the caller's own while
        it lives. Raises av.FFmpegError and MemoryError."""
        form = _Form(
            frame.width, frame.height, frame.format.name,
            int(frame.colorspace), int(frame.color_range),
        )  # fmt: skip
        if form != self._form:
            self._graph, self._form = _graph(form), form
        self._graph.push(frame)
        made = self._graph.pull()
        plane = made.planes[0]
        flat: Pixels = np.frombuffer(plane, np.uint8)
        lines = flat[: plane.line_size * made.height].reshape(made.height, plane.line_size)
        return lines[:, : made.width * 4].reshape(made.height, made.width, 4)


def _graph(form: _Form) -> Graph:
    way = _QUICK if form.width % 8 == 0 else _EVERY_COLUMN
    graph = Graph()
    graph.threads = 1
    source = graph.add(
        "buffer",
        f"video_size={form.width}x{form.height}:pix_fmt={form.format}:time_base=1/1000"
        f":colorspace={form.colorspace}:range={form.color_range}",
    )
    graph.link_nodes(source, graph.add("scale", f"flags={way}"), graph.add("format", "bgra"),
                     graph.add("buffersink")).configure()  # fmt: skip
    return graph
