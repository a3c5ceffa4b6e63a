"""The console's handle on its simulated cameras, which live in one process of their own.

Imported at the console's start: nothing here may import cv2 or av.
"""

from __future__ import annotations

import json
import multiprocessing
import socket
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras.spec import CameraSpec, Fault, stream_path
from app.errors import KnownError, msg

LOOPBACK = "127.0.0.1"
_BACKLOG = 128
_ANSWER_DEADLINE_S = 5.0


class SimulatedFleet:
    """Simulated cameras on loopback.

    `start` returns at once: the socket is bound here and handed over, so a viewer who comes before
    the process is ready waits in the backlog (under a second) and is refused nowhere.
    """

    def __init__(
        self, specs: Sequence[CameraSpec], *, port: int = 0, send_log: Path | None = None
    ) -> None:
        """Cameras as specified, on `port` if it is free, else (or with 0) on any free one.

        Each picture's number and time of sending is appended to the file or pipe `send_log`; the
        module `send_log` says how.
        """
        self._specs = tuple(specs)
        self._ids = frozenset(spec.camera_id for spec in specs)
        self._wanted_port = port
        self._send_log = send_log
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._one_order = Lock()
        self._ready = False
        self.base_url = ""

    def start(self) -> str:
        """Start the process; the base URL, such as `rtsp://127.0.0.1:8554`."""
        if self._process is not None:
            raise RuntimeError("the simulated cameras are running already")
        listening = _listening_socket(self._wanted_port)
        self.base_url = f"rtsp://{LOOPBACK}:{listening.getsockname()[1]}"
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(
            target=_run_child,
            args=(self._specs, listening, theirs, self._send_log),
            name="simulated cameras",
        )
        self._process.start()
        theirs.close()
        listening.close()  # else viewers would hang, not be refused, when the process is gone
        return self.base_url

    def url(self, camera_id: str, kind: StreamKind) -> str:
        """Where a stream is served, without name and password."""
        return self.base_url + stream_path(camera_id, kind)

    @property
    def pid(self) -> int | None:
        """The process that plays the cameras."""
        return self._process.pid if self._process is not None else None

    def wait_until_ready(self, deadline_s: float = _ANSWER_DEADLINE_S) -> bool:
        """Wait until the cameras answer. Not needed before connecting to them."""
        with self._one_order:
            return self._hear_ready(deadline_s)

    def fault(self, camera_id: str, fault: Fault) -> None:
        """Give a camera a fault; it is in force on return. Raises `KnownError` if they are gone."""
        self._order(camera_id, fault)

    def heal(self, camera_id: str) -> None:
        """Make a camera healthy again."""
        self._order(camera_id, None)

    def stop(self, deadline_s: float = 2.0) -> bool:
        """End the process, killed if it takes longer than `deadline_s`; whether it left by itself.

        May be called twice, and from another thread than the one that gave the last order.
        """
        process, self._process = self._process, None
        if process is None:
            return True
        if self._pipe is not None:
            self._pipe.close()  # that is the word to leave
        process.join(deadline_s)
        left_by_itself = process.exitcode is not None
        if not left_by_itself:
            process.kill()
            process.join()
        process.close()
        return left_by_itself

    def wait_until_gone(self) -> None:
        """Wait until the process ends, for a program that does nothing else."""
        if self._process is not None:
            self._process.join()

    def _order(self, camera_id: str, fault: Fault | None) -> None:
        if camera_id not in self._ids:
            raise KeyError(camera_id)
        order = json.dumps({"camera": camera_id, "fault": fault.value if fault else None})
        with self._one_order:
            try:
                if not self._hear_ready(_ANSWER_DEADLINE_S) or self._pipe is None:
                    raise _not_running()
                self._pipe.send_bytes(order.encode())
                if not self._pipe.poll(_ANSWER_DEADLINE_S):
                    raise _not_running()
                self._pipe.recv_bytes()
            except (EOFError, OSError) as gone:
                raise _not_running() from gone

    def _hear_ready(self, deadline_s: float) -> bool:
        if self._pipe is None or self._pipe.closed:
            return False
        if not self._ready and self._pipe.poll(deadline_s):
            self._pipe.recv_bytes()
            self._ready = True
        return self._ready


def _not_running() -> KnownError:
    return KnownError(
        msg("The simulated cameras are not running."),
        safe=msg("The station's log and recordings are not affected."),
        do=msg("Close the demo station and open it again."),
    )


def _listening_socket(wanted_port: int) -> socket.socket:
    try:
        return socket.create_server((LOOPBACK, wanted_port), backlog=_BACKLOG)
    except OSError:
        if wanted_port == 0:
            raise
        return socket.create_server((LOOPBACK, 0), backlog=_BACKLOG)  # another program has it


def _run_child(
    specs: Sequence[CameraSpec],
    listening: socket.socket,
    pipe: Connection,
    send_log: Path | None,
) -> None:
    from app.demo.simulated_cameras.child import serve_for_console  # cv2 and av: only in the child

    serve_for_console(specs, listening, pipe, send_log)
