"""What a package that still lies where it was written says of itself. Reads only.

Once it is carried away only the log knows of it: then there is nothing to read, and nothing wrong.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.evidence.enclosed import verify
from app.evidence.export import ENCLOSED_VERIFY
from app.evidence.export_order import PackageForm
from app.evidence.exports import Export
from app.evidence.manifest import MANIFEST, VERIFY
from app.evidence.package_writer import final_path


@dataclass(frozen=True, slots=True)
class Checker:
    """The `verify.py` that goes with a package. `is_of_package`: read from the package's own list,
    not the one that this version of the program ships."""

    sha256: str
    is_of_package: bool


def kept_manifest(export: Export) -> Mapping[str, Any] | None:
    """The package's list, if it is there and is, to the byte, the one that the log names."""
    for form in PackageForm:
        path = final_path(Path(export.target), export.package, form)
        try:
            said = verify.content(verify.package_at(path), MANIFEST, verify.LARGE)
        except (verify.NotAPackageError, *verify.UNREADABLE):
            continue
        if hashlib.sha256(said).hexdigest() == export.manifest_sha256:
            manifest: Mapping[str, Any] = json.loads(said)
            return manifest
    return None


def checker_of(manifest: Mapping[str, Any] | None) -> Checker:
    """By which a receiver checks the package; the program's own where the list is not at hand."""
    for paper in (manifest or {}).get("papers", ()):
        if paper["name"] == VERIFY:
            return Checker(str(paper["sha256"]), is_of_package=True)
    return Checker(hashlib.sha256(ENCLOSED_VERIFY.read_bytes()).hexdigest(), is_of_package=False)
