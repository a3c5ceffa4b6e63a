"""What a file shows, looked at in a process of its own. Called in a background thread."""

from __future__ import annotations

import json
import multiprocessing
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import KnownError, msg
from app.incidents.attachments.kinds import FileFormat
from app.incidents.attachments.preview_worker import LARGEST_PX, PICTURE_NAME, RESULT_NAME, main

_MOST_S = 20.0
_END_S = 5.0
_LONGEST_CODEC = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """What was seen. `pixels`: three bytes each, red first, `shown_width_px` in a row; empty where
    there is no picture, as of a sound."""

    width_px: int = 0
    height_px: int = 0
    duration_s: float | None = None
    codec: str = ""
    shown_width_px: int = 0
    shown_height_px: int = 0
    pixels: bytes = b""


def preview(path: Path, found: FileFormat, largest_px: tuple[int, int] = LARGEST_PX) -> Preview:
    """Look into a file; its picture is made to fit `largest_px`, width and height.

    Raises KnownError when it cannot be read; the file stays as it is.
    """
    if not found.demuxer:
        return Preview()
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        _look_apart(path, found.demuxer, Path(folder), largest_px)
        try:
            return _read(Path(folder), largest_px)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise _unreadable() from error


def _look_apart(path: Path, demuxer: str, folder: Path, largest_px: tuple[int, int]) -> None:
    process = multiprocessing.get_context("spawn").Process(
        target=main, args=(path, demuxer, folder, largest_px), name="preview", daemon=True
    )
    process.start()
    process.join(_MOST_S)
    if process.is_alive():
        process.kill()
    process.join(_END_S)
    process.close()


def _read(folder: Path, largest_px: tuple[int, int]) -> Preview:
    """What the process left, every value checked: it may not be itself any more."""
    said: dict[str, Any] = json.loads((folder / RESULT_NAME).read_text("utf-8"))
    width, height = _whole(said.get("shown_width_px", 0)), _whole(said.get("shown_height_px", 0))
    pixels = b""
    if width and height:
        if width > largest_px[0] or height > largest_px[1]:
            raise ValueError("a picture larger than was asked for")
        with (folder / PICTURE_NAME).open("rb") as file:
            pixels = file.read(width * height * 3 + 1)
        if len(pixels) != width * height * 3:
            raise ValueError("a picture of another size")
    duration = said["duration_s"]
    return Preview(
        _whole(said["width_px"]),
        _whole(said["height_px"]),
        None if duration is None else min(max(float(duration), 0.0), 1e7),
        "".join(each for each in str(said["codec"]) if each.isalnum())[:_LONGEST_CODEC],
        width,
        height,
        pixels,
    )


def _whole(value: object) -> int:
    if not isinstance(value, int) or not 0 <= value <= 1_000_000:
        raise ValueError(f"not a size: {value!r:.40}")
    return value


def _unreadable() -> KnownError:
    return KnownError(
        msg("The file cannot be looked into here: it is damaged, or of a kind of its own."),
        safe=msg("It is kept as it was brought, under its hash."),
        do=msg("Save a copy and open it on a computer that may be lost."),
    )
