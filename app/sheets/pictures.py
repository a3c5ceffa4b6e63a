"""Pictures as Typst can be given them in memory: every one is a drawing.

What Typst is handed without a file must be text. So a photograph becomes an SVG around itself,
byte for byte; Typst puts the same JPEG into the PDF. What is no whole PNG or JPEG is refused here,
for a drawing around a damaged picture would silently show nothing.
"""

from __future__ import annotations

import base64
import struct
import zlib

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG_BEGINS, _JPEG_ENDS = b"\xff\xd8", b"\xff\xd9"
_STANDALONE = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a length: ITU-T T.81, B.1.1.3
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # start of frame, table B.1
_SCAN = 0xDA
_LARGEST_PX = 20_000


def as_drawing(data: bytes) -> bytes:
    """The picture as an SVG of its size in pixels. Raises ValueError: no whole PNG, JPEG or SVG."""
    if data.startswith(_PNG):
        return _around(data, "image/png", *_png_size(data))
    if data.startswith(_JPEG_BEGINS):
        return _around(data, "image/jpeg", *_jpeg_size(data))
    if b"<svg" in data[:4096]:
        data.decode("utf-8")
        return data
    raise ValueError("no picture of a kind that papers have")


def _around(data: bytes, media_type: str, width: int, height: int) -> bytes:
    if not (0 < width <= _LARGEST_PX and 0 < height <= _LARGEST_PX):
        raise ValueError(f"a picture of {width} × {height}")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}"><image width="{width}" height="{height}"'
        f' href="data:{media_type};base64,'
    )
    return head.encode() + base64.b64encode(data) + b'"/></svg>'


def _png_size(data: bytes) -> tuple[int, int]:
    """Every chunk's checksum is right, and the last is there: PNG specification, 5.3."""
    at, size = len(_PNG), None
    try:
        while True:
            (length,) = struct.unpack_from(">I", data, at)
            name, end = data[at + 4 : at + 8], at + 8 + length
            (checksum,) = struct.unpack_from(">I", data, end)
            if zlib.crc32(data[at + 4 : end]) != checksum:
                raise ValueError("a chunk that was altered")
            if name == b"IHDR":
                size = struct.unpack_from(">II", data, at + 8)
            if name == b"IEND":
                break
            at = end + 4
    except struct.error as error:
        raise ValueError("a PNG that was cut short") from error
    if size is None:
        raise ValueError("a PNG without a head")
    return int(size[0]), int(size[1])


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Every segment up to the first scan is whole, and the end is there: ITU-T T.81, annex B."""
    if _JPEG_ENDS not in data[-64:]:  # some cameras put a few bytes after it
        raise ValueError("a JPEG that was cut short")
    at, size = 2, None
    try:
        while True:
            if data[at] != 0xFF:
                raise ValueError("no JPEG segment")
            marker = data[at + 1]
            if marker == 0xFF:  # fill byte
                at += 1
                continue
            if marker in _STANDALONE:
                at += 2
                continue
            (length,) = struct.unpack_from(">H", data, at + 2)
            if marker in _FRAMES:
                height, width = struct.unpack_from(">HH", data, at + 5)
                size = width, height
            if marker == _SCAN:
                break
            at += 2 + length
    except (IndexError, struct.error) as error:
        raise ValueError("a JPEG that was cut short") from error
    if size is None:
        raise ValueError("a JPEG without a frame")
    return int(size[0]), int(size[1])
