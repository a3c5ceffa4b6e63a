"""A print service of a test's own: the real cupsd on a socket in a temporary folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_STARTS_WITHIN_S = 15.0
_SERVICE = """
Listen {door}
Browsing Off
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
_FILES = """
ServerRoot {root}
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/spool/tmp
AccessLog {root}/access_log
ErrorLog {root}/error_log
PageLog {root}/page_log
"""


def why_no_cups() -> str:
    """Why there can be no such service here; empty if there can."""
    missing = [one for one in ("lp", "lpstat", "cancel") if shutil.which(one) is None]
    missing += [one for one in ("cupsd", "lpadmin") if _program(one) is None]
    return f"no CUPS here: {', '.join(missing)} missing" if missing else ""


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


@contextmanager
def cups_service(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CupsService]:
    """Running, without a printer; ended at the end. The programs of CUPS ask this one."""
    door = root / "cups.sock"
    for folder in ("spool/tmp", "cache", "state"):
        (root / folder).mkdir(parents=True)
    (root / "cupsd.conf").write_text(_SERVICE.format(door=door))
    (root / "cups-files.conf").write_text(_FILES.format(root=root))
    for folder in (root, *root.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o711)  # its own user has to reach its folder
    program = _program("cupsd")
    assert program is not None
    monkeypatch.setenv("CUPS_SERVER", str(door))
    service = subprocess.Popen(
        [program, "-f", "-c", str(root / "cupsd.conf"), "-s", str(root / "cups-files.conf")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(door)
        yield CupsService()
    finally:
        service.terminate()
        service.wait(10)


def _wait_for(door: Path) -> None:
    until = time.monotonic() + _STARTS_WITHIN_S
    while time.monotonic() < until:
        if door.exists() and _run("lpstat", "-r").returncode == 0:
            return
        time.sleep(0.05)
    pytest.skip("the print service of this computer does not start in a folder of its own")


def _run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    program = _program(name)
    assert program is not None
    return subprocess.run(
        [program, *arguments], capture_output=True, text=True, check=False, timeout=20
    )


class NetworkPrinter:
    """Takes what is sent to a port of this computer, as printers do on port 9100."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.papers: list[bytes] = []
        self._thread = threading.Thread(target=self._serve, name="network-printer")
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return  # switched off
            with connection, connection.makefile("rb") as sent:
                self.papers.append(sent.read())

    def switch_off(self) -> None:
        """Nothing is taken any more."""
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(10)


class CupsService:
    """What an administrator does with printers."""

    def add_printer(self, name: str, port: int) -> None:
        """A printer in the network: it gets what is printed, as it is."""
        device = f"socket://127.0.0.1:{port}/?waiteof=false"
        done = _run("lpadmin", "-p", name, "-E", "-v", device, "-m", "raw")
        assert done.returncode == 0, done.stderr

    def stop_printer(self, name: str, why: str) -> None:
        """As somebody does who repairs it."""
        assert _run("cupsdisable", "-r", why, name).returncode == 0

    def remove_printer(self, name: str) -> None:
        """It is there no more."""
        assert _run("lpadmin", "-x", name).returncode == 0
