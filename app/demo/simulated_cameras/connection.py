"""One viewer's connection: RTSP requests in order, and the pictures that play on it."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.demo.simulated_cameras.behaviour import Answer, Behaviour
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
from app.demo.simulated_cameras.stream import Stream, Viewer

HEAD_MAX_BYTES = 16_384
_METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, GET_PARAMETER, SET_PARAMETER, TEARDOWN"
_SOCKET_BUFFER_BYTES = 262_144
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Camera:
    """A camera as served: its streams by path, and its doorkeeper."""

    camera_id: str
    streams: Mapping[str, Stream]
    doorkeeper: Doorkeeper

    @property
    def behaviour(self) -> Behaviour:
        """How it behaves now; its streams behave alike."""
        return next(iter(self.streams.values())).behaviour


class Cameras(Protocol):
    """Where a connection finds the cameras."""

    def camera_at(self, path: str) -> Camera | None:
        """The camera that serves a path."""
        ...

    def elsewhere(self, camera: Camera, path: str, port: int) -> str:
        """The URL to which a camera sends who asked at `port` for `path`."""
        ...


class Connection:
    """One TCP connection and the session that plays on it."""

    def __init__(
        self,
        cameras: Cameras,
        camera: Camera | None,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        """`camera` is the one whose port was called; None where they share a port."""
        self.camera = camera
        self._cameras = cameras
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
        camera = self._cameras.camera_at(request.path)
        if camera is None:
            if self.camera is not None and self.camera.behaviour.answer is not Answer.GIVE:
                return self.camera.behaviour.answer is not Answer.HANG_UP
            status = 200 if request.method == "OPTIONS" and not request.path.strip("*") else 404
            self._reply(request, status, {"Public": _METHODS} if status == 200 else None)
            return True
        self.camera = camera
        stream = camera.streams[request.path]
        if camera.behaviour.answer in (Answer.HANG_UP, Answer.STAY_SILENT):
            return camera.behaviour.answer is Answer.STAY_SILENT
        if request.method != "OPTIONS" and not camera.doorkeeper.lets_in(request):
            self._reply(request, 401, {"WWW-Authenticate": camera.doorkeeper.challenge()})
            return True
        if request.method == "DESCRIBE" and camera.behaviour.answer is Answer.REDIRECT:
            port = int(self._writer.get_extra_info("sockname")[1])
            location = self._cameras.elsewhere(camera, request.path, port)
            self._reply(request, 302, {"Location": location})
            return True
        return await self._handle(request, stream)

    async def _handle(self, request: Request, stream: Stream) -> bool:
        match request.method:
            case "OPTIONS":
                self._reply(request, 200, {"Public": _METHODS})
            case "DESCRIBE":
                await self._describe(request, stream)
            case "SETUP":
                self._set_up(request, stream)
            case "PLAY" | "PAUSE" | "GET_PARAMETER" | "SET_PARAMETER" | "TEARDOWN":
                return self._in_session(request)
            case _:
                self._reply(request, 501)
        return True

    async def _describe(self, request: Request, stream: Stream) -> None:
        try:
            sets = await stream.parameter_sets()
        except (OSError, ValueError) as broken:  # a clip that is gone or is no video
            _log.warning("%s: %s", stream.name, broken)
            self._reply(request, 404)
            return
        sdp = description(stream.name, sets, stream.fps)
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
    return min(int(length), HEAD_MAX_BYTES) if length.isdecimal() else 0
