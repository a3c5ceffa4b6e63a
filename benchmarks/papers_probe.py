"""A process of its own that prints: `python -m benchmarks.papers_probe FOLDER [--product FILE]`.

What it is to do comes as JSON on stdin, what came of it goes out as JSON on the last line.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.papers_product import Printed, Product

Result = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Do what is asked, in its order."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--product", type=Path)
    asked = parser.parse_args(arguments)
    tasks = json.load(sys.stdin)
    product = _product(asked.product)(asked.folder)
    try:
        product.wait_until_warm()
        told = {name: _DO[task["do"]](product, task) for name, task in tasks.items()}
    finally:
        product.close()
    print(json.dumps(told))


def _product(file: Path | None) -> Callable[[Path], Product]:
    """The program, or a broken one."""
    if file is None:
        return Product
    spec = importlib.util.spec_from_file_location("broken_product", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    broken: Callable[[Path], Product] = module.Product
    return broken


def _print(product: Product, task: Mapping[str, Any]) -> Result:
    """Sheets one after another: how long each took, where it lies, what pictures it was given."""
    took_ms, paths, hashes = [], [], []
    for about in task["about"]:
        began_s = time.perf_counter()
        printed = product.print_sheet(task["kind"], about, task.get("options", {}))
        took_ms.append((time.perf_counter() - began_s) * 1000)
        paths.append(str(printed.path))
        hashes.append(printed.sha256)
        if "files" in task:
            _keep_files(printed, Path(task["files"]))
    return {"ms": took_ms, "paths": paths, "hashes": hashes}


def _keep_files(printed: Printed, folder: Path) -> None:
    for name, data in printed.files.items():
        path = folder / printed.sha256 / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _correct(product: Product, task: Mapping[str, Any]) -> Result:
    for about in task["about"]:
        product.correct(about)
    return {}


def _again(product: Product, task: Mapping[str, Any]) -> Result:
    """Stored papers as they go to the printer again, each into a file under its hash."""
    out = Path(task["out"])
    out.mkdir(parents=True, exist_ok=True)
    for sha256 in task["hashes"]:
        (out / f"{sha256}.pdf").write_bytes(product.print_again(sha256))
    return {}


def _from_data(product: Product, task: Mapping[str, Any]) -> Result:
    """Pages made anew from attached data, each into a file under the hash of the first."""
    out, files = Path(task["out"]), Path(task["files"])
    out.mkdir(parents=True, exist_ok=True)
    for sha256 in task["hashes"]:
        said = json.loads((Path(task["data"]) / f"{sha256}.json").read_text("utf-8"))
        pictures = {path.name: path.read_bytes() for path in (files / sha256).glob("*")}
        (out / f"{sha256}.pdf").write_bytes(product.set_from_data(said, pictures))
    return {}


def _preview(product: Product, task: Mapping[str, Any]) -> Result:
    """The first pages of papers, as the place shows them."""
    took_ms, sizes = [], []
    for path in task["paths"]:
        pdf = Path(path).read_bytes()
        began_s = time.perf_counter()
        picture = product.preview(pdf)
        took_ms.append((time.perf_counter() - began_s) * 1000)
        sizes.append((picture.width_px, picture.height_px, len(set(picture.pixels[::401]))))
    return {"ms": took_ms, "sizes": sizes}


_DO: Mapping[str, Callable[[Product, Mapping[str, Any]], Result]] = {
    "print": _print,
    "correct": _correct,
    "again": _again,
    "from_data": _from_data,
    "preview": _preview,
}


if __name__ == "__main__":
    main(sys.argv[1:])
