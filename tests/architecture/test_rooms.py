"""The rooms stand in their order, and everything left of the map lives without Qt."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WITHOUT_QT = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "pyqtgraph"):
            raise ModuleNotFoundError(f"{name} is not to be imported here")

sys.meta_path.insert(0, NoQt())
for name in sys.argv[1:]:
    room = importlib.import_module(name)
    for module in pkgutil.walk_packages(getattr(room, "__path__", []), name + "."):
        importlib.import_module(module.name)
        print(module.name)
"""


def layers() -> list[str]:
    """The rooms from right to left, as pyproject.toml orders them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    (order,) = [one["layers"] for one in contracts["contracts"] if one["type"] == "layers"]
    return [room.strip() for layer in order for room in layer.replace(":", "|").split("|")]


def without_qt(*rooms: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, *rooms],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_room_has_its_place_in_the_order() -> None:
    rooms = {
        f"app.{path.stem}"
        for path in (ROOT / "app").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    } - {"app.__init__"}
    assert rooms == set(layers())


def test_everything_left_of_the_map_is_imported_without_qt() -> None:
    left = layers()[layers().index("app.map") + 1 :]
    imported = without_qt(*left)
    assert imported.returncode == 0, imported.stderr
    assert "app.station.folder" in imported.stdout.split()


def test_that_test_would_see_qt() -> None:
    assert "not to be imported here" in without_qt("PySide6.QtCore").stderr


def test_no_room_imports_what_stands_to_its_right() -> None:
    lint = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert lint.returncode == 0, lint.stdout + lint.stderr
    assert " 0 broken" in lint.stdout


@pytest.mark.parametrize("room", ["app/station/disk.py", "app/log/entry.py"])
def test_an_import_against_the_order_is_caught(tmp_path: Path, room: str) -> None:
    for path in [*(ROOT / "app").rglob("*.py"), ROOT / "pyproject.toml"]:
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    for layer in layers():  # one that is still being built must not hide what this is about
        if not (tmp_path / layer.replace(".", "/")).is_dir():
            (tmp_path / f"{layer.replace('.', '/')}.py").touch()
    with (tmp_path / room).open("a") as file:
        file.write("\nimport app.ui\nimport PySide6\n")

    lint = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert lint.returncode == 1
    assert "The rooms stand in one straight order BROKEN" in lint.stdout
    assert "Left of the map nothing knows Qt BROKEN" in lint.stdout
