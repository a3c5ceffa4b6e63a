"""Ways to alter a package, each with what a true answer must name. Shares no code with the product.

Groups are found by the MP4's own boxes, frames by PyAV, times by the file's name.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import av
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

GROUP_S = 2
_BANGKOK_H = 7
Seconds = frozenset[tuple[str, str]]
"""Camera and the second's own name, `21:40:12`."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """`files`: what is written in the package, None: taken out. `altered`: the seconds that are to
    be named, no other. `instants`: that may be named besides, where something was put in between
    two groups."""

    kind: str
    files: Mapping[str, bytes | None]
    altered: Seconds = frozenset()
    instants: Seconds = frozenset()


@dataclass(slots=True)
class Clip:
    """One file of footage, taken apart."""

    camera_id: str
    name: str
    data: bytes
    begins: datetime
    groups: list[tuple[int, int]] = field(default_factory=list)
    frames: list[tuple[int, int]] = field(default_factory=list)

    def seconds(self, *ranges: tuple[int, int]) -> Seconds:
        """The seconds of the groups that these ranges of bytes touch."""
        hit = {
            number
            for begins, ends in ranges
            for number, (first, last) in enumerate(self.groups)
            if begins < last and ends > first
        }
        return frozenset(
            (self.camera_id, self.name_of(number * GROUP_S + second))
            for number in hit
            for second in range(GROUP_S)
        )

    def name_of(self, second: int) -> str:
        """`21:40:12`: how a person in Mukdahan calls this second of the clip."""
        local = self.begins + timedelta(hours=_BANGKOK_H, seconds=second)
        return f"{local:%H:%M:%S}"


class Mutator:
    """Draws mutations of one package by a seed."""

    def __init__(self, package: Path, seed: int) -> None:
        self._files = {
            path.relative_to(package).as_posix(): path.read_bytes()
            for path in package.rglob("*")
            if path.is_file()
        }
        self._clips = [_clip(package / name, name) for name in self._files if "media/" in name]
        self._random = random.Random(seed)
        self._strangers = [self._signed_by_a_stranger(number) for number in range(8)]
        self._ways: tuple[tuple[float, Callable[[], Mutation | None]], ...] = (
            (30, self._flip_in_media),
            (10, self._flip_elsewhere),
            (12, self._drop_frame),
            (12, self._swap_frames),
            (12, self._repeat_frame),
            (5, self._drop_group),
            (3, self._cut_off),
            (6, self._edit_manifest),
            (4, self._sign_anew),
            (2, self._replace_verifier),
            (2, self._add_take_or_rename),
            (2, self._exchange_clips),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Every file of the package."""
        return tuple(self._files)

    def draw(self) -> Mutation:
        """The next mutation; it changes something."""
        weights = [weight for weight, _ in self._ways]
        while True:
            (_, way) = self._random.choices(self._ways, weights)[0]
            mutation = way()
            if mutation is not None and any(
                self._files.get(name) != data for name, data in mutation.files.items()
            ):
                return mutation

    def _flip_in_media(self) -> Mutation:
        clip = self._random.choice(self._clips)
        at = self._random.randrange(len(clip.data))
        flipped = self._flipped(clip.data, at)
        return Mutation("bit flip", {clip.name: flipped}, clip.seconds((at, at + 1)))

    def _flip_elsewhere(self) -> Mutation:
        name = self._random.choice([one for one in self._files if "media/" not in one])
        at = self._random.randrange(len(self._files[name]))
        return Mutation("bit flip elsewhere", {name: self._flipped(self._files[name], at)})

    def _flipped(self, data: bytes, at: int) -> bytes:
        return data[:at] + bytes([data[at] ^ 1 << self._random.randrange(8)]) + data[at + 1 :]

    def _drop_frame(self) -> Mutation:
        clip = self._random.choice(self._clips)
        begins, ends = self._random.choice(clip.frames)
        data = clip.data[:begins] + clip.data[ends:]
        return Mutation("dropped frame", {clip.name: data}, clip.seconds((begins, ends)))

    def _swap_frames(self) -> Mutation:
        clip = self._random.choice(self._clips)
        first, second = sorted(self._random.sample(clip.frames, 2))
        a, b, data = clip.data[slice(*first)], clip.data[slice(*second)], clip.data
        data = data[: first[0]] + b + data[first[1] : second[0]] + a + data[second[1] :]
        return Mutation("swapped frames", {clip.name: data}, clip.seconds(first, second))

    def _repeat_frame(self) -> Mutation:
        """Put in once more after itself; or in the place of the one after it."""
        clip = self._random.choice(self._clips)
        number = self._random.randrange(len(clip.frames) - 1)
        (begins, ends), after = clip.frames[number], clip.frames[number + 1]
        frame = clip.data[begins:ends]
        if self._random.random() < 0.5:
            data = clip.data[: after[0]] + frame + clip.data[after[1] :]
            return Mutation("frame in place of the next", {clip.name: data}, clip.seconds(after))
        data = clip.data[:ends] + frame + clip.data[ends:]
        if any(ends == last for _, last in clip.groups):  # between two groups
            group = next(index for index, (_, last) in enumerate(clip.groups) if last == ends)
            instant = (clip.camera_id, clip.name_of((group + 1) * GROUP_S))
            return Mutation("repeated frame", {clip.name: data}, instants=frozenset({instant}))
        return Mutation("repeated frame", {clip.name: data}, clip.seconds((ends - 1, ends)))

    def _drop_group(self) -> Mutation:
        clip = self._random.choice(self._clips)
        begins, ends = self._random.choice(clip.groups)
        data = clip.data[:begins] + clip.data[ends:]
        return Mutation("dropped group", {clip.name: data}, clip.seconds((begins, ends)))

    def _cut_off(self) -> Mutation:
        clip = self._random.choice(self._clips)
        at = self._random.randrange(len(clip.data))
        cut = {clip.name: clip.data[:at]}
        return Mutation("cut off", cut, clip.seconds((at, len(clip.data))))

    def _exchange_clips(self) -> Mutation:
        first, second = self._random.sample(self._clips, 2)
        whole = first.seconds((0, len(first.data))) | second.seconds((0, len(second.data)))
        return Mutation(
            "exchanged clips", {first.name: second.data, second.name: first.data}, whole
        )

    def _edit_manifest(self) -> Mutation:
        said = json.loads(self._files["manifest.json"])
        camera = self._random.choice(said["cameras"])
        clip = camera["clips"][0]
        match self._random.randrange(5):
            case 0:
                said["reason"] = f"เหตุผลอื่น {self._random.random()}"
            case 1:
                clip["begins"] = clip["begins"].replace("2026", "2025")
            case 2:
                group = self._random.choice(clip["gops"])
                group["sha256"] = hashlib.sha256(self._random.randbytes(8)).hexdigest()
            case 3:
                camera["missing"] = [{"begins": clip["begins"], "ends": clip["ends"],
                                      "cause": "camera", "detail": ""}]  # fmt: skip
            case _:
                said["cameras"].remove(camera)
        data = json.dumps(said, ensure_ascii=False, indent=1).encode()
        return Mutation("edited manifest", {"manifest.json": data})

    def _replace_verifier(self) -> Mutation:
        lie = f"print('unaltered')  # {self._random.random()}\n".encode()
        return Mutation("replaced verify.py", {"verify.py": lie})

    def _add_take_or_rename(self) -> Mutation:
        name = self._random.choice(list(self._files))
        match self._random.randrange(3):
            case 0:
                new = f"media/C{self._random.randrange(10, 99)}.mp4"
                return Mutation("added file", {new: self._random.randbytes(50)})
            case 1:
                return Mutation("missing file", {name: None})
            case _:
                folder = name.rpartition("/")[0]
                new = f"{folder}/other.bin".lstrip("/")
                return Mutation("renamed file", {name: None, new: self._files[name]})

    def _sign_anew(self) -> Mutation:
        return Mutation("signed by another key", self._random.choice(self._strangers))

    def _signed_by_a_stranger(self, number: int) -> dict[str, bytes | None]:
        """Another reason, and every hash and signature made anew over it."""
        return dict(_forged(self._files, Ed25519PrivateKey.generate(), f"เหตุผลที่ {number}"))


def _clip(path: Path, name: str) -> Clip:
    camera_id, _, when = path.stem.partition("-")
    begins = datetime.strptime(when, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
    clip = Clip(camera_id, name, path.read_bytes(), begins)
    at = 0
    while at < len(clip.data):
        length, kind = int.from_bytes(clip.data[at : at + 4], "big"), clip.data[at + 4 : at + 8]
        if kind == b"moof":
            clip.groups.append((at, at))
        elif kind == b"mdat":
            clip.groups[-1] = (clip.groups[-1][0], at + length)
        at += length
    with av.open(str(path)) as container:
        for packet in container.demux(video=0):
            if packet.size and packet.pos is not None:
                clip.frames.append((packet.pos, packet.pos + packet.size))
    clip.frames.sort()
    return clip


def _forged(
    files: Mapping[str, bytes], key: Ed25519PrivateKey, reason: str
) -> Mapping[str, bytes | None]:
    public = key.public_key().public_bytes_raw()
    sha = hashlib.sha256
    said = json.loads(files["manifest.json"])
    public_text = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    said["reason"] = reason
    for paper in said["papers"]:
        if paper["name"] == "public_key.txt":
            paper |= {"bytes": len(public_text), "sha256": sha(public_text).hexdigest()}
    manifest = json.dumps(said, ensure_ascii=False).encode()
    seal = json.loads(files["seal.json"])
    lines, prev = [], ""
    for line in files["entries.jsonl"].decode().splitlines():
        entry: dict[str, Any] = json.loads(line)
        entry["prev"] = prev or entry["prev"]
        entry_id = f"{entry['origin']}:{entry['n']}"
        if entry_id == seal["exported"]:
            body = json.loads(entry["body"]) | {"manifest_sha256": sha(manifest).hexdigest()}
            entry["body"] = json.dumps(body)
        if entry_id == seal["entry"]:
            statement = seal["statement"].split("\n")[:3] + [
                f"key {public.hex()}",
                f"head {entry['origin']} {entry['n'] - 1} {entry['prev']}",
            ]
            seal["statement"] = "\n".join(statement)
            seal["signature"] = key.sign(seal["statement"].encode()).hex()
            words = {"statement": seal["statement"], "signature": seal["signature"]}
            entry["body"] = json.dumps(words)
        if "body" in entry:
            entry["body_hash"] = sha(entry["body"].encode()).hexdigest()
        names = ("prev", "origin", "n", "at", "actor", "subject", "kind", "body_hash")
        prev = entry["hash"] = sha(
            "\x1f".join(str(entry[one]) for one in names).encode()
        ).hexdigest()
        lines.append(json.dumps(entry) + "\n")
    entries = "".join(lines).encode()
    seal["manifest_sha256"] = sha(manifest).hexdigest()
    seal["entries_sha256"] = sha(entries).hexdigest()
    sealed = json.dumps(seal).encode()
    return {
        "manifest.json": manifest, "manifest.sig": key.sign(manifest),
        "entries.jsonl": entries, "seal.json": sealed, "seal.sig": key.sign(sealed),
        "public_key.txt": public_text,
    }  # fmt: skip
