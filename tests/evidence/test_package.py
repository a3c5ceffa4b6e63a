"""A package on the disk: whole, named by ids, holding what is needed to prove it and no more."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import threading
import zipfile
from pathlib import Path

import pytest

from app.errors import KnownError, Message
from app.evidence.export import ENCLOSED_VERIFY, export
from app.evidence.export_order import PackageForm
from app.evidence.export_plan import plan_export
from app.evidence.exports import exports_of
from app.evidence.verifier import check_package
from app.log import Actor, Role
from app.log.verify import verify
from app.video.archive.locks import FootageLocked, LockedFootage
from app.views import all_views
from tests.evidence.material import SUPERVISOR, Station, bodies, lock, seconds
from tests.station_log import NARRATIVE, PROGRAM

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "README.html", "entries.jsonl", "manifest.json", "manifest.sig", "public_key.txt",
    "seal.json", "seal.sig", "verify.py",
}  # fmt: skip


def entries_of(package: Path) -> list[str]:
    return (package / "entries.jsonl").read_text("utf-8").splitlines()


def names(package: Path) -> set[str]:
    return {path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", list(PackageForm))
def test_what_was_exported_is_found_whole_and_by_the_station_s_key(
    recorded: Station, stick: Path, form: PackageForm
) -> None:
    package = recorded.export(stick, camera_ids=("C01", "C02"), form=form)
    report = check_package(package.path, package.key)
    assert (report.ok, report.is_trusted, report.key) == (True, True, package.key)
    assert check_package(package.path).sentences()[1].english().startswith("Compare this finger")
    assert [path.name for path in stick.iterdir()] == [package.path.name]


def test_its_name_is_made_of_ids_and_never_given_twice(recorded: Station, stick: Path) -> None:
    first, second = recorded.export(stick), recorded.export(stick)
    assert [one.path.name for one in (first, second)] == [
        "mukdahan-2569-1-01",
        "mukdahan-2569-1-02",
    ]
    shutil.rmtree(second.path)
    assert recorded.export(stick).path.name == "mukdahan-2569-1-03"
    alone = recorded.export(stick, incident_id="", incident_number="")
    assert alone.path.name == "mukdahan-25691122-01"


def test_names_inside_suit_any_file_system(recorded: Station, stick: Path) -> None:
    package = recorded.export(stick, camera_ids=("C01", "C02"), burned_copy=True)
    found = names(package.path)
    assert found >= FILES
    assert all(re.fullmatch(r"[A-Za-z0-9._/-]{1,64}", name) for name in found)
    assert len({name.lower() for name in found}) == len(found)


def test_the_manifest_lists_every_other_file(recorded: Station, stick: Path) -> None:
    package = recorded.export(stick, camera_ids=("C01", "C02"), burned_copy=True)
    said = json.loads((package.path / "manifest.json").read_text())
    listed = {file["name"]: file for file in said["papers"]}
    for camera in said["cameras"]:
        listed |= {file["name"]: file for file in camera["clips"] + camera["burned"]}
    later = {"manifest.json", "manifest.sig", "seal.json", "seal.sig", "entries.jsonl"}
    assert set(listed) == names(package.path) - later
    for name, file in listed.items():
        data = (package.path / name).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert said["incident"] == {"id": recorded.incident_id, "number": recorded.incident_number}
    assert said["wanted"]["begins"] == "2026-11-22T14:40:03.000Z"
    assert said["cameras"][1]["name"] == "แยกศาลากลาง <2>"


def test_the_page_to_read_escapes_what_people_typed(recorded: Station, stick: Path) -> None:
    package = recorded.export(stick, camera_ids=("C02",), reason="<script>alert(1)</script>")
    page = (package.path / "README.html").read_text("utf-8")
    assert "แยกศาลากลาง &lt;2&gt;" in page
    assert "<script" not in page
    assert package.key in page
    assert "http" not in page.replace("http-equiv", "")


def test_the_verifier_inside_is_the_one_the_station_runs(recorded: Station, stick: Path) -> None:
    package = recorded.export(stick)
    assert (package.path / "verify.py").read_bytes() == ENCLOSED_VERIFY.read_bytes()


def test_who_took_what_out_and_why_is_in_the_log(recorded: Station, stick: Path) -> None:
    package = recorded.export(stick)
    (said,) = bodies(recorded.log, "clip_exported")
    assert said["manifest_sha256"] == package.manifest_sha256
    assert (said["target"], said["cameras"]) == (str(stick), ["C01"])
    with recorded.log.reading() as db:
        (known,) = exports_of(db, recorded.incident_id)
    assert (known.package, known.actor, known.span) == (
        package.package,
        "officer-01",
        seconds(3, 13),
    )
    assert package.seal.kind == "day_sealed"
    assert recorded.log.head().n == package.seal.n
    assert verify(recorded.folder.database, all_views()).ok


def test_words_of_the_incident_stay_in_the_station(recorded: Station, stick: Path) -> None:
    lock(recorded)
    package = recorded.export(stick)
    entries = (package.path / "entries.jsonl").read_text("utf-8")
    assert "footage_lock_requested" in entries
    assert "เหตุกระชากกระเป๋า" in entries  # why it was locked
    everything = b"".join(path.read_bytes() for path in package.path.rglob("*") if path.is_file())
    assert NARRATIVE.encode() not in everything


def test_the_secret_half_of_the_key_is_nowhere(recorded: Station, stick: Path) -> None:
    recorded.export(stick)
    secret = recorded.office.secrets.get("mukdahan", "signing-key")
    assert secret is not None
    places = [*recorded.folder.root.rglob("*"), *stick.rglob("*")]
    forms = (secret.encode(), bytes.fromhex(secret))
    assert [
        path
        for path in places
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ] == []


def test_entries_of_other_programs_come_with_their_own_chain(
    recorded: Station, stick: Path
) -> None:
    """The recorder's word that footage is locked stands in its own chain."""
    lock_id = lock(recorded)
    footage = (LockedFootage("C01", seconds(0, 24).begins, seconds(0, 24).ends, 9),)
    locked = FootageLocked(lock_id, recorded.incident_id, footage)
    recorded.archive.index.append(locked)
    recorded.log.take_in(recorded.archive.index.entries_of(recorded.incident_id)).result()
    package = recorded.export(stick)
    lines = [json.loads(line) for line in entries_of(package.path)]
    assert len({line["origin"] for line in lines}) == 2
    assert check_package(package.path, package.key).ok


def recipe(number: int) -> str:
    """A block of commands from the manual."""
    manual = (ROOT / "docs" / "evidence.md").read_text("utf-8")
    return re.findall(r"```sh\n(.*?)```", manual, re.DOTALL)[number]


@pytest.mark.parametrize("altered", [False, True])
def test_anyone_can_check_with_openssl_and_sha256sum(
    recorded: Station, stick: Path, altered: bool
) -> None:
    needed = ("openssl", "sha256sum", "jq")
    if any(shutil.which(tool) is None for tool in needed):
        pytest.skip("openssl, sha256sum or jq is not installed")
    lock(recorded)
    package = recorded.export(stick, camera_ids=("C01", "C02"))
    if altered:
        clip = package.path / package.cameras[1].clips[0].name
        data = bytearray(clip.read_bytes())
        data[len(data) // 2] ^= 1
        clip.write_bytes(data)
    ran = subprocess.run(
        ["sh", "-eu", "-c", recipe(0)], cwd=package.path, capture_output=True, text=True
    )
    assert ran.stdout.splitlines()[0] == package.key.replace(" ", "")
    assert ran.stdout.count("Signature Verified Successfully") == 2
    assert (ran.returncode == 0) is not altered
    assert ("FAILED" in ran.stdout) is altered


@pytest.mark.parametrize("altered", [False, True])
def test_anyone_can_follow_the_chain_to_the_seal(
    recorded: Station, stick: Path, altered: bool
) -> None:
    if shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    lock(recorded)
    package = recorded.export(stick)
    entries = package.path / "entries.jsonl"
    if altered:
        entries.write_text(entries.read_text("utf-8").replace("officer-01", "officer-09", 1))
    ran = subprocess.run(
        ["sh", "-eu", "-c", recipe(1)], cwd=package.path, capture_output=True, text=True
    )
    lines = ran.stdout.splitlines()
    assert ran.stderr == ""
    assert len(lines) == len(entries.read_text("utf-8").splitlines()) + 1
    assert ("BAD" in ran.stdout) is altered
    assert lines[-1].startswith("sealed")


def test_a_viewer_takes_nothing_out(recorded: Station, stick: Path) -> None:
    head = recorded.log.head()
    plan = plan_export(recorded.archive.footage, recorded.order(stick))
    for actor in (Actor("officer-09", Role.VIEWER), PROGRAM):
        with pytest.raises(KnownError):
            export(plan, recorded.office, actor=actor)
    assert list(stick.iterdir()) == []
    assert recorded.log.head() == head


def test_progress_goes_from_nothing_to_all_and_says_what_is_done(
    recorded: Station, stick: Path
) -> None:
    plan = plan_export(
        recorded.archive.footage, recorded.order(stick, camera_ids=("C01", "C02"), burned_copy=True)
    )
    said: list[tuple[float, Message]] = []
    export(
        plan,
        recorded.office,
        actor=SUPERVISOR,
        progress=lambda share, doing: said.append((share, doing)),
        cancelled=threading.Event(),
    )
    shares = [share for share, _ in said]
    assert shares == sorted(shares)
    assert shares[0] < 0.2
    assert shares[-1] == 1.0
    assert "Copying camera C02." in {doing.english() for _, doing in said}


def test_a_zip_can_be_unpacked_and_is_then_the_folder(recorded: Station, stick: Path) -> None:
    package = recorded.export(stick, form=PackageForm.ZIP)
    with zipfile.ZipFile(package.path) as packed:
        assert packed.testzip() is None
        assert all(info.compress_type == zipfile.ZIP_STORED for info in packed.infolist())
        packed.extractall(stick / "unpacked")
    assert check_package(stick / "unpacked" / package.package, package.key).ok


def test_a_folder_that_somebody_zipped_again_is_still_whole(
    recorded: Station, stick: Path, tmp_path: Path
) -> None:
    package = recorded.export(stick)
    again = shutil.make_archive(str(tmp_path / "mailed"), "zip", stick, package.package)
    flat = shutil.make_archive(str(tmp_path / "flat"), "zip", package.path)
    for path in (again, flat):
        assert check_package(Path(path), package.key).ok
