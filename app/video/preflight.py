"""Asks a camera whether it would send a picture, before the decoder is let near it. Sockets only.

OpenCV opens one camera at a time per process, so one dead camera would hold up all others for its
whole timeout. This question is asked in parallel and answered within its budget.
"""

from __future__ import annotations

import ipaddress
import queue
import re
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from enum import StrEnum

from app.cameras.address import CameraAddress
from app.video.authentication import Request, authorization

BUDGET_S = 1.5
LARGEST_ANSWER_BYTES = 64 * 1024


class Finding(StrEnum):
    """What the pre-flight found."""

    REACHABLE = "reachable"
    REFUSED = "refused"  # the device is there, nothing listens
    UNREACHABLE = "unreachable"  # no way there, no such name, or a black hole
    SILENT = "silent"  # takes the connection and gives no answer
    NOT_RTSP = "not_rtsp"  # answers in another language
    WRONG_PASSWORD = "wrong_password"
    NO_SUCH_STREAM = "no_such_stream"
    NO_VIDEO = "no_video"
    TURNED_AWAY = "turned_away"  # an error of the camera's own, as when it has too many viewers


@dataclass(frozen=True, slots=True)
class Answer:
    """The finding; the camera's status code and the codec it offers, where it said so."""

    finding: Finding
    status: int | None = None
    codec: str | None = None


class _Found(Exception):  # noqa: N818 - ends the conversation early; not an error
    def __init__(self, finding: Finding, status: int | None = None) -> None:
        super().__init__(finding.value)
        self.answer = Answer(finding, status)


def examine(address: CameraAddress, *, budget_s: float = BUDGET_S) -> Answer:
    """Connect, and ask an RTSP camera to describe its stream; at most `budget_s` seconds.

    A camera over HTTP is only connected to. One that answered, but not in time to the end, counts
    as reachable: the decoder may wait longer than this.
    """
    deadline_s = time.monotonic() + budget_s
    try:
        if not address.is_rtsp:
            _connect(address, deadline_s).close()
            return Answer(Finding.REACHABLE)
        return _ask(address, deadline_s)
    except _Found as found:
        return found.answer


def _ask(address: CameraAddress, deadline_s: float) -> Answer:
    """OPTIONS, DESCRIBE, and DESCRIBE again with the password if the camera wants one."""
    conversation = _Conversation(address, deadline_s)
    try:
        conversation.ask("OPTIONS")
        try:
            reply = conversation.ask("DESCRIBE")
            if reply.status == 401:
                reply = conversation.ask("DESCRIBE", challenges=reply.challenges)
        except _Found as found:
            if found.answer.finding is not Finding.SILENT:
                raise
            return Answer(Finding.REACHABLE)
    finally:
        conversation.close()
    return _judged(reply)


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    challenges: tuple[str, ...]
    body: str


def _judged(reply: _Reply) -> Answer:
    if reply.status in (401, 403):
        return Answer(Finding.WRONG_PASSWORD, reply.status)
    if reply.status in (404, 410, 454):
        return Answer(Finding.NO_SUCH_STREAM, reply.status)
    if reply.status != 200:
        return Answer(Finding.TURNED_AWAY, reply.status)
    video = re.search(r"^m=video .*?(?=^m=|\Z)", reply.body, re.MULTILINE | re.DOTALL)
    if video is None:
        return Answer(Finding.NO_VIDEO, reply.status)
    codec = re.search(r"^a=rtpmap:\d+ ([\w.-]+)/", video[0], re.MULTILINE)
    return Answer(Finding.REACHABLE, reply.status, codec[1] if codec else None)


class _Conversation:
    """RTSP requests and replies on one connection; connects again if the camera hung up."""

    def __init__(self, address: CameraAddress, deadline_s: float) -> None:
        self._address = address
        self._deadline_s = deadline_s
        self._sequence = 0
        self._socket = _connect(address, deadline_s)

    def close(self) -> None:
        self._socket.close()

    def ask(self, method: str, challenges: tuple[str, ...] = ()) -> _Reply:
        request = Request(method, self._address.asking_url())
        headers = self._headers(request, challenges)
        try:
            return self._exchange(request, headers)
        except ConnectionError:
            if self._sequence == 1:  # hung up on the very first question
                raise _Found(Finding.SILENT) from None
        self._socket.close()  # some cameras hang up after every 401: ask once more, newly connected
        self._socket = _connect(self._address, self._deadline_s)
        try:
            return self._exchange(request, headers)
        except ConnectionError:
            raise _Found(Finding.SILENT) from None

    def _headers(self, request: Request, challenges: tuple[str, ...]) -> str:
        self._sequence += 1
        headers = f"CSeq: {self._sequence}\r\nUser-Agent: station-console\r\n"
        if request.method == "DESCRIBE":
            headers += "Accept: application/sdp\r\n"
        if challenges:
            if self._address.username is None:
                raise _Found(Finding.WRONG_PASSWORD, 401)
            answer = authorization(
                challenges, request, self._address.username, self._address.password or ""
            )
            if answer is None:
                raise _Found(Finding.WRONG_PASSWORD, 401)
            headers += f"Authorization: {answer}\r\n"
        return headers

    def _exchange(self, request: Request, headers: str) -> _Reply:
        try:
            self._socket.settimeout(_left_s(self._deadline_s))
            question = f"{request.method} {request.url} RTSP/1.0\r\n{headers}\r\n"
            self._socket.sendall(question.encode())
            return self._read_reply()
        except TimeoutError:
            raise _Found(Finding.SILENT) from None
        except ssl.SSLError:
            raise _Found(Finding.NOT_RTSP) from None

    def _read_reply(self) -> _Reply:
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._receive()
            if not data[:7].startswith(b"RTSP/1."[: len(data)]):
                raise _Found(Finding.NOT_RTSP)
            if len(data) > LARGEST_ANSWER_BYTES:
                raise _Found(Finding.NOT_RTSP)
        head, _, body = data.partition(b"\r\n\r\n")
        status, headers = _read_head(head.decode("utf-8", "replace"))
        length = _content_length(headers)
        while len(body) < length:
            body += self._receive()
        challenges = tuple(value for name, value in headers if name == "www-authenticate")
        return _Reply(status, challenges, body[:length].decode("utf-8", "replace"))

    def _receive(self) -> bytes:
        self._socket.settimeout(_left_s(self._deadline_s))
        data = self._socket.recv(8192)
        if not data:
            raise ConnectionResetError
        return data


def _read_head(text: str) -> tuple[int, list[tuple[str, str]]]:
    first, *lines = text.split("\r\n")
    status = re.match(r"RTSP/1\.\d (\d{3})\b", first)
    if status is None:
        raise _Found(Finding.NOT_RTSP)
    headers = []
    for line in lines:
        name, _, value = line.partition(":")
        headers.append((name.strip().lower(), value.strip()))
    return int(status[1]), headers


def _content_length(headers: list[tuple[str, str]]) -> int:
    text = next((value for name, value in headers if name == "content-length"), "0")
    if not (text.isascii() and text.isdigit()) or int(text) > LARGEST_ANSWER_BYTES:
        raise _Found(Finding.NOT_RTSP)
    return int(text)


def _left_s(deadline_s: float) -> float:
    left_s = deadline_s - time.monotonic()
    if left_s <= 0:
        raise TimeoutError
    return left_s


def _connect(address: CameraAddress, deadline_s: float) -> socket.socket:
    """A connection, with TLS where the address says so. Cameras sign their own certificates:
    TLS here keeps eavesdroppers out, it does not prove who answers."""
    try:
        host = _resolved(address.host, deadline_s)
        connection = socket.create_connection((host, address.port), _left_s(deadline_s))
    except ConnectionRefusedError:
        raise _Found(Finding.REFUSED) from None
    except OSError:  # a time-out, no route, no such name
        raise _Found(Finding.UNREACHABLE) from None
    if not address.is_encrypted:
        return connection
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        return context.wrap_socket(connection, server_hostname=address.host)
    except TimeoutError:
        connection.close()
        raise _Found(Finding.SILENT) from None
    except OSError:
        connection.close()
        raise _Found(Finding.NOT_RTSP) from None


def _resolved(host: str, deadline_s: float) -> str:
    """The host as numbers. A name server that does not answer cannot be interrupted, so names are
    asked for in a thread of their own, which is left to itself when the budget is spent."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass  # a name
    found: queue.SimpleQueue[str] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found.put(str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0]))
        except OSError:
            found.put("")

    threading.Thread(target=look_up, name="name look-up", daemon=True).start()
    try:
        number = found.get(timeout=_left_s(deadline_s))
    except queue.Empty:
        raise TimeoutError from None
    if not number:
        raise OSError
    return number
