"""Programs that outlive this one, or start with the machine, on Linux and Windows.

On Linux a systemd unit: the machine's own for root, else the user's, with lingering, so that it
runs with nobody signed in. On Windows a scheduled task. Knows no station.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app import platform


def start_detached(command: Sequence[str], folder: Path) -> int:
    """Start a program that outlives this one: no terminal, no open file, no pipe of ours. Its pid.

    `command` is seen by every user of the machine: no secrets. Raises OSError.
    """
    if sys.platform == "win32":
        import subprocess

        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        process = subprocess.Popen(
            command, cwd=folder, creationflags=flags, close_fds=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        process.returncode = 0  # nobody waits for it
        return process.pid
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return os.posix_spawn(
        command[0],
        tuple(command),
        os.environ,
        file_actions=actions,
        setsid=True,
        setsigmask=(),
        setsigdef=(signal.SIGINT, signal.SIGTERM, signal.SIGPIPE),
    )


def has_ended(pid: int) -> bool:
    """Whether a program that `start_detached` started has ended; then it is forgotten."""
    if sys.platform == "win32":
        return platform.process_started(pid) is None
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        return True


@dataclass(frozen=True, slots=True)
class Autostart:
    """A program that shall start with the machine and be started again when it fails.

    `name` is an id (`smart-safety-zone-recorder-st1`); no secrets in `command`.
    """

    name: str
    description: str
    command: tuple[str, ...]
    folder: Path

    def unit_text(self, user: str = "") -> str:
        """The systemd unit; `user`: in whose name the machine's own unit runs."""
        lines = [
            "[Unit]",
            f"Description={self.description}",
            "After=network.target time-sync.target",
            "StartLimitIntervalSec=0",
            "",
            "[Service]",
            f"ExecStart={' '.join(_quoted(part) for part in self.command)}",
            f"WorkingDirectory={_percents_doubled(str(self.folder))}",
            "Restart=on-failure",  # refused too: the station's disk may come, another recorder go
            "RestartSec=5",
            "KillSignal=SIGTERM",
            "TimeoutStopSec=20",
            "",
            "[Install]",
            f"WantedBy={'multi-user.target' if user else 'default.target'}",
        ]
        if user:
            lines.insert(lines.index("KillSignal=SIGTERM"), f"User={user}")
        return "\n".join(lines) + "\n"

    def task_text(self, user: str) -> str:
        """The scheduled task for `schtasks /create /xml`: at start-up, again when it fails."""
        arguments = subprocess.list2cmdline(self.command[1:])
        return _TASK.format(
            description=_xml(self.description),
            user=_xml(user),
            command=_xml(self.command[0]),
            arguments=_xml(arguments),
            folder=_xml(str(self.folder)),
        )


Run = Callable[[Sequence[str]], int]


def run_quietly(command: Sequence[str]) -> int:
    """Run a program of the system; its exit code, 127 where there is no such program."""
    if shutil.which(command[0]) is None:
        return 127
    return subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, capture_output=True, timeout=30
    ).returncode


def install_autostart(
    autostart: Autostart, *, run: Run = run_quietly, home: Path | None = None
) -> str:
    """Have it start with the machine, and start it; where that stands. OSError when it cannot be.

    Installed again it replaces what was there.
    """
    if sys.platform == "win32":
        return _install_task(autostart, run)
    path, scope, user = _unit_place(autostart.name, home)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(autostart.unit_text(user), "utf-8")
    if not user and run(["loginctl", "enable-linger"]):
        raise OSError("loginctl enable-linger")
    for step in (["daemon-reload"], ["enable", "--now", path.name]):
        if run(["systemctl", *scope, *step]):
            raise OSError(f"systemctl {' '.join(step)}")
    return str(path)


def remove_autostart(name: str, *, run: Run = run_quietly, home: Path | None = None) -> bool:
    """Start it with the machine no more, and stop it; whether it was installed."""
    if sys.platform == "win32":
        return run(["schtasks", "/delete", "/tn", name, "/f"]) == 0
    path, scope, _ = _unit_place(name, home)
    if not path.exists():
        return False
    run(["systemctl", *scope, "disable", "--now", path.name])
    path.unlink()
    run(["systemctl", *scope, "daemon-reload"])
    return True


def _unit_place(name: str, home: Path | None) -> tuple[Path, list[str], str]:
    """The unit's file, systemctl's scope, and the user of a unit of the machine's own."""
    if sys.platform != "win32" and os.getuid() == 0 and home is None:
        user = os.environ.get("SUDO_USER") or "root"
        return Path("/etc/systemd/system") / f"{name}.service", [], user
    config = (home or Path.home()) / ".config/systemd/user"
    return config / f"{name}.service", ["--user"], ""


def _install_task(autostart: Autostart, run: Run) -> str:
    path = autostart.folder / f"{autostart.name}.xml"
    path.write_text(autostart.task_text(platform.user_name()), "utf-16")
    try:
        if run(["schtasks", "/create", "/tn", autostart.name, "/xml", str(path), "/f"]):
            raise OSError("schtasks /create")
    finally:
        path.unlink()
    run(["schtasks", "/run", "/tn", autostart.name])
    return autostart.name


def _quoted(part: str) -> str:
    """An argument as systemd.service(5) reads it: quoted, `%` and `$` doubled."""
    escaped = _percents_doubled(part).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped.replace("$", "$$")}"'


def _percents_doubled(text: str) -> str:
    return text.replace("%", "%%")


def _xml(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# Task Scheduler schema 1.2; S4U: with nobody signed in, and no password stored.
_TASK = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>{description}</Description></RegistrationInfo>
  <Triggers><BootTrigger><Enabled>true</Enabled></BootTrigger></Triggers>
  <Principals><Principal id="Author"><UserId>{user}</UserId><LogonType>S4U</LogonType>
  </Principal></Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author"><Exec>
    <Command>{command}</Command><Arguments>{arguments}</Arguments>
    <WorkingDirectory>{folder}</WorkingDirectory>
  </Exec></Actions>
</Task>
"""
