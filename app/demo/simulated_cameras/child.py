"""The process that plays the cameras: builds them, serves, leaves when its console is gone."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import cv2

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras.clip_source import ClipSource
from app.demo.simulated_cameras.connection import Camera
from app.demo.simulated_cameras.doorkeeper import Doorkeeper
from app.demo.simulated_cameras.drawn_source import DrawnSource, Painter
from app.demo.simulated_cameras.orders import DONE, NOT_POSSIBLE, Order
from app.demo.simulated_cameras.rtsp_server import NotPossibleError, RtspServer
from app.demo.simulated_cameras.scene_picture import ScenePainter
from app.demo.simulated_cameras.send_log import SendLog
from app.demo.simulated_cameras.sockets import Sockets
from app.demo.simulated_cameras.sources import Source
from app.demo.simulated_cameras.spec import (
    CameraSpec,
    ClipContent,
    SceneContent,
    StreamSize,
    stream_path,
)
from app.demo.simulated_cameras.stamp_picture import StampPainter
from app.demo.simulated_cameras.stream import Stream
from app.platform import lower_priority

_LEAVE_DEADLINE_S = 1.5


def serve_for_console(
    specs: Sequence[CameraSpec], sockets: Sockets, pipe: Connection, send_log: Path | None
) -> None:
    """The child's whole life: serve, obey the pipe, leave when it closes. Then does not return:
    Python would take libraries down that nobody needs taken down, while the console waits.
    """
    lower_priority()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the console's; the pipe tells us
    cv2.setNumThreads(1)  # one thread a stream is plenty; a pool only burns what it waits with
    sent = SendLog(send_log) if send_log is not None else None
    asyncio.run(_serve(build_cameras(specs, sent), sockets, pipe))
    if sent is not None:
        sent.close()
    os._exit(0)


def build_cameras(specs: Sequence[CameraSpec], sent: SendLog | None = None) -> list[Camera]:
    """The cameras of the specs, ready to be served. Nothing is drawn yet."""
    return [_camera(spec, number, sent) for number, spec in enumerate(specs)]


def _camera(spec: CameraSpec, number: int, sent: SendLog | None) -> Camera:
    streams = {
        stream_path(spec.camera_id, kind): Stream(
            f"{spec.camera_id} {kind.value}",
            _source(spec, kind, number),
            clock_offset_s=spec.clock_offset_s,
            waits_for_keyframe=spec.waits_for_keyframe,
            on_sent=partial(sent.note, number, kind) if sent is not None else None,
        )
        for kind in StreamKind
    }
    doorkeeper = Doorkeeper(spec.login, spec.username, spec.password)
    return Camera(spec.camera_id, streams, doorkeeper)


def _source(spec: CameraSpec, kind: StreamKind, number: int) -> Source:
    if isinstance(spec.content, ClipContent):
        return ClipSource(spec.content.path)

    def painter_of(size: StreamSize) -> Painter:
        if isinstance(spec.content, SceneContent):
            return ScenePainter(spec.content, size, spec.name_th, spec.clock_offset_s)
        return StampPainter(size, number)

    return DrawnSource(painter_of, spec.size(kind), keyframe_every_s=spec.keyframe_every_s)


async def _serve(cameras: Sequence[Camera], sockets: Sockets, pipe: Connection) -> None:
    server = RtspServer(cameras)
    await server.start(sockets.shared, sockets.own)
    leave = asyncio.Event()
    loop = asyncio.get_running_loop()
    obeying = threading.Thread(
        target=_obey, args=(pipe, server, loop, leave), name="console's pipe", daemon=True
    )
    obeying.start()
    await leave.wait()
    doomed = threading.Timer(_LEAVE_DEADLINE_S, os._exit, args=(0,))  # nothing may keep us here
    doomed.daemon = True
    doomed.start()
    await server.close()


def _obey(
    pipe: Connection, server: RtspServer, loop: asyncio.AbstractEventLoop, leave: asyncio.Event
) -> None:
    """Carry out what the console says, one answer each, until its end of the pipe closes."""
    try:
        pipe.send_bytes(b"ready")
        while True:
            order = Order.from_bytes(pipe.recv_bytes())
            done = asyncio.run_coroutine_threadsafe(server.obey(order), loop)
            try:
                done.result()
            except NotPossibleError:
                pipe.send_bytes(NOT_POSSIBLE)
            else:
                pipe.send_bytes(DONE)
    except (EOFError, OSError, CancelledError):
        loop.call_soon_threadsafe(leave.set)
