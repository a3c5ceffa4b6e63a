"""An RTSP 1.0 server: many streams on one port, pictures on the same connection. Draws nothing."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.demo.simulated_cameras.behaviour import Answer, behaviour_of
from app.demo.simulated_cameras.doorkeeper import Doorkeeper
from app.demo.simulated_cameras.rtp import PacketWriter
from app.demo.simulated_cameras.rtsp_message import (
    TRACK,
    BadRequestError,
    Request,
    description,
    interleaved_channels,
    parse_request,
    response,
)
from app.demo.simulated_cameras.spec import Fault
from app.demo.simulated_cameras.stream import Stream, Viewer

_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN"
_HEAD_MAX_BYTES = 16_384
_SOCKET_BUFFER_BYTES = 262_144
_LAST_WORD_S = 0.2  # for connections that were hung up on to end by themselves
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera as served: its streams by path, its rate for the SDP, and its doorkeeper."""

    camera_id: str
    streams: Mapping[str, Stream]
    fps: Mapping[str, float]
    doorkeeper: Doorkeeper


class RtspServer:
    """Serves cameras on one listening socket until closed."""

    def __init__(self, cameras: Sequence[Camera]) -> None:
        self._cameras = {camera.camera_id: camera for camera in cameras}
        self._by_path = {path: camera for camera in cameras for path in camera.streams}
        self._connections: set[_Connection] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._closing = False

    async def start(self, listening: socket.socket) -> None:
        """Answer on `listening`, which is bound already."""
        self._server = await asyncio.start_server(
            self._on_connection, sock=listening, limit=_HEAD_MAX_BYTES
        )

    async def close(self) -> None:
        """Hang up on everybody and stop all sources."""
        if self._server is not None:
            self._server.close()
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

    def set_fault(self, camera_id: str, fault: Fault | None) -> None:
        """Give a camera a fault, or heal it. Raises KeyError for a camera that is not there."""
        camera = self._cameras[camera_id]
        behaviour = behaviour_of(fault)
        for stream in camera.streams.values():
            stream.behave(behaviour)
        if not behaviour.keeps_connections:
            for connection in tuple(self._connections):
                if connection.camera is camera:
                    connection.hang_up()

    def camera_at(self, path: str) -> Camera | None:
        """The camera that serves a path."""
        return self._by_path.get(path)

    async def _on_connection(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        connection = _Connection(self, reader, writer)
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


class _Connection:
    """One TCP connection: requests in order, and the pictures of the session that plays on it."""

    def __init__(
        self, server: RtspServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.camera: Camera | None = None
        self._server = server
        self._reader = reader
        self._writer = writer
        self._session = ""
        self._stream: Stream | None = None
        self._viewer: Viewer | None = None
        self._sending: asyncio.Task[None] | None = None
        writer.transport.set_write_buffer_limits(_SOCKET_BUFFER_BYTES)

    async def serve(self) -> None:
        while (head := await self._next_head()) is not None:
            try:
                request = parse_request(head)
            except BadRequestError:
                self._writer.write(response(None, 400))
                return
            await self._reader.readexactly(_body_bytes(request))
            if not await self._answer(request):
                return
            await self._writer.drain()

    def hang_up(self) -> None:
        """Close at once; what was not sent yet is lost, as with a camera whose plug is pulled."""
        self._stop_playing()
        self._writer.transport.abort()

    def end(self) -> None:
        """Stop playing and close once the last answer is out."""
        self._stop_playing()
        self._writer.close()

    async def _next_head(self) -> bytes | None:
        while first := await self._reader.read(1):
            if first != b"$":
                return first + await self._reader.readuntil(b"\r\n\r\n")
            frame = await self._reader.readexactly(3)  # the viewer's own reports: read, not used
            await self._reader.readexactly(int.from_bytes(frame[1:], "big"))
        return None

    async def _answer(self, request: Request) -> bool:
        camera = self._server.camera_at(request.path)
        if camera is None:
            status = 200 if request.method == "OPTIONS" and not request.path.strip("*") else 404
            self._reply(request, status, {"Public": _METHODS} if status == 200 else None)
            return True
        self.camera = camera
        stream = camera.streams[request.path]
        if stream.behaviour.answer is Answer.HANG_UP:
            return False
        if request.method != "OPTIONS" and not camera.doorkeeper.lets_in(request):
            self._reply(request, 401, {"WWW-Authenticate": camera.doorkeeper.challenge()})
            return True
        return await self._handle(request, camera, stream)

    async def _handle(self, request: Request, camera: Camera, stream: Stream) -> bool:
        match request.method:
            case "OPTIONS":
                self._reply(request, 200, {"Public": _METHODS})
            case "DESCRIBE":
                await self._describe(request, camera, stream)
            case "SETUP":
                self._set_up(request, stream)
            case "PLAY" | "PAUSE" | "GET_PARAMETER" | "SET_PARAMETER" | "TEARDOWN":
                return self._in_session(request)
            case _:
                self._reply(request, 501)
        return True

    async def _describe(self, request: Request, camera: Camera, stream: Stream) -> None:
        try:
            sets = await stream.parameter_sets()
        except (OSError, ValueError) as broken:  # a clip that is gone or is no H.264 video
            _log.warning("%s: %s", stream.name, broken)
            self._reply(request, 404)
            return
        sdp = description(stream.name, sets, camera.fps[request.path])
        base = request.url.split("?")[0].rstrip("/") + "/"
        headers = {"Content-Base": base, "Content-Type": "application/sdp"}
        self._reply(request, 200, headers, sdp)

    def _set_up(self, request: Request, stream: Stream) -> None:
        channels = interleaved_channels(request.headers.get("transport", ""))
        if channels is None:
            self._reply(request, 461)
            return
        if self._viewer is not None:
            self._reply(request, 455)
            return
        self._session = self._session or secrets.token_hex(8)
        self._stream = stream
        ssrc = secrets.randbits(32)
        self._viewer = Viewer(
            PacketWriter(
                rtp_channel=channels[0],
                rtcp_channel=channels[1],
                ssrc=ssrc,
                first_number=secrets.randbits(16),
            )
        )
        transport = f"RTP/AVP/TCP;unicast;interleaved={channels[0]}-{channels[1]};ssrc={ssrc:08X}"
        self._reply(
            request, 200, {"Transport": transport, "Session": f"{self._session};timeout=60"}
        )

    def _in_session(self, request: Request) -> bool:
        given = request.headers.get("session", "").split(";")[0]
        if request.method == "GET_PARAMETER" and not given:
            self._reply(request, 200)
            return True
        if self._stream is None or self._viewer is None or given != self._session:
            self._reply(request, 454)
            return True
        headers = {"Session": self._session}
        if request.method == "PLAY":
            headers["Range"] = "npt=now-"
            headers["RTP-Info"] = (
                f"url={request.url.rstrip('/')}/{TRACK};seq={self._viewer.packets.next_number}"
            )
        self._reply(request, 200, headers)
        if request.method == "PLAY":
            self._play(self._stream, self._viewer)
        elif request.method in ("PAUSE", "TEARDOWN"):
            self._stop_playing()
        return request.method != "TEARDOWN"

    def _play(self, stream: Stream, viewer: Viewer) -> None:
        if self._sending is not None:
            return
        stream.add(viewer)
        self._sending = asyncio.create_task(stream.send(viewer, self._writer))
        self._sending.add_done_callback(self._on_sending_done)

    def _on_sending_done(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and task.exception() is not None:
            self._writer.transport.abort()  # the viewer is gone; the reader ends with it

    def _stop_playing(self) -> None:
        if self._sending is not None:
            self._sending.cancel()
            self._sending = None
        if self._stream is not None and self._viewer is not None:
            self._stream.remove(self._viewer)
            self._viewer.interrupt()

    def _reply(
        self,
        request: Request,
        status: int,
        headers: Mapping[str, str] | None = None,
        body: str = "",
    ) -> None:
        self._writer.write(response(request, status, headers, body))


def _body_bytes(request: Request) -> int:
    length = request.headers.get("content-length", "0")
    return min(int(length), _HEAD_MAX_BYTES) if length.isdecimal() else 0
