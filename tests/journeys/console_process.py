"""The console as a process of its own, started as a person starts it, watched from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


class ConsoleProcess:
    """`python main.py --station DIR` in a session of its own, so that its children can be found."""

    def __init__(
        self, station: Path, output: Path, *command: str, env: Mapping[str, str] | None = None
    ) -> None:
        self._output = output.open("ab")
        started = command or (sys.executable, "main.py", "--station", str(station))
        self._process = subprocess.Popen(
            started,
            cwd=REPOSITORY,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.session = self._process.pid

    def end(self, number: signal.Signals, within_s: float = 20.0) -> tuple[int, float]:
        """Send a signal; the exit code, and how long the process took to go."""
        began_s = time.monotonic()
        self._process.send_signal(number)
        code = self._process.wait(within_s)
        return code, time.monotonic() - began_s

    def wait(self, within_s: float = 20.0) -> int:
        """The exit code of a process that ends by itself."""
        return self._process.wait(within_s)

    def is_running(self) -> bool:
        return self._process.poll() is None

    def family(self) -> list[int]:
        """The processes of its session that still live: itself and all that it started."""
        found = []
        for status in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = status.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has just ended
            if int(fields[3]) == self.session and fields[0] != "Z":
                found.append(int(status.parent.name))
        return found

    def close(self) -> None:
        """Whatever is left of it goes, by the ids of its own session."""
        for pid in self.family():
            os.kill(pid, signal.SIGKILL)
        self._process.wait()
        self._output.close()
