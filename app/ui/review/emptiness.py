"""What stands in place of the pictures when there are none: why, and what to do. No widget."""

from __future__ import annotations

from typing import NamedTuple

from app.thai.translation import tr


class Emptiness(NamedTuple):
    """Both empty: there is something to be seen."""

    why: str = ""
    do: str = ""


def emptiness(
    *,
    may_watch: bool,
    has_cameras: bool,
    has_footage: bool | None,
    has_chosen: bool,
    has_place: bool,
) -> Emptiness:
    """`has_footage` is None before the index was asked: then nothing is said of it."""
    if not may_watch:
        return Emptiness(
            tr("You may not watch recorded footage."),
            tr("An administrator permits it, officer by officer, in Setup › Officers."),
        )
    if not has_cameras and has_footage is not None:
        return Emptiness(
            tr("There are no cameras yet."),
            tr("Add the first one in Setup (Ctrl 6); the recorder begins with it."),
        )
    if has_footage is False:
        return Emptiness(
            tr("Nothing is recorded yet."),
            tr(
                "Recording begins with the recorder; the line at the top of the window says "
                "whether it runs. The first pictures can be looked at after a few seconds."
            ),
        )
    if not has_chosen and has_place:
        return Emptiness(
            tr("No camera sees this place."),
            tr("Choose cameras near it in the list on the left: who came or left by there?"),
        )
    if not has_chosen:
        return Emptiness(
            tr("No camera is chosen."), tr("Choose up to nine in the list on the left.")
        )
    return Emptiness()
