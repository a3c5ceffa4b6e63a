"""Files as people bring them, and as others send them to do harm."""

from __future__ import annotations

import io
import struct
import wave
import zipfile
import zlib
from pathlib import Path


def a_png(width: int = 4, height: int = 2, rgb: bytes = b"\xff\x80\x00") -> bytes:
    """A whole PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + rgb * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def a_png_that_says_it_is_huge() -> bytes:
    """Its head promises 60,000 × 60,000 pixels; there are none."""
    return a_png()[:16] + struct.pack(">II", 60_000, 60_000) + a_png()[24:]


def a_wav(seconds: float = 1.5) -> bytes:
    """A silent sound."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(b"\x00\x00" * int(8_000 * seconds))
    return made.getvalue()


def an_archive(*names: str) -> bytes:
    """A ZIP with these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


def a_file(folder: Path, name: str, content: bytes) -> Path:
    """Written where a test may read it."""
    path = folder / name
    path.write_bytes(content)
    return path
