"""The preview's own process: looks into one hostile file under limits, leaves plain bytes.

`result.json` with a few numbers and `picture.rgb`, three bytes a pixel. Ended by killing it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from app import platform
from app.platform.memory import limit_memory

RESULT_NAME, PICTURE_NAME = "result.json", "picture.rgb"
LARGEST_PX = (480, 360)
"""Width and height of a picture that a card has room for."""
MOST_MEMORY_BYTES = 2 << 30
_MOST_PIXELS = 100_000_000
_INTO_VIDEO_S = 1.0
_OPTIONS = {"protocol_whitelist": "file", "format_whitelist": ""}


def main(
    source: Path, demuxer: str, folder: Path, largest_px: tuple[int, int] = LARGEST_PX
) -> None:
    """Look into the file; what was seen stands in `folder`. No word: it could not be read."""
    platform.end_with_parent()
    platform.lower_priority()
    limit_memory(MOST_MEMORY_BYTES)
    import av  # a library written in C reads what somebody brought: only in this process

    try:
        result = look(source, demuxer, folder, largest_px)
    except (av.FFmpegError, OSError, ValueError, MemoryError):
        return  # without a word: it cannot be read
    (folder / RESULT_NAME).write_text(json.dumps(result), "utf-8")


def look(
    source: Path, demuxer: str, folder: Path, largest_px: tuple[int, int] = LARGEST_PX
) -> dict[str, Any]:
    """Length, size and codec; the picture, scaled, if there is one. Raises what FFmpeg raises."""
    import av

    options = {**_OPTIONS, "format_whitelist": demuxer}
    with av.open(str(source), format=demuxer, options=options) as container:
        said: dict[str, Any] = {"duration_s": None, "codec": "", "width_px": 0, "height_px": 0}
        if container.duration is not None and container.duration > 0:
            said["duration_s"] = container.duration / av.time_base
        if not container.streams.video:
            if container.streams.audio:
                said["codec"] = container.streams.audio[0].codec_context.name
            return said
        stream = container.streams.video[0]
        context = stream.codec_context
        said |= {"codec": context.name, "width_px": context.width, "height_px": context.height}
        if context.width * context.height > _MOST_PIXELS:
            return said
        if said["duration_s"] is not None and said["duration_s"] > 2 * _INTO_VIDEO_S:
            container.seek(int(_INTO_VIDEO_S * av.time_base))  # the very first is often black
        for frame in container.decode(stream):
            said |= {"width_px": frame.width, "height_px": frame.height}
            said |= _keep(frame, folder, largest_px)
            break
    return said


def _keep(frame: Any, folder: Path, largest_px: tuple[int, int]) -> dict[str, int]:
    """The picture as plain bytes, no larger than asked, upright; its width and height."""
    turns = round(frame.rotation / 90) % 4
    wide, high = largest_px if turns % 2 == 0 else largest_px[::-1]
    share = min(wide / frame.width, high / frame.height, 1.0)
    width, height = max(1, round(frame.width * share)), max(1, round(frame.height * share))
    pixels = frame.reformat(width=width, height=height, format="rgb24").to_ndarray()
    if turns:  # a telephone that was held otherwise
        pixels = np.rot90(pixels, turns)
        height, width = pixels.shape[:2]
    (folder / PICTURE_NAME).write_bytes(np.ascontiguousarray(pixels).tobytes())
    return {"shown_width_px": width, "shown_height_px": height}
