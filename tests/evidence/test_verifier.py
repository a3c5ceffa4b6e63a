"""What was altered is named, nothing else; and nothing in a package is trusted or run."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import KnownError
from app.evidence.enclosed import verify
from app.evidence.export import ENCLOSED_VERIFY, ExportedPackage
from app.evidence.export_order import PackageForm
from app.evidence.verifier import check_package
from app.station.signing_key import fingerprint, has_signed, public_key_pem
from app.thai.translation import Language, say
from tests.evidence.material import a_station, lock, record_two_cameras, seconds

Clip = dict[str, object]


class Packages:
    """One package as folder and zip; each test alters copies of its own."""

    def __init__(self, folder: ExportedPackage, zipped: ExportedPackage) -> None:
        self.folder, self.zipped = folder.path, zipped.path
        self.key = folder.key
        self.manifest = json.loads((folder.path / "manifest.json").read_text())

    def copy(self, root: Path) -> Path:
        """Hard links: a file that is altered must be written anew."""
        return Path(shutil.copytree(self.folder, root / "copy", copy_function=os.link))

    def clip(self, camera: int = 0) -> dict[str, object]:
        found: dict[str, object] = self.manifest["cameras"][camera]["clips"][0]
        return found


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packages]:
    root = tmp_path_factory.mktemp("packages")
    stick = root / "stick"
    stick.mkdir()
    with a_station(root) as station:
        record_two_cameras(station)
        lock(station)
        wanted = {"camera_ids": ("C01", "C02"), "span": seconds(0, 20)}
        folder = station.export(stick, **wanted)
        zipped = station.export(stick, form=PackageForm.ZIP, **wanted)
    yield Packages(folder, zipped)


@pytest.fixture
def copy(packages: Packages, tmp_path: Path) -> Path:
    return packages.copy(tmp_path)


def put(path: Path, data: bytes) -> None:
    """In place of the hard link."""
    path.unlink(missing_ok=True)
    path.write_bytes(data)


def told(path: Path, key: str = "") -> list[str]:
    """What both checkers say; they must say the same."""
    ours = verify.check(path, key, has_signed)
    assert ours == verify.check(path, key)
    return sorted(
        " ".join([finding.code, *(finding.values.get(name, "") for name in ("begins", "file"))])
        for finding in ours.findings
    )


def times(path: Path) -> list[str]:
    """The seconds named, as a person reads them."""
    report = check_package(path)
    return [
        f"{finding.values['camera']} {finding.values['when']}"
        for finding in report.findings
        if "when" in finding.values
    ]


def altered(data: bytes, at: int, mask: int = 1) -> bytes:
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]


def test_one_bit_names_its_two_seconds(packages: Packages, copy: Path) -> None:
    gop = packages.clip()["gops"][6]  # type: ignore[index]
    path = copy / str(packages.clip()["name"])
    put(path, altered(path.read_bytes(), gop["offset"] + gop["length"] // 2))
    assert times(copy) == ["C01 21:40:12–21:40:14"]
    sentences = check_package(copy).sentences()
    assert say(sentences[0], Language.THAI) == "ชุดหลักฐานนี้ถูกเปลี่ยนแปลง"
    ran = subprocess.run(
        [sys.executable, str(ENCLOSED_VERIFY), str(copy)], capture_output=True, text=True
    )
    assert ran.returncode == 1
    assert "C01 21:40:12–21:40:14: altered or missing" in ran.stdout
    assert "C01 21:40:12–21:40:14: ภาพถูกเปลี่ยนหรือหายไป" in ran.stdout


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_only_the_altered_seconds_are_named(packages: Packages, data: st.DataObject) -> None:
    """Any bytes changed, taken out or put in, inside any groups of a clip."""
    clip = packages.clip()
    gops: list[dict[str, int]] = clip["gops"]  # type: ignore[assignment]
    original = (packages.folder / str(clip["name"])).read_bytes()
    hit = data.draw(st.sets(st.integers(0, len(gops) - 1), min_size=1, max_size=4))
    changed, at = b"", 0
    for number in sorted(hit):
        gop = gops[number]
        place = gop["offset"] + data.draw(st.integers(0, gop["length"] - 1))
        room = gop["offset"] + gop["length"] - place
        size = data.draw(st.integers(1, min(room, 3000)))
        how = data.draw(st.sampled_from(["change", "drop", "insert"]))
        piece = original[place : place + size]
        changed += original[at:place]
        if how == "change":
            changed += bytes(byte ^ 0x5A for byte in piece)
        elif how == "insert":
            # at a group's first byte it would stand between two groups
            changed += (
                (original[place : place + 1] + b"\xaa" * size)
                if place == gop["offset"]
                else (b"\xaa" * size + original[place : place + 1])
            )
            piece = original[place : place + 1]
        at = place + len(piece)
    changed += original[at:]
    with TemporaryDirectory() as root:
        copy = packages.copy(Path(root))
        put(copy / str(clip["name"]), changed)
        found = verify.check(copy, "", has_signed)
    named = {
        number
        for finding in found.findings
        for number, gop in enumerate(gops)
        if finding.values["begins"] <= str(gop["begins"]) < finding.values["ends"]
    }
    assert {finding.code for finding in found.findings} == {"altered"}
    assert named == hit


def reordered(packages: Packages, order: list[int]) -> bytes:
    clip = packages.clip()
    data = (packages.folder / str(clip["name"])).read_bytes()
    pieces = [clip["head"], *(clip["gops"][one] for one in order), clip["tail"]]  # type: ignore[index]
    return b"".join(data[one["offset"] : one["offset"] + one["length"]] for one in pieces)  # type: ignore[index]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ([0, 1, 5, 3, 4, 2, 6, 7, 8, 9], ["C01 21:40:04–21:40:06", "C01 21:40:10–21:40:12"]),
        ([0, 2, 1, 3, 4, 5, 6, 7, 8, 9], ["C01 21:40:02–21:40:06"]),
        ([0, 1, 3, 4, 5, 6, 2, 7, 8, 9], ["C01 21:40:04–21:40:06"]),
        ([0, 1, 2, 4, 5, 6, 7, 8, 9], ["C01 21:40:06–21:40:08"]),
        ([0, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9], ["C01 21:40:08"]),
        ([0, 1, 2, 3, 4, 1, 5, 6, 7, 8, 9], ["C01 21:40:10"]),
    ],
    ids=["exchanged", "neighbours exchanged", "moved", "dropped", "repeated", "repeated later"],
)
def test_groups_in_another_order(
    packages: Packages, copy: Path, order: list[int], expected: list[str]
) -> None:
    put(copy / str(packages.clip()["name"]), reordered(packages, order))
    assert times(copy) == expected


def test_a_clip_that_was_cut_off(packages: Packages, copy: Path) -> None:
    path = copy / str(packages.clip()["name"])
    gop = packages.clip()["gops"][8]  # type: ignore[index]
    put(path, path.read_bytes()[: gop["offset"] + 10])
    assert times(copy) == ["C01 21:40:16–21:40:20"]
    assert "tail_altered" in {line.split()[0] for line in told(copy)}


def test_head_and_tail_of_a_clip_are_watched_too(packages: Packages, copy: Path) -> None:
    path = copy / str(packages.clip()["name"])
    data = path.read_bytes()
    put(path, altered(altered(data, 40), len(data) - 5))
    assert [line.split()[0] for line in told(copy)] == ["head_altered", "tail_altered"]


@pytest.mark.parametrize("junk", [b"\0", b"moof\0\0\0\x10mfhd\0\0\0\0\0\0\0\x01" * 40_000])
def test_bytes_after_the_end_are_seen(packages: Packages, copy: Path, junk: bytes) -> None:
    path = copy / str(packages.clip()["name"])
    put(path, path.read_bytes() + junk)
    assert len(told(copy)) == 1


def test_files_that_came_went_or_were_renamed(packages: Packages, copy: Path) -> None:
    (copy / "media" / "C03.mp4").write_bytes(b"new")
    clip = copy / str(packages.clip()["name"])
    clip.rename(copy / "media" / "other.mp4")
    (copy / "README.html").unlink()
    (copy / "seal.sig").unlink()
    said = {line.split()[0] for line in told(copy)}
    assert said == {"added", "renamed", "missing", "seal"}


def test_two_clips_that_were_exchanged_are_both_named_whole(packages: Packages, copy: Path) -> None:
    first, second = (copy / str(packages.clip(number)["name"]) for number in (0, 1))
    data = first.read_bytes(), second.read_bytes()
    put(first, data[1])
    put(second, data[0])
    assert times(copy) == ["C01 21:40:00–21:40:20", "C02 21:40:00–21:40:20"]


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sig", "public_key.txt"])
def test_with_another_manifest_no_second_is_named(
    packages: Packages, copy: Path, name: str
) -> None:
    data = (copy / name).read_bytes()
    put(copy / name, altered(data, len(data) - 70 if name == "public_key.txt" else len(data) // 2))
    assert [line.split()[0] for line in told(copy)] == ["manifest"]
    assert times(copy) == []


@pytest.mark.parametrize(
    "name", ["seal.json", "seal.sig", "entries.jsonl", "verify.py", "README.html"]
)
def test_no_other_file_can_be_altered_unseen(packages: Packages, copy: Path, name: str) -> None:
    data = (copy / name).read_bytes()
    put(copy / name, altered(data, len(data) // 2))
    assert len(told(copy)) == 1


def test_a_verifier_that_always_says_yes_is_seen_and_never_run(
    packages: Packages, copy: Path, tmp_path: Path
) -> None:
    mark = tmp_path / "was run"
    put(copy / "verify.py", f"open({str(mark)!r}, 'w')\nprint('unaltered')\n".encode())
    for name in ("json.py", "hashlib.py", "sitecustomize.py"):
        (copy / name).write_text(f"open({str(mark)!r}, 'w')\n")
    command = [sys.executable, "main.py", "verify", str(copy)]
    ran = subprocess.run(command, cwd=ENCLOSED_VERIFY.parents[3], capture_output=True, text=True)
    assert ran.returncode == 1
    assert "The file verify.py was altered." in ran.stdout
    assert not mark.exists()


def resigned(copy: Path) -> str:
    """All of it signed anew by a stranger, everything consistent; the stranger's fingerprint."""
    stranger = Ed25519PrivateKey.generate()
    public = stranger.public_key().public_bytes_raw()
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    key_text = f"{fingerprint(public)}\n{public_key_pem(public)}".encode()
    put(copy / "public_key.txt", key_text)
    for paper in manifest["papers"]:
        data = (copy / paper["name"]).read_bytes()
        paper |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    manifest["reason"], manifest["key"] = "เหตุผลอื่น", fingerprint(public)
    said = json.dumps(manifest).encode()
    put(copy / "manifest.json", said)
    put(copy / "manifest.sig", stranger.sign(said))
    rechained(copy, said, public, stranger)
    return fingerprint(public)


def rechained(copy: Path, manifest: bytes, public: bytes, stranger: Ed25519PrivateKey) -> None:
    """The log's entries, hashed anew over the stranger's words."""
    seal = json.loads((copy / "seal.json").read_text("utf-8"))
    lines, prev = [], ""
    for text in (copy / "entries.jsonl").read_text("utf-8").splitlines():
        entry = json.loads(text)
        entry["prev"] = prev or entry["prev"]
        entry_id = f"{entry['origin']}:{entry['n']}"
        if entry_id == seal["exported"]:
            body = json.loads(entry["body"])
            body["manifest_sha256"] = hashlib.sha256(manifest).hexdigest()
            entry["body"] = json.dumps(body)
        if entry_id == seal["entry"]:
            statement = seal["statement"].split("\n")
            statement[3:] = [
                f"key {public.hex()}",
                f"head {entry['origin']} {entry['n'] - 1} {entry['prev']}",
            ]
            seal["statement"] = "\n".join(statement)
            seal["signature"] = stranger.sign(seal["statement"].encode()).hex()
            entry["body"] = json.dumps(
                {"statement": seal["statement"], "signature": seal["signature"]}
            )
        if "body" in entry:
            entry["body_hash"] = hashlib.sha256(entry["body"].encode()).hexdigest()
        fields = (entry[name] for name in verify.HASHED)
        prev = entry["hash"] = hashlib.sha256("\x1f".join(map(str, fields)).encode()).hexdigest()
        lines.append(json.dumps(entry) + "\n")
    entries = "".join(lines).encode()
    put(copy / "entries.jsonl", entries)
    seal["manifest_sha256"] = hashlib.sha256(manifest).hexdigest()
    seal["entries_sha256"] = hashlib.sha256(entries).hexdigest()
    said = json.dumps(seal).encode()
    put(copy / "seal.json", said)
    put(copy / "seal.sig", stranger.sign(said))


def test_a_package_signed_anew_by_a_stranger_is_told_by_the_fingerprint_alone(
    packages: Packages, copy: Path
) -> None:
    stranger = resigned(copy)
    report = check_package(copy)
    assert report.ok
    assert not report.is_trusted
    assert [one.english() for one in report.sentences()] == [
        f"Unaltered since it was signed by key {stranger}.",
        "Compare this fingerprint with the station's paper.",
    ]
    assert told(copy, packages.key) == ["another_key  "]


def test_a_fingerprint_is_understood_however_it_was_typed(packages: Packages) -> None:
    plain = packages.key.replace(" ", "")
    for typed in (packages.key, plain, plain.upper(), packages.key.replace(" ", "-"), f" {plain} "):
        assert check_package(packages.folder, typed).is_trusted
    for typed in ("3f2a", plain + "0", plain[:-1] + "g", "ก"):
        with pytest.raises(KnownError):
            check_package(packages.folder, typed)


# Hostile packages

HOSTILE = (
    "../escape.txt", "/etc/escape", "..\\escape", "CON", "media/con.mp4", "C:escape", "a" * 300,
    "ภาพ.mp4", "media/../x", "a\nb", ".hidden", "media/sub/x.mp4", "x\u202egpj.exe",
)  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_in_a_zip_is_told_and_never_opened(
    packages: Packages, tmp_path: Path, hostile: str
) -> None:
    path = tmp_path / "inside" / "hostile.zip"
    path.parent.mkdir()
    shutil.copy(packages.zipped, path)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr(f"{packages.zipped.stem}/{hostile}", b"x")
    assert [line.split()[0] for line in told(path)] == ["name"]
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["hostile.zip", "inside"]


def test_a_link_is_not_followed(packages: Packages, copy: Path, tmp_path: Path) -> None:
    clip = copy / str(packages.clip()["name"])
    away = tmp_path / "away.mp4"
    clip.rename(away)
    clip.symlink_to(away)
    assert told(copy) == [f"file  {packages.clip()['name']}"]
    (copy / "media").rename(tmp_path / "elsewhere")
    (copy / "media").symlink_to(tmp_path / "elsewhere")
    assert {line.split()[0] for line in told(copy)} == {"missing", "added"}


def test_a_name_that_comes_twice_in_a_zip_is_told(packages: Packages, tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    shutil.copy(packages.zipped, path)
    name = f"{packages.zipped.stem}/README.html"
    with zipfile.ZipFile(path) as packed:
        data = packed.read(name)
    with zipfile.ZipFile(path, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr(name, data)
    assert told(path) == ["added  README.html"]


def signed(copy: Path, manifest: object) -> None:
    """A stranger's manifest in the place of the station's."""
    stranger = Ed25519PrivateKey.generate()
    put(copy / "public_key.txt", public_key_pem(stranger.public_key().public_bytes_raw()).encode())
    data = json.dumps(manifest).encode()
    put(copy / "manifest.json", data)
    put(copy / "manifest.sig", stranger.sign(data))


@pytest.mark.parametrize("at", ["yesterday", 7, None, "2026-99-22T14:40:00.000Z", ""])
def test_a_stranger_s_manifest_with_times_that_are_none_is_no_package(
    packages: Packages, copy: Path, at: object
) -> None:
    said = json.loads(json.dumps(packages.manifest))
    said["cameras"][0]["clips"][0]["gops"][3] |= {"begins": at, "sha256": "0" * 64}
    said["cameras"][0]["clips"][0]["sha256"] = "0" * 64
    signed(copy, said)
    with pytest.raises(KnownError):
        check_package(copy)


def test_nothing_that_a_stranger_writes_reaches_the_terminal_raw(
    packages: Packages, copy: Path
) -> None:
    said = json.loads(json.dumps(packages.manifest))
    said["cameras"][0]["id"] = "\x1b[2J\x1b[Hunaltered\u202e"
    said["cameras"][0]["clips"][0]["sha256"] = "0" * 64
    said["cameras"][0]["clips"][0]["gops"][3]["sha256"] = "0" * 64
    signed(copy, said)
    ran = subprocess.run(
        [sys.executable, str(ENCLOSED_VERIFY), str(copy)], capture_output=True, text=True
    )
    assert ran.returncode == 1
    assert "\x1b" not in ran.stdout
    assert "\u202e" not in ran.stdout
    for sentence in check_package(copy).sentences():
        assert sentence.english().isprintable()


def test_a_zip_that_never_ends_is_given_up(packages: Packages, tmp_path: Path) -> None:
    """A clip of a megabyte that unpacks to a gigabyte of nothing."""
    path = tmp_path / "bomb.zip"
    bad = str(packages.clip()["name"])
    with zipfile.ZipFile(path, "w") as bomb:
        for file in packages.folder.rglob("*"):
            name = file.relative_to(packages.folder).as_posix()
            if file.is_file() and name != bad:
                bomb.write(file, name)
        about = zipfile.ZipInfo(bad)
        about.compress_type = zipfile.ZIP_DEFLATED
        with bomb.open(about, "w") as endless:
            for _ in range(600):
                endless.write(bytes(1 << 20))
    begun_s = time.monotonic()
    assert times(path) == ["C01 21:40:00–21:40:20"]
    assert time.monotonic() - begun_s < 20


def test_a_manifest_that_points_outside_is_not_believed(packages: Packages, copy: Path) -> None:
    for names in (["../../etc/passwd"], ["/etc/passwd"], ["CON"], [7], None):
        said = {"wanted": {}, "cameras": [], "papers": [{"name": one} for one in names or ()]}
        signed(copy, said if names else [1])
        with pytest.raises(verify.NotAPackageError):
            verify.check(copy)


@pytest.mark.parametrize("what", ["nothing", "empty folder", "text", "truncated zip", "empty zip"])
def test_what_is_no_package_is_said_so(packages: Packages, tmp_path: Path, what: str) -> None:
    path = tmp_path / "thing.zip"
    match what:
        case "empty folder":
            path.mkdir()
        case "text":
            path.write_text("not a zip")
        case "truncated zip":
            path.write_bytes(packages.zipped.read_bytes()[:5000])
        case "empty zip":
            zipfile.ZipFile(path, "w").close()
    with pytest.raises(KnownError):
        check_package(path)
    ran = subprocess.run(
        [sys.executable, str(ENCLOSED_VERIFY), str(path)], capture_output=True, text=True
    )
    assert ran.returncode == 2
    assert "cannot be checked" in ran.stdout
    assert ran.stderr == ""


def test_a_zip_with_one_bad_byte_names_the_second(packages: Packages, tmp_path: Path) -> None:
    """The zip's own check sum would only say that the file is bad."""
    data = packages.zipped.read_bytes()
    clip = packages.clip()
    gop = clip["gops"][3]  # type: ignore[index]
    own = (packages.folder / str(clip["name"])).read_bytes()
    piece = own[gop["offset"] + 900 : gop["offset"] + 960]
    path = tmp_path / "bad.zip"
    path.write_bytes(altered(data, data.index(piece)))
    assert times(path) == ["C01 21:40:06–21:40:08"]


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_zip_damaged_anywhere_is_never_called_whole(
    packages: Packages, data: st.DataObject
) -> None:
    original = packages.zipped.read_bytes()
    at = data.draw(st.integers(len(original) - 3000, len(original) - 1))
    with TemporaryDirectory() as root:
        path = Path(root) / "bad.zip"
        path.write_bytes(altered(original, at, data.draw(st.integers(1, 255))))
        try:
            verdict = verify.check(path, packages.key, has_signed)
        except verify.NotAPackageError:
            return
        whole = verdict.findings == []
    if whole:  # what only says when and how a file was packed may differ: no byte of a file does
        assert verdict.trusted


# The enclosed file by itself


def test_it_is_python_3_8_and_needs_the_standard_library_alone() -> None:
    tree = ast.parse(ENCLOSED_VERIFY.read_text("utf-8"), feature_version=(3, 8))
    modules = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules - {"__future__"} <= set(sys.stdlib_module_names)
    assert not {"subprocess", "socket", "urllib", "importlib", "runpy", "pickle"} & modules
    calls = {node.func.id for node in ast.walk(tree)
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}  # fmt: skip
    assert not calls & {"eval", "exec", "compile", "__import__"}


def test_an_older_python_runs_it(packages: Packages) -> None:
    found = [shutil.which(name) for name in ("python3.8", "python3.9", "python3.10")]
    works = [
        one
        for one in found
        if one and subprocess.run([one, "-V"], capture_output=True).returncode == 0
    ]
    if not works:
        pytest.skip("no python 3.8, 3.9 or 3.10 is installed")
    older = works[0]
    command = [older, str(ENCLOSED_VERIFY), str(packages.folder), "--key", packages.key]
    assert subprocess.run(command, capture_output=True).returncode == 0


def test_its_exit_code_says_what_it_found(packages: Packages, copy: Path) -> None:
    def code(*arguments: str) -> int:
        command = [sys.executable, "-I", str(ENCLOSED_VERIFY), *arguments]
        return subprocess.run(command, capture_output=True).returncode

    assert code(str(packages.folder), "--key", packages.key) == 0
    assert code(str(packages.zipped)) == 0
    assert code(str(packages.folder), "--key", "0" * 32) == 1
    assert code(str(packages.folder), "--key", "short") == 2
    assert code() == 2


@settings(max_examples=60, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), said=st.binary(max_size=200), data=st.data())
def test_its_signatures_are_those_of_everyone_else(
    seed: bytes, said: bytes, data: st.DataObject
) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(said)
    assert verify.has_signed(public, signature, said)
    bad = altered(signature, data.draw(st.integers(0, 63)), data.draw(st.integers(1, 255)))
    assert not verify.has_signed(public, bad, said)
    assert verify.has_signed(public, bad, said) == has_signed(public, bad, said)
    assert not verify.has_signed(public, signature, said + b"x")
    other = altered(public, data.draw(st.integers(0, 31)), data.draw(st.integers(1, 255)))
    assert verify.has_signed(other, signature, said) == has_signed(other, signature, said)


def test_signatures_of_the_standard_s_own_examples() -> None:
    """RFC 8032 §7.1, tests 1 and 3; and S + L, which the standard refuses."""
    for public, said, signature in (
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            (
                "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            ),
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            (
                "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            ),
        ),
    ):
        key, mark = bytes.fromhex(public), bytes.fromhex(signature)
        assert verify.has_signed(key, mark, bytes.fromhex(said))
        larger = int.from_bytes(mark[32:], "little") + verify.L
        forged = mark[:32] + larger.to_bytes(32, "little")
        assert not verify.has_signed(key, forged, bytes.fromhex(said))
    assert not verify.has_signed(b"", b"", b"")
    assert not verify.has_signed(b"\xff" * 32, bytes(64), b"")


def test_every_finding_has_its_sentence_in_both_checkers() -> None:
    source = ENCLOSED_VERIFY.read_text("utf-8")
    codes = {
        str(node.args[0].value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Finding"
        and isinstance(node.args[0], ast.Constant)
    } | {"altered", "moved", "head_altered", "tail_altered", "renamed", "missing"}
    from app.evidence.verifier import _SENTENCES

    assert set(_SENTENCES) == codes
    assert codes <= set(verify.TEXTS)
