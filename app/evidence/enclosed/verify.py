#!/usr/bin/env python3
"""ตรวจชุดหลักฐานว่าถูกเปลี่ยนแปลงหรือไม่ / Checks whether an evidence package was altered.

    python3 verify.py PACKAGE [--key FINGERPRINT]

PACKAGE is a folder or a zip. FINGERPRINT is what stands on the station's paper: only with it is it
certain whose key signed. Needs Python 3.8 or newer and nothing else; opens no network; only reads;
runs nothing from the package. Ends with 0 (unaltered), 1 (altered, or another key) or 2 (cannot be
checked). docs/evidence.md tells the format; a copy that you did not get from the police may lie.
"""

from __future__ import annotations

import base64
import bisect
import contextlib
import hashlib
import json
import re
import sys
import zipfile
import zlib
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, BinaryIO, Callable, Dict, Iterator, List, NamedTuple, Optional, Tuple

MANIFEST, MANIFEST_SIGNATURE, PUBLIC_KEY = "manifest.json", "manifest.sig", "public_key.txt"
SEAL, SEAL_SIGNATURE, ENTRIES = "seal.json", "seal.sig", "entries.jsonl"
SIGNED_LATER = (MANIFEST, MANIFEST_SIGNATURE, SEAL, SEAL_SIGNATURE, ENTRIES)
HASHED = ("prev", "origin", "n", "at", "actor", "subject", "kind", "body_hash")  # joined by 1F
PLAIN_NAME = re.compile(r"(?:(?:media|burned|stills)/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # on Windows
MOST_NAMES, MOST_TRIES, SMALL, LARGE, CHUNK = 100_000, 16, 1 << 16, 1 << 30, 1 << 20
UNREADABLE = (
    OSError, EOFError, KeyError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile
)  # fmt: skip
BANGKOK = timezone(timedelta(hours=7))


Signed = Callable[[bytes, bytes, bytes], bool]  # public key, signature, what was said
Piece = Dict[str, Any]  # a range of a file: offset, length, sha256; a group of pictures' times too
Point = Tuple[int, int, int, int]  # X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z


class NotAPackageError(Exception):
    """There is nothing here that could be checked."""


class Finding(NamedTuple):
    """One thing that is wrong: a code of TEXTS and what goes into its sentence."""

    code: str
    values: Dict[str, str]


class Verdict(NamedTuple):
    """The answer. `key`: fingerprint of the key in the package, '' if it holds none. `trusted`:
    whether that is the key that was asked for. `notes` are no alterations of the package."""

    findings: List[Finding]
    notes: List[Finding]
    key: str
    trusted: bool


# ---- Ed25519, RFC 8032 §5.1 ------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    g, h = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    w, x, y, z = (f - e) % P, (h - g) % P, (h + g) % P, (f + e) % P
    return w * x % P, y * z % P, x * y % P, w * z % P


def point(data: bytes) -> Point | None:
    """The point that 32 bytes mean; None if they mean none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def has_signed(public_key: bytes, signature: bytes, said: bytes) -> bool:
    """Whether the key's owner signed these bytes: S·B = R + k·A, read as S·B + k·(−A) = R."""
    a = point(public_key) if len(public_key) == 32 and len(signature) == 64 else None
    s = int.from_bytes(signature[32:], "little")
    if a is None or BASE is None or s >= L:
        return False
    minus_a = (P - a[0], a[1], 1, P - a[3])
    k = int.from_bytes(hashlib.sha512(signature[:32] + public_key + said).digest(), "little") % L
    sums = {(1, 0): BASE, (0, 1): minus_a, (1, 1): add(BASE, minus_a)}
    r: Point = (0, 1, 1, 0)
    for bit in range(252, -1, -1):
        r = add(r, r)
        both = (s >> bit & 1, k >> bit & 1)
        r = add(r, sums[both]) if both != (0, 0) else r
    inverse = pow(r[2], P - 2, P)
    x, y = r[0] * inverse % P, r[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]


# ---- What lies there: a folder or a zip ------------------------------------------------------


class Folder:
    """A package as plain files. Links are not followed: what is behind them is not the package."""

    def __init__(self, root: Path) -> None:
        self.root = root
        paths = [path for path in sorted(root.rglob("*")) if path.is_symlink() or path.is_file()]
        self.names = [path.relative_to(root).as_posix() for path in paths]

    def open(self, name: str) -> BinaryIO:
        path = self.root / name
        if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
            raise OSError("not a plain file")
        return path.open("rb")

    def size(self, name: str) -> int:
        return (self.root / name).lstat().st_size


class Zip:
    """A package as a zip, its files in one folder or none; nothing of it is unpacked by name."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)
        infos = [info for info in self.zip.infolist() if not info.filename.endswith("/")]
        firsts = {info.filename.partition("/")[0] + "/" for info in infos}
        cut = len(firsts.pop()) if len(firsts) == 1 else 0
        self.names = [info.filename[cut:] for info in infos]  # one that comes twice is seen twice
        self.infos = {info.filename[cut:]: info for info in infos}

    def open(self, name: str) -> BinaryIO:
        packed: Any = self.zip.open(self.infos[name])
        packed._expected_crc = None  # the zip's own sums stop at the end, ours name the second
        return packed  # type: ignore[no-any-return]

    def size(self, name: str) -> int:
        return self.infos[name].file_size


def package_at(path: Path) -> Any:
    try:
        package: Any = Folder(path) if path.is_dir() else Zip(path)
    except UNREADABLE as error:
        raise NotAPackageError(str(error)) from error
    if len(package.names) > MOST_NAMES or MANIFEST not in package.names:
        raise NotAPackageError("no " + MANIFEST)
    return package


def content(package: Any, name: str, most: int) -> bytes:
    """A whole file; empty if it is missing, cannot be read, or is larger than `most` bytes."""
    try:
        with package.open(name) as file:
            data: bytes = file.read(most + 1)
    except UNREADABLE:
        return b""
    return data if len(data) <= most else b""


def sha256_of(file: BinaryIO, offset: int, length: int) -> str:
    """Of a range of a file, as far as it can be read."""
    digest = hashlib.sha256()
    file.seek(offset)
    while length > 0:
        chunk = file.read(min(CHUNK, length))
        if not chunk:
            break
        digest.update(chunk)
        length -= len(chunk)
    return digest.hexdigest()


# ---- Which seconds of a clip were altered ----------------------------------------------------


def altered_in(file: BinaryIO, size: int, clip: Dict[str, Any], camera: str) -> Iterator[Finding]:
    """Every piece is looked for where it was, then where it would be if bytes before it had come
    or gone, then wherever its number is. What is found unchanged is not named."""
    pieces: List[Piece] = [clip["head"], *clip["gops"], clip["tail"]]
    last, shift, places = len(pieces) - 1, 0, {}
    numbered: Dict[int, List[int]] = {}
    for index, piece in enumerate(pieces):
        tried = [piece["offset"] + by for by in (shift, size - clip["bytes"], 0)]
        place = first_place(file, size, piece, tried)
        if place is None and 0 < index < last:
            numbered = numbered or fragments_in(file, 2 * clip["bytes"])
            place = first_place(file, size, piece, numbered.get(index, []))
        if place is not None:
            places[index], shift = place, place - piece["offset"]
    about = {"camera": camera, "file": clip["name"]}
    order = sorted((index for index in places if 0 < index < last), key=lambda one: places[one])
    lost = [index for index in range(1, last) if index not in places]
    for code, indexes in (("altered", lost), ("moved", out_of_place(order))):
        for begins, ends in runs(indexes, clip["gops"]):
            yield Finding(code, {**about, "begins": begins, "ends": ends})
    for index, code in ((0, "head_altered"), (last, "tail_altered")):
        if index in places:
            order.insert(index, index)  # so that bytes between it and its neighbour are seen
        else:
            yield Finding(code, about)
    for before, after in zip(order, order[1:]):  # bytes between two that followed each other
        if after == before + 1 and places[after] > places[before] + pieces[before]["length"]:
            at = pieces[after].get("begins") or pieces[before]["ends"]
            yield Finding("inserted", {**about, "begins": at, "ends": at})


def first_place(file: BinaryIO, size: int, piece: Piece, tried: List[int]) -> Optional[int]:
    for place in list(dict.fromkeys(tried))[:MOST_TRIES]:
        fits = 0 <= place <= size - piece["length"]
        if fits and sha256_of(file, place, piece["length"]) == piece["sha256"]:
            return place
    return None


def fragments_in(file: BinaryIO, most: int) -> Dict[int, List[int]]:
    """Where fragments of an MP4 begin, by their own number: for finding what was shifted."""
    found: Dict[int, List[int]] = {0: []}
    at, data = 0, b""
    file.seek(0)
    while at <= most:
        chunk = file.read(CHUNK)
        if not chunk:
            break
        kept, data = len(data[-23:]), data[-23:] + chunk  # a mark may lie across two chunks
        for mark in re.finditer(rb"moof\0\0\0\x10mfhd\0\0\0\0(?=(....))", data, re.DOTALL):
            number = int.from_bytes(mark.group(1), "big")
            if mark.start() + 20 > kept:
                found.setdefault(number, []).append(at - kept + mark.start() - 4)
        at += len(chunk)
    return found


def out_of_place(order: List[int]) -> List[int]:
    """The groups whose order was changed: by exchanges or by moves, whichever needs fewer."""
    right = sorted(order)
    exchanged = [index for index, wanted in zip(order, right) if index != wanted]
    where, cycles, seen = dict(zip(order, right)), 0, set()
    for index in exchanged:
        cycles += index not in seen
        while index not in seen:
            seen.add(index)
            index = where[index]
    ends: List[int] = []  # the longest part that is still in order: patience sorting
    before: Dict[int, Optional[int]] = {}
    for index in order:
        place = bisect.bisect_left(ends, index)
        before[index] = ends[place - 1] if place else None
        ends[place : place + 1] = [index]
    moved, kept = set(order), ends[-1] if ends else None
    while kept is not None:
        moved.discard(kept)
        kept = before[kept]
    return sorted(exchanged if len(exchanged) - cycles <= len(moved) else moved)


def runs(indexes: List[int], gops: List[Dict[str, Any]]) -> List[Tuple[str, str]]:
    """The times of these groups, those that follow each other as one."""
    joined: List[Tuple[str, str]] = []
    for index in indexes:
        begins, ends = gops[index - 1]["begins"], gops[index - 1]["ends"]
        if joined and joined[-1][1] == begins:
            joined[-1] = (joined[-1][0], ends)
        else:
            joined.append((begins, ends))
    return joined


# ---- The whole package -----------------------------------------------------------------------


def check(path: Path, trusted_key: str = "", signed: Signed = has_signed) -> Verdict:
    """Everything that can be said of the package at `path`. Raises NotAPackageError."""
    package = package_at(path)
    public_key = public_key_in(content(package, PUBLIC_KEY, SMALL))
    key = fingerprint(public_key) if public_key else ""
    findings = [Finding("name", {"file": repr(one)[:99]}) for one in package.names if bad(one)]
    trusted = bool(trusted_key) and digits(trusted_key) == digits(key)
    if trusted_key and not trusted:
        findings.append(Finding("another_key", {"key": key or "?", "wanted": trusted_key}))
    said = content(package, MANIFEST, LARGE)
    if not signed(public_key, content(package, MANIFEST_SIGNATURE, SMALL), said):
        findings.append(Finding("manifest", {"file": MANIFEST}))
        return Verdict(findings, [], key, trusted)
    try:
        manifest = json.loads(said)
        findings += files_changed(package, manifest)
        findings += seal_broken(package, said, public_key, signed)
        notes = [
            Finding("source", {"camera": camera["id"], "file": source["name"]})
            for camera in manifest["cameras"]
            for source in camera["sources"]
            if source["as_recorded"] is False
        ]
        day = manifest["wanted"]["begins"]
        findings, notes = ([told(one, day) for one in many] for many in (findings, notes))
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise NotAPackageError("signed, but of another form: %s" % error) from error
    return Verdict(findings, notes, key, trusted)


def told(finding: Finding, day: str) -> Finding:
    """With its time in words, and nothing in it that a terminal would obey."""
    values = {
        name: "".join(letter if letter.isprintable() else "?" for letter in str(value))
        for name, value in finding.values.items()
    }
    if "begins" in values:
        values["when"] = when(values["begins"], values["ends"], day)
    return Finding(finding.code, values)


def digits(typed: str) -> str:
    return "".join(re.findall(r"[0-9a-f]", typed.lower()))


def fingerprint(public_key: bytes) -> str:
    return " ".join(re.findall("....", hashlib.sha256(public_key).hexdigest()[:32]))


def public_key_in(text: bytes) -> bytes:
    """The last 32 bytes of the PEM in `public_key.txt`; empty if it holds none."""
    found = re.search(rb"-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]{1,99})-----END", text)
    try:
        inside = base64.b64decode(found.group(1)) if found else b""
    except ValueError:
        inside = b""
    return inside[12:] if inside[:12].hex() == "302a300506032b6570032100" else b""


def bad(name: str) -> bool:
    """Whether no package of ours holds such a name: it is never opened."""
    return not PLAIN_NAME.fullmatch(name) or bool(DEVICES.match(name.rpartition("/")[2]))


def files_changed(package: Any, manifest: Dict[str, Any]) -> Iterator[Finding]:
    wanted: Dict[str, Tuple[str, Piece]] = {one["name"]: ("", one) for one in manifest["papers"]}
    for camera in manifest["cameras"]:
        for file in camera["clips"] + camera["burned"] + camera["stills"]:
            wanted[file["name"]] = (camera["id"], file)
    if any(bad(name) for name in wanted):
        raise ValueError("a name that no package has")
    there = set(package.names)
    extra = [name for name in sorted(there - set(wanted) - set(SIGNED_LATER)) if not bad(name)]
    gone = {file["bytes"] for name, (_, file) in wanted.items() if name not in there}
    sizes = {name: package.size(name) for name in extra}
    now = {file_sum(package, name, sizes[name]): name for name in extra if sizes[name] in gone}
    for name in sorted(set(SIGNED_LATER) - there):
        yield Finding("missing", {"file": name})
    for name, (camera_id, file) in wanted.items():
        moved = now.get(file["sha256"], "")
        if name not in there:
            yield Finding("renamed" if moved else "missing", {"file": name, "now": moved})
            extra = [one for one in extra if one != moved]
        elif package.size(name) != file["bytes"] or (
            file_sum(package, name, file["bytes"]) != file["sha256"]
        ):
            found = []
            if "gops" in file:
                with contextlib.suppress(*UNREADABLE), package.open(name) as opened:
                    size = min(package.size(name), 2 * file["bytes"] + CHUNK)  # no endless zip
                    found = list(altered_in(opened, size, file, camera_id))
            yield from found or [Finding("file", {"file": name})]
    for name in extra + [one for one in sorted(there) if package.names.count(one) > 1]:
        yield Finding("added", {"file": name})


def file_sum(package: Any, name: str, length: int) -> str:
    try:
        with package.open(name) as file:
            return sha256_of(file, 0, length)
    except UNREADABLE:
        return ""


def seal_broken(package: Any, manifest: bytes, key: bytes, signed: Signed) -> Iterator[Finding]:
    """The log's entries from the first that concerns this footage to the seal after the export:
    each holds the hash of the one before it, and the seal signs where they end."""
    said, entries = content(package, SEAL, LARGE), content(package, ENTRIES, LARGE)
    if not signed(key, content(package, SEAL_SIGNATURE, SMALL), said):
        yield Finding("seal", {"file": SEAL})
        return
    seal = json.loads(said)
    sums = [hashlib.sha256(data).hexdigest() for data in (manifest, entries)]
    if sums != [seal["manifest_sha256"], seal["entries_sha256"]]:
        yield Finding("seal", {"file": ENTRIES})
        return
    newest: Dict[str, Tuple[int, str]] = {}
    bodies: Dict[str, Dict[str, Any]] = {}
    entry: Dict[str, Any] = {}
    for line in entries.splitlines():
        entry = json.loads(line)
        origin, n, body = entry["origin"], entry["n"], entry.get("body")
        joined = "\x1f".join(str(entry[name]) for name in HASHED)
        right = hashlib.sha256(joined.encode()).hexdigest() == entry["hash"]
        right &= newest.get(origin, (n - 1, entry["prev"])) == (n - 1, entry["prev"])
        if body is not None:
            right &= hashlib.sha256(body.encode()).hexdigest() == entry["body_hash"]
            bodies["%s:%d" % (origin, n)] = json.loads(body)
        if not right:
            yield Finding("entry", {"entry": "%s:%d" % (origin, n)})
        newest[origin] = (n, entry["hash"])
    statement = seal["statement"].split("\n")
    newest[entry["origin"]] = (entry["n"] - 1, entry["prev"])  # the last line is the seal itself
    if not (
        set(statement) >= {"head %s %d %s" % (one, *newest[one]) for one in newest}
        and bodies[seal["exported"]]["manifest_sha256"] == sums[0]
        and bodies[seal["entry"]]["statement"] == seal["statement"]
        and "key " + key.hex() in statement
        and signed(key, bytes.fromhex(seal["signature"]), seal["statement"].encode())
    ):
        yield Finding("seal", {"file": SEAL})


# ---- For people ------------------------------------------------------------------------------

TEXTS = {
    "altered": ("{camera} {when}: ภาพถูกเปลี่ยนหรือหายไป ({file})", "{camera} {when}: altered or missing ({file})"),
    "moved": ("{camera} {when}: ลำดับภาพถูกเปลี่ยน ({file})", "{camera} {when}: its place was changed ({file})"),
    "inserted": ("{camera} {when}: มีข้อมูลแทรกเข้ามา ({file})", "{camera} {when}: something was put in here ({file})"),
    "head_altered": ("{camera}: ส่วนหัวของไฟล์ {file} ถูกเปลี่ยน", "{camera}: the head of {file} was altered"),
    "tail_altered": ("{camera}: ส่วนท้ายของไฟล์ {file} ถูกเปลี่ยน", "{camera}: the tail of {file} was altered"),
    "file": ("ไฟล์ {file} ถูกเปลี่ยน", "{file} was altered"),
    "missing": ("ไฟล์ {file} หายไป", "{file} is missing"),
    "renamed": ("ไฟล์ {file} ถูกเปลี่ยนชื่อเป็น {now}", "{file} was renamed to {now}"),
    "added": ("มีไฟล์ {file} เพิ่มเข้ามา", "{file} was added"),
    "name": ("มีไฟล์ชื่อผิดปกติ ไม่ได้เปิดอ่าน: {file}", "a file with a hostile name, not opened: {file}"),
    "manifest": ("บัญชีรายการ {file} หรือลายเซ็นถูกเปลี่ยน จึงเชื่อถือสิ่งใดในชุดนี้ไม่ได้", "{file} or its signature was altered: nothing in here can be relied upon"),
    "another_key": ("ลงนามด้วยกุญแจอื่น ({key}) ไม่ใช่กุญแจที่ระบุ ({wanted})", "signed by another key ({key}) than the one you named ({wanted})"),
    "seal": ("ตราผนึกของบันทึก ({file}) ถูกเปลี่ยน", "the log's seal ({file}) was altered"),
    "entry": ("รายการ {entry} ในบันทึกถูกเปลี่ยน", "the log's entry {entry} was altered"),
    "source": ("{camera}: ก่อนส่งออก ไฟล์ {file} ไม่ตรงกับที่เครื่องบันทึกเขียนไว้แล้ว", "{camera}: before the export, {file} was not what the recorder had written any more"),
    "whole": ("ไม่มีการเปลี่ยนแปลงตั้งแต่ลงนามด้วยกุญแจ {key}", "unaltered since signed by key {key}"),
    "compare": ("โปรดเทียบลายนิ้วมือกุญแจนี้กับกระดาษของสถานี", "compare this fingerprint with the station's paper"),
    "your_key": ("เป็นกุญแจที่ระบุ", "it is the key that you named"),
    "cannot": ("ตรวจไม่ได้: {why}", "cannot be checked: {why}"),
}  # fmt: skip


def local(stored: str) -> datetime:
    return datetime.fromisoformat(stored[:-1] + "+00:00").astimezone(BANGKOK)


def when(begins: str, ends: str, day: str) -> str:
    """`21:40:12–21:40:14` in Bangkok; with the date if it is not that of `day`."""
    times = [local(begins), local(ends)]
    digits = "milliseconds" if any(time.microsecond for time in times) else "seconds"
    texts = [time.isoformat(" ", digits)[:-6] for time in times]
    if all(time.date() == local(day).date() for time in times):
        texts = [text[11:] for text in texts]
    return texts[0] if begins == ends else "–".join(texts)


def say(code: str, **values: str) -> None:
    for text in TEXTS[code]:
        sys.stdout.write(text.format(**values) + "\n")


def main(arguments: List[str]) -> int:
    key = ""
    if "--key" in arguments[:-1]:
        at = arguments.index("--key")
        key = arguments[at + 1]
        arguments = arguments[:at] + arguments[at + 2 :]
    if len(arguments) != 1 or (key and len(digits(key)) != 32):
        sys.stdout.write((__doc__ or "") + "\n")
        return 2
    try:
        verdict = check(Path(arguments[0]), key)
    except NotAPackageError as error:
        say("cannot", why=str(error))
        return 2
    for finding in verdict.findings + verdict.notes:
        say(finding.code, **finding.values)
    if not verdict.findings:
        say("whole", key=verdict.key)
        say("your_key" if verdict.trusted else "compare")
    return 1 if verdict.findings else 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
