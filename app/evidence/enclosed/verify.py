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
import hashlib
import json
import re
import sys
import zipfile
import zlib
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, BinaryIO, Callable, Iterator, NamedTuple, Tuple

MANIFEST, MANIFEST_SIGNATURE, PUBLIC_KEY = "manifest.json", "manifest.sig", "public_key.txt"
SEAL, SEAL_SIGNATURE, ENTRIES = "seal.json", "seal.sig", "entries.jsonl"
SIGNED_LATER = (MANIFEST, MANIFEST_SIGNATURE, SEAL, SEAL_SIGNATURE, ENTRIES)
PLAIN_NAME = re.compile(r"(?:(?:media|burned|stills)/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # on Windows
MOST_NAMES, SMALL, LARGE, CHUNK = 100_000, 1 << 16, 1 << 30, 1 << 20
UNREADABLE = (
    OSError, EOFError, KeyError, ValueError, RuntimeError, zlib.error, zipfile.BadZipFile
)  # fmt: skip
MOST_TRIES = 16  # places at which one group of pictures is looked for
BANGKOK = timezone(timedelta(hours=7))


class NotAPackageError(Exception):
    """There is nothing here that could be checked."""


class Finding(NamedTuple):
    """One thing that is wrong: a code of TEXTS and what goes into its sentence."""

    code: str
    values: dict[str, str]


class Verdict(NamedTuple):
    """The answer. `key`: fingerprint of the key in the package, '' if it holds none. `trusted`:
    whether that is the key that was asked for. `manifest`: None if its signature does not hold."""

    findings: list[Finding]
    notes: list[Finding]
    key: str
    trusted: bool
    manifest: dict[str, Any] | None


# ---- Ed25519, RFC 8032 §5.1 ------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = Tuple[int, int, int, int]  # X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z


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
    try:
        file.seek(offset)
        while length > 0:
            chunk = file.read(min(CHUNK, length))
            if not chunk:
                break
            digest.update(chunk)
            length -= len(chunk)
    except UNREADABLE:
        return ""
    return digest.hexdigest()


# ---- Which seconds of a clip were altered ----------------------------------------------------


def fragments_in(file: BinaryIO, most: int) -> dict[int, list[int]]:
    """Where fragments of an MP4 begin, by their own number: for finding what was shifted."""
    found: dict[int, list[int]] = {}
    mark, at, data = b"moof\x00\x00\x00\x10mfhd\x00\x00\x00\x00", 0, b""
    try:
        file.seek(0)
        while at < most:
            chunk = file.read(CHUNK)
            if not chunk:
                break
            kept, data = len(data[-19:]), data[-19:] + chunk
            place = data.find(mark)
            while 0 <= place <= len(data) - 20:
                number = int.from_bytes(data[place + 16 : place + 20], "big")
                found.setdefault(number, []).append(at - kept + place - 4)
                place = data.find(mark, place + 1)
            at += len(chunk)
    except UNREADABLE:
        pass
    return found


def altered_in(file: BinaryIO, size: int, clip: dict[str, Any], camera: str) -> Iterator[Finding]:
    """Every piece is looked for where it was, then where it would be if bytes before it had come
    or gone, then wherever its number is. What is found unchanged is not named."""
    pieces = [clip["head"], *clip["gops"], clip["tail"]]
    last, shift, places = len(pieces) - 1, 0, {}
    numbered: dict[int, list[int]] | None = None
    for index, piece in enumerate(pieces):
        tried = [piece["offset"] + by for by in (shift, size - clip["bytes"], 0)]
        place = first_place(file, size, piece, tried)
        if place is None and 0 < index < last:
            if numbered is None:
                numbered = fragments_in(file, 2 * clip["bytes"] + CHUNK)
            place = first_place(file, size, piece, numbered.get(index, []))
        if place is not None:
            places[index], shift = place, place - piece["offset"]
    about = {"camera": camera, "file": clip["name"]}
    for index, code in ((0, "head_altered"), (last, "tail_altered")):
        if index not in places:
            yield Finding(code, about)
    order = sorted((index for index in places if 0 < index < last), key=lambda one: places[one])
    lost = [index for index in range(1, last) if index not in places]
    for code, indexes in (("altered", lost), ("moved", out_of_place(order))):
        for begins, ends in runs(indexes, clip["gops"]):
            yield Finding(code, {**about, "begins": begins, "ends": ends})
    if 0 in places and last in places:
        yield from inserted_in([0, *order, last], places, pieces, about)


def inserted_in(
    order: list[int], places: dict[int, int], pieces: list[dict[str, Any]], about: dict[str, str]
) -> Iterator[Finding]:
    """Bytes between two pieces that followed each other: something was put in there."""
    for before, after in zip(order, order[1:]):
        end = places[before] + pieces[before]["length"]
        if places[after] > end and after == before + 1:
            at = pieces[after].get("begins") or pieces[before]["ends"]
            yield Finding("inserted", {**about, "begins": at, "ends": at})
    # Before the first and after the last byte nothing can stand unseen: head and tail are there.


def first_place(file: BinaryIO, size: int, piece: dict[str, Any], tried: list[int]) -> Any:
    for place in list(dict.fromkeys(tried))[:MOST_TRIES]:
        fits = 0 <= place <= size - piece["length"]
        if fits and sha256_of(file, place, piece["length"]) == piece["sha256"]:
            return place
    return None


def out_of_place(order: list[int]) -> list[int]:
    """The groups whose order was changed: by exchanges or by moves, whichever needs fewer."""
    right = sorted(order)
    exchanged = [index for index, wanted in zip(order, right) if index != wanted]
    where, cycles, seen = dict(zip(order, right)), 0, set()
    for index in exchanged:
        cycles += index not in seen
        while index not in seen:
            seen.add(index)
            index = where[index]
    ends: list[int] = []  # the longest part that is still in order: patience sorting
    before: dict[int, int | None] = {}
    for index in order:
        place = bisect.bisect_left(ends, index)
        before[index] = ends[place - 1] if place else None
        ends[place : place + 1] = [index]
    moved, kept = set(order), ends[-1] if ends else None
    while kept is not None:
        moved.discard(kept)
        kept = before[kept]
    return sorted(exchanged if len(exchanged) - cycles <= len(moved) else moved)


def runs(indexes: list[int], gops: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The times of these groups, those that follow each other as one."""
    joined: list[tuple[str, str]] = []
    for index in indexes:
        begins, ends = gops[index - 1]["begins"], gops[index - 1]["ends"]
        if joined and joined[-1][1] == begins:
            joined[-1] = (joined[-1][0], ends)
        else:
            joined.append((begins, ends))
    return joined


# ---- The whole package -----------------------------------------------------------------------


def check(
    path: Path, trusted_key: str = "", signed: Callable[[bytes, bytes, bytes], bool] = has_signed
) -> Verdict:
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
        return Verdict(findings, [], key, trusted, None)
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
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise NotAPackageError("signed, but of another form: %s" % error) from error
    return Verdict(findings, notes, key, trusted, manifest)


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


def files_changed(package: Any, manifest: dict[str, Any]) -> Iterator[Finding]:
    clips = {
        clip["name"]: (camera["id"], clip)
        for camera in manifest["cameras"]
        for clip in camera["clips"] + camera["burned"]
    }
    wanted = {name: clip for name, (_, clip) in clips.items()}
    wanted.update({still["name"]: still for one in manifest["cameras"] for still in one["stills"]})
    wanted.update({paper["name"]: paper for paper in manifest["papers"]})
    there = set(package.names)
    extra = {name for name in there - set(wanted) - set(SIGNED_LATER) if not bad(name)}
    sums = {file_sum(package, name, package.size(name)): name for name in sorted(extra)}
    for name in sorted(set(SIGNED_LATER) - there):
        yield Finding("missing", {"file": name})
    for name, file in wanted.items():
        if bad(name):
            raise ValueError("a name that no package has")
        if name not in there and file["sha256"] in sums:
            extra.discard(sums[file["sha256"]])
            yield Finding("renamed", {"file": name, "now": sums[file["sha256"]]})
        elif name not in there:
            yield Finding("missing", {"file": name})
        elif package.size(name) != file["bytes"] or (
            file_sum(package, name, file["bytes"]) != file["sha256"]
        ):
            found = clip_changes(package, *clips[name]) if name in clips else []
            yield from found or [Finding("file", {"file": name})]
    for name in sorted(extra) + [one for one in there if package.names.count(one) > 1]:
        yield Finding("added", {"file": name})


def file_sum(package: Any, name: str, length: int) -> str:
    try:
        with package.open(name) as file:
            return sha256_of(file, 0, min(length, 1 << 36))
    except UNREADABLE:
        return ""


def clip_changes(package: Any, camera: str, clip: dict[str, Any]) -> list[Finding]:
    try:
        with package.open(clip["name"]) as file:
            return list(altered_in(file, package.size(clip["name"]), clip, camera))
    except UNREADABLE:
        return []


def seal_broken(
    package: Any, manifest: bytes, public_key: bytes, signed: Callable[..., bool]
) -> Iterator[Finding]:
    """The log's entries from the first that concerns this footage to the seal after the export:
    each holds the hash of the one before it, and the seal signs where they end."""
    said = content(package, SEAL, LARGE)
    if not signed(public_key, content(package, SEAL_SIGNATURE, SMALL), said):
        yield Finding("seal", {"file": SEAL})
        return
    seal, entries = json.loads(said), content(package, ENTRIES, LARGE)
    bodies: dict[str, dict[str, Any]] = {}
    newest: dict[str, tuple[int, str]] = {}
    for line in entries.splitlines():
        entry_id, right = follow(line, newest, bodies)
        if not right:
            yield Finding("entry", {"entry": entry_id})
            return
    lines = seal["statement"].split("\n")
    heads = {line.split(" ")[1]: line for line in lines if line.startswith("head ")}
    for origin, (n, digest) in newest.items():
        if origin != seal["entry"].partition(":")[0] and heads[origin] != "head %s %d %s" % (
            origin, n, digest,
        ):  # fmt: skip
            yield Finding("entry", {"entry": "%s:%d" % (origin, n)})
    holds = (
        hashlib.sha256(entries).hexdigest() == seal["entries_sha256"]
        and hashlib.sha256(manifest).hexdigest() == seal["manifest_sha256"]
        and bodies[seal["exported"]]["manifest_sha256"] == seal["manifest_sha256"]
        and bodies[seal["entry"]]["statement"] == seal["statement"]
        and "key " + public_key.hex() in lines
        and signed(public_key, bytes.fromhex(seal["signature"]), seal["statement"].encode())
    )
    if not holds:
        yield Finding("seal", {"file": ENTRIES})


def follow(line: bytes, newest: dict[str, tuple[int, str]], bodies: dict[str, Any]) -> Any:
    """Take the next entry: its id, and whether its hashes are right and it follows the one before
    it of its origin. The first of an origin follows what is not in the package."""
    try:
        entry = json.loads(line)
        origin, n, body = entry["origin"], entry["n"], entry.get("body")
        names = ("prev", "origin", "n", "at", "actor", "subject", "kind", "body_hash")
        joined = "\x1f".join(str(entry[name]) for name in names)
        right = hashlib.sha256(joined.encode()).hexdigest() == entry["hash"]
        right = right and newest.get(origin, (n - 1, entry["prev"])) == (n - 1, entry["prev"])
        if body is not None:
            right = right and hashlib.sha256(body.encode()).hexdigest() == entry["body_hash"]
            bodies["%s:%d" % (origin, n)] = json.loads(body)
        newest[origin] = (n, entry["hash"])
    except (KeyError, TypeError, ValueError, AttributeError):
        return repr(line[:60])[2:-1], False
    return "%s:%d" % (origin, n), right


# ---- For people ------------------------------------------------------------------------------

TEXTS = """\
altered       {camera} {when}: ภาพถูกเปลี่ยนหรือหายไป ({file})
              {camera} {when}: altered or missing ({file})
moved         {camera} {when}: ลำดับภาพถูกเปลี่ยน ({file})
              {camera} {when}: its place was changed ({file})
inserted      {camera} {when}: มีข้อมูลแทรกเข้ามา ({file})
              {camera} {when}: something was put in here ({file})
head_altered  {camera}: ส่วนหัวของไฟล์ {file} ถูกเปลี่ยน
              {camera}: the head of {file} was altered
tail_altered  {camera}: ส่วนท้ายของไฟล์ {file} ถูกเปลี่ยน
              {camera}: the tail of {file} was altered
file          ไฟล์ {file} ถูกเปลี่ยน
              {file} was altered
missing       ไฟล์ {file} หายไป
              {file} is missing
renamed       ไฟล์ {file} ถูกเปลี่ยนชื่อเป็น {now}
              {file} was renamed to {now}
added         มีไฟล์ {file} เพิ่มเข้ามา
              {file} was added
name          มีไฟล์ชื่อผิดปกติ ไม่ได้เปิดอ่าน: {file}
              a file with a hostile name, not opened: {file}
manifest      บัญชีรายการ {file} หรือลายเซ็นถูกเปลี่ยน จึงเชื่อถือสิ่งใดในชุดนี้ไม่ได้
              {file} or its signature was altered: nothing in here can be relied upon
another_key   ลงนามด้วยกุญแจอื่น ({key}) ไม่ใช่กุญแจที่ระบุ ({wanted})
              signed by another key ({key}) than the one you named ({wanted})
seal          ตราผนึกของบันทึก ({file}) ถูกเปลี่ยน
              the log's seal ({file}) was altered
entry         รายการ {entry} ในบันทึกถูกเปลี่ยน
              the log's entry {entry} was altered
source        {camera}: ก่อนส่งออก ไฟล์ {file} ไม่ตรงกับที่เครื่องบันทึกเขียนไว้แล้ว
              {camera}: before the export, {file} was not what the recorder had written any more
whole         ไม่มีการเปลี่ยนแปลงตั้งแต่ลงนามด้วยกุญแจ {key}
              unaltered since signed by key {key}
compare       โปรดเทียบลายนิ้วมือกุญแจนี้กับกระดาษของสถานี
              compare this fingerprint with the station's paper
your_key      เป็นกุญแจที่ระบุ
              it is the key that you named
cannot        ตรวจไม่ได้: {why}
              cannot be checked: {why}
"""
LINES = TEXTS.splitlines()
SENTENCES = {th.split()[0]: (th[14:], en[14:]) for th, en in zip(LINES[::2], LINES[1::2])}


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
    for text in SENTENCES[code]:
        sys.stdout.write(text.format(**values) + "\n")


def main(arguments: list[str]) -> int:
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
        values = dict(finding.values)
        if "begins" in values and verdict.manifest:
            day = verdict.manifest["wanted"]["begins"]
            values["when"] = when(values["begins"], values["ends"], day)
        say(finding.code, **values)
    if not verdict.findings:
        say("whole", key=verdict.key)
        say("your_key" if verdict.trusted else "compare")
    return 1 if verdict.findings else 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
