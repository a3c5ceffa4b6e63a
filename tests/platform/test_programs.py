"""Programs that outlive the console or start with the machine: how, without doing it here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Sequence
from pathlib import Path

import pytest

from app import platform
from app.platform.programs import (
    Autostart,
    has_ended,
    install_autostart,
    remove_autostart,
    start_detached,
)
from tests.video.cameras import until

RECORDER = Autostart(
    "recorder-st1", "Recorder", ("/usr/bin/python3", "/srv/it's 100% $mine/main.py"), Path("/srv/x")
)


class System:
    """Notes what would be run."""

    def __init__(self, fails: str = "") -> None:
        self.ran: list[str] = []
        self._fails = fails

    def __call__(self, command: Sequence[str]) -> int:
        self.ran.append(" ".join(command))
        return int(bool(self._fails) and self._fails in self.ran[-1])


def test_a_unit_of_the_user_starts_now_and_with_nobody_signed_in(tmp_path: Path) -> None:
    system = System()
    where = install_autostart(RECORDER, run=system, home=tmp_path)
    text = Path(where).read_text("utf-8")
    assert 'ExecStart="/usr/bin/python3" "/srv/it\'s 100%% $$mine/main.py"' in text
    assert "WantedBy=default.target" in text
    assert "User=" not in text
    assert system.ran == [
        "loginctl enable-linger",
        "systemctl --user daemon-reload",
        "systemctl --user enable --now recorder-st1.service",
    ]
    assert remove_autostart("recorder-st1", run=system, home=tmp_path)
    assert system.ran[3:] == [
        "systemctl --user disable --now recorder-st1.service",
        "systemctl --user daemon-reload",
    ]
    assert not Path(where).exists()
    assert not remove_autostart("recorder-st1", run=system, home=tmp_path)


def test_a_system_without_systemd_says_which_step_it_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="enable --now"):
        install_autostart(RECORDER, run=System("enable --now"), home=tmp_path)


def test_the_machines_own_unit_runs_in_the_name_of_a_user() -> None:
    text = RECORDER.unit_text("nong")
    assert "User=nong" in text
    assert "WantedBy=multi-user.target" in text


def test_the_scheduled_task_is_right_xml_whatever_the_paths_hold() -> None:
    odd = Autostart(
        "r", "a < b", ("C:\\p y\\python.exe", "C:\\a&b\\main.py", "x y"), Path("C:\\a&b")
    )
    root = ElementTree.fromstring(odd.task_text("MUK\\nong").partition("?>")[2])
    space = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
    assert root.find(f".//{space}Command").text == "C:\\p y\\python.exe"
    assert root.find(f".//{space}Arguments").text == 'C:\\a&b\\main.py "x y"'
    assert root.find(f".//{space}BootTrigger") is not None


@pytest.mark.skipif(sys.platform == "win32", reason="sessions are a POSIX thing")
def test_a_detached_program_has_no_terminal_and_outlives_who_started_it(tmp_path: Path) -> None:
    said = tmp_path / "said"
    script = "import os,sys,time,pathlib; p=pathlib.Path(sys.argv[1]);"
    script += "p.write_text(f'{os.getpid()} {os.getsid(0)}'); time.sleep(60)"
    starter = "import sys; from pathlib import Path;"
    starter += "from app.platform.programs import start_detached as s; s(sys.argv[1:], Path())"
    command = [sys.executable, "-c", starter, sys.executable, "-c", script, str(said)]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2], timeout=20)
    until(lambda: said.exists() and said.read_text(), 10)
    pid, session = map(int, said.read_text().split())
    assert pid == session
    assert platform.process_started(pid) is not None
    os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="no zombies there")
def test_a_detached_program_that_ended_leaves_nothing(tmp_path: Path) -> None:
    pid = start_detached([sys.executable, "-c", "pass"], tmp_path)
    until(lambda: has_ended(pid), 10)
    assert platform.process_started(pid) is None
    assert has_ended(pid)
