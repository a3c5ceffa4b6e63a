"""A checker that compares sizes only: an edit of the same size is not seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.evidence.enclosed import verify


def sizes_alone(package: Any, manifest: dict[str, Any]) -> Iterator[verify.Finding]:
    """In place of `files_changed`."""
    for camera in manifest["cameras"]:
        for clip in camera["clips"]:
            there = clip["name"] in package.names
            if not there or package.size(clip["name"]) != clip["bytes"]:
                yield verify.Finding("file", {"file": clip["name"]})


verify.files_changed = sizes_alone
