"""Judges stored papers by their bytes: words, size, PDF/A, what is attached, whether two are one.

Uses pdftotext, pdfium itself and a reader of its own; asks the program nothing.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium

from benchmarks.papers_eye import page_pixels
from benchmarks.papers_station import Known
from benchmarks.papers_words import found_in
from benchmarks.pdf_objects import PdfFile, Stream
from benchmarks.pdfa_rules import faults
from benchmarks.runs import BrokenError

_SAME_DPI = 60


def poppler_text(path: Path) -> str:
    """What pdftotext reads. Raises BrokenError without it."""
    if shutil.which("pdftotext") is None:
        raise BrokenError("pdftotext is needed: install poppler-utils")
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def pdfium_text(path: Path) -> str:
    """What pdfium reads."""
    document = pdfium.PdfDocument(path.read_bytes())
    try:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(text.get_text_range())
            text.close()
            page.close()
        return "".join(texts)
    finally:
        document.close()


def words_found_pct(papers: Sequence[tuple[Known, Path]]) -> float:
    """How many of the words that were told stand in the papers, by the reader that finds fewer."""
    wanted = sum(len(known.words) for known, _ in papers)
    found = [
        sum(len(found_in(read(path), known.words)) for known, path in papers if known.words)
        for read in (poppler_text, pdfium_text)
    ]
    return 100 * min(found) / wanted if wanted else 0.0


def paper_faults(known: Known, path: Path, *, pages: int | None) -> list[str]:
    """What a paper lacks of what is known of its incident. `pages`: how many it must have."""
    data = path.read_bytes()
    wrong = []
    if hashlib.sha256(data).hexdigest() != path.stem:
        wrong.append("is not stored under its hash")
    file = PdfFile(data)
    count = len(file.pages())
    if pages is not None and count != pages:
        wrong.append(f"has {count} pages")
    if known.number not in pdfium_text(path):
        wrong.append("does not name its number")
    if photographs(file) < known.stills:
        wrong.append(f"shows {photographs(file)} stills")
    said = attached(data)
    if said.get("sheet", {}).get("number") != known.number:
        wrong.append("has no data of its incident attached")
    return [f"{known.number} {fault}" for fault in wrong]


def photographs(file: PdfFile) -> int:
    """Pictures that are photographs: JPEG with three colours."""
    return sum(
        isinstance(one, Stream)
        and one.head.get("Subtype") == "Image"
        and "DCTDecode" in (one.head.get("Filter"), *_listed(one.head.get("Filter")))
        for one in file.objects.values()
    )


def attached(pdf: bytes) -> dict[str, Any]:
    """The JSON that is attached to a paper; empty if there is none."""
    raw = attached_bytes(pdf)
    return dict(json.loads(raw)) if raw else {}


def attached_bytes(pdf: bytes) -> bytes:
    """The same as it lies in the file."""
    file = PdfFile(pdf)
    for one in file.objects.values():
        stream = file.get(file.at(one, "EF", "F")) if isinstance(one, dict) else None
        if isinstance(stream, Stream):
            return stream.data()
    return b""


def pdfa_faults(path: Path) -> list[str]:
    """By veraPDF where it is installed; else by our own reading of ISO 19005-3."""
    program = shutil.which("verapdf")
    if program is None:
        return faults(path.read_bytes())
    command = [program, "--flavour", "3b", "--format", "text", str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    return [] if ran.stdout.startswith("PASS") else [ran.stdout[:300]]


def pdfa_checker() -> str:
    """Who judged."""
    if shutil.which("verapdf"):
        return "veraPDF"
    return "benchmarks/pdfa_rules.py (a reading of ISO 19005-3; veraPDF is not installed)"


def is_same_page(one: bytes, other: bytes) -> bool:
    """Whether two papers look the same, page by page, to the last pixel."""
    count = len(PdfFile(one).pages())
    if count != len(PdfFile(other).pages()):
        return False
    return all(
        np.array_equal(page_pixels(one, number, _SAME_DPI), page_pixels(other, number, _SAME_DPI))
        for number in range(count)
    )


def _listed(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list) else ()
