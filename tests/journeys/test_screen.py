"""On a real screen (Xvfb): the window opens, and a key pressed on it opens the intake."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.console_process import ConsoleProcess
from tests.video.cameras import until

pytestmark = [pytest.mark.journey, pytest.mark.screen]


@pytest.fixture
def display() -> Iterator[str]:
    """An X server on a display number that it chose itself."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed: `apt-get install xvfb`")
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as said:
        number = said.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.fixture
def window(station: Path, display: str, tmp_path: Path) -> Iterator[ConsoleProcess]:
    """The console on that screen."""
    child = (sys.executable, "-m", "tests.journeys.screen_child", str(station))
    env = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    process = ConsoleProcess(station, tmp_path / "output.txt", *child, env=env)
    yield process
    process.close()


def press(display: str, key: str) -> None:
    """A key of the real keyboard, to whichever window has it."""
    subprocess.run(
        ["xdotool", "key", key], env={**os.environ, "DISPLAY": display}, check=True, timeout=10
    )


def test_the_window_opens_on_a_real_screen_and_f2_opens_the_intake(
    window: ConsoleProcess, display: str, tmp_path: Path
) -> None:
    def said() -> str:
        return (tmp_path / "output.txt").read_text()

    until(lambda: "platform" in said() or not window.is_running(), 30)
    assert "platform xcb" in said()
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not installed: `apt-get install xdotool`")
    names = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Smart Safety Zone"]
    env = {**os.environ, "DISPLAY": display}
    found = subprocess.run(names, env=env, capture_output=True, check=True, timeout=30, text=True)
    focus = ["xdotool", "windowfocus", "--sync", found.stdout.split()[0]]
    subprocess.run(focus, env=env, check=True, timeout=10)
    until(lambda: "window shown and filled" in said(), 30)
    press(display, "F2")
    until(lambda: "intake open" in said(), 10)
    press(display, "ctrl+q")
    assert window.wait(10) == 0, said()
    assert "Traceback" not in said()
