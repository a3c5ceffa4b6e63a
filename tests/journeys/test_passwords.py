"""No password anywhere it should not be, whatever cameras do: one search after every fault at once.

The console runs as a process of its own, with FFmpeg and OpenCV asked for all they can say.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner

from app.cameras.camera import StreamKind
from app.clock import SystemClock
from app.commands import main
from app.demo.simulated_cameras import (
    CameraSpec,
    Login,
    SimulatedFleet,
    StampContent,
    StreamSize,
)
from app.demo.simulated_cameras.spec import Fault
from app.duty.passwords import OfficerPasswords
from app.duty.recovery import Recovery, typed_code
from app.duty.sign_in import SignIn
from app.errors import KnownError
from app.log import Log
from app.station import FileSecrets, Redactor, open_station
from app.station.secrets import default_file
from app.views import all_views
from tests.journeys.console_process import ConsoleProcess
from tests.journeys.log_file import entries
from tests.video.cameras import until

pytestmark = pytest.mark.journey
USER, PASSWORD = "ยาม", "p@ss:/w%rd-รหัส-7431"
OFFICERS, WRONG = "น้ำโขง-เวรดึก-8642", "น้ำโขง-เวรเช้า-8643"  # an officer's, and a wrong one
SMALL = StreamSize(320, 180, 5)
LOSING = (
    *(Fault.REFUSE, Fault.DROP, Fault.SILENT, Fault.FREEZE, Fault.NO_MEDIA, Fault.GARBAGE),
    *(Fault.WRONG_PASSWORD, Fault.WRONG_PASSWORD, Fault.REDIRECT),
)
CHANGING = (Fault.CORRUPT, Fault.SIZE, Fault.CODEC)
FAULTS = {f"C{number:02}": fault for number, fault in enumerate((*LOSING, *CHANGING), start=1)}
LOGINS = {
    name: Login.BASIC if number % 2 else Login.DIGEST for number, name in enumerate(FAULTS)
}  # a wrong password of either kind is among them
NOISE = {
    "OPENCV_LOG_LEVEL": "VERBOSE",
    "OPENCV_FFMPEG_LOGLEVEL": "56",
    "OPENCV_FFMPEG_DEBUG": "1",
    "OPENCV_VIDEOIO_DEBUG": "1",
    "PYTHONFAULTHANDLER": "1",
}


def needles() -> dict[str, bytes]:
    """The password in every form in which it travels or could be written."""
    pair = f"{USER}:{PASSWORD}"
    realm = hashlib.md5(f"{USER}:simulated camera:{PASSWORD}".encode(), usedforsecurity=False)
    texts = {
        "plain": PASSWORD,
        "percent-encoded": quote(PASSWORD, safe=""),
        "percent-encoded where it must be": quote(PASSWORD, safe="รหัส"),
        "its end": "รหัส-7431",
        "in JSON": json.dumps(PASSWORD)[1:-1],
        "in Python's repr": ascii(PASSWORD)[1:-1],
        "Basic": base64.b64encode(pair.encode()).decode(),
        "alone in base64": base64.b64encode(PASSWORD.encode()).decode().rstrip("="),
        "Digest's secret": realm.hexdigest(),
    }
    return {form: text.encode() for form, text in texts.items()}


def found_in(data: bytes, officers: list[str]) -> list[str]:
    """The forms of the passwords in these bytes; officers' and the code's as they are written."""
    found = [form for form, needle in needles().items() if needle in data]
    for text in officers:
        forms = (text, json.dumps(text)[1:-1], ascii(text)[1:-1], quote(text, safe=""))
        forms += (base64.b64encode(text.encode()).decode().rstrip("="),)
        found += [f"officers': {form}" for form in forms if form.encode() in data]
    return found


def of_processes(pids: list[int]) -> Iterator[tuple[str, bytes]]:
    """What any user of the computer, or `ps`, may read of them."""
    for pid in pids:
        own = Path(f"/proc/{pid}")
        for name in ("cmdline", "environ", "status"):
            yield f"{pid} {name}", (own / name).read_bytes()
        for task in (own / "task").iterdir():
            yield f"{pid} thread {task.name}", (task / "comm").read_bytes()


def of_files(*roots: Path) -> Iterator[tuple[str, bytes]]:
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.is_file() and path != default_file():
                yield str(path), path.read_bytes()


def of_shared_memory(pid: int) -> Iterator[tuple[str, bytes]]:
    for path in Path("/dev/shm").glob(f"ssz-{pid}-*"):
        yield str(path), path.read_bytes()


@pytest.fixture
def fleet() -> Iterator[SimulatedFleet]:
    specs = [
        CameraSpec(
            *(name, "", StampContent(), SMALL, SMALL, LOGINS[name]),
            username=USER,
            password=PASSWORD,
        )
        for name in FAULTS
    ]
    fleet = SimulatedFleet(specs, own_ports=True)
    fleet.start()
    yield fleet
    fleet.stop()


@pytest.fixture
def station(fleet: SimulatedFleet, tmp_path: Path) -> Path:
    """A station whose cameras were registered on the command line, passwords typed."""
    root = tmp_path / "station"
    run("new-station", str(root), "--name", "สภ.ทดสอบ")
    for name in FAULTS:
        main_url, sub_url = (fleet.url(name, kind) for kind in StreamKind)
        streams = ("--main", main_url, "--sub", sub_url)
        who = ("--username", USER, "--ask-password", "--place", "16.54, 104.72")
        run("add-camera", "--station", str(root), "--name", name, *streams, *who, typed=PASSWORD)
    return root


def run(*words: str, typed: str = "") -> None:
    done = CliRunner().invoke(main, words, input=f"{typed}\n")
    assert done.exit_code == 0, done.output


@pytest.fixture
def officers(station: Path) -> list[str]:
    """What opens the station: its administrator's password, a wrong one, the code on paper, and
    the password's hash, which may stand among the secrets only."""
    folder = open_station(station)
    clock, store = SystemClock(), FileSecrets(Redactor())
    log = Log(folder.database, origin=folder.profile.origin, views=all_views(), clock=clock)
    log.open()
    try:
        passwords = OfficerPasswords(store, folder.profile.station_id)
        sign_in = SignIn(log, passwords, clock)
        recovery = Recovery(log, sign_in)
        first, code = recovery.found(recovery.candidates()[0], OFFICERS)
        with pytest.raises(KnownError):
            sign_in.check(first.id, WRONG)
    finally:
        log.close()
    hashed = passwords.hashed(first.id)
    assert hashed and hashed.startswith("$argon2id$")
    return [OFFICERS, WRONG, code, typed_code(code), hashed]


@pytest.fixture
def console(station: Path, tmp_path: Path, officers: list[str]) -> Iterator[ConsoleProcess]:
    console = ConsoleProcess(station, tmp_path / "said.log", env=NOISE)
    yield console
    console.close()
    run("record", "--stop", "--station", str(station))  # it outlives its console


def test_no_password_is_anywhere_it_should_not_be_after_every_fault(
    console: ConsoleProcess,
    fleet: SimulatedFleet,
    station: Path,
    tmp_path: Path,
    officers: list[str],
) -> None:
    assert default_file().read_bytes().count(needles()["in JSON"]) == len(FAULTS)
    until(lambda: shown_by(console) == len(FAULTS), 40)
    for name, fault in FAULTS.items():
        fleet.fault(name, fault)
    losing = {name for name, fault in FAULTS.items() if fault in LOSING}
    until(lambda: losing <= {each["subject"] for each in entries(station, "camera_lost")}, 30)
    family = console.family()
    assert len(family) >= 1 + 4, "the console and its decode workers"
    seen = dict(of_processes(family)) | dict(of_shared_memory(console.session))
    assert len([name for name in seen if "environ" in name]) == len(family)
    for name in FAULTS:
        fleet.heal(name)
    until(lambda: len(entries(station, "camera_back")) >= 3, 30)
    assert console.end(signal.SIGTERM)[0] == 0
    seen |= dict(of_files(station, tmp_path, Path(os.environ["HOME"])))
    for needed in ("station.db", "logs/console.log", "said.log", "health/"):
        assert any(needed in name for name in seen), needed
    assert default_file().read_bytes().count(b"$argon2id$") == 1
    told = {name: found for name, data in seen.items() if (found := found_in(data, officers))}
    assert told == {}


def shown_by(console: ConsoleProcess) -> int:
    """How many cameras have sent a picture: their shared memory holds more than its first page."""
    segments = Path("/dev/shm").glob(f"ssz-{console.session}-*")
    return sum(path.stat().st_blocks > 8 for path in segments)
