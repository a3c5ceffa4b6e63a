"""The report of an activity: all of it is typed, its pictures are files that the clerk chose."""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path

from app.errors import KnownError, msg
from app.log import Connection
from app.sheets.activity_sheet import DRAFT_TEXT, ActivityOptions, Result, activity_sheet
from app.sheets.plate_pictures import PlatePicture, bring_picture
from app.sheets.sheet import Sheet
from app.station.disk import reading_trouble
from app.ui.papers.order import ARABIC, SheetOrder
from app.ui.papers.sheet_parts import SheetParts

_KEPT = 24  # pictures that need not be looked at again while somebody types


def build_activity(db: Connection, parts: SheetParts, order: SheetOrder) -> Sheet:
    """KnownError: it has no title or day, or a picture cannot be read. The log is not asked."""
    said = order.options
    try:
        held_on = date.fromisoformat(str(said.get("held_on", "")))
    except ValueError as error:
        raise KnownError(
            msg("The report does not say on which day it was."), do=msg("Type the day.")
        ) from error
    pictures = [
        (Path(one["path"]), str(one.get("caption", ""))) for one in said.get("pictures", ())
    ]
    options = ActivityOptions(
        title=str(said.get("title", "")),
        held_on=held_on,
        hours=str(said.get("hours", "")),
        place=str(said.get("place", "")),
        by=str(said.get("by", "")),
        with_whom=str(said.get("with_whom", "")),
        text=str(said.get("text", DRAFT_TEXT)),
        results=tuple(Result(str(name), str(value)) for name, value in said.get("results", ())),
        pictures=tuple(_picture(path) for path, _ in pictures),
        captions=tuple(caption for _, caption in pictures),
        digits=str(said.get("digits", ARABIC)),
        copy=bool(said.get("copy", False)),
    )
    return activity_sheet(parts.folder.profile, options, parts.clock.now())


def _picture(path: Path) -> PlatePicture:
    try:
        state = path.stat()
    except OSError as error:
        raise reading_trouble(error, path) from error
    return _brought(path, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=_KEPT)
def _brought(path: Path, _changed_ns: int, _size_bytes: int) -> PlatePicture:
    return bring_picture(path)
