"""What ISO 19005-3 asks of a PDF/A-3b, as far as a typesetter can break it. A reading of our own.

It is no validator: veraPDF tries some thousand rules more. Each rule names its clause; what is not
looked into: the inside of ICC profiles and CMaps, and colours inside of pictures.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.pdf_objects import Name, PdfError, PdfFile, Reader, Stream, Value

Rule = Callable[[PdfFile], Iterator[str]]
_BLENDS = (
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight"
    " SoftLight Difference Exclusion Hue Saturation Color Luminosity"
)
_BLEND_MODES = frozenset(_BLENDS.split())
_NO_ACTIONS = frozenset(
    ("Launch", "Sound", "Movie", "ResetForm", "ImportData", "Hide", "SetOCGState", "Rendition")
    + ("Trans", "GoTo3DView", "JavaScript")
)
_NO_ANNOTATIONS = frozenset(("3D", "Sound", "Screen", "Movie"))


def faults(data: bytes) -> list[str]:
    """Every rule that is broken, with its clause; empty: none of those that are tried here."""
    try:
        file = PdfFile(data)
        return [fault for rule in RULES for fault in rule(file)]
    except (PdfError, ValueError, IndexError, KeyError, TypeError) as error:
        return [f"cannot be read: {error!r}"]


def _file(file: PdfFile) -> Iterator[str]:
    lines = file.data.split(b"\n", 2)
    if not re.fullmatch(rb"%PDF-1\.[0-7]\r?", lines[0]):
        yield "6.1.2 the file does not begin with %PDF-1.n"
    mark = lines[1][:5] if len(lines) > 1 else b""
    if len(mark) < 5 or mark[0] != 0x25 or min(mark[1:]) < 128:
        yield "6.1.2 no line of four bytes above 127 after the first"
    if "ID" not in file.trailer:
        yield "6.1.3 the trailer has no ID"
    if "Encrypt" in file.trailer:
        yield "6.1.3 the file is encrypted"
    if not file.data.rstrip().endswith(b"%%EOF"):
        yield "6.1.3 something follows the end of the file"


def _streams(file: PdfFile) -> Iterator[str]:
    for number, stream in _all_streams(file):
        for name in ("F", "FFilter", "FDecodeParms"):
            if name in stream.head:
                yield f"6.1.7 stream {number} lies in another file"
        filters = stream.head.get("Filter", [])
        filters = filters if isinstance(filters, list) else [filters]
        if "LZWDecode" in filters or "Crypt" in filters:
            yield f"6.1.7 stream {number} is packed by {filters}"


def _colour(file: PdfFile) -> Iterator[str]:
    intents = file.get(file.catalogue.get("OutputIntents")) or []
    wanted = [one for one in map(file.get, intents) if one.get("S") == "GTS_PDFA1"]
    profiles = [file.get(one.get("DestOutputProfile")) for one in wanted]
    if not profiles or not isinstance(profiles[0], Stream):
        yield "6.2.3 no output intent with a profile"
        return
    channels = profiles[0].head.get("N")
    if profiles[0].data()[36:40] != b"acsp":
        yield "6.2.3 the output profile is no ICC profile"
    spaces = {name for name in _names(file) if name.startswith("Device")}
    if channels == 3 and "DeviceCMYK" in spaces:
        yield "6.2.4.3 CMYK without a profile for it"
    if channels != 3 and "DeviceRGB" in spaces:
        yield "6.2.4.3 RGB without a profile for it"


def _pictures(file: PdfFile) -> Iterator[str]:
    for number, stream in _all_streams(file):
        head = stream.head
        if head.get("Subtype") == "Image":
            if head.get("Interpolate") is True:
                yield f"6.2.8 picture {number} is interpolated"
            if "Alternates" in head or "OPI" in head:
                yield f"6.2.8 picture {number} has others in its place"
        if head.get("Subtype") == "Form" and ({"OPI", "PS", "Ref"} & head.keys()):
            yield f"6.2.9 form {number} leads elsewhere"
        if head.get("Subtype") == "PS":
            yield f"6.2.9 {number} is PostScript"


def _states(file: PdfFile) -> Iterator[str]:
    for state in _dictionaries(file):
        if state.get("Type") != "ExtGState":
            continue
        if "TR" in state or state.get("TR2", "Default") != "Default":
            yield "6.2.5 a transfer function"
        modes = state.get("BM", "Normal")
        for mode in modes if isinstance(modes, list) else [modes]:
            if mode not in _BLEND_MODES:
                yield f"6.2.10 blend mode {mode}"


def _fonts(file: PdfFile) -> Iterator[str]:
    for font in _dictionaries(file):
        if font.get("Type") != "Font" or font.get("Subtype") in ("Type0", "Type3"):
            if font.get("Subtype") == "Type0":
                yield from _composite(file, font)
            continue
        name = font.get("BaseFont")
        held = file.at(font, "FontDescriptor") or {}
        if not any(isinstance(file.get(held.get(f"FontFile{n}")), Stream) for n in ("", "2", "3")):
            yield f"6.2.11.4 the font {name} is not embedded"
        elif font.get("Subtype") == "CIDFontType2" and "FontFile2" in held:
            yield from _widths(file, font, held)


def _composite(file: PdfFile, font: dict[str, Value]) -> Iterator[str]:
    (inside,) = [file.get(one) for one in file.get(font["DescendantFonts"])]
    encoding = file.get(font.get("Encoding"))
    if not isinstance(encoding, Stream) and encoding not in ("Identity-H", "Identity-V"):
        yield f"6.2.11.3 the font {font.get('BaseFont')} is encoded by {encoding}"
    if inside.get("Subtype") == "CIDFontType2" and inside.get("CIDToGIDMap") is None:
        yield f"6.2.11.3 the font {font.get('BaseFont')} has no map from CIDs to glyphs"


def _widths(file: PdfFile, font: dict[str, Value], held: dict[str, Value]) -> Iterator[str]:
    """6.2.11.5: the widths that are said and those in the font agree to 1/1000 of its size."""
    if file.get(font.get("CIDToGIDMap")) != "Identity":
        return
    program = file.get(held["FontFile2"]).data()
    advances = _advances(program)
    for glyph, width in _said_widths(file.get(font.get("W")) or [], file):
        if glyph < len(advances) and abs(advances[glyph] - width) > 1:
            name = font.get("BaseFont")
            yield f"6.2.11.5 glyph {glyph} of {name}: {width}, {advances[glyph]:.1f}"
            return


def _advances(font: bytes) -> list[float]:
    tables: dict[bytes, int] = {}
    for n in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * n)
        tables[tag] = start
    units = struct.unpack_from(">H", font, tables[b"head"] + 18)[0]
    metrics = struct.unpack_from(">H", font, tables[b"hhea"] + 34)[0]
    glyphs = struct.unpack_from(">H", font, tables[b"maxp"] + 4)[0]
    at = tables[b"hmtx"]
    found = [struct.unpack_from(">H", font, at + 4 * n)[0] * 1000 / units for n in range(metrics)]
    return found + [found[-1]] * (glyphs - metrics)


def _said_widths(said: list[Value], file: PdfFile) -> Iterator[tuple[int, float]]:
    items = [file.get(one) for one in said]
    at = 0
    while at < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], list):
            yield from ((first + n, float(width)) for n, width in enumerate(items[at + 1]))
            at += 2
        else:
            last, width = int(items[at + 1]), float(items[at + 2])
            yield from ((glyph, width) for glyph in range(first, last + 1))
            at += 3


def _no_missing_glyphs(file: PdfFile) -> Iterator[str]:
    """6.2.11.8: nothing is shown by the glyph for what a font does not have."""
    for number, stream, resources in _contents(file):
        fonts = file.get(file.at(resources, "Font")) or {}
        wide: dict[str, bool] = {
            name: file.at(font, "Subtype") == "Type0" for name, font in fonts.items()
        }
        font, reader, operands = "", Reader(stream), []
        while True:
            reader.skip()
            if reader.at >= len(stream):
                break
            value = reader.value()
            if not isinstance(value, bytearray):
                operands.append(value)
                continue
            if value == b"Tf":
                font = str(operands[-2])
            elif bytes(value) in (b"Tj", b"TJ", b"'", b'"') and wide.get(font):
                shown = operands[-1] if isinstance(operands[-1], list) else [operands[-1]]
                text = b"".join(one for one in shown if isinstance(one, bytes))
                if any(text[i : i + 2] == b"\0\0" for i in range(0, len(text), 2)):
                    yield f"6.2.11.8 content {number} shows a missing glyph"
                    break
            operands = []


def _contents(file: PdfFile) -> Iterator[tuple[str, bytes, Value]]:
    for number, page in enumerate(file.pages(), 1):
        parts = file.get(page.get("Contents"))
        streams = [file.get(one) for one in parts] if isinstance(parts, list) else [parts]
        data = b"\n".join(one.data() for one in streams if isinstance(one, Stream))
        yield f"page {number}", data, page.get("Resources")
    for number, stream in _all_streams(file):
        if stream.head.get("Subtype") == "Form":
            yield f"form {number}", stream.data(), stream.head.get("Resources")


def _annotations(file: PdfFile) -> Iterator[str]:
    for page in file.pages():
        for one in map(file.get, file.get(page.get("Annots")) or []):
            if one.get("Subtype") in _NO_ANNOTATIONS:
                yield f"6.3.1 an annotation {one['Subtype']}"
            flags = int(one.get("F", 0))
            if one.get("Subtype") != "Popup" and (not flags & 4 or flags & 0b100011):
                yield "6.3.2 an annotation that is not printed"
            if one.get("Subtype") not in ("Popup", "Link") and "AP" not in one:
                yield "6.3.3 an annotation without a look"


def _actions(file: PdfFile) -> Iterator[str]:
    for one in _dictionaries(file):
        if one.get("S") in _NO_ACTIONS:
            yield f"6.5.1 an action {one['S']}"
    if "AA" in file.catalogue or any("AA" in page for page in file.pages()):
        yield "6.5.2 actions that start by themselves"
    if "JavaScript" in (file.at(file.catalogue, "Names") or {}):
        yield "6.5.1 scripts"
    if "XFA" in (file.at(file.catalogue, "AcroForm") or {}):
        yield "6.4.2 an XFA form"


def _metadata(file: PdfFile) -> Iterator[str]:
    stream = file.get(file.catalogue.get("Metadata"))
    if not isinstance(stream, Stream):
        yield "6.6.2 no metadata"
        return
    if "Filter" in stream.head:
        yield "6.6.2 the metadata is packed"
    said = stream.data().decode("utf-8", "replace")
    for name, value in (("part", "3"), ("conformance", "B")):
        if not re.search(rf"pdfaid:{name}(?:=\"{value}\"|>{value}<)", said):
            yield f"6.6.4 the metadata does not say {name} {value}"
    info = file.get(file.trailer.get("Info")) or {}
    title = info.get("Title")
    if title is not None and _text(title) not in said:
        yield "6.6.3 title and metadata differ"


def _attachments(file: PdfFile) -> Iterator[str]:
    specs = [one for one in _dictionaries(file) if "EF" in one]
    associated = [file.get(one) for one in file.get(file.catalogue.get("AF")) or []]
    for spec in specs:
        if "F" not in spec or "UF" not in spec:
            yield "6.8 an attached file without its two names"
        if "AFRelationship" not in spec:
            yield "6.8 an attached file that does not say what it is"
        if spec not in associated:
            yield "6.8 an attached file that belongs to nothing"
        stream = file.get(file.at(spec, "EF", "F"))
        if not isinstance(stream, Stream) or "Subtype" not in stream.head:
            yield "6.8 an attached file without its type"
        elif "ModDate" not in (file.get(stream.head.get("Params")) or {}):
            yield "6.8 an attached file without its date"


RULES: tuple[Rule, ...] = (
    _file, _streams, _colour, _pictures, _states, _fonts, _no_missing_glyphs, _annotations,
    _actions, _metadata, _attachments,
)  # fmt: skip


def _all_streams(file: PdfFile) -> Iterator[tuple[int, Stream]]:
    for number, value in file.objects.items():
        if isinstance(value, Stream):
            yield number, value


def _dictionaries(file: PdfFile) -> Iterator[dict[str, Any]]:
    """Every dictionary of the file, those inside others too."""
    waiting: list[Value] = [
        dict(one.head) if isinstance(one, Stream) else one for one in file.objects.values()
    ]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _names(file: PdfFile) -> set[str]:
    """Every name that stands as a value, also inside lists and content."""
    found: set[str] = set()
    for one in _dictionaries(file):
        for value in one.values():
            items = value if isinstance(value, list) else [value]
            found |= {str(item) for item in items if isinstance(item, Name)}
    for _, data, _ in _contents(file):
        if re.search(rb"[\d.\s](?:k|K)\s", data):
            found.add("DeviceCMYK")
        if re.search(rb"[\d.\s](?:rg|RG)\s", data):
            found.add("DeviceRGB")
    return found


def _text(raw: bytes) -> str:
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be", "replace")
    return raw.decode("latin-1")
