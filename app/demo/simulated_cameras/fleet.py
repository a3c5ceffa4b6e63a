"""The console's handle on its simulated cameras, which live in one process of their own.

Imported at the console's start: nothing here may import cv2 or av.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras.orders import NOT_POSSIBLE, Order
from app.demo.simulated_cameras.sockets import LOOPBACK, Sockets
from app.demo.simulated_cameras.spec import CameraSpec, Fault, FaultSettings, stream_path
from app.errors import KnownError, msg

_ANSWER_DEADLINE_S = 5.0


class SimulatedFleet:
    """Simulated cameras on loopback.

    `start` returns at once: the socket is bound here and handed over, so a viewer who comes before
    the process is ready waits in the backlog (under a second) and is refused nowhere.
    """

    def __init__(
        self,
        specs: Sequence[CameraSpec],
        *,
        port: int = 0,
        own_ports: bool = False,
        send_log: Path | None = None,
    ) -> None:
        """Cameras as specified, on `port` if it is free, else (or with 0) on any free one.

        With `own_ports` each camera has a port of its own too, which `url` names; only such a
        camera can refuse connections, on the port of all it hangs up.
        Each picture's number and time of sending is appended to the file or pipe `send_log`; the
        module `send_log` says how.
        """
        self._specs = tuple(specs)
        self._ids = frozenset(spec.camera_id for spec in specs)
        self._wanted_port = port
        self._own_ports = own_ports
        self._ports: dict[str, int] = {}
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
        sockets = Sockets.bound(self._wanted_port, self._ids if self._own_ports else ())
        self.base_url = f"rtsp://{LOOPBACK}:{sockets.shared_port}"
        self._ports = sockets.ports()
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(
            target=_run_child,
            args=(self._specs, sockets, theirs, self._send_log),
            name="simulated cameras",
        )
        self._process.start()
        theirs.close()
        sockets.close()  # else viewers would hang, not be refused, when the process is gone
        return self.base_url

    def url(self, camera_id: str, kind: StreamKind) -> str:
        """Where a stream is served, without name and password."""
        port = self._ports.get(camera_id)
        base = self.base_url if port is None else f"rtsp://{LOOPBACK}:{port}"
        return base + stream_path(camera_id, kind)

    @property
    def pid(self) -> int | None:
        """The process that plays the cameras."""
        return self._process.pid if self._process is not None else None

    def wait_until_ready(self, deadline_s: float = _ANSWER_DEADLINE_S) -> bool:
        """Wait until the cameras answer. Not needed before connecting to them."""
        with self._one_order:
            return self._hear_ready(deadline_s)

    def fault(self, camera_id: str, fault: Fault, settings: FaultSettings | None = None) -> None:
        """Give a camera a fault in place of the one it has; it is in force on return.

        Raises `KnownError` if the cameras are gone, or this one cannot have the fault.
        """
        self.order(Order(camera_id, fault, settings or FaultSettings()))

    def heal(self, camera_id: str) -> None:
        """Make a camera healthy again."""
        self.order(Order(camera_id, None))

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

    def order(self, order: Order) -> None:
        """Have an order carried out, as `fault` and `heal` do."""
        if not {order.camera_id, order.settings.to_camera or order.camera_id} <= self._ids:
            raise KeyError(order.camera_id)
        if self._asked(order.to_bytes()) == NOT_POSSIBLE:
            raise _not_possible()

    def _asked(self, order: bytes) -> bytes:
        with self._one_order:
            try:
                if not self._hear_ready(_ANSWER_DEADLINE_S) or self._pipe is None:
                    raise _not_running()
                self._pipe.send_bytes(order)
                if not self._pipe.poll(_ANSWER_DEADLINE_S):
                    raise _not_running()
                return self._pipe.recv_bytes()
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


def _not_possible() -> KnownError:
    return KnownError(
        msg("A camera that shows a video file sends it as it is."),
        safe=msg("The camera goes on as before."),
        do=msg("Choose a fault that changes neither size, rate nor codec, or a drawn camera."),
    )


def _run_child(
    specs: Sequence[CameraSpec],
    sockets: Sockets,
    pipe: Connection,
    send_log: Path | None,
) -> None:
    from app.demo.simulated_cameras.child import serve_for_console  # cv2 and av: only in the child

    serve_for_console(specs, sockets, pipe, send_log)
