"""A checker that does not find its place again: all after bytes that were put in is named."""

from __future__ import annotations

from typing import Any, BinaryIO

from app.evidence.enclosed import verify


def where_it_was(file: BinaryIO, size: int, piece: dict[str, Any], tried: list[int]) -> int | None:
    """In place of `first_place`: looks nowhere else."""
    place: int = piece["offset"]
    same = verify.sha256_of(file, place, piece["length"]) == piece["sha256"]
    return place if same else None


verify.first_place = where_it_was
