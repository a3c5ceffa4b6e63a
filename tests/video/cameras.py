"""Cameras for tests: a real RTSP server that is not ours, and small ones that misbehave."""

from __future__ import annotations

import base64
import hashlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import av
import numpy as np

from app.cameras.address import CameraAddress, parse_camera_address

WIDTH_PX, HEIGHT_PX, FPS = 640, 360, 15
CORNERS_RGB = ((220, 30, 30), (30, 200, 30), (30, 30, 220), (220, 220, 220))


def until(condition: Callable[[], object], within_s: float = 5.0) -> float:
    """Wait until the condition holds; how long that took. Fails the test after `within_s`."""
    began_s = time.monotonic()
    pause = threading.Event()
    while not condition():
        assert time.monotonic() - began_s < within_s, f"not so within {within_s} s"
        pause.wait(0.01)
    return time.monotonic() - began_s


def make_clip(path: Path, seconds: int = 4) -> None:
    """H.264, four coloured quarters and a bar that wanders, a keyframe every second."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH_PX, HEIGHT_PX, "yuv420p"
        stream.options = {"g": str(FPS), "bf": "0", "preset": "ultrafast", "tune": "zerolatency"}
        for number in range(seconds * FPS):
            frame = av.VideoFrame.from_ndarray(_picture(number), "rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def _picture(number: int) -> np.ndarray:
    pixels = np.zeros((HEIGHT_PX, WIDTH_PX, 3), np.uint8)
    half_h, half_w = HEIGHT_PX // 2, WIDTH_PX // 2
    for quarter, colour in enumerate(CORNERS_RGB):
        top, left = quarter // 2 * half_h, quarter % 2 * half_w
        pixels[top : top + half_h, left : left + half_w] = colour
    column = number * 7 % (WIDTH_PX - 8)
    pixels[half_h - 10 : half_h + 10, column : column + 8] = 255
    return pixels


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def address_of(port: int, path: str = "/stream", credentials: str = "") -> CameraAddress:
    """A loopback RTSP address."""
    return parse_camera_address(f"rtsp://{credentials}127.0.0.1:{port}{path}")


class RealCamera:
    """A clip looped by aio-rtsp-toolkit in a process of its own, to be frozen and killed."""

    def __init__(self, clip: Path) -> None:
        self._clip = clip
        self.port = free_port()
        self.address = address_of(self.port, f"/{clip.name}?play_count=0")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        ports = ["-p", str(self.port), "-cp", str(free_port())]
        folder = ["-d", str(self._clip.parent), "-H", "127.0.0.1"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "server_demo", *folder, *ports],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self._listens, 15)

    def freeze(self) -> None:
        """Connections stay, new ones are taken by the kernel, nothing is ever sent again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)

    def drop(self) -> None:
        """The camera loses its power."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _listens(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False


class ScriptedCamera:
    """Answers what `reply` says to each request's text; counts connections and requests."""

    def __init__(self, reply: Callable[[str], bytes | None]) -> None:
        self._reply = reply
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self.requests: list[str] = []
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def close(self) -> None:
        for open_socket in (self._server, *self._open):
            with suppress(OSError):
                open_socket.shutdown(socket.SHUT_RDWR)
            open_socket.close()
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                connection = self._server.accept()[0]
            except OSError:
                return
            self._open.append(connection)
            thread = threading.Thread(target=self._talk, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _talk(self, connection: socket.socket) -> None:
        data = b""
        with suppress(OSError):
            while True:
                piece = connection.recv(4096)
                if not piece:
                    break
                data += piece
                while b"\r\n\r\n" in data:
                    request, _, data = data.partition(b"\r\n\r\n")
                    self.requests.append(request.decode())
                    answer = self._reply(self.requests[-1])
                    if answer is None:
                        connection.shutdown(socket.SHUT_RDWR)
                        return
                    connection.sendall(answer)
                    if b"Connection: close" in answer:
                        connection.shutdown(socket.SHUT_RDWR)
                        return
        connection.close()


SDP = (
    "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\n"
    "m=audio 0 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"
    "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\na=control:track1\r\n"
)
SOUND_ONLY = SDP[: SDP.index("m=video")]


def rtsp(request: str, status: str = "200 OK", headers: str = "", body: str = "") -> bytes:
    """An RTSP reply to this request."""
    sequence = re.search(r"CSeq: *(\d+)", request)
    number = sequence[1] if sequence else "0"
    length = f"Content-Length: {len(body)}\r\n" if body else ""
    return f"RTSP/1.0 {status}\r\nCSeq: {number}\r\n{headers}{length}\r\n{body}".encode()


def describes(sdp: str) -> Callable[[str], bytes | None]:
    """A camera that answers everything and never sends a picture."""

    def reply(request: str) -> bytes | None:
        if request.startswith("DESCRIBE"):
            return rtsp(request, headers="Content-Type: application/sdp\r\n", body=sdp)
        if request.startswith("SETUP"):
            transport = "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n"
            return rtsp(request, headers=transport + "Session: 12345678\r\n")
        return rtsp(request, headers="Public: OPTIONS, DESCRIBE, SETUP, PLAY\r\n")

    return reply


def says(status: str) -> Callable[[str], bytes | None]:
    """A camera that answers every DESCRIBE with this status."""
    return lambda request: rtsp(request, status if request.startswith("DESCRIBE") else "200 OK")


class Guarded:
    """A camera behind Digest (RFC 2069 or 7616) or Basic; worked out apart from our own code."""

    def __init__(self, username: str, password: str, challenge: str, *, hang_up: bool = False):
        self._username, self._password = username, password
        self._challenge, self._hang_up = challenge, hang_up
        self.refusals = 0

    def __call__(self, request: str) -> bytes | None:
        if self._is_right(request):
            return describes(SDP)(request)
        if request.startswith("OPTIONS"):
            return rtsp(request)
        self.refusals += 1
        headers = f"WWW-Authenticate: {self._challenge}\r\n"
        headers += "Connection: close\r\n" if self._hang_up else ""
        return rtsp(request, "401 Unauthorized", headers=headers)

    def _is_right(self, request: str) -> bool:
        given = re.search(r"^Authorization: (\w+) (.*)$", request, re.MULTILINE)
        if given is None:
            return False
        if given[1] == "Basic":
            pair = f"{self._username}:{self._password}"
            return base64.b64decode(given[2]).decode() == pair
        field = dict(re.findall(r'(\w+)="?([^",\r]*)"?', given[2]))
        name = "sha256" if field.get("algorithm") == "SHA-256" else "md5"

        def digest(text: str) -> str:
            return hashlib.new(name, text.encode()).hexdigest()

        method, uri = request.split()[0], field["uri"]
        middle = f"{field['nonce']}:"
        if "qop" in field:
            middle += f"{field['nc']}:{field['cnonce']}:{field['qop']}:"
        user = digest(f"{self._username}:{field['realm']}:{self._password}")
        return field["response"] == digest(f"{user}:{middle}{digest(f'{method}:{uri}')}")
