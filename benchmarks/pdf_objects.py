"""Reads the objects of a PDF, as plain values: enough of ISO 32000 to judge one, and no more.

Shares no code with the program and uses no library for PDF: whatever stands between `obj` and
`endobj` is read, also inside object streams. Encrypted files are not read.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Value: TypeAlias = Any
"""None, bool, int, float, bytes (a string), Name, Ref, list, dict of name → value, Stream."""


class Name(str):
    """A name, without its slash."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """`12 0 R`."""

    number: int


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """A dictionary and what follows it, as it stands in the file."""

    head: Mapping[str, Value]
    raw: bytes

    def data(self) -> bytes:
        """Unpacked. Raises PdfError for a filter that is not read here."""
        filters = self.head.get("Filter", [])
        filters = filters if isinstance(filters, list) else [filters]
        data = self.raw
        for one in filters:
            if one != "FlateDecode":
                raise PdfError(f"filter {one}")
            data = zlib.decompressobj().decompress(data)
        parms = self.head.get("DecodeParms") or {}
        if isinstance(parms, dict) and parms.get("Predictor", 1) >= 10:
            data = _unpredicted(data, int(parms.get("Columns", 1)) * int(parms.get("Colors", 1)))
        return data


class PdfError(Exception):
    """The file is not a PDF that can be read here."""


_OBJECT = re.compile(rb"(?<!\d)(\d+)\s+(\d+)\s+obj\b")
_SPACE = b"\0\t\n\f\r "
_DELIMITER = b"()<>[]{}/%"
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)")
_REF = re.compile(rb"(\d+)\s+(\d+)\s+R(?![A-Za-z0-9])")
_WORD = re.compile(rb"[^\0\t\n\f\r ()<>\[\]{}/%]+")


class PdfFile:
    """All objects of a file by number, and its trailer."""

    def __init__(self, data: bytes) -> None:
        """Raises PdfError."""
        self.data = data
        self.objects: dict[int, Value] = {}
        self.trailer: dict[str, Value] = {}
        self._read_top()
        for stream in [one for one in self.objects.values() if isinstance(one, Stream)]:
            if stream.head.get("Type") == "ObjStm":
                self._read_inside(stream)
            elif stream.head.get("Type") == "XRef":
                self.trailer = {**self.trailer, **stream.head}
        at = data.rfind(b"trailer")
        if at >= 0:
            self.trailer |= Reader(data, at + 7).value()
        if "Root" not in self.trailer:
            raise PdfError("no trailer that names the catalogue")

    def get(self, value: Value) -> Value:
        """What a reference leads to; anything else as it is."""
        seen = 0
        while isinstance(value, Ref):
            value = self.objects.get(value.number)
            seen += 1
            if seen > 50:
                raise PdfError("references in a circle")
        return value

    def at(self, value: Value, *names: str) -> Value:
        """Down through dictionaries (and the heads of streams); None where there is nothing."""
        for name in names:
            value = self.get(value)
            head = value.head if isinstance(value, Stream) else value
            if not isinstance(head, dict):
                return None
            value = head.get(name)
        return self.get(value)

    @property
    def catalogue(self) -> dict[str, Value]:
        found = self.get(self.trailer["Root"])
        if not isinstance(found, dict):
            raise PdfError("no catalogue")
        return found

    def pages(self) -> list[dict[str, Value]]:
        """The pages in their order."""
        found: list[dict[str, Value]] = []
        waiting = [self.catalogue.get("Pages")]
        while waiting:
            node = self.get(waiting.pop(0))
            if isinstance(node, dict) and "Kids" in node:
                waiting = [*self.get(node["Kids"]), *waiting]
            elif isinstance(node, dict):
                found.append(node)
        return found

    def _read_top(self) -> None:
        at = 0
        while found := _OBJECT.search(self.data, at):
            reader = Reader(self.data, found.end())
            value = reader.value()
            if isinstance(value, dict) and reader.take_word(b"stream"):
                begins = reader.at
                begins += 2 if self.data[begins : begins + 2] == b"\r\n" else 1
                length = value.get("Length")
                if isinstance(length, int):
                    ends = begins + length
                else:
                    ends = self.data.index(b"endstream", begins)
                value = Stream(value, self.data[begins:ends])
                reader.at = ends
            self.objects[int(found[1])] = value
            at = reader.at

    def _read_inside(self, stream: Stream) -> None:
        data = stream.data()
        first, count = int(stream.head["First"]), int(stream.head["N"])
        numbers = [int(word) for word in data[:first].split()[: 2 * count]]
        for number, offset in zip(numbers[::2], numbers[1::2], strict=True):
            self.objects[number] = Reader(data, first + offset).value()


class Reader:
    """Reads one value after another."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data = data
        self.at = at

    def skip(self) -> None:
        """Over white space and comments."""
        while self.at < len(self.data):
            if self.data[self.at] in _SPACE:
                self.at += 1
            elif self.data[self.at] == 0x25:
                while self.at < len(self.data) and self.data[self.at] not in b"\r\n":
                    self.at += 1
            else:
                return

    def take_word(self, word: bytes) -> bool:
        """Whether this word comes next; it is taken then."""
        self.skip()
        if not self.data.startswith(word, self.at):
            return False
        self.at += len(word)
        return True

    def value(self) -> Value:
        """The next value; an operator of a content stream comes as `bytearray`. Raises PdfError."""
        self.skip()
        if self.at >= len(self.data):
            raise PdfError("cut off")
        two, one = self.data[self.at : self.at + 2], self.data[self.at : self.at + 1]
        if two == b"<<":
            return self._dictionary()
        if one == b"<":
            return self._hex()
        if one == b"(":
            return self._text()
        if one == b"[":
            return self._list()
        if one == b"/":
            return self._name()
        return self._plain()

    def _dictionary(self) -> dict[str, Value]:
        self.at += 2
        found: dict[str, Value] = {}
        while not self.take_word(b">>"):
            key = self.value()
            if not isinstance(key, Name):
                raise PdfError(f"a key that is no name: {key!r}")
            found[str(key)] = self.value()
        return found

    def _list(self) -> list[Value]:
        self.at += 1
        found: list[Value] = []
        while not self.take_word(b"]"):
            found.append(self.value())
        return found

    def _hex(self) -> bytes:
        ends = self.data.index(b">", self.at)
        digits = bytes(byte for byte in self.data[self.at + 1 : ends] if byte not in _SPACE)
        self.at = ends + 1
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))

    def _text(self) -> bytes:
        self.at += 1
        depth, out = 1, bytearray()
        escapes = {0x6E: 10, 0x72: 13, 0x74: 9, 0x62: 8, 0x66: 12}
        while True:
            byte = self.data[self.at]
            self.at += 1
            if byte == 0x5C:
                following = self.data[self.at]
                octal = re.match(rb"[0-7]{1,3}", self.data[self.at : self.at + 3])
                if octal:
                    out.append(int(octal[0], 8) & 255)
                    self.at += len(octal[0])
                else:
                    if following not in b"\r\n":
                        out.append(escapes.get(following, following))
                    self.at += 1
                continue
            depth += (byte == 0x28) - (byte == 0x29)
            if depth == 0:
                return bytes(out)
            out.append(byte)

    def _name(self) -> Name:
        self.at += 1
        found = _WORD.match(self.data, self.at)
        raw = found[0] if found else b""
        self.at += len(raw)
        plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), raw)
        return Name(plain.decode("utf-8", "replace"))

    def _plain(self) -> Value:
        reference = _REF.match(self.data, self.at)
        if reference:
            self.at = reference.end()
            return Ref(int(reference[1]))
        number = _NUMBER.match(self.data, self.at)
        if number:
            self.at = number.end()
            return float(number[0]) if b"." in number[0] else int(number[0])
        word = _WORD.match(self.data, self.at)
        if word is None:
            raise PdfError(f"not read: {self.data[self.at : self.at + 20]!r}")
        self.at = word.end()
        known = {b"true": True, b"false": False, b"null": None}
        return known[word[0]] if word[0] in known else bytearray(word[0])


def _unpredicted(data: bytes, row: int) -> bytes:
    """PNG's row filters undone, one byte a sample."""
    out, before = bytearray(), bytearray(row)
    for at in range(0, len(data), row + 1):
        kind, line = data[at], bytearray(data[at + 1 : at + 1 + row])
        for i in range(len(line)):
            left = line[i - 1] if i else 0
            up, corner = before[i], before[i - 1] if i else 0
            if kind == 1:
                line[i] = (line[i] + left) & 255
            elif kind == 2:
                line[i] = (line[i] + up) & 255
            elif kind == 3:
                line[i] = (line[i] + (left + up) // 2) & 255
            elif kind == 4:
                guess = left + up - corner
                near = min((left, up, corner), key=lambda one: abs(guess - one))
                line[i] = (line[i] + near) & 255
        out += line
        before = line
    return bytes(out)
