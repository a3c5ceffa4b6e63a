"""Writes requirements.lock from pyproject.toml: every version with the hashes of its files.

Names no index and no folder of this machine. Needs pip-tools, which it installs where missing.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
HEADER = """\
# Every package the program and its tests need, with the hashes of the released files.
# Made from pyproject.toml by `make lock`; not edited by hand.
"""
OPTIONS = (
    "--extra=dev --strip-extras --allow-unsafe --generate-hashes --upgrade --quiet --no-header "
    "--no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host"
)


def main() -> None:
    """Resolve, then keep the lines of packages and hashes alone."""
    if importlib.util.find_spec("piptools") is None:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "pip-tools"], check=True)
    command = [sys.executable, "-m", "piptools", "compile", *OPTIONS.split(), "--output-file=-"]
    resolved = subprocess.run(
        [*command, str(ROOT / "pyproject.toml")], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    lines = [line for line in resolved.splitlines() if line and not line.startswith("#")]
    LOCK.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
