"""A viewer that speaks RTSP by hand: sees every byte that the libraries hide. Test equipment."""

from __future__ import annotations

import re
import socket
import struct
from dataclasses import dataclass
from urllib.parse import urlsplit

NTP_BEFORE_UNIX_S = 2_208_988_800


@dataclass(frozen=True)
class Rtp:
    number: int
    timestamp: int
    marker: bool
    payload: bytes

    @property
    def nal_kind(self) -> int:
        return self.payload[0] & 31


@dataclass(frozen=True)
class SenderReport:
    camera_s: float
    timestamp: int


class RawViewer:
    """One connection; raises ConnectionError when the camera hangs up, TimeoutError on silence."""

    def __init__(self, url: str, *, timeout_s: float = 4.0) -> None:
        self.url = url
        where = urlsplit(url)
        self._socket = socket.create_connection((where.hostname, where.port), timeout_s)
        self._file = self._socket.makefile("rb")
        self._cseq = 0
        self._session = ""

    def __enter__(self) -> RawViewer:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._socket.close()

    def wait_at_most(self, seconds: float) -> None:
        self._socket.settimeout(seconds)

    def ask(self, method: str, url: str | None = None, **headers: str) -> tuple[int, str, str]:
        """Status, head and body of the answer; packets that come in between are dropped."""
        self._cseq += 1
        lines = [f"{method} {url or self.url} RTSP/1.0", f"CSeq: {self._cseq}"]
        if self._session:
            lines.append(f"Session: {self._session}")
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._socket.sendall("\r\n".join([*lines, "", ""]).encode())
        while (first := self._exactly(1)) == b"$":
            self._frame()
        head = first
        while not head.endswith(b"\r\n\r\n"):
            head += self._exactly(1)
        text = head.decode()
        length = re.search(r"Content-Length: (\d+)", text)
        body = self._exactly(int(length[1])).decode() if length else ""
        if session := re.search(r"Session: (\w+)", text):
            self._session = session[1]
        return int(text.split(" ")[1]), text, body

    def play(self) -> str:
        """DESCRIBE, SETUP, PLAY; the SDP."""
        status, _, sdp = self.ask("DESCRIBE", Accept="application/sdp")
        assert status == 200
        transport = "RTP/AVP/TCP;unicast;interleaved=0-1"
        assert self.ask("SETUP", f"{self.url}/trackID=0", Transport=transport)[0] == 200
        assert self.ask("PLAY")[0] == 200
        return sdp

    def frame(self) -> tuple[int, bytes]:
        """Channel and content of the next interleaved frame, whatever it holds."""
        assert self._exactly(1) == b"$"
        return self._frame()

    def packet(self) -> Rtp | SenderReport:
        assert self._exactly(1) == b"$"
        channel, data = self._frame()
        if channel == 1:
            _, kind, _, _, ntp, timestamp = struct.unpack("!BBHIQI", data[:20])
            assert kind == 200
            return SenderReport(ntp / 2**32 - NTP_BEFORE_UNIX_S, timestamp)
        _, kind, number, timestamp, _ = struct.unpack("!BBHII", data[:12])
        return Rtp(number, timestamp, bool(kind & 0x80), data[12:])

    def rtp(self) -> Rtp:
        while not isinstance(packet := self.packet(), Rtp):
            pass
        return packet

    def _frame(self) -> tuple[int, bytes]:
        channel, length = struct.unpack("!BH", self._exactly(3))
        return channel, self._exactly(length)

    def _exactly(self, count: int) -> bytes:
        data = self._file.read(count)
        if data is None or len(data) < count:
            raise ConnectionError("the camera hung up")
        return data
