"""How every benchmark says what it found: a line a figure, what was missed, JSON, the exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any


def publish(report: Mapping[str, Any], *, as_json: bool) -> int:
    """Print it. 0 when all figures hold, 1 when one was missed: `report["missed"]` names them."""
    width = max(map(len, report))
    for name, value in report.items():
        for words in _words(value):
            print(f"{name:{width}}  {words}")
    if report["missed"]:
        print("MISSED: " + ", ".join(report["missed"]))
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
    return 1 if report["missed"] else 0


def _words(value: object) -> Iterator[str]:
    """A line; a table of tables, as of several platforms, has one for each of its figures."""
    if isinstance(value, Mapping) and value and all(isinstance(v, Mapping) for v in value.values()):
        for name, figures in value.items():
            for figure, number in figures.items():
                yield f"{name:10} {figure:24} {number}"
    else:
        yield str(value)
