"""docs/licences.md lists what is locked, at its version, and puts what ships under "Shipped"."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


def locked() -> dict[str, str]:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))


def listed() -> tuple[dict[str, str], dict[str, str]]:
    """What the page lists as shipped, and what for tests and building only."""
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    parts = page.split("## Shipped")[1].split("## For tests and building only")
    rows = [re.findall(r"^\| ([a-z0-9-]+) \| (\d\S*) \| \w", part, re.MULTILINE) for part in parts]
    return dict(rows[0]), dict(rows[1])


def needed_to_run() -> set[str]:
    """The program's dependencies and theirs, from what is installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [Requirement(text) for text in project["dependencies"]]
    found: set[str] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        found.add(name)
        waiting += [Requirement(text) for text in metadata.requires(wanted.name) or []]
    return found


def test_every_locked_package_is_listed_once_with_its_version() -> None:
    shipped, others = listed()
    assert shipped.keys() & others.keys() == set()
    assert shipped | others == locked()


def test_what_the_program_needs_is_listed_as_shipped() -> None:
    shipped, _ = listed()
    assert needed_to_run() <= shipped.keys()


def test_every_package_is_locked_with_hashes_and_from_no_address() -> None:
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    packages = [at for at, line in enumerate(lines) if "==" in line]
    assert packages
    assert all(lines[at + 1].strip().startswith("--hash=sha256:") for at in packages)
    assert [line for line in lines if "://" in line or " @ " in line or "--index" in line] == []


def test_the_licence_is_the_whole_text() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE\n                       Version 3" in text
    assert "END OF TERMS AND CONDITIONS" in text
