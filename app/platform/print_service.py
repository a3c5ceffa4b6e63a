"""Asks the print service how a job is, in its own protocol (IPP, RFC 8010 and 8011).

`lpstat` does not tell a job that was printed from one that was cancelled: CUPS 2.4 says
`processing-to-stop-point` of both. The service itself knows. Knows no sheet and no station.
"""

from __future__ import annotations

import http.client
import socket
import struct
from dataclasses import dataclass
from enum import IntEnum

_TIMEOUT_S = 8.0
_GET_JOB = 0x0009  # Get-Job-Attributes
_OPERATION, _END = 0x01, 0x03
_ENUM = 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE = 0x42, 0x44, 0x45, 0x47, 0x48
_FIRST_VALUE_TAG = 0x10
_LAST_GOOD = 0x00FF  # statuses up to here are successful
_MOST_BYTES = 1_000_000


class IppState(IntEnum):
    """`job-state`, RFC 8011 §5.3.7."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


@dataclass(frozen=True, slots=True)
class Asked:
    """Which job; `server` as `lpstat -H` names it: a socket, or host:port."""

    server: str
    job_number: int
    user: str


def job_state(asked: Asked) -> IppState | None:
    """How the job is; None when the service does not know of it. Raises OSError: no answer."""
    connection = _connection(asked.server)
    try:
        headers = {"Content-Type": "application/ipp"}
        connection.request("POST", "/", _request(asked), headers)
        answer = connection.getresponse().read(_MOST_BYTES)
    except http.client.HTTPException as error:
        raise OSError(type(error).__name__) from error
    finally:
        connection.close()
    try:
        return _state_in(answer)
    except (struct.error, ValueError) as error:
        raise OSError("not the answer of a print service") from error


class _LocalConnection(http.client.HTTPConnection):
    """HTTP over a socket in the file system."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=_TIMEOUT_S)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(_TIMEOUT_S)
        self.sock.connect(self._path)


def _connection(server: str) -> http.client.HTTPConnection:
    if server.startswith("/"):
        return _LocalConnection(server)
    host, _, port = server.rpartition(":") if ":" in server else (server, "", "631")
    return http.client.HTTPConnection(
        host.strip("[]"), int(port) if port.isdecimal() else 631, timeout=_TIMEOUT_S
    )


def _request(asked: Asked) -> bytes:
    return b"".join(
        (
            struct.pack(">BBHI", 2, 0, _GET_JOB, 1),
            bytes((_OPERATION,)),
            _text(_CHARSET, "attributes-charset", "utf-8"),
            _text(_LANGUAGE, "attributes-natural-language", "en"),
            _text(_URI, "job-uri", f"ipp://localhost/jobs/{asked.job_number}"),
            _text(_NAME, "requesting-user-name", asked.user),
            _text(_KEYWORD, "requested-attributes", "job-state"),
            bytes((_END,)),
        )
    )


def _text(tag: int, name: str, value: str) -> bytes:
    return _attribute(tag, name, value.encode())


def _attribute(tag: int, name: str, value: bytes) -> bytes:
    label = name.encode()
    return struct.pack(">BH", tag, len(label)) + label + struct.pack(">H", len(value)) + value


def _state_in(answer: bytes) -> IppState | None:
    """The job's state in an answer; None where that is an error: no such job."""
    _, _, status, _ = struct.unpack_from(">BBHI", answer)
    if status > _LAST_GOOD:
        return None
    at = 8
    while at < len(answer) and answer[at] != _END:
        tag = answer[at]
        at += 1
        if tag < _FIRST_VALUE_TAG:
            continue  # another group begins
        (length,) = struct.unpack_from(">H", answer, at)
        name = answer[at + 2 : at + 2 + length]
        at += 2 + length
        (length,) = struct.unpack_from(">H", answer, at)
        value = answer[at + 2 : at + 2 + length]
        at += 2 + length
        if tag == _ENUM and name == b"job-state":
            return IppState(struct.unpack(">i", value)[0])
    return None
