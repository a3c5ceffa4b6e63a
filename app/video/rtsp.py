"""Questions to a camera in RTSP 1.0 (RFC 2326), its replies, and the packets between them.

Believes nothing that comes: whatever is sent, in whatever pieces, it ends within its patience.
"""

from __future__ import annotations

import re
import ssl
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import NamedTuple

from app.cameras.address import CameraAddress
from app.video.answer import Finding, Found
from app.video.authentication import Request, authorization, is_stale, realm
from app.video.camera_connection import CameraConnection, Patience

LARGEST_ANSWER_BYTES = 64 * 1024
_HEAD_END = b"\r\n\r\n"
_PACKET_MARK = 0x24  # `$`, RFC 2326 §10.12
_PACKET_HEAD_BYTES = 6
_KEPT_PACKETS = 64


class Packet(NamedTuple):
    """One interleaved packet: RTP or RTCP by its channel, and when it came (Unix seconds)."""

    channel: int
    payload: bytes
    arrived_unix_s: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What the camera replied. Header names are in small letters."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str = field(repr=False)
    arrived_unix_s: float

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        return next((value for header, value in self.headers if header == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every header of this name."""
        return tuple(value for header, value in self.headers if header == name)


class Conversation:
    """Questions and replies on one connection; connects again if the camera hung up.

    A password is tried once. Cameras lock out whoever guesses, so a challenge that comes back is
    answered again only when the camera says that it took the same password before.
    """

    def __init__(self, address: CameraAddress, patience: Patience) -> None:
        self.address = address
        self.patience = patience
        self._connection = CameraConnection(address, patience)
        self._buffer = bytearray()
        self._packets: deque[Packet] = deque(maxlen=_KEPT_PACKETS)
        self._is_packet: Callable[[bytes], bool] = lambda _head: True
        self._sequence = 0
        self._challenges: tuple[str, ...] = ()
        self._answers_given = 0
        self._password_taken = False

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    @property
    def calls_itself(self) -> str:
        """The name under which the camera asked for a password; empty if it did not."""
        return next(filter(None, map(realm, self._challenges)), "")

    def go_on(self, patience: Patience) -> None:
        """Go on with another patience."""
        self.patience = self._connection.patience = patience

    def expect(self, is_packet: Callable[[bytes], bool]) -> None:
        """How packets begin from now on: mark, channel, two bytes of length, two of the packet."""
        self._is_packet = is_packet

    def ask(
        self, method: str, url: str | None = None, headers: str = "", *, sign: bool = True
    ) -> Reply:
        """Ask, with the password if the camera wants one and `sign` allows it.

        `headers` are whole lines, each with its line end. Raises Found when there is no reply.
        """
        request = Request(method, url or self.address.asking_url())
        signed = sign and bool(self._challenges)
        reply = self._asked(request, headers, signed=signed)
        if reply.status == 401 and sign and self._may_answer(reply, signed):
            self._challenges, self._answers_given = reply.all("www-authenticate"), 0
            if self._authorization(request) is None:
                return reply
            signed, reply = True, self._asked(request, headers, signed=True)
        self._password_taken |= signed and reply.status != 401
        return reply

    def tell(self, method: str, url: str, headers: str) -> None:
        """Say something; an answer is welcome, none is no harm."""
        with suppress(Found, OSError):
            self._exchange(self._question(Request(method, url), headers, bool(self._challenges)))

    def packets(self) -> Iterator[Packet]:
        """Packets as they come, until the patience ends. Raises TimeoutError or OSError."""
        while True:
            while self._packets:
                yield self._packets.popleft()
            self._take_packet()

    def _may_answer(self, reply: Reply, signed: bool) -> bool:
        if self.address.username is None:
            return False
        stale = any(is_stale(challenge) for challenge in reply.all("www-authenticate"))
        return not signed or self._password_taken or stale

    def _authorization(self, request: Request) -> str | None:
        self._answers_given += 1
        return authorization(
            self._challenges,
            request,
            self.address.username or "",
            self.address.password or "",
            count=self._answers_given,
        )

    def _asked(self, request: Request, headers: str, *, signed: bool) -> Reply:
        question = self._question(request, headers, signed)
        try:
            return self._exchange(question)
        except ConnectionError:
            if self._sequence == 1:  # hung up on the very first question
                raise Found(Finding.SILENT) from None
        self._connection.close()  # some hang up after every 401: ask once more, newly connected
        self._connection = CameraConnection(self.address, self.patience)
        self._buffer.clear()
        try:
            return self._exchange(question)
        except ConnectionError:
            raise Found(Finding.SILENT) from None

    def _question(self, request: Request, headers: str, signed: bool) -> bytes:
        self._sequence += 1
        head = f"{request.method} {request.url} RTSP/1.0\r\nCSeq: {self._sequence}\r\n"
        head += f"User-Agent: station-console\r\n{headers}"
        if signed:
            head += f"Authorization: {self._authorization(request)}\r\n"
        return f"{head}\r\n".encode()

    def _exchange(self, question: bytes) -> Reply:
        try:
            self._connection.send(question)
            return self._reply()
        except TimeoutError:
            raise Found(Finding.SILENT) from None
        except ssl.SSLError:
            raise Found(Finding.NOT_RTSP) from None
        except ConnectionError:
            raise
        except OSError:  # no route to it any more
            raise Found(Finding.UNREACHABLE) from None

    def _reply(self) -> Reply:
        while self._have(1) and self._buffer[0] == _PACKET_MARK:
            self._take_packet()
        end = searched = 0
        while (end := self._buffer.find(_HEAD_END, max(0, searched - 3))) < 0:
            searched = len(self._buffer)
            start = bytes(self._buffer[:7])
            if not start.startswith(b"RTSP/1."[:searched]) or searched > LARGEST_ANSWER_BYTES:
                raise Found(Finding.NOT_RTSP)
            self._buffer += self._connection.receive()
        status, headers = _read_head(self._taken(end + len(_HEAD_END)))
        length = _content_length(headers)
        self._have(length)
        body = self._taken(length).decode("utf-8", "replace")
        return Reply(status, headers, body, time.time())

    def _take_packet(self) -> None:
        """Move the next packet from what came to those kept; what is none is passed over."""
        while self._have(_PACKET_HEAD_BYTES) and not self._is_at_packet():
            mark = self._buffer.find(_PACKET_MARK, 1)
            del self._buffer[: mark if mark >= 0 else len(self._buffer)]
        channel, length = self._buffer[1], int.from_bytes(self._buffer[2:4], "big")
        self._have(4 + length)
        payload = self._taken(4 + length)[4:]
        self._packets.append(Packet(channel, payload, time.time()))

    def _is_at_packet(self) -> bool:
        head = bytes(self._buffer[:_PACKET_HEAD_BYTES])
        return head[0] == _PACKET_MARK and self._is_packet(head)

    def _have(self, length: int) -> bool:
        """Wait until so many bytes are there."""
        while len(self._buffer) < length:
            self._buffer += self._connection.receive()
        return True

    def _taken(self, length: int) -> bytes:
        taken = bytes(self._buffer[:length])
        del self._buffer[:length]
        return taken


def _read_head(head: bytes) -> tuple[int, tuple[tuple[str, str], ...]]:
    first, *lines = head.decode("utf-8", "replace").split("\r\n")
    status = re.match(r"RTSP/1\.\d (\d{3})\b", first, re.ASCII)
    if status is None:
        raise Found(Finding.NOT_RTSP)
    pairs = (line.partition(":") for line in lines if line)
    headers = tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)
    return int(status[1]), headers


def _content_length(headers: tuple[tuple[str, str], ...]) -> int:
    text = next((value for name, value in headers if name == "content-length"), "0")
    plain = text.isascii() and text.isdigit() and len(text) <= 9
    if not plain or int(text) > LARGEST_ANSWER_BYTES:
        raise Found(Finding.NOT_RTSP)
    return int(text)
