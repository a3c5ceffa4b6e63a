"""An RTSP 1.0 server: all cameras on one port, and each on its own if wanted. Draws nothing."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Mapping, Sequence

from app.demo.simulated_cameras.behaviour import behaviour_of
from app.demo.simulated_cameras.connection import HEAD_MAX_BYTES, Camera, Connection
from app.demo.simulated_cameras.door import Door
from app.demo.simulated_cameras.orders import Order

_LAST_WORD_S = 0.2  # for connections that were hung up on to end by themselves
_log = logging.getLogger(__name__)


class NotPossibleError(ValueError):
    """The camera cannot have that fault: it sends a clip as it is."""


class RtspServer:
    """Serves cameras until closed."""

    def __init__(self, cameras: Sequence[Camera]) -> None:
        self._cameras = {camera.camera_id: camera for camera in cameras}
        self._by_path = {path: camera for camera in cameras for path in camera.streams}
        self._doors: dict[str, Door] = {}  # by camera id; "" is the one all share
        self._connections: set[Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closing = False

    async def start(
        self, shared: socket.socket, own: Mapping[str, socket.socket] | None = None
    ) -> None:
        """Answer on `shared`, and for each camera id in `own` on that too; all listen already."""
        for camera_id, listening in {"": shared, **(own or {})}.items():
            camera = self._cameras.get(camera_id)

            async def serve(
                reader: asyncio.StreamReader,
                writer: asyncio.StreamWriter,
                camera: Camera | None = camera,
            ) -> None:
                await self._serve(Connection(self, camera, reader, writer))

            door = self._doors[camera_id] = Door(listening, serve, line_max_bytes=HEAD_MAX_BYTES)
            await door.open()

    async def close(self) -> None:
        """Hang up on everybody and stop all sources."""
        for door in self._doors.values():
            door.close()
        for connection in tuple(self._connections):
            connection.hang_up()
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=_LAST_WORD_S)
        self._closing = True
        for task in tuple(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=_LAST_WORD_S)
        for camera in self._cameras.values():
            for stream in camera.streams.values():
                stream.close()

    async def obey(self, order: Order) -> None:
        """Give a camera a fault, or heal it. Raises KeyError for a camera that is not there,
        `NotPossibleError` for one that cannot have the fault.
        """
        camera = self._cameras[order.camera_id]
        before, behaviour = camera.behaviour, behaviour_of(order.fault, order.settings)
        if behaviour.needs_encoder and not all(one.encodes for one in camera.streams.values()):
            raise NotPossibleError(order.camera_id)
        door = self._doors.get(order.camera_id)
        if door is not None and not behaviour.listens:
            door.shut()
        camera.doorkeeper.want(behaviour.password)
        for stream in camera.streams.values():
            stream.behave(behaviour)
        if behaviour.ends_sessions or before.ends_sessions:
            self._hang_up_on_viewers_of(camera)
        if door is not None and behaviour.listens:
            await door.open()

    def camera_at(self, path: str) -> Camera | None:
        """The camera that serves a path."""
        return self._by_path.get(path)

    def elsewhere(self, camera: Camera, path: str, port: int) -> str:
        """The URL to which a camera sends who asked at `port` for `path`; itself if not told."""
        target = camera.behaviour.settings.to_camera or camera.camera_id
        if port != self._doors[""].port and target in self._doors:
            port = self._doors[target].port
        kind = path.rpartition("/")[2]
        return f"rtsp://127.0.0.1:{port}/{target}/{kind}"

    def _hang_up_on_viewers_of(self, camera: Camera) -> None:
        for connection in tuple(self._connections):
            if connection.camera is camera:
                connection.hang_up()

    async def _serve(self, connection: Connection) -> None:
        self._connections.add(connection)
        task = asyncio.current_task()
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        try:
            await connection.serve()
        except asyncio.CancelledError:
            if not self._closing:  # asyncio's own callback would print a traceback for it
                raise
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as gone:
            _log.debug("connection ended: %s", type(gone).__name__)
        finally:
            self._connections.discard(connection)
            connection.end()
