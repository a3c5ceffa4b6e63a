"""On a real screen (Xvfb): the window opens, and a key pressed on it opens the intake."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import time
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


class Hands:
    """The keyboard and the mouse of a display, and what its console says of itself."""

    def __init__(self, display: str, output: Path) -> None:
        self._display, self._output = display, output

    def said(self) -> str:
        """Everything the console has said so far."""
        return self._output.read_text()

    def do(self, *words: object) -> str:
        """One or more of xdotool's commands."""
        done = subprocess.run(
            ["xdotool", *map(str, words)],
            env={**os.environ, "DISPLAY": self._display},
            capture_output=True,
            check=True,
            timeout=30,
            text=True,
        )
        return done.stdout

    def tiles(self) -> dict[str, tuple[int, int]]:
        """Where the middle of each camera's tile is now."""
        last = [line for line in self.said().splitlines() if line.startswith("tiles ")][-1]
        pairs = (word.split("@") for word in last.split()[1:])
        return {camera: (int(x), int(y)) for camera, at in pairs for x, y in [at.split(",")]}

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press, move in steps as a hand does, let go."""
        self.do("mousemove", *start, "mousedown", 1)
        for step in range(1, 11):
            x, y = (a + (b - a) * step // 10 for a, b in zip(start, end, strict=True))
            self.do("mousemove", x, y, "sleep", 0.05)
        # a hand rests before it lets go; a busy window has begun the drag by then
        self.do("mousemove", end[0] + 2, end[1] + 2, "sleep", 0.7, "mouseup", 1)


@pytest.fixture
def hands(window: ConsoleProcess, display: str, tmp_path: Path) -> Hands:
    """Once the window is shown, filled and has the keyboard."""
    hands = Hands(display, tmp_path / "output.txt")
    until(lambda: "platform" in hands.said() or not window.is_running(), 30)
    assert "platform xcb" in hands.said()
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is not installed: `apt-get install xdotool`")
    found = hands.do("search", "--sync", "--onlyvisible", "--name", "Smart Safety Zone")
    hands.do("windowfocus", "--sync", found.split()[0])
    until(lambda: "tiles " in hands.said(), 30)
    return hands


def close(window: ConsoleProcess, hands: Hands) -> None:
    hands.do("key", "ctrl+q")
    assert window.wait(10) == 0, hands.said()
    assert "Traceback" not in hands.said()


def test_the_window_opens_on_a_real_screen_and_f2_opens_the_intake(
    window: ConsoleProcess, hands: Hands
) -> None:
    hands.do("key", "F2")
    until(lambda: "intake open in th" in hands.said(), 10)
    close(window, hands)


@pytest.mark.parametrize("keys_to_field", [(), ("alt+n",)], ids=["line", "text"])
def test_ctrl_d_saves_and_sends_from_the_fields_that_would_delete_with_it(
    window: ConsoleProcess, hands: Hands, keys_to_field: tuple[str, ...]
) -> None:
    """On X11 alone Ctrl+D is a key that deletes, so no other platform can show it."""
    hands.do("key", "F2")
    until(functools.partial(_heard, hands, "intake open in th"), 10)
    hands.do("type", "--delay", "50", "23")
    hands.do("key", "alt+p")
    hands.do("type", "--delay", "50", "16.5436, 104.7235")
    for keys in keys_to_field:
        hands.do("key", keys)
    hands.do("key", "ctrl+d")
    until(functools.partial(_heard, hands, "a unit is being chosen for the report"), 10)
    close(window, hands)


def test_no_window_that_comes_or_goes_takes_the_keys_away(
    window: ConsoleProcess, hands: Hands
) -> None:
    """On this screen runs no window manager that would give the keyboard to whoever is left."""
    for words in ("has the keyboard", "is gone"):  # the second time from that window itself
        hands.do("key", "ctrl+shift+u")
        until(functools.partial(_heard, hands, f"board's window {words}"), 20)
    hands.do("key", "ctrl+shift+e")
    until(lambda: "intake open in en" in _with_f2(hands), 20)
    close(window, hands)


def _heard(hands: Hands, words: str) -> bool:
    return words in hands.said()


def _with_f2(hands: Hands) -> str:
    """What was said once F2 was pressed; it may be too early for the window to hear of it. As a
    hand presses again: a hundred a second would keep the window from ever coming."""
    hands.do("key", "F2", "sleep", 0.4)
    return hands.said()


def test_a_tile_pulled_onto_another_with_the_mouse_changes_places_with_it(
    window: ConsoleProcess, hands: Hands
) -> None:
    before = hands.tiles()
    hands.drag(before["C05"], before["C02"])
    until(lambda: hands.tiles() != before, 10)
    after = hands.tiles()
    assert after == {**before, "C05": before["C02"], "C02": before["C05"]}
    close(window, hands)


def _found_at_rest(hands: Hands, camera_id: str) -> tuple[int, int]:
    """Where Ctrl+K offers it once nothing else is found any more: a hand pulls what it sees."""
    found = f"found {camera_id}@"
    until(functools.partial(_heard, hands, found), 10)
    seen, since_s = "", 0.0

    def is_at_rest() -> bool:
        nonlocal seen, since_s
        last = hands.said().split("found ")[-1].split()[0]
        if last != seen:
            seen, since_s = last, time.monotonic()
        return f"found {seen}".startswith(found) and time.monotonic() - since_s > 1.0

    until(is_at_rest, 20)
    x, y = seen.split("@")[1].split(",")
    return int(x), int(y)


def test_a_camera_pulled_from_what_ctrl_k_found_lands_on_the_tile(
    window: ConsoleProcess, hands: Hands
) -> None:
    before = hands.tiles()
    hands.do("key", "ctrl+k")
    hands.do("type", "--delay", "50", "C07")
    hands.drag(_found_at_rest(hands, "C07"), before["C02"])
    until(lambda: hands.tiles() != before, 10)
    assert hands.tiles()["C07"] == before["C02"]
    close(window, hands)
