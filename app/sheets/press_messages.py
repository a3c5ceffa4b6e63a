"""What the console and the process that sets papers say to each other: JSON, and bytes after it.

Nothing that comes from the process is un-pickled.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_BYTES = 512 * 1024 * 1024
_LENGTH = struct.Struct("<I")


class BadMessageError(Exception):
    """Something that no healthy end says."""


@dataclass(frozen=True, slots=True)
class Order:
    """Set this. `files` are all that a template may read, `main.typ` among them; `data` is what
    it finds as `sys.inputs.data`; `made_s` the paper's time in seconds since 1970."""

    files: Mapping[str, bytes]
    data: str
    made_s: int
    qr: str = ""
    """What the code on the paper says; drawn by the process as `qr.svg`."""
    standard: str = "a-3b"
    """Of PDF; empty: none, for what is laid over a paper."""


@dataclass(frozen=True, slots=True)
class Ready:
    """The process has loaded everything."""

    typst: str


@dataclass(frozen=True, slots=True)
class Done:
    """It is set. `crossed_out`: pictures that cannot be read, each with a cross in its place."""

    pdf: bytes
    crossed_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """It cannot be set. `line` is that of the template, 0 if none is known."""

    message: str
    hints: tuple[str, ...] = field(default=())
    line: int = 0


Answer = Ready | Done | Refused


def packed_order(order: Order) -> bytes:
    """As it goes to the process."""
    words = {
        "names": list(order.files),
        "data": order.data,
        "made_s": order.made_s,
        "qr": order.qr,
        "standard": order.standard,
    }
    return _packed(words, tuple(order.files.values()))


def order_from(message: bytes) -> Order:
    """As the process reads it."""
    words, parts = _unpacked(message)
    files = dict(zip(words["names"], parts, strict=True))
    return Order(files, words["data"], words["made_s"], words["qr"], words["standard"])


def packed_answer(answer: Answer) -> bytes:
    """As it comes from the process."""
    match answer:
        case Ready(typst):
            return _packed({"ready": typst})
        case Done(pdf, crossed_out):
            return _packed({"crossed_out": list(crossed_out)}, (pdf,))
        case Refused(message, hints, line):
            return _packed({"refused": message, "hints": list(hints), "line": line})


def answer_from(message: bytes) -> Answer:
    """As the console reads it, every value looked at. Raises BadMessageError."""
    try:
        words, parts = _unpacked(message)
        if "ready" in words:
            return Ready(str(words["ready"]))
        if "refused" in words:
            hints = tuple(str(hint) for hint in words["hints"])
            return Refused(str(words["refused"]), hints, int(words["line"]))
        (pdf,) = parts
        if not pdf.startswith(b"%PDF-"):
            raise ValueError("no PDF")
        return Done(pdf, tuple(str(name) for name in words["crossed_out"]))
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise BadMessageError(repr(error)) from error


def _packed(words: dict[str, Any], parts: tuple[bytes, ...] = ()) -> bytes:
    sizes = [len(part) for part in parts]
    text = json.dumps({**words, "sizes": sizes}, separators=(",", ":")).encode()
    return b"".join((_LENGTH.pack(len(text)), text, *parts))


def _unpacked(message: bytes) -> tuple[dict[str, Any], list[bytes]]:
    (length,) = _LENGTH.unpack_from(message)
    at = _LENGTH.size + length
    words: dict[str, Any] = json.loads(message[_LENGTH.size : at])
    parts: list[bytes] = []
    for size in words["sizes"]:
        if not isinstance(size, int) or size < 0 or at + size > len(message):
            raise ValueError("a part that is not there")
        parts.append(message[at : at + size])
        at += size
    return words, parts
