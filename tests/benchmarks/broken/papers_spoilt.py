"""A program whose papers are wrong in every way that the benchmark has a figure for."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.sheets import press as press_module
from app.sheets.pages import PagePicture
from app.sheets.press import Press
from app.sheets.press_messages import Order
from app.sheets.sheet import Sheet, Typeset
from app.ui.papers.order import SheetOrder
from benchmarks import papers_product
from benchmarks.papers_product import Printed

_SLOW_S = (1.0, 0.5, 3.1)
"""The first incident, the second, the handover."""
_SHRUNK = 0.995


def _no_standard(*values: Any, **named: Any) -> Order:
    return replace(Order(*values, **named), standard="")


class _CarelessPress(Press):
    """Sets sara am in two pieces, stills as they are, a map that was fitted to its place."""

    evidence: Path

    def set(self, sheet: Sheet, *args: Any, **named: Any) -> Typeset:
        files = dict(sheet.files)
        for name in files:
            row = {one["file"]: one for one in sheet.data.get("stills", ())}.get(name)
            if row is not None:
                files[name] = (self.evidence / f"{row['sha256']}.png").read_bytes()
        if "map.svg" in files:
            files["map.svg"] = _shrunk(files["map.svg"])
        data = dict(sheet.data)
        if "narrative" in data:
            data["narrative"] = data["narrative"].replace("\u0e33", "\u0e4d\u0e32")
        return super().set(replace(sheet, data=data, files=files), *args, **named)


def _shrunk(svg: bytes) -> bytes:
    """The drawing 0.5 % smaller in its frame of the same size."""
    text = svg.decode()
    begins = text.index('viewBox="') + len('viewBox="')
    box = text[begins : text.index('"', begins)]
    x, y, width, height = (float(part) for part in box.split())
    wider = f"{x} {y} {width / _SHRUNK} {height / _SHRUNK}"
    return text.replace(box, wider, 1).encode()


class Product(papers_product.Product):
    """Slow, and careless."""

    def __init__(self, folder: Path) -> None:
        press_module.Order = _no_standard  # type: ignore[assignment,misc]
        self._printed = 0
        super().__init__(folder)

    def press(self, station: Any) -> Press:
        careless = _CarelessPress(station, self._log.head)
        careless.evidence = station.evidence
        return careless

    def print_sheet(self, kind: str, about: str, options: Mapping[str, Any]) -> Printed:
        if self._printed < len(_SLOW_S):
            time.sleep(_SLOW_S[self._printed])
        self._printed += 1
        return super().print_sheet(kind, about, options)

    def print_again(self, sha256: str) -> bytes:
        """Set anew instead of taken from where it was stored."""
        with self._log.reading() as db:
            (about,) = db.execute(
                "SELECT subject FROM entries WHERE kind = 'sheet_printed'"
                " AND json_extract(body, '$.pdf_sha256') = ?",
                (sha256,),
            ).fetchone()
        return self.typeset(SheetOrder("incident", about)).pdf

    def set_from_data(self, said: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
        """With the number of the printing of now."""
        now = {**said, "print": {**said["print"], "number": said["print"]["number"] + 1}}
        return super().set_from_data(now, files)

    def preview(self, pdf: bytes) -> PagePicture:
        time.sleep(0.2)
        return super().preview(pdf)
