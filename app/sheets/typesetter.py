"""Typst, with the letters that ship and no others. Loaded in the process that sets papers only."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import segno
import typst

from app.sheets.press_messages import Answer, Done, Order, Refused

MAIN = "main.typ"
QR_NAME = "qr.svg"
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp")
_LINE = re.compile(r"main\.typ:(\d+)")
_CROSSED = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="120" height="90" viewBox="0 0 120 90">'
    b'<rect x="0.5" y="0.5" width="119" height="89" fill="#f4f4f2" stroke="#9b9b9b"/>'
    b'<path d="M0.5 0.5L119.5 89.5M119.5 0.5L0.5 89.5" stroke="#9b9b9b"/></svg>'
)
_WEIGHTS = (400, 500, 600, 700)
_WARM = "ก่อนที่ปู่จะ ABC 123 ສະຫວັນນະເຂດ"


class Typesetter:
    """One compiler for all papers: its letters are loaded once."""

    def __init__(self, fonts: tuple[str, ...]) -> None:
        """Load everything that a paper may need: afterwards no file has to be opened."""
        self.version = str(typst.__version__)
        folder = Path(tempfile.mkdtemp(prefix="press-"))
        letters = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=list(fonts)
        )
        self._compiler = typst.Compiler(
            root=folder, font_paths=letters, ignore_system_fonts=True, package_path=folder
        )
        folder.rmdir()  # what is not in memory is not there
        lines = "\n".join(f'#text(weight: {weight}, "{_WARM}")' for weight in _WEIGHTS)
        text = f'#set text(font: ("Sarabun", "Noto Sans Lao"))\n{lines}'
        self.set(Order({MAIN: text.encode()}, "{}", 0, qr="warm"))

    def set(self, order: Order) -> Answer:
        """The paper, or why it cannot be set."""
        files = dict(order.files)
        if order.qr:
            files[QR_NAME] = _code(order.qr)
        try:
            return Done(self._compile(files, order))
        except typst.TypstError as error:
            broken = self._broken_pictures(files)
            if not broken:
                return _refused(error)
        try:
            files |= dict.fromkeys(broken, _CROSSED)
            return Done(self._compile(files, order), broken)
        except typst.TypstError as error:
            return _refused(error)

    def _compile(self, files: Mapping[str, bytes], order: Order) -> bytes:
        pdf: bytes = self._compiler.compile(
            input={"main": files[MAIN], **files},
            format="pdf",
            sys_inputs={"data": order.data},
            pdf_standards=[order.standard] if order.standard else [],
            timestamp=datetime.fromtimestamp(order.made_s, UTC),
        )
        return pdf

    def _broken_pictures(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Which of the pictures cannot be drawn, each tried by itself."""
        return tuple(
            name
            for name, data in files.items()
            if name.lower().endswith(_PICTURES) and not self._can_draw(name, data)
        )

    def _can_draw(self, name: str, data: bytes) -> bool:
        files = {MAIN: f'#image("{name}", width: 50mm)'.encode(), name: data}
        try:
            self._compile(files, Order(files, "{}", 0))
        except typst.TypstError:
            return False
        return True


def _code(says: str) -> bytes:
    """The square code as a drawing of whole modules, with the quiet zone that readers want."""
    drawn = io.BytesIO()
    code = segno.make(says, error="m", micro=False, encoding="utf-8", eci=False, boost_error=False)
    code.save(drawn, kind="svg", xmldecl=False, border=4, dark="#000", light="#fff")
    return drawn.getvalue()


def _refused(error: typst.TypstError) -> Refused:
    lines = _LINE.findall(str(getattr(error, "diagnostic", "")))
    message = str(getattr(error, "message", "")) or str(error)
    hints = tuple(str(hint) for hint in getattr(error, "hints", ()))
    return Refused(message, hints, int(lines[0]) if lines else 0)
