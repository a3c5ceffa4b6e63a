"""Typst, with the letters that ship and no others. Loaded in the process that sets papers only."""

from __future__ import annotations

import importlib.metadata
import io
import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import segno
import typst

from app.sheets.pictures import as_drawing
from app.sheets.press_messages import Answer, Done, Order, Refused

MAIN = "main.typ"
QR_NAME = "qr.svg"
_PICTURES = (".svg", ".png", ".jpg", ".jpeg")
_LINE = re.compile(r"\bmain:(\d+):")
_CROSSED = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="90" viewBox="0 0 120 90">'
    b'<rect x="0.5" y="0.5" width="119" height="89" fill="#f4f4f2" stroke="#9b9b9b"/>'
    b'<path d="M0.5 0.5L119.5 89.5M119.5 0.5L0.5 89.5" stroke="#9b9b9b"/></svg>'
)
_MASK = 3  # the best of the eight is no easier to read, and takes 30 ms to find
FAMILIES = frozenset({"Sarabun", "Noto Sans Lao"})
_WARM = "ก่อนที่ปู่จะ ABC 123 ສະຫວັນນະເຂດ"


class Typesetter:
    """One compiler for all papers: its letters are loaded once."""

    def __init__(self, fonts: tuple[str, ...]) -> None:
        """Load everything that a paper may need: afterwards no file has to be opened."""
        self.version = importlib.metadata.version("typst")
        letters = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=sorted({str(Path(font).parent) for font in fonts}),
        )
        if not set(letters.families()) >= FAMILIES:
            raise OSError(f"the shipped fonts are not there: {letters.families()}")
        folder = Path(tempfile.mkdtemp(prefix="press-"))
        self._compiler = typst.Compiler(
            root=folder,
            font_paths=letters,
            ignore_system_fonts=True,
            package_path=folder,
            package_cache_path=folder,
        )
        folder.rmdir()  # what is not in memory is not there
        self.set(Order({MAIN: _in_every_letter(letters).encode()}, "{}", 0, qr="warm"))

    def set(self, order: Order) -> Answer:
        """The paper, or why it cannot be set."""
        files, crossed_out = _as_drawings(order.files)
        if order.qr:
            files[QR_NAME] = _code(order.qr)
        try:
            return Done(self._compile(files, order), crossed_out)
        except RuntimeError as error:  # a TypstError, or what it cannot take in
            broken = self._broken_pictures(files)
            if not broken:
                return _refused(error)
        try:
            files |= dict.fromkeys(broken, _CROSSED)
            return Done(self._compile(files, order), (*crossed_out, *broken))
        except RuntimeError as error:  # a TypstError, or what it cannot take in
            return _refused(error)

    def _compile(self, files: Mapping[str, bytes], order: Order) -> bytes:
        # its own stub does not know that a project may be given as a mapping of names to bytes
        project: Any = {"main": files[MAIN], **files}
        standards: Any = [order.standard] if order.standard else []
        pdf = self._compiler.compile(
            input=project,
            format="pdf",
            sys_inputs={"data": order.data},
            pdf_standards=standards,
            timestamp=datetime.fromtimestamp(order.made_s, UTC),
            pdf_tags=False,  # they make a table of 500 rows eight times as large
        )
        if not isinstance(pdf, bytes):
            raise TypeError("one PDF was expected")
        return pdf

    def _broken_pictures(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Which of the drawings cannot be drawn, each tried by itself."""
        return tuple(
            name
            for name, data in files.items()
            if _is_picture(name) and data != _CROSSED and not self._can_draw(name, data)
        )

    def _can_draw(self, name: str, data: bytes) -> bool:
        main = f'#image("{name}", format: "svg", width: 50mm)'
        files = {MAIN: main.encode(), name: data}
        try:
            self._compile(files, Order(files, "{}", 0))
        except RuntimeError:
            return False
        return True


def _as_drawings(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files as Typst can have them, and the pictures that could not be read."""
    made: dict[str, bytes] = {}
    crossed_out = []
    for name, data in files.items():
        made[name] = data
        if _is_picture(name):
            try:
                made[name] = as_drawing(data)
            except ValueError:
                made[name] = _CROSSED
                crossed_out.append(name)
    return made, tuple(crossed_out)


def _is_picture(name: str) -> bool:
    return name.lower().endswith(_PICTURES)


def _in_every_letter(letters: typst.Fonts) -> str:
    """A text that makes Typst read every font: it opens each only when it is first used."""
    return "\n".join(
        f'#text(font: "{one.family}", weight: {one.weight}, style: "{one.style}", "{_WARM}")'
        for one in letters.fonts()
    )


def _code(says: str) -> bytes:
    """The square code as a drawing of whole modules, with the quiet zone that readers want."""
    drawn = io.BytesIO()
    code = segno.make(
        says, error="m", micro=False, encoding="utf-8", eci=False, boost_error=False, mask=_MASK
    )
    code.save(drawn, kind="svg", xmldecl=False, border=4, dark="#000", light="#fff")
    return drawn.getvalue()


def _refused(error: RuntimeError) -> Refused:
    lines = _LINE.findall(str(getattr(error, "diagnostic", "")))
    message = str(getattr(error, "message", "")) or str(error)
    hints = tuple(str(hint) for hint in getattr(error, "hints", ()))
    return Refused(message, hints, int(lines[0]) if lines else 0)
