"""Closing the console while cameras misbehave, in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
from tests.video.console_process import Console

Make = Callable[[Callable[[str], bytes | None]], ScriptedCamera]


@pytest.fixture
def how() -> str:
    """How the console ends."""
    return "stop"


@pytest.fixture(params=["threads", "workers"])
def console(request: pytest.FixtureRequest, how: str) -> Iterator[Console]:
    console = Console(how, request.param)
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


@pytest.mark.parametrize("how", ["crash"])
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
