"""A console in a process of its own, which tests may end in every way."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


class Console:
    """The child process, and what it said."""

    def __init__(self, how: str, kind: str) -> None:
        self.said = ""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.video.console_child", how, kind],
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

    def kill(self) -> None:
        """As when the system takes it: no word of its own any more."""
        self._process.kill()
        self._process.wait()

    @property
    def workers(self) -> list[int]:
        """The processes of its decode workers; none before all run."""
        said = [line.split() for line in self.said.splitlines() if line.startswith("workers ")]
        return [int(pid) for pid in said[0][1:]] if said else []

    def close(self) -> None:
        self.kill()
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
