"""Closing the console while cameras misbehave, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.video.cameras import (
    SDP,
    Guarded,
    RealCamera,
    ScriptedCamera,
    address_of,
    describes,
    free_port,
    until,
)

Make = Callable[[Callable[[str], bytes | None]], ScriptedCamera]
REPOSITORY = Path(__file__).resolve().parents[2]


class Console:
    """The child process, and what it said."""

    def __init__(self, how: str) -> None:
        self.said = ""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.video.console_child", how],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def watch(self, *urls: str) -> None:
        self._write("\n".join(urls) + "\n\n")

    def end(self) -> tuple[int, float]:
        """Exit code, and how long it took to end."""
        began_s = time.monotonic()
        self._write("\n")
        code = self._process.wait(20)
        return code, time.monotonic() - began_s

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        self._listener.join(5)
        assert self._process.stdin is not None
        self._process.stdin.close()

    def _write(self, text: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(text)
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as output:
            for line in output:
                self.said += line


@pytest.fixture
def console(request: pytest.FixtureRequest) -> Iterator[Console]:
    console = Console(getattr(request, "param", "stop"))
    yield console
    console.close()


def test_closing_while_a_camera_is_frozen_ends_within_four_seconds(
    console: Console, real_camera: RealCamera
) -> None:
    console.watch(str(real_camera.address))
    until(lambda: "C0 live" in console.said, 15)
    real_camera.freeze()
    code, took_s = console.end()
    real_camera.thaw()
    assert code == 0, console.said
    assert took_s < 4
    assert "stopped ()" in console.said, "nobody had to be left behind"


def test_closing_while_a_camera_is_being_opened_ends_within_four_seconds(
    console: Console, scripted_camera: Make
) -> None:
    camera = scripted_camera(describes(SDP))
    console.watch(*[str(address_of(camera.port))] * 3)
    until(lambda: any(request.startswith("PLAY") for request in camera.requests), 15)
    code, took_s = console.end()
    assert code == 0, console.said
    assert took_s < 4


@pytest.mark.parametrize("console", ["crash"], indirect=True)
def test_a_console_that_fails_leaves_no_process_behind_and_is_not_aborted(
    console: Console, real_camera: RealCamera
) -> None:
    console.watch(str(real_camera.address))
    until(lambda: "C0 live" in console.said, 15)
    real_camera.freeze()
    code, took_s = console.end()
    real_camera.thaw()
    assert code == 7, console.said
    assert took_s < 5


def test_no_password_is_ever_printed_whatever_the_cameras_do(
    console: Console, real_camera: RealCamera, scripted_camera: Make
) -> None:
    ports = [
        real_camera.port,
        free_port(),
        scripted_camera(describes(SDP)).port,
        scripted_camera(describes(SDP.replace("H264", "NONSENSE"))).port,
        scripted_camera(Guarded("admin", "other", 'Digest realm="r", nonce="n"')).port,
        scripted_camera(Guarded("admin", "geheim", 'Basic realm="r"')).port,
        scripted_camera(lambda _: b"HTTP/1.1 200 OK\r\n\r\n").port,
    ]
    path = str(real_camera.address).partition(str(real_camera.port))[2]
    http = [f"http://admin:geheim@127.0.0.1:{ports[-1]}/video"]
    console.watch(*[f"rtsp://admin:geheim@127.0.0.1:{port}{path}" for port in ports], *http)
    until(lambda: "C0 live" in console.said, 20)
    for number in (1, 2, 3, 5, 6, 7):
        until(lambda n=number: f"C{n} lost" in console.said, 30)  # type: ignore[misc]
    until(lambda: "C4 wrong_password" in console.said)
    real_camera.drop()
    until(lambda: "C0 lost" in console.said)
    assert console.end()[0] == 0
    assert "stopped" in console.said
    assert "geheim" not in console.said
