"""The process that plays the cameras: builds them, serves, leaves when its console is gone."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import threading
from collections.abc import Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import cv2

from app.cameras.camera import StreamKind
from app.demo.simulated_cameras.clip_source import ClipSource
from app.demo.simulated_cameras.doorkeeper import Doorkeeper
from app.demo.simulated_cameras.drawn_source import DrawnSource, Painter
from app.demo.simulated_cameras.rtsp_server import Camera, RtspServer
from app.demo.simulated_cameras.scene_picture import ScenePainter
from app.demo.simulated_cameras.send_log import SendLog
from app.demo.simulated_cameras.sources import Source
from app.demo.simulated_cameras.spec import (
    CameraSpec,
    ClipContent,
    Fault,
    SceneContent,
    stream_path,
)
from app.demo.simulated_cameras.stamp_picture import StampPainter
from app.demo.simulated_cameras.stream import Stream
from app.station.platform import lower_priority

_LEAVE_DEADLINE_S = 1.5


def serve_for_console(
    specs: Sequence[CameraSpec],
    listening: socket.socket,
    pipe: Connection,
    send_log: Path | None = None,
) -> None:
    """The child's whole life: serve, obey the pipe, leave when it closes."""
    lower_priority()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the console's; the pipe tells us
    cv2.setNumThreads(1)  # one thread a stream is plenty; a pool only burns what it waits with
    sent = SendLog(send_log) if send_log is not None else None
    asyncio.run(_serve(build_cameras(specs, sent), listening, pipe))
    if sent is not None:
        sent.close()


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
    fps = {stream_path(spec.camera_id, kind): spec.size(kind).fps for kind in StreamKind}
    doorkeeper = Doorkeeper(spec.login, spec.username, spec.password)
    return Camera(spec.camera_id, streams, fps, doorkeeper)


def _source(spec: CameraSpec, kind: StreamKind, number: int) -> Source:
    if isinstance(spec.content, ClipContent):
        return ClipSource(spec.content.path)
    size = spec.size(kind)
    painter: Painter
    if isinstance(spec.content, SceneContent):
        painter = ScenePainter(spec.content, size, spec.name_th, spec.clock_offset_s)
    else:
        painter = StampPainter(size, number)
    return DrawnSource(painter, size, keyframe_every_s=spec.keyframe_every_s)


async def _serve(cameras: Sequence[Camera], listening: socket.socket, pipe: Connection) -> None:
    server = RtspServer(cameras)
    await server.start(listening)
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
            order = json.loads(pipe.recv_bytes())
            fault = Fault(order["fault"]) if order["fault"] else None
            done = threading.Event()
            loop.call_soon_threadsafe(_carry_out, server, order["camera"], fault, done)
            done.wait()
            pipe.send_bytes(b"done")
    except (EOFError, OSError):
        loop.call_soon_threadsafe(leave.set)


def _carry_out(
    server: RtspServer, camera_id: str, fault: Fault | None, done: threading.Event
) -> None:
    server.set_fault(camera_id, fault)
    done.set()
