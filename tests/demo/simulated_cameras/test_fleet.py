"""The fleet's process: it starts at once, leaves with its console, and never slows it down."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras import Fault, SimulatedFleet
from app.demo.simulated_cameras.sample import sample_cameras
from app.errors import KnownError
from tests.demo.simulated_cameras.conftest import stamp_camera
from tests.demo.simulated_cameras.raw_viewer import RawViewer


def test_the_console_gets_the_address_without_waiting_for_the_cameras() -> None:
    fleet = SimulatedFleet([stamp_camera("C01")])
    try:
        began_s = time.monotonic()
        base = fleet.start()
        assert time.monotonic() - began_s < 0.3
        with RawViewer(fleet.url("C01", StreamKind.SUB)) as viewer:
            assert viewer.url.startswith(base)
            viewer.play()
    finally:
        assert fleet.stop()
    assert fleet.stop()
    with pytest.raises(ConnectionRefusedError):
        RawViewer(fleet.url("C01", StreamKind.SUB))


def test_a_wanted_port_that_is_taken_is_replaced_by_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        fleet = SimulatedFleet([stamp_camera("C01")], port=taken)
        try:
            assert fleet.start() != f"rtsp://127.0.0.1:{taken}"
            assert fleet.wait_until_ready()
        finally:
            fleet.stop()


def test_a_fault_after_the_cameras_are_gone_says_so() -> None:
    fleet = SimulatedFleet([stamp_camera("C01")])
    fleet.start()
    fleet.stop()
    with pytest.raises(KnownError, match="simulated cameras are not running"):
        fleet.fault("C01", Fault.FREEZE)
    with pytest.raises(KeyError):
        fleet.heal("C99")


CONSOLE = """
import sys
from app.demo.simulated_cameras import SimulatedFleet
from tests.demo.simulated_cameras.conftest import stamp_camera
if __name__ == "__main__":
    fleet = SimulatedFleet([stamp_camera("C01")])
    print(fleet.start(), flush=True)
    fleet.wait_until_ready()
    print(fleet.pid, flush=True)
    sys.stdin.read()
"""


def gone(pid: int, deadline_s: float) -> bool:
    end_s = time.monotonic() + deadline_s
    status = Path(f"/proc/{pid}/stat")
    while time.monotonic() < end_s:
        try:
            if status.read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_the_cameras_leave_when_their_console_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "console.py"
    script.write_text(CONSOLE)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as console:
        assert console.stdout is not None
        base = console.stdout.readline().strip()
        pid = int(console.stdout.readline())
        with RawViewer(f"{base}/C01/sub") as viewer:
            viewer.play()
            viewer.rtp()
            console.send_signal(signal.SIGKILL)
            assert gone(pid, 2.0)


def test_the_console_imports_neither_opencv_nor_pyav() -> None:
    code = (
        "import sys, app.demo.simulated_cameras, app.demo.simulated_cameras.sample;"
        "print([name for name in ('cv2', 'av', 'numpy') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_password_is_not_shown_when_a_camera_is_printed() -> None:
    assert "ลับมาก" not in repr(stamp_camera("C01", password="ลับมาก"))


def test_the_sample_cameras_are_all_different() -> None:
    cameras = sample_cameras(16)
    assert len({camera.camera_id for camera in cameras}) == 16
    assert len({camera.content for camera in cameras}) == 16


def _heed_ctrl_c() -> None:
    """Whoever runs the tests in the background has Ctrl+C switched off, for all children too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def _ended(process: subprocess.Popen[str]) -> Iterator[None]:
    """A test that fails must not wait for its process for ever."""
    try:
        yield
    finally:
        process.kill()


def test_typed_orders_reach_the_cameras_and_nonsense_is_named() -> None:
    command = [sys.executable, "-m", "app.demo.simulated_cameras", "--port", "0", "--cameras", "1"]
    with (
        subprocess.Popen(
            [*command, "--stamps"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=_heed_ctrl_c,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        ) as alone,
        _ended(alone),
    ):
        assert alone.stdin is not None
        assert alone.stdout is not None
        url = alone.stdout.readline().split()[0]
        alone.stdin.write("drop C01\nflood C01\n")
        alone.stdin.flush()
        said = ""
        while "flood C01" not in said:
            said = alone.stdout.readline()
            assert said, "it ended without a word"
        with RawViewer(url) as viewer, pytest.raises(ConnectionError):
            viewer.ask("OPTIONS")
        alone.stdin.write("heal C01\nflood C01\n")
        alone.stdin.flush()
        assert "flood C01" in alone.stdout.readline()
        with RawViewer(url) as viewer:
            viewer.play()
            os.killpg(alone.pid, signal.SIGINT)  # while somebody watches
            assert alone.wait(5) == 0
        assert alone.stderr is not None
        assert alone.stderr.read() == ""
